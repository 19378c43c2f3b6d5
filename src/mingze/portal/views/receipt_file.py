"""`/case/receipt.pdf`: the receipt as one page to print and to keep on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from mingze.exchange.receipt_pdf import Slip, receipt_pdf
from mingze.exchange.typesetting import PdfUnavailable
from mingze.portal.own_case import own_case
from mingze.portal.views.downloads import attachment
from mingze.portal.views.receipt import ReceiptPage, receipt_page
from mingze.portal.visit import visit
from mingze.store import show_code
from mingze.words import instant_words, say


@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The slip as a download; a plain sentence where no typeface is installed to set it with."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    page = receipt_page(here, own.found, own.held.code, False, own.party)
    try:
        content = receipt_pdf(slip_of(page, here.lang), page.at)
    except PdfUnavailable as missing:
        words = say(f"receipt-pdf-{missing.code}", here.lang)
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return attachment(content, "receipt.pdf", "application/pdf")


def slip_of(page: ReceiptPage, lang: str) -> Slip:
    """The words of the slip on the screen, for paper."""
    pairs = [
        (say("portal-receipt-number", lang), page.number),
        (say("portal-receipt-matter", lang), page.title),
        (say("portal-receipt-at", lang), instant_words(page.at, lang)),
        (say("portal-receipt-period", lang), page.period),
        (say("portal-basis-word", lang), page.cite),
    ]
    command = " mingze verify receipt.tlog-proof --key …"
    sample = say("portal-title-sample", lang) if page.demo else ""
    weekday = page.due_weekday and (f"（{page.due_weekday}）" if lang == "zh-Hans" else f" ({page.due_weekday})")
    return Slip(
        lang=lang,
        over=page.authority + sample,
        title=say("portal-receipt-title", lang),
        code_label=say("portal-receipt-code", lang),
        code=show_code(page.code),
        keep=say("portal-receipt-keep", lang),
        due_label=page.due_label,
        due=page.due + weekday,
        who=page.who,
        pairs=[(label, value) for label, value in pairs if value],
        qr_words=page.qr_label,
        url=page.url,
        verify_label=say("portal-receipt-verify", lang),
        steps=[say(f"portal-receipt-verify-{step}", lang) + (command if step == 2 else "") for step in (1, 2, 3)],
        foot=[
            (say("portal-entry-leaf", lang, index=page.leaf_index), page.leaf_hash),
            (say("portal-receipt-key", lang), page.key),
        ],
    )
