"""The table of rights as a file: read strictly, with the line of every fault."""

from __future__ import annotations

import pytest

from mingze.accounts.rights import OPEN_RECORD, SEALED, RightsError, read_rights, table

GOOD = """\
roles:
  anyone: {is: Everybody, known_by: nothing}
  part:   {is: A post with a part, known_by: standing}
  barred: {is: A post without, known_by: standing}
rights:
  - {role: anyone, object: page, verb: see, why: public}
  - {role: part, object: case, verb: [see, read], fields: [narrative], state: sealed, why: need to know}
  - {role: barred, object: case, verb: see, never: true, why: about them}
doors:
  home: {asks: page.see, behind: nothing}
operations:
  readCase: {asks: case.read, behind: code, denied: absent}
"""


def test_what_no_row_allows_is_refused_and_never_wins() -> None:
    """Rights are only what a row gives for this state and field, and a `never` row takes them away again."""
    rights = read_rights(GOOD)
    assert rights.may({"part"}, "case", "read", SEALED, "narrative")
    assert not rights.may({"part"}, "case", "read", SEALED, "identity")
    assert not rights.may({"part"}, "case", "read", OPEN_RECORD)
    assert not rights.may({"part", "barred"}, "case", "see", SEALED)
    assert not rights.may({"anyone"}, "case", "see", SEALED) and not rights.may(set(), "page", "see")


@pytest.mark.parametrize(("line", "old", "new", "code"), [
    (2, "known_by: nothing", "known_by: rumour", "unknown_word"),
    (3, "part:", "anyone:", "not_yaml"),
    (6, "verb: see, why", "verb: edit, why", "unknown_word"),
    (6, ", why: public", "", "missing_key"),
    (7, "role: part", "role: parts", "unknown_word"),
    (7, "[narrative]", "[narrative, shoe_size]", "unknown_word"),
    (7, "why: need", "reason: need", "unknown_key"),
    (8, "never: true", "never: false", "unknown_word"),
    (10, "asks: page.see", "asks: page.edit", "unknown_word"),
    (12, ", denied: absent", "", "missing_key"),
    (12, "denied: absent", "denied: maybe", "unknown_word"),
])  # fmt: skip
def test_a_fault_is_told_with_its_line(line: int, old: str, new: str, code: str) -> None:
    """A role, verb, field or key the table cannot mean is an error at its place, not a right nobody noticed."""
    with pytest.raises(RightsError) as caught:
        read_rights(GOOD.replace(old, new, 1))
    assert (line, code) in {(fault.line, fault.code) for fault in caught.value.faults}


def test_a_role_without_a_right_is_a_fault() -> None:
    """A role no row speaks of was forgotten, unless it is whoever runs the machine, who has no door."""
    with pytest.raises(RightsError, match="role_without_right"):
        read_rights(GOOD.replace("rights:", "  ghost: {is: Nobody, known_by: seat}\nrights:", 1))
    assert table().roles["operator"].known_by == "machine"
    assert not any(right.role == "operator" for right in table().rights)


def test_no_row_gives_an_excluded_or_recused_post_anything_of_a_case() -> None:
    """Whatever else such a post is, head, supervisor or the office that has a part, it may do nothing with the case."""
    verbs = {verb for right in table().rights if right.object == "case" for verb in right.verbs}
    for barred in ("excluded", "recused"):
        for state in (SEALED, OPEN_RECORD):
            roles = set(table().roles) - {"excluded", "recused"} | {barred}
            assert not [verb for verb in verbs if table().may(roles, "case", verb, state)]
