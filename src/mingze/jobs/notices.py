"""The pass that sends notices by e-mail: that something happened in a case, and where to look; never what it is about.

The address is sealed. It is opened when there is something to send, with an access record (post none, actor `system`)
that the person sees like any other reading. A notice is marked sent after the server has taken it; should we crash
between the two it goes out again under the same Message-ID, by which mail programs recognise it. Nothing that leads to
a person is logged: a notice's random id, and the kind of failure.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from mingze.casework import Actor
from mingze.store import Register
from mingze.store.outbox import Notice
from mingze.words import local, say

log = logging.getLogger(__name__)

PURPOSE = "notice"
"""The purpose that stands in the access record of an address opened to send a notice."""

TIMEOUT_SECONDS = 20


class Settings(Protocol):
    """How mail leaves; `Instance.mail` is one. An empty host means that none does."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def sender(self) -> str: ...
    @property
    def starttls(self) -> bool: ...
    @property
    def username(self) -> str: ...
    @property
    def password_file(self) -> Any: ...


@dataclass(frozen=True)
class MailServer:
    """Where notices are handed over. An empty host keeps them in the outbox."""

    host: str = ""
    port: int = 25
    sender: str = ""
    starttls: bool = False
    username: str = ""
    password_file: Any = None


def send_notices(register: Register, mail: Settings, base_url: str, limit: int = 100) -> int:
    """Send what is due; returns how many were taken by the server.

    A server that does not answer, or answers that it cannot now, is asked again later and later
    (`outbox.BACKOFF_MINUTES`); an address it refuses for good is not tried again.

    Raises Unavailable, when the register cannot record what became of a notice.
    """
    now = register.clock.now()
    waiting = register.outbox.waiting(now, limit) if mail.host else []
    if not waiting:
        return 0
    addresses: dict[tuple[str, str], str] = {}
    sent = 0
    try:
        server = connect(mail)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server does not answer: %s", type(error).__name__)
        for notice in waiting:
            register.outbox.postpone(notice, now)
        return 0
    with server:
        for notice in waiting:
            place = (notice.case_id, notice.party)
            if place not in addresses:
                addresses[place] = _address(register, notice)
            if not addresses[place]:
                register.outbox.settle(notice, "no_address", now)
                continue
            message = compose(register, notice, addresses[place], mail.sender, base_url, now)
            sent += _deliver(register, server.send_message, message, notice, now)
    return sent


def _deliver(
    register: Register, send: Callable[[EmailMessage], Any], message: EmailMessage, notice: Notice, now: datetime
) -> bool:
    try:
        send(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        log.warning("notice %s: recipient refused %s", notice.notice_id, codes)
        if all(500 <= code < 600 for code in codes):
            register.outbox.settle(notice, "failed", now)
        else:
            register.outbox.postpone(notice, now)
        return False
    except (OSError, smtplib.SMTPException) as error:
        log.warning("notice %s: not taken: %s", notice.notice_id, type(error).__name__)
        register.outbox.postpone(notice, now)
        return False
    register.outbox.settle(notice, "sent", now)
    return True


def compose(
    register: Register, notice: Notice, address: str, sender: str, base_url: str, now: datetime
) -> EmailMessage:
    """The message: case number, kind of matter, where to look. The code is not in it; the person has it."""
    procedure = register.procedures.get(notice.procedure)
    title = local(procedure.title if procedure else None, notice.language)
    values = {"number": notice.number, "title": title}
    message = EmailMessage()
    message["From"] = sender
    message["To"] = address
    message["Subject"] = say("notice-subject", notice.language, **values)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{notice.notice_id}@{urlsplit(base_url).hostname or 'mingze.invalid'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(say("notice-text", notice.language, url=f"{base_url}/case/", **values), cte="base64")
    message["Content-Language"] = notice.language
    return message


def _address(register: Register, notice: Notice) -> str:
    slots = register.open_slots(
        notice.case_id, actor=Actor("system"), purpose=PURPOSE, slots=["identity"], of=notice.party
    )
    for content in slots.values():
        for value in (content or {}).values():
            if isinstance(value, str) and "@" in value:
                return value
    return ""


def connect(mail: Settings) -> smtplib.SMTP:
    """A session with the mail server, encrypted and signed in as the settings say. Raises OSError, SMTPException."""
    server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
    try:
        if mail.starttls:
            server.starttls(context=ssl.create_default_context())
        if mail.username and mail.password_file is not None:
            server.login(mail.username, mail.password_file.read_text(encoding="utf-8").strip())
    except BaseException:
        server.close()
        raise
    return server
