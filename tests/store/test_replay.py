"""Whatever is done in whatever order, a case is what its events add up to."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingze.casework import Actor, Refused, replay
from mingze.jobs import mark_overdue, settle_dates
from mingze.ledger import encode_commitment
from mingze.store import Invalid, migrate
from mingze.store.case_row import Held, projection
from tests.store.test_writing import check_log
from tests.store.town import CLERK, HANDLER, HEAD, PROPOSER, SUPERVISOR, Town

INTAKE = Actor("post", post="qyfw.clerk", office="qyfw", functions=("clerk",))
ENTERPRISE = Actor("party", party="enterprise")
ACTORS = (CLERK, HANDLER, HEAD, SUPERVISOR, PROPOSER, INTAKE, ENTERPRISE)
FIELDS = {
    "reason": "理由", "result": None, "answer_text": "答复", "own_words": "我说的", "matter": "事", "topic": "fees",
    "enterprise_name": "某店",
}  # fmt: skip
ACTIONS = (
    "accept", "decline", "hand_back", "ask_extension", "extend", "answer", "refuse", "say_solved", "say_unsolved",
    "send_back", "uphold", "rest",
)  # fmt: skip

step = st.one_of(
    st.tuples(st.just("act"), st.integers(0, 3), st.sampled_from(ACTIONS), st.sampled_from(ACTORS), st.booleans()),
    st.tuples(st.just("file"), st.sampled_from(["suggestion", "enterprise-request"])),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("read"), st.integers(0, 3), st.sampled_from(ACTORS)),
    st.tuples(st.just("jobs")),
    st.tuples(st.just("reopen")),
)


def perform(town: Town, register, cases: list[str], doing: tuple) -> None:
    """One step; what is refused must have changed nothing, which the comparison after it shows."""
    kind, *values = doing
    if kind == "file":
        wanted = register.procedures[values[0]].opening.takes
        fields = {name: value for name, value in FIELDS.items() if name in wanted}
        cases.append(register.file(values[0], fields, form_key=f"f{len(cases)}").case_id)
    elif kind == "wait":
        town.clock.advance(days=values[0])
    elif kind == "jobs":
        mark_overdue(register)
        settle_dates(register)
    elif cases and kind == "act":
        case_id = cases[values[0] % len(cases)]
        file = register.case(case_id)
        action = file.procedure.actions[values[1]]
        result = next(iter(file.procedure.fields["result"].choices))
        fields = {name: FIELDS[name] or result for name in action.takes if name in FIELDS}
        offices = {"competent_office": "zjj"} if action.binds else {}
        expected = file.case.n if values[3] else None
        key = f"{values[1]}-{file.case.n}"
        register.act(case_id, values[1], values[2], fields, offices=offices, idempotency=key, expected_n=expected)
    elif cases and kind == "read":
        register.open_slots(cases[values[0] % len(cases)], actor=values[1], purpose="handle")


NAMES = [
    "stage",
    "is_open",
    "n",
    "title",
    "duty_role",
    "duty_office",
    "duty_party",
    "due_clock",
    "due_on",
    "due_provisional",
    "overdue",
    "provisional",
    "next_lapse",
    "changed_at",
    "closed_at",
    "last_leaf",
    "state",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(step, min_size=5, max_size=40))
def test_replaying_the_events_gives_the_case_and_its_row(steps: list[tuple]) -> None:
    """After any sequence of filing, acting, reading, waiting and jobs, replay equals the stored state and list row."""
    with TemporaryDirectory() as name:
        migrate(name)
        town = Town(name, Path(name))
        town.clock.at = dt.datetime(2026, 9, 14, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
        register = town.open()
        cases: list[str] = []
        for doing in [("file", "suggestion"), *steps]:
            if doing[0] == "reopen":
                town.close()
                register = town.open()
                continue
            with contextlib.suppress(Refused, Invalid):
                perform(town, register, cases, doing)
        events = 0
        for case_id in cases:
            file = register.case(case_id)
            assert file is not None
            events += len(file.events)
            replayed = replay(file.procedure, [stored.event for stored in file.events])
            assert replayed == file.case == register._book.cases.get(case_id, Held(file.case, "", "")).case
            row = town.sql(
                f"SELECT {', '.join(NAMES)} FROM case_file WHERE case_id = ?",
                (case_id,),
            )[0]
            last = file.events[-1].leaf_hash
            computed = projection(file.procedure, Held(replayed, file.number, encode_commitment(last)))
            looked = NAMES.index("next_lapse")
            assert (*row[:looked], *row[looked + 1 : -1]) == (*computed[:looked], *computed[looked + 1 : -1])
            assert row[looked] <= computed[looked]  # the pass looks at a case in time, and may look too early
            assert json.loads(row[-1]) == replayed.to_json()
            for before, after in zip(file.events, file.events[1:], strict=False):
                assert after.event.previous == encode_commitment(before.leaf_hash)
        assert check_log(register) == events
        town.close()
