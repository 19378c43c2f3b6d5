"""A desk to test at: a real instance with a real register, and a browser-like client that sits in any post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from mingze.casework import Actor
from mingze.instance import FrozenClock, Instance
from mingze.store import Upload

TEXT = """2026年下半年社区服务安排
一、学校周边
去年全区学校门口拥堵有所缓解。
10月底前，区交通运输局在21所学校门口划定接送区。
二、助餐
区民政局年底前新开助餐点12个。
每月10日前公布各点用餐人次和菜价。
对经常上访的住户建立画像，分级管控。
"""
"""A fictional document: two targets with an office, one cadence without, and one passage that must stay text."""


@dataclass
class Desk:
    """One instance, its register, and what people bring to it."""

    instance: Instance
    client: Client
    keys: int = 0
    seats: dict[str, Client] = field(default_factory=dict)

    @property
    def register(self) -> Any:
        """The register the pages write to, too."""
        return self.instance.register()

    def at(self, text: str) -> None:
        """Let it be this moment in Shanghai."""
        object.__setattr__(self.instance.clock, "at", dt.datetime.fromisoformat(text + "+08:00"))

    def key(self) -> str:
        """A fresh idempotency key."""
        self.keys += 1
        return f"key-{self.keys}"

    def actor(self, post: str) -> Actor:
        """A post as a procedure sees it."""
        found = self.instance.offices.post(post)
        return Actor("post", post=post, office=found.office, functions=found.functions)

    def suggestion(self, words: str = "青禾路小学门口没有红绿灯。", files: tuple[Upload, ...] = ()) -> str:
        """Somebody files a suggestion; the case's id."""
        fields = {"matter": words, "name": "甲某某", "contact": "0451-00000001"}
        return self.register.file("suggestion", fields, files, form_key=self.key()).case_id

    def act(self, case_id: str, action: str, post: str, fields: Any = None, offices: Any = None) -> Any:
        """A post takes an action, not through a page."""
        return self.register.act(
            case_id, action, self.actor(post), fields or {}, offices=offices or {}, idempotency=self.key()
        )

    def sit(self, post: str) -> Client:
        """A client signed in at a post."""
        if post not in self.seats:
            client = Client(headers={"host": "127.0.0.1", "accept-language": "zh-CN"})
            answer = client.post("/desk/sign-in/", {"post": post})
            assert answer.status_code == 303
            self.seats[post] = client
        return self.seats[post]

    def document(self, text: str = TEXT) -> str:
        """A document waiting for review; its id."""
        return self.register.documents.add(text, "2026年下半年社区服务安排", 2026, self.actor("dcs.supervisor"))

    def rows(self, document_id: str) -> dict[str, Any]:
        """The rows that stand on the review page, by their exact words."""
        found = self.register.documents.get(document_id).rows
        return {row.quote: row for row in found if row.state in ("proposed", "accepted", "rejected", "excluded")}

    def step(self, document_id: str, row: Any, verb: str, post: str = "dcs.supervisor", **fields: Any) -> Any:
        """A step of the review through its page."""
        address = f"/desk/documents/{document_id}/rows/{row.row_id}/{verb}/"
        return self.sit(post).post(address, {"n": row.n, **fields})


@pytest.fixture
def desk(make_instance: Callable[..., Instance], browse: Callable[..., Client]) -> Desk:
    """A demo instance without cases, on Monday 23 November 2026 at 10:00."""
    instance = make_instance(demo=True)
    assert isinstance(instance.clock, FrozenClock)
    return Desk(instance, browse(instance))


def text_of(answer: Any) -> str:
    """The page as text."""
    return answer.content.decode()
