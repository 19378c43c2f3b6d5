"""Every address and every operation of the API × everybody who may come × every case they may ask for.

Nothing is listed by hand: the addresses come from Django's resolver, the operations from the OpenAPI document, and who
may do what from the table the doors themselves read (`accounts/rights.yaml`). What is expected of a post in a case is
worked out from the case, not from the answer.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import get_resolver

from mingze.accounts.rights import OPEN_RECORD, SEALED, STATES, Door, table
from mingze.casework import is_asked
from tests.rights.district import ABSENT, ABSENT_ID, POSTS, District, KnownCase, plain

LOGOUT = ("sign_out", "enrolment_link", "demo_sign_in", "case-leave")
"""Addresses that end or change a browser's session: whoever was there is signed in anew."""

EVERYBODY = ("anyone", "signed_in", "code:proposer", "zjj.handler", "dcs.supervisor")
"""Who asks at addresses about no case: one of each kind that the table tells apart there."""

OF_SOME_CASES = ("desk_parts",)
"""Addresses of a part that not every case has: whoever may see the case finds none there."""

FORM = {"part": "narrative", "purpose": "handle", "n": "1"}


@dataclass(frozen=True)
class Address:
    """An address with its name and the names of what stands in it."""

    name: str
    route: str
    parts: tuple[str, ...]

    def filled(self, values: dict[str, Any]) -> str:
        """The address with every part filled in; a part nobody knows a value for fails the test."""
        path = self.route
        for part in self.parts:
            kind = next(k for k in ("str", "int", "slug", "path") if f"<{k}:{part}>" in path)
            path = path.replace(f"<{kind}:{part}>", str(values[part]))
        return "/" + path


def addresses() -> Iterator[Address]:
    """Every address of the server outside the API's namespace."""

    def walk(resolver: Any, prefix: str) -> Iterator[Address]:
        for one in resolver.url_patterns:
            route = prefix + str(one.pattern)
            if getattr(one, "namespace", None):
                continue
            if hasattr(one, "url_patterns"):
                yield from walk(one, route)
            else:
                yield Address(one.name or "", route.replace("^(?P<rest>.*)$", "none"), tuple(one.pattern.converters))

    return walk(get_resolver(), "")


@dataclass
class Matrix:
    """The district with its cases, and the values that fill an address in."""

    district: District
    cases: dict[str, KnownCase]
    document_id: str
    row_id: str

    @property
    def about_a_case(self) -> set[str]:
        """The addresses that ask for one case."""
        return {address.name for address in addresses() if about_a_case(address)}

    def values(self, case: KnownCase) -> dict[str, Any]:
        """What stands in an address that asks for this case."""
        digest = self.district.register.procedures["supervision-finding"].hash.removeprefix("sha256:")
        return {
            "case_id": case.case_id, "number": case.number, "action": case.opening, "n": case.asked, "slot": "attachment:1",
            "name": "suggestion", "digest": digest, "step": "approve", "document_id": self.document_id, "old_id": self.document_id,
            "month": "2026-11", "kind": "board",
            "row_id": self.row_id, "verb": "accept", "token": "none", "path": "0/000.p/1",
        }  # fmt: skip

    def roles(self, who: str, case: KnownCase) -> set[str]:
        """The roles somebody has towards a case, told from the case itself."""
        found = self.district.register.case(case.case_id)
        if who.startswith("code:"):
            party = who.partition(":")[2]
            own = party in case.codes
            invited = found is not None and party in found.case.invited
            return {"anyone", "invited_party" if invited else "opening_party"} if own else {"anyone"}
        if who not in POSTS:
            return {"anyone"}
        actor = self.district.post(who)
        roles = set(table().by_function(actor, self.district.instance.offices))
        if found is not None:
            told = {
                "part": actor.office in found.case.offices.values(),
                "excluded": actor.office in found.case.excluded,
                "recused": who in found.case.recused,
                "outside": bool(found.case.circle) and who not in found.case.circle.values(),
                "asked": any(
                    is_asked(found.case, one, actor) for one in found.case.requests if one["state"] == "asked"
                ),
            }
            roles |= {role for role, holds in told.items() if holds}
        return roles

    def state(self, case: KnownCase) -> str:
        """Whether a case is sealed or an open record; "" for none."""
        found = self.district.register.case(case.case_id)
        return "" if found is None else OPEN_RECORD if found.procedure.open_record else SEALED

    def may(self, who: str, door: Door, case: KnownCase) -> bool:
        """What the table says; of a case that is not there nobody may anything."""
        roles = {"anyone"} if door.behind == "nothing" else self.roles(who, case)
        if case is ABSENT or door.object != "case":
            named = case is ABSENT and door.name in self.about_a_case
            known = door.object != "publication" or case is ABSENT  # none of these cases has anything published
            return known and not named and any(table().may(roles, door.object, door.verb, state) for state in STATES)
        return table().may(roles, "case", door.verb, self.state(case))


