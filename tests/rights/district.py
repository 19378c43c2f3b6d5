"""The district as the rights tests meet it: cases in which each post and each party stands somewhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from mingze.casework import Actor
from mingze.instance import Instance
from mingze.store import Filed, Upload

TEXT = """2026年下半年社区服务安排
一、学校周边
10月底前，区交通运输局在21所学校门口划定接送区。
"""
"""A fictional document with one promise."""

POSTS = (
    "zjj.handler",  # handles the suggestion
    "zjj.head",
    "zwzx.clerk",  # registered it
    "slj.handler",  # an office with no part in anything
    "sfj.handler",  # looks into the complaint
    "sfj.reviewer",
    "scj.handler",  # the complaint is about this office
    "qzf.head",  # above it in line
    "tjw.mediator",  # stood aside in the mediation
    "tjw.second",  # goes on with it
    "dcs.supervisor",
    "tjj.verifier",
    "jtj.handler",  # leads the promise
    "mzj.handler",  # named to handle the report of harm to a child
    "mzj.head",  # named to approve each opening in it
    "mzj.clerk",  # of the same office, and knows nothing of it
)
PAPER = Upload("attachments", "photo.txt", "text/plain", b"a photograph")
ABSENT_ID = "0" * 32
ABSENT_NUMBER = "明源建〔2026〕9999号"
LIVE = ("proposed", "accepted")


@dataclass(frozen=True)
class KnownCase:
    """A case the matrix asks for, with the codes that open it, the action it was opened by, and the request that waits."""

    name: str
    case_id: str
    number: str
    opening: str = "file"
    codes: dict[str, str] = field(default_factory=dict)
    asked: int = 1


ABSENT = KnownCase("absent", ABSENT_ID, ABSENT_NUMBER)


@dataclass
class District:
    """One instance and whoever comes to it."""

    instance: Instance
    keys: int = 0
    clients: dict[str, Client] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def register(self) -> Any:
        """The register behind the pages."""
        return self.instance.register()

    def key(self) -> str:
        """A fresh idempotency key."""
        self.keys += 1
        return f"a-key-long-enough-{self.keys}"

    def post(self, post_id: str) -> Actor:
        """A post as a procedure sees it."""
        found = self.instance.offices.post(post_id)
        return Actor("post", post=post_id, office=found.office, functions=found.functions)

    def act(self, case_id: str, action: str, by: Actor | str, fields: Any = None, **offices: str) -> Any:
        """Take an action, not through a page."""
        actor = self.post(by) if isinstance(by, str) else by
        return self.register.act(case_id, action, actor, fields or {}, offices=offices, idempotency=self.key())

    def file(self, procedure: str, fields: dict[str, Any], files: tuple[Upload, ...] = ()) -> Filed:
        """Open a case as the person who has the matter."""
        return self.register.file(procedure, fields, files, form_key=self.key())

    def client(self, who: str) -> Client:
        """A browser: `anyone`, `signed_in`, a post, or `code:<a party whose code was noted>`."""
        if who not in self.clients:
            made = Client(headers={"host": "127.0.0.1", "accept-language": "zh-CN"})
            if who.startswith("code:"):
                assert made.post("/case/", {"code": self.codes[who.partition(":")[2]]}).status_code == 303
            elif who == "signed_in":
                from mingze.accounts.models import Holding

                made.post("/desk/sign-in/", {"post": "bsz.handler"})
                Holding.objects.filter(post="bsz.handler").delete()
            elif who != "anyone":
                assert made.post("/desk/sign-in/", {"post": who}).status_code == 303
            self.clients[who] = made
        return self.clients[who]

    # -- cases ---------------------------------------------------------------------------------------------------

    def suggestion(self) -> KnownCase:
        """Registered by the service centre, handled by the housing bureau."""
        filed = self.file(
            "suggestion", {"matter": "路口的灯不亮", "name": "甲某某", "contact": "0451-00000001"}, (PAPER,)
        )
        self.act(filed.case_id, "accept", "zwzx.clerk", competent_office="zjj")
        return KnownCase("suggestion", filed.case_id, filed.number, codes={"proposer": filed.code})

    def complaint(self, about: str = "scj") -> KnownCase:
        """About the market bureau, and so hidden from it and from the government office above it."""
        fields = {"about_office": about, "kind": "fines", "matter": "没有出示证件", "name": "乙某某"}
        filed = self.file("enforcement-complaint", fields, (PAPER,))
        return KnownCase("complaint", filed.case_id, filed.number, codes={"complainant": filed.code})

    def mediation(self) -> KnownCase:
        """Between two sides; the first mediator has stood aside."""
        fields = {"dispute": "只有申请人说的话", "other_side": "楼上", "name": "丙某某"}
        filed = self.file("mediation", fields, (PAPER,))
        invited = self.act(filed.case_id, "invite", "tjw.mediator").invited
        respondent = Actor("party", party="respondent")
        self.act(filed.case_id, "consent", respondent)
        self.act(filed.case_id, "ask_change", respondent)
        self.act(filed.case_id, "change_mediator", "tjw.head", {"mediator": "tjw.mediator"})
        codes = {"applicant": filed.code, "respondent": invited.code}
        return KnownCase("mediation", filed.case_id, filed.number, codes=codes)

    def minors(self) -> KnownCase:
        """A report of harm to a child, of which two posts know; who reported it was asked for."""
        fields = {"matter": "孩子身上有伤", "name": "戊某某", "contact": "0451-00000005"}
        filed = self.file("minor-protection", fields)
        n = self.register.unsealing.ask(
            filed.case_id, self.post("mzj.handler"), ["identity"], purpose="contact", stage="received",
            reason="公安机关要当面核实", account="1", idempotency=self.key(),
        )  # fmt: skip
        return KnownCase("minors", filed.case_id, filed.number, codes={"reporter": filed.code}, asked=n)

    def promise(self) -> KnownCase:
        """An open record, out of a published document."""
        documents, actor = self.register.documents, self.post("dcs.supervisor")
        document_id = documents.add(TEXT, "2026年下半年社区服务安排", 2026, actor)
        row = next(one for one in documents.get(document_id).rows if one.state in LIVE)
        documents.accept(document_id, row.row_id, actor, expected_n=row.n)
        documents.confirm_all(document_id, self.post("dcs.head"))
        [filed] = documents.publish(document_id, actor)
        opening = self.register.procedures["commitment"].opening_name
        return KnownCase("promise", filed.case_id, filed.number, opening)

    def draft(self) -> tuple[str, str]:
        """A document under review and one of its rows."""
        documents = self.register.documents
        document_id = documents.add("区民政局年底前新开助餐点12个。", "草稿", 2026, self.post("dcs.supervisor"))
        return document_id, next(one for one in documents.get(document_id).rows if one.state in LIVE).row_id


def plain(answer: Any, *names: str) -> str:
    """A page without what differs at each drawing (tokens, nonces, keys) and without the names it was asked by."""
    text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
    text = re.sub(r'(name="(?:csrfmiddlewaretoken|key|form_key|action_key)" value=")[^"]*', r"\1", text)
    text = re.sub(r'nonce="[^"]*"', "nonce", text)
    for name in names:
        for spelt in {name, name.replace("〔", "%E3%80%94").replace("〕", "%E3%80%95")}:
            text = text.replace(spelt, "NAME")
    return text
