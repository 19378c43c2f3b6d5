"""Documents: text to commitments with exact spans, and a ledger in which every character has exactly one state.

The room is pure: it is given a text (and the structure a file reader found) and returns values. `decompose` reads a document;
`split_row`, `merge_rows` and `read_span` serve the review desk; the rules are numbered in `rules`.
"""

from mingze.documents.comparing import CHANGES, Change, compare
from mingze.documents.decomposing import decompose
from mingze.documents.decomposition import (
    KINDS,
    STATES,
    Block,
    Commitment,
    CoverageEntry,
    Deadline,
    Decomposition,
    Indicator,
    Relative,
    Sentence,
)
from mingze.documents.doubts import DOUBTS, Doubt, doubts
from mingze.documents.editing import EditError, merge_rows, read_span, split_points, split_row
from mingze.documents.resolving import HOWS, FormerName, OfficeNames, RegisteredOffice, Resolution
from mingze.documents.rules import RULES

__all__ = [
    "CHANGES",
    "DOUBTS",
    "HOWS",
    "KINDS",
    "RULES",
    "STATES",
    "Block",
    "Change",
    "Commitment",
    "CoverageEntry",
    "Deadline",
    "Decomposition",
    "Doubt",
    "EditError",
    "FormerName",
    "Indicator",
    "OfficeNames",
    "RegisteredOffice",
    "Relative",
    "Resolution",
    "Sentence",
    "compare",
    "decompose",
    "doubts",
    "merge_rows",
    "read_span",
    "split_points",
    "split_row",
]
