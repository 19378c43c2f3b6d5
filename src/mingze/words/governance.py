"""Says a public record of how the register is run as one sentence, for pages, letters and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from mingze.words import date_words, has, say

_DIGITS = 12
"""How much of a digest is shown; enough to compare by eye."""


def governance_words(kind: str, facts: Mapping[str, Any], lang: str) -> str:
    """One sentence. A kind of a later version, or facts that lack something, get a plain one that names the kind.

    The facts may come from a file: only plain values are used, and nothing in them is markup.
    """
    values = {name: _shown(name, value, lang) for name, value in facts.items() if isinstance(value, str | int)}
    word = f"governance-{kind}"
    needed = _NEEDED.get(kind)
    if needed is None or not has(word, lang) or not needed <= values.keys():
        return say("governance-other", lang, kind=kind)
    if kind == "new_log":
        values["lost"] = max(int(facts["old_size"]) - int(facts["kept"]), 0)
    said = say(word, lang, **{name: values[name] for name in values.keys() & (needed | {"lost"})})
    deferred = values.get("deferred") if kind == "statement" else None
    if not isinstance(deferred, int) or deferred < 1:  # statements made before there were deferrals do not count them
        return said
    return said + ("" if lang == "zh-Hans" else " ") + say("governance-statement-deferred", lang, deferred=deferred)


_NEEDED: Mapping[str, frozenset[str]] = {
    "key": frozenset({"vkey"}),
    "next_key": frozenset({"vkey", "before", "reason"}),
    "key_end": frozenset({"vkey", "after"}),
    "vault_key": frozenset({"kek", "before"}),
    "procedure": frozenset({"name", "hash"}),
    "calendar": frozenset({"version"}),
    "release": frozenset({"program", "version"}),
    "verifier": frozenset({"sha256"}),
    "new_log": frozenset({"origin", "old_origin", "old_size", "kept", "reason"}),
    "value": frozenset({"indicator", "as_of", "value", "source"}),
    "request": frozenset({"ask", "subject", "basis"}),
    "voice_codes": frozenset({"number", "codes", "given"}),
    "voices": frozenset({"number", "way", "voices"}),
    "draw": frozenset({"step", "subject", "size", "of", "tree_size"}),
    "recheck": frozenset({"number", "finding"}),
    "statement": frozenset(
        {
            "on",
            "received",
            "answered_in_time",
            "answered_late",
            "overdue_open",
            "overdue_unmarked",
            "readings",
            "erasures",
        }
    ),
}


def _shown(name: str, value: str | int, lang: str) -> str | int:
    if isinstance(value, int):
        return int(value)
    if name in ("hash", "sha256"):
        return value.removeprefix("sha256:")[:_DIGITS]
    if name in ("on", "as_of"):
        try:
            return date_words(dt.date.fromisoformat(value), lang, weekday=False)
        except ValueError:
            return value
    return value
