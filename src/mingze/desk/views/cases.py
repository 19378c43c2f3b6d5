"""A case's addresses: the page, taking an action, opening what is sealed, downloading a file.

Opening sealed content is a POST with a purpose. The register commits the access record first; only then is there
anything to show, and what is shown is not kept anywhere: leaving the page closes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingze import instance
from mingze.accounts import is_fresh, staff_required, step_up
from mingze.casework import Refused, offers
from mingze.casework.reading import live_approval
from mingze.desk.case_page import PURPOSES, case_page, purpose_words, saved_words, slots_of
from mingze.desk.inbox_page import title_words
from mingze.desk.lost_race import lost_race
from mingze.desk.offered_actions import OFFICE_FIELD, Attempt, asked
from mingze.desk.refusals import staff_words
from mingze.desk.views.handing_over import hand_over
from mingze.desk.views.seat import Seat, draw, new_key, refused_page, seat_of
from mingze.exchange.pictures import CannotRedraw, viewing_copy
from mingze.measures.promised import SPLIT
from mingze.measures.voices import Tally, Way
from mingze.portal.board_page import confirmed_fact
from mingze.portal.changed_promise import changed_promise
from mingze.portal.linked_cases import linked_lines
from mingze.portal.views.board import course_of
from mingze.portal.views.downloads import attachment
from mingze.procedure.model import Procedure
from mingze.store import CaseFile, FieldProblem, Invalid, Upload
from mingze.words import date_words, say


def find_case(seat: Seat, case_id: str) -> Any | None:
    """A case the table of rights lets this post see; nothing of any other is read, not even to refuse it."""
    return seat.register.case(case_id, seat.actor) if seat.register.may(seat.actor, "see", case_id) else None


def _absent(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same page for a case that is not there and one that is not this office's, so that ids tell nothing."""
    return refused_page(request, seat, Refused("unknown_case"))


def draw_case(
    request: HttpRequest, seat: Seat, found: Any, status: int = 200, purpose: str = "", **more: Any
) -> HttpResponse:
    """The case page; `more` goes to the page model."""
    events = [stored.event for stored in found.events]
    files: Mapping[tuple[int, str], Any] = {}
    if found.procedure.open_record and any(slot.startswith("attachment") for _, slot in slots_of(events)):
        files = seat.register.open_slots(found.case.id, None, seat.actor)
    source = seat.register.documents.of_case(found.case.id) if found.procedure.open_record else None
    document = ("", "")
    if source is not None:
        document = (
            source[0].title,
            f"/desk/documents/{source[0].document_id}/?row={source[1].row_id}#row-{source[1].row_id}",
        )
    possible = [offer.name for offer in offers(found.procedure, found.case, seat.actor, seat.now) if offer.allowed]
    promises = found.procedure.name == "commitment"
    tallies = seat.register.voices.tallies([found.case.id])[found.case.id] if promises else {}
    page = case_page(
        case_id=found.case.id,
        number=found.number,
        title=title_words(found.row, found.procedure, seat.lang),
        case=found.case,
        procedure=found.procedure,
        events=events,
        offices=seat.offices,
        calendar=seat.calendar,
        actor=seat.actor,
        now=seat.now,
        lang=seat.lang,
        keys={name: new_key() for name in possible},
        open_files=files,
        document=document,
        linked=linked_lines(seat.register, found, seat.lang, seat.actor),
        affected=confirmed_fact(found.case, tallies, seat.lang) if tallies else None,
        form_key=new_key(),
        **more,
    )
    promise = _promise(seat, found, possible, tallies) if promises else {}
    return draw(request, seat, "desk/case.html", status, page=page, purpose=purpose, section="inbox", **promise)


def _promise(seat: Seat, found: CaseFile, possible: Sequence[str], tallies: Mapping[Way, Tally]) -> dict[str, Any]:
    """What the page of a promise shows beside its case, and what its supervision office can do besides its actions."""
    given = tallies.get("code")
    return {
        "course": course_of(seat.register, found, seat.offices, seat.now.date(), seat.lang),
        "divide": SPLIT in possible,
        "codes": found.case.offices.get("supervision_office") == seat.actor.office,
        "given": given.given if given is not None else 0,
        "codes_key": new_key(),
        "changed": changed_promise(found.case, seat.offices, seat.lang),
    }


