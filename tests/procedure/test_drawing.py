"""The picture of a procedure shows what its tables say, in both languages, on a phone, without style or script."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mingze.procedure import Procedure, read_procedure
from mingze.procedure.drawing import WIDTH, diagram, in_words, text_width, wrapped
from mingze.resources import load_procedures, procedure_texts

GOOD = read_procedure(procedure_texts(Path(__file__).parent / "procedures-bad" / "good"))
PROCEDURES = [*load_procedures().values(), GOOD]
SVG = "{http://www.w3.org/2000/svg}"
drawn = pytest.mark.parametrize(
    ("procedure", "lang"),
    [(procedure, lang) for procedure in PROCEDURES for lang in ("zh-Hans", "en")],
    ids=lambda value: value if isinstance(value, str) else value.name,
)


def parsed(procedure: Procedure, lang: str, here: tuple[str, ...] = ()) -> ElementTree.Element:
    """The picture as a tree; it is well-formed or this fails."""
    return ElementTree.fromstring(diagram(procedure, lang, here))


@drawn
def test_every_stage_and_action_is_in_the_picture(procedure: Procedure, lang: str):
    """Nobody's step is left out, in either language, and the same words stand in the text alternative."""
    tree = parsed(procedure, lang)
    shown = re.sub(r"\s", "", "".join(text.text or "" for text in tree.iter(f"{SVG}text")))
    said = in_words(procedure, lang)
    desc = tree.find(f"{SVG}desc")
    assert desc is not None and desc.text == said
    key = "en" if lang == "en" else "zh"
    named = [*procedure.stages.values(), *(action for action in procedure.actions.values() if action.from_)]
    for each in named:
        words = each.text[key]
        assert re.sub(r"\s", "", words) in shown and words in said


@drawn
def test_nothing_leaves_the_width_of_a_phone_or_overlaps(procedure: Procedure, lang: str):
    """Every text ends inside its box, every box stands below the one before, and all fit the width."""
    tree = parsed(procedure, lang)
    below = 0.0
    for box in tree.iter(f"{SVG}g"):
        rect = box.find(f"{SVG}rect")
        assert rect is not None
        top, right = float(rect.attrib["y"]), float(rect.attrib["x"]) + float(rect.attrib["width"])
        bottom = top + float(rect.attrib["height"])
        assert top >= below and right < WIDTH - 12
        below = bottom
        for text in box.iter(f"{SVG}text"):
            end = float(text.attrib["x"]) + text_width(text.text or "", float(text.attrib["font-size"]))
            assert end <= right and top < float(text.attrib["y"]) < bottom
    lines = next(path for path in tree.iter(f"{SVG}path") if path.attrib["class"] == "diagram-lines")
    assert all(0 < float(x) < WIDTH for x in re.findall(r"[MH]([\d.]+)", lines.attrib["d"]))
    assert below < float(tree.attrib["height"])


@drawn
def test_there_is_a_line_for_every_step_and_an_arrow_for_every_stage_reached(procedure: Procedure, lang: str):
    """The lines are those of the tables: as many as actions lead from stages to stages."""
    tree = parsed(procedure, lang)
    paths = {path.attrib["class"]: path.attrib["d"] for path in tree.iter(f"{SVG}path")}
    ways = [
        (stage, to)
        for action in procedure.actions.values()
        for stage in action.from_
        for to in (action.fork or ((action.into,) if action.into else ()))
    ]
    assert paths["diagram-lines"].count("V") == len(ways)
    assert paths["diagram-arrows"].count("M") == len({to for _, to in ways})


def test_the_strictest_content_policy_lets_it_through():
    """No style, no script, no event handler, nothing fetched; classes and presentation attributes only."""
    allowed = {"svg", "title", "desc", "text", "path", "g", "rect"}
    for procedure in PROCEDURES:
        for element in parsed(procedure, "en").iter():
            assert element.tag.removeprefix(SVG) in allowed
            assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


def test_where_a_case_rests_is_marked_not_by_colour_alone():
    """The stage of a case has a dot and a heavy border, in each branch; the others have neither."""
    tree = parsed(GOOD, "en", ("announced", "testing"))
    marked = [box for box in tree.iter(f"{SVG}g") if "diagram-here" in box.attrib["class"]]
    names = [(box.findtext(f"{SVG}text") or "") for box in marked]
    assert names == ["● Announced", "● Being tested"]
    borders = {rect.attrib["stroke-width"] for box in marked for rect in box.iter(f"{SVG}rect")}
    assert borders == {"3"} and diagram(GOOD, "en").count("●") == 0
    assert "● The case is here: Announced" in in_words(GOOD, "en", ("announced",), "The case is here:")


def test_words_of_a_procedure_cannot_become_markup():
    """A title with angle brackets stays a title."""
    files = dict(procedure_texts(Path(__file__).parent / "procedures-bad" / "good"))
    files["procedure.yaml"] = files["procedure.yaml"].replace("en: Received,", 'en: "<script>Received & co",')
    tree = parsed(read_procedure(files), "en")
    assert not list(tree.iter(f"{SVG}script"))
    assert "<script>Received & co" in [text.text for text in tree.iter(f"{SVG}text")]


def test_lines_break_between_english_words_and_anywhere_in_chinese():
    """A break never splits an English word."""
    assert wrapped("Close when the time to reply has run", 14, 140) == ["Close when the", "time to reply has", "run"]
    assert wrapped("到期办结并告知当事人", 14, 70) == ["到期办结并", "告知当事人"]
