"""`mingze`: the group of all commands. Each is loaded when it is called, so that `mingze due` starts without Django.

Exit codes, the same for every command: 0 done; 1 the answer is no (a receipt refused, a check failed); 2 the command
was used wrongly; 3 the instance cannot be used as it is (missing, locked, other version, database not there); 70 a
fault of the program; 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import Any

import click

from mingze.cli.frame import speak
from mingze.words import has, language_of, say

COMMANDS = (
    "demo",
    "init",
    "serve",
    "upgrade",
    "doctor",
    "staff",
    "decompose",
    "documents",
    "file",
    "bulletin",
    "export-case",
    "due",
    "verify",
    "ledger",
    "backup",
    "restore",
    "signer",
    "keys",
    "vault",
    "erase",
    "retention",
    "witness",
    "monitor",
    "check",
    "measures",
    "procedures",
)
"""Every command, in the order of the help; `mingze.cli.<name>` has a click command of the same name (a
hyphen is an underscore there)."""

EXIT_NO, EXIT_USAGE, EXIT_INSTANCE, EXIT_FAULT = 1, 2, 3, 70


class Said(click.ClickException):
    """A refusal in one clear sentence, with the exit code it ends in."""

    def __init__(self, sentence: str, exit_code: int = EXIT_INSTANCE) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code  # pyright: ignore[reportAttributeAccessIssue]  # click itself sets it so

    def show(self, file: Any = None) -> None:
        click.echo(f"mingze: {self.message}", file=file, err=True)


def language() -> str:
    """The language to speak: ``--lang`` anywhere on the line, else the one of the shell; English in the C locale."""
    words = sys.argv[1:]
    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return language_of(word.partition("=")[2], default="en")
        if word == "--lang" and at + 1 < len(words):
            return language_of(words[at + 1], default="en")
    shell = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return language_of(shell, default="en")


speak(language)


class Commands(click.Group):
    """Loads a command when it is called, words its help in the reader's language, and turns errors into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(importlib.import_module(f"mingze.cli.{name}"), name)
        _word(command, f"cli-{cmd_name}", language())
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("cli-about", language()))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = language()
        with formatter.section(say("cli-commands", lang)):
            formatter.write_dl([(name, say(f"cli-{name}-short", lang)) for name in COMMANDS])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(say("cli-exit-codes", language()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.exceptions.Abort, click.ClickException, SystemExit, KeyboardInterrupt):
            raise
        except BrokenPipeError:
            raise SystemExit(0) from None
        except Exception as error:
            raise _said(error) from error


def _word(command: click.Command, words: str, lang: str) -> None:
    """Put the catalogue's words for a command and its options in place of those in the code, where it has them."""
    if has(f"{words}-help", lang):
        command.help = say(f"{words}-help", lang)
    if has(f"{words}-example", lang):
        command.epilog = say(f"{words}-example", lang)
    for parameter in command.params:
        name = str(parameter.name).replace("_", "-")
        for word in (f"{words}-option-{name}", f"cli-option-{name}"):
            if isinstance(parameter, click.Option) and has(word, lang):
                parameter.help = say(word, lang)
                break
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            _word(inner, f"{words}-{name}", lang)


def _said(error: Exception) -> Said:
    """What an error means to the person at the terminal."""
    lang = language()
    code, values = getattr(error, "code", None), getattr(error, "values", {})
    if isinstance(code, str):
        families = (f"instance-{code}", f"unavailable-{code}", f"refused-{code}", f"review-{code}")
        for word in (word for family in families for word in (f"{family}-staff", family)):
            if has(word, lang):
                return Said(say(word, lang, **dict(values)))
    if os.environ.get("MINGZE_DEBUG"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"
    return Said(say("cli-fault", lang, kind=type(error).__name__, place=place), EXIT_FAULT)


@click.command(cls=Commands, name="mingze", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mingze", message="mingze %(version)s")
def main() -> None:
    """Casework for local government."""
