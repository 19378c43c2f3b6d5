"""The demo's year: everything in it went through the register, every state is there, and it ends today."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingze import demo, resources
from mingze.casework import Actor, replay
from mingze.demo.filling import MATTERS
from mingze.demo.matters import read_matters
from mingze.documents.exclusion import excluded_by
from mingze.instance import FrozenClock, Instance, InstanceError, create
from mingze.store import CaseFile, CaseFilter, Register, migrate

NOW = dt.datetime.fromisoformat("2026-11-23T10:00:00+08:00")
TODAY = NOW.date().isoformat()
IN_THE_YEAR = ("commitment", *(name for name, _, _ in MATTERS))
"""The procedures under which the fictional year has cases; a new procedure joins when its matters are written."""


def empty(folder: Path, at: dt.datetime = NOW) -> Instance:
    """A demo instance with empty databases whose clock stands."""
    instance = create(folder, demo=True)
    migrate(instance.dir)
    instance.clock = FrozenClock(at)
    return instance


def cases_of(register: Register) -> list[CaseFile]:
    """Every case of a register by number."""
    files: list[CaseFile] = []
    after: str | None = None
    while True:
        page = register.cases(CaseFilter("all"), after, 200)
        files += [file for row in page.rows if (file := register.case(row.case_id)) is not None]
        if page.next is None:
            return sorted(files, key=lambda file: file.number)
        after = page.next


def told(register: Register) -> list[object]:
    """What two equal years have in common: all but the random ids, keys and nonces."""
    rows: list[object] = []
    for file in cases_of(register):
        events = [
            (e.event.type, e.event.action, e.event.post, e.event.recorded_at, e.event.occurred_at, dict(e.event.facts))
            for e in file.events
        ]
        party = next(iter(file.procedure.parties), "")
        slots = register.open_slots(file.case.id, actor=Actor("party", party=party))
        texts = sorted((n, slot, json.dumps(text, ensure_ascii=False)) for (n, slot), text in slots.items())
        rows.append((file.number, file.case.stages, dict(file.case.offices), events, texts))
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The demo everybody sees, made on Monday 23 November 2026 at 10:00."""
    instance = empty(tmp_path_factory.mktemp("demo") / "made")
    assert demo.fill(instance)
    yield instance
    instance.close()


@pytest.fixture(scope="module")
def cases(made: Instance) -> list[CaseFile]:
    """All its cases with their events."""
    return cases_of(made.register(write=False))


def test_every_stage_and_every_action_of_every_procedure_occurs(cases: list[CaseFile]) -> None:
    """Whoever looks for a state of a procedure the year uses finds a case in it, and each action was taken somewhere."""
    for name in IN_THE_YEAR:
        procedure = resources.load_procedures()[name]
        own = [file for file in cases if file.case.procedure == name]
        assert {file.case.stage for file in own} == set(procedure.stages), name
        taken = {stored.event.action for file in own for stored in file.events} - {""}
        assert taken == set(procedure.actions), name


def test_every_case_is_what_its_events_add_up_to(cases: list[CaseFile]) -> None:
    """Nothing was written beside the events: a replay gives the row the lists show."""
    for file in cases:
        assert replay(file.procedure, [stored.event for stored in file.events]) == file.case, file.number


def test_nothing_is_recorded_in_the_future_and_the_log_runs_forward(cases: list[CaseFile]) -> None:
    """Leaves stand in the order of their recording, none after now and none more than about a year ago."""
    stored = sorted((one for file in cases for one in file.events), key=lambda one: one.leaf_index)
    assert [one.leaf_index for one in stored] == list(range(len(stored)))
    at = [one.event.recorded_at for one in stored]
    assert at == sorted(at)
    assert at[-1] <= NOW
    assert at[0] > NOW - dt.timedelta(days=370)
    assert all(one.event.occurred_at <= one.event.recorded_at for one in stored)


