"""People of the authority, the posts they hold and how they sign in; which office answers for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingze.accounts.doors import staff_required as staff_required
    from mingze.accounts.step_up import fresh as fresh
    from mingze.accounts.step_up import is_fresh as is_fresh

__all__ = ["fresh", "is_fresh", "staff_required"]


def __getattr__(name: str) -> Any:
    # Lazily, because `mingze.accounts.offices` is used by programs that never load Django.
    if name == "staff_required":
        from mingze.accounts.doors import staff_required

        return staff_required
    if name in {"fresh", "is_fresh"}:
        from mingze.accounts import step_up

        return getattr(step_up, name)
    raise AttributeError(name)
