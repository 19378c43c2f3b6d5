"""Letters to those who follow the board: asked for twice, sent at most once a day, ended by one click.

    form ──► a row nobody confirmed ──► letter with a link ──► button pressed: followed ──► each morning, what is new
                     └─ two days ──► gone                              └─ one click in any letter ──► gone

An address is opened only to write to it. A letter names promises, which are public; nothing in it is about a person.
Standards: RFC 2369 and RFC 8058 (List-Unsubscribe, one click); RFC 3834 (Auto-Submitted).
"""

from __future__ import annotations

import json
import logging
import secrets
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote, urlsplit

from django.db import DatabaseError, close_old_connections

from mingze.edge import unavailable_from
from mingze.instance import Instance
from mingze.jobs.notices import connect
from mingze.portal.board_filter import BoardFilter, filter_words
from mingze.portal.board_news import News, news
from mingze.portal.models import Following
from mingze.store import Unavailable
from mingze.terms import SHANGHAI, local_day
from mingze.vault import SealBroken
from mingze.vault.keeping import KeysRefused
from mingze.words import local, say

log = logging.getLogger(__name__)

UNCONFIRMED: Final = timedelta(hours=48)
"""So long a request waits for the button in its letter."""

MORNING_HOUR: Final = 8
AT_ONCE: Final = 200
"""Letters of one pass; the rest follow fifteen seconds later."""

LINES: Final = 200
"""Records in one letter at most."""

REFUSED_FOR_GOOD: Final = 3
"""An address that was refused so often is forgotten."""


def ask(here: Instance, address: str, wanted: BoardFilter, number: str, lang: str) -> None:
    """Note that somebody asked to be written to; the letter that asks back goes out with the next pass.

    Raises KeysRefused when nothing can be sealed now.
    """
    token = secrets.token_urlsafe(24)
    row = Following(
        digest=Following.digest_of(token), document=wanted.document, office=wanted.office, topic=wanted.topic, number=number,
        language=lang, asked_at=here.clock.now(),
    )  # fmt: skip
    text = json.dumps({"address": address, "token": token}).encode()
    row.kek, (row.sealed,) = here.keeper().wrap([(row.where, text)])
    row.save(force_insert=True)


def following(token: str) -> Following | None:
    """The row of a token; None for one that is over or never was."""
    return Following.objects.filter(digest=Following.digest_of(token)).first() if token else None


def confirm(here: Instance, row: Following) -> None:
    """The button was pressed: news from now on. Pressed twice it changes nothing."""
    now = here.clock.now()
    Following.objects.filter(pk=row.pk, confirmed_at=None).update(
        confirmed_at=now, told_at=now, told_leaf=here.register().signed_size()
    )


def stop(row: Following) -> None:
    """Nothing of it stays."""
    row.delete()


def what_words(here: Instance, row: Following) -> str:
    """What is followed, in words."""
    if row.number:
        return row.number
    return filter_words(here, wanted_of(row), row.language)


def wanted_of(row: Following) -> BoardFilter:
    """What is followed, as a filter of the board."""
    return BoardFilter(row.document, row.office, row.topic)


def write_to_followers(here: Instance) -> int:
    """Send the letters that are due; returns how many the mail server took. Raises Unavailable."""
    close_old_connections()
    try:
        return _pass(here)
    except DatabaseError as error:
        raise unavailable_from(error) or error from error
    except KeysRefused as error:
        raise Unavailable("keys_down") from error
    finally:
        close_old_connections()


def _pass(here: Instance) -> int:
    now = here.clock.now()
    Following.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED).delete()
    _rewrap(here)
    if not here.mail.host:
        return 0
    size = here.register().signed_size()
    letters = list(_letters(here, now, size))
    if not letters:
        return 0
    sent = 0
    try:
        server = connect(here.mail)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server does not answer: %s", type(error).__name__)
        return 0
    with server:
        for row, message in letters:
            sent += _sent(server, row, message, now, size)
    return sent


