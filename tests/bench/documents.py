"""Pages of text read per second on one core; a page is 1,800 characters."""

from __future__ import annotations

import time
from pathlib import Path

from mingze.documents import decompose

PAGE = 1_800
_TEXTS = Path(__file__).parent.parent / "documents" / "dev" / "text"


def bench_documents(seconds: float = 1.0) -> float:
    """Pages per second over the fictional development documents, as plain text."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_TEXTS.glob("*.txt"))]
    characters = 0
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        for text in texts:
            decompose(text)
            characters += len(text)
    return characters / PAGE / (time.perf_counter() - started)


if __name__ == "__main__":
    print(f"{bench_documents():.0f} pages/s")
