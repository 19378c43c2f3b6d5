"""The commands of the vault as an operator types them: erase, retention, vault rotate."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner

from mingze.cli.main import main
from mingze.instance import Instance
from tests.store.town import CLERK


def test_the_commands_say_what_they_would_do_do_it_once_and_refuse_in_a_sentence(
    make_instance: Callable[..., Instance], browse: Callable[..., Any]
) -> None:
    """A dry run and a missing --yes change nothing; what is erased is not due any more; a rotation is recorded."""
    instance = make_instance(demo=True)
    browse(instance)
    register = instance.register()
    made = []
    for number in range(3):
        filed = register.file("suggestion", {"matter": "灯不亮"}, form_key=f"form {number} 1234567890")
        made.append(filed)
        if number < 2:
            register.act(filed.case_id, "decline", CLERK, {"reason": "不归本区管"}, idempotency=f"no {number}")
    instance.close()

    def run(*words: str) -> tuple[int, Any]:
        done = CliRunner().invoke(main, [*words, "--dir", str(instance.dir)])
        said = json.loads(done.stdout) if "--json" in words and done.stdout.startswith("{") else done.output
        return done.exit_code, said

    assert run("erase", made[0].code)[0] == 1  # only said
    code, said = run("erase", made[2].code, "--yes")
    assert code == 1 and "still runs" in said
    code, said = run("erase", made[0].code, "--yes", "--json")
    assert (code, said["erased"], said["number"]) == (0, True, made[0].number)
    assert run("erase", made[0].code, "--yes")[0] == 1
    (instance.dir / "now").write_text("2030-01-01T10:00:00+08:00", encoding="ascii")
    code, said = run("retention", "--dry-run", "--json")
    assert (code, [row["number"] for row in said["due"]], said["erased"]) == (0, [made[1].number], 0)
    assert run("retention", "--json")[1]["erased"] == 1
    code, said = run("vault", "rotate", "--json")
    assert (code, said["recorded"], said["keys"]) == (0, True, 2)  # the case that runs, and the root of the records
    again = Instance.open(instance.dir).register()
    assert [row.kind for row in again.governed("vault_key")] == ["vault_key"]
    again.close()
