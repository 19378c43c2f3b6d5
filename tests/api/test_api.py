"""The programs' door: the same register, the same refusals, errors as problems, and a contract that is kept."""

from __future__ import annotations

import json

import pytest

KEY = {"idempotency-key": "k" * 24, "content-type": "application/json"}
MATTER = {"procedure": "suggestion", "fields": {"matter": "图书馆门口做一段坡道"}}


@pytest.fixture
def client(make_instance, browse):
    """A client of a fresh instance."""
    return browse(make_instance())


def file(client, key: str = "k" * 24, **changed):
    """File a suggestion."""
    return client.post("/api/v1/cases", {**MATTER, **changed}, "application/json", headers={"idempotency-key": key})


def with_code(code: str) -> dict[str, str]:
    """The receipt code as bearer token."""
    return {"authorization": f"Bearer {code}"}


def test_a_matter_is_filed_once_however_often_it_is_sent(client):
    """The first answer is 201, the repetition 200 with the same receipt; there is one case."""
    first, again = file(client), file(client)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["code"] == again.json()["code"] and again.json()["repeated"]
    assert first.json()["number"].endswith("0001号") and file(client, "n" * 24).json()["number"].endswith("0002号")


def test_the_code_opens_the_case_with_every_reason(client):
    """With the code a program reads who must act, until when, and day by day why."""
    code = file(client).json()["code"]
    answer = client.get("/api/v1/case", headers=with_code(code))
    assert answer.status_code == 200, answer.content
    case = answer.json()
    clock = case["clocks"][0]
    assert case["stage"] == "received" and case["duty"]["clock"] == "accept"
    assert clock["explanation"]["days"][-1]["on"] == clock["due"] == case["duty"]["due"]
    assert case["texts"]["1"]["narrative"]["matter"] == "图书馆门口做一段坡道"


def test_a_wrong_code_says_no_more_than_an_absent_case(client):
    """A code that opens nothing is a 404 problem without any hint, whatever its form."""
    file(client)
    answers = [client.get("/api/v1/case", headers=with_code(code)) for code in ("0" * 24, "Z" * 24, "x", "é" * 30)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert client.get("/api/v1/case").status_code == 401


def test_the_receipt_file_verifies(client):
    """The receipt that a program downloads is the file that `mingze verify` accepts."""
    from mingze import instance
    from mingze.ledger import Policy, parse_vkey, verify_receipt, vkey

    code = file(client).json()["code"]
    answer = client.get("/api/v1/case/receipt", headers=with_code(code))
    here = instance.current()
    key = parse_vkey(vkey(here.origin, here.secret("log.key")))
    assert answer["Content-Disposition"].startswith("attachment")
    assert verify_receipt(answer.content, Policy.of_log(key)).outcome == "verified"


@pytest.mark.parametrize(("lang", "words"), [("en", "Fill in “Your suggestion”."), ("zh-Hans", "请填写“您的建议”。")])
def test_a_missing_field_is_a_problem_in_the_label_s_words(client, lang: str, words: str):
    """Errors are problem+json with a code, the field and the label's own words, in the language asked for."""
    answer = client.post(
        "/api/v1/cases",
        {"procedure": "suggestion", "fields": {}},
        "application/json",
        headers={"idempotency-key": "k" * 24, "accept-language": lang},
    )
    body = answer.json()
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    assert body["type"] == "urn:mingze:problem:invalid"
    assert body["errors"] == [{"field": "matter", "code": "missing", "detail": words}]


def test_what_is_not_the_person_s_to_do_is_refused(client):
    """A person cannot take an office's action, nor say “solved” before there is an answer."""
    code = file(client).json()["code"]
    for action, status, problem in (
        ("accept", 403, "not_yours"),
        ("say_solved", 409, "not_from_here"),
        ("fly", 404, "unknown_action"),
    ):
        answer = client.post(
            f"/api/v1/case/actions/{action}",
            {},
            "application/json",
            headers={**with_code(code), "idempotency-key": "a" * 24},
        )
        assert (answer.status_code, answer.json()["code"]) == (status, problem)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/api/v1/cases", "{", 400, "unreadable"),
        ("/api/v1/cases", '{"procedure": 7}', 422, "malformed"),
        ("/api/v1/cases", '{"procedure": "commitment", "fields": {}}', 404, "unknown_procedure"),
        ("/api/v1/due", '{"start": "soon", "rule": {"amount": 1, "unit": "calendar_day"}}', 422, "not_a_date"),
        ("/api/v1/due", '{"start": "2026-09-18", "rule": {"amount": -1, "unit": "calendar_day"}}', 422, "amount_wrong"),
        ("/api/v1/nothing", "{}", 404, "no_such_address"),
        ("/api/", "{}", 404, "no_such_address"),
    ],
)
def test_bad_requests_are_problems(client, path: str, body: str, status: int, code: str):
    """Every error is a problem with a stable code and words, never a page or a trace."""
    answer = client.post(path, body, "application/json", headers={"idempotency-key": "k" * 24})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["title"]


def test_a_period_is_counted_like_everywhere_else(client):
    """Fifteen working days from 18 September 2026 end on 15 October, with the reasons when asked."""
    rule = {"amount": 15, "unit": "working_day"}
    answer = client.post(
        "/api/v1/due", {"start": "2026-09-18", "rule": rule, "explain": True}, "application/json"
    ).json()
    assert (answer["due"], answer["provisional"]) == ("2026-10-15", False)
    assert answer["explanation"]["days"][-1]["on"] == "2026-10-15"


def test_the_contract_describes_every_operation_and_its_errors(client):
    """The contract is OpenAPI 3.1, and every operation that can be refused says so as problem+json."""
    contract = json.loads(client.get("/api/v1/openapi.json").content)
    assert contract["openapi"].startswith("3.1")
    operations = [op for path in contract["paths"].values() for op in path.values()]
    assert {op["operationId"] for op in operations} >= {
        "fileMatter",
        "readCase",
        "actInCase",
        "listCommitments",
        "countPeriod",
    }
    for op in operations:
        for status, answer in op["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"]


def test_procedures_and_the_board_can_be_read_by_anyone(client):
    """Procedures with their forms and the public board need no code."""
    names = [row["name"] for row in client.get("/api/v1/procedures").json()]
    assert names == sorted(names) and {"commitment", "enterprise-request", "suggestion"} <= set(names)
    assert client.get("/api/v1/procedures/suggestion").json()["fields"][0]["label"]["en"] == "Your suggestion"
    assert client.get("/api/v1/commitments").json() == {"rows": [], "next": None}
    assert client.get("/api/v1/commitments?limit=0").status_code == 422
