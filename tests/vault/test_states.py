"""A state machine against a plain model: whatever is filed, asked, approved, refused, read, deferred, closed, erased, rotated,
backed up, restored, restarted in whatever order, a text is read exactly by whom, and as long as, the model says."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mingze.casework import Actor, Refused
from mingze.jobs.backup import copy_sqlite
from mingze.jobs.retention import erase_due
from mingze.store import Keys, migrate
from mingze.terms import Rule, compute
from mingze.vault.keeping import FolderKeys
from mingze.vault.rotation import new_kek, rotate
from tests.store.town import HANDLER, PROPOSER, SUPERVISOR, Town

which = st.integers(0, 7)
REPORTER = Actor("party", party="reporter")
PROTECTOR = Actor("post", post="mzj.handler", office="mzj", functions=("handler",))
APPROVER = Actor("post", post="mzj.head", office="mzj", functions=("head",))
OUTSIDERS = (
    Actor("post", post="mzj.other", office="mzj", functions=("handler",)),
    Actor("post", post="sfj.reviewer", office="sfj", functions=("reviewer",)),
    SUPERVISOR,
)
OF_ACCESS = ("read", "asked", "approved", "refused", "deferred")


@dataclass
class Request:
    """A request in the model: whose word it waits for, what was said, and until when each holds."""

    n: int
    waits_until: dt.date
    said: str = ""
    opens_until: dt.date = dt.date.min


@dataclass
class Report:
    """A report of harm to a child in the model: what was seen, whether the police know, and what was asked and deferred."""

    words: str
    told: bool = False
    request: Request | None = None
    deferred_until: dt.date | None = None
    access: list[dt.date] = field(default_factory=list)
    withheld: int = 0
    reads: int = 0


class Vaulted(RuleBasedStateMachine):
    """The model: the text of each case, whether it is closed, erased, and how often staff have read it; who asked to know who
    it is, and until when somebody's word holds; of the reports, who knows of them and what is shown later.
    """

    @initialize()
    def begin(self) -> None:
        """An empty register with keys in a folder of their own."""
        self.scratch = TemporaryDirectory()
        folder = Path(self.scratch.name)
        self.secrets = folder / "secrets"
        self.secrets.mkdir(mode=0o700)
        (self.secrets / "vault.kek").write_bytes(b"k" * 32)
        (self.secrets / "vault.kek").chmod(0o600)
        (folder / "data").mkdir()
        migrate(folder / "data")
        self.town = Town(str(folder / "data"), folder / "data")
        self.keys = FolderKeys(self.secrets)
        self.words: dict[str, str] = {}
        self.closed: set[str] = set()
        self.erased: set[str] = set()
        self.reads: dict[str, int] = {}
        self.requests: dict[str, Request] = {}
        self.reports: dict[str, Report] = {}
        self.old_vault: tuple[Path, set[str]] | None = None
        self.count = itertools.count()
        self.open()

    def open(self) -> None:
        self.register = self.town.open(keys=Keys(receipt=b"r" * 32, kek=self.keys))

    def case(self, at: int) -> str:
        return list(self.words)[at % len(self.words)]

    @rule()
    def file(self) -> None:
        """A new case with words of its own."""
        words = f"事由{next(self.count)}"
        case = self.town.file(self.register, words, fields={"name": f"某人{words}"}).case_id
        self.town.accept(self.register, case)
        self.words[case], self.reads[case] = words, 0

    @precondition(lambda self: self.words)
    @rule(at=which)
    def close(self, at: int) -> None:
        """Answered, and the person says that it is solved."""
        case = self.case(at)
        if case not in self.closed:
            self.town.answer(self.register, case)
            self.register.act(case, "say_solved", PROPOSER, idempotency=f"solved {case}")
            self.closed.add(case)

    @precondition(lambda self: self.words)
    @rule(at=which)
    def erase(self, at: int) -> None:
        """The person erases: only what is closed, only once."""
        case = self.case(at)
        try:
            done = self.register.erasing.erase(case, "proposer", PROPOSER)
        except Refused as refused:
            assert refused.code == ("erased" if case in self.erased else "undecided")
            assert case in self.erased or case not in self.closed
        else:
            assert done.done and case in self.closed
            self.erased.add(case)

    @precondition(lambda self: self.words)
    @rule(at=which)
    def read(self, at: int) -> None:
        """A post of the office in the case reads, and leaves a record."""
        case = self.case(at)
        found = self.register.open_slots(case, 1, HANDLER, "handle", ["narrative"])
        assert found[1, "narrative"] == (None if case in self.erased else {"matter": self.words[case]})
        self.reads[case] += 1

    @precondition(lambda self: self.words)
    @rule(at=which)
    def read_without_a_part(self, at: int) -> None:
        """Another office is refused and leaves none."""
        stranger = Actor("post", post="jyj.handler", office="jyj", functions=("handler",))
        try:
            self.register.open_slots(self.case(at), 1, stranger, "look")
        except Refused as refused:
            assert refused.code == "not_yours"
        else:
            raise AssertionError("a stranger has read")

    # -- who it is, on the word of two people

    def today(self) -> dt.date:
        """The day in the town."""
        return self.town.clock.at.date()

    def three_working_days_on(self) -> dt.date:
        """The last day of a request made, or approved, today."""
        last = compute(self.today(), Rule(3, "working_day"), self.register.calendar).last_on
        assert last is not None
        return last

    @precondition(lambda self: self.words)
    @rule(at=which)
    def ask(self, at: int) -> None:
        """The handler asks to see who it is: once at a time, while the step waits."""
        case = self.case(at)
        request = self.requests.get(case)
        try:
            n = self.register.unsealing.ask(
                case, HANDLER, ["identity"], purpose="contact", stage="handling", reason="补页", account="1",
                idempotency=f"ask {next(self.count)}",
            )  # fmt: skip
        except Refused as refused:
            waits = request is not None and not request.said and self.today() <= request.waits_until
            opens = request is not None and request.said == "approved" and self.today() <= request.opens_until
            expected = "case_closed" if case in self.closed else "already_asked" if waits else "already_approved"
            assert refused.code == expected and (case in self.closed or waits or opens)
        else:
            assert case not in self.closed
            self.requests[case] = Request(n, self.three_working_days_on())

    @precondition(lambda self: self.requests)
    @rule(at=which, approve=st.booleans(), same=st.booleans())
    def say(self, at: int, approve: bool, same: bool) -> None:
        """The other office answers: once, in time, and never the person who asked."""
        case = list(self.requests)[at % len(self.requests)]
        request = self.requests[case]
        account = "1" if same else "2"
        try:
            self.register.unsealing.answer(
                case, request.n, SUPERVISOR, approve, reason="不用", account=account,
                idempotency=f"say {next(self.count)}",
            )  # fmt: skip
        except Refused as refused:
            over = self.today() > request.waits_until
            gone = approve and case in self.closed
            order = (
                (bool(request.said), "already_answered"), (same, "same_person"), (over, "request_over"), (gone, "step_over"),
            )  # fmt: skip
            assert refused.code == next(code for holds, code in order if holds)
        else:
            assert not request.said and not same
            request.said = "approved" if approve else "refused"
            request.opens_until = self.three_working_days_on()

    @precondition(lambda self: self.words)
    @rule(at=which)
    def read_who_it_is(self, at: int) -> None:
        """It opens exactly on a live word for a step that still waits; else nothing, and no record."""
        case = self.case(at)
        request = self.requests.get(case)
        lives = request is not None and request.said == "approved" and self.today() <= request.opens_until
        try:
            found = self.register.open_slots(case, None, HANDLER, "contact", ["identity"])
        except Refused as refused:
            assert refused.code == "identity_closed" and (not lives or case in self.closed)
        else:
            assert lives and case not in self.closed
            assert found[1, "identity"] == (None if case in self.erased else {"name": f"某人{self.words[case]}"})
            self.reads[case] += 1

    # -- the smallest circle, and showing later

    @rule()
    def report(self) -> None:
        """Somebody reports harm to a child: two posts know of it."""
        words = f"伤{next(self.count)}"
        filed = self.register.file("minor-protection", {"matter": words}, form_key=f"report {words} 123456")
        self.reports[filed.case_id] = Report(words)

    def reported(self, at: int) -> tuple[str, Report]:
        return list(self.reports.items())[at % len(self.reports)]

    @precondition(lambda self: self.reports)
    @rule(at=which)
    def tell_the_police(self, at: int) -> None:
        """What reporting at once needs is over then."""
        case, report = self.reported(at)
        if not report.told:
            self.register.act(case, "report_police", PROTECTOR, idempotency="told")
            report.told, report.request = True, None

    @precondition(lambda self: self.reports)
    @rule(at=which)
    def read_a_report(self, at: int) -> None:
        """At once, or on the approver's live word; the approver on their own; never anybody else."""
        case, report = self.reported(at)
        request = report.request
        lives = request is not None and request.said == "approved" and self.today() <= request.opens_until
        for post, may in ((PROTECTOR, not report.told or lives), (APPROVER, True)):
            try:
                found = self.register.open_slots(case, 1, post, "handle", ["narrative"])
            except Refused as refused:
                assert refused.code == "approval_needed" and not may
            else:
                assert may and found[1, "narrative"] == {"matter": report.words}
                self.accessed(report)
                report.reads += 1

    @precondition(lambda self: any(report.told for report in self.reports.values()))
    @rule(at=which, approve=st.booleans())
    def ask_and_say_in_the_circle(self, at: int, approve: bool) -> None:
        """The handler asks, the approver answers."""
        told = [(case, report) for case, report in self.reports.items() if report.told]
        case, report = told[at % len(told)]
        request = report.request
        if request is not None and request.said == "approved" and self.today() <= request.opens_until:
            return
        stage = self.register.case(case).case.stages[0]  # type: ignore[union-attr]
        n = self.register.unsealing.ask(
            case, PROTECTOR, ["narrative"], purpose="handle", stage=stage, reason="核对", account="1",
            idempotency=f"ask {next(self.count)}",
        )  # fmt: skip
        self.register.unsealing.answer(
            case, n, APPROVER, approve, reason="核对过了", account="2", idempotency=f"say {next(self.count)}"
        )
        self.accessed(report)
        self.accessed(report)
        last = self.three_working_days_on()
        report.request = Request(n, last, "approved" if approve else "refused", last)

    def accessed(self, report: Report) -> None:
        """A record of access is made: shown at once, or withheld while a deferral runs."""
        report.access.append(self.today())

    @precondition(lambda self: self.reports)
    @rule(at=which, days=st.sampled_from([0, 1, 59]))
    def defer(self, at: int, days: int) -> None:
        """Showing waits, once in a case."""
        case, report = self.reported(at)
        until = self.today() + dt.timedelta(days=days)
        try:
            self.register.unsealing.defer(
                case, APPROVER, "inquiry", until, reason="取证", idempotency=f"defer {next(self.count)}"
            )
        except Refused as refused:
            assert refused.code == "deferral_used" and report.deferred_until is not None
        else:
            assert report.deferred_until is None
            report.withheld = len(report.access)
            report.deferred_until = until
            self.accessed(report)

    @invariant()
    def of_a_report_two_posts_know_and_the_person_sees_what_they_may(self) -> None:
        """To every other post it is not there; the person sees each record of access, but for those withheld until a day."""
        if not hasattr(self, "words"):
            return
        for case, report in self.reports.items():
            for outsider in OUTSIDERS:
                assert self.register.hidden(case, outsider) and self.register.case(case, outsider) is None
                assert not self.register.may(outsider, "see", case)
            mine = self.register.case(case, REPORTER)
            every = self.register.case(case)
            assert mine is not None and every is not None and len(every.reads) == report.reads
            until = report.deferred_until
            hidden = [
                day for day in report.access[report.withheld :] if until and day <= until and self.today() <= until
            ]
            seen = [stored for stored in mine.events if stored.event.type in OF_ACCESS]
            assert len(seen) == len(report.access) - len(hidden)
            assert self.register.open_slots(case, 1, REPORTER)[1, "narrative"] == {"matter": report.words}

    @rule(half=st.booleans())
    def rotate(self, half: bool) -> None:
        """Another key-encryption key, perhaps only begun."""
        if half:
            self.register.vault.root()
            if not self.register.vault.under_other_keks(1):
                new_kek(self.secrets)
            self.register.vault.rewrap(1)
        else:
            rotate(self.register.vault, self.secrets)
            assert self.register.vault.under_other_keks(1) == []

    @rule(days=st.sampled_from([1, 2, 4, 400, 1200]))
    def wait(self, days: int) -> None:
        """Time passes, and the passes run: what is due is erased."""
        before = {case: self.register.case(case) for case in self.closed - self.erased}
        self.town.clock.advance(days=days)
        erase_due(self.register)
        for case, found in before.items():
            assert found is not None and found.case.closed_at is not None
            now = self.register.case(case)
            assert now is not None
            year, rest = int(found.case.closed_at[:4]) + 3, found.case.closed_at[4:10]
            if self.town.clock.at.date().isoformat() > f"{year}{rest}":
                assert now.case.erased == ("proposer",)
                self.erased.add(case)
            else:
                assert now.case.erased == ()

    @rule()
    def restart(self) -> None:
        """The process ends and starts again."""
        self.town.close()
        self.open()

    @rule()
    def keep_a_copy_of_the_keys(self) -> None:
        """The vault is backed up."""
        path = Path(self.scratch.name) / f"vault-{next(self.count)}.sqlite3"
        copy_sqlite(Path(self.town.place) / "vault.sqlite3", path)
        self.old_vault = (path, {*self.words, *self.reports})

    @precondition(lambda self: self.old_vault is not None)
    @rule()
    def bring_the_copy_back(self) -> None:
        """An older vault in place of the newer one: the next pass destroys again what the events say is erased."""
        assert self.old_vault is not None
        path, known = self.old_vault
        if known != {*self.words, *self.reports}:  # keys made since would be lost: what a restore does not do either
            return
        self.town.close()
        for tail in ("", "-wal", "-shm"):
            (Path(self.town.place) / f"vault.sqlite3{tail}").unlink(missing_ok=True)
        copy_sqlite(path, Path(self.town.place) / "vault.sqlite3")
        self.open()
        for case in self.erased:
            assert set(self.register.open_slots(case, actor=PROPOSER).values()) == {None}
        erase_due(self.register)

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        """The person reads their own words until they are erased; records are as many as readings; keys as many as live."""
        if not hasattr(self, "words"):
            return
        for case, words in self.words.items():
            found = self.register.open_slots(case, 1, PROPOSER)[1, "narrative"]
            assert found == (None if case in self.erased else {"matter": words})
            file = self.register.case(case)
            assert file is not None and len(file.reads) == self.reads[case]
            assert (file.case.erased == ("proposer",)) == (case in self.erased)
        living = {case for case, _ in self.register.vault.living()}
        assert living == {*self.words, *self.reports} - self.erased

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.town.close()
            self.scratch.cleanup()


TestVaulted: Any = Vaulted.TestCase
TestVaulted.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
