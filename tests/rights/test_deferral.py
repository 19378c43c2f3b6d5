"""A record of access is shown later only on a declared basis, up to a day, as an event; after it, it appears by itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingze.casework import Actor, Refused, shown
from mingze.casework.event import Event
from mingze.instance import FrozenClock
from mingze.jobs.bundle import bundle_of
from mingze.jobs.governing import counts
from tests import outside
from tests.rights.district import District, KnownCase
from tests.rights.test_circle import ask, read, refused

REPORTER = Actor("party", party="reporter")
UNTIL = dt.date(2026, 12, 7)


@pytest.fixture(autouse=True)
def _back_to_monday(district: District) -> Iterator[None]:
    """Each test begins on the same Monday morning."""
    yield
    _on(district, outside.NOW)


def _on(district: District, now: dt.datetime) -> None:
    district.instance.clock = district.register.clock = FrozenClock(now)


def defer(district: District, case: KnownCase, post: str = "mzj.head", **more: Any) -> int:
    """Let showing wait."""
    wanted = {"basis": "inquiry", "until": UNTIL, "reason": "公安机关正在取证", **more}
    basis, until = wanted.pop("basis"), wanted.pop("until")
    return district.register.unsealing.defer(
        case.case_id, district.post(post), basis, until, idempotency=district.key(), **wanted
    )


def seen(district: District, case: KnownCase) -> list[str]:
    """The types of the events the person is shown."""
    found = district.register.case(case.case_id, REPORTER)
    return [stored.event.type for stored in found.events]


def test_it_withholds_from_then_on_and_shows_by_itself_after_its_day(district: District) -> None:
    """What came before is shown; what is read under it is not, on the page, in the API or in the file to take away; the
    day after its last one all of it is there, the deferral named, and nobody has done anything for that."""
    case = district.minors()
    read(district, case, "mzj.handler", "narrative")
    before = seen(district, case)
    assert before.count("read") == 1 and "asked" in before
    deferred = defer(district, case)
    read(district, case, "mzj.handler", "narrative")
    ask(district, case, ["identity"], "received", "mzj.head")
    district.act(case.case_id, "report_police", "mzj.handler")
    assert seen(district, case) == [*before, "acted"]
    district.codes["later"] = case.codes["reporter"]
    page = district.client("code:later").get("/case/").content.decode()
    assert "公安机关正在取证" not in page and page.count("因职责查阅") <= 1
    token = {"Authorization": f"Bearer {case.codes['reporter']}"}
    api = district.client("anyone").get("/api/v1/case", headers=token).json()
    assert [event["type"] for event in api["events"]] == [*before, "acted"]
    district.register.publish()
    bundle = bundle_of(district.register, case.case_id, district.instance.clock.now(), party="reporter")
    assert [record.n for record in bundle.records] == list(range(1, deferred))
    assert all(b"deferred" not in record.event for record in bundle.records)

    _on(district, dt.datetime(2026, 12, 7, 23, 59, tzinfo=outside.NOW.tzinfo))
    assert seen(district, case) == [*before, "acted"]
    _on(district, dt.datetime(2026, 12, 8, 0, 0, tzinfo=outside.NOW.tzinfo))
    assert seen(district, case) == [*before, "deferred", "read", "asked", "acted"]
    district.clients.pop("code:later")
    page = district.client("code:later").get("/case/").content.decode()
    assert "公安机关正在取证" in page and "个人信息保护法》第十八条、第三十五条" in page
    district.register.publish()
    bundle = bundle_of(district.register, case.case_id, district.instance.clock.now(), party="reporter")
    last = json.loads(bundle.records[-1].event)
    assert last["n"] == len(bundle.records) == district.register.case(case.case_id).case.n
    district.clients.pop("code:later")


def test_the_desk_and_the_daily_statement_know_of_it(district: District) -> None:
    """Whoever works on the case sees that showing waits; the day's public statement counts it."""
    on = district.instance.clock.now().date()
    before = counts(district.register, on)["deferred"]
    case = district.minors()
    client, path = district.client("mzj.head"), f"/desk/case/{case.case_id}/"
    assert 'id="defer-open"' in client.get(path).content.decode()
    wrong = client.post(f"{path}defer/", {"basis": "inquiry", "until": "", "reason": ""})
    assert wrong.status_code == 422 and 'id="defer-error"' in wrong.content.decode()
    form = {"basis": "inquiry", "until": UNTIL.isoformat(), "reason": "公安机关正在取证", "key": district.key()}
    assert client.post(f"{path}defer/", form).status_code == 303
    page = client.get(path).content.decode()
    assert "2026年12月7日" in page and 'id="defer-open"' not in page
    assert counts(district.register, on)["deferred"] == before + 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": "convenience"}, "unknown_deferral"),
        ({"until": dt.date(2027, 1, 23)}, "deferral_too_long"),
        ({"until": dt.date(2026, 11, 22)}, "deferral_past"),
        ({"reason": " "}, "reason_needed"),
        ({"post": "mzj.handler"}, "not_yours"),
        ({"post": "mzj.clerk"}, "not_your_case"),
        ({"post": "dcs.supervisor"}, "not_your_case"),
    ],
)
def test_only_a_declared_basis_a_named_post_and_a_bounded_time(
    district: District, change: dict[str, Any], code: str
) -> None:
    """Anything else is refused and leaves no record; the sixtieth day is the last that can be asked for."""
    case = district.minors()
    with refused(code):
        defer(district, case, **change)
    assert "deferred" not in [stored.event.type for stored in district.register.case(case.case_id).events]
    assert defer(district, case, until=dt.date(2027, 1, 22))
    with refused("deferral_used"):
        defer(district, case)