def test_a_second_fill_adds_nothing_even_months_later(made: Instance, cases: list[CaseFile]) -> None:
    """The year stays as it was made, whatever day the demo is opened."""
    made.clock = FrozenClock(NOW + dt.timedelta(days=100))
    try:
        assert demo.fill(made) is False
        assert len(cases_of(made.register(write=False))) == len(cases)
    finally:
        made.clock = FrozenClock(NOW)


def test_the_same_seed_and_clock_give_the_same_year_and_another_seed_another(made: Instance, tmp_path: Path) -> None:
    """Numbers, stages, offices, moments and texts agree; only keys and ids are random."""
    again, other = empty(tmp_path / "again"), empty(tmp_path / "other")
    demo.fill(again)
    demo.fill(other, seed=7)
    expected = told(made.register(write=False))
    assert told(again.register(write=False)) == expected
    assert told(other.register(write=False)) != expected
    again.close()
    other.close()


def test_a_fill_that_was_interrupted_goes_on_to_the_same_year(made: Instance, tmp_path: Path) -> None:
    """A process killed in the middle leaves a beginning; the next one completes it and doubles nothing."""

    class Killed(Exception):
        pass

    def kill(days: int, of: int) -> None:
        if days > of * 0.62:
            raise Killed

    instance = empty(tmp_path / "killed")
    with pytest.raises(Killed):
        demo.fill(instance, kill)
    instance.clock = FrozenClock(NOW + dt.timedelta(hours=2))
    assert demo.fill(instance) is True
    assert told(instance.register(write=False)) == told(made.register(write=False))
    instance.close()


def test_no_excluded_passage_became_a_case(made: Instance, cases: list[CaseFile]) -> None:
    """The speech's passage about people stays text: flagged, visible, without a case; no case holds such words."""
    register = made.register(write=False)
    rows = [row for head in register.documents.list().rows for row in register.documents.rows(head.document_id)]
    excluded = [row for row in rows if row.excluded_topic]
    assert [row.state for row in excluded] == ["excluded"]
    assert excluded[0].case_id is None
    words = [str(file.case.facts["words"]) for file in cases if "words" in file.case.facts]
    assert words and all(excluded_by(text) is None for text in words)


def test_documents_are_marked_as_samples_and_show_every_way_of_reviewing(made: Instance) -> None:
    """Four are published, one of them as a new version, and one waits for its reviewer; rows were accepted, rejected with reasons, edited, split, merged."""
    documents = made.register(write=False).documents
    heads = documents.list().rows
    assert all(head.title.endswith("（示例）") for head in heads)
    assert Counter(head.state for head in heads) == {"published": 4, "review": 1}
    papers = [paper for head in heads if (paper := documents.get(head.document_id)) is not None]
    assert [bool(paper.pending) for paper in papers] == [paper.head.state == "review" for paper in papers]
    rows = [row for paper in papers for row in paper.rows]
    assert {"accepted", "rejected", "excluded", "split", "merged"} <= {row.state for row in rows}
    assert all(row.reason for row in rows if row.state == "rejected")
    assert {"accept", "reject", "edit", "split", "merge"} <= {step.verb for paper in papers for step in paper.steps}


def test_commitments_show_lateness_extension_dispute_and_evidence(cases: list[CaseFile]) -> None:
    """The board is not all green: some are overdue, some extended, some disputed and reported again, some withdrawn."""
    own = [file for file in cases if file.case.procedure == "commitment"]
    counts = Counter(action for file in own for action in file.case.counts)
    assert counts["extend"] >= 2 and counts["dispute"] >= 3 and counts["reassign"] >= 1
    assert sum(file.case.overdue for file in own if file.case.open) >= 4
    assert any(file.case.counts.get("report_done", 0) == 2 and file.case.stage == "closed" for file in own)
    evidence = [
        one for file in own for e in file.events for one in e.event.sealed if one["slot"].startswith("attachment")
    ]
    assert len(evidence) > 20


