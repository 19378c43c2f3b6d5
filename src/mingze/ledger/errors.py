"""What can be wrong with a ledger artefact: one exception with a stable code and the values that explain it.

The sentences people read are in the word catalogue under `ledger-error-<code>`; nothing here is worded.
"""

from __future__ import annotations


class LedgerError(ValueError):
    """An artefact of the ledger is malformed, or an argument lies outside the tree.

    `code` is stable and `values` say what was expected and what was found; both are plain JSON values.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code if not values else f"{code}: " + ", ".join(f"{k}={v!r}" for k, v in values.items()))
        self.code = code
        self.values = values
