"""Versions of procedures: proposed by one, checked, approved by another, on record; cases read the stored copy."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import psycopg
import pytest

from mingze import resources
from mingze.casework import Actor, Refused
from mingze.procedure import Procedure, read_procedure
from mingze.store import migrate
from mingze.store.schema import SCHEMA_VERSION, _migrate_part, schema_version
from tests.store.town import CLERK, HEAD, SUPERVISOR, Town

FOLDER = next(path for path in resources.procedure_folders() if path.name == "suggestion")
OTHER = Actor("post", post="qzf.head", office="qzf", functions=("head",))
GOLDEN = Path(__file__).parent / "golden"


def changed(
    old: str = "en: Being handled", new: str = "en: Under consideration", file: str = "procedure.yaml"
) -> Procedure:
    """The suggestion procedure with one place changed."""
    texts = dict(resources.procedure_texts(FOLDER))
    assert old in texts[file]
    return read_procedure({**texts, file: texts[file].replace(old, new)})


def test_what_comes_with_the_program_is_in_force_and_says_who_put_it_there(town: Town) -> None:
    """A new register has every shipped procedure in force, installed and not approved by anybody of the authority."""
    register = town.open()
    versions = register.library.versions()
    assert {each.name for each in versions} == set(resources.load_procedures())
    assert {(each.state, each.origin, each.approved_by) for each in versions} == {("active", "shipped", "")}
    assert register.library.install(resources.load_procedures().values()) == []


def test_a_version_is_in_force_only_after_a_second_person_has_approved_it(town: Town) -> None:
    """Until then the old one is used; afterwards the old one is retired and the approval stands in the public log."""
    register = town.open()
    library, version = register.library, changed()
    proposed = library.propose(version, SUPERVISOR, "instance")
    assert (proposed.state, proposed.proposed_by) == ("proposed", "dcs.supervisor")
    assert register.procedures["suggestion"].hash != version.hash
    with pytest.raises(Refused, match="second_person_needed"):
        library.activate(version.hash, SUPERVISOR)
    approved = library.activate(version.hash, OTHER)
    assert (approved.state, approved.proposed_by, approved.approved_by) == ("active", "dcs.supervisor", "qzf.head")
    assert register.procedures["suggestion"].hash == version.hash
    assert [each.state for each in library.versions("suggestion")] == ["retired", "active"]
    facts = json.loads(town.sql("SELECT event FROM governance")[0][0])
    assert version.hash in json.dumps(facts) and "dcs.supervisor" in json.dumps(facts)
    with pytest.raises(Refused, match="version_not_proposed"):
        library.activate(version.hash, HEAD)


def test_only_supervisors_and_heads_decide_and_nobody_approves_what_nobody_proposed(town: Town) -> None:
    """A clerk can neither propose nor approve; an unknown hash is refused."""
    library, version = town.open().library, changed()
    for step in (lambda: library.propose(version, CLERK, "instance"), lambda: library.activate(version.hash, CLERK)):
        with pytest.raises(Refused, match="not_entitled"):
            step()
    with pytest.raises(Refused, match="version_unknown"):
        library.activate(version.hash, HEAD)
    assert len(library.versions("suggestion")) == 1


def test_a_version_the_checker_refuses_is_never_in_force(town: Town) -> None:
    """Two persons cannot put in force what leaves a person waiting without a clock, nor what breaks a scenario."""
    register = town.open()
    before = register.procedures["suggestion"].hash
    for version in (
        changed(", met_by: [send_back, uphold], cite: local", ", cite: local"),
        changed("value: 15, unit: calendar_day", "value: 14, unit: calendar_day", "parameters.yaml"),
    ):
        register.library.propose(version, SUPERVISOR, "instance")
        with pytest.raises(Refused, match="version_refused"):
            register.library.activate(version.hash, OTHER)
        assert register.library.version(version.hash).state == "proposed"  # type: ignore[union-attr]
    assert register.procedures["suggestion"].hash == before


def test_another_process_sees_a_new_version_and_old_cases_keep_theirs(town: Town) -> None:
    """A reader opened before the approval answers with the version in force after it, from the stored copy alone."""
    register, version = town.open(), changed()
    reader = town.open(write=False, procedures={})
    old = town.file(register)
    assert reader.procedures["suggestion"].hash != version.hash
    register.library.propose(version, SUPERVISOR, "instance")
    register.library.activate(version.hash, OTHER)
    assert reader.procedures["suggestion"].stages["handling"].en == "Under consideration"
    assert reader.procedures["suggestion"].blindspots == version.blindspots != ""
    new = town.file(register)
    hashes = {filed.case_id: register.case(filed.case_id).case.procedure_hash for filed in (old, new)}  # type: ignore[union-attr]
    assert hashes[new.case_id] == version.hash != hashes[old.case_id]


def test_an_upgrade_does_not_overrule_what_the_authority_put_in_force(town: Town) -> None:
    """A shipped text replaces a shipped text; beside a version of the authority's own it is only proposed."""
    register = town.open()
    assert register.library.install([changed()]) == ["suggestion"]
    own = changed("en: Being handled", "en: With the office")
    register.library.propose(own, SUPERVISOR, "instance")
    register.library.activate(own.hash, OTHER)
    newer = changed("en: Being handled", "en: In hand")
    assert register.library.install([newer]) == []
    assert register.procedures["suggestion"].hash == own.hash
    register.library.propose(newer, HEAD, "shipped")
    assert register.library.activate(newer.hash, OTHER).state == "active"


