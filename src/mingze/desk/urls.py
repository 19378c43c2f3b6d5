"""The addresses of the desk, under ``/desk/``; signing in and out is `accounts`'."""

from __future__ import annotations

from django.urls import path

from mingze.desk.views import (
    cases,
    cover,
    documents,
    draws,
    inbox,
    opening,
    procedures,
    promises,
    review,
    unsealing,
    values,
    versions,
)

urlpatterns = [
    path("", inbox.inbox, name="desk_inbox"),
    path("case/<str:case_id>/", cases.case, name="desk_case"),
    path("case/<str:case_id>/summary/", inbox.summary, name="desk_summary"),
    path("case/<str:case_id>/act/<str:action>/", cases.act, name="desk_act"),
    path("case/<str:case_id>/read/", cases.read, name="desk_read"),
    path("case/<str:case_id>/file/<int:n>/<str:slot>/", cases.file, name="desk_file"),
    path("case/<str:case_id>/ask/", unsealing.ask, name="desk_ask"),
    path("case/<str:case_id>/defer/", unsealing.defer, name="desk_defer"),
    path("approvals/", unsealing.approvals, name="desk_approvals"),
    path("approvals/<str:case_id>/<int:n>/", unsealing.approval, name="desk_approval"),
    path("case/<str:case_id>/parts/", promises.parts, name="desk_parts"),
    path("case/<str:case_id>/codes/", promises.codes, name="desk_codes"),
    path("values/", values.values, name="desk_values"),
    path("values/<slug:step>/", values.value_step, name="desk_value_step"),
    path("draws/", draws.draws, name="desk_draws"),
    path("draws/<slug:step>/", draws.draw_step, name="desk_draw_step"),
    path("open/", opening.openings, name="desk_openings"),
    path("open/<slug:name>/", opening.opening, name="desk_open"),
    path("cover/", cover.cover, name="desk_cover"),
    path("procedures/", procedures.procedures, name="desk_procedures"),
    path("procedures/<slug:digest>/", procedures.version, name="desk_version"),
    path("procedures/<slug:digest>/<slug:step>/", procedures.decide, name="desk_version_step"),
    path("documents/", documents.documents, name="desk_documents"),
    path("documents/new/", documents.new, name="desk_new_document"),
    path("documents/<str:document_id>/", review.review, name="desk_review"),
    path("documents/<str:document_id>/undo/", review.undo, name="desk_undo"),
    path("documents/<str:document_id>/add/", review.add, name="desk_add_row"),
    path("documents/<str:document_id>/bulk/", review.bulk, name="desk_bulk"),
    path("documents/<str:document_id>/confirm/", review.confirm, name="desk_confirm"),
    path("documents/<str:document_id>/publish/", review.publish, name="desk_publish"),
    path("documents/<str:document_id>/changes/", versions.changes, name="desk_changes"),
    path("documents/<str:document_id>/changes/<str:row_id>/", versions.say_of, name="desk_change"),
    path("documents/<str:document_id>/rows/<str:row_id>/", review.row, name="desk_row"),
    path("documents/<str:document_id>/rows/<str:row_id>/<str:verb>/", review.step, name="desk_step"),
]
