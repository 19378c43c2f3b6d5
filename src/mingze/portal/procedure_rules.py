"""What a procedure rules beside its steps: who is kept out, what anyone may read, which other procedures it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingze.portal.citations import cite_words
from mingze.portal.clock_cards import action_names
from mingze.portal.filing_form import label_of
from mingze.procedure.model import Procedure
from mingze.words import local, say


@dataclass(frozen=True)
class Rule:
    """One sentence with the article it rests on."""

    words: str
    cite: str


@dataclass(frozen=True)
class Link:
    """Another procedure this one leads to, or comes from, and by which act."""

    name: str
    title: str
    words: str


def kept_out(procedure: Procedure, lang: str) -> Iterable[Rule]:
    """Who can never act in a case nor read it: who is complained about and those above, and whoever must be another."""
    for exclusion in procedure.excluded.values():
        field = procedure.fields[exclusion.field]
        word = "portal-excluded-line" if exclusion.line else "portal-excluded"
        yield Rule(say(word, lang, field=label_of(field, lang)), cite_words(procedure, exclusion.cite, lang))
    for first, second in procedure.apart:
        yield Rule(
            say("portal-apart", lang, first=_role(procedure, first, lang), second=_role(procedure, second, lang)), ""
        )
    for action in procedure.actions.values():
        if action.recuses:
            field = procedure.fields[action.recuses]
            yield Rule(
                say("portal-recuses", lang, action=local(action.label, lang), field=label_of(field, lang)),
                cite_words(procedure, action.cite, lang),
            )


def _role(procedure: Procedure, role: str, lang: str) -> str:
    named = procedure.offices.get(role) or procedure.parties.get(role)
    return local(named.text, lang) if named is not None else role


def published(procedure: Procedure, lang: str) -> Iterable[Rule]:
    """What anyone may read of a case, from which act on and until which."""
    for row in procedure.publication.values():
        comma = "、" if lang == "zh-Hans" else ", "
        values = {
            "title": local(row.text, lang),
            "shows": comma.join(label_of(procedure.fields[name], lang) for name in row.shows),
            "on": action_names(procedure, row.on, lang),
            "until": action_names(procedure, row.until, lang),
        }
        word = "portal-published-until" if row.until else "portal-published-on"
        yield Rule(say(word, lang, **values), cite_words(procedure, row.cite, lang))


def links(procedure: Procedure, procedures: Mapping[str, Procedure], lang: str) -> Iterable[Link]:
    """The procedures an act or a remedy of this one opens, and those that open this one."""
    for name, acts in _opened(procedure).items():
        if name in procedures:
            yield Link(
                name,
                local(procedures[name].title, lang),
                say("portal-link-opens", lang, actions=_labels(procedure, acts, lang)),
            )
    for other in procedures.values():
        acts = _opened(other).get(procedure.name, ())
        if acts and other.name != procedure.name:
            words = say("portal-link-opened-by", lang, actions=_labels(other, acts, lang))
            yield Link(other.name, local(other.title, lang), words)


def _opened(procedure: Procedure) -> Mapping[str, tuple[str, ...]]:
    """Procedure → the actions and remedies here that open a case under it."""
    out: dict[str, tuple[str, ...]] = {}
    for name, action in procedure.actions.items():
        if action.opens:
            out[action.opens] = (*out.get(action.opens, ()), f"action {name}")
    for name, remedy in procedure.remedies.items():
        if remedy.opens:
            out[remedy.opens] = (*out.get(remedy.opens, ()), f"remedy {name}")
    return out


def _labels(procedure: Procedure, acts: Iterable[str], lang: str) -> str:
    words = []
    for act in acts:
        kind, _, name = act.partition(" ")
        words.append(local((procedure.actions if kind == "action" else procedure.remedies)[name].text, lang))
    return ("”、“" if lang == "zh-Hans" else "”, “").join(dict.fromkeys(words))
