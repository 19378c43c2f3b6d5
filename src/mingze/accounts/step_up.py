"""Before the gravest steps whoever sits at the desk shows once more that it is they: a fresh passkey or one-time code.

A session may be hours old and the screen unattended; opening an identity, taking data out, giving powers to somebody or
putting a procedure in force asks for a proof not older than some minutes (ASVS 5.0 7.5.3). Signing in is such a proof.

    @staff_required
    @fresh                      # or @fresh(minutes=5)
    def unseal(request, …): …

Surprising: what was typed into a form is not lost. When the form comes too late, the page that asks for the proof
carries it along in the browser, and nothing of it is stored here; files have to be chosen again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mingze import instance
from mingze.accounts import seat

FRESH_MINUTES: Final = 10
"""So long a proof counts, where the step does not ask for a newer one."""

_KEPT = "kept:"
_KEPT_FIELDS, _KEPT_SIZE = 100, 256 * 1024  # fields and characters of a form that is carried along

type View = Callable[..., HttpResponse]


def is_fresh(request: Any, minutes: int = FRESH_MINUTES) -> bool:
    """Whether this session showed a passkey or a one-time code in the last minutes."""
    shown = request.session.get(seat.FRESH)
    return shown is not None and 0 <= instance.current().clock.now().timestamp() - shown <= minutes * 60


def prove(request: Any) -> None:
    """Note that a passkey or a one-time code was shown just now."""
    request.session[seat.FRESH] = instance.current().clock.now().timestamp()


def fresh(view: View | None = None, *, minutes: int = FRESH_MINUTES) -> Any:
    """Only after a proof not older than `minutes`; else the page that asks for one, and from there on. Put it under
    `staff_required`: who may not pass at all is told that first.
    """

    def guarded(inner: View) -> View:
        @wraps(inner)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return inner(request, *args, **kwargs) if is_fresh(request, minutes) else ask(request)

        return door

    return guarded(view) if view is not None else guarded


def ask(request: HttpRequest) -> HttpResponse:
    """The answer to a step that needs a fresh proof: for a page a way there, for a form the page that carries it along."""
    if request.method in {"GET", "HEAD"}:
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('confirm')}?{query}", status=303)
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
    small = len(fields) <= _KEPT_FIELDS and sum(len(name) + len(str(value)) for name, value in fields) <= _KEPT_SIZE
    if not small or request.FILES:
        fields = []
    return _page(request, request.get_full_path(), fields, is_form=True, status=403)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Shows the ways of a proof, and takes one. A form that was carried along is sent by its person's own hand."""
    way_on = safe((request.POST if request.method == "POST" else request.GET).get("next", ""))
    if request.method != "POST":
        return _page(request, way_on, [], refused="refused" in request.GET)
    fields = [
        (name.removeprefix(_KEPT), value)
        for name, values in request.POST.lists()
        if name.startswith(_KEPT)
        for value in values
    ]
    is_form = request.POST.get("form") == "1"
    if not _shown(request):
        return _page(request, way_on, fields, is_form=is_form, refused=True, status=422)
    if request.POST["way"] != "outside":
        prove(request)
    if not is_form:
        return HttpResponseRedirect(way_on, status=303)
    return render(request, "accounts/confirmed.html", {"to": way_on, "fields": fields})


_TOKEN = "csrfmiddlewaretoken"


def _shown(request: Any) -> bool:
    """Whether the proof that came is one."""
    way = request.POST.get("way", "")
    if way == "passkey":
        return _holds(ReauthenticateWebAuthnForm(request.POST, user=request.user))
    if way == "code":
        return _holds(ReauthenticateForm({"code": request.POST.get("code", "").replace(" ", "")}, user=request.user))
    if way == "outside":  # the proof was given at the identity provider, in another tab
        return is_fresh(request)
    return way == "demo" and seat.is_demo(request)


def _holds(form: Any) -> bool:
    if form.is_valid():
        form.save()
        return True
    return False


def _page(
    request: Any,
    way_on: str,
    fields: list[tuple[str, str]],
    *,
    is_form: bool = False,
    refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    held = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "to": way_on,
        "is_form": is_form,
        "kept": [(_KEPT + name, value) for name, value in fields],
        "lost": is_form and not fields,
        "refused": refused,
        "demo": seat.is_demo(request),
        "code": Authenticator.Type.TOTP in held,
        "options": None,
        "outside": instance.current().provider if request.user.provider_accounts.exists() else None,
    }
    if Authenticator.Type.WEBAUTHN in held:
        context["options"] = json.loads(json.dumps({"request_options": passkeys.begin_authentication(request.user)}))
    return render(request, "accounts/confirm.html", context, status=status)


def safe(wanted: str) -> str:
    """An address of the desk; anything else leads to its first page."""
    inside = wanted.startswith(seat.STAFF_PATHS) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if inside else "/desk/"
