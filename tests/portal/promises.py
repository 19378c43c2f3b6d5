"""A published plan with two promises, and what offices do about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.portal.conftest import Portal
from tests.portal.matters import post

TEXT = "区教育局要在2026年12月20日前完成12所小学操场改造。\n区交通运输局要在2026年12月28日前修通3公里道路。"


@dataclass
class Promised:
    """The portal with the promises, in the order of the text."""

    portal: Portal
    document: str
    numbers: list[str]
    cases: list[str]
    text: str = TEXT
    acts: int = 0

    def act(self, case: int, action: str, by: str, fields: dict[str, Any] | None = None, **offices: str) -> None:
        """An office acts in one of them."""
        self.acts += 1
        register = self.portal.instance.register()
        register.act(
            self.cases[case], action, post(by), fields or {}, offices=offices, idempotency=f"act-{self.acts}-{'x' * 20}"
        )

    def accept(self, case: int) -> None:
        """The lead office takes it on, if it has not yet."""
        found = self.portal.instance.register().case(self.cases[case])
        assert found is not None
        if found.case.stage == "assigned":
            self.act(case, "accept", f"{('jyj', 'jtj')[case]}.handler")

    def report_progress(self, case: int, **fields: str) -> None:
        """The lead office says how far it is."""
        self.accept(case)
        self.act(case, "report_progress", f"{('jyj', 'jtj')[case]}.handler", {"progress": "已完成三分之一。", **fields})

    def report_done(self, case: int) -> None:
        """The lead office says it is done."""
        self.accept(case)
        self.act(case, "report_done", f"{('jyj', 'jtj')[case]}.handler", {"progress": "全部完成。"})

    def extend(self, case: int, until: str) -> None:
        """More time is asked for and granted."""
        self.accept(case)
        self.act(case, "ask_extension", f"{('jyj', 'jtj')[case]}.handler", {"reason": "雨季停工。", "until": until})
        self.act(case, "extend", "dcs.head", {"reason": "属实，同意。", "until": until})


def promised(portal: Portal) -> Promised:
    """Read, review and publish the plan."""
    documents, supervisor = portal.instance.register().documents, post("dcs.supervisor")
    document = documents.add(TEXT, "明源区2026年重点工作", 2026, supervisor)
    found = documents.get(document)
    assert found is not None
    for row, lead in zip(sorted(found.rows, key=lambda row: row.start), ("jyj", "jtj"), strict=True):
        if not row.row.get("lead_office"):
            documents.edit_row(document, row.row_id, {"lead_office": lead}, supervisor, expected_n=row.n)
        now = next(each for each in documents.get(document).rows if each.row_id == row.row_id)  # type: ignore[union-attr]
        documents.accept(document, row.row_id, supervisor, expected_n=now.n)
    documents.confirm_all(document, post("dcs.head"))
    published = documents.publish(document, supervisor)
    numbers = [each.number for each in published]
    return Promised(portal, document, numbers, [each.case_id for each in published])
