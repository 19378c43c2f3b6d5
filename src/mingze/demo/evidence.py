"""Small files that stand in for photos, tables and records: made here from numbers, of nobody and nowhere."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from collections.abc import Sequence
from random import Random

type Colour = tuple[int, int, int]


def picture(rows: Sequence[Sequence[Colour]]) -> bytes:
    """A PNG of these rows of colours (RFC 2083)."""
    raw = b"".join(b"\0" + bytes(part for colour in row for part in colour) for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def photo(draw: Random) -> bytes:
    """A drawing that stands in for a photo: sky, a wall, a kerb and a road."""
    sky = draw.choice(((196, 214, 226), (214, 218, 220), (178, 200, 214)))
    wall = draw.choice(((198, 178, 152), (182, 186, 176), (170, 160, 150)))
    edge, kerb = draw.randint(30, 44), draw.randint(76, 84)
    bands: list[Colour] = []
    for y in range(120):
        if y < edge:
            bands.append(sky)
        elif y < kerb:
            bands.append(wall)
        elif y < kerb + 5:
            bands.append((226, 224, 216))
        else:
            bands.append((96, 98, 100))
    left = draw.randint(20, 120)
    door = range(left, left + 26)
    rows = [
        [(88, 72, 60) if edge + 14 < y < kerb and x in door else colour for x in range(180)]
        for y, colour in enumerate(bands)
    ]
    return picture(rows)


def bars(shares: Sequence[float]) -> bytes:
    """A bar chart: one bar for each share between 0 and 1."""
    width, height, paper, ink = 30, 110, (250, 249, 245), (38, 92, 122)
    rows: list[list[Colour]] = []
    for y in range(height):
        row: list[Colour] = []
        for share in shares:
            filled = height - y <= 6 + 96 * max(0.0, min(1.0, share))
            row += [ink if filled and 6 <= x < width - 6 else paper for x in range(width)]
        rows.append(row)
    return picture(rows)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV table (RFC 4180) that spreadsheets open as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
