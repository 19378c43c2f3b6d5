"""Every period of the table of computations stays what it was meant to be, with its whole explanation."""

from tests.terms.computations import computations, kept


def test_the_table_of_computations_is_the_one_that_was_meant() -> None:
    """The same last days, rolls, marks and explanations; a change that was meant is written anew (see the module)."""
    was = kept()
    differing = {name: (lines, was.get(name)) for name, lines in computations() if lines != was.get(name)}
    assert not differing
    assert len(was) == sum(1 for _ in computations())
