"""Following the board by letter: asked for twice, at most one a day, ended by one click, and no address readable anywhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from mingze.instance import Mail
from tests.outside import MailSink
from tests.portal.conftest import Portal
from tests.portal.promises import Promised, promised

ADDRESS = "zhuwojiedao@example.org"


@pytest.fixture
def board(portal: Portal, smtp: MailSink) -> Promised:
    """Two published promises and a mail server that takes letters."""
    portal.instance.mail = Mail(smtp.host, smtp.port, "board@mingyuan.example", False, "", None)
    return promised(portal)


def kept() -> Any:
    """The rows that are kept of followers."""
    from mingze.portal.models import Following

    return Following.objects


def ask(board: Promised, address: str = ADDRESS, **what: str) -> Any:
    """Send the form."""
    return board.portal.client.post("/board/follow/", {"address": address, **what})


def letters(board: Promised, smtp: MailSink) -> list[Any]:
    """Run the pass and return what it sent."""
    from mingze.portal.followers import write_to_followers

    board.portal.instance.register().publish()
    before = len(smtp.messages)
    write_to_followers(board.portal.instance)
    return list(smtp.messages[before:])


def body(letter: Any) -> str:
    """The words of a letter."""
    return letter.get_payload(decode=True).decode()


def link(letter: Any) -> str:
    """The path of the link in a letter."""
    found = re.search(r"https?://[^/\s]+(/board/follow/[^\s]+/)", body(letter))
    assert found is not None
    return found[1]


def followed(board: Promised, smtp: MailSink, **what: str) -> str:
    """Ask, and press the button in the letter; returns the link."""
    ask(board, **what)
    [letter] = letters(board, smtp)
    there = link(letter)
    assert board.portal.client.post(there, {"do": "confirm"}).status_code == 200
    return there


def test_nothing_is_followed_until_the_button_in_the_letter_is_pressed(board: Promised, smtp: MailSink) -> None:
    """The form answers with what comes next; the letter asks back once; opening its link changes nothing."""
    answer = ask(board, office="jyj")
    assert answer.status_code == 303 and ADDRESS not in answer["Location"]
    assert 'role="status"' in board.portal.client.get(answer["Location"].partition("#")[0]).content.decode()
    [letter] = letters(board, smtp)
    assert letter["To"] == ADDRESS and letter["Auto-Submitted"] == "auto-generated"
    assert "Education Bureau" in body(letter) and letters(board, smtp) == []
    page = board.portal.client.get(link(letter))
    assert page["Cache-Control"].find("no-store") >= 0 and 'id="confirm"' in page.content.decode()
    board.report_progress(0)
    board.portal.at(2026, 11, 24, 9, 0)
    assert letters(board, smtp) == []
    assert kept().get().confirmed_at is None


def test_a_morning_letter_tells_what_is_new_once(board: Promised, smtp: MailSink) -> None:
    """Not before eight, not on the same day, only what was followed, nothing twice, and nothing when nothing happened."""
    followed(board, smtp, office="jyj")
    board.portal.at(2026, 11, 23, 15, 0)
    board.report_progress(0)
    board.report_progress(1)
    assert letters(board, smtp) == []
    board.portal.at(2026, 11, 24, 7, 59)
    assert letters(board, smtp) == []
    board.portal.at(2026, 11, 24, 8, 0)
    [letter] = letters(board, smtp)
    assert "report progress" in body(letter).lower() and board.numbers[1] not in body(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letters(board, smtp) == []
    board.portal.at(2026, 11, 25, 8, 0)
    assert letters(board, smtp) == []


def test_one_promise_can_be_followed_alone(board: Promised, smtp: MailSink) -> None:
    """From the page of a promise, only its own records come; a case that is not public cannot be followed."""
    html = board.portal.client.get(f"/board/{board.numbers[1]}/").content.decode()
    assert 'id="follow"' in html
    followed(board, smtp, number=board.numbers[1])
    board.portal.at(2026, 11, 23, 15, 0)
    board.report_progress(0)
    board.portal.at(2026, 11, 24, 8, 0)
    assert letters(board, smtp) == []
    board.report_progress(1)
    board.portal.at(2026, 11, 25, 8, 0)
    assert len(letters(board, smtp)) == 1
    board.portal.file()
    ask(board, "other@example.org", number="明源建〔2026〕0001号")
    assert kept().get(confirmed_at=None).number == ""


def test_one_click_ends_it_and_leaves_nothing(board: Promised, smtp: MailSink) -> None:
    """A mail program's one-click post needs no page and no form token; afterwards the link leads nowhere."""
    there = followed(board, smtp)
    board.portal.client.handler.enforce_csrf_checks = True
    answer = board.portal.client.post(there, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and 'id="stopped"' in answer.content.decode()
    assert not kept().exists()
    assert board.portal.client.get(there).status_code == 404
    assert board.portal.client.post(there, {"do": "confirm"}).status_code == 404


def test_an_unconfirmed_request_is_gone_after_two_days(board: Promised, smtp: MailSink) -> None:
    """Nobody's address stays because somebody else typed it."""
    ask(board)
    [letter] = letters(board, smtp)
    board.portal.at(2026, 11, 25, 10, 1)
    letters(board, smtp)
    assert not kept().exists()
    assert board.portal.client.get(link(letter)).status_code == 404


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a b@example.org", "x" * 250 + "@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_no_address_is_said_beside_the_field_and_kept_in_it(board: Promised, address: str) -> None:
    """The form comes back with what was typed; nothing is stored."""
    answer = ask(board, address)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'id="f-address-error"' in html and not kept().exists()
    assert address.split("\n")[0][:200] in html


def test_one_letter_box_cannot_be_filled_from_here(board: Promised, smtp: MailSink) -> None:
    """After a few requests for one address the next one waits, whoever asks; other addresses go on."""
    codes = [ask(board).status_code for _ in range(7)]
    assert codes[0] == 303 and codes[-1] == 429
    assert ask(board, "other@example.org").status_code == 303


def test_no_address_can_be_read_from_the_databases(board: Promised, smtp: MailSink) -> None:
    """Neither while it is followed nor after it was stopped; two rows of one address have nothing in common."""
    first, _ = followed(board, smtp), followed(board, smtp)
    rows = list(kept().all())
    assert len({bytes(row.sealed) for row in rows}) == 2 and len({row.digest for row in rows}) == 2
    board.portal.client.post(first, {"do": "stop"})
    for path in Path(board.portal.instance.dir).rglob("*"):
        if path.is_file():
            assert ADDRESS.encode() not in path.read_bytes(), path.name


def test_an_address_that_is_refused_for_good_is_forgotten(board: Promised, smtp: MailSink) -> None:
    """At the first letter at once; later after three refusals."""
    ask(board, "refused@refuse.example")
    smtp.refuse.add("refused@refuse.example")
    assert letters(board, smtp) == [] and not kept().exists()


def test_a_rotation_wraps_the_addresses_anew(board: Promised, smtp: MailSink) -> None:
    """After the key above the keys was changed, letters still come, wrapped by the new one."""
    followed(board, smtp)
    before = kept().get().kek
    secrets = board.portal.instance.dir / "secrets"
    (secrets / "vault.kek").rename(secrets / f"vault-{before}.kek")
    (secrets / "vault.kek").write_bytes(bytes(range(32)))
    (secrets / "vault.kek").chmod(0o600)
    board.report_progress(0)
    board.portal.at(2026, 11, 24, 8, 0)
    assert len(letters(board, smtp)) == 1
    assert kept().get().kek != before


def test_without_a_mail_server_the_form_is_not_there(portal: Portal) -> None:
    """What cannot be done is not offered; feeds and data are."""
    html = portal.client.get("/board/follow/").content.decode()
    assert 'id="ask-letter"' not in html and "/board/feed.xml" in html
