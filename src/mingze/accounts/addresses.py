"""The addresses of sign-in. The demo's door is among them only in a demo instance."""

from __future__ import annotations

from allauth.mfa.base.views import authenticate
from allauth.mfa.webauthn.views import login_webauthn
from django.urls import URLPattern, path

from mingze.accounts import outside_sign_in, sign_in, step_up


def addresses(demo: bool) -> list[URLPattern]:
    """The few of django-allauth's pages that are used, under its names, with ours; no sign-up, no password reset."""
    patterns = [
        path("staff/sign-in/", sign_in.SignInView.as_view(), name="account_login"),
        path("staff/sign-in/passkey/", login_webauthn, name="mfa_login_webauthn"),
        path("staff/sign-in/code/", authenticate, name="mfa_authenticate"),
        path("staff/sign-in/outside/", outside_sign_in.lead, name="outside_lead"),
        path("staff/sign-in/outside/back/", outside_sign_in.come_back, name="outside_back"),
        path("staff/enrol/", sign_in.enrol, name="enrol"),
        path("staff/enrol/<str:token>/", sign_in.enrolment_link, name="enrolment_link"),
        path("staff/confirm/", step_up.confirm, name="confirm"),
        path("desk/sign-out/", sign_in.sign_out, name="sign_out"),
        path("desk/post/", sign_in.choose_post, name="choose_post"),
    ]
    if demo:
        from mingze.accounts import demo as demo_door

        patterns.append(path("desk/sign-in/", demo_door.sign_in, name="demo_sign_in"))
    return patterns
