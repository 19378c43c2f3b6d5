"""What a procedure is: a declared lawful way to handle one kind of matter, as tables of stages, actions and clocks.

The tables are data that a jurist owns (`procedures/<name>/procedure.yaml`); this module says which words the tables
may use and what each means. Reading them with line-accurate errors is `reader`, judging them is `checking`, running
them is `casework`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import cel
from pydantic import Field

from mingze.procedure.reading_rules import Reading
from mingze.procedure.row import Bilingual, Name, Names, Parameter, Table


class Source(Bilingual):
    """An instrument the procedure rests on; `local` marks a rule of the office's own, never shown as statute."""

    in_force: date | None = None
    ended: date | None = None
    number: str = ""
    local: bool = False
    pending_text: bool = False


class Party(Bilingual):
    """A person or body with rights in a case; `sealed` keeps who they are in the vault."""

    sealed: bool = True


class OfficeRole(Bilingual):
    """A part an office plays in a case. `found_by` names the function in the register of competences that fills it at
    the opening (`otherwise` the one that does where the office found is excluded); a role without it is filled by an
    action that `binds` it."""

    found_by: str = ""
    otherwise: str = ""
    outside: bool = False


class FormField(Bilingual):
    """One thing a person or an office states in an action.

    Either `public` (a fact in the event) or `seals` (text kept in the vault under that slot, only a commitment in the
    event). A sealed field says why it is asked (`purpose`) and how long it is kept;
    `kept_by` is the article that makes keeping it so long a duty, so that nobody may erase it earlier. `competent` says of a field that
    names an office that it is the one asked to act, so that nobody complains about it and nothing is excluded.
    """

    hint: Bilingual | None = None
    type: Literal[
        "text", "line", "choice", "date", "number", "files", "office", "offices", "post", "email_or_phone", "record"
    ] = "text"
    required: bool = True
    max_length: int = 4000
    choices: Mapping[str, Bilingual] = {}
    public: bool = False
    seals: Literal["narrative", "identity", "decision", "attachment", "note"] | None = None
    purpose: Bilingual | None = None
    basis: str = ""
    retention_months: int | None = None
    kept_by: str = ""
    competent: bool = False

    @property
    def label(self) -> dict[str, str]:
        """The field's own words, which every message about it repeats."""
        return self.text


class Stage(Bilingual):
    """Where a case can rest. `bearer` is the role or party who must act there; an `end` has none."""

    bearer: str = ""
    end: bool = False
    about: Bilingual | None = None


class Remedy(Bilingual):
    """What a person can do against an adverse outcome, where, and within what period (`limit`, from being told)."""

    to: Bilingual
    limit: Parameter | None = None
    opens: str = ""
    cite: str


class Guard(Bilingual):
    """A condition in CEL over `facts` (public facts of the case) and `counts` (how often each action was taken).

    Its two texts are what a person is told when it does not hold.
    """

    cel: Annotated[str, Field(min_length=1, max_length=400)]


class Exclusion(Bilingual):
    """Who can never hold a duty in the case, nor read it: the office named in `field` when the case is opened and,
    with `line`, every superior in line above it.

    Law: 信访工作条例 art 30(3) (nothing of a complaint goes to whom it is about).
    """

    field: Name
    line: bool = True
    cite: str


class Publication(Bilingual):
    """What anyone may read of a case, and from which act on: public fields (`shows`) once one of the actions `on` has
    been taken, until one of `until` is.
    """

    on: Names
    shows: Names
    until: Names = ()
    cite: str


class Silence(Bilingual):
    """What the law says follows when a period ends without an act: nothing, a refusal or a consent that can be relied
    on, or that the person may turn elsewhere (`remedies`)."""

    effect: Literal["none", "deemed_refused", "deemed_granted", "may_turn_elsewhere"] = "none"
    remedies: Names = ()
    cite: str = ""


class Action(Bilingual):
    """What somebody may do: who, from which stage, into which stage, with which words, told to whom, on which article.

    Branches: `fork` leads into several stages at once, which then run side by side; `from: […]` with `all: true` joins
    them again, and is possible only when the case has reached every one. An end ends every branch. `when` is a guard.

    `hand_back: true` marks the act of an office that was wrongly addressed: it says how often (`at_most`), and another
    action `arbitrates` it, by a named post, once the offices have handed the matter to and fro.

    `opens` names another procedure: the act also opens a case under it, in the same transaction, with what the person
    gives here for the fields the two have in common; the two cases then name each other. `invites` gives a party who
    did not open the case a code of their own. `passes` says what the opened case gets under another name than here: each
    of its fields or office roles, from a field stated in the act or, where that is blank, a public fact of this case
    (`deadline: part_due deadline`). `recuses` takes the post stated in that field out of the case for good.

    `means` says which of the separate facts the action establishes (`done` by the office, `verified` by another office,
    `solved` or `unsolved` by the person); they are never one number.
    """

    by: Names
    from_: Annotated[Names, Field(alias="from")] = ()
    all_of: Annotated[bool, Field(alias="all")] = False
    into: str | None = None
    fork: Names = ()
    when: Guard | None = None
    takes: Names = ()
    binds: Names = ()
    after: Names = ()
    at_most: Annotated[int, Field(ge=1, le=99)] | None = None
    hand_back: bool = False
    arbitrates: Names = ()
    tell: Names = ()
    paper: str = ""
    adverse: bool = False
    remedies: Names = ()
    no_remedy: str = ""
    opens: str = ""
    passes: Mapping[str, str] = {}
    invites: str = ""
    recuses: str = ""
    means: Literal["answered", "done", "verified", "not_verified", "solved", "unsolved"] | None = None
    about: Bilingual | None = None
    cite: str = ""

    @property
    def label(self) -> dict[str, str]:
        """The words on the button."""
        return self.text


