"""What was entered in a form, held against the fields the procedure declares, before anything is sealed.

Text is brought to Unicode NFC and CR LF to LF, and blanks at its ends go. Four marks that nobody can see and that carry
no meaning (zero-width space, word joiner, byte-order mark, soft hyphen) are left out; joiners that join letters or
emoji stay. Control characters, direction overrides and other things that could make a text look like another are not
removed but refused, with their place, so that nothing is lost unsaid. A field of invisible marks alone is empty, and is
told so in those words. Every problem of the form is listed, each with its field.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from mingze.exchange.uploads import UploadRefused, examine, kind_of
from mingze.procedure import Action, FormField, Procedure
from mingze.store.errors import FieldProblem, Invalid

FILE_LIMIT: Final = 20 * 1024 * 1024
"""Bytes in one file that comes with a matter."""

LINE_BREAKS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
JOINERS: Final = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
REFUSED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters; a tab is turned into a blank before
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"  # marks that turn the direction of what follows
    "\u2061-\u2065\u206a-\u206f\ufff9-\ufffc\U000e0000-\U000e007f"  # invisible operators, interlinear marks, tags
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of characters and non-characters
)
EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
PHONE: Final = re.compile(r"\+?[0-9](?:[ -]?[0-9]){5,19}")


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: the field it was chosen in, its name and type as the browser said them, its bytes."""

    field: str
    name: str
    type: str
    data: bytes


class OfficeRegister(Protocol):
    """What is asked of the register of competences."""

    def __contains__(self, office_id: object) -> bool: ...

    def post(self, post_id: str) -> object: ...


@dataclass(frozen=True)
class Entered:
    """A form that fits: public facts, texts by the slot they seal into, and files."""

    facts: Mapping[str, Any]
    slots: Mapping[str, Mapping[str, Any]]
    files: tuple[Upload, ...]
    reach: str


