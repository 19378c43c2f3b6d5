"""What anyone may read of a case now, by the procedure's own rows of publication and nothing else."""

from __future__ import annotations

from typing import Any

from mingze.casework.case import Case
from mingze.procedure.model import Procedure


def published(procedure: Procedure, case: Case) -> list[tuple[str, dict[str, Any]]]:
    """The rows of publication that stand now, in table order, each with the public fields it shows.

    A row stands once one of its actions has been taken (`on`), until one that ends it is (`until`); publishing again
    after that makes it stand again. A field nobody has stated is left out.

    Law: the article each row cites. Sealed content is never among it: only facts of the case are.
    """
    out: list[tuple[str, dict[str, Any]]] = []
    for name, row in procedure.publication.items():
        since = max((case.seen.get(action, 0) for action in row.on), default=0)
        if since > max((case.seen.get(action, 0) for action in row.until), default=0):
            out.append((name, {field: case.facts[field] for field in row.shows if field in case.facts}))
    return out
