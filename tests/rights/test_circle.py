"""The smallest circle: of a report of harm to a child two named posts know, and each opening has the second one's word."""

from __future__ import annotations

from typing import Any

import pytest

from mingze.casework import Actor, Refused
from mingze.store import CaseFilter
from tests.rights.district import District, KnownCase, plain

INSIDE, OUTSIDE = (
    ("mzj.handler", "mzj.head"),
    ("mzj.clerk", "sfj.reviewer", "dcs.supervisor", "qzf.head", "jyj.handler"),
)


def refused(code: str) -> Any:
    """A refusal with this code."""
    return pytest.raises(Refused, match=rf"^{code}\b")


def ask(district: District, case: KnownCase, kinds: list[str], stage: str, post: str = "mzj.handler") -> int:
    """Ask for somebody's word."""
    return district.register.unsealing.ask(
        case.case_id, district.post(post), kinds, purpose="handle", stage=stage, reason="要核对伤情", account=post,
        idempotency=district.key(),
    )  # fmt: skip


def say(district: District, case: KnownCase, n: int, post: str, account: str = "") -> int:
    """Give it."""
    return district.register.unsealing.answer(
        case.case_id, n, district.post(post), True, reason="", account=account or post, idempotency=district.key()
    )


def read(district: District, case: KnownCase, post: str, *slots: str) -> Any:
    """What a post reads."""
    return district.register.open_slots(case.case_id, None, district.post(post), "handle", slots)


def test_two_posts_are_named_when_it_is_reported(district: District) -> None:
    """The event names them, in a version of the envelope that says so; a post that opens it handles it itself."""
    case = district.minors()
    first = district.register.case(case.case_id).events[0].event
    assert first.circle == {"handler": "mzj.handler", "approver": "mzj.head"} and first.schema == 4
    filed = district.register.file(
        "minor-protection", {"matter": "有人来电"}, form_key=district.key(), actor=district.post("mzj.clerk")
    )
    named = district.register.case(filed.case_id).case.circle
    assert named == {"handler": "mzj.clerk", "approver": "mzj.head"}
    assert district.register.hidden(filed.case_id, district.post("mzj.handler"))


def test_nobody_else_can_tell_the_case_from_none(district: District) -> None:
    """Lists, counts, search, figures, the page and each act say to any other post what they say of a case that is not there."""
    before = {post: _seen(district, post) for post in OUTSIDE}
    case = district.minors()
    for post in OUTSIDE:
        actor = district.post(post)
        assert _seen(district, post) == before[post], post
        assert district.register.by_number(case.number, actor) is None
        assert district.register.case(case.case_id, actor) is None
        for verb in ("see", "list", "find", "act", "read", "download", "ask", "defer"):
            assert not district.register.may(actor, verb, case.case_id), (post, verb)
        with refused("unknown_case"):
            district.act(case.case_id, "report_police", post)
        with refused("unknown_case"):
            read(district, case, post, "narrative")
        answers = [district.client(post).get(f"/desk/case/{each}/") for each in (case.case_id, "0" * 32)]
        assert len({(one.status_code, plain(one, case.case_id, case.number)) for one in answers}) == 1
    for post in INSIDE:
        assert district.register.may(district.post(post), "see", case.case_id)
        rows = district.register.inbox("mzj", filter=CaseFilter("all"), viewer=district.post(post)).rows
        assert case.case_id in {row.case_id for row in rows}


def _seen(district: District, post: str) -> Any:
    """What a post finds in its lists, counts and figures."""
    actor, register = district.post(post), district.register
    day = district.instance.clock.now().date()
    rows = register.inbox(actor.office, filter=CaseFilter("all"), limit=200, viewer=actor).rows
    return (
        [row.case_id for row in rows],
        register.counts(actor.office, actor),
        register.statistics(day, day, viewer=actor),
    )


def test_a_list_of_an_office_without_a_post_shows_none(district: District) -> None:
    """Whoever asks for an office's list and names no post gets no case of a smallest circle."""
    case = district.minors()
    rows = district.register.inbox("mzj", filter=CaseFilter("all"), limit=200).rows
    assert case.case_id not in {row.case_id for row in rows}


def test_what_reporting_at_once_needs_is_read_at_once(district: District) -> None:
    """Until the police know, the handler reads what was seen with a record alone; who reported stays closed even then."""
    case = district.minors()
    assert read(district, case, "mzj.handler", "narrative")[1, "narrative"]["matter"] == "孩子身上有伤"
    with refused("identity_closed"):
        read(district, case, "mzj.handler", "identity")
    assert len(district.register.case(case.case_id).reads) == 1


def test_afterwards_each_opening_has_the_approvers_word(district: District) -> None:
    """Once the police know, nothing opens for the handler without it; the approver opens on their own, never who it is."""
    case = district.minors()
    district.act(case.case_id, "report_police", "mzj.handler")
    with refused("approval_needed"):
        read(district, case, "mzj.handler", "narrative")
    assert read(district, case, "mzj.head", "narrative")
    with refused("identity_closed"):
        read(district, case, "mzj.head", "identity")
    stage = district.register.case(case.case_id).case.stages[0]
    n = ask(district, case, ["narrative"], stage)
    for post in ("mzj.clerk", "sfj.reviewer", "dcs.supervisor", "mzj.handler"):
        with refused("unknown_request"):
            say(district, case, n, post)
    with refused("same_person"):
        say(district, case, n, "mzj.head", account="mzj.handler")
    assert district.register.unsealing.count(district.post("mzj.head")) >= 1
    say(district, case, n, "mzj.head")
    assert read(district, case, "mzj.handler", "narrative")
    assert district.register.case(case.case_id).reads[-1].event.facts["approvals"] == [n]


def test_who_reported_needs_another_office_which_learns_no_more_than_the_request(district: District) -> None:
    """The legal office answers; it sees the number, the kind, who asks and why, and can open nothing of the case."""
    case = district.minors()
    reviewer = district.post("sfj.reviewer")
    [waiting] = [one for one in district.register.unsealing.waiting(reviewer) if one.case_id == case.case_id]
    assert waiting.number == case.number
    page = district.client("sfj.reviewer").get(f"/desk/approvals/{case.case_id}/{case.asked}/").content.decode()
    assert "公安机关要当面核实" in page and "孩子身上有伤" not in page and "戊某某" not in page
    assert district.client("sfj.reviewer").get(f"/desk/case/{case.case_id}/").status_code == 404
    with refused("unknown_request"):
        say(district, case, case.asked, "mzj.head")
    say(district, case, case.asked, "sfj.reviewer")
    assert read(district, case, "mzj.handler", "identity")[1, "identity"]["name"] == "戊某某"
    assert not district.register.may(reviewer, "see", case.case_id)
    assert not district.register.may(reviewer, "approve", case.case_id)


def test_without_somebody_to_name_it_cannot_be_opened(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office without a handler and a head cannot take such a case, and nothing is written."""
    monkeypatch.setattr(district.register, "posts", lambda: [("mzj.head", ("head",))])
    with refused("circle_unnamed"):
        district.file("minor-protection", {"matter": "没有人承办"})


def test_the_person_reads_their_own_as_in_any_case(district: District) -> None:
    """Whoever reported reads what they said without anybody's word."""
    case = district.minors()
    own = district.register.open_slots(case.case_id, 1, Actor("party", party="reporter"))
    assert own[1, "identity"]["name"] == "戊某某"
