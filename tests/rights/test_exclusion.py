"""What an office sees of a case that is about it: to the byte what it saw before the case was there."""

from __future__ import annotations

from typing import Any

from mingze.casework import Actor
from mingze.store import CaseFilter
from tests.rights.district import POSTS, District, KnownCase, plain

PAGES = (
    "/desk/",
    *(f"/desk/?view={view}" for view in ("mine", "office", "overdue", "waiting", "open", "closed")),
    "/desk/open/",
    "/desk/documents/",
    "/board/",
    "/board/?state=overdue",
    "/published/",
    "/published/?procedure=hazard",
    "/published/?procedure=enforcement-complaint",
    "/api/v1/commitments",
    "/api/v1/procedures",
    "/desk/?number=%E6%98%8E%E6%BA%90%E6%89%A7%E3%80%942026%E3%80%950001%E5%8F%B7",
    "/ledger/policy.txt",
)
"""Every page that lists, counts, searches or publishes; the pages of single cases are the matrix's."""


def seen(district: District, who: str) -> dict[str, str]:
    """Each page as it is now."""
    answers = {page: district.client(who).get(page) for page in PAGES}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {page: plain(answer) for page, answer in answers.items()}


def told(register: Any, district: District, who: str) -> tuple[Any, ...]:
    """What the register itself answers a post."""
    viewer = district.post(who)
    day = district.instance.clock.now().date()
    return (
        register.counts(viewer.office, viewer),
        [row.number for row in register.cases(CaseFilter("all"), viewer=viewer).rows],
        register.statistics(day, day, viewer=viewer),
    )


def worked_on(district: District) -> KnownCase:
    """A complaint about the market bureau, looked into until the office complained of would have something to do."""
    case = district.complaint()
    district.act(case.case_id, "accept", "sfj.handler")
    district.act(case.case_id, "examine", "sfj.handler", {"note": "已经调取案卷"})
    district.act(case.case_id, "find_fault", "sfj.handler", {"instrument": "opinion", "finding": "程序有误"})
    return case


def test_every_page_of_an_excluded_office_is_the_one_of_an_instance_without_the_case(district: District) -> None:
    """The office complained of, its head, and the office above it get the same bytes before the case and after it; an
    office that works on it does not, so the comparison can fail."""
    district.suggestion()
    district.promise()
    barred, working = ("scj.handler", "scj.head", "qzf.head", "qzf.handler"), ("sfj.handler",)
    before = {who: (seen(district, who), told(district.register, district, who)) for who in (*barred, *working)}
    case = worked_on(district)
    assert set(district.register.case(case.case_id).case.excluded) == {"scj", "qzf"}
    for who in barred:
        assert seen(district, who) == before[who][0]
        assert told(district.register, district, who) == before[who][1]
    assert seen(district, "sfj.handler") != before["sfj.handler"][0]


def test_lists_and_the_table_say_the_same_of_every_post(district: District) -> None:
    """A case stands in a post's lists, its counts and its search exactly if the table of rights lets that post list it;
    an office whose part another took over has left them."""
    handed = district.suggestion()
    district.act(handed.case_id, "hand_back", "zjj.handler", {"reason": "不属于本单位职责"})
    district.act(handed.case_id, "accept", "zwzx.clerk", competent_office="slj")
    cases = [handed, district.suggestion(), worked_on(district), district.mediation()]
    register = district.register
    assert "zjj" not in register.case(handed.case_id).case.offices.values()
    for who in (*POSTS, "zjj.head", "scj.head"):
        viewer = district.post(who)
        listed = {row.case_id for row in register.inbox(viewer.office, filter=CaseFilter("all"), viewer=viewer).rows}
        for case in cases:
            assert (case.case_id in listed) == register.may(viewer, "list", case.case_id), (who, case.name)
            page = district.client(who).get("/desk/", {"number": case.number}).content.decode()
            assert (f"/desk/case/{case.case_id}/" in page) == register.may(viewer, "find", case.case_id), (
                who,
                case.name,
            )


def test_a_post_that_stands_aside_loses_the_case_in_open_tabs_at_once(district: District) -> None:
    """The page it had open answers as for a case that is not there from the next request on; its colleague goes on."""
    case = district.complaint()
    district.act(case.case_id, "accept", "sfj.handler")
    tab = district.client("sfj.handler")
    assert tab.get(f"/desk/case/{case.case_id}/").status_code == 200
    district.act(case.case_id, "recuse", "sfj.head", {"recused_post": "sfj.handler"})
    assert tab.get(f"/desk/case/{case.case_id}/").status_code == 404
    assert tab.post(f"/desk/case/{case.case_id}/read/", {"part": "narrative", "purpose": "handle"}).status_code == 404
    assert district.client("sfj.head").get(f"/desk/case/{case.case_id}/").status_code == 200


def test_the_public_list_ends_where_it_ends_without_cases_that_publish_nothing(
    district: District, monkeypatch: Any
) -> None:
    """However many hazards were reported of which nothing is public, the list is the same, and no mark of a page tells
    when one of them was opened."""
    from mingze.portal.views import published

    monkeypatch.setattr(published, "LIMIT", 1)
    page = "/published/?procedure=hazard"
    before = plain(district.client("anyone").get(page))
    for _ in range(7):
        district.file("hazard", {"kind": "campus", "matter": "围墙开裂"})
    assert plain(district.client("anyone").get(page)) == before
    assert "after=" not in before


def test_a_party_is_told_of_linked_cases_it_opened_and_not_of_another_partys(district: District) -> None:
    """Whoever asked for a review finds it on their page; another party of the case does not learn that it was asked for."""
    filed = district.file(
        "petition", {"claim": "退还多收的费用", "facts_and_reasons": "三月二日多收", "name": "丁某某"}
    )
    petitioner = Actor("party", party="petitioner")
    district.act(filed.case_id, "transfer", "xfj.clerk", competent_office="zjj")
    district.act(filed.case_id, "accept", "zjj.handler")
    district.act(filed.case_id, "refuse", "zjj.handler", {"ground": "no_basis", "opinion": "没有多收"})
    district.act(filed.case_id, "serve", petitioner)
    district.act(filed.case_id, "ask_review", petitioner, {"grounds": "有收据"})
    assert len(district.register.links(filed.case_id, petitioner)) == 1
    assert district.register.links(filed.case_id, Actor("party", party="neighbour")) == []
