"""How well documents are read that the rules were not written on: eighteen more fictional ones, labelled by the guideline alone.

The aim is that of a second person labelling independently (span F1 .93, explicit lead .98, indicators and deadlines .91, missed
targets 5 %). Fourteen have been read while the rules were improved and count as seen. c2, c3, c5 and c8 are held out: their errors have
never been looked at. Floors stand a little below what is reached, so that a rule that helps some documents and hurts others is noticed.
"""

from __future__ import annotations

import pytest

from tests.documents.measure import HELD_OUT, SETS, labels, measured

SEEN_FLOORS = {
    "span_R": 0.96,
    "span_F1": 0.96,
    "lead_explicit_acc": 0.97,
    "indicator_F1": 0.93,
    "deadline_F1": 0.93,
    "kind_acc": 0.96,
}
HELD_OUT_FLOORS = {
    "span_F1": 0.90,
    "lead_explicit_acc": 0.98,
    "indicator_F1": 0.85,
    "deadline_F1": 0.89,
    "kind_acc": 0.93,
}


@pytest.fixture(scope="module")
def seen() -> dict[str, float]:
    return measured(SETS["seen"])["OVERALL"]


@pytest.fixture(scope="module")
def held_out() -> dict[str, float]:
    return measured(HELD_OUT)["OVERALL"]


@pytest.mark.parametrize(("measure", "floor"), HELD_OUT_FLOORS.items())
def test_documents_nobody_has_looked_at_are_read_at_least_this_well(
    held_out: dict[str, float], measure: str, floor: float
):
    """The documents whose errors were never read while the rules were improved stay above floors of their own."""
    assert held_out[measure] >= floor


@pytest.mark.parametrize(("measure", "floor"), SEEN_FLOORS.items())
def test_documents_of_every_genre_are_read_at_least_this_well(seen: dict[str, float], measure: str, floor: float):
    """Each measure over fourteen documents of eight genres stays above its floor."""
    assert seen[measure] >= floor


def test_few_targets_are_missed(seen: dict[str, float], held_out: dict[str, float]):
    """Recall comes first: at most two targets in a hundred are missed in what was read, five where nobody looked."""
    assert seen["missed_targets_pct"] <= 2
    assert held_out["missed_targets_pct"] <= 5


def test_every_labelled_document_is_in_one_set():
    """No document is both seen and held out, and none is left out of the measure."""
    everything = [name for names in SETS.values() for name in names]
    assert sorted(everything) == sorted(labels("dev", "unseen", "unseen2", "unseen3"))
