"""People of the authority, the posts they hold and how they sign in; which office answers for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingze.accounts.doors import staff_required as staff_required

__all__ = ["staff_required"]


def __getattr__(name: str) -> Any:
    # Lazily, because `mingze.accounts.offices` is used by programs that never load Django.
    if name == "staff_required":
        from mingze.accounts.doors import staff_required

        return staff_required
    raise AttributeError(name)
