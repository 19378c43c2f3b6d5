"""A procedure's page comes from its tables, with dates worked out on the day it is shown."""

from __future__ import annotations

from datetime import date

import pytest

from mingze import resources
from mingze.portal.procedure_page import procedure_page, promise_words
from mingze.portal.usual_way import usual_way
from mingze.words import LANGUAGES
from tests.portal.matters import CALENDAR, OFFICES

TODAY = date(2026, 9, 18)


def test_the_usual_way_counts_each_limit_from_the_last_day_of_the_one_before() -> None:
    """One working day to assign, then fifteen to answer: the latest an unextended answer can come."""
    way = usual_way(resources.load_procedures()["enterprise-request"], TODAY, CALENDAR)
    assert [(one.action, one.due_on) for one in way] == [("accept", date(2026, 9, 20)), ("answer", date(2026, 10, 16))]


def test_the_promise_names_both_dates() -> None:
    """Before anything is filed the page says by when it is passed on and by when it is answered."""
    words = promise_words(resources.load_procedures()["enterprise-request"], TODAY, CALENDAR, "en")
    assert "Sunday 20 September 2026" in words and "15 working days" in words and "Friday 16 October 2026" in words
    assert "provisional" not in words
    late = promise_words(resources.load_procedures()["suggestion"], date(2026, 11, 23), CALENDAR, "en")
    assert "provisional" in late


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_procedure_has_a_whole_page(lang: str) -> None:
    """Steps, clocks, stages, remedies, who can see what, sources and blind spots, for every procedure shipped."""
    for procedure in resources.load_procedures().values():
        shown = procedure_page(procedure, TODAY, CALENDAR, lang, OFFICES)
        assert [clock.name for clock in shown.clocks] == list(procedure.clocks)
        assert [stage.name for stage in shown.stages] == list(procedure.stages)
        assert len(shown.remedies) == len(procedure.remedies)
        assert shown.blindspots and shown.sources and all(clock.cite for clock in shown.clocks)


def test_a_local_number_is_never_shown_as_statute() -> None:
    """A clock whose days are the district's own is marked so, even where its article is a statute's."""
    for procedure in resources.load_procedures().values():
        shown = procedure_page(procedure, TODAY, CALENDAR, "en", OFFICES)
        for clock in shown.clocks:
            reference = procedure.clocks[clock.name].limit
            if reference and procedure.parameter_on(reference, TODAY).local:
                assert clock.local, (procedure.name, clock.name)


def test_blind_spots_are_read_in_one_language() -> None:
    """The file holds both languages; each page shows one."""
    procedure = resources.load_procedures()["suggestion"]
    english = [words for _, words in procedure_page(procedure, TODAY, CALENDAR, "en").blindspots]
    assert english and all(not any("\u4e00" <= letter <= "\u9fff" for letter in words) for words in english)
