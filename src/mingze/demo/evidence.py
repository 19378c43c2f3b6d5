"""Small files that stand in for photos, tables and records: made here from numbers, of nobody and nowhere."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from collections.abc import Sequence
from random import Random

type Colour = tuple[int, int, int]


def picture(rows: Sequence[bytes], palette: Sequence[Colour]) -> bytes:
    """A PNG with a palette: each row has one byte a pixel, the number of its colour (RFC 2083)."""
    raw = b"".join(b"\0" + row for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    colours = bytes(part for colour in palette for part in colour)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def photo(draw: Random) -> bytes:
    """A drawing that stands in for a photo: sky, a wall with a door, a kerb and a road."""
    sky = draw.choice(((196, 214, 226), (214, 218, 220), (178, 200, 214)))
    wall = draw.choice(((198, 178, 152), (182, 186, 176), (170, 160, 150)))
    palette = (sky, wall, (88, 72, 60), (226, 224, 216), (96, 98, 100))
    edge, kerb, left = draw.randint(30, 44), draw.randint(76, 84), draw.randint(20, 120)
    house = b"\1" * 180
    beside_door = b"\1" * left + b"\2" * 26 + b"\1" * (154 - left)
    rows = [b"\0" * 180] * edge + [house] * 15 + [beside_door] * (kerb - edge - 15)
    return picture([*rows, *[b"\3" * 180] * 5, *[b"\4" * 180] * (115 - kerb)], palette)


def bars(shares: Sequence[float]) -> bytes:
    """A bar chart: one bar for each share between 0 and 1."""
    tall = [6 + round(96 * max(0.0, min(1.0, share))) for share in shares]
    rows = [
        b"".join(b"\0" * 6 + (b"\1" if height <= top else b"\0") * 18 + b"\0" * 6 for top in tall)
        for height in range(110, 0, -1)
    ]
    return picture(rows, ((250, 249, 245), (38, 92, 122)))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV table (RFC 4180) that spreadsheets open as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
