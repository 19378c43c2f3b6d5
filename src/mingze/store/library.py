"""Which version of each procedure is in force, who proposed it, who approved it, and the stored copy that cases read.

    found in a folder ──► proposed by one person ──► checked, approved by another ──► in force ──► retired by the next

Nothing is filed under a version that is not in force. Cases never read a folder: the texts are kept with the version's
hash when it is proposed, the approval is a public record of the log (`governance`), and its row can never be changed.
What comes with the program is put in force by the installer when the instance is made or upgraded, and so recorded;
where the authority has put a version of its own in force, an upgrade only proposes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from mingze.accounts.rights import may_decide
from mingze.casework import Actor, Refused
from mingze.procedure import Procedure, ProcedureErrors, read_procedure
from mingze.proving import Report, report_on_texts

if TYPE_CHECKING:
    from mingze.store.recording import Draft
    from mingze.store.register import Register

type State = Literal["proposed", "active", "retired"]

INSTALLER: Final = Actor("system")
"""Who puts in force what comes with the program: no post; its steps carry an empty one."""

_OVERLAY: Final = "overlay/parameters.yaml"

_KEEP: Final = "INSERT INTO procedure_version (authority, hash, name, texts) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_STEP: Final = (
    "INSERT INTO procedure_step (authority, step, hash, name, verb, origin, post, office, taken_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_AFTER: Final[Mapping[str, State]] = {"proposed": "proposed", "activated": "active", "retired": "retired"}


@dataclass(frozen=True)
class Version:
    """One version of a procedure with what became of it; an empty post is the installer."""

    name: str
    hash: str
    origin: str
    state: State
    proposed_by: str
    proposed_at: str
    approved_by: str = ""
    approved_at: str = ""
    retired_at: str = ""


class Library:
    """The versions of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._step = -1
        self._active: dict[str, Procedure] = {}

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def active(self) -> Mapping[str, Procedure]:
        """What is in force, by name. A reader looks whether another process has changed it; the writer knows. In a
        register nobody has written yet it is what the program brings.
        """
        if self._step < 0 or not self._register.writes:
            self.refresh()
        return self._active if self._step else self._register.given

    def refresh(self) -> None:
        """Read what is in force again, if a step was taken since."""
        sql = "SELECT coalesce(max(step), 0) FROM procedure_step WHERE authority = ?"
        with self._register.readers() as connection:
            last = connection.execute(sql, (self._register.authority,)).fetchone()[0]
        if last != self._step:
            version = self._register.procedure_version
            self._active = {
                each.name: version(each.name, each.hash) for each in self.versions() if each.state == "active"
            }
            self._step = last

    def versions(self, name: str = "") -> list[Version]:
        """Every version that was ever proposed, in the order of the names and then of their proposal."""
        sql = (
            "SELECT hash, name, verb, origin, post, taken_at FROM procedure_step WHERE authority = ?"
            f"{' AND name = ?' if name else ''} ORDER BY step"
        )
        with self._register.readers() as connection:
            rows = connection.execute(sql, (self._register.authority, *([name] if name else []))).fetchall()
        found: dict[str, dict[str, Any]] = {}
        for digest, called, verb, origin, post, at in rows:
            one = found.setdefault(digest, {"name": called, "hash": digest, "proposed_by": "", "proposed_at": ""})
            one["state"] = _AFTER[verb]
            if verb == "proposed":
                one |= {"origin": origin, "proposed_by": post, "proposed_at": at}
            elif verb == "activated":
                one |= {"origin": origin, "approved_by": post, "approved_at": at, "retired_at": ""}
            else:
                one["retired_at"] = at
        return sorted((Version(**one) for one in found.values()), key=lambda each: each.name)

    def version(self, digest: str) -> Version | None:
        """One version by its hash, or by the beginning of it if that names one alone."""
        wanted = digest if digest.startswith("sha256:") else f"sha256:{digest}"
        found = [each for each in self.versions() if each.hash.startswith(wanted)]
        return found[0] if len(found) == 1 else None

    def texts(self, digest: str) -> tuple[dict[str, str], dict[str, str] | None]:
        """The stored copy of a version: its files, and its own numbers if it has any. Raises Refused."""
        sql = "SELECT texts FROM procedure_version WHERE authority = ? AND hash = ?"
        with self._register.readers() as connection:
            row = connection.execute(sql, (self._register.authority, digest)).fetchone()
        if row is None:
            raise Refused("version_unknown", hash=digest[:19])
        return split_overlay(json.loads(row[0]))

    def report(self, digest: str, lang: str) -> Report:
        """What the checker says of a stored version. Raises Refused `version_unknown`."""
        texts, overlay = self.texts(digest)
        return report_on_texts(texts, lang, overlay)

    # -- writing ---------------------------------------------------------------------------------------------------

    def install(self, procedures: Iterable[Procedure], origin: str = "shipped") -> list[str]:
        """Put in force what comes with the program; returns the names. A procedure of which the authority has put a
        version of its own in force is only proposed.
        """
        wanted = list(procedures)

        def work(draft: Draft) -> list[str]:
            known = self.versions()
            there = {each.hash for each in known}
            active = {each.name: each for each in known if each.state == "active"}
            steps: list[tuple[Procedure, str]] = []
            for procedure in wanted:
                now = active.get(procedure.name)
                if procedure.hash in there:
                    continue
                own = now is not None and now.origin != "shipped"
                steps.append((procedure, "proposed" if own else "activated"))
            self._take(draft, steps, INSTALLER, origin, active)
            return [procedure.name for procedure, verb in steps if verb == "activated"]

        done = self._register.submit(work, alone=True)
        self.refresh()
        return done

    def propose(self, procedure: Procedure, actor: Actor, origin: str) -> Version:
        """Keep a version's texts and record who proposes it; the same again, or one in force, changes nothing.

        Raises Refused `not_entitled`.
        """
        require_decider(actor)

        def work(draft: Draft) -> None:
            known = {each.hash: each for each in self.versions(procedure.name)}
            now = known.get(procedure.hash)
            if now is None or now.state == "retired" or (now.state == "proposed" and not now.proposed_by):
                self._take(draft, [(procedure, "proposed")], actor, origin, {})

        self._register.submit(work, alone=True)
        self.refresh()
        found = self.version(procedure.hash)
        assert found is not None
        return found

    def activate(self, digest: str, actor: Actor) -> Version:
        """Put a proposed version in force: checked, by another post than the one that proposed it, on record.

        The version before it is retired; its cases go on under it until they are moved.

        Raises:
            Refused: `not_entitled`; `version_unknown`; `version_not_proposed` (it is in force already, or nobody has
                proposed it); `second_person_needed`; `version_refused` with the number of faults the checker found.
        """
        require_decider(actor)
        found = self.version(digest)
        if found is None:
            raise Refused("version_unknown", hash=digest[:19])
        if found.state != "proposed" or not found.proposed_by:
            raise Refused("version_not_proposed", name=found.name, hash=found.hash[:19], state=found.state)
        if found.proposed_by == actor.post:
            raise Refused("second_person_needed", name=found.name, post=found.proposed_by)
        faults = len(self.report(found.hash, "en").faults)
        if faults:
            raise Refused("version_refused", name=found.name, count=faults)
        procedure = self._register.procedure_version(found.name, found.hash)

        def work(draft: Draft) -> None:
            known = self.versions(found.name)
            if any(each.hash == found.hash and each.state != "proposed" for each in known):
                raise Refused("version_not_proposed", name=found.name, hash=found.hash[:19], state="active")
            before = {each.name: each for each in known if each.state == "active"}
            self._take(draft, [(procedure, "activated")], actor, found.origin, before)
            facts = {
                "name": found.name,
                "hash": found.hash,
                "proposed_by": found.proposed_by,
                "approved_by": actor.post,
                "replaces": before[found.name].hash if found.name in before else "",
                "in_force": procedure.in_force.isoformat(),
            }
            draft.govern("procedure", facts, actor, self._register.clock.now(), f"procedure/{found.hash}")

        self._register.submit(work, alone=True)
        self.refresh()
        done = self.version(found.hash)
        assert done is not None
        return done

    def _take(
        self,
        draft: Draft,
        steps: Iterable[tuple[Procedure, str]],
        actor: Actor,
        origin: str,
        active: Mapping[str, Version],
    ) -> None:
        """Rows of some steps, in this transaction; what was in force until now is retired."""
        authority = self._register.authority
        sql = "SELECT coalesce(max(step), 0) FROM procedure_step WHERE authority = ?"
        step = draft.connection.execute(sql, (authority,)).fetchone()[0]
        at = self._register.clock.now().isoformat()
        kept: list[tuple[Any, ...]] = []
        rows: list[tuple[Any, ...]] = []

        def row(digest: str, name: str, verb: str, from_: str) -> None:
            rows.append(
                (authority, step + len(rows) + 1, digest, name, verb, from_, actor.post, actor.office, at)
            )  # fmt: skip

        for procedure, verb in steps:
            kept.append((authority, procedure.hash, procedure.name, json.dumps(stored(procedure), ensure_ascii=False)))
            before = active.get(procedure.name)
            if verb == "activated" and before is not None:
                row(before.hash, before.name, "retired", before.origin)
            row(procedure.hash, procedure.name, verb, origin)
        if rows:
            draft.connection.write_all([(_KEEP, kept, False), (_STEP, rows, False)])


def stored(procedure: Procedure) -> dict[str, str]:
    """Every text of a version, as it is kept: tables, numbers, blind spots, scenarios."""
    more = {"blindspots.md": procedure.blindspots} if procedure.blindspots else {}
    return {**procedure.texts, **procedure.scenarios, **more}


def split_overlay(texts: dict[str, str]) -> tuple[dict[str, str], dict[str, str] | None]:
    """The files of a stored version, and the district's own numbers that were laid over them."""
    numbers = texts.pop(_OVERLAY, None)
    return texts, None if numbers is None else {"parameters.yaml": numbers}


def read_stored(text: str) -> Procedure | None:
    """The procedure of a stored copy; None when this program cannot read it any more."""
    try:
        texts, overlay = split_overlay(json.loads(text))
        return read_procedure(texts, overlay)
    except ProcedureErrors:
        return None


def require_decider(actor: Actor) -> None:
    """Raises Refused `not_entitled` for anybody but a supervisor or the head of an office."""
    if not may_decide(actor):
        raise Refused("not_entitled", post=actor.post)
