"""Documents."""

from typing import Any


class Documents:
    """Stub."""

    def __init__(self, register: Any) -> None:
        self._register = register
