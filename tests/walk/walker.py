"""Somebody who walks a procedure over HTTP: reads the pages as they are served, fills the forms they hold, and lets time pass.

The walker knows who may act from the tables and what to write from the declarations of the fields; where a form stands, what it
asks and where it is sent it reads from the page. Whatever is offered must be taken; whatever is wrong is told with the page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from mingze.casework import Actor, Case, Refused, duty, offers, published
from mingze.casework.unsealing import APPROVERS
from mingze.desk.opening_page import opening_role
from mingze.instance import FrozenClock, Instance
from mingze.jobs.overdue import mark_overdue
from mingze.procedure import Procedure
from mingze.procedure.walking import only_clocks
from tests.walk.routes import Route

HOST = {"host": "127.0.0.1", "accept-language": "en"}
WORDS = "经核对，情况如上。"


@dataclass(frozen=True)
class Sent:
    """What came of sending a form: 303 and where to, or a page."""

    status: int
    html: str
    location: str


@dataclass
class Walker:
    """One case on its way, with a browser for every person and every post that has a part in it."""

    instance: Instance
    procedure: Procedure
    route: Route
    case_id: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    posts: set[str] = field(default_factory=set)
    seats: dict[str, Any] = field(default_factory=dict)
    told: str = ""

    # -- where things stand ------------------------------------------------------------------------------------

    @property
    def register(self) -> Any:
        return self.instance.register()

    @property
    def now(self) -> dt.datetime:
        return self.instance.clock.now()

    @property
    def case(self) -> Case:
        return self.register.case(self.case_id).case

    def wait_until(self, moment: dt.datetime) -> None:
        """Let time pass; everybody comes back with their code or signs in again, and the jobs have run."""
        if moment > self.now:
            self.instance.clock = FrozenClock(moment)
            self.register.clock = self.instance.clock
            self.seats.clear()
        mark_overdue(self.register)

    def client(self) -> Any:
        from django.test import Client

        return Client(headers=HOST)

    def sit(self, post: str) -> Any:
        """A browser signed in at a post."""
        if post not in self.seats:
            self.seats[post] = self.client()
            answer = self.seats[post].post("/desk/sign-in/", {"post": post})
            assert answer.status_code == 303, post
        return self.seats[post]

    def person(self, party: str) -> Any:
        """A browser that holds a party's code."""
        seat = f"party {party}"
        if seat not in self.seats:
            self.seats[seat] = self.client()
            answer = self.seats[seat].post("/case/", {"code": self.codes[party]})
            assert answer.status_code == 303, f"the code of {party} is not known"
        return self.seats[seat]

    # -- pages -------------------------------------------------------------------------------------------------

    def page(self, client: Any, address: str) -> HTMLParser:
        """A page that must be there."""
        answer = client.get(address)
        assert answer.status_code == 200, self.wrong(address, answer)
        return HTMLParser(answer.content.decode())

    def send(self, client: Any, address: str, form: str, submit: str, values: dict[str, Any]) -> Sent:
        """A form as a browser without scripts sends it; the form and its button are named by their selectors."""
        answer = client.post(address, values)
        return Sent(answer.status_code, answer.content.decode(), answer.get("Location", ""))

    def wrong(self, what: str, answer: Any) -> str:
        """What went wrong, with what the page says about it."""
        tree = HTMLParser(answer.html if isinstance(answer, Sent) else answer.content.decode())
        said = [
            " ".join(each.text().split()) for each in tree.css("#refused, #error-summary, .summary-bad, .error, h1")
        ]
        stages = self.case.stages if self.case_id else ()
        return f"{self.procedure.name} {what} at {stages}: {answer.status if isinstance(answer, Sent) else answer.status_code} {said[:6]}"

    def read_by(self, role: str) -> str:
        """What somebody told of an act reads on their page of the case, on one line; "" for who has no page of it."""
        if role in self.codes:
            tree = self.page(self.person(role), "/case/")
        elif posts := self.instance.offices.posts_of(self.case.offices.get(role, "")):
            tree = self.page(self.sit(posts[0].id), f"/desk/case/{self.case_id}/")
        else:
            assert role in self.procedure.parties, f"{role} is told and has no page"
            return ""
        main = tree.css_first("main")
        return " ".join(main.text().split()) if main is not None else ""

    def look_around(self) -> None:
        """Every party and the office whose turn it is open the case: no page fails, and the date that rules is explained."""
        for party in self.codes:
            tree = self.page(self.person(party), "/case/")
            self.explained(tree, f"the page of {party}")
            assert tree.css_first("#diagram svg .diagram-here") is not None, (
                "the picture does not say where the case stands"
            )
        self.nothing_but_the_published()
        bearer = duty(self.procedure, self.case)
        office = bearer.office if bearer is not None and bearer.office else next(iter(self.case.offices.values()))
        for post in self.instance.offices.posts_of(office)[:1]:
            self.explained(self.page(self.sit(post.id), f"/desk/case/{self.case_id}/"), f"the desk of {post.id}")

    def staff_reads(self) -> None:
        """A post of each office with a part reads what it can; who it is, where that is closed, on another office's word."""
        for office in dict.fromkeys(self.case.offices.values()):
            posts = [post.id for post in self.instance.offices.posts_of(office)]
            for post in [post for post in posts if not self.case.circle or post in self.case.circle.values()][:1]:
                self.asked_and_answered(post)
                found = self.page(self.sit(post), f"/desk/case/{self.case_id}/")
                parts = [tick.attributes["value"] for tick in found.css('#sealed input[name="part"]')]
                if parts:
                    form = {"part": parts, "purpose": "handle"}
                    answer = self.sit(post).post(f"/desk/case/{self.case_id}/read/", form)
                    assert answer.status_code == 200, self.wrong(f"{post} reads {parts}", answer)
                    for file in HTMLParser(answer.content.decode()).css('#opened form[action*="/file/"]'):
                        data = self.sit(post).post(file.attributes["action"], {"purpose": "handle"})
                        assert data.status_code == 200, self.wrong(f"{post} takes a file", data)

    def asked_and_answered(self, post: str) -> None:
        """The form where who it is is closed, sent; and the page of whoever was asked, answered."""
        client, here = self.sit(post), f"/desk/case/{self.case_id}/"
        if self.page(client, here).css_first("#ask-open-identity") is None:
            return
        form = {"name": "identity", "purpose": "contact", "stage": self.case.stages[0], "reason": "补一页材料"}
        assert client.post(f"{here}ask/", form).status_code == 303
        request = self.case.requests[-1]
        able = [each for each in self.instance.offices.posts_of(request["to"]) if set(each.functions) & set(APPROVERS)]
        answer = self.sit(able[0].id).post(f"/desk/approvals/{self.case_id}/{request['n']}/", {"say": "approve"})
        assert answer.status_code == 303, self.wrong(f"{able[0].id} answers", answer)

    def nothing_but_the_published(self) -> None:
        """Anyone can read what the procedure's table publishes by now; of a case that publishes nothing there is no page."""
        parts = published(self.procedure, self.case)
        number = self.register.case(self.case_id).number
        client = self.client()
        status, html = self.fetched(client, f"/published/{number}/")
        assert status == (200 if parts else 404), f"{number}: {status} with {len(parts)} parts public"
        for name, _ in parts:
            assert self.procedure.publication[name].en in html

    def fetched(self, client: Any, address: str) -> tuple[int, str]:
        """Any page, with how the server answered."""
        answer = client.get(address)
        return answer.status_code, answer.content.decode()

    def explained(self, tree: HTMLParser, where: str) -> None:
        """The date that rules stands with the days that led to it and with its article."""
        bearer = duty(self.procedure, self.case)
        assert bearer is None or bearer.clock, f"{self.procedure.name}: nobody knows until when at {self.case.stages}"
        if bearer is None or not bearer.due:
            return
        rows = tree.css(".clock .how-table tbody tr")
        assert rows, f"{self.procedure.name}: {where} does not explain {bearer.clock} at {self.case.stages}"
        state = self.case.clocks[bearer.clock]
        main = tree.css_first("main")
        assert state.due_on is not None and main is not None and str(state.due_on.year) in main.text()

    # -- opening -----------------------------------------------------------------------------------------------

    def open(self) -> None:
        """The case is opened by whoever may: a person at the portal, a document's promise, or a post at the desk."""
        procedure, opening = self.procedure, self.procedure.opening
        if any(procedure.fields[name].type == "record" for name in opening.takes):
            self.case_id = self.promised()
        elif procedure.public and any(by in procedure.parties for by in opening.by):
            self.filed()
        else:
            self.opened_at_the_desk()
        self.look_around()

    def filed(self) -> None:
        client = self.client()
        tree = self.page(client, f"/file/{self.procedure.name}/")
        form = next(node for node in tree.css("form") if node.css_first("[name=form_key]") is not None)
        address = f"/file/{self.procedure.name}/"
        answer = self.send(client, address, "form:has([name=form_key])", "#submit", self.filled(form, self.procedure))
        assert answer.status == 303, self.wrong("filing", answer)
        slip = self.page(client, "/case/receipt/")
        code = "".join(node.text() for node in slip.css("#receipt-code span"))
        found = self.register.holder(code)
        self.case_id, self.codes[found.party] = found.case_id, code

    def opened_at_the_desk(self) -> None:
        offices = self.instance.offices
        for post in offices.posts:
            actor = Actor("post", post=post.id, office=post.office, functions=post.functions)
            if opening_role(self.procedure, actor, offices):
                break
        else:
            raise AssertionError(f"nobody may open {self.procedure.name}")
        client, address = self.sit(post.id), f"/desk/open/{self.procedure.name}/"
        assert self.page(client, "/desk/open/").css_first(f"#open-{self.procedure.name}") is not None
        form = self.page(client, address).css_first("#open-form")
        assert form is not None
        answer = self.send(client, address, "#open-form", "#submit-open", self.filled(form, self.procedure))
        if answer.status == 200:
            self.keep_codes(answer)
        else:
            assert answer.status == 303, self.wrong("opening", answer)
            self.case_id = answer.location.split("/desk/case/")[1].split("/")[0]

    def promised(self) -> str:
        documents = self.register.documents
        actor = self.actor("dcs.supervisor")
        document = documents.add("区交通运输局年底前划定接送区21处。\n", "2026年安排", 2026, actor)
        row = next(row for row in documents.get(document).rows if row.state == "proposed")
        documents.accept(document, row.row_id, actor, expected_n=row.n)
        documents.confirm_all(document, self.actor("dcs.head"))
        return documents.publish(document, actor)[0].case_id

    def actor(self, post_id: str) -> Actor:
        post = self.instance.offices.post(post_id)
        return Actor("post", post=post.id, office=post.office, functions=post.functions)

    # -- acting ------------------------------------------------------------------------------------------------

    def take(self, name: str) -> None:
        """One act by whoever the pages offer it to, after the waiting it needs."""
        action = self.procedure.actions[name]
        if only_clocks(action):
            self.wait_for_clock(name)
            return
        for _ in range(6):
            if self.acted(name):
                self.look_around()
                return
            if not self.waited_for(name):
                break
        reasons = {actor.post or actor.party: self.why(name, actor) for actor in self.actors(name)}
        raise AssertionError(f"{self.procedure.name}: nobody is offered {name} at {self.case.stages}: {reasons}")

    def actors(self, name: str) -> list[Actor]:
        """Who may take an act by the tables: parties with a code, posts of the offices in those parts."""
        out: list[Actor] = []
        for by in self.procedure.actions[name].by:
            role, _, function = by.partition(".")
            if role in self.codes:
                out.append(Actor("party", party=role))
            office = self.case.offices.get(role, "")
            for post in self.instance.offices.posts_of(office) if office else ():
                if not function or function in post.functions:
                    out.append(self.actor(post.id))
        return [each for each in out if each.post not in self.case.recused]

    def why(self, name: str, actor: Actor) -> Refused | None:
        return next(offer.why for offer in offers(self.procedure, self.case, actor, self.now) if offer.name == name)

    def acted(self, name: str) -> bool:
        for actor in self.actors(name):
            client, address, where, submit, form = self.form_of(name, actor)
            if form is None:
                continue
            before = self.case.n
            answer = self.send(client, address, where, submit, self.filled(form, self.procedure, actor))
            if answer.status == 200:
                self.keep_codes(answer)
            else:
                assert answer.status == 303, self.wrong(f"{name}, offered to {actor.post or actor.party}", answer)
            assert self.case.n > before, self.wrong(f"{name} changed nothing", answer)
            if actor.kind == "party":
                self.told = answer.html or client.get("/case/").content.decode()
            return True
        return False

    def form_of(self, name: str, actor: Actor) -> tuple[Any, str, str, str, Node | None]:
        """Where the page of an actor holds the form of an act: browser, address, form and button by selector, the form."""
        if actor.kind == "party":
            client = self.person(actor.party)
            tree = self.page(client, "/case/")
            submit = f'#outcome button[formaction="/case/act/{name}/"]'
            if tree.css_first(submit) is not None:
                return client, f"/case/act/{name}/", "#outcome form", submit, tree.css_first("#outcome form")
            where = f"#form-{name}"
            return client, f"/case/act/{name}/", where, f"#submit-{name}", tree.css_first(where)
        client = self.sit(actor.post)
        address, where = f"/desk/case/{self.case_id}/", f"#act-{name} form"
        tree = self.page(client, address)
        return client, f"{address}act/{name}/", where, f"#submit-{name}", tree.css_first(where)

    def waited_for(self, name: str) -> bool:
        """Let the time pass that an act must wait for; False if nothing is to be waited for."""
        for actor in self.actors(name):
            why = self.why(name, actor)
            if why is not None and why.code == "not_yet" and why.values.get("until"):
                until = str(why.values["until"])
                day = dt.datetime.fromisoformat(until[:10]).replace(tzinfo=self.now.tzinfo)
                self.wait_until(day + dt.timedelta(days=1, hours=10))
                return True
        return False

    def wait_for_clock(self, name: str) -> None:
        """Let the period run out that an act of nobody's waits for."""
        for by in self.procedure.actions[name].by:
            state = self.case.clocks.get(by.removeprefix("clock "))
            if state is not None and state.running and state.due_on is not None:
                before = self.case.counts.get(name, 0)
                day = dt.datetime.combine(state.due_on, dt.time(10), self.now.tzinfo)
                self.wait_until(day + dt.timedelta(days=1))
                assert self.case.counts.get(name, 0) > before, f"{self.procedure.name}: {name} did not follow by itself"
                self.look_around()
                return
        raise AssertionError(f"{self.procedure.name}: no clock runs that {name} waits for")

    def keep_codes(self, answer: Sent) -> None:
        """The codes of a hand-over sheet, each for the party it belongs to."""
        tree = HTMLParser(answer.html)
        sheets = tree.css("#hand-over .slip")
        assert sheets, self.wrong("neither a sheet nor a way on", answer)
        for sheet in sheets:
            code = "".join(node.text() for node in sheet.css(".slip-code span"))
            found = self.register.holder(code)
            assert found is not None, "the code on the sheet leads nowhere"
            self.case_id = self.case_id or found.case_id
            if found.case_id == self.case_id:
                self.codes[found.party] = code

    # -- filling in --------------------------------------------------------------------------------------------

    def filled(self, form: Node, procedure: Procedure, actor: Actor | None = None) -> dict[str, Any]:
        """What the form asks, filled in from what the procedure declares of each field."""
        out: dict[str, Any] = {}
        for control in form.css("input, textarea, select"):
            name = control.attributes.get("name") or ""
            if not name or name in out:
                continue
            if control.attributes.get("type") == "hidden":
                out[name] = control.attributes.get("value") or ""
            elif name.startswith("office-"):
                out[name] = self.office(control, set(map(str, out.values())))
            elif name in procedure.fields:
                value = self.value(procedure, name, form, control)
                if value is not None:
                    out[name] = value
        return out

    def value(self, procedure: Procedure, name: str, form: Node, control: Node) -> Any:
        declared = procedure.fields[name]
        if name in self.route.choose:
            return self.route.choose[name]
        if not declared.required and not self.counted_from(procedure, name):
            return None
        if declared.type == "choice":
            return next(iter(declared.choices))
        if declared.type in ("office", "offices"):
            return self.office(control)
        if declared.type == "post":
            return self.post(control)
        if declared.type == "date":
            return self.day(procedure, name)
        if declared.type == "files":
            from django.core.files.uploadedfile import SimpleUploadedFile

            return SimpleUploadedFile("材料.txt", "材料".encode(), "text/plain")
        return {"number": "12", "email_or_phone": "0451-00000001"}.get(declared.type, WORDS)

    @staticmethod
    def counted_from(procedure: Procedure, name: str) -> bool:
        return any(clock.counts_from == name for clock in procedure.clocks.values())

    def day(self, procedure: Procedure, name: str) -> str:
        """A day that fits: far enough ahead for what must come before it, today for what has happened, else next month."""
        ahead = 30
        for clock in procedure.clocks.values():
            if clock.counts_from == name:
                ahead = 90 if clock.backward else 0
            elif f"fact {name}" in clock.extended_by.values() or name in clock.extended_by.values():
                ahead = 400
        return (self.now.date() + dt.timedelta(days=ahead)).isoformat()

    def office(self, control: Node, taken: set[str] | frozenset[str] = frozenset()) -> str:
        """An office that answers for matters, and has no other part in the case yet if one is free."""
        options = [node.attributes.get("value") or "" for node in control.css("option")]
        offices = [self.instance.offices.office(each) for each in options if each]
        used = taken | (set(self.case.offices.values()) if self.case_id else set())
        plain = [office.id for office in offices if "competent" in office.functions and len(office.functions) == 1]
        free = [each for each in plain if each not in used]
        return next(iter(free or plain or [office.id for office in offices]))

    def post(self, control: Node) -> str:
        """A post that is not chosen yet in this case."""
        options = [node.attributes.get("value") or "" for node in control.css("option")]
        used = set(map(str, self.case.facts.values())) if self.case_id else set()
        free = [each for each in options if each and each not in used | self.posts]
        self.posts |= set(free[:1])
        return next(iter(free or [each for each in options if each]), "")
