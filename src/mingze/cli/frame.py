"""The frame that click sets around our own words ("Usage:", "Options", "No such option"), in the language of the reader.

click asks `gettext` for its texts and finds no translation; it is given the catalogue's instead, by the table below. A text
that is not in the table stays English, and a test keeps the table to the texts click has.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from typing import Any

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from mingze.words import say

FRAME: Mapping[str, str] = {
    "Usage:": "usage",
    "Options": "options",
    "Commands": "commands",
    "Positional arguments": "arguments",
    "Show this message and exit.": "help",
    "Show the version and exit.": "version",
    "Error: {message}": "error",
    "Try '{command} {option}' for help.": "try",
    "Aborted!": "aborted",
    "Missing command.": "missing-command",
    "Missing argument": "missing-argument",
    "Missing option": "missing-option",
    "Missing parameter": "missing-parameter",
    "No such option {name!r}.": "no-such-option",
    "No such command {name!r}.": "no-such-command",
    "Invalid value: {message}": "invalid",
    "Invalid value for {param_hint}: {message}": "invalid-for",
    "Option {name!r} does not take a value.": "takes-no-value",
    "{value!r} is not a valid {number_type}.": "not-a-number",
    "{value} is not in the range {range}.": "not-in-range",
    "{name} {filename!r} does not exist.": "does-not-exist",
    "{name} {filename!r} is a file.": "is-a-file",
    "{name} {filename!r} is a directory.": "is-a-folder",
    "{name} {filename!r} is not readable.": "not-readable",
    "{name} {filename!r} is not writable.": "not-writable",
    "Could not open file {filename!r}: {message}": "cannot-open",
    "Did you mean {possibility}?": "did-you-mean",
    "(Did you mean one of: {possibilities}?)": "did-you-mean-one",
    "Got unexpected extra argument ({args})": "extra-argument",
    "Got unexpected extra arguments ({args})": "extra-arguments",
    "Option {name!r} requires an argument.": "needs-value",
    "Option {name!r} requires {nargs} arguments.": "needs-values",
    "{value!r} is not {choice}.": "not-choice",
    "{value!r} is not one of {choices}.": "not-one-of",
    "default: {default}": "default",
    "required": "required",
    "file": "file",
    "directory": "folder",
    "path": "path",
}
"""click's own text → `cli-frame-<id>` of the catalogue; what stands in braces click fills in itself."""

_MODULES: tuple[Any, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)


def speak(language: Callable[[], str]) -> None:
    """From now on click says its frame in the language that is asked for at that moment."""

    def translated(text: str) -> str:
        word = FRAME.get(text)
        return say(f"cli-frame-{word}", language()) if word is not None else gettext.gettext(text)

    def counted(one: str, many: str, count: int) -> str:
        return translated(one if count == 1 else many)

    for module in _MODULES:
        if hasattr(module, "_"):
            module._ = translated
        if hasattr(module, "ngettext"):
            module.ngettext = counted
