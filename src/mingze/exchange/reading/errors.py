"""Why a file could not be read: a stable code, worded for people in the catalogue as `reading-<code>`."""

from __future__ import annotations

from typing import Any


class ReadingError(Exception):
    """The file is not usable as a document. Nothing of it has been kept.

    `code` is stable (`empty`, `too-large`, `binary`, `encoding`, `encrypted`, `macros`, `zip-bomb`, `broken`, `image-only`,
    `unsupported`, `no-text`, `wrong-extension`); `values` are the figures the message names.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        said = ", ".join(f"{key}={value}" for key, value in sorted(self.values.items()))
        return f"{self.code} ({said})" if said else self.code
