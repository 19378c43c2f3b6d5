"""The fictional development documents: files, canonical texts and labels, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mingze.documents import Decomposition, decompose
from mingze.exchange.reading import TextAsRead, read

DEV = Path(__file__).parent / "dev"
FILES = (
    "d1_speech.txt",
    "d2_work_report.txt",
    "d3_decomposition.docx",
    "d4_plan.html",
    "d5_bulletin.txt",
    "d6_scoring.xlsx",
)


@cache
def taken(name: str) -> TextAsRead:
    """A development file as its reader hands it over."""
    return read((DEV / name).read_bytes(), name)


@cache
def decomposed(name: str) -> Decomposition:
    """A development file read into commitments."""
    as_read = taken(name)
    return decompose(as_read.text, as_read.blocks, name)


@cache
def lines() -> tuple[str, ...]:
    """Every line of the canonical texts."""
    return tuple(
        line
        for path in sorted((DEV / "text").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    )
