"""The whole verdict on each right and each spoiled procedure stays what it was meant to be."""

from __future__ import annotations

import json

import pytest

from tests.procedure.verdicts import kept, procedures, verdict


def test_every_procedure_has_its_verdict_kept():
    """A new spoiled procedure comes with its verdict: `python -m tests.procedure.verdicts` writes it."""
    assert list(kept()) == list(procedures())


@pytest.mark.parametrize("name", list(procedures()))
def test_the_verdict_is_the_one_that_was_meant(name: str):
    """The same reasons in the same order, with the same values and ways, the same notes, states and waits."""
    assert json.loads(json.dumps(verdict(procedures()[name]))) == kept()[name]
