"""What checking a procedure finds: a code, the place in its files, the values of the sentence, and the way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PROCEDURE, PARAMETERS = "procedure.yaml", "parameters.yaml"


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to refuse a procedure: where it stands (`at`, keys into the file), and for a fault of the run the
    `path` of actions to it.
    """

    code: str
    file: str
    at: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
