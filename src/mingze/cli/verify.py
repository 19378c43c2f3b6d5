"""`mingze verify`: what a receipt file or a case bundle proves, in plain sentences, without a network, without
believing the file.

The key is never taken from the receipt. It comes from `--key`, `--policy` or `--dir`; failing these, from a file
`policy.txt` or `log.vkey` beside the receipt, and then the answer says how little that is worth.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from mingze.cli.main import language as shell_language
from mingze.ledger import LedgerError, Policy, Verification, parse_policy, parse_vkey, policy_with, verify_receipt
from mingze.ledger.bundle import BUNDLE_LIMIT, BundleVerification, is_bundle, verify_bundle
from mingze.ledger.proof import PROOF_LIMIT
from mingze.ledger.receipt import Check, Clock, Statement, Trust
from mingze.words import SHANGHAI, date_words, has, instant_words, language_of, say

EXIT_CODES = {"verified": 0, "refused": 1, "unkeyed": 2, "unreadable": 2}
"""0: verified. 1: something does not match. 2: not a receipt file, no key known, or a wrong option. An instance of
`--dir` that cannot be used ends in 3, as with every command."""

_BESIDE = ("policy.txt", "log.vkey")
_MARKS = {True: "✓", False: "✗", None: "–"}
_SHOWN_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Account:
    """A verification in words: what a page or a terminal shows, in the order in which it is shown."""

    outcome: str
    checks: tuple[tuple[bool | None, str], ...]
    mismatches: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]


def account(verification: Verification, lang: str) -> Account:
    """Put a verification into words; whatever stands in the file is cleaned of characters that could fake a line."""
    return Account(
        say(f"ledger-outcome-{verification.outcome}", lang),
        tuple((check.ok, _check_words(check, lang)) for check in verification.checks),
        tuple(_mismatch_words(check, lang) for check in verification.checks if check.ok is False),
        tuple(_fact_words(verification, lang)),
        tuple(say(f"ledger-limit-{limit.code}", lang, **_shown(limit.values, lang)) for limit in verification.limits),
    )


def printable(text: str) -> str:
    """A text from a file as it may be shown: control, direction and line characters become �, and it is not endless."""
    cleaned = "".join("�" if unicodedata.category(letter)[0] == "C" else letter for letter in text[:_SHOWN_LENGTH])
    return cleaned.replace("\u2028", "�").replace("\u2029", "�") + ("…" if len(text) > _SHOWN_LENGTH else "")


def _shown(values: Mapping[str, str | int], lang: str) -> dict[str, Any]:
    shown: dict[str, Any] = {name: printable(it) if isinstance(it, str) else it for name, it in values.items()}
    if "seen" in values:
        try:
            shown["seen_at"] = instant_words(dt.datetime.fromtimestamp(int(values["seen"]), SHANGHAI), lang)
        except (ValueError, OverflowError, OSError):
            shown["seen_at"] = str(values["seen"])
    if "recorded_at" in values:
        shown["recorded_at"] = _when_words(str(values["recorded_at"]), lang)
    return shown


def _check_words(check: Check, lang: str) -> str:
    state = {True: "passed", False: "failed", None: "open"}[check.ok]
    return say(f"ledger-check-{check.code}-{state}", lang, **_shown(check.values, lang))


def _mismatch_words(check: Check, lang: str) -> str:
    return say(f"ledger-error-{check.values['problem']}", lang, **_shown(check.values, lang))


def _problem_words(problem: LedgerError, lang: str) -> str:
    return say(f"ledger-error-{problem.code}", lang, **_shown(problem.values, lang))


def _fact_words(verification: Verification, lang: str) -> list[tuple[str, str]]:
    statement = verification.statement or Statement({})
    facts = [(say(f"ledger-fact-{name}", lang), _fact(name, value, lang)) for name, value in statement.facts.items()]
    clocks = [(say("ledger-fact-clock", lang), _clock_words(clock, lang)) for clock in statement.clocks]
    inclusion = next(check for check in verification.checks if check.code == "inclusion")
    entry = [
        (say(f"ledger-fact-{name}", lang), printable(str(inclusion.values[name])))
        for name in ("index", "leaf")
        if name in inclusion.values
    ]
    return facts + clocks + entry


def _fact(name: str, value: str, lang: str) -> str:
    if name in ("occurred_at", "recorded_at"):
        return _when_words(value, lang)
    return _known(f"ledger-type-{value}", value, lang) if name == "type" else printable(value)


def _clock_words(clock: Clock, lang: str) -> str:
    op = _known(f"ledger-op-{clock.op}{'_late' if clock.late else ''}", clock.op, lang)
    form = ("provisional" if clock.provisional else "due") if clock.due else "at" if clock.at else "plain"
    when = _when_words(clock.due or clock.at, lang)
    return say(f"ledger-clock-{form}", lang, name=printable(clock.name), op=op, when=when)


def _known(word: str, raw: str, lang: str) -> str:
    return say(word, lang) if has(word, lang) else printable(raw)


def _when_words(text: str, lang: str) -> str:
    try:
        if len(text) == 10:
            return date_words(dt.date.fromisoformat(text), lang)
        return instant_words(dt.datetime.fromisoformat(text), lang)
    except (ValueError, OverflowError):
        return printable(text)


class _Untrusted(Exception):
    """The key or policy the reader named cannot be used."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(problem)
        self.source = source
        self.problem = problem


