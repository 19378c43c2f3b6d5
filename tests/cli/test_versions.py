"""`mingze procedures propose|activate` and overlays, as the people of an authority meet them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from mingze.cli.main import main
from mingze.instance import Instance
from mingze.resources import data_root

NUMBERS = """
answer_days:
  - {from: 2023-06-01, value: 10, unit: working_day, local: true,
     why: {zh: 本区承诺十个工作日答复, en: This district promises an answer in ten working days}}
"""


def called(*words: str) -> Result:
    """The command line in this process; it reads its language from the words of the call."""
    before, sys.argv = sys.argv, ["mingze", *words]
    try:
        return CliRunner().invoke(main, list(words))
    finally:
        sys.argv = before


def run(instance: Instance, *words: str, code: int = 0) -> str:
    """The output of `mingze procedures …` on an instance."""
    instance.close()
    done = called("procedures", *words, "--dir", str(instance.dir), "--lang", "en")
    assert done.exit_code == code, done.output
    return done.output


def local_numbers() -> tuple[str, str]:
    """A local parameter of the suggestion procedure, by name, and an overlay that changes it."""
    from mingze.resources import load_procedures

    procedure = load_procedures()["suggestion"]
    name = next(name for name, rows in procedure.parameters.items() if all(row.local for row in rows))
    row = procedure.parameters[name][0]
    text = f"{name}:\n  - {{from: {row.from_}, value: {row.value + 1}, unit: {row.unit}, local: true, why: {{zh: 本区规定, en: A rule of this district}}}}\n"
    return name, text


def test_a_procedure_of_the_authoritys_own_comes_into_force_by_two_persons(
    make_instance: Callable[..., Instance],
) -> None:
    """Found, proposed by one, refused to the same person, approved by another; then, and only then, filed under."""
    instance = make_instance()
    own = instance.dir / "procedures" / "street-ideas"
    shutil.copytree(data_root() / "procedures" / "suggestion", own)
    for file, old, new in (
        ("procedure.yaml", "procedure: suggestion", "procedure: street-ideas"),
        ("procedure.yaml", "mark: 建", "mark: 街"),
    ):
        (own / file).write_text((own / file).read_text("utf-8").replace(old, new), "utf-8")
    assert "found in the instance's folders" in run(instance, "list")
    assert "Suggestion" in run(instance, "show", "street-ideas")
    refused = called("file", "street-ideas", "--field", "matter=路灯", "--dir", str(instance.dir), "--lang", "en")
    assert refused.exit_code != 0 and "street-ideas" not in json.dumps(
        sorted(instance.register(write=False).procedures)
    )
    assert "is proposed" in run(instance, "propose", "street-ideas", "--post", "sfj.head")
    assert "another person, in another post" in run(instance, "activate", "street-ideas", "--post", "sfj.head", code=3)
    assert "no post “nobody”" in run(instance, "activate", "street-ideas", "--post", "nobody", code=2)
    assert "is in force" in run(instance, "activate", "street-ideas", "--post", "dcs.supervisor")
    assert "proposed by sfj.head, approved by dcs.supervisor" in run(instance, "list")
    shutil.rmtree(own)
    filed = called("file", "street-ideas", "--field", "matter=路灯", "--dir", str(instance.dir), "--lang", "en")
    assert filed.exit_code == 0 and "街" in filed.output, filed.output


def test_numbers_of_the_district_are_a_version_of_their_own(make_instance: Callable[..., Instance]) -> None:
    """An overlay is checked, has another hash and needs two persons; the national file stays as it was."""
    instance = make_instance()
    folder = instance.dir / "overlays" / "suggestion"
    assert "parameters.yaml" in (instance.dir / "overlays" / "README.md").read_text("utf-8")
    folder.mkdir()
    name, text = local_numbers()
    (folder / "parameters.yaml").write_text(text, "utf-8")
    report = json.loads(called("check", "--dir", str(instance.dir), "--json").output)["procedures"]
    assert [row["passed"] for row in report if row["procedure"] == "suggestion"] == [True]
    shown = json.loads(run(instance, "list", "--json"))["versions"]
    mine = [row for row in shown if row["name"] == "suggestion"]
    assert sorted((row["origin"], row["state"]) for row in mine) == [("overlay", "proposed"), ("shipped", "active")]
    assert len({row["hash"] for row in mine}) == 2
    run(instance, "propose", "suggestion", "--post", "sfj.head")
    run(instance, "activate", "suggestion", "--post", "dcs.supervisor")
    table = json.loads(run(instance, "show", "suggestion", "--json"))
    national = json.loads(called("procedures", "show", "suggestion", "--json").output)
    assert table["parameters"][name][0]["value"] == national["parameters"][name][0]["value"] + 1
    assert called("upgrade", "--dir", str(instance.dir)).exit_code == 0
    assert json.loads(run(instance, "show", "suggestion", "--json"))["hash"] == table["hash"]


def test_an_overlay_cannot_touch_the_statute_nor_a_procedure_there_is_none_of(
    make_instance: Callable[..., Instance], tmp_path: Path
) -> None:
    """A number of the law is refused with file and line; numbers under a mistyped name are listed as such."""
    instance = make_instance()
    law = instance.dir / "overlays" / "enterprise-request"
    law.mkdir()
    (law / "parameters.yaml").write_text(
        "no_such_number:\n  - {from: 2020-01-01, value: 1, unit: calendar_day}\n", "utf-8"
    )
    stray = instance.dir / "overlays" / "sugestion"
    stray.mkdir()
    (stray / "parameters.yaml").write_text(NUMBERS, "utf-8")
    done = called("check", "--dir", str(instance.dir), "--lang", "en")
    assert done.exit_code == 1 and "overlay/parameters.yaml:1:1" in done.output
    listed = run(instance, "list")
    assert "cannot be read as a procedure" in listed and "numbers for a procedure there is none of" in listed


def test_cases_are_moved_after_a_dry_run_and_by_number(make_instance: Callable[..., Instance]) -> None:
    """The dry run shows each case and writes nothing; without a reason nothing moves; with one, only what was named."""
    instance = make_instance()
    register = instance.register()
    numbers = [register.file("suggestion", {"matter": "路灯"}, form_key=f"form-{n}").number for n in range(2)]
    own = instance.dir / "procedures" / "suggestion"
    shutil.copytree(data_root() / "procedures" / "suggestion", own)
    file = own / "procedure.yaml"
    file.write_text(file.read_text("utf-8").replace("en: Being handled", "en: Under consideration"), "utf-8")
    run(instance, "propose", "suggestion", "--post", "sfj.head")
    run(instance, "activate", "suggestion", "--post", "dcs.supervisor")
    step = ("move", "suggestion", "--post", "dcs.supervisor")
    shown = run(instance, *step, "--dry-run")
    assert all(number in shown for number in numbers) and "Dry run: 2 of 2" in shown
    assert "dates that stay as they were told" in shown
    assert "Give the reason" in run(instance, *step, code=3)
    moved = json.loads(run(instance, *step, "--case", numbers[0], "--reason", "条文修改", "--json"))
    assert [(row["number"], row["moved_n"]) for row in moved["cases"]] == [(numbers[0], 2)]
    assert "Moved to" in run(instance, *step, "--reason", "条文修改") and "No open case" in run(instance, *step)
    assert "is not in force" in run(instance, *step, "--to", "00000000", code=3)
