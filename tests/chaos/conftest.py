"""Registers to test with: `town` runs a test on SQLite and on PostgreSQL, `sqlite_town` on what only files can suffer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mingze.store import migrate
from tests.store.town import Town


@pytest.fixture
def town(database: str, tmp_path: Path) -> Iterator[Town]:
    """An empty register on each database in turn."""
    migrate(database or tmp_path)
    made = Town(database or str(tmp_path), tmp_path)
    yield made
    made.close()


@pytest.fixture
def sqlite_town(tmp_path: Path) -> Iterator[Town]:
    """An empty register in files."""
    migrate(tmp_path)
    made = Town(str(tmp_path), tmp_path)
    yield made
    made.close()
