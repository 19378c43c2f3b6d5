"""The receipt on paper: one page with the words of the screen, in both languages, whatever a person typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest

from mingze.exchange import typesetting as module
from mingze.exchange.receipt_pdf import Slip, receipt_pdf
from mingze.exchange.typesetting import PdfUnavailable
from mingze.instance import Instance
from mingze.store import show_code

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ODD = '#evil() *a* _b_ $c$ <d> @e \\ " 〔2026〕 👍 ' + "长" * 60


def a_slip(**changes: Any) -> Slip:
    words: dict[str, Any] = {
        "lang": "zh-Hans", "over": "明源区", "title": "回执", "code_label": "查询码", "code": "7K2M 9QXT 4HRW",
        "keep": "请保管。", "due_label": "最迟", "due": "2026年12月14日", "who": "区住建局须答复。",
        "pairs": [("编号", "明源建〔2026〕7号")], "qr_words": "二维码", "url": "https://m.example/case/#7K2M",
        "verify_label": "怎样核验", "steps": ["扫码", "下载", "比对"], "foot": [("第3条", "xSgF pl6k")],
    }  # fmt: skip
    return Slip(**(words | changes))


def text_of(pdf: bytes) -> tuple[int, str]:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return len(pages), "".join(page.extract_text() for page in pages)


def test_the_page_is_one_tagged_and_always_the_same() -> None:
    """One page, with a title and a language for screen readers; equal slips give equal bytes."""
    made = receipt_pdf(a_slip(), AT)
    assert made == receipt_pdf(a_slip(), AT)
    reader = pypdf.PdfReader(BytesIO(made))
    assert len(reader.pages) == 1 and reader.metadata and "回执" in str(reader.metadata.title)
    assert reader.root_object["/MarkInfo"].get_object() == {"/Marked": True} or b"/Marked true" in made
    assert str(reader.root_object["/Lang"]).startswith("zh")


def test_words_are_never_markup() -> None:
    """What looks like the typesetter's own language is printed as it stands, and a long word stays on the page."""
    pages, text = text_of(receipt_pdf(a_slip(who=ODD, pairs=[("事项", ODD)]), AT))
    assert pages == 1 and text.count("#evil()") == 2 and "$c$" in text and "*a*" in text


def test_without_a_chinese_typeface_there_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes instead of characters are not handed out."""
    monkeypatch.setattr(module, "TYPEFACES", ("No Such Typeface",))
    module._fonts.cache_clear()
    with pytest.raises(PdfUnavailable, match="no_font"):
        receipt_pdf(a_slip(), AT)
    module._fonts.cache_clear()


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_a_person_downloads_their_receipt(
    make_instance: Callable[..., Instance], browse: Callable[..., Any], lang: str
) -> None:
    """With the code the page comes as a download with code, number and key on it; without, the code is asked for."""
    instance = make_instance()
    register = instance.register()
    filed = register.file("suggestion", {"matter": "路灯不亮"}, form_key="one")
    client = browse(instance, HTTP_ACCEPT_LANGUAGE=lang)
    assert client.get("/case/receipt.pdf").status_code == 302
    client.post("/case/", {"code": filed.code})
    answer = client.get("/case/receipt.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith('attachment; filename="receipt.pdf"')
    assert answer["Cache-Control"] == "no-store" and "sandbox" in answer["Content-Security-Policy"]
    pages, text = text_of(answer.content)
    squeezed = "".join(text.split())
    assert pages == 1 and show_code(filed.code).replace(" ", "") in squeezed and filed.number in squeezed
    assert str(instance.log_key) in squeezed and "路灯不亮" not in squeezed
