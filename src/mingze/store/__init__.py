"""The store: the only writer of events, and everything that is read of them.

`Register` is the door. `migrate` makes or updates its tables; a database of another version is refused.
"""

from mingze.store.codes import read_code, show_code
from mingze.store.errors import FieldProblem, Invalid, OtherVersion, ReviewRefused, Unavailable
from mingze.store.fields import Upload
from mingze.store.pages import CaseFilter, CaseRow, Page
from mingze.store.publishing import PublishRefused
from mingze.store.register import (
    RECORD_PARTY,
    Acted,
    CaseFile,
    Filed,
    Keys,
    OpenedFile,
    Register,
    StoredEvent,
)
from mingze.store.schema import SCHEMA_VERSION, migrate, schema_version

__all__ = [
    "RECORD_PARTY",
    "SCHEMA_VERSION",
    "Acted",
    "CaseFile",
    "CaseFilter",
    "CaseRow",
    "FieldProblem",
    "Filed",
    "Invalid",
    "Keys",
    "OpenedFile",
    "OtherVersion",
    "Page",
    "PublishRefused",
    "Register",
    "ReviewRefused",
    "StoredEvent",
    "Unavailable",
    "Upload",
    "migrate",
    "read_code",
    "schema_version",
    "show_code",
]
