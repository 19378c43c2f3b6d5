"""Errors as problems (RFC 9457): a stable code as `type`, the words in the reader's language, and what to put right."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from ninja.responses import Response

from mingze.casework import Refused
from mingze.procedure import Procedure
from mingze.store import Invalid
from mingze.store.errors import Unavailable
from mingze.terms import TermError
from mingze.words import has, local, refusal_words, say

CONTENT_TYPE = "application/problem+json"

STATUS = {
    "unknown_case": 404,
    "unknown_procedure": 404,
    "unknown_action": 404,
    "unknown_event": 404,
    "case_moved_on": 409,
    "case_closed": 409,
    "already_open": 409,
    "not_from_here": 409,
    "not_yours": 403,
    "wait": 429,
}
"""The status of a refusal by its code; every other refusal is 422: understood, and not lawful now."""


class FieldFault(Schema):
    """One field that does not fit, in the label's words."""

    field: str
    code: str
    detail: str


class Fault(Schema):
    """A problem: `type` is `urn:mingze:problem:<code>`, `title` the sentence, `errors` the fields to put right."""

    type: str
    title: str
    status: int
    code: str
    errors: list[FieldFault] = []


def language_of_request(request: HttpRequest) -> Literal["zh-Hans", "en"]:
    """The language the page middleware found."""
    return getattr(request, "lang", "zh-Hans")


def problem(status: int, code: str, title: str, errors: list[FieldFault] | None = None, seconds: int = 30) -> Response:
    """The answer for a problem."""
    fault = Fault(type=f"urn:mingze:problem:{code}", title=title, status=status, code=code, errors=errors or [])
    headers = {"Retry-After": str(seconds)} if status in (429, 503) else {}
    return Response(fault.model_dump(), status=status, content_type=CONTENT_TYPE, headers=headers)


def refused(request: HttpRequest, error: Refused) -> Response:
    """The procedure does not allow it here and now."""
    lang = language_of_request(request)
    title = refusal_words(error, lang) if has(f"refused-{error.code}", lang) else error.code
    return problem(STATUS.get(error.code, 422), error.code, title, seconds=error.values.get("seconds", 30))


def invalid(request: HttpRequest, error: Invalid, procedure: Procedure | None = None) -> Response:
    """What was entered does not fit the form; every field is listed."""
    lang = language_of_request(request)
    faults = []
    for one in error.problems:
        known = procedure.fields.get(one.field) if procedure is not None else None
        label = local(known.label, lang) if known is not None else one.field
        words = f"portal-problem-{one.code}"
        detail = say(words, lang, label=label, **dict(one.values)) if has(words, lang) else one.code
        faults.append(FieldFault(field=one.field, code=one.code, detail=detail))
    return problem(422, "invalid", say("refused-invalid", lang), faults)


def unavailable(request: HttpRequest, error: Unavailable) -> Response:
    """The databases cannot take it now; nothing was half-written."""
    return problem(503, error.code, refusal_words(error, language_of_request(request)))


def malformed(request: HttpRequest, error: ValidationError) -> Response:
    """The request is not of the form the contract describes."""
    faults = [
        FieldFault(field=".".join(str(step) for step in item["loc"]), code=str(item["type"]), detail=str(item["msg"]))
        for item in error.errors
    ]
    return problem(422, "malformed", say("api-malformed", language_of_request(request)), faults)


def http_error(request: HttpRequest, error: HttpError) -> Response:
    """An error of the protocol: an unreadable body, a missing bearer token."""
    lang = language_of_request(request)
    code = {400: "unreadable", 401: "code_missing"}.get(error.status_code, "refused")
    return problem(error.status_code, code, say(f"api-{code}", lang))


def term_error(request: HttpRequest, error: TermError) -> Response:
    """A period that cannot be counted."""
    lang = language_of_request(request)
    return problem(422, error.code, say(f"term-error-{error.code}", lang, **error.values))


HANDLERS: dict[Any, Any] = {
    Refused: refused,
    Invalid: invalid,
    Unavailable: unavailable,
    ValidationError: malformed,
    HttpError: http_error,
    TermError: term_error,
}
"""Which error becomes which problem."""
