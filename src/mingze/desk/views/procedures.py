"""The procedures' addresses: which version of each is in force, what waits, and the two steps by which one comes in force.

A folder put into a running instance shows here as soon as it is there. Proposing keeps its texts; approving is another
person's step, and the register runs the check once more before it lets a version in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from mingze import instance
from mingze.accounts import fresh, staff_required
from mingze.accounts.rights import may_decide
from mingze.candidates import Candidate, all_versions, candidates, state_words
from mingze.casework import Refused
from mingze.desk.refusals import post_words, staff_words
from mingze.desk.views.seat import Seat, draw, refused_page, seat_of
from mingze.procedure import Procedure
from mingze.proving import Fault, Report, kept_report, report_on_texts
from mingze.store.library import Version, stored
from mingze.words import local, say

_LONGEST = 600
"""Lines of a difference that are shown; whoever needs more reads the files."""


@dataclass(frozen=True)
class VersionLine:
    """One version in the list."""

    digest: str
    name: str
    title: str
    state: str
    short: str


@dataclass(frozen=True)
class FaultLine:
    """One finding of the check, with its place."""

    place: str
    words: str


def _line(seat: Seat, version: Version, procedure: Procedure | None) -> VersionLine:
    return VersionLine(
        version.hash.removeprefix("sha256:"),
        version.name,
        local(procedure.title, seat.lang) if procedure is not None else version.name,
        state_words(version, seat.lang, lambda post: post_words(seat.offices, post, seat.lang)),
        version.hash.removeprefix("sha256:")[:12],
    )


def _procedure(seat: Seat, version: Version, found: Iterable[Candidate]) -> Procedure | None:
    """What a version says: from the register's copy, else from the folder it was found in."""
    lying = next((each.procedure for each in found if each.hash == version.hash), None)
    if lying is not None:
        return lying
    try:
        return seat.register.procedure_version(version.name, version.hash)
    except Refused:
        return None


@staff_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Every version: what waits first, then what is in force, then what was replaced."""
    seat, here = seat_of(request), instance.current()
    found = candidates(here.dir)
    versions = all_versions(seat.register.library.versions(), here.dir)
    groups = [
        (say(f"desk-versions-{word}", seat.lang), word, [
            _line(seat, each, _procedure(seat, each, found)) for each in versions if each.state == state
        ])
        for word, state in (("waiting", "proposed"), ("in-force", "active"), ("replaced", "retired"))
    ]  # fmt: skip
    unreadable = [
        (each.name, _fault_lines(report_on_texts(each.texts, seat.lang, each.overlay).faults, seat.lang)[:10])
        for each in found
        if each.error is not None
    ]
    return draw(
        request, seat, "desk/procedures.html", groups=groups, unreadable=unreadable, section="procedures"
    )  # fmt: skip


@staff_required
@require_safe
def version(request: HttpRequest, digest: str) -> HttpResponse:
    """One version: who stands for it, what the check says, what is different, and the step that is possible now."""
    return _draw(request, seat_of(request), digest)


def _draw(request: HttpRequest, seat: Seat, digest: str, refused: str = "", status: int = 200) -> HttpResponse:
    here = instance.current()
    found = candidates(here.dir)
    wanted = f"sha256:{digest}"
    versions = all_versions(seat.register.library.versions(), here.dir)
    chosen = next((each for each in versions if each.hash == wanted), None)
    procedure = _procedure(seat, chosen, found) if chosen is not None else None
    if chosen is None or procedure is None:
        refusal = Refused("version_unknown", hash=digest[:12])
        return refused_page(request, seat, refusal, section="procedures", back="/desk/procedures/")
    report = _report(seat, chosen, found)
    now = seat.register.procedures.get(chosen.name)
    difference = _difference(now, procedure) if now is not None else []
    return draw(
        request, seat, "desk/version.html", status,
        line=_line(seat, chosen, procedure),
        report=report,
        faults=_fault_lines(report.faults, seat.lang),
        notes=_fault_lines(report.notes, seat.lang),
        fresh=now is None,
        difference="\n".join(difference[:_LONGEST]),
        cut=len(difference) > _LONGEST,
        step=_step(request, seat, chosen),
        refused=refused,
        done=request.GET.get("done", "") if request.GET.get("done") in ("propose", "approve") else "",
        section="procedures",
    )  # fmt: skip


def _report(seat: Seat, chosen: Version, found: Iterable[Candidate]) -> Report:
    lying = next((each for each in found if each.hash == chosen.hash), None)
    if lying is not None and not chosen.proposed_by and chosen.state == "proposed":
        texts, overlay = lying.texts, lying.overlay
    else:
        texts, overlay = seat.register.library.texts(chosen.hash)
    return kept_report(chosen.hash, texts, overlay)


def _step(request: HttpRequest, seat: Seat, chosen: Version) -> str:
    """What this person can do with a version now: propose, approve, or the reason why not ("" when nothing is left)."""
    if chosen.state != "proposed":
        return ""
    if not may_decide(seat.actor):
        return "not-entitled"
    if not chosen.proposed_by:
        return "propose"
    return "own" if chosen.proposed_by in _posts_of(request, seat) else "approve"


def _posts_of(request: HttpRequest, seat: Seat) -> set[str]:
    """Every post this person holds: somebody with two posts is still one person."""
    return {seat.actor.post, *(post.id for post in getattr(request, "posts", ()))}


def _fault_lines(faults: Iterable[Fault], lang: str) -> list[FaultLine]:
    return [FaultLine(f"{fault.file}:{fault.line}", fault.said(lang)) for fault in faults]


def _difference(now: Procedure, new: Procedure) -> list[str]:
    """The lines that differ between the version in force and another, file by file."""
    before, after = stored(now), stored(new)
    out: list[str] = []
    for file in sorted({*before, *after}):
        lines = (before.get(file, "").splitlines(), after.get(file, "").splitlines())
        out += difflib.unified_diff(*lines, fromfile=file, tofile=file, lineterm="", n=2)
    return out


@staff_required
@require_POST
@fresh
def decide(request: HttpRequest, digest: str, step: str) -> HttpResponse:
    """Propose a version that lies in a folder, or approve one that somebody else has proposed."""
    seat, library = seat_of(request), seat_of(request).register.library
    wanted = f"sha256:{digest}"
    try:
        if step == "propose":
            lying: Any = next((each for each in candidates(instance.current().dir) if each.hash == wanted), None)
            if lying is None:
                raise Refused("version_unknown", hash=digest[:12])
            library.propose(lying.procedure, seat.actor, lying.origin)
        elif step == "approve":
            waiting = library.version(wanted)
            if waiting is not None and waiting.proposed_by in _posts_of(request, seat):
                raise Refused("second_person_needed", name=waiting.name, post=waiting.proposed_by)
            library.activate(wanted, seat.actor)
        else:
            raise Refused("unknown_action", action=step)
    except Refused as refused:
        return _draw(request, seat, digest, staff_words(refused, None, seat.offices, seat.lang, actor=seat.actor), 409)
    return HttpResponseRedirect(f"/desk/procedures/{digest}/?done={step}", status=303)
