"""The receipt as one page of A4, for whoever keeps paper: set by Typst, with the QR code drawn into it.

Slip (plain words) ──► data of a fixed page ──► `typesetting` ──► PDF
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

import segno

from mingze.exchange.typesetting import typeset


@dataclass(frozen=True)
class Slip:
    """What stands on the page, in the language of the reader, from top to bottom. Empty words leave their line out."""

    lang: str
    over: str
    title: str
    code_label: str
    code: str
    keep: str
    due_label: str
    due: str
    who: str
    pairs: Sequence[tuple[str, str]]
    qr_words: str
    url: str
    verify_label: str
    steps: Sequence[str]
    foot: Sequence[tuple[str, str]]


def receipt_pdf(slip: Slip, made_at: datetime) -> bytes:
    """The page. Equal slips and times give equal bytes.

    Raises PdfUnavailable.
    """
    qr = BytesIO()
    segno.make(slip.url, error="m", micro=False).save(qr, kind="svg", border=0)
    return typeset(_PAGE, "slip", {**asdict(slip), "qr": qr.getvalue().decode()}, made_at)


_PAGE: Final = r"""
#let s = json(bytes(sys.inputs.slip))
#let quiet = rgb("#5b5b5b")
#set document(title: s.title + " " + s.over, author: s.over)
#set text(font: (s.typeface,), lang: if s.lang == "en" { "en" } else { "zh" }, size: 10.5pt, cjk-latin-spacing: none)
#set page(paper: "a4", margin: (x: 24mm, y: 18mm))
#set par(leading: 0.75em)
#show heading: it => text(size: if it.level == 1 { 22pt } else { 11pt }, weight: "bold", it.body)
#let small(words) = text(size: 8.5pt, fill: quiet, words)
#let thin = line(length: 100%, stroke: 0.4pt + quiet)
#let digest(words) = text(size: 8.5pt, font: ("DejaVu Sans Mono", s.typeface), words)

#small(s.over)
#v(-4pt)
#heading(level: 1, s.title)
#v(4pt)
#grid(columns: (1fr, 38mm), gutter: 8mm,
  [
    #small(s.code_label) \
    #text(size: 17pt, font: ("DejaVu Sans Mono", s.typeface), weight: "bold", s.code)
    #v(2pt)
    #small(s.keep)
  ],
  [
    #image(bytes(s.qr), format: "svg", width: 38mm, alt: s.qr_words)
    #v(-2pt)
    #small(s.qr_words)
  ],
)
#thin
#if s.due != "" [
  #small(s.due_label) \
  #text(size: 17pt, weight: "bold", s.due)
  #v(-2pt)
]
#s.who
#thin
#for pair in s.pairs [
  #grid(columns: (32mm, 1fr), gutter: 4mm, small(pair.at(0)), pair.at(1))
]
#thin
#heading(level: 2, s.verify_label)
#for (number, step) in s.steps.enumerate(start: 1) [
  #grid(columns: (6mm, 1fr), [#number.], step)
]
#v(4pt)
#for pair in s.foot [
  #small(pair.at(0)) \
  #digest(pair.at(1))
  #parbreak()
]
"""