class _Problem(Exception):
    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def clean_text(value: str) -> str:
    """A text as it is kept. Raises ValueError with the place (from 1) of a character that is refused."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", LINE_BREAKS.sub("\n", value)).replace("\t", " ")).strip()
    found = REFUSED.search(text)
    if found:
        raise ValueError(found.start() + 1)
    return text if JOINERS.sub("", text).strip() else ""


def check_form(
    procedure: Procedure,
    action: Action,
    fields: Mapping[str, Any],
    files: Sequence[Upload],
    offices: OfficeRegister,
    *,
    records: bool = False,
) -> Entered:
    """What was entered, cleaned and sorted into public facts and sealed slots.

    `records` lets fields of type `record` in, which only the system fills.

    Raises:
        Invalid: with every problem of every field: `missing`, `invisible_only`, `not_text`, `too_long`,
            `control_character`, `line_break`, `bad_choice`, `bad_date`, `bad_number`, `bad_contact`, `unknown_office`,
            `unknown_post`, `too_many_files`, `file_too_large`, `file_empty`, `unknown_field`, and what
            `exchange.uploads.examine` refuses a file for.
    """
    problems: list[FieldProblem] = []
    facts: dict[str, Any] = {}
    slots: dict[str, dict[str, Any]] = {}
    reach = ""
    taken = {name: procedure.fields[name] for name in action.takes}
    for name in fields:
        if name not in taken or taken[name].type == "files":
            problems.append(FieldProblem(name, "unknown_field", {}))
    for name, field in taken.items():
        try:
            if field.type == "files":
                _check_files(field, [file for file in files if file.field == name])
                continue
            if field.type == "record" and not records:
                raise _Problem("unknown_field") if name in fields else _Problem("missing")
            value = _value(field, fields.get(name), offices)
        except _Problem as problem:
            problems.append(FieldProblem(name, problem.code, problem.values))
            continue
        if value in (None, "", []):
            continue
        if field.type == "email_or_phone":
            reach = "email" if "@" in value else reach or "phone"
        if field.public:
            facts[name] = value
        elif field.seals:
            slots.setdefault(field.seals, {})[name] = value
    known = {name for name, field in taken.items() if field.type == "files"}
    problems += [FieldProblem(file.field, "unknown_field", {}) for file in files if file.field not in known]
    if problems:
        raise Invalid(problems)
    return Entered(facts, slots, tuple(_named(file) for file in files), reach)


def _value(field: FormField, value: Any, offices: OfficeRegister) -> Any:
    if value is None or value == "" or value == []:
        if field.required:
            raise _Problem("missing")
        return None
    return _READERS[field.type](field, value, offices)


def _text(field: FormField, value: Any, offices: OfficeRegister) -> str:
    if not isinstance(value, str):
        raise _Problem("not_text")
    try:
        text = clean_text(value)
    except ValueError as error:
        raise _Problem("control_character", position=error.args[0]) from None
    if not text and field.required:
        raise _Problem("invisible_only" if value.strip() else "missing")
    if len(text) > field.max_length:
        raise _Problem("too_long", limit=field.max_length, length=len(text))
    return text


def _line(field: FormField, value: Any, offices: OfficeRegister) -> str:
    text = _text(field, value, offices)
    if "\n" in text:
        raise _Problem("line_break")
    return text


def _choice(field: FormField, value: Any, offices: OfficeRegister) -> str:
    if not isinstance(value, str) or value not in field.choices:
        raise _Problem("bad_choice")
    return value


def _date(field: FormField, value: Any, offices: OfficeRegister) -> str:
    text = value.isoformat() if isinstance(value, date) else _line(field, value, offices)
    if not text and not field.required:
        return ""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise _Problem("bad_date")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _Problem("bad_date") from None


def _number(field: FormField, value: Any, offices: OfficeRegister) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _Problem("bad_number")
    text = unicodedata.normalize("NFKC", str(value)).strip().replace(",", "")
    if not text and not field.required:
        return None
    try:
        number = float(text)
    except ValueError:
        raise _Problem("bad_number") from None
    if not math.isfinite(number) or abs(number) >= 1e15 or not re.fullmatch(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?", text, re.I):
        raise _Problem("bad_number")
    return int(number) if number.is_integer() else number


def _contact(field: FormField, value: Any, offices: OfficeRegister) -> str:
    text = unicodedata.normalize("NFKC", _line(field, value, offices)).strip()
    if text and not (EMAIL.fullmatch(text) and len(text) <= 254) and not PHONE.fullmatch(text):
        raise _Problem("bad_contact")
    return text


def _office(field: FormField, value: Any, offices: OfficeRegister) -> str:
    if not isinstance(value, str) or value not in offices:
        raise _Problem("unknown_office")
    return value


def _post(field: FormField, value: Any, offices: OfficeRegister) -> str:
    try:
        offices.post(value)
    except (KeyError, TypeError):
        raise _Problem("unknown_post") from None
    return value


def _offices(field: FormField, value: Any, offices: OfficeRegister) -> list[str]:
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list | tuple):
        raise _Problem("unknown_office")
    return [_office(field, item.strip() if isinstance(item, str) else item, offices) for item in listed]


def _record(field: FormField, value: Any, offices: OfficeRegister) -> Any:
    if isinstance(value, str):
        return _text(field, value, offices)
    if isinstance(value, Mapping):
        return dict(value)
    raise _Problem("not_text")


_READERS: Final[Mapping[str, Callable[[FormField, Any, OfficeRegister], Any]]] = {
    "text": _text,
    "line": _line,
    "choice": _choice,
    "date": _date,
    "number": _number,
    "email_or_phone": _contact,
    "office": _office,
    "offices": _offices,
    "post": _post,
    "record": _record,
}


def _check_files(field: FormField, files: Sequence[Upload]) -> None:
    if not files and field.required:
        raise _Problem("missing")
    if len(files) > field.max_length:
        raise _Problem("too_many_files", limit=field.max_length, count=len(files))
    for file in files:
        if not file.data:
            raise _Problem("file_empty", name=_safe_name(file.name))
        if len(file.data) > FILE_LIMIT:
            raise _Problem("file_too_large", name=_safe_name(file.name), limit_mb=FILE_LIMIT // (1024 * 1024))
        try:
            examine(_safe_name(file.name), file.data)
        except UploadRefused as refused:
            raise _Problem(refused.code, name=_safe_name(file.name), **refused.values) from None


def _named(file: Upload) -> Upload:
    name = _safe_name(file.name)
    kind = kind_of(name)  # the type that the browser claimed is nobody's word
    return Upload(file.field, name, kind.media_type if kind else "application/octet-stream", file.data)


def _safe_name(name: str) -> str:
    """A file's name without folders or anything that could act: shown to people, never used as a path."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = REFUSED.sub("", INVISIBLE.sub("", LINE_BREAKS.sub("", last))).replace("\n", "").strip(" .")
    return clean[-120:] or "file"
