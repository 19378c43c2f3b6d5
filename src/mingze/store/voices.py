"""What those affected say of a promise: codes that are given out on paper, and voices that only ever become counts.

    given     the supervision office prints n codes and hands them out; who got one is written nowhere
    said      a code is spent and one count grows; which code said what is not kept, so nobody can look it up
    told      each full group of voices makes the counts public, as a record of the log; a single voice is never seen

Where nobody in particular is affected, anybody may say how it looks to them; those voices are counted apart. No text is
taken, so that nobody's name can be in one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from mingze.casework import Actor, Case, Refused
from mingze.measures.voices import CODES_MOST, OPEN_MOST, SAYS, WAYS, Tally, Way, full_group
from mingze.store.codes import code_digest, read_code, voice_code

if TYPE_CHECKING:
    from mingze.store.recording import Draft
    from mingze.store.register import Register

_COUNT: Final = (
    "INSERT INTO voice_count (authority, case_id, way, says, voices) VALUES (?, ?, ?, ?, 1)"
    " ON CONFLICT (authority, case_id, way, says) DO UPDATE SET voices = voice_count.voices + 1"
)
_SPEND: Final = "UPDATE voice_code SET spent = 1 WHERE authority = ? AND digest = ? AND spent = 0"
_TELL: Final = "INSERT INTO voice_tally (authority, case_id, way, voices, counts, told_at) VALUES (?, ?, ?, ?, ?, ?)"


class Voices:
    """The voices of one register."""

    def __init__(self, register: Register, receipt_key: bytes) -> None:
        self._register = register
        self._receipt_key = receipt_key
        self._authority = register.authority

    # -- reading -------------------------------------------------------------------------------------------------

    def tallies(self, case_ids: Sequence[str]) -> dict[str, dict[Way, Tally]]:
        """What was told of these promises up to the last full group, in two queries; a way nobody spoke in and
        without codes is left out.
        """
        out: dict[str, dict[Way, Tally]] = {case_id: {} for case_id in case_ids}
        if not case_ids:
            return out
        marks = ", ".join("?" * len(case_ids))
        told = (
            f"SELECT case_id, way, counts FROM voice_tally WHERE authority = ? AND case_id IN ({marks}) ORDER BY voices"
        )
        given = (
            f"SELECT case_id, sum(codes) FROM voice_batch WHERE authority = ? AND case_id IN ({marks}) GROUP BY case_id"
        )
        with self._register.readers() as connection:
            tallies = connection.execute(told, (self._authority, *case_ids)).fetchall()
            codes = connection.execute(given, (self._authority, *case_ids)).fetchall()
        printed = {case_id: int(number) for case_id, number in codes}
        for case_id, number in printed.items():
            out[case_id]["code"] = Tally("code", {}, number)
        for case_id, name, counts in tallies:  # the last of each is the newest
            way = cast("Way", name)
            out[case_id][way] = Tally(way, json.loads(counts), printed.get(case_id, 0) if way == "code" else 0)
        return out

    def can_speak(self, case: Case) -> bool:
        """Whether there is something to confirm: the office has reported it done."""
        return bool(case.done_at) and case.procedure == "commitment"

    def promise_of(self, code: str) -> str:
        """The promise a code speaks about; "" for one that is none. Whether it is spent is not told here."""
        with self._register.readers() as connection:
            row = self._code(connection, code)
        return row[0] if row is not None else ""

    # -- writing -------------------------------------------------------------------------------------------------

    def give(self, case_id: str, count: int, actor: Actor, *, idempotency: str) -> tuple[str, ...]:
        """Codes to print and hand out, shown this once; the same key again gives the same codes.

        Raises Refused `voice_codes_count`, `voice_codes_full`, `not_yours` to every office but the supervision office
        of the promise: the office that is judged by the voices does not choose who has one.
        """
        if not 1 <= count <= 500:
            raise Refused("voice_codes_count", most=500)
        found = self._case(case_id)
        if actor.office != found.offices.get("supervision_office"):
            raise Refused(
                "not_yours", action="give_codes", role="supervision_office", function="",
                office=found.offices.get("supervision_office", ""),
            )  # fmt: skip
        codes = tuple(voice_code(self._receipt_key, f"{case_id}/{idempotency}/{place}") for place in range(count))

        def work(draft: Draft) -> None:
            connection, now = draft.connection, self._register.clock.now()
            if self._code(connection, codes[0]) is not None:
                return
            sql = "SELECT coalesce(max(batch), 0), coalesce(sum(codes), 0) FROM voice_batch WHERE authority = ? AND case_id = ?"
            batch, given = connection.execute(sql, (self._authority, case_id)).fetchone()
            if given + count > CODES_MOST:
                raise Refused("voice_codes_full", most=CODES_MOST, had=int(given))
            row = (self._authority, case_id, batch + 1, count, actor.office, actor.post, now.isoformat())
            made = [(self._authority, code_digest(code), case_id, 0) for code in codes]
            facts = {"number": self._number(draft, case_id), "codes": count, "given": int(given) + count}
            draft.govern("voice_codes", facts, actor, now, f"voice_codes/{case_id}/{batch + 1}")
            sql = (
                "INSERT INTO voice_batch (authority, case_id, batch, codes, office, post, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
            )
            draft.after += [
                (sql, [row], False),
                ("INSERT INTO voice_code (authority, digest, case_id, spent) VALUES (?, ?, ?, ?)", made, False),
            ]

        self._register.submit(work, alone=True)
        return codes

    def say(self, code: str, says: str) -> None:
        """Spend a code on one voice.

        Raises Refused `voice_code_unknown`, `voice_code_spent`, `voice_says`, `voice_too_early`.
        """
        if says not in SAYS:
            raise Refused("voice_says")

        def work(draft: Draft) -> None:
            row = self._code(draft.connection, code)
            if row is None:
                raise Refused("voice_code_unknown")
            if row[1]:
                raise Refused("voice_code_spent")
            digest = code_digest(read_code(code))
            draft.after.append((_SPEND, [(self._authority, digest)], True))
            self._add(draft, row[0], "code", says)

        self._register.submit(work, alone=True)

    def say_openly(self, case_id: str, says: str) -> None:
        """One voice without a code, as far as somebody can see. Raises Refused `voice_says`, `voice_too_early`,
        `voices_enough`.
        """
        if says not in SAYS:
            raise Refused("voice_says")

        def work(draft: Draft) -> None:
            self._add(draft, case_id, "open", says)

        self._register.submit(work, alone=True)

    # -- inside a transaction ------------------------------------------------------------------------------------

    def _add(self, draft: Draft, case_id: str, way: Way, says: str) -> None:
        assert way in WAYS
        held = draft.held(case_id)
        if held is None or not self.can_speak(held.case):
            raise Refused("voice_too_early")
        sql = "SELECT says, voices FROM voice_count WHERE authority = ? AND case_id = ? AND way = ?"
        rows = draft.connection.execute(sql, (self._authority, case_id, way)).fetchall()
        counts = {name: int(voices) for name, voices in rows}
        counts[says] = counts.get(says, 0) + 1
        voices = sum(counts.values())
        if way == "open" and voices > OPEN_MOST:
            raise Refused("voices_enough", most=OPEN_MOST)
        draft.after.append((_COUNT, [(self._authority, case_id, way, says)], False))
        if full_group(voices):
            now = self._register.clock.now()
            ordered = {name: counts[name] for name in SAYS if counts.get(name)}
            facts = {"number": held.number, "way": way, "voices": voices, **ordered}
            draft.govern("voices", facts, None, now, f"voices/{case_id}/{way}/{voices}")
            row = (self._authority, case_id, way, voices, json.dumps(ordered), now.isoformat())
            draft.after.append((_TELL, [row], False))

    def _code(self, connection: Any, code: str) -> tuple[str, int] | None:
        plain = read_code(code)
        if not plain:
            return None
        sql = "SELECT case_id, spent FROM voice_code WHERE authority = ? AND digest = ?"
        return connection.execute(sql, (self._authority, code_digest(plain))).fetchone()

    def _case(self, case_id: str) -> Case:
        found = self._register.case(case_id)
        if found is None or found.case.procedure != "commitment":
            raise Refused("unknown_case")
        return found.case

    @staticmethod
    def _number(draft: Draft, case_id: str) -> str:
        held = draft.held(case_id)
        return held.number if held is not None else ""