@pytest.fixture(scope="module")
def matrix(district: District) -> Matrix:
    """Cases of every kind, and the codes of their parties."""
    matters = (district.suggestion(), district.complaint(), district.mediation(), district.minors(), district.promise())
    made = (*matters, ABSENT)
    cases = {case.name: case for case in made}
    for case in made:
        district.codes.update(case.codes)
    return Matrix(district, cases, *district.draft())


def verdict(answer: Any) -> str:
    """What an answer is: a door shut in one of the known ways, or `in`."""
    if answer.status_code in (302, 303):
        to = answer["Location"]
        return "sign_in" if to.startswith("/desk/sign-in/?next=") else "code" if to == "/case/" else "in"
    return {403: "refused", 404: "absent", 405: "method", 410: "absent"}.get(answer.status_code, "in")


def about_a_case(address: Address) -> bool:
    """Whether an address is about one case."""
    return bool({"case_id", "number"} & set(address.parts))


def test_every_address_has_a_row_in_the_table(district: District) -> None:
    """An address without a door in the table of rights is not found by anybody; so none may be without."""
    names = {address.name for address in addresses()}
    assert names - set(table().doors) == set() and "" not in names


@pytest.mark.timeout(400)  # some thousands of requests
def test_the_matrix_of_addresses(matrix: Matrix) -> None:
    """Nobody gets in where the table gives no right, everybody does where it does, and the answer for a case that is not
    one's own is to the byte the one for a case that is not there."""
    wrong: list[str] = []
    count = 0
    found = sorted(addresses(), key=lambda one: (one.name in LOGOUT, one.name))
    for address in found:
        door = table().doors[address.name]
        about_case = about_a_case(address)
        codes = tuple(f"code:{party}" for party in matrix.district.codes)
        asking = ("anyone", "signed_in", *codes, *POSTS) if about_case else EVERYBODY
        asking = (*EVERYBODY, *codes[1:]) if door.behind == "code" else asking
        for who, method in itertools.product(asking, ("get", "post")):
            cases = list(matrix.cases.values()) if about_case else [ABSENT]
            missing = ""
            for case in reversed(cases):  # the one that is not there first: the others are held against it
                client = matrix.district.client(who)
                path = address.filled(matrix.values(case))
                answer = getattr(client, method)(path, FORM if method == "post" else None)
                count += 1
                got, shown = verdict(answer), plain(answer, case.case_id, case.number)
                if case.case_id == ABSENT_ID:
                    missing = f"{answer.status_code} {shown}"
                problem = _judged(matrix, address, door, who, case, method, got)
                if not problem and about_case and got == "absent" and not matrix.may(who, door, case):
                    if f"{answer.status_code} {shown}" != missing:
                        problem = "the answer differs from that for a case that is not there"
                if problem:
                    wrong.append(f"{method} {address.name} by {who} for {case.name}: {answer.status_code}: {problem}")
                if address.name in LOGOUT:
                    matrix.district.clients.pop(who, None)
    print(f"\n{len(found)} addresses, {count} requests")
    assert wrong == []


