"""Documents and their review: from a text with promises in it to one case for each promise that was accepted.

    proposed ──accept──► accepted ──confirm by a second post──publish──► a case, tied to the exact words
        │  └──reject (with the reason)──► rejected         split, merged: replaced by other rows, and kept
        └──exclude──► excluded: stays text for ever; the store itself opens no case for it

The text as read and what the machine proposed are kept as they were; what people make of a row stands beside it. Every
step says which post took it and when, holds the rows before and after, and can be undone; undoing is a step too. A row
that changed since the reviewer saw it is not overwritten: they are told who changed it and when.
"""

from __future__ import annotations

from mingze.store.document_adding import DocumentAdding
from mingze.store.document_bulk import BulkRefused
from mingze.store.document_cutting import DocumentCutting
from mingze.store.document_deciding import EDITABLE
from mingze.store.document_lists import DocumentLists
from mingze.store.document_publishing import PROCEDURE, DocumentPublishing
from mingze.store.document_rows import (
    OPEN_STATES,
    CommitmentRow,
    Document,
    DocumentHead,
    ReviewRow,
    Sentence,
    Step,
)
from mingze.store.document_sheet import DocumentSheet
from mingze.store.document_versions import VersionChange

__all__ = [
    "EDITABLE",
    "OPEN_STATES",
    "PROCEDURE",
    "BulkRefused",
    "CommitmentRow",
    "Document",
    "DocumentHead",
    "Documents",
    "ReviewRow",
    "Sentence",
    "Step",
    "VersionChange",
]


class Documents(DocumentAdding, DocumentLists, DocumentSheet, DocumentCutting, DocumentPublishing):
    """The documents of one register. Every change passes through its one writer."""