def test_steps_cannot_be_changed_even_by_the_database_owner(town: Town) -> None:
    """Who approved what stays as it was written."""
    town.open()
    for statement in ("UPDATE procedure_step SET post = 'x'", "DELETE FROM procedure_step"):
        with pytest.raises((sqlite3.Error, psycopg.Error), match="refused"):
            town.sql(statement)


def test_a_register_of_version_1_goes_on_after_its_upgrade(tmp_path: Path) -> None:
    """Cases, codes and procedure texts written by the first version are found again, and work continues on them."""
    for part in ("register", "vault"):
        connection = sqlite3.connect(tmp_path / f"{part}.sqlite3")
        connection.executescript((GOLDEN / f"{part}_v1.sql").read_text(encoding="utf-8"))
        connection.close()
    assert schema_version(tmp_path) == 1
    assert migrate(tmp_path) == 1 and schema_version(tmp_path) == schema_version(tmp_path, "vault") == SCHEMA_VERSION
    town = Town(str(tmp_path), tmp_path)
    town.clock.advance(days=1)
    register = town.open()
    again = town.file(register, form_key="kept-since-version-1")
    assert again.repeated and register.by_code(again.code) == again.case_id
    old = register.case(again.case_id)
    assert old is not None and old.case.stage == "answered" and [stored.event.n for stored in old.events] == [1, 2, 3]
    party = Actor("party", party="proposer")
    said = register.act(again.case_id, "say_solved", party, idempotency="solved", expected_n=3)
    assert said.n == 4
    assert {each.approved_by for each in register.library.versions()} == {""}
    town.close()


def test_the_upgrade_from_version_1_keeps_rows_on_both_databases(database: str, tmp_path: Path) -> None:
    """A receipt code of the first version belongs to the first party after the upgrade."""
    place = database or str(tmp_path)
    for part in ("register", "vault"):
        _migrate_part(place, part, 1)
    town = Town(place, tmp_path)
    columns = "authority, case_id, number, procedure, procedure_hash, stage, is_open, n, title, duty_role, duty_office," \
        " duty_party, due_clock, due_on, due_provisional, overdue, provisional, next_lapse, opened_at, changed_at," \
        " closed_at, language, channel, reach, last_leaf, state"  # fmt: skip
    values = [
        "x",
        "c",
        "1",
        "p",
        "h",
        "s",
        1,
        1,
        "",
        "",
        "",
        "",
        "",
        "9999",
        0,
        0,
        0,
        "9999",
        "a",
        "a",
        "",
        "en",
        "",
        "",
        "",
        "{}",
    ]
    marks = ", ".join("?" * len(values))
    town.sql(f"INSERT INTO case_file ({columns}) VALUES ({marks})", values)
    town.sql("INSERT INTO receipt_code (authority, digest, case_id) VALUES ('x', ?, 'c')", [b"d"])
    assert migrate(place) == 1
    assert town.sql("SELECT case_id, party FROM receipt_code") == [("c", "")]
    assert town.sql("SELECT count(*) FROM procedure_step") == [(0,)]