def _letters(here: Instance, now: datetime, size: int) -> Iterable[tuple[Following, EmailMessage]]:
    for row in Following.objects.filter(confirmed_at=None, written_at=None).order_by("asked_at")[:AT_ONCE]:
        if letter := _letter(here, row, [], now):
            yield row, letter
    if now.astimezone(SHANGHAI).hour < MORNING_HOUR:
        return
    midnight = datetime.combine(local_day(now), datetime.min.time(), SHANGHAI)
    found: dict[tuple[str, ...], list[News]] = {}
    due = Following.objects.exclude(confirmed_at=None).filter(told_at__lt=midnight).order_by("told_at")
    for row in due[:AT_ONCE]:
        key = (row.document, row.office, row.topic, row.number, row.language, str(row.told_at))
        if key not in found:
            found[key] = _news(here, row, now)
        if items := [item for item in found[key] if row.told_leaf <= item.leaf_index < size]:
            if letter := _letter(here, row, items, now):
                yield row, letter
        else:
            Following.objects.filter(pk=row.pk).update(told_at=now, told_leaf=size)


def _news(here: Instance, row: Following, now: datetime) -> list[News]:
    # An hour to spare: what counts is the place in the log, the time only saves looking at every promise.
    since = ((row.told_at or now) - timedelta(hours=1)).astimezone(SHANGHAI).isoformat()
    lead = wanted_of(row).lead(here.offices)
    return news(here.register(), here.offices, now, row.language, row.document, lead, row.number, since, LINES)


def _letter(here: Instance, row: Following, items: list[News], now: datetime) -> EmailMessage | None:
    """The letter of a row: that asks back while it is unconfirmed, else with what is new."""
    try:
        held = json.loads(here.keeper().unwrap(row.kek, row.where, bytes(row.sealed)))
    except SealBroken:
        log.warning("following %s does not open", row.pk)
        return None
    lang, what, base = row.language, what_words(here, row), here.base_url
    link = f"{base}/board/follow/{held['token']}/"
    authority = local(here.authority.name, lang)
    kind = "new" if row.confirmed_at else "ask"
    told = "\n\n".join(
        say("follow-letter-item", lang, day=local_day(item.at), promise=item.promise, happened=item.title,
            url=f"{base}{quote(item.path, safe='/#')}")
        for item in items
    )  # fmt: skip
    message = EmailMessage()
    message["From"] = here.mail.sender
    message["To"] = held["address"]
    message["Subject"] = say(f"follow-letter-{kind}-subject", lang, authority=authority, what=what)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = (
        f"<{row.pk.hex}.{kind}.{local_day(now):%Y%m%d}@{urlsplit(base).hostname or 'mingze.invalid'}>"
    )
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{link}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(
        say(f"follow-letter-{kind}", lang, authority=authority, what=what, link=link, items=told), cte="base64"
    )
    message["Content-Language"] = lang
    return message


def _sent(server: smtplib.SMTP, row: Following, message: EmailMessage, now: datetime, size: int) -> bool:
    """Hand one letter over and remember it; an address that is refused for good again and again is forgotten."""
    rows = Following.objects.filter(pk=row.pk)
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        log.warning("following %s: recipient refused %s", row.pk, codes)
        if all(500 <= code < 600 for code in codes):
            if row.failed + 1 >= REFUSED_FOR_GOOD or row.confirmed_at is None:
                rows.delete()
            else:
                rows.update(failed=row.failed + 1, told_at=now)
        return False
    except (OSError, smtplib.SMTPException) as error:
        log.warning("following %s: not taken: %s", row.pk, type(error).__name__)
        return False
    if row.confirmed_at is None:
        rows.update(written_at=now)
    else:
        rows.update(told_at=now, told_leaf=size, failed=0)
    return True


def _rewrap(here: Instance) -> None:
    """Addresses that an older key-encryption key wraps are wrapped anew; the address itself is not opened."""
    if not Following.objects.exists():
        return
    keeper = here.keeper()
    current = keeper.kek_id()
    for row in Following.objects.exclude(kek=current)[:AT_ONCE]:
        row.kek, (row.sealed,) = keeper.rewrap([(row.kek, row.where, bytes(row.sealed))])
        row.save(update_fields=["kek", "sealed"])
