"""What a person takes away of their case, and what everybody can read of it: files that verify, pages that print, nothing of others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingze.instance import Instance
from mingze.portal.procedure_verdict import verdict
from mingze.words import say
from tests.portal.conftest import Portal

if TYPE_CHECKING:
    from django.test import Client


def test_the_whole_case_comes_as_one_file_without_the_name(portal: Portal) -> None:
    """The bundle holds every record with its proof and the person's own words, and not who they are."""
    code = portal.file(name="甲某某", contact="0451-00000001")
    portal.act(code, "accept", "zwzx.clerk", competent_office="jtj")
    answer = portal.client.get("/case/bundle")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    bundle = json.loads(answer.content)
    assert [record["n"] for record in bundle["records"]] == [1, 2]
    text = answer.content.decode()
    assert "小学门口没有红绿灯" in text and "甲某某" not in text and "0451" not in text
    assert code not in text


def test_the_verifier_is_a_page_to_keep_not_to_open_here(portal: Portal) -> None:
    """It comes as a download whatever the address says, so that its script never runs under this site's name."""
    answer = portal.client.get("/case/verifier.html")
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff" and b"<script" in answer.content


def test_own_files_come_back_and_only_to_who_holds_the_code(portal: Portal) -> None:
    """What was handed in can be downloaded as it was; without the code, or for a slot that is not there, there is nothing."""
    portal.file(attachments=SimpleUploadedFile("说明.txt", "路口照片说明".encode(), "text/plain"))
    page = portal.client.get("/case/").content.decode()
    found = re.search(r'href="(/case/file/1/attachment[^"]+)"', page)
    assert found is not None
    assert portal.client.get(found[1]).content == "路口照片说明".encode()
    assert portal.client.get("/case/file/1/attachment:9/").status_code == 404
    portal.client.post("/case/leave/")
    assert portal.client.get(found[1]).status_code == 302


def test_nothing_of_a_case_is_public_unless_its_procedure_says_so(portal: Portal) -> None:
    """A suggestion has no public page, and its number cannot be told from one that does not exist."""
    code = portal.file()
    register = portal.instance.register()
    found = register.case(register.by_code(code) or "")
    assert found is not None
    number = found.number
    assert portal.client.get(f"/published/{number}/").status_code == 404
    assert portal.client.get("/published/明源建〔2026〕9999号/").status_code == 404


def test_every_procedure_has_a_public_page(
    make_instance: Callable[..., Instance], browse: Callable[..., Client]
) -> None:
    """Picture, clocks, rules, verdict and hash stand on each page; the list of what is public opens for each that publishes."""
    instance = make_instance(demo=True)
    client = browse(instance)
    for name, procedure in instance.register().procedures.items():
        for lang in ("zh-CN", "en"):
            answer = client.get(f"/procedures/{name}/", headers={"accept-language": lang})
            page = answer.content.decode()
            assert answer.status_code == 200, name
            assert procedure.hash in page and 'class="diagram"' in page and 'id="verdict"' in page
            assert page.count('class="example"') >= sum(1 for clock in procedure.clocks.values() if clock.limit) // 2, (
                name
            )
        if procedure.publication:
            assert client.get(f"/published/?procedure={name}").status_code == 200


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_verdict_stands_on_the_page_in_words(portal: Portal, lang: str) -> None:
    """What the check proved, how long a case can take at the longest, wait by wait."""
    procedure = portal.instance.register().procedures["commitment"]
    done = verdict(procedure, lang)
    assert done.holds and not done.pending and done.longest and done.legs
    assert say("portal-verdict-holds", lang, states=1, scenarios=1, holding=1)[:4] in done.words
