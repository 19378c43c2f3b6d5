"""What docs/formats says of outside bodies and of the way out of a lost log is so."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mingze.cli.ledger import log_policy
from mingze.instance import Instance
from mingze.jobs.backup import BackupRefused, back_up, restore
from mingze.jobs.replay import Replay
from mingze.jobs.static_log import inspect
from mingze.ledger import Seen, parse_add_checkpoint, parse_checkpoint, parse_vkey, rule
from tests.ledger.conftest import example_files
from tests.outside import ROOT

PAGES = ROOT / "docs" / "formats"


def test_the_request_on_the_page_is_one_a_witness_answers() -> None:
    """The example request continues a tree of eight entries of the example log to its eleven, under its real key."""
    page = (PAGES / "outside.md").read_text(encoding="utf-8")
    body = page.partition("POST /add-checkpoint\n\n")[2].partition("```")[0].encode()
    request = parse_add_checkpoint(body)
    files = example_files()
    key = parse_vkey(files["log.vkey"].decode().strip())
    assert request.checkpoint.split(b"\n\n")[0] == files["checkpoint"].split(b"\n\n")[0]
    assert request.checkpoint in files["checkpoint"]
    leaves = files["tile-0-000.p-11"]
    from mingze.ledger import Edge

    edge, _ = Edge().append([leaves[32 * at : 32 * at + 32] for at in range(8)])
    assert rule(request, Seen(8, edge.root()), [key]).status == 200
    assert rule(request, Seen(8, bytes(32)), [key]).status == 422


def test_every_key_of_a_bundle_is_on_its_page() -> None:
    """The page names each key that a bundle has."""
    page = (PAGES / "bundle.md").read_text(encoding="utf-8")
    from mingze.ledger.bundle import Bundle, PartOpened, Record, format_bundle

    bundle = Bundle("c", "n", b"x", (Record(1, 0, bytes(32), b"{}", ()),), (PartOpened(1, "s", bytes(32), b"{}"),))
    value = json.loads(format_bundle(bundle))
    keys = {*value, *value["records"][0], *value["parts"][0]}
    assert [key for key in keys if f'"{key}"' not in page] == []


def test_the_way_out_of_a_lost_log_leads_out(make_instance: Callable[..., Instance], tmp_path: Path) -> None:
    """Refused in place; restored into an empty folder with a new origin and key, the log goes on and is whole."""
    instance = make_instance()

    def file(of: Instance, number: int) -> None:
        register = of.register()
        register.file("suggestion", {"matter": f"第{number}件"}, form_key=f"form {number}")
        register.publish()
        of.close()

    file(instance, 1)
    old = back_up(instance, tmp_path / "kept")
    file(instance, 2)
    with pytest.raises(BackupRefused):
        restore(old.register, old.vault, instance.dir, None)
    fresh = tmp_path / "fresh"
    restore(old.register, old.vault, fresh, instance.dir / "secrets")
    settings = (fresh / "mingze.toml").read_text(encoding="utf-8")
    (fresh / "mingze.toml").write_text(settings.replace("mingze/1", "mingze/2"), encoding="utf-8")
    (fresh / "secrets" / "log.key").write_bytes(secrets.token_bytes(32))
    shutil.rmtree(fresh / "ledger")
    (fresh / "ledger").mkdir()
    found = Instance.open(fresh)
    file(found, 3)
    found = Instance.open(fresh)
    assert Replay(found.register(write=False), found.log_keys).run().faults == ()
    found.close()
    assert inspect(fresh / "ledger", log_policy(found)).faults == ()
    head = parse_checkpoint((fresh / "ledger" / "checkpoint").read_bytes()).checkpoint
    assert (head.origin, head.size) == ("log.mingyuan.example/mingze/2", 2)
