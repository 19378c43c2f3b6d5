"""What happened in a case, told event by event, what should come next, and who has read what is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mingze.accounts.offices import Offices
from mingze.casework import Case, ClockState, Duty, Event, is_late, withheld_until
from mingze.portal.access_words import access_words, grounds_words
from mingze.portal.case_words import (
    Texts,
    act_words,
    asks_whether_solved,
    decision_texts,
    doer_words,
    fact_lines,
    office_words,
    post_words,
    short_date,
    slot_words,
    turn_of,
    weekday_words,
)
from mingze.portal.clock_cards import choices_words, lower_first, silence_words
from mingze.portal.procedure_page import bearer_words
from mingze.procedure.model import Procedure
from mingze.terms import SHANGHAI
from mingze.words import date_words, has, local, say


@dataclass(frozen=True)
class Entry:
    """One event as the timeline tells it."""

    n: int
    when: str
    time: str
    iso: str
    title: str
    text: str = ""
    lines: tuple[str, ...] = ()
    next: bool = False
    late: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class ReadLine:
    """One time staff opened sealed content; `more` says on whose word, for which article, and why it was shown later."""

    at: datetime
    post: str
    what: str
    why: str
    more: tuple[str, ...] = ()


def timeline(
    procedure: Procedure,
    case: Case,
    events: Iterable[Event],
    texts: Texts,
    bearer: Duty | None,
    state: ClockState | None,
    offices: Offices,
    now: datetime,
    lang: str,
    leaf_indexes: Mapping[int, int] | None = None,
    *,
    public: bool = False,
    viewer: str = "",
) -> Iterable[Entry]:
    """Every event in the order it happened, reads too, and last what should come next.

    `public`: it is nobody's own case; `viewer` is the party whose page it is.
    """
    leaves = leaf_indexes or {}
    for event in events:
        yield _entry(
            procedure, event, texts, offices, lang, leaves.get(event.n),
            facts=not (public and event.n == 1), viewer=viewer,
        )  # fmt: skip
    if bearer is not None and state is not None and bearer.clock and state.due_on is not None:
        who = bearer_words(procedure, bearer.role, lang, offices, case.offices, viewer)
        late = state.borne_by != "person" and is_late(state, now)
        title, text = _next_words(procedure, bearer, state, who, late, public, viewer, lang)
        when = say("portal-next-by", lang, day=short_date(state.due_on, lang))
        yield Entry(
            0, when, weekday_words(state.due_on, lang), state.due_on.isoformat(), title, text, next=not late, late=late
        )


def _next_words(
    procedure: Procedure, bearer: Duty, state: ClockState, who: str, late: bool, public: bool, viewer: str, lang: str
) -> tuple[str, str]:
    """What should come next, and what follows if it does not."""
    if bearer.party:
        acts = turn_of(procedure, (bearer.stage,), bearer.party)
        own = not viewer or viewer == bearer.party
        if own and asks_whether_solved(procedure, acts):
            return say("portal-next-yours", lang), say("portal-next-yours-more", lang)
        may = choices_words(procedure, acts, lang) or lower_first(procedure.clocks[state.name].text, lang)
        silence = silence_words(procedure, procedure.clocks[state.name], lang)
        return say("portal-next-yours-may" if own else "portal-next-party", lang, who=who, acts=may), silence
    title = say("portal-next-office", lang, office=who, act=act_words(procedure, state.name, lang))
    word = "portal-next-late" if late else "portal-next-more-public" if public else "portal-next-more"
    return title, say(word, lang)


def _entry(
    procedure: Procedure,
    event: Event,
    texts: Texts,
    offices: Offices,
    lang: str,
    leaf: int | None,
    facts: bool = True,
    viewer: str = "",
) -> Entry:
    here = event.occurred_at.astimezone(SHANGHAI)
    when, time = short_date(here.date(), lang), f"{weekday_words(here.date(), lang)} {here:%H:%M}"
    iso = event.occurred_at.isoformat(timespec="seconds")
    lines = [say("portal-entry-leaf", lang, index=leaf)] if leaf is not None else []
    if event.type == "read":
        title = say("portal-entry-read", lang, post=doer_words(offices, event, lang))
        return Entry(event.n, when, time, iso, title, quiet=True)
    if event.type in ("asked", "approved", "refused", "deferred"):
        title, more = access_words(procedure, event, offices, lang)
        return Entry(event.n, when, time, iso, title, more, tuple(lines))
    if event.type == "lapsed":
        clock = procedure.clocks[event.facts["clock"]]
        due = event.facts.get("due")
        text = say("portal-entry-lapsed-more", lang, due=date_words(date.fromisoformat(due[:10]), lang)) if due else ""
        if silence := silence_words(procedure, clock, lang):
            text += ("" if lang == "zh-Hans" else " ") + silence
        own = clock.borne_by == "person"
        title = say("portal-entry-lapsed-right" if own else "portal-entry-lapsed", lang, clock=local(clock.text, lang))
        return Entry(event.n, when, time, iso, title, text, tuple(lines), late=not own)
    if event.type == "moved":
        more = say("portal-entry-moved-more", lang, reason=str(event.facts.get("reason", "")))
        return Entry(event.n, when, time, iso, say("portal-entry-moved", lang), more, tuple(lines))
    if event.type == "erased":
        more = say(f"portal-entry-erased-{event.facts['reason']}", lang)
        return Entry(event.n, when, time, iso, say("portal-entry-erased", lang), more, tuple(lines))
    if event.type == "stopped":
        until = date_words(date.fromisoformat(event.facts["until"]), lang)
        more = say("portal-entry-stopped-more", lang, until=until, cite=event.facts["cite"])
        return Entry(event.n, when, time, iso, say("portal-entry-stopped", lang), more, tuple(lines))
    if event.type == "settled" and "dates" in event.facts:
        more = " ".join(corrected_words(procedure, event, lang))
        return Entry(event.n, when, time, iso, say("portal-entry-corrected", lang), more, tuple(lines))
    if event.type == "settled":
        return Entry(
            event.n,
            when,
            time,
            iso,
            say("portal-entry-settled", lang),
            _clock_words(procedure, event, lang),
            tuple(lines),
        )
    action = procedure.actions[event.action]
    kind = event.actor.get("kind", "")
    label = local(action.label, lang)
    party = event.actor.get("party", "")
    if kind == "party" and viewer and party and party != viewer:
        who = bearer_words(procedure, party, lang, offices, viewer=viewer)
        title = say("portal-entry-office", lang, office=who, act=label, act_low=lower_first(action.label, lang))
    elif kind == "party":
        title = say("portal-entry-you", lang, act=label, act_low=lower_first(action.label, lang))
    elif kind == "post":
        title = say(
            "portal-entry-office",
            lang,
            office=office_words(offices, event.office, lang),
            act=label,
            act_low=lower_first(action.label, lang),
        )
    else:
        title = say("portal-entry-clock", lang, act=label)
    parts = [say("portal-entry-deputy", lang, post=post_words(offices, event.post, lang))] if event.by_deputy else []
    for role, office in event.offices.items():
        declared = procedure.offices.get(role)
        if declared is not None and not declared.found_by:
            parts.append(
                say(
                    "portal-entry-bound",
                    lang,
                    role=local(declared.text, lang),
                    office=office_words(offices, office, lang),
                )
            )
    for label_, value in fact_lines(procedure, event, offices, lang) if facts else ():
        parts.append(say("portal-entry-fact", lang, label=label_, value=value.rstrip("。.；; \n")))
    if clocks := _clock_words(procedure, event, lang):
        parts.append(clocks)
    if action.means not in ("answered", "done") and not action.adverse and kind == "post":
        for _, words in decision_texts(procedure, action, event, texts, lang):
            parts.append(say("portal-entry-words", lang, words=(" " if lang == "en" else "").join(words)))
    return Entry(event.n, when, time, iso, title, ("" if lang == "zh-Hans" else " ").join(parts), tuple(lines))


def _clock_words(procedure: Procedure, event: Event, lang: str) -> str:
    """What an event did to the clocks, each with the date it gave."""
    out = []
    for effect in event.clocks:
        clock = procedure.clocks[effect["name"]]
        word = f"portal-effect-{effect['op']}"
        if not has(word, lang):
            continue
        due = effect.get("due")
        if effect["op"] == "meet":
            word += "-late" if effect["late"] else ""
        elif not due:
            word = "portal-effect-suspend"
        values = {
            "clock": local(clock.text, lang),
            "due": date_words(date.fromisoformat(due[:10]), lang) if due else "",
        }
        out.append(say(word, lang, **values))
    return ("" if lang == "zh-Hans" else " ").join(out)


def corrected_words(procedure: Procedure, event: Event, lang: str) -> list[str]:
    """For each date that a corrected calendar would change: the one told, which stands, and the other."""
    return [
        say(
            "portal-entry-corrected-more",
            lang,
            clock=local(procedure.clocks[name].text, lang),
            told=date_words(date.fromisoformat(each["told"][:10]), lang),
            corrected=date_words(date.fromisoformat(each["corrected"][:10]), lang),
        )
        for name, each in event.facts["dates"].items()
    ]


def read_lines(procedure: Procedure, events: Iterable[Event], offices: Offices, lang: str) -> Iterable[ReadLine]:
    """Who has read sealed content: when, which post, what, for what, and on whose word."""
    listed = list(events)
    withheld = withheld_until(listed)
    answered = {event.facts["asked"]: event for event in listed if event.type == "approved"}
    for event in listed:
        if event.type == "read":
            slots = dict.fromkeys(slot_words(slot, lang) for slot in event.facts.get("slots", ()))
            purpose = str(event.facts.get("purpose", ""))
            word = f"read-purpose-{purpose}"
            yield ReadLine(
                event.occurred_at,
                doer_words(offices, event, lang),
                ("、" if lang == "zh-Hans" else ", ").join(slots),
                say(word, lang) if has(word, lang) else purpose,
                tuple(grounds_words(procedure, event, answered, withheld, offices, lang)),
            )
