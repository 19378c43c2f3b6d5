"""Lists: each case once, in the order of what is due, whatever happens between two pages."""

from __future__ import annotations

import pytest

from mingze.store import CaseFilter, Register
from tests.store.town import CLERK, HANDLER, PROPOSER, Town


def walk(register: Register, show: str, limit: int, between=lambda: None, **more) -> list[str]:
    seen: list[str] = []
    after = None
    while True:
        page = register.cases(CaseFilter(show), after, limit, **more)  # type: ignore[arg-type]
        seen += [row.case_id for row in page.rows]
        after = page.next
        if after is None:
            return seen
        between()


def test_pages_show_every_case_once_in_order_of_what_is_due(town: Town) -> None:
    """Walking by twos gives what one long page gives; due dates never go back."""
    register = town.open()
    for number in range(9):
        town.file(register)
        town.clock.advance(days=number % 3)
    long = register.cases(CaseFilter("open"), None, 200).rows
    assert walk(register, "open", 2) == [row.case_id for row in long]
    assert [row.due for row in long] == sorted(row.due for row in long)
    newest = register.cases(CaseFilter("all"), None, 200).rows
    assert [row.opened_at for row in newest] == sorted((row.opened_at for row in newest), reverse=True)
    assert walk(register, "all", 4) == [row.case_id for row in newest]


def test_new_cases_between_two_pages_neither_hide_nor_double_a_row(town: Town) -> None:
    """While somebody pages, matters come in; every case that was there at the start is shown exactly once."""
    register = town.open()
    there = {town.file(register).case_id for _ in range(7)}
    town.clock.advance(days=1)
    seen = walk(register, "open", 2, between=lambda: town.file(register))
    assert len(seen) == len(set(seen)) and there <= set(seen)


def test_an_office_sees_its_turn_what_is_overdue_and_what_waits_for_others(town: Town) -> None:
    """A case moves between the lists as duty and dates move; counts agree with the lists."""
    register = town.open()
    first, second = town.file(register).case_id, town.file(register).case_id
    assert walk(register, "turn", 50, office="zwzx") == sorted([first, second])
    assert walk(register, "turn", 50, office="zjj") == []
    town.accept(register, first)
    assert walk(register, "turn", 50, office="zjj") == [first]
    assert walk(register, "waiting", 50, office="zwzx") == [first]
    town.answer(register, first)
    assert walk(register, "waiting", 50, office="zjj") == [first]
    row = register.inbox("zwzx", ("clerk",)).rows[0]
    assert not row.overdue_at(town.clock.now())
    town.clock.at = town.clock.at.fromisoformat(row.due + "T09:00:00+08:00")
    assert walk(register, "today", 50, office="zwzx") == [second]
    assert walk(register, "overdue", 50, office="zwzx") == []
    town.clock.advance(days=1)
    assert walk(register, "overdue", 50, office="zwzx") == [second]
    assert register.inbox("zwzx").rows[0].overdue_at(town.clock.now())
    assert register.counts("zwzx") == {"turn": 1, "today": 0, "overdue": 1, "waiting": 1}
    register.act(first, "say_solved", PROPOSER, {}, idempotency="s")
    assert walk(register, "closed", 50, office="zjj") == [first]
    assert walk(register, "closed", 50) == [first]


def test_lists_can_be_narrowed_and_a_case_found_by_its_number(town: Town) -> None:
    """Procedure, stage and number narrow a list; a number is found however its brackets were typed."""
    register = town.open()
    filed = town.file(register)
    register.file("enterprise-request", {"topic": "fees", "matter": "事", "enterprise_name": "某店"}, form_key="e")
    narrow = register.cases(CaseFilter("open", procedure="suggestion")).rows
    assert [row.case_id for row in narrow] == [filed.case_id]
    assert register.cases(CaseFilter("open", stage="answered")).rows == ()
    for typed in (
        filed.number,
        filed.number.replace("〔", "[").replace("〕", "]"),
        " " + filed.number[:-1] + " ",
        filed.number.replace("〔", "（").replace("〕", "）"),
    ):
        assert register.by_number(typed) == filed.case_id
    assert register.by_number("明源建〔2026〕9999号") is None


@pytest.mark.parametrize("mark", ["", "x", "!!", "W10", "WzEsMiwzXQ", "bnVsbA", "A" * 5000])
def test_a_page_mark_nobody_wrote_means_the_first_page(sqlite_town: Town, mark: str) -> None:
    """A forged or broken mark is harmless."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register)
    assert [row.case_id for row in register.cases(CaseFilter("open"), mark).rows] == [filed.case_id]


def test_no_list_tells_what_is_sealed(sqlite_town: Town) -> None:
    """A row has no title where the narrative is sealed, and nothing in it or in the case's state is the person's."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register, "不可外传的叙述", fields={"contact": "person@example.org"})
    row = register.cases(CaseFilter("open")).rows[0]
    assert row.title == "" and "不可外传" not in row.state and "person@" not in row.state
    file = register.case(filed.case_id)
    assert file is not None and file.case.facts == {} and "不可外传" not in repr(file.events)


def test_statistics_count_open_and_overdue_matters(town: Town) -> None:
    """A filing answered, one open in time and one overdue are told apart, by what the person said as well."""
    import datetime as dt

    register = town.open()
    answered = town.file(register).case_id
    town.accept(register, answered)
    town.answer(register, answered)
    register.act(answered, "say_unsolved", PROPOSER, {"own_words": "没有"}, idempotency="u")
    late = town.file(register).case_id
    town.accept(register, late)
    town.clock.advance(days=120)
    town.file(register)
    figures = register.statistics(dt.date(2026, 9, 1), dt.date(2027, 9, 1), "suggestion")
    assert (figures.n, figures.answered, figures.waiting, figures.overdue, figures.unsolved) == (3, 1, 2, 1, 1)
    assert register.statistics(dt.date(2025, 1, 1), dt.date(2025, 12, 31)).n == 0
    assert CLERK.office != HANDLER.office


def test_the_frontier_and_the_edge_are_one_tree() -> None:
    """Appending leaf by leaf completes the same nodes as the ledger's own tree, from every size up to 300."""
    from hashlib import sha256

    from mingze.ledger import Edge
    from mingze.store.tree import Frontier

    hashes = [sha256(bytes([number % 256, number // 256])).digest() for number in range(300)]
    edge = Edge()
    for size, value in enumerate(hashes):
        frontier = Frontier.of(edge)
        edge, complete = edge.append([value])
        assert frontier.append(value) == b"".join(node for _, _, node in complete)
        assert frontier.size == edge.size == size + 1