def _judged(matrix: Matrix, address: Address, door: Door, who: str, case: KnownCase, method: str, got: str) -> str:
    """What is wrong with an answer; "" when it is the one the table gives."""
    if got == "method":
        return ""
    if door.behind == "seat" and who not in POSTS:
        wanted = "refused" if who == "signed_in" else "sign_in"
        return "" if got == wanted else f"expected {wanted}, got {got}"
    if door.behind == "code":
        return "" if (got != "code") == who.startswith("code:") or address.name == "case-act" else f"got {got}"
    right = matrix.may(who, door, case)
    if right and about_a_case(address):
        purpose_asked = door.verb == "download" and method == "get" and got == "refused"
        without_file = matrix.state(case) == OPEN_RECORD or case.name == "minors"
        gone = got == "absent" and ((door.verb == "download" and without_file) or address.name in OF_SOME_CASES)
        return "" if got == "in" or purpose_asked or gone else f"expected in, got {got}"
    if not right and door.denied == "refused":
        return "" if got == "refused" or _explained(address, got) else f"expected refused, got {got}"
    if not right and about_a_case(address):
        return _unless_told(matrix, door, who, case, got)
    return "" if right or got != "in" else "got in without a right"


def _explained(address: Address, got: str) -> bool:
    """A version's step by a post that may not decide comes back with the page and the reason (409)."""
    return address.name == "desk_version_step" and got == "in"


def _unless_told(matrix: Matrix, door: Door, who: str, case: KnownCase, got: str) -> str:
    """An open record is there for everybody, so a post without a part is told that the act is not theirs (409)."""
    open_to_post = matrix.state(case) == OPEN_RECORD and door.behind == "seat" and door.verb == "act"
    return "" if got == "absent" or (open_to_post and got == "in") else f"expected absent, got {got}"


def test_the_matrix_of_operations(matrix: Matrix) -> None:
    """Every operation of the OpenAPI document has a row in the table; without a code, with one that is none, and with a
    code of another case or party it opens exactly what the table gives."""
    client = matrix.district.client("anyone")
    document = json.loads(client.get("/api/v1/openapi.json").content)
    operations = {
        told["operationId"]: (method, path)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    }
    assert set(operations) == set(table().operations)
    case = matrix.cases["mediation"]
    wrong = []
    for name, (method, path) in operations.items():
        door = table().operations[name]
        filled = path.replace("{name}", "suggestion").replace("{action}", "say_more")
        send = {"content_type": "application/json", "data": json.dumps({"fields": {}})} if method == "post" else {}
        key = {"Idempotency-Key": "a-key-of-sixteen-or-more"}
        answers = {
            who: getattr(client, method)(filled, **send, headers={**key, **token})
            for who, token in {
                "nobody": {}, "no code": _bearer("0" * 24), "garbage": _bearer("x"),
                "applicant": _bearer(case.codes["applicant"]), "respondent": _bearer(case.codes["respondent"]),
            }.items()
        }  # fmt: skip
        if door.behind == "code":
            if answers["nobody"].status_code != 401:
                wrong.append(f"{name}: nobody got {answers['nobody'].status_code}")
            if answers["no code"].status_code != 404 or answers["no code"].content != answers["garbage"].content:
                wrong.append(f"{name}: a code that is none tells what it is")
            for party in ("applicant", "respondent"):
                if answers[party].status_code in (401, 403, 404) and name != "actInCase":
                    wrong.append(f"{name}: {party} got {answers[party].status_code}")
        elif len({(one.status_code, one.content) for one in answers.values()}) != 1:
            wrong.append(f"{name}: answers depend on a code it does not ask for")
    print(f"\n{len(operations)} operations, {len(operations) * 5} requests")
    assert wrong == []


