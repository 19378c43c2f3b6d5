"""The operations of `/api/v1/`: list procedures, count a period, file a matter, follow it by its code, read the
public board.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Schema, Status
from ninja.security import HttpBearer
from pydantic import Field

from mingze import instance, resources, waiting
from mingze.api import answers
from mingze.api.problems import CONTENT_TYPE, HANDLERS, Fault, invalid, language_of_request, problem
from mingze.casework import Actor, Refused
from mingze.instance import Instance
from mingze.store import Invalid, Register
from mingze.store.register import Holder
from mingze.terms import Rule, compute, events_from_json, explain, local_day, when_from_json
from mingze.words import say

PAGE_LIMIT = 100


class Described(NinjaAPI):
    """The contract as OpenAPI, with errors under their own media type."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation.get("responses", {}).items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {CONTENT_TYPE: next(iter(answer["content"].values()))}
        return schema


api = Described(
    title="Mingze 明责",
    version="1",
    description=(
        "Procedures, deadlines, matters and commitments of one authority. "
        "A person's case is read with its receipt code."
    ),
    docs_url=None,
    urls_namespace="api",
)


class ReceiptCode(HttpBearer):
    """The receipt code as bearer token. A code that opens nothing is answered like one that belongs to somebody
    else.
    """

    openapi_bearerFormat = "receipt code: 24 Crockford base32 characters"

    def authenticate(self, request: HttpRequest, token: str) -> Holder:
        doors = waiting.doors()
        who = doors.who(request)
        if seconds := doors.code.wait(who, doors.ticket(token[:200])):
            raise Refused("wait", seconds=seconds)
        found = _register().holder(token[:200])
        if found is None:
            doors.code.count(who)
            raise Refused("unknown_case")
        return found


def _here() -> Instance:
    return instance.current()


def _party_of(holder: Holder) -> Actor:
    """The party whose code it is: each party of a case has a code of their own."""
    return Actor("party", party=holder.party)


def _register() -> Register:
    return _here().register()


for _error, _handler in HANDLERS.items():
    api.add_exception_handler(_error, _handler)


IDEMPOTENCY_KEY: Any = Header(..., alias="Idempotency-Key", min_length=16, max_length=200)  # pyright: ignore[reportCallIssue]
"""A key the program makes once for each matter or action; sent again it gets the first answer."""

Faults = {400: Fault, 404: Fault, 422: Fault, 429: Fault, 503: Fault}
CaseFaults = {400: Fault, 401: Fault, 404: Fault, 422: Fault, 429: Fault, 503: Fault}


class Filing(Schema):
    """A matter: the procedure's opening fields by name. Files come through the web form."""

    procedure: Annotated[str, Field(max_length=48)]
    fields: dict[str, Any]


class Act(Schema):
    """An action of the person: its fields, and the number of events they had seen (None: whatever came since)."""

    fields: dict[str, Any] = {}
    expected_n: Annotated[int, Field(ge=1)] | None = None


class Period(Schema):
    """A bare period, as a line of `mingze due --batch`."""

    start: str
    rule: dict[str, Any]
    events: list[dict[str, Any]] = []
    explain: bool = False


class PeriodEnd(Schema):
    """When it ends; `provisional` if that depends on a day no official calendar covers."""

    due: str | None
    provisional: bool
    calendar: str
    explanation: dict[str, Any] | None = None


@api.get("/procedures", response={200: list[answers.ProcedureListed]}, operation_id="listProcedures")
def list_procedures(request: HttpRequest) -> Any:
    """The procedures of this authority."""
    return [answers.listed(procedure) for procedure in _register().procedures.values()]


@api.get("/procedures/{name}", response={200: answers.ProcedureShown, 404: Fault}, operation_id="showProcedure")
def show_procedure(request: HttpRequest, name: str) -> Any:
    """One procedure: its opening form and its tables."""
    procedure = _register().procedures.get(name)
    if procedure is None:
        raise Refused("unknown_procedure", procedure=name)
    return answers.shown(procedure)


@api.post("/due", response={200: PeriodEnd, 400: Fault, 422: Fault}, operation_id="countPeriod")
def count_period(request: HttpRequest, period: Period) -> Any:
    """When a period ends, and on request day by day why."""
    start, rule = when_from_json(period.start), Rule.from_json(period.rule)
    events = events_from_json(period.events)
    calendar = resources.load_calendar()
    due = compute(start, rule, calendar, events)
    reasons = explain(start, rule, calendar, events).to_json() if period.explain else None
    return {
        "due": due.due.isoformat() if due.due else None,
        "provisional": due.provisional,
        "calendar": due.calendar,
        "explanation": reasons,
    }