def test_a_procedure_that_declares_none_has_none(district: District) -> None:
    """Of the procedures that ship one declares a basis; under every other nothing can be deferred, by anybody."""
    declared = [name for name, procedure in district.register.procedures.items() if procedure.reading.deferrals]
    assert declared == ["minor-protection"]
    case = district.suggestion()
    for post in ("zjj.head", "zwzx.head", "dcs.supervisor"):
        with pytest.raises(Refused):
            defer(district, case, post)


def test_the_person_is_told_of_it_when_it_ends(district: District) -> None:
    """The notices of what was withheld wait until the day after its last one; those of other acts do not."""
    fields = {"matter": "孩子身上有伤", "contact": "reporter@mingyuan.example"}
    filed = district.file("minor-protection", fields)
    case = KnownCase("told", filed.case_id, filed.number)
    defer(district, case)
    district.act(case.case_id, "report_police", "mzj.handler")
    with district.register.readers() as connection:
        sql = "SELECT action, next_at FROM notice WHERE case_id = ? ORDER BY n"
        waiting = dict(connection.execute(sql, (case.case_id,)).fetchall())
    assert waiting["deferred"] == "2026-12-08T00:00:00+08:00" and waiting["report_police"][:10] == "2026-11-23"


DAY = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1))


@st.composite
def courses(draw: st.DrawFn) -> list[Event]:
    """A course of records in time, some of access, with deferrals among them."""
    days = sorted(draw(st.lists(DAY, min_size=1, max_size=12)))
    out = []
    for n, day in enumerate(days, 1):
        kind = draw(st.sampled_from(("acted", "read", "asked", "approved", "refused", "deferred", "erased", "settled")))
        until = day + dt.timedelta(days=draw(st.integers(0, 30)))
        out.append(_event(n, kind, day, {"until": until.isoformat()} if kind == "deferred" else {}))
    return out


def _event(n: int, kind: Any, day: dt.date, facts: dict[str, Any]) -> Event:
    at = dt.datetime.combine(day, dt.time(12), outside.NOW.tzinfo)
    return Event(
        "a", "c", n, kind, "", at, at, {"kind": "post"}, "", "", {}, "", "", facts, {}, (), (), (), (), None, 4
    )


def _withheld(events: Sequence[Event], event: Event, on: dt.date) -> bool:
    """The rule in one sentence: made under a deferral that came before it (or is it), which has not ended yet."""
    of_access = event.type in ("read", "asked", "approved", "refused", "deferred")
    day = event.recorded_at.date()
    ends = [dt.date.fromisoformat(one.facts["until"]) for one in events[: event.n] if one.type == "deferred"]
    return of_access and any(day <= end and on <= end for end in ends)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses(), DAY)
def test_nothing_else_can_hide_a_record(events: list[Event], on: dt.date) -> None:
    """Whatever has happened, an event is left out exactly when a running deferral covers it; without one all are shown."""
    assert [event.n for event in shown(events, on)] == [e.n for e in events if not _withheld(events, e, on)]
    without = [event for event in events if event.type != "deferred"]
    assert shown(without, on) == tuple(without)
    assert shown(events, dt.date(2027, 1, 1)) == tuple(events)
