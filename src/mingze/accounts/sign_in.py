"""Signing in and out at an instance: by passkey, or by password and one-time code, after a one-time enrolment link.

The ceremonies are django-allauth's; the pages and the order are ours. A person enrols with either a passkey or a
password *and* a one-time code; there is no way to have a password without the code.
"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as one_time_codes
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal import flows as passkey_flows
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingze import instance, waiting
from mingze.accounts import seat
from mingze.accounts.models import Enrolment
from mingze.words import say

_LINK = "enrolment"


class SignInView(LoginView):
    """The sign-in page: a button for a passkey, and a form for login, password and then the one-time code."""

    wait = 0

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """After five wrong passwords for a login each further one waits a little; a passkey never does."""
        login, password = (request.POST.get(name, "")[:200] for name in ("login", "password"))
        doors = waiting.doors()
        who = doors.named("login\x00" + login.strip().lower())
        if seconds := doors.sign_in.wait(who, doors.ticket(login, password)):
            self.wait = seconds
            response = self.render_to_response(self.get_context_data(form=LoginForm(request=request)), status=429)
            response["Retry-After"] = str(seconds)
            return response
        response = super().post(request, *args, **kwargs)
        if response.status_code == 200:  # the form again: login or password was wrong
            doors.sign_in.count(who)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["ended"] = self.request.GET.get("ended") == "1"
        context["enrolled"] = self.request.GET.get("enrolled") == "1"
        context["refused"] = bool(context["form"].errors)
        context["wait"] = self.wait
        context["provider"] = instance.current().provider
        return context


def refused(request: HttpRequest) -> HttpResponse:
    """Login or password or code was wrong, or the person may not sign in: which of them is not told."""
    return HttpResponseRedirect(f"{reverse('account_login')}?refused=1")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session on the server and leads to the start page."""
    logout(request)
    return HttpResponseRedirect("/", status=303)


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Sit in another of the posts one holds today."""
    wanted = request.POST.get("post", "")
    if wanted in {post.id for post in getattr(request, "posts", ())}:
        request.session[seat.POST] = wanted
    return HttpResponseRedirect("/desk/", status=303)


@require_safe
@never_cache
def enrolment_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address, so that it stays in no history and no `Referer`, and goes on to the page."""
    now = instance.current().clock.now()
    enrolment = Enrolment.open_for(Enrolment.digest_of(token), now)
    request.session.pop(_LINK, None)
    if enrolment is not None:  # an invented link ends nobody's session
        logout(request)
        request.session[_LINK] = enrolment.digest
    return HttpResponseRedirect(reverse("enrol"))


class PasswordForm(forms.Form):
    """A password twice; it is of use only together with the one-time code set up on the same page."""

    password = forms.CharField(strip=False, max_length=200)
    again = forms.CharField(strip=False, max_length=200)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and cleaned.get("again") != password:
            raise ValidationError("again", code="again")
        if password:
            validate_password(password, self.person)
        return cleaned


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up a passkey, or a password with a one-time code; either spends the link."""
    now = instance.current().clock.now()
    enrolment = Enrolment.open_for(request.session.get(_LINK, ""), now)
    if enrolment is None:
        return render(request, "accounts/enrol_gone.html", status=410)
    way = request.POST.get("way", "")
    ways = {"passkey": _with_passkey, "code": _with_code}
    if request.method == "POST" and way in ways:
        problem = ways[way](request, enrolment)
        if problem is None:
            request.session.flush()
            return HttpResponseRedirect(f"{reverse('account_login')}?enrolled=1", status=303)
        return _enrol_page(request, enrolment, way, problem, status=422)
    return _enrol_page(request, enrolment, "", "")


def _enrol_page(request: Any, enrolment: Enrolment, way: str, problem: str, status: int = 200) -> HttpResponse:
    from allauth.mfa.adapter import get_adapter

    person = enrolment.person
    # The secret shown stays the same after a mistake: the person's telephone already knows it.
    secret = one_time_codes.get_totp_secret(regenerate=not way)
    context = {
        "login": person.login,
        "way": way,
        "problem": problem or (say("accounts-provider-refused", request.lang) if "refused" in request.GET else ""),
        "provider": instance.current().provider,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "otpauth": get_adapter().build_totp_url(person, secret),
        "js_data": {"creation_options": passkeys.begin_registration(person, passwordless=True)},
    }
    return render(request, "accounts/enrol.html", context, status=status)


def _with_passkey(request: HttpRequest, enrolment: Enrolment) -> str | None:
    form = SignupWebAuthnForm(request.POST, user=enrolment.person)
    if not form.is_valid():
        return say("accounts-passkey-failed", request.lang)  # type: ignore[attr-defined]
    with transaction.atomic():
        if not enrolment.use(instance.current().clock.now()):
            return say("accounts-link-gone", request.lang)  # type: ignore[attr-defined]
        passkey_flows.signup_authenticator(
            request, enrolment.person, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
    return None


def _with_code(request: HttpRequest, enrolment: Enrolment) -> str | None:
    lang: str = request.lang  # type: ignore[attr-defined]
    person = enrolment.person
    passwords = PasswordForm(request.POST, person=person)
    if not passwords.is_valid():
        codes = {error.code for error in passwords.errors.as_data().get("__all__", [])}
        return say("accounts-password-differs" if "again" in codes else "accounts-password-weak", lang)
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    codes = ActivateTOTPForm({"code": request.POST.get("code", "").replace(" ", "")}, user=person)
    if not codes.is_valid():
        return say("accounts-code-wrong", lang)
    with transaction.atomic():
        if not enrolment.use(instance.current().clock.now()):
            return say("accounts-link-gone", lang)
        person.set_password(passwords.cleaned_data["password"])
        person.save(update_fields=["password"])
        one_time_codes.TOTP.activate(person, codes.secret)
    return None
