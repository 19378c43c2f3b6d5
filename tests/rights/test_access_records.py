"""No record, no plaintext: what is opened for the authority's own people is counted against the access records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mingze.jobs.bundle
import mingze.store.sealing
from mingze.casework import Actor
from mingze.store import Unavailable
from tests.rights.district import District, KnownCase

SOURCE = Path(mingze.store.sealing.__file__).parents[1]


class Opened:
    """Which sealed texts of cases were opened, in order: the vault's own function, watched and otherwise untouched."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.places: list[str] = []
        for module in (mingze.store.sealing, mingze.jobs.bundle):
            patch.setattr(module, "open_sealed", self._watching(module.open_sealed))

    def _watching(self, real: Any) -> Any:
        def watched(key: Any, sealed: bytes, where: bytes) -> bytes:
            self.places.append(where.decode())
            return real(key, sealed, where)

        return watched

    def slots(self) -> set[str]:
        """The slots opened since the last call, each once, however many of its columns and files were."""
        found = {re.search(r"[0-9a-f]{32}/[0-9a-f]{16}", place)[0] for place in self.places}  # type: ignore[index]
        self.places.clear()
        return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """The vault, watched for one test."""
    yield Opened(monkeypatch)


def recorded(district: District, case: KnownCase) -> int:
    """How many sealed parts the access records of a case name."""
    return sum(len(read.event.facts["slots"]) for read in district.register.case(case.case_id).reads)


def test_staff_openings_equal_access_records_over_a_whole_course(district: District, opened: Opened) -> None:
    """From filing to answer, through pages, files and notices: every part opened for a post or the program has its
    record, and every refused attempt has neither a record nor an opening."""
    case = district.suggestion()
    case_page, total = f"/desk/case/{case.case_id}/", 0

    def step(who: str, path: str, **form: Any) -> int:
        nonlocal total
        before = recorded(district, case)
        answer = district.client(who).post(path, form) if form else district.client(who).get(path)
        parts = opened.slots()
        assert len(parts) == recorded(district, case) - before, (who, path)
        total += len(parts)
        return answer.status_code

    assert step("zwzx.clerk", case_page) == 200
    assert step("zwzx.clerk", f"{case_page}read/", part=["narrative", "identity"], purpose="assign") == 403
    assert step("zwzx.clerk", f"{case_page}read/", part="narrative", purpose="assign") == 200
    form = {
        "name": "identity",
        "purpose": "contact",
        "stage": "handling",
        "reason": "少一页，要请本人补",
        "key": "k" * 20,
    }
    assert step("zjj.handler", f"{case_page}ask/", **form) == 303
    assert step("zjj.handler", f"{case_page}read/", part="identity", purpose="contact") == 403
    n = district.register.case(case.case_id).case.n
    assert step("dcs.supervisor", f"/desk/approvals/{case.case_id}/{n}/", say="approve", reason="", key="k" * 20) == 303
    assert step("zjj.handler", f"{case_page}read/", part="identity", purpose="contact") == 200
    assert step("zjj.handler", f"{case_page}read/", part=["narrative", "attachment"], purpose="handle") == 200
    assert step("zjj.handler", f"{case_page}file/1/attachment:1/", purpose="handle") == 200
    assert step("zjj.handler", f"{case_page}file/1/attachment:1/") == 403
    assert step("zjj.handler", f"{case_page}read/", part="narrative", purpose="") == 422
    assert step("slj.handler", f"{case_page}read/", part="narrative", purpose="handle") == 404
    assert step("jtj.handler", f"{case_page}file/1/attachment:1/", purpose="handle") == 404
    assert step("zjj.handler", f"{case_page}summary/") == 200
    assert step("zjj.handler", "/desk/?view=open") == 200
    before = recorded(district, case)
    district.register.open_slots(case.case_id, actor=Actor("system"), purpose="contact", slots=["identity"])
    assert len(opened.slots()) == recorded(district, case) - before == 1
    assert total == 5 and recorded(district, case) == 6


def test_the_person_reads_without_a_record_and_sees_every_record(district: District, opened: Opened) -> None:
    """Whoever holds the code opens their own part without an entry, and finds each reading by others on the page."""
    case = district.suggestion()
    district.codes["reader"] = case.codes["proposer"]
    district.client("zwzx.clerk").post(f"/desk/case/{case.case_id}/read/", {"part": "narrative", "purpose": "assign"})
    opened.slots()
    page = district.client("code:reader").get("/case/").content.decode()
    assert "路口的灯不亮" in page and opened.slots()
    assert recorded(district, case) == 1
    assert "区政务服务中心登记岗" in page.replace(" ", "") or "登记岗" in page


def test_nothing_is_opened_when_the_record_cannot_be_written(
    district: District, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a stopped writer, a read-only database: 503 and not one part opened, by page and by file."""
    case = district.suggestion()
    client = district.client("zjj.handler")
    for reason in ("disk_full", "stopped", "read_only"):

        def refuse(*_: Any, reason: Any = reason, **__: Any) -> Any:
            raise Unavailable(reason)

        with monkeypatch.context() as patch:
            patch.setattr(district.register, "submit", refuse)
            form = {"part": ["narrative", "identity", "attachment"], "purpose": "handle"}
            assert client.post(f"/desk/case/{case.case_id}/read/", form).status_code == 503
            assert client.post(f"/desk/case/{case.case_id}/file/1/attachment:1/", form).status_code == 503
    assert opened.slots() == set() and recorded(district, case) == 0


def test_no_other_room_opens_what_is_sealed() -> None:
    """Only the store's own modules and the person's bundle can open a seal: there is no way round the record."""
    asking = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(r"\b(open_sealed|open_slot|open_event)\b", path.read_text(encoding="utf-8"))
    }
    allowed = {
        "store/sealing.py", "store/recording.py", "store/register.py", "store/reading_sealed.py", "jobs/bundle.py",
        "vault/__init__.py", "vault/sealing.py", "vault/keys.py", "vault/keeping.py",
    }  # fmt: skip
    assert {path for path in asking - allowed if not path.startswith("vault/")} <= EVENTS_ONLY


EVENTS_ONLY = {
    "jobs/replay.py",
    "jobs/backup.py",
    "store/moving.py",
    "store/promises.py",
    "store/acting.py",
    "store/reading.py",
}
"""These open the case's own records (`open_event`), which hold facts and commitments and no sealed text."""
