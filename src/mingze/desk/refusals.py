"""Why a step is not possible, in the words of the case: ids of roles, offices, stages and fields become their names.

The engine refuses with a code and raw values; staff must read which case, what was expected and what is, the law,
what has not changed and the next step. `staff_words` says it whole, `why_words` in the few words that stand beside a
step that is not possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices, Post
from mingze.casework import Actor
from mingze.portal.citations import cite_words
from mingze.procedure.model import Procedure
from mingze.words import Refusal, date_words, has, instant_words, local, refusal_words, say

_SEPARATOR = {"zh-Hans": "”或“", "en": "” or “"}
_DAYS = ("until", "due", "on")
_INSTANTS = ("closed_at", "occurred_at", "last_at", "now", "taken_at")
_EMPTY = (
    "case", "procedure", "action", "who", "post", "law", "stage", "stages", "first", "clock", "role", "other",
    "office", "field", "closed_at", "until", "due", "on", "occurred_at", "last_at", "now", "detail", "parameter",
    "name", "row", "verb", "state", "taken_at",
)  # fmt: skip
_ZERO = (
    "expected_n",
    "n",
    "at_most",
    "count",
    "found",
    "wanted",
    "pending",
    "without_lead",
    "doubts",
    "unconfirmed",
    "changes",
)


@dataclass(frozen=True)
class _Worded:
    code: str
    values: Mapping[str, Any]


def office_words(offices: Offices, office_id: str, lang: str) -> str:
    """An office by its short name; one the register no longer knows by its id, so that nothing is hidden."""
    return local(offices.office(office_id).short, lang) if office_id in offices else office_id


def post_words(offices: Offices, post_id: str, lang: str) -> str:
    """A post with its office: 区住建局承办岗 / Handler, Housing Bureau."""
    try:
        post: Post = offices.post(post_id)
    except KeyError:
        return post_id
    return say("desk-post", lang, office=office_words(offices, post.office, lang), post=local(post.name, lang))


def role_words(procedure: Procedure, role: str, lang: str) -> str:
    """A part somebody plays in a case: an office's role or a party's name in the procedure."""
    named = procedure.offices.get(role) or procedure.parties.get(role)
    return local(named.text, lang) if named is not None else role


def bearer_words(procedure: Procedure, offices: Offices, role: str, office: str, function: str, lang: str) -> str:
    """Who a step belongs to: the bound office and the kind of post, or the role while no office holds it."""
    if role in procedure.parties or not office:
        holder = role_words(procedure, role, lang)
    else:
        holder = office_words(offices, office, lang)
    if not function:
        return holder
    return say("desk-who-function", lang, office=holder, function=function_words(offices, office, function, lang))


def function_words(offices: Offices, office: str, function: str, lang: str) -> str:
    """A kind of post in words. Functions are open words of the register of competences: one the catalogue does not
    know is called by the posts that have it, in this office or, if it has none, in any."""
    word = f"desk-function-{function}"
    if has(word, lang):
        return say(word, lang)
    able = [post for post in offices.posts if function in post.functions]
    here = [post for post in able if post.office == office] or able
    names = dict.fromkeys(local(post.name, lang) for post in here)
    return ("、" if lang == "zh-Hans" else " / ").join(names) or say("desk-function-other", lang)


def day_or_instant(text: str, lang: str) -> str:
    """An ISO day or instant in words; anything else as it is."""
    try:
        if "T" in text:
            return instant_words(datetime.fromisoformat(text), lang)
        return date_words(date.fromisoformat(text), lang)
    except ValueError:
        return text


def worded(
    refused: Refusal, procedure: Procedure | None, offices: Offices, lang: str, *, number: str, actor: Actor | None
) -> _Worded:
    """The refusal with every id among its values replaced by the name people know."""
    given = dict(refused.values)
    values: dict[str, Any] = {**dict.fromkeys(_EMPTY, ""), **dict.fromkeys(_ZERO, 0), "case": number, **given}
    if actor is not None:
        values["post"] = post_words(offices, actor.post, lang)
    for key in (*_DAYS, *_INSTANTS):
        if isinstance(values[key], str) and values[key]:
            values[key] = day_or_instant(values[key], lang)
    if procedure is not None:
        action = procedure.actions.get(str(given.get("action", "")))
        values["procedure"] = local(procedure.title, lang)
        if action is not None:
            values["action"] = local(action.label, lang)
            values["law"] = cite_words(procedure, action.cite, lang)
            if refused.code == "not_met" and action.when is not None:
                values["detail"] = local({"zh": action.when.zh, "en": action.when.en}, lang)
            if action.when is not None:
                values["detail"] = local(action.when.text, lang)
        first = procedure.actions.get(str(given.get("first", "")))
        values["first"] = local(first.label, lang) if first else values["first"]
        stages = given.get("stages") or ()
        values["stages"] = _SEPARATOR[lang].join(_stage(procedure, stage, lang) for stage in stages)
        values["stage"] = _stage(procedure, str(given.get("stage", "")), lang)
        clock = procedure.clocks.get(str(given.get("clock", "")))
        values["clock"] = local(clock.text, lang) if clock else values["clock"]
        field = procedure.fields.get(str(given.get("field", "")))
        values["field"] = local(field.label, lang) if field else values["field"]
        for key in ("role", "other"):
            values[key] = role_words(procedure, str(given.get(key, "")), lang)
        values["who"] = bearer_words(
            procedure,
            offices,
            str(given.get("role", "")),
            str(given.get("office", "")),
            str(given.get("function", "")),
            lang,
        )
    elif given.get("post"):
        values["who"] = post_words(offices, str(given["post"]), lang)
    if given.get("office"):
        values["office"] = office_words(offices, str(given["office"]), lang)
    return _Worded(refused.code, values)


def _stage(procedure: Procedure, stage: str, lang: str) -> str:
    found = procedure.stages.get(stage)
    return local(found.text, lang) if found else stage


def staff_words(
    refused: Refusal,
    procedure: Procedure | None,
    offices: Offices,
    lang: str,
    *,
    number: str = "",
    actor: Actor | None = None,
) -> str:
    """What a refusal says to the member of staff it met, whole: case, expected and got, law, what is unchanged, next
    step."""
    here = number or say("desk-this-case", lang)
    return refusal_words(worded(refused, procedure, offices, lang, number=here, actor=actor), lang, "staff")


def why_words(refused: Refusal, procedure: Procedure, offices: Offices, lang: str) -> str:
    """The short reason that stands beside a step that is not possible now."""
    values = worded(refused, procedure, offices, lang, number="", actor=None)
    word = f"refused-{refused.code}-why"
    return say(word, lang, **values.values) if has(word, lang) else refusal_words(values, lang, "staff")


def review_words(refused: Refusal, numbers: Mapping[str, int], offices: Offices, lang: str) -> str:
    """Why a step of a document's review was not taken: the item by its number, who came first by post and office."""
    given = dict(refused.values)
    values: dict[str, Any] = {
        **dict.fromkeys(_EMPTY, ""),
        **dict.fromkeys(_ZERO, 0),
        "part": "",
        "position": 0,
        **given,
    }
    values["row"] = numbers.get(str(given.get("row", "")), "")
    if given.get("post"):
        values["who"] = post_words(offices, str(given["post"]), lang)
    for name, word in (("verb", "desk-verb"), ("state", "desk-row"), ("part", "desk-part-of-row")):
        told = f"{word}-{given.get(name, '')}"
        values[name] = say(told, lang) if has(told, lang) else str(given.get(name, ""))
    if isinstance(values["taken_at"], datetime):
        values["taken_at"] = instant_words(values["taken_at"], lang)
    return refusal_words(_Worded(refused.code, values), lang, "staff")