def _bearer(code: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {code}"}


def test_a_second_party_reads_by_no_way_what_the_first_one_said(matrix: Matrix) -> None:
    """The invited side's code opens its own part through the page, the API, a file and the bundle: never the other's."""
    case = matrix.cases["mediation"]
    client, words = matrix.district.client("code:respondent"), "只有申请人说的话"
    shown = client.get("/case/").content.decode()
    bundle = client.get("/case/bundle").content.decode("utf-8", "backslashreplace")
    api = client.get("/api/v1/case", headers=_bearer(case.codes["respondent"])).json()
    assert words not in shown and words not in bundle and words not in json.dumps(api, ensure_ascii=False)
    assert words not in json.dumps(json.loads(bundle), ensure_ascii=False)
    own = matrix.district.client("code:applicant").get("/api/v1/case", headers=_bearer(case.codes["applicant"])).json()
    assert words in json.dumps(own, ensure_ascii=False)
    acted = client.post(
        "/api/v1/case/actions/withdraw", data=json.dumps({"fields": {}}), content_type="application/json",
        headers={**_bearer(case.codes["respondent"]), "Idempotency-Key": "a-key-of-sixteen-or-more"},
    )  # fmt: skip
    assert acted.status_code in (403, 404, 409, 422)


class Counting:
    """Counts the statements asked of the register's and the vault's readers."""

    def __init__(self, register: Any) -> None:
        self.readers, self.asked = (register.readers, register.vault._readers), 0
        self._taken = [readers._take for readers in self.readers]

    def __enter__(self) -> Counting:
        for readers, take in zip(self.readers, self._taken, strict=True):
            readers._take = lambda take=take: self._watched(take())
        return self

    def _watched(self, connection: Any) -> Any:
        connection.raw.set_trace_callback(self._count)
        return connection

    def _count(self, statement: str) -> None:
        self.asked += 1

    def __exit__(self, *error: object) -> None:
        for readers in self.readers:
            del readers._take
            for connection in readers._idle:
                connection.raw.set_trace_callback(None)


CASE_DOORS = (
    "desk_case",
    "desk_summary",
    "desk_act",
    "desk_read",
    "desk_file",
    "commitment",
    "evidence",
    "publication",
)


@pytest.mark.parametrize("name", CASE_DOORS)
def test_a_case_that_is_not_ones_own_costs_the_queries_of_one_that_is_not_there(matrix: Matrix, name: str) -> None:
    """However the refusal is worded, it asks the databases the same: for absent, another office's, an excluded office's."""
    address = next(one for one in addresses() if one.name == name)
    public = table().doors[name].behind == "nothing"
    asking = ["anyone"] if public else ["slj.handler", "scj.handler", "qzf.head", "tjw.mediator"]
    for who in asking:
        client = matrix.district.client(who)
        asked_of: dict[str, int] = {}
        for case in matrix.cases.values():
            if matrix.may(who, table().doors[name], case) or matrix.state(case) == OPEN_RECORD:
                continue
            path = address.filled(matrix.values(case))
            method = client.post if name in ("desk_act", "desk_read") else client.get
            with Counting(matrix.district.register) as counting:
                method(path, FORM)
            asked_of[case.name] = counting.asked
        assert len(asked_of) >= 2 and len(set(asked_of.values())) == 1 and asked_of["absent"] > 0, (who, asked_of)


def test_the_search_costs_the_same_queries_for_a_number_of_others(matrix: Matrix) -> None:
    """A number that is nobody's and one of another office's case are looked up alike."""
    client = matrix.district.client("scj.handler")
    asked_of = set()
    for case in (matrix.cases["suggestion"], matrix.cases["complaint"], matrix.cases["mediation"], ABSENT):
        with Counting(matrix.district.register) as counting:
            answer = client.get("/desk/", {"number": case.number})
        assert answer.status_code == 200
        asked_of.add(counting.asked)
    assert len(asked_of) == 1


def test_the_time_of_a_refusal_tells_nothing(matrix: Matrix) -> None:
    """The quickest of many refusals take the processor as long for a case of another office, or for one an office is
    excluded from, as for none; as a control, a case that is shown takes longer."""
    paths = {name: f"/desk/case/{matrix.cases[name].case_id}/" for name in ("absent", "suggestion", "complaint")}
    asked_for = {name: (matrix.district.client("scj.handler"), path) for name, path in paths.items()}
    asked_for["shown"] = (matrix.district.client("zjj.handler"), paths["suggestion"])
    took: dict[str, list[float]] = {name: [] for name in asked_for}
    for _ in range(40):
        for name, (client, path) in asked_for.items():  # in turn, so that a busy machine is as busy for each
            began = time.thread_time()
            client.get(path)
            took[name].append(time.thread_time() - began)
    quick = {name: min(times) for name, times in took.items()}
    shown = quick.pop("shown")
    assert max(quick.values()) < 1.25 * min(quick.values()) and shown > 1.25 * max(quick.values()), (quick, shown)
