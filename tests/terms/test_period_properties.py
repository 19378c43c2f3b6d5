"""What holds for every period: the arithmetic equals walking, nothing shortens a term by surprise, equal inputs give
equal bytes."""

import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mingze.resources import load_calendar
from mingze.terms import (
    SHANGHAI,
    Extend,
    Restart,
    Rule,
    Suspend,
    compute,
    event_from_json,
    events_from_json,
    explain,
)
from tests.terms.walker import walk, walk_hours

CALENDAR = load_calendar()
READ_ANEW = load_calendar.__wrapped__()

days = st.dates(date(2022, 10, 1), date(2027, 6, 30))
units = st.sampled_from(["calendar_day", "working_day", "month", "year"])
sizes = {"calendar_day": 120, "working_day": 80, "month": 14, "year": 2}
amounts = units.flatmap(lambda unit: st.tuples(st.integers(1, sizes[unit]), st.just(unit)))


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Any rule that counts days, in the JSON form of the batch command."""
    amount, unit = draw(amounts)
    direction = draw(st.sampled_from(["forward", "forward", "backward"]))
    return {
        "amount": amount,
        "unit": unit,
        "direction": direction,
        "roll": draw(st.sampled_from(["none", "forward", "back"])),
    }


@st.composite
def happenings(draw: st.DrawFn, start: date, running: bool = True) -> list[dict[str, Any]]:
    """What may happen to a period, near its start so that it matters."""
    near = st.integers(-30, 120).map(lambda offset: start + timedelta(days=offset))

    def suspension(first: date, length: int | None) -> dict[str, Any]:
        return {"type": "suspend", "from": first, "to": None if length is None else first + timedelta(days=length)}

    lengths: st.SearchStrategy[int | None] = st.integers(0, 40)
    suspensions = st.builds(suspension, near, st.one_of(lengths, lengths, lengths, st.none()) if running else lengths)
    extensions = st.builds(
        lambda at, size: {"type": "extend", "at": at, "amount": size[0], "unit": size[1]}, near, amounts
    )
    restarts = st.builds(lambda at: {"type": "restart", "at": at}, near)
    return draw(st.lists(st.one_of(suspensions, suspensions, extensions, restarts), max_size=4))


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, dict[str, Any], list[dict[str, Any]]]:
    """A start, a rule and what happened."""
    start = draw(days)
    return start, draw(rules()), draw(happenings(start))


def plain(event: dict[str, Any]) -> dict[str, Any]:
    """The event with dates as text, as it stands in a file."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in event.items()}


@settings(max_examples=600, deadline=None)
@given(periods())
@example((date(2026, 9, 18), {"amount": 15, "unit": "working_day", "direction": "forward", "roll": "none"}, []))
@example(
    (
        date(2026, 9, 26),
        {"amount": 7, "unit": "calendar_day", "direction": "forward", "roll": "forward"},
        [{"type": "suspend", "from": date(2026, 10, 8), "to": date(2026, 10, 9)}],
    )
)
def test_the_date_by_arithmetic_is_the_date_by_walking(
    period: tuple[date, dict[str, Any], list[dict[str, Any]]],
) -> None:
    """Whatever the rule and whatever happened, the last day and whether it is provisional are what walking day by day
    finds."""
    start, rule, happened = period
    found = compute(start, Rule.from_json(rule), CALENDAR, events_from_json([plain(event) for event in happened]))
    walked = walk(start, rule, happened)
    assert (found.due_on, found.provisional) == (walked.due, walked.provisional)
    if walked.due is not None:
        assert found.raw_on == walked.raw


@settings(max_examples=300, deadline=None)
@given(periods(), days)
def test_the_explanation_ends_on_the_date_and_accounts_for_every_day(
    period: tuple[date, dict[str, Any], list[dict[str, Any]]], today: date
) -> None:
    """The days of an explanation are consecutive, are counted 1, 2, 3, …, end on the date that was computed, and sum
    up."""
    start, data, happened = period
    rule, events = Rule.from_json(data), events_from_json([plain(event) for event in happened])
    explanation = explain(start, rule, CALENDAR, events, today_on=today)
    due = explanation.due
    assert due == compute(start, rule, CALENDAR, events)
    chronological = [day.on for day in explanation.chronological]
    turned = data["roll"] == ("back" if data["direction"] == "forward" else "forward")
    if not turned:
        step = timedelta(days=1)
        assert all(later - earlier == step for earlier, later in pairwise(chronological))
    for unit_part in {day.part for day in explanation.days}:
        ordinals = [day.ordinal for day in explanation.days if day.part == unit_part and day.ordinal is not None]
        assert ordinals == list(range(ordinals[0], ordinals[0] + len(ordinals))) if ordinals else True
    if due.due_on is not None:
        assert explanation.days[-1].on == due.due_on
        assert explanation.days[-1].kind == "due"
        totals = explanation.totals
        assert totals.days == totals.counted + totals.rest + totals.suspended + totals.rolled
        assert due.provisional == any(day.provisional for day in explanation.days)
    else:
        assert all(day.kind != "due" for day in explanation.days)
    rows = explanation.rows
    assert sum(row.days for row in rows) == len(explanation.days)
    assert [rows[0].from_on, rows[-1].to_on] == [explanation.days[0].on, explanation.days[-1].on]


