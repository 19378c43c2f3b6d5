"""How well the labelled fictional documents are read: floors a little below what is reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.documents import score
from tests.documents.corpus import DEV, FILES, decomposed

FLOORS = {
    "span_F1": 0.97,
    "lead_explicit_acc": 0.98,
    "lead_inherited_acc": 0.95,
    "supporting_F1": 0.97,
    "indicator_F1": 0.96,
    "deadline_F1": 0.96,
    "kind_acc": 0.96,
    "path_acc": 0.98,
}


@pytest.fixture(scope="module")
def overall(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    out = tmp_path_factory.mktemp("out")
    for name in FILES:
        (out / f"{name}.json").write_text(json.dumps(decomposed(name).to_json(), ensure_ascii=False), encoding="utf-8")
    return score.run(str(DEV), str(out), quiet=True)["OVERALL"]


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_the_labelled_documents_are_read_at_least_this_well(overall: dict[str, float], measure: str, floor: float):
    """Each measure of the scorer stays above its floor over all six genres."""
    assert overall[measure] >= floor


def test_no_measurable_target_is_missed_and_nothing_false_is_raised(overall: dict[str, object]):
    """At most one target in a hundred is missed, and no passage labelled as no commitment is proposed."""
    missed = overall["missed_targets_pct"]
    assert isinstance(missed, float) and missed <= 1.5
    assert str(overall["false_alarms"]).startswith("0/")
    assert overall["unlocated_quotes"] == 0


def test_a_corrupted_answer_scores_lower(tmp_path: Path):
    """The scorer is no rubber stamp: dropping a third of the rows costs recall."""
    for name in FILES:
        found = decomposed(name).to_json()
        found["commitments"] = found["commitments"][::3]
        (tmp_path / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    assert score.run(str(DEV), str(tmp_path), quiet=True)["OVERALL"]["span_R"] < 0.5