class Clock(Bilingual):
    """A period set by law: `limit` (due by), `minimum` (not before), `backward` (at least N before), or `due` (a date
    the matter itself states, as a commitment does, with `otherwise` where it states none).

    `counts_from` names a date field: the period runs from (or, backward, up to) the day stated there instead of the
    day of the act that starts the clock, as the seven days before a hearing do.
    """

    limit: Parameter | None = None
    minimum: Parameter | None = None
    backward: Parameter | None = None
    due: str | None = None
    counts_from: str = ""
    otherwise: Parameter | None = None
    borne_by: Literal["office", "person", "outside"]
    starts: Names
    met_by: Names = ()
    extended_by: Mapping[str, str] = {}
    suspended_by: Names = ()
    resumed_by: Names = ()
    restarted_by: Names = ()
    reopened_by: Names = ()
    holds: Names = ()
    roll: Literal["none", "forward", "back"] | None = None
    silence: Silence | None = None
    cite: str

    @property
    def kind(self) -> Literal["limit", "minimum", "backward", "due"]:
        """Which of the four kinds of clock this is."""
        if self.limit:
            return "limit"
        if self.minimum:
            return "minimum"
        return "backward" if self.backward else "due"

    @property
    def rolls(self) -> str:
        """Whether the last day moves off a rest day: a person's right does, an office's own limit does not (law.md
        §12.3).
        """
        return self.roll or ("forward" if self.borne_by == "person" else "none")


class DatedNumber(Table):
    """One value of a parameter and the day it holds from; entry into force belongs to the number, not to the file."""

    from_: Annotated[date, Field(alias="from")]
    value: int
    unit: Literal["calendar_day", "working_day", "hour", "month", "year"]
    cite: str = ""
    local: bool = False
    pending_text: bool = False
    why: Bilingual | None = None


class ProcedureTable(Table):
    """`procedure.yaml` as it stands on the page."""

    procedure: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=48)]
    mark: Annotated[str, Field(min_length=1, max_length=4)]
    in_force: date
    title: Bilingual
    about: Bilingual
    public: bool = False
    open_record: bool = False
    sources: Mapping[Name, Source]
    parties: Mapping[Name, Party] = {}
    offices: Mapping[Name, OfficeRole]
    apart: tuple[tuple[str, str], ...] = ()
    excluded: Mapping[Name, Exclusion] = {}
    publication: Mapping[Name, Publication] = {}
    reading: Reading = Reading()
    fields: Mapping[Name, FormField]
    stages: Mapping[Name, Stage]
    remedies: Mapping[Name, Remedy] = {}
    actions: Mapping[Name, Action]
    clocks: Mapping[Name, Clock]


