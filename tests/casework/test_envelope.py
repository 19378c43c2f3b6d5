"""The event's bytes: made once, deterministic, and readable for as long as there are cases."""

import json
from pathlib import Path

import pytest

from mingze.casework import SCHEMA, Actor, Command, EnvelopeError, decide, decode, encode
from tests.casework.test_deciding import AT, CALENDAR, MATTER, OFFICES, SUGGESTION

GOLDEN = Path(__file__).parent / "golden"


def made():
    """The event of one filing."""
    command = Command("file", Actor("party", party="proposer"), sealed=(MATTER,), offices=OFFICES, idempotency="form:1")
    return decide(SUGGESTION, None, command, AT, CALENDAR, authority="mingyuan", case_id="Ck1x", previous=None)


def test_the_released_envelope_is_still_read():
    """Every released schema version has a golden file that decodes and whose bytes are the ones we would make."""
    for version in range(1, SCHEMA + 1):
        data = (GOLDEN / f"event-{version}.json").read_bytes()
        event = decode(data)
        assert event.schema == version
        assert encode(event) == data


def test_the_bytes_are_what_the_format_page_says():
    """Keys are sorted, there are no spaces, text is UTF-8, and the clock's date stands in the event."""
    data = encode(made())
    assert data.startswith(
        b'{"action":"file","actor":{"kind":"party","party":"proposer"},"authority":"mingyuan","calendar":"'
    )
    assert b'"due":"2026-09-18"' in data and b", " not in data and b'": ' not in data
    assert decode(data) == decode(encode(decode(data)))


def test_an_event_without_the_new_keys_is_one_an_older_program_reads():
    """Only what an older program cannot understand says a newer version; everything else stays as it was, to the byte."""
    assert made().schema == 1
    assert set(json.loads(encode(made()))) == set(json.loads((GOLDEN / "event-1.json").read_bytes()))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_an_event"),
        (b"[]", "not_an_event"),
        (b'{"schema":1}', "not_an_event"),
        (b'{"schema":99}', "newer_schema"),
        (b"\xff", "not_an_event"),
    ],
)
def test_bytes_that_are_no_event_are_refused(data: bytes, code: str):
    """Anything but an event is refused with a reason, an event of a later program with its own."""
    with pytest.raises(EnvelopeError) as caught:
        decode(data)
    assert caught.value.code == code
