"""What the server writes to its log: what happened, where in the program, and never a word that a person wrote.

The message of an exception often quotes the value that caused it (a row, a form field, a file name); so only the type
of the exception and the places in the program are written. Query strings, bodies and addresses are never handed to it.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

_LIMIT = 400


class QuietFormatter(logging.Formatter):
    """One line a record, and for an exception the places it went through without its message."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return super().formatTime(record, datefmt or "%Y-%m-%dT%H:%M:%S%z")

    def formatMessage(self, record: logging.LogRecord) -> str:
        # A line break in a path must not begin a second, forged record.
        record.message = "".join(sign if sign.isprintable() else " " for sign in record.message.split("?")[0])[:_LIMIT]
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        kind, _error, trace = ei
        return "\n".join([*_places(trace), f"  {getattr(kind, '__module__', '')}.{getattr(kind, '__name__', kind)}"])


def _places(trace: TracebackType | None) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