class Procedure:
    """A procedure ready to run: its tables, its dated numbers, its blind spots, and the hash a case is pinned to.

    Attributes mirror the tables; `hash` is `sha256:` over the exact bytes of `procedure.yaml` and `parameters.yaml`,
    so two procedures with one hash are the same law.
    """

    def __init__(
        self,
        table: ProcedureTable,
        parameters: Mapping[str, tuple[DatedNumber, ...]],
        digest: str,
        blindspots: str = "",
        scenarios: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self.table = table
        self.parameters = parameters
        self.hash = digest
        self.blindspots = blindspots
        self.scenarios = dict(scenarios or {})
        self.texts = dict(texts or {})
        self.name = table.procedure
        self.mark = table.mark
        self.in_force = table.in_force
        self.title = table.title.text
        self.about = table.about.text
        self.public = table.public
        self.open_record = table.open_record
        self.sources = table.sources
        self.parties = table.parties
        self.offices = table.offices
        self.apart = table.apart
        self.excluded = table.excluded
        self.publication = table.publication
        self.reading = table.reading
        self.fields = table.fields
        self.stages = table.stages
        self.remedies = table.remedies
        self.actions = table.actions
        self.clocks = table.clocks
        self.opening_name = next(name for name, action in self.actions.items() if not action.from_)
        self.clock_actions = {
            by.removeprefix("clock "): name
            for name, action in self.actions.items()
            for by in action.by
            if by.startswith("clock ")
        }
        self.guards = {
            name: cel.compile(action.when.cel) for name, action in self.actions.items() if action.when is not None
        }
        held = {name for clock in self.clocks.values() for name in clock.holds}
        self.invitations = frozenset(action.invites for action in self.actions.values() if action.invites)
        self._holding = {
            held_name: tuple(
                name
                for name, clock in self.clocks.items()
                if held_name in clock.holds and (clock.minimum or clock.backward)
            )
            for held_name in held
        }
        self._started_by: dict[str, tuple[str, ...]] = {}
        for action_name in self.actions:
            self._started_by[action_name] = tuple(
                clock_name
                for clock_name, clock in self.clocks.items()
                if any(
                    action_name in names
                    for names in (
                        clock.starts,
                        clock.met_by,
                        clock.extended_by,
                        clock.suspended_by,
                        clock.resumed_by,
                        clock.restarted_by,
                        clock.reopened_by,
                    )
                )
            )

    def guard_holds(self, action_name: str, facts: Mapping[str, Any], counts: Mapping[str, int]) -> bool:
        """Whether an action's guard holds; without one it always does, and a fact the case lacks makes it not hold."""
        program = self.guards.get(action_name)
        if program is None:
            return True
        try:
            return (
                program.execute({"facts": dict(facts), "counts": {name: counts.get(name, 0) for name in self.actions}})
                is True
            )
        except (KeyError, TypeError, ValueError):
            return False

    def __repr__(self) -> str:
        return f"<Procedure {self.name} {self.hash[:15]}>"

    @property
    def opening(self) -> Action:
        """The action that opens a case: the one that comes from no stage."""
        return self.actions[self.opening_name]

    def stages_after(self, stages: tuple[str, ...], action_name: str) -> tuple[str, ...]:
        """Where a case rests after an action: one branch moves, a fork opens several, a join closes them.

        Surprising: an end ends every branch, so that nobody is left to work on a matter that is over.
        """
        action = self.actions[action_name]
        into = action.fork or ((action.into,) if action.into else ())
        if not into:
            return stages
        if any(self.stages[stage].end for stage in into):
            return into
        left = action.from_ if action.all_of else next(((stage,) for stage in stages if stage in action.from_), ())
        stay = tuple(stage for stage in stages if stage not in left)
        return stay + tuple(stage for stage in into if stage not in stay)

    def clocks_touched_by(self, action_name: str) -> tuple[str, ...]:
        """The clocks an action starts, meets, extends, suspends, resumes or restarts, in table order."""
        return self._started_by[action_name]

    def clocks_holding(self, action_name: str) -> tuple[str, ...]:
        """The minimum and backward clocks that hold an action back until they have run, or unless they were met."""
        return self._holding.get(action_name, ())

    def parameter_on(self, reference: str, on: date) -> DatedNumber:
        """The value of `$name` in force on a day.

        Raises LookupError when the law had no number on that day: an earlier day is an error until somebody decides.
        """
        rows = [row for row in self.parameters[reference.removeprefix("$")] if row.from_ <= on]
        if not rows:
            raise LookupError(reference)
        return max(rows, key=lambda row: row.from_)

    def cite_text(self, cite: str) -> dict[str, str]:
        """A citation in words, in both languages: `reg 23(3)` is 《信访工作条例》第二十三条第三款 / Regulation on Petition
        Work, art 23(3); `reg 46.6` is 第四十六条第六项 / art 46 item 6.
        """
        zh, en = [], []
        for source, articles in self.words_of_cite(cite):
            numbers = articles.split()
            zh_articles = "、".join(_article_zh(number) for number in numbers)
            zh.append((source.zh if source.local else f"《{source.zh}》") + zh_articles)
            noun = "arts" if len(numbers) > 1 else "art"
            en_articles = ", ".join(_article_en(number) for number in numbers)
            en.append(f"{source.en}, {noun} {en_articles}" if numbers else source.en)
        return {"zh": "；".join(zh), "en": "; ".join(en)}

    def words_of_cite(self, cite: str) -> list[tuple[Source, str]]:
        """A citation `reg 23 44` as its source and the articles, so that a face can say it in either language."""
        out: list[tuple[Source, str]] = []
        for part in cite.split(";"):
            head, _, articles = part.strip().partition(" ")
            if head in self.sources:
                out.append((self.sources[head], articles.strip()))
        return out


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """A whole number below a thousand as statutes write it.

    >>> chinese_number(23), chinese_number(10), chinese_number(105)
    ('二十三', '十', '一百零五')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones else "")


def _article_zh(number: str) -> str:
    """`23(3)` as 第二十三条第三款, `36.4` as 第三十六条第四项; anything that is not a number stands as it is."""
    place, _, item = number.partition(".")
    article, _, paragraph = place.partition("(")
    if not article.isdigit():
        return number
    text = f"第{chinese_number(int(article))}条"
    inside = paragraph.rstrip(")")
    text += f"第{chinese_number(int(inside))}款" if inside.isdigit() else ""
    return text + (f"第{chinese_number(int(item))}项" if item.isdigit() else "")


def _article_en(number: str) -> str:
    """`36.4` as 36 item 4; the rest as it is written."""
    place, _, item = number.partition(".")
    return f"{place} item {item}" if item.isdigit() else number
