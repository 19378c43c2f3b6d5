"""The copy of a picture that people are shown: drawn anew from its pixels, so that nothing else of the file is left.

    original, sealed ──► opened under an access record ──► a process of its own, with little memory and time ──► copy

The place, the hour, the telephone and whatever else stood beside the pixels is gone, and so is a second file hidden behind
the picture. The original stays sealed as it came: it is evidence, and whoever handed it in gets it back unchanged.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import lru_cache
from typing import Final

from mingze.exchange.uploads import kind_of

_SECONDS: Final = 30
_AT_ONCE: Final = threading.BoundedSemaphore(2)


class CannotRedraw(Exception):
    """The picture is broken, or made to break whoever opens it: it is not passed on."""


def viewing_copy(name: str, data: bytes) -> bytes:
    """What somebody other than the person who handed a file in is given: a picture redrawn, any other file as it is.

    A file whose content is not what its name says never got in (`mingze.exchange.uploads.examine`). Raises CannotRedraw.
    """
    kind = kind_of(name)
    if kind is None or kind.family != "picture":
        return data
    command = [sys.executable, "-I", "-m", "mingze.exchange.redraw", kind.media_type.partition("/")[2].upper()]
    with _AT_ONCE:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise CannotRedraw from error
    if done.returncode != 0 or not done.stdout:
        raise CannotRedraw
    return done.stdout


@lru_cache(maxsize=4)
def public_copy(name: str, data: bytes) -> bytes:
    """`viewing_copy` for what everybody may read: the last few are kept, so that asking again costs nothing."""
    return viewing_copy(name, data)
