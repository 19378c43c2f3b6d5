"""Which office a name in a document means: by the district's register, its aliases and former names, within a list and alone."""

from __future__ import annotations

from datetime import date

import pytest

from mingze.accounts.offices import OfficesError, read_offices
from mingze.documents import FormerName, OfficeNames, RegisteredOffice

NAMES = OfficeNames(
    (
        RegisteredOffice(
            "zjj",
            ("区住房和城乡建设局", "区住建局", "住建局"),
            (FormerName("区建设局", date(2019, 3, 20)), FormerName("区房产局", date(2019, 3, 20))),
        ),
        RegisteredOffice("jyj", ("区教育局", "教育局")),
        RegisteredOffice("slj", ("区水利局", "区水务局"), (FormerName("区河道办"),)),
        RegisteredOffice("cgj", ("区城市管理局",), (FormerName("区建设局", date(2019, 3, 20)),)),
        RegisteredOffice("gyj", ("区工业局",), (FormerName("区水务局", date(2021, 1, 1)),)),
        RegisteredOffice("qhjd", ("青禾街道办事处", "青禾街道")),
    ),
    "明源区",
)


def _one(*surfaces: str, on: date | None = None) -> list[tuple[str | None, str]]:
    return [(found.office, found.how) for found in NAMES.resolve(surfaces, on)]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("区住建局", ("zjj", "name")),
        ("區住建局", ("zjj", "name")),
        ("区 住 建 局", ("zjj", "name")),
        ("明源区教育局", ("jyj", "place")),
        ("住建", ("zjj", "ending")),
        ("区教育局主要负责人", ("jyj", "part")),
        ("区城市管理局（区综合执法局）", ("cgj", "part")),
        ("区房产局", ("zjj", "former")),
        ("各乡镇（街道）", (None, "class")),
        ("邻水区教育局", (None, "unknown")),
        ("区气象局", (None, "unknown")),
    ],
)
def test_a_name_resolves_by_what_the_register_says(surface: str, expected: tuple[str | None, str]):
    """Widths and traditional characters do not matter; another district's office and classes of offices stay unresolved."""
    assert _one(surface) == [expected]


def test_a_name_shortened_in_a_list_has_the_level_of_the_one_before_it():
    """区教育局、住建局 is ours; 市公安局、住建局 is the city's, though an alias of ours reads the same."""
    assert _one("区教育局", "住建局") == [("jyj", "name"), ("zjj", "list")]
    assert _one("市公安局", "住建局") == [(None, "unknown"), (None, "unknown")]
    assert NAMES.resolve(("市公安局", "住建局"))[1].candidates == ("zjj",)


def test_a_former_name_that_two_offices_took_over_resolves_to_neither():
    """When an office was divided, a person says which part is meant; both are offered."""
    (found,) = NAMES.resolve(("区建设局",))
    assert (found.office, found.how, found.candidates) == (None, "several", ("cgj", "zjj"))


def test_a_name_given_to_another_office_means_whoever_bore_it_on_the_documents_day():
    """区水务局 was 区工业局 until 2021 and has been 区水利局 since."""
    assert _one("区水务局", on=date(2020, 5, 1)) == [("gyj", "former")]
    assert _one("区水务局", on=date(2021, 1, 1)) == [("slj", "name")]
    assert _one("区水务局") == [("slj", "name")]


def test_the_register_of_competences_keeps_former_names_with_their_last_day():
    """`former` in authority.yaml is read strictly, and the offices resolve by it."""
    text = (
        "place: 明源区\n"
        "offices:\n"
        "  zjj:\n"
        "    name: {zh: 区住建局, en: Housing}\n"
        "    former: [{name: 区建设局, until: 2019-03-20}, {name: 区房产局}]\n"
    )
    offices = read_offices(text)
    assert [found.office for found in offices.resolve(("区建设局", "区房产局", "明源区住建局"))] == ["zjj"] * 3
    assert offices.resolve(("区建设局",))[0].until == date(2019, 3, 20)
    with pytest.raises(OfficesError) as refused:
        read_offices(text.replace("2019-03-20", "soon"))
    assert [(f.line, f.code) for f in refused.value.faults] == [(5, "wrong_type")]
