"""What an editor is told a procedure file may say is what the reader reads."""

from __future__ import annotations

import datetime as dates
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mingze.procedure import ProcedureErrors, read_procedure, schema, skeleton
from mingze.procedure.reader import load_yaml
from mingze.resources import procedure_folders

PAGES = Path(__file__).parents[2] / "docs" / "howto"
GOOD = Path(__file__).parent / "procedures-bad" / "good"
FOLDERS = [*procedure_folders(), GOOD]


def plain(value: Any) -> Any:
    """A YAML tree as JSON would hold it."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, dates.date) else value


def tree(text: str) -> Any:
    """The text of a file as an editor's validator sees it."""
    return plain(load_yaml(text, "file"))


@pytest.mark.parametrize("file", ["procedure", "parameters"])
def test_the_published_schema_is_the_one_of_this_program(file: Any):
    """The file beside the page says what `mingze procedures schema` says, and is itself a right schema."""
    published = json.loads((PAGES / f"{file}.schema.json").read_text(encoding="utf-8"))
    again = f"mingze procedures schema {file} > docs/howto/{file}.schema.json"
    assert published == schema(file), f"the rows of the tables changed; publish them again: {again}"
    Draft202012Validator.check_schema(published)


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
@pytest.mark.parametrize("file", ["procedure", "parameters"])
def test_every_procedure_we_ship_meets_the_schema(folder: Path, file: Any):
    """No editor underlines what the reader accepts."""
    found = tree((folder / f"{file}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema(file)).iter_errors(found)] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("mark: 占", "mark: 占\ncolour: red"),
        ("public: true\nsources", "public: perhaps\nsources"),
        ("borne_by: outside", "borne_by: weather"),
        ("procedure: street-permit", "procedure: Street permit"),
        ("at_most: 2", "at_most: 0"),
        ("title: {zh: 临时占道许可, en: Permit to use a street for a time}", "title: {zh: 临时占道许可}"),
    ],
)
def test_what_the_reader_refuses_the_schema_underlines(right: str, wrong: str):
    """A mistake of form is seen while it is typed."""
    files = {name: (GOOD / name).read_text(encoding="utf-8") for name in ("procedure.yaml", "parameters.yaml")}
    assert right in files["procedure.yaml"]
    files["procedure.yaml"] = files["procedure.yaml"].replace(right, wrong, 1)
    with pytest.raises(ProcedureErrors):
        read_procedure(files)
    assert not Draft202012Validator(schema()).is_valid(tree(files["procedure.yaml"]))


def test_the_skeleton_reads_and_meets_the_schema():
    """What a new procedure begins with has no mistake of form."""
    files = skeleton("street-party")
    assert read_procedure(files).name == "street-party"
    for file in ("procedure", "parameters"):
        assert Draft202012Validator(schema(file)).is_valid(tree(files[f"{file}.yaml"]))
