"""Plain text: UTF-8 with or without a mark, UTF-16 with one, GB18030; anything else is said to be wrongly encoded."""

from __future__ import annotations

import codecs

from mingze.exchange.reading.errors import ReadingError

_CONTROL = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D}


def decode(data: bytes) -> str:
    """The characters of a text file.

    A file cut in the middle of its last character is read up to there. GB18030 accepts almost any bytes, so its result is kept only if it
    looks like Chinese or ASCII prose.

    Raises: `ReadingError` `binary` (control bytes), `encoding` (no known encoding fits).
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
            if text.strip() and not _plausible(text):
                raise ReadingError("encoding", offset=2)
            return _checked(text)
        except UnicodeDecodeError as error:
            raise ReadingError("encoding", offset=error.start) from error
    sample = data[:65536]
    controls = sum(byte in _CONTROL for byte in sample)
    if b"\x00" in data or controls > len(sample) // 200 + 2:
        raise ReadingError("binary")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return _checked(data[: error.start].decode("utf-8"))
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as other:
            if other.start >= len(data) - 3 and data[: other.start]:
                text = data[: other.start].decode("gb18030", "strict")
                if _plausible(text):
                    return _checked(text)
            raise ReadingError("encoding", offset=error.start) from other
        if not _plausible(text):
            raise ReadingError("encoding", offset=error.start) from error
        return _checked(text)


def _plausible(text: str) -> bool:
    """Chinese prose in GB18030 is mostly common characters and signs; mis-decoded bytes scatter over the rare planes."""
    seen = [c for c in text[:20000] if not c.isspace()]
    if not seen:
        return False
    common = sum(
        c.isascii()
        or "\u4e00" <= c <= "\u9fff"
        or "\u3000" <= c <= "\u303f"
        or "\uff00" <= c <= "\uffef"
        or "\u2010" <= c <= "\u2027"
        or c in "·×÷°±§№①②③④⑤⑥⑦⑧⑨⑩"
        for c in seen
    )
    encodable = sum(_in_gb2312(c) for c in seen)
    return common >= 0.97 * len(seen) and encodable >= 0.95 * len(seen)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character in "·—–"
    return True


def _checked(text: str) -> str:
    if not text.strip("\ufeff\u200b \t\r\n\u3000\xa0"):
        raise ReadingError("empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")
