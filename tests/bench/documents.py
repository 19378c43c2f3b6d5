"""Pages of text read per second on one core, over all fictional documents, nothing remembered from the round before.

A page is an official one: 22 lines of 28 characters (GB/T 9704). The denser page of 1,800 characters is given beside it.
"""

from __future__ import annotations

import time
from pathlib import Path

from mingze.documents import decompose, offices

OFFICIAL_PAGE = 22 * 28
DENSE_PAGE = 1_800
_DOCUMENTS = Path(__file__).parent.parent / "documents"


def bench_documents(seconds: float = 2.0) -> dict[str, float]:
    """Pages per second of one core's time, by both sizes of page."""
    paths = [*(_DOCUMENTS / "dev" / "text").glob("*.txt"), *_DOCUMENTS.glob("unseen*/*.txt")]
    texts = [path.read_text(encoding="utf-8") for path in sorted(paths)]
    characters = 0
    started = time.process_time()
    while time.process_time() - started < seconds:
        offices.names.cache_clear()
        for text in texts:
            decompose(text)
            characters += len(text)
    rate = characters / (time.process_time() - started)
    return {
        "official_pages_of_616_characters_per_second": rate / OFFICIAL_PAGE,
        "pages_of_1800_characters_per_second": rate / DENSE_PAGE,
    }


if __name__ == "__main__":
    for name, value in bench_documents().items():
        print(f"{name}: {value:.0f}")
