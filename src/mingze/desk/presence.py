"""Who else has a document open: a post and the row it stands on, for a few minutes, in memory only.

A hint so that two reviewers do not take the same row, nothing more: no person, no history, nothing is written, and a
post that has not moved for a while is not shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

SHOWN_FOR = timedelta(minutes=5)
_DOCUMENTS = 500


class Presence:
    """The posts at the documents of one register."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: OrderedDict[str, dict[str, tuple[str, datetime]]] = OrderedDict()

    def stands(self, document_id: str, post: str, row_id: str, at: datetime) -> None:
        """A post looks at a row now."""
        with self._lock:
            self._at.setdefault(document_id, {})[post] = (row_id, at)
            self._at.move_to_end(document_id)
            while len(self._at) > _DOCUMENTS:
                self._at.popitem(last=False)

    def others(self, document_id: str, post: str, now: datetime) -> Sequence[tuple[str, str]]:
        """Other posts that moved in this document lately, each with its row."""
        with self._lock:
            here = self._at.get(document_id, {})
            return sorted(
                (other, row_id) for other, (row_id, at) in here.items() if other != post and now - at <= SHOWN_FOR
            )


_of: WeakKeyDictionary[object, Presence] = WeakKeyDictionary()
_lock = threading.Lock()


def presence_of(register: object) -> Presence:
    """The presence at one register's documents, for as long as this process has it open."""
    with _lock:
        return _of.setdefault(register, Presence())
