"""Archives (.docx, .xlsx): looked into before they are opened: size, growth, macros, encryption."""

from __future__ import annotations

import io
import zipfile

from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.limits import LIMITS


def examined(data: bytes) -> zipfile.ZipFile:
    """The archive, once it is known to be harmless to unpack.

    Raises: `broken`, `zip-bomb` (too many entries, too large, or growing too fast), `macros`, `encrypted`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadingError("broken") from error
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > LIMITS.archive_entries or total > LIMITS.unpacked_bytes:
        raise ReadingError("zip-bomb", megabytes=total // 1_048_576)
    if total > 10_000_000 and total > packed * LIMITS.ratio:
        raise ReadingError("zip-bomb", megabytes=total // 1_048_576)
    for entry in entries:
        lowered = entry.filename.lower()
        if lowered.endswith(("vbaproject.bin", ".exe", ".dll", ".vbs", ".js")):
            raise ReadingError("macros")
        if entry.flag_bits & 1:
            raise ReadingError("encrypted")
    return archive


def measured(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry unpacked, never beyond the limit whatever its header says. Raises `broken` or `zip-bomb`."""
    try:
        with archive.open(name) as stream:
            content = stream.read(LIMITS.unpacked_bytes + 1)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise ReadingError("broken") from error
    if len(content) > LIMITS.unpacked_bytes:
        raise ReadingError("zip-bomb", megabytes=len(content) // 1_048_576)
    return content
