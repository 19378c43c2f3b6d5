"""The addresses of the desk, under ``/desk/``; signing in and out is `accounts`'."""

from __future__ import annotations

from django.urls import path

from mingze.desk.views import cases, inbox

urlpatterns = [
    path("", inbox.inbox, name="desk_inbox"),
    path("case/<str:case_id>/", cases.case, name="desk_case"),
    path("case/<str:case_id>/summary/", inbox.summary, name="desk_summary"),
    path("case/<str:case_id>/act/<str:action>/", cases.act, name="desk_act"),
    path("case/<str:case_id>/read/", cases.read, name="desk_read"),
    path("case/<str:case_id>/file/<int:n>/<str:slot>/", cases.file, name="desk_file"),
]