def _policy(
    file: Path, key: str | None, policy: Path | None, folder: Path | None, lang: str
) -> tuple[Policy | None, Trust]:
    if key is not None:
        return _of_key(key, "--key", lang), "given"
    if policy is not None:
        return _of_file(policy, lang), "given"
    if folder is not None:
        return _of_instance(folder, lang), "instance"
    beside = next((path for name in _BESIDE if (path := file.parent / name).is_file()), None)
    return (_of_file(beside, lang), "beside") if beside else (None, "none")


def _of_key(text: str, source: str, lang: str) -> Policy:
    try:
        return Policy.of_log(parse_vkey(text.strip()))
    except LedgerError as problem:
        raise _Untrusted(source, _problem_words(problem, lang)) from None


def _of_file(path: Path, lang: str) -> Policy:
    try:
        content = path.read_bytes()[:PROOF_LIMIT]
        if path.suffix == ".vkey":
            return _of_key(content.decode("utf-8"), str(path), lang)
        return parse_policy(content)
    except LedgerError as problem:
        raise _Untrusted(str(path), _problem_words(problem, lang)) from None
    except (OSError, UnicodeDecodeError) as problem:
        why = (problem.strerror if isinstance(problem, OSError) else None) or type(problem).__name__
        raise _Untrusted(str(path), say("ledger-cli-unreadable_file", lang, file=str(path), why=why)) from None


def _of_instance(folder: Path, lang: str) -> Policy:
    from mingze.instance import Instance

    if (folder / "ledger" / "policy.txt").is_file():
        return _of_file(folder / "ledger" / "policy.txt", lang)
    instance = Instance.open(folder)
    return instance.log_keys


def _with_announced(policy: Policy, files: Sequence[Path], lang: str) -> Policy:
    try:
        return policy_with(policy, [path.read_bytes()[: PROOF_LIMIT + 1] for path in files])
    except LedgerError as problem:
        raise _Untrusted("--announced", _problem_words(problem, lang)) from None
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        words = say("ledger-cli-unreadable_file", lang, file=str(problem.filename), why=why)
        raise _Untrusted("--announced", words) from None


