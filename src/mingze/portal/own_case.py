"""Whose case this browser may see: the code its cookie holds, the case behind it, and the party that code belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponseBase

from mingze import instance
from mingze.casework import Actor
from mingze.portal import case_cookie
from mingze.portal.case_cookie import Held
from mingze.portal.visit import Visit
from mingze.store import CaseFile


@dataclass(frozen=True)
class OwnCase:
    """A case as its holder may see it."""

    held: Held
    found: CaseFile
    party: str

    @property
    def actor(self) -> Actor:
        """Who acts when this browser acts."""
        return Actor("party", party=self.party)


def own_case(here: Visit) -> OwnCase | None:
    """The case of the code this browser holds; None when it holds none or the code leads nowhere."""
    text = here.request.COOKIES.get(case_cookie.named(case_cookie.NAME, here.instance.base_url), "")
    held = case_cookie.unseal(here.instance.secret("django.key"), text, here.now) if text else None
    if held is None:
        return None
    holder = here.register.holder(held.code)
    viewer = Actor("party", party=holder.party) if holder is not None else None
    found = here.register.case(holder.case_id, viewer) if holder is not None else None
    return OwnCase(held, found, holder.party) if holder is not None and found is not None else None


def give_cookie(here: Visit, response: HttpResponseBase, code: str, notice: str = "") -> None:
    """Remember a code in this browser until it is closed."""
    held = Held(code, int(here.now.timestamp()), notice)
    response.set_cookie(
        case_cookie.named(case_cookie.NAME, here.instance.base_url),
        case_cookie.seal(here.instance.secret("django.key"), held),
        path=case_cookie.PATH,
        secure=here.instance.base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponseBase) -> None:
    """Forget the code."""
    base_url = instance.current().base_url
    for name, path in ((case_cookie.NAME, case_cookie.PATH), (case_cookie.SENT, case_cookie.SENT_PATH)):
        response.delete_cookie(case_cookie.named(name, base_url), path=path, samesite="Lax")
