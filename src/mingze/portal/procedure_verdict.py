"""What the checker says of a procedure, as its public page shows it: proved or refused, how many situations were walked, how long
a case can take and by whose time.

The check is run on the tables the page shows, not read from a file; `mingze.proving` keeps it for each version (hash), calendar
and program, for the desk's page of a version too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mingze.procedure import Durations, Procedure
from mingze.proving import kept_report
from mingze.store.library import split_overlay, stored
from mingze.words import has, local, say


@dataclass(frozen=True)
class LegLine:
    """One wait of the longest course."""

    stage: str
    clock: str
    days: int
    borne: str
    local: bool


@dataclass(frozen=True)
class Verdict:
    """The checker's verdict in words: what was proved, what to know, how long at the longest."""

    holds: bool
    words: str
    proved: tuple[str, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    longest: str
    legs: tuple[LegLine, ...]
    pending: bool = False


def verdict(procedure: Procedure, lang: str, wait: float | None = None) -> Verdict:
    """The verdict on a procedure in one language; `pending` where the check takes longer than the page may wait
    (seconds; None waits until it is done)."""
    texts, overlay = split_overlay(stored(procedure))
    try:
        found = kept_report(procedure.hash, texts, overlay, wait)
    except TimeoutError:
        return Verdict(False, say("portal-verdict-pending", lang), (), (), (), "", (), pending=True)
    holds = not found.faults
    values = {"states": found.states, "scenarios": found.scenarios, "holding": found.holding}
    times = found.durations
    return Verdict(
        holds=holds,
        words=say("portal-verdict-holds" if holds else "portal-verdict-refused", lang, **values),
        proved=tuple(say(f"portal-verdict-proved-{n}", lang, **values) for n in range(1, 6)) if holds else (),
        faults=tuple(
            dict.fromkeys(
                _words(procedure, one.code, "check", one.values, lang)
                for one in found.faults
                if one.code != "scenario_differs"
            )
        ),
        notes=tuple(dict.fromkeys(_words(procedure, one.code, "check-note", one.values, lang) for one in found.notes)),
        longest=_longest(procedure, times, lang) if times is not None else "",
        legs=tuple(_legs(procedure, times, lang)) if times is not None else (),
    )


def _words(procedure: Procedure, code: str, head: str, values: object, lang: str) -> str:
    """A finding as the checker words it, with the names people know in place of ids."""
    given = dict(values) if isinstance(values, dict) else {}
    tables = {
        "stage": procedure.stages, "action": procedure.actions, "clock": procedure.clocks,
        "office": procedure.offices, "field": procedure.fields,
    }  # fmt: skip
    for key, table in tables.items():
        if given.get(key) in table:
            given[key] = local(table[given[key]].text, lang)
    word = f"{head}-{code}"
    return say(word, lang, **given) if has(word, lang) else code


def _longest(procedure: Procedure, times: Durations, lang: str) -> str:
    if not times.days:
        return ""
    words = say(
        "portal-verdict-longest",
        lang,
        days=times.days,
        law=times.part(law=True),
        local=times.part(law=False),
        office=times.part(borne_by="office"),
        person=times.part(borne_by="person"),
        outside=times.part(borne_by="outside"),
    )
    joint = "" if lang == "zh-Hans" else " "
    if times.repeats:
        words += joint + say("portal-verdict-repeats", lang, actions=_listed(times.repeats, procedure.actions, lang))
    if times.stated:
        words += joint + say("portal-verdict-stated", lang, clocks=_listed(times.stated, procedure.clocks, lang))
    return words


def _listed(names: Iterable[str], table: Mapping[str, Any], lang: str) -> str:
    words = [local(table[name].text, lang) for name in names]
    return "、".join(words) if lang == "zh-Hans" else ", ".join(words)


def _legs(procedure: Procedure, times: Durations, lang: str) -> Iterable[LegLine]:
    for leg in times.legs:
        if leg.days:
            yield LegLine(
                local(procedure.stages[leg.stage].text, lang) if leg.stage in procedure.stages else leg.stage,
                local(procedure.clocks[leg.clock].text, lang) if leg.clock in procedure.clocks else leg.clock,
                leg.days,
                say(f"portal-borne-{leg.borne_by}", lang),
                not leg.law,
            )
