"""The sheet on which a code is handed to the party it belongs to: shown once to the post that acted, and printed.

It answers the sending of the form itself: nothing keeps the code, and sending the same form again gives the same sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from mingze import instance
from mingze.desk.refusals import role_words
from mingze.desk.views.seat import Seat, draw
from mingze.procedure.model import Procedure
from mingze.store import Acted, Filed, read_code, show_code
from mingze.words import local


@dataclass(frozen=True)
class Sheet:
    """One code and whose it is."""

    number: str
    matter: str
    party: str
    code: str
    url: str


def _sheet(number: str, procedure: Procedure, party: str, code: str, lang: str) -> Sheet:
    base = instance.current().base_url
    return Sheet(
        number,
        local(procedure.title, lang),
        role_words(procedure, party, lang),
        read_code(code),
        f"{base}/case/#{show_code(read_code(code))}",
    )


def hand_over(
    request: HttpRequest, seat: Seat, procedure: Procedure, number: str, acted: Acted, back: str
) -> HttpResponse:
    """The sheets of the codes an action gave: to the party it invited, and for the linked case it opened."""
    sheets = []
    if acted.invited is not None:
        sheets.append(_sheet(number, procedure, acted.invited.party, acted.invited.code, seat.lang))
    if acted.opened is not None and acted.opened.code:
        child = seat.register.case(acted.opened.case_id)
        sheets.append(
            _sheet(acted.opened.number, child.procedure, _first(child.procedure), acted.opened.code, seat.lang)
        )
    return draw(request, seat, "desk/handed_over.html", sheets=sheets, back=back, section="inbox")


def hand_over_filed(request: HttpRequest, seat: Seat, procedure: Procedure, filed: Filed) -> HttpResponse:
    """The sheet of a case an office has opened for somebody."""
    holder = seat.register.holder(filed.code)
    party = holder.party if holder is not None else _first(procedure)
    sheets = [_sheet(filed.number, procedure, party, filed.code, seat.lang)]
    return draw(
        request, seat, "desk/handed_over.html", sheets=sheets, back=f"/desk/case/{filed.case_id}/", section="inbox"
    )


def _first(procedure: Procedure) -> str:
    return next(iter(procedure.parties), "")
