"""Who it is opens on the word of two people of two offices, for a step and for a short time, and the person is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from mingze.casework import Actor, Refused
from mingze.instance import FrozenClock
from tests import outside
from tests.rights.district import District, KnownCase

WHY = "少一页材料，要请本人补"


@pytest.fixture(autouse=True)
def _back_to_monday(district: District) -> Iterator[None]:
    """Each test begins on the same Monday morning."""
    yield
    district.instance.clock = district.register.clock = FrozenClock(outside.NOW)


def later(district: District, **period: int) -> None:
    """Time passes."""
    clock = FrozenClock(district.instance.clock.now() + dt.timedelta(**period))
    district.instance.clock = district.register.clock = clock


def ask(district: District, case: KnownCase, post: str = "zjj.handler", stage: str = "handling", **more: Any) -> int:
    """Ask to see who it is."""
    form = {"purpose": "contact", "stage": stage, "reason": WHY, "account": f"account of {post}", **more}
    kinds = form.pop("kinds", ["identity"])
    return district.register.unsealing.ask(case.case_id, district.post(post), kinds, idempotency=district.key(), **form)


def say(
    district: District, case: KnownCase, n: int, approve: bool = True, post: str = "dcs.supervisor", **more: Any
) -> int:
    """The word on a request."""
    form = {"reason": "" if approve else "材料可以在窗口补，不用联系本人", "account": f"account of {post}", **more}
    return district.register.unsealing.answer(
        case.case_id, n, district.post(post), approve, idempotency=district.key(), **form
    )


def read(district: District, case: KnownCase, post: str = "zjj.handler", slots: tuple[str, ...] = ("identity",)) -> Any:
    """What a post reads."""
    return district.register.open_slots(case.case_id, None, district.post(post), "contact", slots)


def refused(code: str) -> Any:
    """A refusal with this code."""
    return pytest.raises(Refused, match=rf"^{code}\b")


def test_the_matter_is_read_without_who_it_is(district: District) -> None:
    """A post reads the narrative with an access record; who it is stays closed, and asking for both opens neither."""
    case = district.suggestion()
    assert read(district, case, slots=("narrative",))[1, "narrative"]["matter"] == "路口的灯不亮"
    for slots in (("identity",), ("narrative", "identity")):
        with refused("identity_closed"):
            read(district, case, slots=slots)
    assert len(district.register.case(case.case_id).reads) == 1


def test_two_people_of_two_offices_open_it_for_a_short_time(district: District) -> None:
    """Approved by another office it opens for the post that asked, until the last day, and each reading names the word."""
    case = district.suggestion()
    n = ask(district, case)
    with refused("identity_closed"):
        read(district, case)
    approved = say(district, case, n)
    assert read(district, case)[1, "identity"]["name"] == "甲某某"
    record = district.register.case(case.case_id).reads[-1].event
    assert record.facts["approvals"] == [n] and record.schema == 4
    with refused("identity_closed"):  # the word was for the post that asked
        read(district, case, "zjj.head")
    until = district.register.case(case.case_id).events[approved - 1].event.facts["until"]
    assert until == "2026-11-26"  # three working days from Monday 23 November
    later(district, days=3)
    assert read(district, case)
    later(district, days=1)
    with refused("identity_closed"):
        read(district, case)


def test_the_word_ends_with_the_step(district: District) -> None:
    """When the step it was asked for is done, nothing opens any more, however short the time was."""
    case = district.suggestion()
    say(district, case, ask(district, case))
    district.act(case.case_id, "answer", "zjj.handler", {"result": "adopted", "answer_text": "已经修好"})
    with refused("identity_closed"):
        read(district, case)


def test_never_the_same_office_nor_the_same_person(district: District) -> None:
    """The asking office cannot approve, nor a post without that power; whoever holds both posts cannot either."""
    case = district.suggestion()
    n = ask(district, case, account="41")
    for post in ("zjj.head", "zwzx.head", "slj.handler", "sfj.reviewer", "tjj.verifier"):
        with refused("unknown_request"):
            say(district, case, n, post=post)
    with refused("same_person"):
        say(district, case, n, account="41")
    with refused("account_unknown"):
        say(district, case, n, account="")
    assert say(district, case, n, account="42")
    with refused("already_answered"):
        say(district, case, n, account="42")


def test_the_office_that_approves_is_another_where_it_asks_itself(district: District) -> None:
    """The supervision office is asked for by everybody else; what it asks for itself, the legal office approves."""
    case = district.suggestion()
    district.act(case.case_id, "answer", "zjj.handler", {"result": "adopted", "answer_text": "已经修好"})
    district.act(case.case_id, "say_unsolved", Actor("party", party="proposer"), {"own_words": "还是不亮"})
    stage = district.register.case(case.case_id).case.stage
    n = ask(district, case, "dcs.supervisor", stage)
    assert district.register.case(case.case_id).case.requests[-1]["to"] == "sfj"
    with refused("unknown_request"):
        say(district, case, n, post="dcs.head")
    assert say(district, case, n, post="sfj.reviewer")


def test_an_excluded_office_is_never_asked(district: District) -> None:
    """A complaint about the supervision office is approved by another; its posts find no request, whatever they ask."""
    case = district.complaint("dcs")
    n = ask(district, case, "sfj.handler", "received")
    assert district.register.case(case.case_id).case.requests[-1]["to"] == "xfj"
    supervisor = district.post("dcs.supervisor")
    assert district.register.unsealing.waiting(supervisor) == []
    assert district.register.unsealing.request(case.case_id, n, supervisor) is None
    with refused("unknown_request"):
        say(district, case, n)


def test_a_refusal_is_recorded_with_its_reason(district: District) -> None:
    """Refusing needs a reason, opens nothing, and is a record of its own; the post may ask again."""
    case = district.suggestion()
    n = ask(district, case)
    with refused("already_asked"):
        ask(district, case)
    with refused("reason_needed"):
        say(district, case, n, False, reason=" ")
    said = say(district, case, n, False)
    event = district.register.case(case.case_id).events[said - 1].event
    assert (event.type, event.facts["asked"], event.schema, event.tell) == ("refused", n, 4, ["proposer"])
    with refused("identity_closed"):
        read(district, case)
    assert ask(district, case) > n


def test_a_request_nobody_answers_runs_out_by_itself(district: District) -> None:
    """After its last day a request waits for nobody and cannot be approved."""
    case = district.suggestion()
    n = ask(district, case)
    supervisor = district.post("dcs.supervisor")
    before = district.register.unsealing.count(supervisor)
    later(district, days=4)
    assert district.register.unsealing.count(supervisor) < before
    with refused("request_over"):
        say(district, case, n)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": ""}, "reason_needed"),
        ({"reason": "长" * 501}, "reason_needed"),
        ({"purpose": " "}, "purpose_missing"),
        ({"stage": "received"}, "stage_not_here"),
        ({"account": ""}, "account_unknown"),
        ({"kinds": ["identity", "narrative"]}, "ask_apart"),
        ({"kinds": ["narrative"]}, "no_approval_needed"),
        ({"post": "slj.handler"}, "not_your_case"),
    ],
)
def test_a_request_says_for_what_and_why(district: District, change: dict[str, Any], code: str) -> None:
    """Without purpose, step, reason or account, for what needs no word, or by a stranger, nothing is asked."""
    case = district.suggestion()
    with refused(code):
        ask(district, case, **change)
    assert district.register.case(case.case_id).case.requests == ()


def test_a_step_that_needs_it_reads_it_with_a_record_alone(district: District) -> None:
    """An application names its applicant by law: the office at that step reads it, and the record names the article's row."""
    filed = district.file(
        "information-request",
        {"name": "丁某某", "contact": "0451-00000004", **_asked_for(district, "information-request")},
    )
    case = KnownCase("request", filed.case_id, filed.number)
    found = district.register.case(case.case_id).case
    office = found.offices["disclosure_office"]
    assert read(district, case, f"{office}.handler")[1, "identity"]["name"] == "丁某某"
    record = district.register.case(case.case_id).reads[-1].event
    assert record.facts["needed"] == "answer" and "approvals" not in record.facts


