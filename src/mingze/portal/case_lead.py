"""The sentence that leads: who must act and by when; once it is over, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Case, ClockState, Duty, is_late
from mingze.portal.case_words import act_words, asks_whether_solved, turn_of
from mingze.portal.clock_cards import choices_words, lower_first, silence_words
from mingze.portal.procedure_page import bearer_words
from mingze.procedure.model import Procedure
from mingze.terms import Explanation, local_day
from mingze.words import date_words, instant_words, local, period_words, say

_HOLE = "\x1f"


@dataclass(frozen=True)
class Lead:
    """The sentence that leads the page, with the date in it set apart so that it can be marked."""

    before: str
    marked: str
    after: str
    late: bool = False
    more: tuple[str, ...] = ()


def lead(
    procedure: Procedure,
    case: Case,
    bearer: Duty | None,
    state: ClockState | None,
    shown: Explanation | None,
    offices: Offices,
    now: datetime,
    lang: str,
    *,
    public: bool = False,
    viewer: str = "",
) -> Lead:
    """Who must act and by when, in one sentence; when it is over, how it ended.

    `public`: it is nobody's own case; `viewer` is the party whose page it is.
    """
    today = local_day(now)
    if bearer is None or not case.open:
        return _closed_lead(procedure, case, lang, public)
    who = bearer_words(procedure, bearer.role, lang, offices, case.offices, viewer)
    if state is None or not bearer.clock:
        return Lead(
            say("portal-lead-no-clock", lang, office=who, stage=local(procedure.stages[case.stage].text, lang)), "", ""
        )
    act = act_words(procedure, state.name, lang)
    due = state.due_on
    if due is None:
        return Lead(say("portal-lead-stopped", lang, office=who, act=act), "", "")
    words = (
        instant_words(datetime.fromisoformat(state.due or ""), lang, weekday=True)
        if len(state.due or "") > 10
        else date_words(due, lang)
    )
    late = is_late(state, now)
    progress = shown.progress(today) if shown is not None else None
    if bearer.party:
        return _party_lead(procedure, bearer, state, who, words, late, viewer, lang)
    if late:
        days = max((today - due).days, 1)
        parts = _split(
            "portal-lead-late", say("portal-lead-late-days", lang, days=days), lang, office=who, act=act, due=words
        )
        told = say("portal-lead-late-more-public" if public else "portal-lead-late-more", lang)
        silence = silence_words(procedure, procedure.clocks[state.name], lang)
        return Lead(parts.before, parts.marked, parts.after, True, tuple(each for each in (told, silence) if each))
    more = []
    if bearer.outside:
        more.append(say("portal-lead-outside", lang))
    if shown is not None and progress is not None and shown.rule.unit != "hour":
        more.append(_progress_words(shown, progress.left, lang))
    if state.provisional:
        more.append(say("portal-lead-provisional", lang))
    word = "portal-lead-office"
    extra: dict[str, Any] = {}
    if (
        shown is not None
        and progress is not None
        and shown.rule.unit in ("working_day", "calendar_day")
        and progress.of
    ):
        word = "portal-lead-office-working" if shown.rule.unit == "working_day" else "portal-lead-office-calendar"
        extra = {"ordinal": progress.ordinal, "of": progress.of}
    return _split(word, words, lang, more=tuple(more), office=who, act=act, **extra)


def _progress_words(shown: Explanation, left: int, lang: str) -> str:
    if left == 0:
        return say("portal-lead-last-day", lang)
    unit = "working_days" if shown.rule.unit == "working_day" else "days"
    return say("portal-lead-left", lang, left=period_words(left, unit, lang))


def _party_lead(
    procedure: Procedure, bearer: Duty, state: ClockState, who: str, words: str, late: bool, viewer: str, lang: str
) -> Lead:
    """Whose right runs and until when: the reader's own, or that of another party to the case."""
    acts = turn_of(procedure, (bearer.stage,), bearer.party)
    more = [say("portal-lead-provisional", lang)] if state.provisional else []
    own = not viewer or viewer == bearer.party
    if own and asks_whether_solved(procedure, acts):
        return _split("portal-lead-yours", words, lang, more=(say("portal-lead-yours-more", lang), *more))
    silence = silence_words(procedure, procedure.clocks[state.name], lang)
    more += [silence] if silence else []
    may = choices_words(procedure, acts, lang) or lower_first(procedure.clocks[state.name].text, lang)
    word = "portal-lead-party" if not own else "portal-lead-yours-may"
    return _split(word + ("-over" if late else ""), words, lang, more=tuple(more), who=who, acts=may)


def _split(word: str, marked: str, lang: str, more: tuple[str, ...] = (), **values: Any) -> Lead:
    """The sentence cut where the marked words stand."""
    before, _, after = say(word, lang, marked=_HOLE, **values).partition(_HOLE)
    return Lead(before, marked, after, False, more)


def _closed_lead(procedure: Procedure, case: Case, lang: str, public: bool = False) -> Lead:
    at = datetime.fromisoformat(case.closed_at or case.last_at)
    if public:
        return _split(
            "portal-lead-closed-public",
            date_words(local_day(at), lang),
            lang,
            stage=local(procedure.stages[case.stage].text, lang),
        )
    last = max(case.seen, key=lambda name: case.seen[name])
    word = f"portal-lead-closed-{case.outcome}" if case.outcome else "portal-lead-closed"
    lead = _split(word, date_words(local_day(at), lang), lang, act=lower_first(procedure.actions[last].label, lang))
    return Lead(lead.before, lead.marked, lead.after, False, (say("portal-lead-closed-more", lang),))