@settings(max_examples=300, deadline=None)
@given(
    days.flatmap(
        lambda start: st.tuples(
            st.just(start), rules(), happenings(start, running=False), st.integers(-20, 90), st.integers(0, 30)
        )
    )
)
def test_a_suspension_never_shortens_a_term(case: tuple[date, dict[str, Any], list[dict[str, Any]], int, int]) -> None:
    """One more suspension moves the end away from the start or leaves it, never towards it."""
    start, data, happened, offset, length = case
    rule, events = Rule.from_json(data), events_from_json([plain(event) for event in happened])
    first = start + timedelta(days=offset)
    without = compute(start, rule, CALENDAR, events).due_on
    suspended = compute(start, rule, CALENDAR, (*events, Suspend(first, first + timedelta(days=length)))).due_on
    assert without is not None and suspended is not None
    assert suspended >= without if data["direction"] == "forward" else suspended <= without


@settings(max_examples=300, deadline=None)
@given(days.flatmap(lambda start: st.tuples(st.just(start), rules(), happenings(start, running=False), amounts)))
def test_an_extension_never_shortens_a_term(
    case: tuple[date, dict[str, Any], list[dict[str, Any]], tuple[int, Any]],
) -> None:
    """One more extension moves the end away from the start or leaves it, never towards it."""
    start, data, happened, (amount, unit) = case
    rule, events = Rule.from_json(data), events_from_json([plain(event) for event in happened])
    without = compute(start, rule, CALENDAR, events).due_on
    extended = compute(start, rule, CALENDAR, (*events, Extend(amount, unit))).due_on
    assert without is not None and extended is not None
    assert extended >= without if data["direction"] == "forward" else extended <= without


@settings(max_examples=100, deadline=None)
@given(days, rules())
def test_a_suspension_that_runs_leaves_no_date_and_ending_it_gives_one(start: date, data: dict[str, Any]) -> None:
    """While a suspension runs that the period reaches there is no due date; once it has an end there is one after
    it."""
    assume(data["direction"] == "forward")
    rule, first = Rule.from_json(data), start + timedelta(days=1)
    running = compute(start, rule, CALENDAR, [Suspend(first)])
    assert (running.due, running.suspended_since_on, running.provisional) == (None, first, False)
    ended = compute(start, rule, CALENDAR, [Suspend(first, first + timedelta(days=9))])
    assert ended.due_on is not None and (data["roll"] == "back" or ended.due_on > first + timedelta(days=9))


@settings(max_examples=100, deadline=None)
@given(days, rules(), st.integers(1, 60), st.lists(amounts, max_size=2))
def test_a_restart_is_a_new_period(
    start: date, data: dict[str, Any], offset: int, granted: list[tuple[int, Any]]
) -> None:
    """After a restart nothing before it counts: the date is that of the same rule begun on the day of the restart."""
    rule, at = Rule.from_json(data), start + timedelta(days=offset)
    before = [Extend(amount, unit, at - timedelta(days=1)) for amount, unit in granted]
    assert compute(start, rule, CALENDAR, [*before, Restart(at)]).due_on == compute(at, rule, CALENDAR).due_on


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1)).map(
        lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    ),
    st.integers(0, 120),
    st.lists(st.tuples(st.integers(-2, 6), st.integers(0, 3)), max_size=2),
)
def test_hours_by_arithmetic_are_hours_by_walking(at: datetime, hours: int, gaps: list[tuple[int, int]]) -> None:
    """A period in hours ends at the instant that walking it quarter by quarter finds, whole suspended days left out."""
    start = at.replace(tzinfo=SHANGHAI)
    closed = [
        (start.date() + timedelta(days=offset), start.date() + timedelta(days=offset + length))
        for offset, length in gaps
    ]
    due = compute(start, Rule(hours, "hour"), CALENDAR, [Suspend(first, last) for first, last in closed])
    assert due.due_at == walk_hours(start, hours, closed)


@settings(max_examples=100, deadline=None)
@given(periods())
def test_equal_inputs_give_equal_bytes(period: tuple[date, dict[str, Any], list[dict[str, Any]]]) -> None:
    """An explanation serialises to the same bytes every time, also from a calendar read anew and from events read
    back."""
    start, data, happened = period
    events = events_from_json([plain(event) for event in happened])
    again = [event_from_json(json.loads(json.dumps(event.to_json()))) for event in events]
    one = json.dumps(explain(start, Rule.from_json(data), CALENDAR, events).to_json(), ensure_ascii=False)
    two = json.dumps(explain(start, Rule.from_json(dict(data)), READ_ANEW, again).to_json(), ensure_ascii=False)
    assert one == two
