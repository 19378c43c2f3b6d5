"""The procedures we ship read without a fault, pass the checker, and every sentence of their scenarios holds."""

import pytest

from mingze.casework.scenario import Scenario, read_scenarios, run
from mingze.procedure import Procedure, check
from mingze.resources import load_calendar, load_procedures

PROCEDURES = load_procedures()
SCENARIOS = [(procedure, scenario) for procedure in PROCEDURES.values() for scenario in read_scenarios(procedure)]


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=list(PROCEDURES))
def test_passes_the_checker(procedure: Procedure):
    """No case of a shipped procedure waits without a clock, a bearer, a notice or a source."""
    assert check(procedure) == []


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=list(PROCEDURES))
def test_has_six_scenarios_and_its_blind_spots(procedure: Procedure):
    """A procedure ships with at least six sentences that are tried out, and says what it does not formalise."""
    assert len(read_scenarios(procedure)) >= 6
    assert "没有写进程序的" in procedure.blindspots


@pytest.mark.parametrize(("procedure", "scenario"), SCENARIOS, ids=[f"{p.name}: {s.name}" for p, s in SCENARIOS])
def test_scenario(procedure: Procedure, scenario: Scenario):
    """What the statute's sentence says is what the engine does, to the day."""
    assert run(procedure, scenario, load_calendar()) == []


def test_scenarios_cite_a_source_of_their_procedure():
    """Every scenario names the article it reads like."""
    for procedure, scenario in SCENARIOS:
        assert procedure.words_of_cite(scenario.cite), f"{scenario.name}: {scenario.cite}"