@click.command(
    short_help="Check a receipt file offline.",
    epilog="Example: mingze verify receipt.tlog-proof --key log.mingyuan.example/mingze/1+1a2b3c4d+AX… "
    "Exit codes: 0 verified; 1 refused (what does not match is printed); 2 not a receipt file, no key known, or a "
    "wrong option; 3 the instance of --dir cannot be used.",
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--key", metavar="VKEY", help="The public key of the authority's ledger, as printed on the receipt.")
@click.option("--policy", type=click.Path(path_type=Path), help="A C2SP tlog-policy file: ledgers and witnesses.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Trust the key of this instance folder.")
@click.option("--announced", type=click.Path(path_type=Path), multiple=True, help="The receipt of a new key.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--lang", type=click.Choice(["zh", "en", "zh-Hans"]), help="Language of the sentences.")
def verify(
    file: Path | None,
    key: str | None,
    policy: Path | None,
    folder: Path | None,
    announced: tuple[Path, ...],
    as_json: bool,
    lang: str | None,
) -> None:
    """Check a receipt FILE offline, or a case bundle, and say in plain words what it proves and what it does not.

    The key is never taken from the receipt itself. Without --key, --policy or --dir, a policy.txt or log.vkey beside
    FILE is used; with no key at all the answer is "not verified". Where the ledger has changed its key since, give
    the receipt of each announcement with --announced; it is verified under the key you know first.

    With - as FILE the receipt is read from standard input. With --dir and no FILE the receipt code is: it is never an
    argument, because arguments stand in lists of processes and in histories; then every record of the case is checked.
    """
    language = language_of(lang) if lang else shell_language()
    if sum(given is not None for given in (key, policy, folder)) > 1:
        _stop("one_trust", say("ledger-cli-one_trust", language), as_json)
    try:
        if file is None:
            file, data = Path("-"), _of_code(folder, language, as_json)
        elif file == Path("-"):
            data = sys.stdin.buffer.read(BUNDLE_LIMIT + 1)
        else:
            with file.open("rb") as receipt:
                data = receipt.read(BUNDLE_LIMIT + 1)
    except FileNotFoundError:
        _stop("no_file", say("ledger-cli-no_file", language, file=str(file)), as_json)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        _stop("unreadable_file", say("ledger-cli-unreadable_file", language, file=str(file), why=why), as_json)
    try:
        trusted, trust = _policy(file, key, policy, folder, language)
        if trusted is not None and announced:
            trusted = _with_announced(trusted, announced, language)
    except _Untrusted as problem:
        text = say("ledger-cli-bad_trust", language, source=printable(problem.source), problem=problem.problem)
        _stop("bad_trust", text, as_json)
    if is_bundle(data):
        bundle = verify_bundle(data, trusted, trust=trust)
        if as_json:
            click.echo(json.dumps(_bundle_for_programs(bundle, language), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(_bundle_lines(bundle, str(file), language)))
        raise SystemExit(EXIT_CODES[bundle.outcome])
    verification = verify_receipt(data, trusted, trust=trust)
    if as_json:
        click.echo(json.dumps(_for_programs(verification, language), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(verification, str(file), language)))
    raise SystemExit(EXIT_CODES[verification.outcome])


def _of_code(folder: Path | None, lang: str, as_json: bool) -> bytes:
    """The records and proofs of the case whose receipt code stands on standard input, from the instance at hand."""
    from mingze.instance import Instance
    from mingze.jobs.bundle import NotYetSigned, bundle_of
    from mingze.ledger.bundle import format_bundle

    if folder is None:
        _stop("no_file_given", say("ledger-cli-no_file_given", lang), as_json)
    instance = Instance.open(folder)
    if sys.stdin.isatty():
        click.echo(say("export-case-ask", lang), err=True)
    code = sys.stdin.readline()
    try:
        register = instance.register(write=False)
        holder = register.holder(code)
        if holder is None:
            _stop("unknown_code", say("export-case-unknown", lang), as_json)
        return format_bundle(bundle_of(register, holder.case_id, instance.clock.now(), party=holder.party))
    except NotYetSigned:
        _stop("not_yet_signed", say("export-case-not-yet", lang), as_json)
    finally:
        instance.close()


def _stop(code: str, text: str, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"outcome": "usage", "problem": code, "text": text}, ensure_ascii=False, indent=2))
    else:
        click.echo(text, err=True)
    raise SystemExit(2)


def _for_programs(verification: Verification, lang: str) -> dict[str, Any]:
    words = account(verification, lang)
    found = verification.to_json()
    found["text"] = words.outcome
    for check, (_, text) in zip(found["checks"], words.checks, strict=True):
        check["text"] = text
    for limit, text in zip(found["not_proved"], words.limits, strict=True):
        limit["text"] = text
    found["mismatches"] = list(words.mismatches)
    return found


