"""An instance with its portal, and the way to a filed case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from mingze.instance import FrozenClock, Instance
from tests.portal.matters import post

if TYPE_CHECKING:
    from django.test import Client


@dataclass
class Portal:
    """One instance and a browser without JavaScript."""

    instance: Instance
    client: Client

    def at(self, *moment: int) -> None:
        """Let the instance's clock stand at a moment."""
        self.instance.clock = FrozenClock(dt.datetime(*moment, tzinfo=dt.timezone(dt.timedelta(hours=8))))  # type: ignore[arg-type]
        self.instance.register().clock = self.instance.clock

    def form_key(self, path: str = "/file/suggestion/") -> str:
        """The random key of a fresh form."""
        found = re.search(r'name="form_key" value="([^"]+)"', self.client.get(path).content.decode())
        assert found is not None
        return found[1]

    def file(self, **fields: Any) -> str:
        """File a suggestion through the form and return the code on the receipt."""
        values = {"form_key": self.form_key(), "matter": "小学门口没有红绿灯。", **fields}
        assert self.client.post("/file/suggestion/", values).status_code == 303
        return self.code()

    def code(self) -> str:
        """The code on the receipt."""
        html = self.client.get("/case/receipt/").content.decode()
        slip = html[html.index('id="receipt-code"') :]
        return "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", slip)[:6])

    def act(self, code: str, action: str, by: str, fields: dict[str, Any] | None = None, **offices: str) -> None:
        """Staff act in the case of a code."""
        register = self.instance.register()
        case_id = register.by_code(code)
        assert case_id is not None
        register.act(case_id, action, post(by), fields or {}, offices=offices, idempotency=f"{action}-{by}-{code}")


@pytest.fixture
def portal(make_instance: Callable[..., Instance], browse: Callable[..., Client]) -> Portal:
    """A demo instance without cases, seen in English."""
    instance = make_instance(demo=True)
    return Portal(instance, browse(instance, **{"accept-language": "en"}))