@api.post("/cases", response={200: answers.FiledAnswer, 201: answers.FiledAnswer, **Faults}, operation_id="fileMatter")
def file_matter(request: HttpRequest, filing: Filing, idempotency_key: str = IDEMPOTENCY_KEY) -> Any:
    """File a matter. The receipt is given after it is durable; the same Idempotency-Key gets the same receipt again
    (200).
    """
    register = _register()
    procedure = register.procedures.get(filing.procedure)
    if procedure is None or not procedure.public:
        raise Refused("unknown_procedure", procedure=filing.procedure)
    doors = waiting.doors()
    who = doors.who(request)
    if seconds := doors.filing.wait(who, doors.ticket("api", idempotency_key)):
        raise Refused("wait", seconds=seconds)
    try:
        filed = register.file(
            filing.procedure,
            filing.fields,
            form_key=f"api/{idempotency_key}",
            language=language_of_request(request),
            channel="api",
        )
    except Invalid as error:
        return invalid(request, error, procedure)
    doors.filing.count(who)
    found = register.case(filed.case_id)
    now = answers.duty_now(found, _here().offices) if found else None
    body = {"number": filed.number, "code": filed.code, "repeated": filed.repeated, "leaf_index": filed.leaf_index}
    return Status(200 if filed.repeated else 201, {**body, "duty": now})


@api.get("/case", auth=ReceiptCode(), response={200: answers.CaseShown, **CaseFaults}, operation_id="readCase")
def read_case(request: HttpRequest) -> Any:
    """The case of the receipt code: who must act, every date with its reasons, every event."""
    holder: Holder = request.auth  # type: ignore[attr-defined]
    register = _register()
    found = register.case(holder.case_id, _party_of(holder))
    if found is None:
        raise Refused("unknown_case")
    texts = register.open_slots(holder.case_id, actor=_party_of(holder))
    return answers.case_shown(found, texts, _here().offices, register.calendar, local_day(_here().clock.now()))


@api.post(
    "/case/actions/{action}",
    auth=ReceiptCode(),
    response={200: answers.Acted, 403: Fault, 409: Fault, **CaseFaults},
    operation_id="actInCase",
)
def act_in_case(request: HttpRequest, action: str, act: Act, idempotency_key: str = IDEMPOTENCY_KEY) -> Any:
    """Take an action that is the person's own, such as saying whether it is solved."""
    holder: Holder = request.auth  # type: ignore[attr-defined]
    register = _register()
    found = register.case(holder.case_id)
    if found is None:
        raise Refused("unknown_case")
    try:
        acted = register.act(
            holder.case_id,
            action,
            _party_of(holder),
            act.fields,
            idempotency=f"api/{idempotency_key}",
            expected_n=act.expected_n,
        )
    except Invalid as error:
        return invalid(request, error, found.procedure)
    return {"n": acted.n, "leaf_index": acted.leaf_index, "repeated": acted.repeated}


@api.get("/case/receipt", auth=ReceiptCode(), response={200: None, **CaseFaults}, operation_id="readReceipt")
def read_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt file of the filing (C2SP tlog-proof@v1), to be verified offline."""
    holder: Holder = request.auth  # type: ignore[attr-defined]
    response = HttpResponse(_register().proof(holder.case_id, 1), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="receipt.tlog-proof"'
    return response


@api.get("/commitments", response={200: answers.CommitmentPage, 503: Fault}, operation_id="listCommitments")
def list_commitments(
    request: HttpRequest, after: str = "", limit: Annotated[int, Field(ge=1, le=PAGE_LIMIT)] = 50
) -> Any:
    """The public board, a page at a time."""
    here = _here()
    page = _register().commitments(after=after or None, limit=limit)
    rows = []
    for listed in page.rows:
        case = listed.row.case
        rows.append(
            {
                "number": listed.row.number,
                "title": listed.row.title,
                "stage": listed.row.stage,
                "open": listed.row.open,
                "lead": listed.lead_office,
                "due": listed.deadline,
                "provisional": listed.row.provisional,
                "overdue": listed.row.overdue_at(here.clock.now()),
                "done_at": case.done_at,
                "verified_at": case.verified_at,
                "facts": dict(case.facts),
            }
        )
    return {"rows": rows, "next": page.next}


def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address under `/api/` that is none."""
    return problem(404, "no_such_address", say("api-no_such_address", language_of_request(request)))
