"""The due date as one entry for a person's own calendar (RFC 5545): the day, what must happen, nothing about the matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def calendar_entry(
    uid: str, due_on: date, summary: str, description: str, made_at: datetime, provisional: bool = False
) -> bytes:
    """A calendar with one all-day event on the last day. Lines end with CRLF and are folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mingze//clock//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(description)}",
        f"STATUS:{'TENTATIVE' if provisional else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    """RFC 5545 §3.3.11: backslash, semicolon, comma and line break are escaped."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(plain, escaped)
    return words


def _folded(line: str) -> bytes:
    """RFC 5545 §3.1: no line longer than 75 octets, never cut inside a character."""
    out, room, current = b"", 75, b""
    for letter in line:
        octets = letter.encode()
        if len(current) + len(octets) > room:
            out += current + b"\r\n "
            current, room = b"", 74
        current += octets
    return out + current + b"\r\n"
