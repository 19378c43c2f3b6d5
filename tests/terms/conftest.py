"""The official calendar as it is shipped, for every test of this room."""

import pytest

from mingze.resources import load_calendar
from mingze.terms import Calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The calendar of 2023 to 2026, read from its files."""
    return load_calendar()
