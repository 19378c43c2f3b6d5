"""A state machine against a plain model: whatever is filed, read, closed, erased, rotated, backed up, restored, restarted
in whatever order, a text is read exactly by whom, and as long as, the model says."""

from __future__ import annotations

import itertools
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
from mingze.vault.keeping import FolderKeys
from mingze.vault.rotation import new_kek, rotate
from tests.store.town import HANDLER, PROPOSER, Town

which = st.integers(0, 7)


class Vaulted(RuleBasedStateMachine):
    """The model: the text of each case, whether it is closed, erased, and how often staff have read it."""

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
        case = self.town.file(self.register, words).case_id
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
        found = self.register.open_slots(case, 1, HANDLER, "handle")
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

    @rule(days=st.sampled_from([1, 400, 1200]))
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
        self.old_vault = (path, set(self.words))

    @precondition(lambda self: self.old_vault is not None)
    @rule()
    def bring_the_copy_back(self) -> None:
        """An older vault in place of the newer one: the next pass destroys again what the events say is erased."""
        assert self.old_vault is not None
        path, known = self.old_vault
        if known != set(self.words):  # keys made since would be lost: what a restore does not do either
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
        assert living == set(self.words) - self.erased

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.town.close()
            self.scratch.cleanup()


TestVaulted: Any = Vaulted.TestCase
TestVaulted.settings = settings(
    max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
