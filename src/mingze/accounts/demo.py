"""Sign-in without a secret, for a demo instance only: one button for each post of the fictional district.

This module is imported, and its address exists, only when the instance is a demo; a real instance has no such door.
"""

from __future__ import annotations

import datetime as dt

from allauth.account.internal.flows.login import clear_authentication_records
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingze import instance
from mingze.accounts import seat
from mingze.accounts.models import Holding, Person

_SINCE = dt.date(2020, 1, 1)  # before anything in the demo's year happens


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page with a button per post, and what pressing one does."""
    here = instance.current()
    if not here.demo:
        raise Http404
    if request.method != "POST":
        rows = [(office, here.offices.posts_of(office.id)) for office in here.offices]
        context = {
            "rows": [row for row in rows if row[1]],
            "next": request.GET.get("next", ""),
            "ended": request.GET.get("ended") == "1",
        }
        return render(request, "accounts/demo_sign_in.html", context)
    try:
        post = here.offices.post(request.POST.get("post", ""))
    except KeyError:
        raise Http404 from None
    person, made = Person.objects.get_or_create(login=f"demo.{post.id}")
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    Holding.objects.get_or_create(person=person, post=post.id, from_on=_SINCE)
    clear_authentication_records(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    now = here.clock.now().timestamp()
    request.session.update({seat.DEMO: True, seat.POST: post.id, seat.BEGAN: now, seat.SEEN: now, seat.FRESH: now})
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if wanted.startswith("/") and safe else "/desk/", status=303)
