"""The desk's pages of versions: a folder put into a running instance comes in force by two persons, and only so."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from mingze.resources import data_root


def put(desk: Any, name: str = "street-ideas", spoil: tuple[str, str] = ("", "")) -> Path:
    """A procedure of the authority's own, put into its folder while the instance runs."""
    folder = desk.instance.dir / "procedures" / name
    shutil.copytree(data_root() / "procedures" / "suggestion", folder)
    file = folder / "procedure.yaml"
    text = (
        file.read_text("utf-8").replace("procedure: suggestion", f"procedure: {name}").replace("mark: 建", "mark: 街")
    )
    assert spoil[0] in text
    file.write_text(text.replace(*spoil) if spoil[0] else text, "utf-8")
    return folder


def digest_of(desk: Any, name: str = "street-ideas") -> str:
    """The version of a name that lies in the folder."""
    from mingze.candidates import candidates

    return next(each.hash for each in candidates(desk.instance.dir) if each.name == name).removeprefix("sha256:")


def read(client: Any, address: str, status: int = 200) -> str:
    """A page's text."""
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_a_folder_put_into_a_running_instance_comes_in_force_by_two_persons(desk: Any) -> None:
    """It is shown as proposed by nobody; one proposes, cannot approve, another approves; only then is it filed under."""
    put(desk)
    one, other, address = desk.sit("sfj.head"), desk.sit("dcs.supervisor"), f"/desk/procedures/{digest_of(desk)}/"
    assert "nobody has put their post to it yet" in read(one, "/desk/procedures/")
    page = read(one, address)
    assert (
        'id="propose"' in page
        and "The check finds nothing wrong" in page
        and "street-ideas" not in desk.register.procedures
    )
    assert one.get("/file/street-ideas/").status_code == 404
    assert one.post(address + "propose/").status_code == 303
    assert 'id="own"' in read(one, address) and 'id="approve"' not in read(one, address)
    refused = one.post(address + "approve/")
    assert refused.status_code == 409 and 'id="refused"' in refused.content.decode()
    assert 'id="approve"' in read(other, address)
    assert other.post(address + "approve/").status_code == 303
    assert "street-ideas" in desk.register.procedures and other.get("/file/street-ideas/").status_code == 200
    assert "approved by" in read(other, address) and 'id="approve"' not in read(other, address)
    [record] = desk.register.governed(kind="procedure")
    assert (record.facts["proposed_by"], record.facts["approved_by"]) == ("sfj.head", "dcs.supervisor")


@pytest.mark.parametrize("post", ["zwzx.clerk", "zjj.handler"])
def test_others_may_look_but_neither_propose_nor_approve(desk: Any, post: str) -> None:
    """The page says who may; a form sent all the same is refused."""
    put(desk)
    client, address = desk.sit(post), f"/desk/procedures/{digest_of(desk)}/"
    assert 'id="not-entitled"' in read(client, address)
    assert client.post(address + "propose/").status_code == 409
    assert all(each.proposed_by == "" for each in desk.register.library.versions("street-ideas"))


def test_a_version_with_a_fault_shows_it_and_cannot_be_approved(desk: Any) -> None:
    """The second person sees file and line of what is wrong; the button is not there and the step is refused."""
    put(desk, spoil=(", met_by: [send_back, uphold], cite: local", ", cite: local"))
    one, other, address = desk.sit("sfj.head"), desk.sit("dcs.supervisor"), f"/desk/procedures/{digest_of(desk)}/"
    one.post(address + "propose/")
    page = read(other, address)
    assert "procedure.yaml:" in page and 'id="approve"' not in page
    assert other.post(address + "approve/").status_code == 409
    assert "street-ideas" not in desk.register.procedures


def test_what_is_different_from_the_version_in_force_is_shown(desk: Any) -> None:
    """Whoever approves sees the lines that change, old and new."""
    folder = put(desk, "suggestion", ("en: Being handled", "en: Under consideration"))
    file = folder / "procedure.yaml"
    file.write_text(file.read_text("utf-8").replace("mark: 街", "mark: 建"), "utf-8")
    page = read(desk.sit("sfj.head"), f"/desk/procedures/{digest_of(desk, 'suggestion')}/")
    assert "Under consideration" in page and "Being handled" in page


def test_a_folder_that_cannot_be_read_is_listed_with_its_faults(desk: Any) -> None:
    """Nothing else breaks, and the reasons stand there with file and line."""
    put(desk, spoil=("  received:", "  recieved:"))
    page = read(desk.sit("sfj.head"), "/desk/procedures/")
    assert 'id="unreadable"' in page and "street-ideas" in page and "procedure.yaml:" in page
    assert "version" in read(desk.sit("sfj.head"), "/desk/procedures/0123abc/", 404)


def test_a_version_is_checked_once_however_often_its_page_is_read(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's page of a version and the public page of the procedure stand on one and the same check."""
    from mingze import proving
    from mingze.portal.procedure_verdict import verdict

    checks: list[str] = []

    def survey(procedure: Any, *rest: Any) -> Any:
        checks.append(procedure.hash)
        return real(procedure, *rest)

    real = proving.survey
    monkeypatch.setattr(proving, "survey", survey)
    monkeypatch.setattr(proving, "_kept", {})
    put(desk)
    address = f"/desk/procedures/{digest_of(desk)}/"
    client = desk.sit("sfj.head")
    for _ in range(2):
        assert "The check finds nothing wrong" in read(client, address)
    assert checks == ["sha256:" + digest_of(desk)]
    suggestion = desk.register.procedures["suggestion"]
    assert verdict(suggestion, "en").holds
    read(client, f"/desk/procedures/{suggestion.hash.removeprefix('sha256:')}/")
    assert checks.count(suggestion.hash) == 1