def test_matters_are_plausible_in_number_lateness_and_reading(made: Instance, cases: list[CaseFile]) -> None:
    """About 150 matters; a few answers late, most in time; staff opened texts and said what for; paper came too."""
    own = [file for file in cases if file.case.procedure != "commitment"]
    assert 120 <= len(own) <= 165
    answered = [file.case.clocks["answer"] for file in own if file.case.answered_at]
    late = sum(clock.late for clock in answered)
    assert 3 <= late <= len(answered) * 0.25
    purposes = Counter(read.event.facts["purpose"] for file in own for read in file.reads)
    assert set(purposes) == {"assign", "handle", "approve", "supervise"}
    assert {file.channel for file in own} == {"web", "letter"}
    assert any(clock.provisional for file in own if file.case.open for clock in file.case.clocks.values())
    months = Counter(file.case.opened_at[:7] for file in own)
    assert len(months) >= 12


def test_no_text_holds_a_gap_that_was_never_filled(made: Instance, cases: list[CaseFile]) -> None:
    """Every sentence a person reads is whole: no placeholder is left."""
    register = made.register(write=False)
    for file in cases:
        party = next(iter(file.procedure.parties), "")
        for (_, slot), content in register.open_slots(file.case.id, actor=Actor("party", party=party)).items():
            assert slot.startswith("attachment") or all("{" not in text for text in content.values()), file.number
        assert all("{" not in str(fact) for fact in file.case.facts.values()), file.number


@pytest.mark.parametrize(("procedure", "file", "count"), MATTERS)
def test_the_sentences_answer_the_wording_they_stand_beside(procedure: str, file: str, count: int) -> None:
    """Each wording of a topic has an answer, and whoever can say that it is not solved can be answered again."""
    matters = read_matters(procedure, file)
    for matter in matters.all():
        topic = matter.topic
        assert topic.declined or matter.answers, topic.id
        assert not matter.unsolved or matter.again, topic.id
        assert not topic.names or len(topic.names) == len(topic.places), topic.id
    assert len(matters.all()) > count + 20


def test_the_listed_codes_lead_to_the_cases_they_promise(made: Instance) -> None:
    """One was received today, one extended, one answered, one is overdue, one refused; both languages name them."""
    register = made.register(write=False)
    stages = []
    for title, code in demo.demo_codes(made):
        assert title["zh"] and title["en"]
        case_id = register.by_code(code)
        file = register.case(case_id or "")
        assert file is not None
        stages.append((file.case.stage, file.row.overdue_at(NOW), file.case.opened_at[:10] == TODAY))
    assert stages == [
        ("received", False, True),
        ("handling", False, False),
        ("answered", False, False),
        ("handling", True, False),
        ("answered", False, False),
    ]


def test_a_real_instance_is_neither_filled_nor_given_codes(tmp_path: Path) -> None:
    """Invented cases never enter a real register."""
    instance = create(tmp_path / "real")
    migrate(instance.dir)
    with pytest.raises(demo.NotDemo):
        demo.fill(instance)
    assert demo.demo_codes(instance) == []
    with pytest.raises(InstanceError):
        create(instance.dir, demo=True)


@pytest.mark.parametrize(
    "at",
    [
        "2025-06-02T00:00:30+08:00",
        "2026-02-20T03:00:00+08:00",
        "2026-12-31T23:59:59+08:00",
        "2028-05-01T12:00:00+08:00",
    ],
)
def test_the_year_ends_today_whenever_it_is_made(tmp_path: Path, at: str) -> None:
    """Also at night, at a festival, on the last day of a year and beyond every official calendar."""
    now = dt.datetime.fromisoformat(at)
    instance = empty(tmp_path / "any", now)
    demo.fill(instance, scale=0.3)
    files = cases_of(instance.register(write=False))
    assert max(stored.event.recorded_at for file in files for stored in file.events) <= now
    stages = {(file.case.procedure, file.case.stage) for file in files}
    wanted = {(name, s) for name in ("suggestion", "commitment") for s in resources.load_procedures()[name].stages}
    assert wanted <= stages
    assert {file.case.opened_at[:10] for file in files} >= {now.date().isoformat()}
    assert all(replay(file.procedure, [stored.event for stored in file.events]) == file.case for file in files)
    instance.close()
