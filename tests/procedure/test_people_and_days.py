"""What the checker lets stand beside what it refuses: the near misses of exclusion, linked cases and certain knowledge."""

from __future__ import annotations

from pathlib import Path

from mingze.procedure import Procedure, check, read_procedure
from mingze.procedure.walking import Walk
from mingze.resources import procedure_texts

FOLDER = Path(__file__).parent / "procedures-bad"
FILES = dict(procedure_texts(FOLDER / "hearing"))
APPEAL = read_procedure(procedure_texts(FOLDER / "appeal"))


def changed(right: str, wrong: str) -> Procedure:
    """The hearing procedure with one thing written otherwise."""
    assert FILES["procedure.yaml"].count(right) == 1
    return read_procedure({**FILES, "procedure.yaml": FILES["procedure.yaml"].replace(right, wrong)})


def codes(procedure: Procedure) -> set[str]:
    """What the checker refuses, with the procedure that the hearing opens known to it."""
    return {finding.code for finding in check(procedure, None, {"appeal": APPEAL})}


def test_what_the_other_opening_requires_must_be_required_here():
    """A field that may be left empty here cannot open a case there that needs it."""
    assert codes(changed("en: What it is about, type: line", "en: What it is about, required: false, type: line")) == {
        "opens_without"
    }


def test_a_body_outside_the_authority_needs_no_other_in_its_place():
    """A court is not one of the offices a person can complain about here."""
    court = "otherwise: legal}\n  court: {zh: 法院, en: Court, found_by: court, outside: true}"
    assert not codes(changed("otherwise: legal}", court))


def test_who_a_person_is_may_be_asked_if_it_is_sealed():
    """A telephone number is refused as a public fact and lawful as a sealed one."""
    assert not codes(changed("en: Your objection", "en: Your phone number"))
    assert codes(changed("en: What it is about", "en: Your phone number")) == {"identity_public"}


def test_what_is_not_known_is_not_judged():
    """Without the other procedures at hand a link is neither proved nor refused; known not to exist, it is refused."""
    procedure = read_procedure(FILES)
    assert not check(procedure)
    assert {finding.code for finding in check(procedure, None, {"appeal": None})} == {"opens_unknown"}


def test_certain_is_only_what_every_way_has_given():
    """At the end it is certain that the case was filed, and not that a hearing was held: one way goes without."""
    walk = Walk(read_procedure(FILES))
    gives = dict.fromkeys(walk.procedure.actions, 0) | {"hold": 1, "file": 2}
    assert {walk.certain(gives)[state] for state in walk.paths if walk.over(state)} == {2}
