"""Signing in at the authority's own identity provider: leading there, and what comes back.

    enrolment link ──► there ──► back: this account of theirs is this person's      (the only way one becomes known)
    sign-in page   ──► there ──► back: a session, if they showed more than a password there; else a one-time code here
    confirm page   ──► there, proof asked anew ──► back: a fresh proof

No account is made by coming back: somebody the provider knows and nobody here invited is refused. Each way there has its own
state, nonce and PKCE verifier, good for one return within ten minutes. Why somebody is refused stands in the log only.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingze import instance
from mingze.accounts import seat, step_up
from mingze.accounts.id_token import Expected, Identity, TokenRefused, read_id_token
from mingze.accounts.models import Enrolment, Person, ProviderAccount
from mingze.accounts.provider import Asking, ProviderDown

_LOG = logging.getLogger("mingze.sign_in")
_WAY: Final = "outside"
_WITHIN: Final = 600  # seconds between leading there and coming back
_CLOCKS: Final = 60  # seconds by which the provider's clock may differ

_asking: dict[Any, Asking] = {}


def asking() -> Asking:
    """The provider of this instance. Raises Http404 where none is configured: then these addresses do not exist."""
    provider = instance.current().provider
    if provider is None:
        raise Http404
    return _asking.setdefault(provider, Asking(provider))


@require_safe
@never_cache
def lead(request: Any) -> HttpResponse:
    """Leads to the provider: to sign in, to confirm (`for=confirm`), or to enrol after an enrolment link (`for=enrol`)."""
    there, purpose = asking(), request.GET.get("for", "sign-in")
    if purpose not in {"sign-in", "confirm", "enrol"} or (purpose == "confirm" and request.actor is None):
        raise Http404
    way = {
        "for": purpose,
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
        "next": step_up.safe(request.GET.get("next", "")),
        "at": instance.current().clock.now().timestamp(),
    }
    try:
        to = there.begin(_back(), way["state"], way["nonce"], way["verifier"], anew=purpose == "confirm")
    except ProviderDown as down:
        _LOG.error("identity provider: %s", down.code)
        return _refused("provider-down")
    request.session[_WAY] = way
    return HttpResponseRedirect(to, status=303)


@require_safe
@never_cache
def come_back(request: Any) -> HttpResponse:
    """What the provider sends somebody back with; each state is good for one return."""
    there, way = asking(), request.session.pop(_WAY, None)
    try:
        who = _identity(there, request, way)
    except (TokenRefused, ProviderDown) as refused:
        _LOG.warning("sign-in at the identity provider refused: %s", refused.code)
        return _refused("provider-down" if refused.code in {"no_answer", "refused", "other_issuer"} else "provider")
    strong = there.provider.strong(who.acr, who.amr)
    digest = ProviderAccount.digest_of(there.provider.issuer, who.subject)
    return {"enrol": _enrol, "confirm": _confirm, "sign-in": _sign_in}[way["for"]](request, way, who, digest, strong)


def _identity(there: Asking, request: Any, way: Any) -> Identity:
    """Who came back on the way that was begun in this session."""
    given, now = request.GET, instance.current().clock.now().timestamp()
    state, code = given.get("state", ""), given.get("code", "")
    if not isinstance(way, dict) or not hmac.compare_digest(state.encode(), way["state"].encode()):
        raise TokenRefused("wrong_state")
    if not 0 <= now - way["at"] <= _WITHIN:
        raise TokenRefused("too_late")
    said = there.metadata()
    if given.get("iss", there.provider.issuer) != there.provider.issuer or (
        said.get("authorization_response_iss_parameter_supported") is True and "iss" not in given
    ):
        raise TokenRefused("wrong_issuer")
    if "error" in given or not code or len(code) > 4096:
        raise TokenRefused("no_code")
    token = there.exchange(code, _back(), way["verifier"])
    expected = Expected(there.provider.issuer, there.provider.client_id, there.provider.algorithm, way["nonce"])
    try:
        return read_id_token(token, there.keys(), expected, now)
    except TokenRefused as refused:
        if refused.code != "unknown_key":
            raise
        return read_id_token(token, there.keys(again=True), expected, now)


def _sign_in(request: Any, way: dict[str, Any], who: Identity, digest: str, strong: bool) -> HttpResponse:
    known = ProviderAccount.objects.select_related("person").filter(digest=digest, person__is_active=True).first()
    if known is None:
        _LOG.warning("sign-in at the identity provider refused: not_invited")
        return _refused("provider")
    person: Person = known.person
    if not strong and not is_mfa_enabled(person, [Authenticator.Type.TOTP]):
        return _refused("second")
    logout(request)  # nothing of a session before is carried over
    record_authentication(request, person, "oidc", strong=strong)
    if not strong:
        return perform_login(request, Login(user=person, redirect_url=way["next"]))
    get_adapter(request).login(request, person)
    now = instance.current().clock.now().timestamp()
    if who.shown_at is None:  # they may have been signed in there for hours
        del request.session[seat.FRESH]
    else:
        request.session[seat.FRESH] = min(now, who.shown_at)
    return HttpResponseRedirect(way["next"], status=303)


def _confirm(request: Any, way: dict[str, Any], who: Identity, digest: str, strong: bool) -> HttpResponse:
    own = request.actor is not None and ProviderAccount.objects.filter(digest=digest, person=request.user).exists()
    anew = who.shown_at is not None and who.shown_at >= way["at"] - _CLOCKS
    if not (own and anew and strong):
        _LOG.warning("confirming at the identity provider refused: %s", "not_anew" if own else "another_person")
        return HttpResponseRedirect(
            f"{reverse('confirm')}?{urlencode({'next': way['next'], 'refused': '1'})}", status=303
        )
    step_up.prove(request)
    return HttpResponseRedirect(way["next"], status=303)


def _enrol(request: Any, way: dict[str, Any], who: Identity, digest: str, strong: bool) -> HttpResponse:
    now = instance.current().clock.now()
    enrolment = Enrolment.open_for(request.session.get("enrolment", ""), now)
    if enrolment is None:
        return render(request, "accounts/enrol_gone.html", status=410)
    try:
        with transaction.atomic():
            if not enrolment.use(now):
                return render(request, "accounts/enrol_gone.html", status=410)
            ProviderAccount.objects.create(person=enrolment.person, digest=digest)
    except IntegrityError:  # theirs is somebody else's here already; the link stays good
        _LOG.warning("enrolment with the identity provider refused: known_already")
        return HttpResponseRedirect(f"{reverse('enrol')}?refused=provider", status=303)
    request.session.flush()
    return HttpResponseRedirect(f"{reverse('account_login')}?enrolled=1", status=303)


def _back() -> str:
    return instance.current().base_url + reverse("outside_back")


def _refused(why: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('account_login')}?refused={why}", status=303)