def _asked_for(district: District, name: str) -> dict[str, Any]:
    """A plain answer to every other required field of an opening."""
    procedure, plain = district.register.procedures[name], {"date": "2026-12-01", "number": 1, "office": "zjj"}
    return {
        field: next(iter(found.choices), plain.get(found.type, "无"))
        for field in procedure.opening.takes
        if (found := procedure.fields[field]).required and found.type != "files" and field not in ("name", "contact")
    }


def test_the_person_sees_who_asked_who_approved_and_why(district: District) -> None:
    """On the case page: the request with its reason, the answer, and the reading with the post that approved it."""
    case = district.suggestion()
    n = ask(district, case)
    say(district, case, n, reason="窗口确实补不了")
    read(district, case)
    district.codes["asked"] = case.codes["proposer"]
    page = district.client("code:asked").get("/case/").content.decode()
    shown = page[page.index('id="asked"') :]
    for words in ("区住建局承办岗", WHY, "区督查室督查岗", "窗口确实补不了"):
        assert words in shown, words
    assert "经区督查室督查岗同意" in page
    district.clients.pop("code:asked")


def test_the_desk_asks_waits_and_opens_once(district: District) -> None:
    """A calm form where it is closed; then the wait; then the content once, with its end; the list counts in between."""
    case = district.suggestion()
    handler, supervisor = district.client("zjj.handler"), district.client("dcs.supervisor")
    path = f"/desk/case/{case.case_id}/"
    page = handler.get(path).content.decode()
    assert 'id="ask-open-identity"' in page and 'id="part-identity"' not in page
    missing = handler.post(f"{path}ask/", {"name": "identity", "purpose": "contact", "stage": "handling"})
    assert missing.status_code == 422 and 'id="ask-error-identity"' in missing.content.decode()
    form = {"name": "identity", "purpose": "contact", "stage": "handling", "reason": WHY, "key": district.key()}
    assert handler.post(f"{path}ask/", form).status_code == 303
    assert handler.post(f"{path}ask/", form).status_code == 303  # sent twice, asked once
    page = handler.get(path).content.decode()
    assert 'id="ask-state-identity"' in page and 'id="ask-open-identity"' not in page
    requests = district.register.case(case.case_id).case.requests
    assert len(requests) == 1
    address = f"/desk/approvals/{case.case_id}/{requests[0]['n']}/"
    listed = supervisor.get("/desk/approvals/").content.decode()
    assert address in listed and "待我同意（" in supervisor.get("/desk/").content.decode()
    request = supervisor.get(address).content.decode()
    assert WHY in request and "路口的灯不亮" not in request and "甲某某" not in request
    no_reason = supervisor.post(address, {"say": "refuse", "reason": ""})
    assert no_reason.status_code == 409
    assert supervisor.post(address, {"say": "approve", "key": district.key()}).status_code == 303
    assert supervisor.get(address).status_code == 404
    assert 'id="part-identity"' in handler.get(path).content.decode()
    opened = handler.post(f"{path}read/", {"part": "identity", "purpose": "contact"}).content.decode()
    assert "甲某某" in opened and "到2026年11月26日" in opened
    assert "甲某某" not in handler.get(path).content.decode()


def test_other_posts_find_no_request(district: District) -> None:
    """For whoever was not asked a request is to the byte one that is not there."""
    case = district.suggestion()
    n = ask(district, case)
    for post in ("slj.handler", "zjj.handler", "sfj.reviewer", "dcs.supervisor"):
        client = district.client(post)
        here = client.get(f"/desk/approvals/{case.case_id}/{n}/")
        absent = client.get(f"/desk/approvals/{'0' * 32}/{n}/")
        assert absent.status_code == 404
        if post == "dcs.supervisor":
            assert here.status_code == 200
        else:
            assert (here.status_code, _plain(here)) == (404, _plain(absent))


def _plain(answer: Any) -> str:
    from tests.rights.district import plain

    return plain(answer)
