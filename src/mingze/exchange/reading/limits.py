"""Limits of what a reader takes on, so that memory and time stay bounded whatever the file claims to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds. `file_bytes` is the file itself, `unpacked_bytes` what an archive may grow to, `ratio` how fast."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    archive_entries: int = 5_000
    characters: int = 4_000_000
    pages: int = 2_000
    cells: int = 400_000


LIMITS = Limits()
