"""The addresses of the portal. A receipt code is in none of them."""

from __future__ import annotations

from django.urls import URLPattern, path

from mingze.portal.views import (
    board,
    case,
    downloads,
    filing,
    home,
    ledger,
    procedures,
    published,
    receipt,
    receipt_file,
    rights,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("file/", home.choose, name="file"),
    path("file/<slug:name>/", filing.file, name="filing"),
    path("case/", case.case, name="case"),
    path("case/receipt/", receipt.receipt, name="receipt"),
    path("case/receipt.pdf", receipt_file.pdf, name="receipt-pdf"),
    path("case/receipt.tlog-proof", downloads.proof, name="proof"),
    path("case/bundle", downloads.bundle, name="case-bundle"),
    path("case/verifier.html", downloads.verifier, name="verifier"),
    path("case/file/<int:n>/<str:slot>/", downloads.file, name="case-file"),
    path("case/act/<slug:action>/", case.act, name="case-act"),
    path("case/rights/", rights.rights, name="case-rights"),
    path("case/erase/", rights.erase, name="case-erase"),
    path("case/leave/", case.leave, name="case-leave"),
    path("case/clock.ics", downloads.clock, name="case-clock"),
    path("board/", board.board, name="board"),
    path("board/<str:number>/", board.commitment, name="commitment"),
    path("board/<str:number>/evidence/<int:n>/<str:slot>", board.evidence, name="evidence"),
    path("documents/<slug:document_id>/", board.document, name="document"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:name>/", procedures.procedure, name="procedure"),
    path("published/", published.publications, name="publications"),
    path("published/<str:number>/", published.publication, name="publication"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/checkpoint", ledger.checkpoint, name="ledger-checkpoint"),
    path("ledger/key", ledger.key, name="ledger-key"),
    path("ledger/governance", ledger.governance, name="ledger-governance"),
    path("ledger/policy.txt", ledger.policy, name="ledger-policy"),
    path("ledger/tile/<path:path>", ledger.tile, name="ledger-tile"),
    path("verify/", ledger.verify, name="verify"),
]