def _lines(verification: Verification, file: str, lang: str) -> list[str]:
    words, outcome = account(verification, lang), verification.outcome
    lines = [words.outcome]
    if words.mismatches:
        lines += ["", say("ledger-heading-mismatch", lang)]
        for check in verification.checks:
            if check.ok is False:
                lines += [f"  {_MARKS[False]} {_check_words(check, lang)}", f"    {_mismatch_words(check, lang)}"]
    if outcome != "unreadable":
        settled = [(ok, text) for ok, text in words.checks if ok or (ok is None and outcome != "verified")]
        lines += ["", say("ledger-heading-" + ("proved" if outcome == "verified" else "checked"), lang)]
        lines += [f"  {_MARKS[ok]} {text}" for ok, text in settled]
    if outcome in ("verified", "unkeyed"):
        lines += ["", say("ledger-heading-" + ("statement" if outcome == "verified" else "claimed"), lang)]
        widest = max((_columns(label) for label, _ in words.facts), default=0)
        lines += [f"  {label}{' ' * (widest - _columns(label))}  {value}" for label, value in words.facts]
        lines += ["", say("ledger-heading-not_proved", lang), *(f"  · {text}" for text in words.limits)]
    step = {"unkeyed": "key", "refused": "refused", "unreadable": "unreadable"}.get(outcome)
    if step:
        lines += ["", say("ledger-heading-next", lang), f"  {say(f'ledger-next-{step}', lang, file=printable(file))}"]
    return lines


def bundle_check_words(check: Check, lang: str) -> str:
    """One check of a bundle in words; where it asks what a receipt asks, it says so of all records."""
    state = {True: "passed", False: "failed", None: "open"}[check.ok]
    word = f"ledger-bundle-{check.code}-{state}"
    return say(word if has(word, lang) else f"ledger-check-{check.code}-{state}", lang, **_shown(check.values, lang))


def _bundle_mismatch(check: Check, lang: str) -> str:
    words = _mismatch_words(check, lang)
    at = check.values.get("record")
    return say("ledger-bundle-at-record", lang, n=at, problem=words) if at else words


def _bundle_for_programs(bundle: BundleVerification, lang: str) -> dict[str, Any]:
    found = bundle.to_json()
    found["text"] = say(f"ledger-bundle-outcome-{bundle.outcome}", lang)
    for check, row in zip(bundle.checks, found["checks"], strict=True):
        row["text"] = bundle_check_words(check, lang)
    for limit, row in zip(bundle.limits, found["not_proved"], strict=True):
        row["text"] = say(f"ledger-limit-{limit.code}", lang, **_shown(limit.values, lang))
    found["mismatches"] = [_bundle_mismatch(check, lang) for check in bundle.checks if check.ok is False]
    return found


def _bundle_lines(bundle: BundleVerification, file: str, lang: str) -> list[str]:
    outcome = bundle.outcome
    lines = [say(f"ledger-bundle-outcome-{outcome}", lang)]
    failed = [check for check in bundle.checks if check.ok is False]
    if failed:
        lines += ["", say("ledger-heading-mismatch", lang)]
        for check in failed:
            lines += [f"  {_MARKS[False]} {bundle_check_words(check, lang)}", f"    {_bundle_mismatch(check, lang)}"]
    if outcome != "unreadable":
        shown = [check for check in bundle.checks if check.ok or (check.ok is None and outcome != "verified")]
        lines += ["", say("ledger-heading-" + ("proved" if outcome == "verified" else "checked"), lang)]
        lines += [f"  {_MARKS[check.ok]} {bundle_check_words(check, lang)}" for check in shown]
    if outcome in ("verified", "unkeyed"):
        lines += ["", say("ledger-heading-" + ("statement" if outcome == "verified" else "claimed"), lang)]
        for statement in bundle.statements:
            facts = statement.facts
            what = printable(facts.get("action", "")) or _known(f"ledger-type-{facts['type']}", facts["type"], lang)
            when, by = _when_words(facts["recorded_at"], lang), facts.get("office", "")
            lines.append("  " + say("ledger-bundle-record", lang, n=facts["n"], when=when, what=what, by=printable(by)))
            lines += [f"      {_clock_words(clock, lang)}" for clock in statement.clocks]
        lines += ["", say("ledger-heading-not_proved", lang)]
        lines += [f"  · {say(f'ledger-limit-{it.code}', lang, **_shown(it.values, lang))}" for it in bundle.limits]
    step = {"unkeyed": "key", "refused": "refused", "unreadable": "unreadable"}.get(outcome)
    if step:
        lines += ["", say("ledger-heading-next", lang), f"  {say(f'ledger-next-{step}', lang, file=printable(file))}"]
    return lines


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
