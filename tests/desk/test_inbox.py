"""The inbox: the order is the clock's, each place has its reason, and nobody can be looked for."""

from __future__ import annotations

import re

from tests.desk.conftest import Desk, text_of


def handled(desk: Desk, accepted_at: str) -> str:
    """A suggestion assigned to the transport bureau at a moment."""
    desk.at(accepted_at)
    case_id = desk.suggestion()
    desk.act(case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    return case_id


def groups(page: str) -> dict[str, list[str]]:
    """The case ids of each group, in the order of the page."""
    return {
        name: re.findall(r'<tr id="c-([0-9a-f]+)"', body)
        for name, body in re.findall(r'<tbody id="group-(\w+)">(.*?)</tbody>', page, re.S)
    }


def test_cases_stand_by_their_clock_with_the_reason_for_each_place(desk: Desk) -> None:
    """Overdue first, then today, this week and later; each line says the day, how far off it is and day n of m."""
    overdue = handled(desk, "2026-10-09T10:00:00")
    later = handled(desk, "2026-11-10T10:00:00")
    provisional = handled(desk, "2026-11-23T09:00:00")
    desk.at("2026-11-23T10:00:00")
    page = text_of(desk.sit("jtj.handler").get("/desk/"))
    assert groups(page) == {"overdue": [overdue], "later": [later, provisional]}
    lines = {case_id: page.split(f'id="c-{case_id}"')[1].split("</tr>")[0] for case_id in (overdue, later, provisional)}
    assert "逾期" in lines[overdue]
    assert "期限已过" in lines[overdue]
    assert "9/30个工作日" in lines[later]
    assert "剩21个工作日" in lines[later]
    assert "暂定" in lines[provisional]
    assert "到期日在2027年，放假安排未公布" in lines[provisional]


def test_the_order_cannot_be_changed_by_an_address(desk: Desk) -> None:
    """No parameter sorts the list: whatever is asked, what is due first stands first."""
    first = handled(desk, "2026-11-02T10:00:00")
    second = handled(desk, "2026-11-10T10:00:00")
    desk.at("2026-11-23T10:00:00")
    page = text_of(desk.sit("jtj.handler").get("/desk/?sort=opened&order=desc"))
    assert [case_id for ids in groups(page).values() for case_id in ids] == [first, second]


def test_the_saved_filters_hold_what_they_say(desk: Desk) -> None:
    """My turn is what my post can act on; my office's turn adds other posts; waiting and ended are apart."""
    mine = handled(desk, "2026-11-10T10:00:00")
    waiting = handled(desk, "2026-11-11T10:00:00")
    desk.act(waiting, "answer", "jtj.handler", {"result": "adopted", "answer_text": "年内装好。"})
    desk.at("2026-11-23T10:00:00")
    handler, head = desk.sit("jtj.handler"), desk.sit("jtj.head")

    def found(client: object, view: str) -> list[str]:
        page = text_of(client.get(f"/desk/?view={view}"))  # type: ignore[attr-defined]
        return [case_id for ids in groups(page).values() for case_id in ids]

    assert found(handler, "mine") == [mine]
    assert found(head, "office") == [mine]
    assert found(handler, "waiting") == [waiting]
    assert set(found(handler, "open")) == {mine, waiting}
    assert found(handler, "closed") == []


def test_a_case_is_found_by_its_number_and_by_nothing_of_a_person(desk: Desk) -> None:
    """The whole number finds the one case; a name, a telephone or words of the matter find nothing."""
    case_id = handled(desk, "2026-11-10T10:00:00")
    number = desk.register.case(case_id).number
    desk.at("2026-11-23T10:00:00")
    handler = desk.sit("jtj.handler")
    for typed in (number, number.replace("〔", "[").replace("〕", "]"), f" {number} "):
        assert f'id="c-{case_id}"' in text_of(handler.get("/desk/", {"number": typed}))
    for typed in ("甲某某", "0451-00000001", "红绿灯", number[:-3]):
        page = text_of(handler.get("/desk/", {"number": typed}))
        assert f'id="c-{case_id}"' not in page
        assert "没有这个办件号" in page


def test_another_office_does_not_find_a_case_by_its_number(desk: Desk) -> None:
    """A number answers an office without a part in the case as if it did not exist."""
    number = desk.register.case(handled(desk, "2026-11-10T10:00:00")).number
    page = text_of(desk.sit("slj.handler").get("/desk/", {"number": number}))
    assert "没有这个办件号" in page


def test_an_empty_inbox_says_what_to_do_next(desk: Desk) -> None:
    """Each empty view says where the work is, in both languages."""
    client = desk.sit("slj.handler")
    for view in ("mine", "office", "overdue", "waiting", "open", "closed"):
        assert 'id="empty"' in text_of(client.get(f"/desk/?view={view}"))
    assert "See “My office’s turn”" in text_of(client.get("/desk/", headers={"accept-language": "en"}))


def test_pages_follow_one_another_without_gap_or_repetition(desk: Desk) -> None:
    """With more cases than a page holds, following the pager shows each case exactly once."""
    ids = [handled(desk, f"2026-11-{day:02d}T{hour:02d}:00:00") for day in (9, 10, 11, 12, 13) for hour in range(8, 20)]
    desk.at("2026-11-23T10:00:00")
    handler = desk.sit("jtj.handler")
    seen: list[str] = []
    address = "/desk/?view=office"
    for _ in range(4):
        page = text_of(handler.get(address))
        seen += [case_id for found in groups(page).values() for case_id in found]
        following = re.search(r'href="(\?[^"]*)" rel="next"', page)
        if following is None:
            break
        address = "/desk/" + following[1].replace("&amp;", "&")
    assert sorted(seen) == sorted(ids)
