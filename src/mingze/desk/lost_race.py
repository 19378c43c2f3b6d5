"""Two clerks at once: one wins, and this tells the other what happened, by which office and post, and when.

Nothing the loser typed is thrown away: if the action is still possible the form stands filled in, if not the words
are shown to copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Case, Event
from mingze.desk.refusals import post_words, role_words
from mingze.procedure.model import Procedure
from mingze.words import instant_words, local, say


@dataclass(frozen=True)
class Kept:
    """One thing the loser had typed."""

    label: str
    text: str


@dataclass(frozen=True)
class LostRace:
    """What the one who came second is told."""

    title: str
    happened: tuple[str, ...]
    next_step: str
    kept: tuple[Kept, ...]


def event_words(procedure: Procedure, offices: Offices, event: Event, lang: str) -> str:
    """What an event was, without when and by whom."""
    if event.type == "acted":
        return local(procedure.actions[event.action].label, lang)
    return say(f"desk-event-{event.type}", lang)


def by_words(procedure: Procedure, offices: Offices, event: Event, lang: str) -> str:
    """Who acted: a post with its office, a party by its role, or the clock."""
    kind = event.actor.get("kind", "")
    if kind == "post":
        words = post_words(offices, event.post, lang)
        return say("portal-as-deputy", lang, post=words) if event.by_deputy else words
    if kind == "party":
        return role_words(procedure, event.actor.get("party", ""), lang)
    return say(f"desk-by-{kind}", lang)


def lost_race(
    procedure: Procedure,
    case: Case,
    events: Sequence[Event],
    offices: Offices,
    action: str,
    seen_n: int,
    typed: Mapping[str, Any],
    lang: str,
    *,
    still_possible: bool,
) -> LostRace:
    """The message to the one whose page was older than the case.

    Args:
        events: the events of the case; those after `seen_n` are what the loser has not seen.
        still_possible: whether the action is possible in the case as it is now; then the form keeps what was typed.
    """
    label = local(procedure.actions[action].label, lang)
    news = [event for event in events if event.n > seen_n]
    happened = tuple(
        say(
            "desk-race-line",
            lang,
            n=event.n,
            what=event_words(procedure, offices, event, lang),
            who=by_words(procedure, offices, event, lang),
            at=instant_words(event.recorded_at, lang),
        )
        for event in news
    )
    stage = local(procedure.stages[case.stage].text, lang)
    return LostRace(
        title=say("desk-race-title", lang, action=label),
        happened=happened,
        next_step=say("desk-race-again" if still_possible else "desk-race-over", lang, action=label, stage=stage),
        kept=() if still_possible else tuple(_kept(procedure, action, typed, lang)),
    )


def _kept(procedure: Procedure, action: str, typed: Mapping[str, Any], lang: str) -> list[Kept]:
    return [
        Kept(local(procedure.fields[name].label, lang), str(typed[name]))
        for name in procedure.actions[action].takes
        if typed.get(name) and isinstance(typed[name], str)
    ]
