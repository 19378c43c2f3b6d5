"""The tools work beside a running server: nobody has to stop the service to back it up, copy its log or watch it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from mingze.instance import Instance
from tests.outside import Server, run_mingze


def test_backup_export_and_monitor_beside_a_running_server(
    make_instance: Callable[..., Instance], live: Callable[..., Server], tmp_path: Path
) -> None:
    """While it is served, an instance is backed up and exported, a monitor reads its public log, a restore is refused."""
    instance = make_instance(demo=True)
    register = instance.register()
    for number in range(3):
        register.file("suggestion", {"matter": f"第{number}件"}, form_key=f"form {number}")
    instance.close()
    server = live(instance)
    key = str(instance.log_key)
    seen = run_mingze("monitor", f"{server.url}/ledger", "--key", key, "--state", str(tmp_path / "state"), "--json")
    size = json.loads(seen.stdout)["size"]  # the cases, and what the server says of itself when it starts
    assert seen.returncode == 0 and size >= 3, seen.stdout
    out = run_mingze("ledger", "export", str(tmp_path / "out"), "--dir", str(instance.dir), "--json")
    assert (out.returncode, json.loads(out.stdout)["size"]) == (0, size), out.stderr
    made = run_mingze("backup", "--to", str(tmp_path / "kept"), "--dir", str(instance.dir), "--json")
    assert (made.returncode, json.loads(made.stdout)["leaves"]) == (0, size), made.stderr
    back = run_mingze("restore", json.loads(made.stdout)["register"], "--dir", str(instance.dir))
    assert (back.returncode, str(server.process.pid) in back.stderr) == (3, True), back.stderr
    again = run_mingze(
        "monitor", str(tmp_path / "out"), "--key", key, "--state", str(tmp_path / "state"), "--lang", "zh"
    )
    assert (again.returncode, "账本正常" in again.stdout) == (0, True), again.stdout
