"""`mingze procedures propose|activate` and overlays, as the people of an authority meet them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from mingze.instance import Instance
from mingze.resources import data_root
from tests.outside import run_mingze

NUMBERS = """
answer_days:
  - {from: 2023-06-01, value: 10, unit: working_day, local: true,
     why: {zh: 本区承诺十个工作日答复, en: This district promises an answer in ten working days}}
"""


def run(instance: Instance, *words: str, code: int = 0) -> str:
    """The output of `mingze procedures …` on an instance."""
    done = run_mingze("procedures", *words, "--dir", str(instance.dir), "--lang", "en")
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


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
    refused = run_mingze("file", "street-ideas", "--field", "matter=路灯", "--dir", str(instance.dir), "--lang", "en")
    assert refused.returncode != 0 and "street-ideas" not in json.dumps(
        sorted(instance.register(write=False).procedures)
    )
    assert "is proposed" in run(instance, "propose", "street-ideas", "--post", "sfj.head")
    assert "another person, in another post" in run(instance, "activate", "street-ideas", "--post", "sfj.head", code=3)
    assert "no post “nobody”" in run(instance, "activate", "street-ideas", "--post", "nobody", code=2)
    assert "is in force" in run(instance, "activate", "street-ideas", "--post", "dcs.supervisor")
    assert "proposed by sfj.head, approved by dcs.supervisor" in run(instance, "list")
    shutil.rmtree(own)
    filed = run_mingze("file", "street-ideas", "--field", "matter=路灯", "--dir", str(instance.dir), "--lang", "en")
    assert filed.returncode == 0 and "街" in filed.stdout, filed.stderr


def test_numbers_of_the_district_are_a_version_of_their_own(make_instance: Callable[..., Instance]) -> None:
    """An overlay is checked, has another hash and needs two persons; the national file stays as it was."""
    instance = make_instance()
    folder = instance.dir / "overlays" / "suggestion"
    assert "parameters.yaml" in (instance.dir / "overlays" / "README.md").read_text("utf-8")
    folder.mkdir()
    name, text = local_numbers()
    (folder / "parameters.yaml").write_text(text, "utf-8")
    report = json.loads(run_mingze("check", "--dir", str(instance.dir), "--json").stdout)["procedures"]
    assert [row["passed"] for row in report if row["procedure"] == "suggestion"] == [True]
    shown = json.loads(run(instance, "list", "--json"))["versions"]
    mine = [row for row in shown if row["name"] == "suggestion"]
    assert sorted((row["origin"], row["state"]) for row in mine) == [("overlay", "proposed"), ("shipped", "active")]
    assert len({row["hash"] for row in mine}) == 2
    run(instance, "propose", "suggestion", "--post", "sfj.head")
    run(instance, "activate", "suggestion", "--post", "dcs.supervisor")
    table = json.loads(run(instance, "show", "suggestion", "--json"))
    national = json.loads(run_mingze("procedures", "show", "suggestion", "--json").stdout)
    assert table["parameters"][name][0]["value"] == national["parameters"][name][0]["value"] + 1
    assert run_mingze("upgrade", "--dir", str(instance.dir)).returncode == 0
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
    done = run_mingze("check", "--dir", str(instance.dir), "--lang", "en")
    assert done.returncode == 1 and "overlay/parameters.yaml:1:1" in done.stdout
    listed = run(instance, "list")
    assert "cannot be read as a procedure" in listed and "numbers for a procedure there is none of" in listed
