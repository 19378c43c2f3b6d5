"""The cookie, the calendar entry, the board's pieces: each does what its page promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mingze.exchange.calendars import Entry, calendar_of
from mingze.portal.board_page import anchor_of, document_paragraphs, near
from mingze.portal.case_cookie import Held, seal, unseal
from tests.portal.matters import at

SECRET = b"k" * 50
NOW = at(2026, 11, 23, 10, 0)
HELD = Held("0123456789ABCDEFGHJKMNP0", int(NOW.timestamp()))


def test_the_cookie_hides_its_code_and_never_looks_the_same_twice() -> None:
    """The code cannot be read from the cookie, and two cookies for one code share nothing."""
    one, other = seal(SECRET, HELD), seal(SECRET, HELD)
    assert HELD.code not in one and one[:20] != other[:20]
    assert unseal(SECRET, one, NOW) == HELD


def test_a_changed_foreign_or_old_cookie_is_none() -> None:
    """One flipped character, another instance's key, eight hours, or nonsense: there is no cookie."""
    good = seal(SECRET, HELD)
    flipped = good[:30] + ("A" if good[30] != "A" else "B") + good[31:]
    assert unseal(SECRET, flipped, NOW) is None
    assert unseal(b"x" * 50, good, NOW) is None
    assert unseal(SECRET, good, NOW + timedelta(hours=8, seconds=1)) is None
    assert unseal(SECRET, good, NOW + timedelta(hours=7)) == HELD
    for nonsense in ("", "x", "é", "A" * 601, "AAAA"):
        assert unseal(SECRET, nonsense, NOW) is None


def test_a_calendar_entry_is_one_whole_day_folded_at_75_octets() -> None:
    """One VEVENT on the due date; no line is longer than 75 octets and no character is cut; commas are escaped."""
    summary = "区住建局应答复，" * 12 + "a,b;c"
    entry = calendar_of([Entry("u@h", date(2026, 12, 4), summary, "https://x.example/", provisional=True)], NOW)
    lines = entry.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    text = entry.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261204\r\nDTEND;VALUE=DATE:20261205" in text
    assert "a\\,b\\;c" in text and "STATUS:TENTATIVE" in text
    assert text.count("BEGIN:VEVENT") == 1 and entry.endswith(b"END:VCALENDAR\r\n")


@dataclass
class Seen:
    """A sentence as the document's review left it."""

    start: int
    end: int
    state: str


TEXT = "一、出行\n今年10月底前完成18处改造，11月底前修32公里。其余照旧。\n\n（一）开头。这一段不是标题。"


def test_a_document_keeps_every_character_and_marks_each_promise() -> None:
    """Headings are headings only when they fill their line; promises are marked where they stand; nothing is lost."""
    first, second = TEXT.index("今年"), TEXT.index("11月底")
    run_in = TEXT.index("（一）")
    sentences = [Seen(0, 4, "heading"), Seen(run_in, run_in + 6, "heading")]
    stop = TEXT.index("其余")
    marks = [(first, second, 1, "c-1"), (second, stop, 2, "c-2")]
    paragraphs = document_paragraphs(TEXT, sentences, marks, "c-2")
    assert [paragraph.kind for paragraph in paragraphs] == ["title", "text", "text"]
    assert [(piece.text, piece.ref) for piece in paragraphs[1].pieces] == [
        ("今年10月底前完成18处改造，", 1),
        ("11月底前修32公里。", 2),
        ("其余照旧。", 0),
    ]
    assert "".join(piece.text for paragraph in paragraphs for piece in paragraph.pieces) == TEXT.replace("\n", "")
    assert near(paragraphs)[-1] is paragraphs[1]


def test_an_anchor_is_stable_and_plain() -> None:
    """A number's brackets do not stand in an address inside a page."""
    assert anchor_of("明源诺〔2026〕0007号") == "c-2026-0007"