@staff_required
@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The case page; ``?do=`` opens one form, ``?done=`` says what was just recorded."""
    seat = seat_of(request)
    found = find_case(seat, case_id)
    if found is None:
        return _absent(request, seat)
    saved = ""
    done = request.GET.get("done", "")
    if done.isdigit():
        event = next((stored.event for stored in found.events if stored.event.n == int(done)), None)
        if event is not None and event.post == seat.actor.post:
            saved = saved_words(found.procedure, seat.offices, event, found.number, seat.lang)
    return draw_case(request, seat, found, wanted=request.GET.get("do", ""), saved=saved)


def typed_in(request: HttpRequest, procedure: Procedure, names: Sequence[str]) -> dict[str, Any]:
    """What a form sent for the fields it was asked: lists for several offices, else one text."""
    typed: dict[str, Any] = {}
    for name in names:
        field = procedure.fields[name]
        if field.type == "files" or name not in request.POST:
            continue
        typed[name] = request.POST.getlist(name) if field.type == "offices" else request.POST[name]
    return typed


def uploads_in(request: HttpRequest, procedure: Procedure, names: Sequence[str]) -> list[Upload]:
    """The files a form sent, with the field each was chosen in."""
    return [
        Upload(name, file.name or "", file.content_type or "", file.read())
        for name in names
        if procedure.fields[name].type == "files"
        for file in request.FILES.getlist(name)
    ]


@staff_required
@require_POST
def act(request: HttpRequest, case_id: str, action: str) -> HttpResponse:
    """Take an action. What cannot be taken comes back with everything typed, the reason, and the same key."""
    seat = seat_of(request)
    found = find_case(seat, case_id)
    if found is None:
        return _absent(request, seat)
    procedure = found.procedure
    if action not in procedure.actions:
        return refused_page(
            request, seat, Refused("unknown_action", action=action), procedure=procedure, number=found.number
        )
    declared = procedure.actions[action]
    names = asked(procedure, declared)
    typed = typed_in(request, procedure, names)
    bound = {role: request.POST.get(OFFICE_FIELD + role, "") for role in declared.binds}
    shown = {**typed, **{OFFICE_FIELD + role: office for role, office in bound.items()}}
    seen_n = int(request.POST["n"]) if request.POST.get("n", "").isdigit() else None
    key = request.POST.get("key", "") or new_key()
    missing = [
        FieldProblem(OFFICE_FIELD + role, "missing") for role, office in bound.items() if office not in seat.offices
    ]
    try:
        if missing:
            raise Invalid(missing)
        acted = seat.register.act(
            case_id,
            action,
            seat.actor,
            typed,
            uploads_in(request, procedure, names),
            offices=bound,
            idempotency=key,
            expected_n=seen_n,
        )
    except Invalid as invalid:
        attempt = Attempt(
            action, shown, (*missing, *invalid.problems) if missing is not invalid.problems else missing, key
        )
        return draw_case(request, seat, found, 422, attempt=attempt)
    except Refused as refused:
        return _refused(request, seat, case_id, action, refused, shown, key, seen_n)
    if acted.invited is not None or (acted.opened is not None and acted.opened.code):
        return hand_over(request, seat, procedure, found.number, acted, f"/desk/case/{case_id}/?done={acted.n}")
    return HttpResponseRedirect(f"/desk/case/{case_id}/?done={acted.n}", status=303)


def _refused(
    request: HttpRequest,
    seat: Seat,
    case_id: str,
    action: str,
    refused: Refused,
    typed: Mapping[str, Any],
    key: str,
    seen_n: int | None,
) -> HttpResponse:
    """The case as it is now, with the refusal; the loser of a race is told who was first."""
    found = find_case(seat, case_id)
    if found is None:
        return _absent(request, seat)
    offered = {offer.name: offer.allowed for offer in offers(found.procedure, found.case, seat.actor, seat.now)}
    possible = offered.get(action, False)
    attempt = Attempt(action, typed, (), key) if possible else None
    moved = refused.code == "case_moved_on" or (seen_n is not None and seen_n < found.case.n and not possible)
    if moved and seen_n is not None:
        race = lost_race(
            found.procedure,
            found.case,
            [stored.event for stored in found.events if stored.event.type != "read"],
            seat.offices,
            action,
            seen_n,
            typed,
            seat.lang,
            still_possible=possible,
        )
        return draw_case(request, seat, found, 409, attempt=attempt, race=race)
    message = staff_words(refused, found.procedure, seat.offices, seat.lang, number=found.number, actor=seat.actor)
    return draw_case(request, seat, found, 409, attempt=attempt, refused=message)


@staff_required
@require_POST
def read(request: HttpRequest, case_id: str) -> HttpResponse:
    """Open sealed content: the access record is committed first, then the page is drawn with what was opened."""
    seat = seat_of(request)
    found = find_case(seat, case_id)
    if found is None:
        return _absent(request, seat)
    purpose = request.POST.get("purpose", "")
    parts = request.POST.getlist("part")
    if "identity" in parts and not is_fresh(request):
        return step_up.ask(request)
    events = [stored.event for stored in found.events]
    slots = sorted({slot for _, slot in slots_of(events) if slot.partition(":")[0] in parts})
    if purpose not in PURPOSES or not slots:
        return draw_case(
            request, seat, found, 422, purpose, parts=parts, read_problem=say("desk-sealed-problem", seat.lang)
        )
    try:
        opened = seat.register.open_slots(case_id, None, seat.actor, purpose, slots)
    except Refused as refused:
        message = staff_words(refused, found.procedure, seat.offices, seat.lang, number=found.number, actor=seat.actor)
        return draw_case(request, seat, found, 403, purpose, parts=parts, read_problem=message)
    found = find_case(seat, case_id) or found
    words = say("desk-opened-as", seat.lang, purpose=purpose_words(purpose, seat.lang))
    request_ = live_approval(found.case, seat.actor, "identity", seat.now.date()) if "identity" in parts else None
    if request_ is not None:
        until = date_words(date.fromisoformat(request_["open_until"]), seat.lang)
        words += ("" if seat.lang == "zh-Hans" else " ") + say("desk-opened-until", seat.lang, until=until)
    return draw_case(request, seat, found, purpose=purpose, parts=parts, opened=opened, opened_as=words)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, case_id: str, n: int, slot: str) -> HttpResponse:
    """One attachment as a download. A sealed one needs a POST with a purpose and leaves an access record."""
    seat = seat_of(request)
    found = find_case(seat, case_id)
    if found is None:
        return _absent(request, seat)
    purpose = request.POST.get("purpose", "")
    back = f"/desk/case/{case_id}/"
    if not found.procedure.open_record and purpose not in PURPOSES:
        return refused_page(request, seat, Refused("purpose_missing"), number=found.number, status=403, back=back)
    if not slot.startswith("attachment"):
        return refused_page(request, seat, Refused("unknown_file"), number=found.number, back=back)
    try:
        opened = seat.register.open_file(case_id, n, slot, seat.actor, purpose)
    except Refused as refused:
        return refused_page(request, seat, refused, procedure=found.procedure, number=found.number, back=back)
    scanner = instance.current().scanner
    try:
        if scanner is not None:
            scanner.require_clean(opened.name, opened.data)
        shown = viewing_copy(opened.name, opened.data)
    except Refused as refused:  # held until it has been scanned; that it was asked for is recorded
        status = 503 if refused.code == "not_scanned" else 403
        return refused_page(
            request, seat, refused, procedure=found.procedure, number=found.number, status=status, back=back
        )
    except CannotRedraw:
        broken = Refused("picture_broken", name=opened.name)
        return refused_page(request, seat, broken, procedure=found.procedure, number=found.number, back=back)
    response = attachment(shown, opened.name, "application/octet-stream")
    response["Cache-Control"] = "no-store"
    return response
