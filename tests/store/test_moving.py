"""Cases stay on their version until somebody moves them, and a new calendar rewrites nothing unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from mingze import resources
from mingze.casework import Actor, Refused, replay
from mingze.jobs.settlement import note_corrections, settle_dates
from mingze.procedure import Procedure, read_procedure
from mingze.store.moving import affected, move_case, version_in_force
from mingze.store.register import Register
from mingze.terms import Calendar, read_calendar_year
from tests.store.town import CLERK, SHANGHAI, SUPERVISOR, Town

FOLDER = next(path for path in resources.procedure_folders() if path.name == "suggestion")
REASON = "条文修改后统一按新程序办理"


def changed(old: str, new: str, file: str = "procedure.yaml") -> Procedure:
    """The suggestion procedure with one place changed."""
    texts = dict(resources.procedure_texts(FOLDER))
    assert old in texts[file], old
    return read_procedure({**texts, file: texts[file].replace(old, new)})


WORDED = ("en: Being handled", "en: Under consideration")


def in_force(register: Register, version: Procedure) -> Procedure:
    """Put a version in force and give it back as the register has it."""
    register.library.install([version])
    return version_in_force(register, "suggestion")


def test_the_dry_run_shows_each_case_and_writes_nothing(town: Town) -> None:
    """Open cases under another version are listed with what stays and what changes; closed and new ones are not."""
    register = town.open()
    old = [town.file(register) for _ in range(3)]
    town.accept(register, old[0].case_id)
    new = in_force(register, changed(*WORDED))
    town.file(register)
    events = town.sql("SELECT count(*) FROM event")
    found = {one.number: one.move for one in affected(register, new, SUPERVISOR)}
    assert set(found) == {filed.number for filed in old} and all(move.possible for move in found.values())
    assert all(move.new_hash == new.hash != move.old_hash and move.kept for move in found.values())
    only = [one.case_id for one in affected(register, new, SUPERVISOR, numbers=[old[1].number])]
    assert only == [old[1].case_id]
    assert town.sql("SELECT count(*) FROM event") == events


def test_a_moved_case_goes_on_under_the_new_version_with_its_dates(town: Town) -> None:
    """The move is an event with the reason, told to the person; dates stay, replays agree, and work continues."""
    register = town.open()
    filed = town.file(register, fields={"contact": "a@example.org"})
    before = register.case(filed.case_id)
    assert before is not None
    old, new = before.procedure, in_force(register, changed(*WORDED))
    assert move_case(register, filed.case_id, new, SUPERVISOR, REASON) == 2
    assert move_case(register, filed.case_id, new, SUPERVISOR, REASON) == 2  # repeated: the same event
    after = register.case(filed.case_id)
    assert after is not None
    event = after.events[-1].event
    assert (event.type, event.facts["reason"], event.post, list(event.tell)) == (
        "moved",
        REASON,
        "dcs.supervisor",
        ["proposer"],
    )
    assert [notice.action for notice in register.outbox.of_case(filed.case_id)][-1] == "moved"
    assert after.procedure.hash == new.hash and after.case.clocks == before.case.clocks
    events = [stored.event for stored in after.events]
    assert replay(new, events, {old.hash: old, new.hash: new}) == after.case
    town.close()
    register = town.open()
    town.accept(register, filed.case_id, expected_n=2)
    again = register.case(filed.case_id)
    assert again is not None and again.procedure.stages[again.case.stage].en == "Under consideration"
    assert list(affected(register, new, SUPERVISOR)) == []


def test_a_form_drawn_before_the_move_is_told_that_the_case_moved_on(town: Town) -> None:
    """Nobody acts under a version the case has left."""
    register = town.open()
    filed = town.file(register)
    new = in_force(register, changed(*WORDED))
    move_case(register, filed.case_id, new, SUPERVISOR, REASON)
    with pytest.raises(Refused, match="case_moved_on"):
        town.accept(register, filed.case_id, expected_n=1)


def test_a_case_that_does_not_fit_stays_where_it_is_and_says_why(town: Town) -> None:
    """A new version without the stage a case rests in is an obstacle, and moving is refused with it."""
    register = town.open()
    filed = town.file(register)
    town.accept(register, filed.case_id)
    texts = dict(resources.procedure_texts(FOLDER))
    renamed = texts["procedure.yaml"].replace("handling", "under_way")
    new = in_force(register, read_procedure({**texts, "procedure.yaml": renamed}))
    [one] = affected(register, new, SUPERVISOR)
    assert "stage_unknown" in {obstacle.code for obstacle in one.move.obstacles}
    with pytest.raises(Refused, match="cannot_move"):
        move_case(register, filed.case_id, new, SUPERVISOR, REASON)
    stages = {"handling": "under_way"}
    [one] = affected(register, new, SUPERVISOR, stages=stages)
    assert one.move.possible and move_case(register, filed.case_id, new, SUPERVISOR, REASON, stages=stages) == 3
    found = register.case(filed.case_id)
    assert found is not None and found.case.stage == found.row.stage == "under_way"


def test_only_supervisors_and_heads_move_cases_and_never_without_a_reason(town: Town) -> None:
    """A clerk cannot; nor can anybody who does not say why, nor to a version that is not in force."""
    register = town.open()
    filed = town.file(register)
    new = in_force(register, changed(*WORDED))
    for actor, reason, code in ((CLERK, REASON, "not_entitled"), (SUPERVISOR, " ", "move_without_reason")):
        with pytest.raises(Refused, match=code):
            move_case(register, filed.case_id, new, actor, reason)
    with pytest.raises(Refused, match="version_not_in_force"):
        version_in_force(register, "suggestion", "sha256:0000")
    with pytest.raises(Refused, match="unknown_procedure"):
        version_in_force(register, "parking")


def calendar_of(texts: Mapping[str, str]) -> Calendar:
    """A calendar of these notices."""
    return Calendar([read_calendar_year(text, file) for file, text in texts.items()], "cn")


def test_a_corrected_calendar_leaves_dates_that_were_told_and_says_so_once(town: Town) -> None:
    """Where the days were covered, a later, different notice changes no date; the case gets one record with both."""
    town.clock.at = dt.datetime(2026, 9, 21, 10, 0, tzinfo=SHANGHAI)
    register = town.open()
    filed = town.file(register, fields={"contact": "a@example.org"})
    town.accept(register, filed.case_id)
    assert note_corrections(register) == 0 and register.compared_with(register.calendar)
    before = register.case(filed.case_id)
    assert before is not None and not any(clock.provisional for clock in before.case.clocks.values())
    town.close()
    notices = dict(resources.calendar_texts())
    longer = "to: 2026-10-09 Fri, days: 9, festival: {zh: 国庆节"
    notices["2026.yaml"] = notices["2026.yaml"].replace("to: 2026-10-07 Wed, days: 7, festival: {zh: 国庆节", longer)
    assert longer in notices["2026.yaml"]
    register = town.open(calendar=calendar_of(notices), procedures={})
    assert settle_dates(register) == 0
    assert (note_corrections(register), note_corrections(register)) == (1, 0)
    after = register.case(filed.case_id)
    assert after is not None and after.case.clocks == before.case.clocks
    event = after.events[-1].event
    assert event.type == "settled" and list(event.tell) == ["proposer"] and not event.clocks
    for name, told in event.facts["dates"].items():
        assert told["told"] == before.case.clocks[name].due != told["corrected"]
    assert [notice.action for notice in register.outbox.of_case(filed.case_id)][-1] == "settled"


def test_a_new_calendar_makes_a_provisional_date_final_by_an_event_the_person_is_told_of(town: Town) -> None:
    """A date beyond the last notice is settled by a record that keeps the old one and the new one."""
    town.clock.at = dt.datetime(2026, 9, 14, 10, 0, tzinfo=SHANGHAI)
    notices = {file: text for file, text in resources.calendar_texts().items() if file != "2026.yaml"}
    register = town.open(calendar=calendar_of(notices))
    filed = town.file(register, fields={"contact": "a@example.org"})
    town.accept(register, filed.case_id)
    case = register.case(filed.case_id)
    assert case is not None
    provisional = {name for name, clock in case.case.clocks.items() if clock.provisional}
    assert provisional
    town.close()
    register = town.open()
    assert settle_dates(register) == 1
    found = register.case(filed.case_id)
    assert found is not None
    event = found.events[-1].event
    assert event.type == "settled" and {effect["name"] for effect in event.clocks} <= provisional
    assert all("was" in effect and effect["due"] for effect in event.clocks) and list(event.tell) == ["proposer"]
    assert [notice.action for notice in register.outbox.of_case(filed.case_id)][-1] == "settled"


def test_an_excluded_post_moves_nothing_it_cannot_see(town: Town) -> None:
    """The dry run of a viewer lists only cases that viewer may know of."""
    register = town.open()
    filed = town.file(register)
    new = in_force(register, changed(*WORDED))
    town.sql(
        "INSERT INTO case_excluded (authority, office, case_id, post) VALUES ('mingyuan', 'qzf', ?, '')",
        [filed.case_id],
    )
    head = Actor("post", post="qzf.head", office="qzf", functions=("head",))
    assert list(affected(register, new, head)) == [] != list(affected(register, new, SUPERVISOR))
