"""The things tests lean on are real: a server in a second process, PostgreSQL, Chromium and SMTP."""

import json
import smtplib
import urllib.request
from collections.abc import Callable
from typing import Any

import psycopg

from mingze.instance import Instance
from tests.outside import MailSink, Server


def test_a_server_in_a_second_process_answers(
    make_instance: Callable[..., Instance], live: Callable[..., Server]
) -> None:
    """`mingze serve` answers on its port with the clock of the demo, and stops when asked."""
    server = live(make_instance(demo=True))
    with urllib.request.urlopen(f"{server.url}/health") as response:
        assert json.load(response)["clock"].startswith("2026-11-23T10:00:00")
    assert server.stop() == 0


def test_postgres_is_a_real_server(postgres: str) -> None:
    """Each test gets an empty database on a PostgreSQL of at least version 15."""
    with psycopg.connect(postgres) as connection:
        assert connection.info.server_version >= 150000
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert row == (0,)


def test_the_mail_sink_keeps_what_it_is_given(smtp: MailSink) -> None:
    """A message sent by SMTP can be read back."""
    with smtplib.SMTP(smtp.host, smtp.port) as client:
        client.sendmail("a@example.org", ["b@example.org"], "Subject: notice\r\n\r\nhello\r\n")
    assert [message["Subject"] for message in smtp.messages] == ["notice"]


def test_the_browser_is_a_real_chromium(open_page: Callable[..., Any]) -> None:
    """A page opens in Chromium and its script runs."""
    page = open_page("data:text/html,<title>x</title><p>1</p>")
    assert page.evaluate("1 + 1") == 2
