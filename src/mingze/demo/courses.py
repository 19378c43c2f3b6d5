"""How the demo's matters go: who does what on which day, from the filing to the end or to where it stands today.

A course is a list of turns (an action and its moment). Courses of the year are drawn from the tables below by a seeded
generator; what happens after now simply has not happened yet. Standing cases are written out, counted back from today,
so that every state is there whenever the demo is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from mingze.accounts.offices import Offices
from mingze.casework import Actor
from mingze.demo.diary import Diary, day_words, month_end, month_end_words
from mingze.demo.evidence import photo
from mingze.demo.matters import Matter, Matters
from mingze.demo.steps import Act, File, Read, Step, post_of
from mingze.store import Upload


@dataclass(frozen=True)
class Pace:
    """How fast a kind of matter goes; every pair is a range of working days, the say of a person of calendar days."""

    register: tuple[int, int]
    register_late: tuple[int, int]
    answer: tuple[int, int]
    answer_late: tuple[int, int]
    ask: tuple[int, int]
    extended: tuple[int, int]
    again: tuple[int, int]
    party: str


PACES = {
    "suggestion": Pace((0, 6), (11, 14), (7, 26), (31, 39), (20, 27), (32, 43), (4, 13), "proposer"),
    "enterprise-request": Pace((0, 1), (2, 4), (3, 13), (16, 21), (9, 13), (16, 23), (3, 9), "enterprise"),
}

SLOW = {"jtj": 0.20, "zjj": 0.16, "qhjd": 0.10}
"""The share of answers that come late, by office; elsewhere 5 %. Offices differ, and the demo shows it."""

WAYS = (("straight", 60), ("extended", 14), ("handed back", 12), ("handed back twice", 4), ("asked in vain", 4))
SAYS = (("silent", 34), ("solved", 48), ("sent back", 11), ("upheld", 7))
RESULT_WEIGHTS = {"adopted": 46, "done": 46, "partly": 26, "noted": 12, "explained": 16, "refused": 13}


@dataclass(frozen=True)
class Turn:
    """One action at one moment; `office` binds or acts where the course, not the topic, decides which."""

    action: str
    at: dt.datetime
    office: str = ""
    result: str = ""


@dataclass(frozen=True)
class Standing:
    """A case whose place today is certain: actions and how many working days before today each happened.

    `file` at 0 means earlier today; an office never acts on the day itself.
    """

    key: str
    procedure: str
    topic: str
    turns: Sequence[tuple[str, int]]
    result: str = ""


STANDING = (
    Standing("known/received", "suggestion", "bus_stop", (("file", 0),)),
    Standing("known/extended", "suggestion", "crossing",
             (("file", 38), ("accept", 36), ("ask_extension", 12), ("extend", 11))),
    Standing("known/answered", "suggestion", "reading_room", (("file", 24), ("accept", 22), ("answer", 3)), "adopted"),
    Standing("known/overdue", "enterprise-request", "road_dig", (("file", 22), ("accept", 21))),
    Standing("known/refused", "enterprise-request", "loading_bay",
             (("file", 11), ("accept", 10), ("refuse", 2)), "refused"),
    Standing("standing/1", "suggestion", "elder_meals", (("file", 3),)),
    Standing("standing/2", "suggestion", "parking", (("file", 14),)),
    Standing("standing/3", "suggestion", "kerb", (("file", 5), ("accept", 1))),
    Standing("standing/4", "suggestion", "playground", (("file", 8), ("accept", 6), ("hand_back", 2)), ),
    Standing("standing/5", "suggestion", "streetlight",
             (("file", 15), ("accept", 13), ("hand_back", 10), ("accept", 8), ("ask_ruling", 4), ("arbitrate", 2))),
    Standing("standing/6", "suggestion", "bus_line", (("file", 29), ("accept", 28), ("ask_extension", 2))),
    Standing("standing/7", "suggestion", "parking", (("file", 41), ("accept", 38))),
    Standing("standing/8", "suggestion", "water_pressure",
             (("file", 33), ("accept", 30), ("answer", 8), ("say_unsolved", 3)), "adopted"),
    Standing("standing/9", "suggestion", "site_noise",
             (("file", 45), ("accept", 43), ("answer", 20), ("say_unsolved", 14)), "partly"),
    Standing("standing/10", "suggestion", "food_market",
             (("file", 40), ("accept", 38), ("answer", 19), ("say_unsolved", 13), ("send_back", 6)), "partly"),
    Standing("standing/11", "suggestion", "after_school", (("file", 25), ("accept", 23), ("refuse", 5)), "refused"),
    Standing("standing/12", "suggestion", "elevator", (("file", 34), ("accept", 33), ("answer", 4)), "noted"),
    Standing("standing/23", "suggestion", "legal_aid",
             (("file", 17), ("accept", 15), ("ask_extension", 3), ("extend", 2))),
    Standing("standing/24", "suggestion", "playground",
             (("file", 12), ("accept", 10), ("hand_back", 7), ("accept", 5), ("ask_ruling", 1))),
    Standing("standing/13", "enterprise-request", "food_licence", (("file", 0),)),
    Standing("standing/14", "enterprise-request", "signboard", (("file", 3),)),
    Standing("standing/15", "enterprise-request", "power", (("file", 6), ("accept", 5))),
    Standing("standing/16", "enterprise-request", "rent",
             (("file", 18), ("accept", 17), ("ask_extension", 6), ("extend", 5))),
    Standing("standing/17", "enterprise-request", "recruit", (("file", 13), ("accept", 12), ("ask_extension", 1))),
    Standing("standing/18", "enterprise-request", "inspection", (("file", 6), ("accept", 5), ("hand_back", 1))),
    Standing("standing/25", "enterprise-request", "signboard",
             (("file", 7), ("accept", 6), ("hand_back", 5), ("accept", 4), ("ask_ruling", 1))),
    Standing("standing/26", "enterprise-request", "loading_bay",
             (("file", 9), ("accept", 8), ("hand_back", 6), ("accept", 5), ("ask_ruling", 3), ("arbitrate", 2))),
    Standing("standing/19", "enterprise-request", "arrears", (("file", 14), ("accept", 13), ("answer", 3)), "partly"),
    Standing("standing/20", "enterprise-request", "environment_check",
             (("file", 17), ("accept", 16), ("answer", 8), ("say_unsolved", 4)), "partly"),
    Standing("standing/21", "enterprise-request", "network",
             (("file", 26), ("accept", 25), ("answer", 15), ("say_unsolved", 9), ("send_back", 4)), "done"),
    Standing("standing/22", "enterprise-request", "fine",
             (("file", 44), ("accept", 43), ("answer", 30), ("say_unsolved", 24), ("uphold", 18)), "partly"),
)  # fmt: skip
"""Every state on the day the demo is made; the first five are the cases whose codes the start page lists."""

_BY_PARTY = ("say_solved", "say_unsolved")
_BINDING = ("accept", "arbitrate")


def standing_turns(standing: Standing, diary: Diary, draw: Random) -> list[Turn]:
    """The turns of a standing case, each on its day."""
    turns: list[Turn] = []
    for action, before in standing.turns:
        day = diary.working(diary.today, -before) if before else diary.today
        home = action in ("file", *_BY_PARTY)
        at = diary.home_hour(day, draw) if home else diary.office_hour(day, draw)
        if turns and at <= turns[-1].at:
            at = turns[-1].at + dt.timedelta(minutes=draw.randint(20, 90))
        turns.append(Turn(action, at, result=standing.result))
    return turns


def drawn_turns(matter: Matter, procedure: str, opened_at: dt.datetime, diary: Diary, draw: Random) -> list[Turn]:
    """The whole course of a matter from the tables, also what would come after now."""
    pace, topic = PACES[procedure], matter.topic
    turns = [Turn("file", opened_at)]

    def office_day(after: dt.date, days: tuple[int, int]) -> dt.datetime:
        at = diary.office_hour(diary.working(diary.working(after), draw.randint(*days)), draw)
        return max(at, turns[-1].at + dt.timedelta(minutes=draw.randint(15, 150)))

    late = draw.random() < 0.04
    registered_at = office_day(opened_at.date(), pace.register_late if late else pace.register)
    if topic.declined:
        return [*turns, Turn("decline", registered_at)]
    way = _drawn(WAYS, draw)
    wrong = {"handed back": 1, "handed back twice": 2}.get(way, 0) if topic.wrong else 0
    turns.append(Turn("accept", registered_at, topic.wrong if wrong else topic.office))
    began = registered_at.date()
    for round_ in range(wrong):
        back, assigned = _HANDED_BACK[round_]
        turns.append(Turn(back, office_day(turns[-1].at.date(), (1, 3))))
        right = topic.office if round_ == wrong - 1 else "qzf"
        again = (1, 4 if procedure == "suggestion" and assigned == "accept" else 1)
        turns.append(Turn(assigned, office_day(turns[-1].at.date(), again), right))
    slow = draw.random() < SLOW.get(topic.office, 0.05)
    answer_days = pace.answer_late if slow else pace.answer
    if way in ("extended", "asked in vain"):
        turns.append(Turn("ask_extension", office_day(began, pace.ask)))
        answer_days = pace.answer_late
    if way == "extended":
        turns.append(Turn("extend", office_day(turns[-1].at.date(), (0, 2))))
        answer_days = pace.extended
    results = list(matter.answers)
    result = draw.choices(results, [RESULT_WEIGHTS[found] for found in results])[0]
    turns.append(Turn("refuse" if result == "refused" else "answer", office_day(began, answer_days), result=result))
    days = (1, 10)
    says = _drawn(SAYS, draw)
    if not matter.unsolved or result not in topic.unsolved_after:
        says = {"sent back": "solved", "upheld": "silent"}.get(says, says)
    for action in _AFTERWARDS[says]:
        last = turns[-1].at.date()
        if action in _BY_PARTY:
            turns.append(Turn(action, diary.home_hour(last + dt.timedelta(days=draw.randint(1, 19)), draw)))
        elif action == "answer":
            turns.append(Turn(action, office_day(last, pace.again), result=_BEST[procedure]))
        else:
            turns.append(Turn(action, office_day(last, days)))
    return turns


_AFTERWARDS = {
    "silent": (),
    "solved": ("say_solved",),
    "sent back": ("say_unsolved", "send_back", "answer", "say_solved"),
    "upheld": ("say_unsolved", "uphold"),
}
"""What follows an answer, by what the person says; silence is closed by the clock, not by anybody."""

_HANDED_BACK = (("hand_back", "accept"), ("ask_ruling", "arbitrate"))
"""The first hand-back is assigned again by the intake office; the second is ruled on by a named post."""

_BEST = {"suggestion": "adopted", "enterprise-request": "done"}


def _drawn(table: Sequence[tuple[str, int]], draw: Random) -> str:
    return draw.choices([name for name, _ in table], [weight for _, weight in table])[0]


_CALLED = ("附近居民", "一位家长", "老住户", "租住在这里的上班族", "退休教师", "骑车上下班的人")
_MAIL = "resident@mingyuan.example"


class Composer:
    """Turns of a matter into steps with their actors and their words."""

    def __init__(self, matters: Matters, offices: Offices, diary: Diary) -> None:
        self._matters = matters
        self._offices = offices
        self._diary = diary
        intake = "enterprise_intake" if matters.procedure == "enterprise-request" else "intake"
        self._intake = self._office_for(intake)
        self._supervision = self._office_for("supervision")
        self._party = Actor("party", party=PACES[matters.procedure].party)

    def _office_for(self, function: str) -> str:
        office = self._offices.for_function(function)
        if office is None:
            raise LookupError(f"no office serves {function}")
        return office.id

    def steps(self, key: str, matter: Matter, turns: Sequence[Turn], draw: Random) -> Iterator[Step]:
        """The steps of one matter, in time order; people read before they decide, and say what for."""
        competent, sent_back = matter.topic.office, False
        last = turns[0].at
        for number, turn in enumerate(turns):
            if turn.action == "file":
                yield self._filing(key, matter, turn, draw)
                continue
            if turn.action in _BINDING:
                actor, competent = self._actor(turn.action, competent), self._bound(matter, turns, number)
            else:
                actor = self._actor(turn.action, competent)
            reading = _READINGS.get(turn.action)
            if reading and draw.random() < reading[1]:
                read_at = max(last + (turn.at - last) / 2, turn.at - dt.timedelta(minutes=draw.randint(6, 55)))
                yield Read(read_at, key, actor, reading[0])
            fields = self._words(matter, turn, sent_back, draw)
            offices = {"competent_office": competent} if turn.action in _BINDING else {}
            yield Act(turn.at, key, turn.action, actor, fields, offices=offices)
            sent_back = sent_back or turn.action == "send_back"
            last = turn.at

    def _post(self, office: str, function: str) -> Actor:
        return post_of(self._offices, office, function)

    def _actor(self, action: str, competent: str) -> Actor:
        if action in _BY_PARTY:
            return self._party
        if action in ("accept", "decline"):
            return self._post(self._intake, "clerk")
        if action == "arbitrate":
            return self._post(self._supervision, "head")
        if action in ("send_back", "uphold"):
            return self._post(self._supervision, "supervisor")
        return self._post(competent, "head" if action == "extend" else "handler")

    @staticmethod
    def _bound(matter: Matter, turns: Sequence[Turn], number: int) -> str:
        """Whom a registration goes to: as the course says, else a wrong office as long as one will hand it back."""
        if turns[number].office:
            return turns[number].office
        if not any(turn.action in ("hand_back", "ask_ruling") for turn in turns[number:]):
            return matter.topic.office
        first = not any(turn.action in _BINDING for turn in turns[:number])
        return matter.topic.wrong if first and matter.topic.wrong else "qzf"

    def _filing(self, key: str, matter: Matter, turn: Turn, draw: Random) -> File:
        fields: dict[str, str] = {"matter": matter.text}
        if matter.topic.kind:
            fields |= {"topic": matter.topic.kind, "enterprise_name": matter.name}
        elif draw.random() < 0.4:
            fields["name"] = draw.choice(_CALLED)
        if key == "known/answered":
            fields["contact"] = _MAIL
        attached = draw.random() < 0.08
        pictures = (Upload("attachments", "现场照片.png", "image/png", photo(draw)),) if attached else ()
        actor, channel, occurred_at = None, "web", None
        at_work = self._diary.works(turn.at.date()) and 9 <= turn.at.hour < 17
        if not key.startswith("known/") and at_work and draw.random() < 0.15:  # a letter, registered when it is opened
            actor, channel = self._post(self._intake, "clerk"), "letter"
            occurred_at = turn.at - dt.timedelta(hours=draw.randint(2, 30))
        return File(turn.at, key, self._matters.procedure, fields, pictures, actor, channel, occurred_at)

    def _words(self, matter: Matter, turn: Turn, sent_back: bool, draw: Random) -> dict[str, str]:
        """What the actor says, by the fields the action takes."""
        topic, generic, action = matter.topic, self._matters.generic, turn.action
        on = turn.at.date()
        soon, past = self._diary.working(on, draw.randint(8, 15)), self._diary.working(on, -draw.randint(1, 3))
        later = month_end(on, 2)
        days = {"soon": day_words(soon), "past": day_words(past), "later": month_end_words(later, on.year)}
        if action == "decline":
            return {"reason": topic.declined}
        if action in ("answer", "refuse"):
            again = sent_back and matter.again
            result = turn.result or next(found for found in matter.answers if found != "refused")
            said = matter.says(matter.again if again else matter.answers[result], **days)
            return {"reason": said} if action == "refuse" else {"result": result, "answer_text": said}
        if action == "say_solved":
            return {"own_words": draw.choice(generic["solved"])} if draw.random() < 0.6 else {}
        if action == "say_unsolved":
            return {"own_words": matter.unsolved}
        if action == "ask_ruling":
            action = "hand_back"
        if action in generic:
            right = self._offices.office(topic.office).short["zh"]
            said = draw.choice(generic[action])
            return {"reason": said.replace("{subject}", topic.subject).replace("{right}", right)}
        return {}


_READINGS = {
    "accept": ("assign", 0.45),
    "decline": ("assign", 1.0),
    "answer": ("handle", 0.7),
    "refuse": ("handle", 1.0),
    "extend": ("approve", 0.4),
    "arbitrate": ("supervise", 1.0),
    "send_back": ("supervise", 1.0),
    "uphold": ("supervise", 1.0),
}
"""Before which actions the sealed text is opened, with what purpose, and how often."""


def standing_steps(matters: Matters, offices: Offices, diary: Diary, seed: int) -> Iterator[tuple[Matter, list[Step]]]:
    """The standing cases of one procedure, each with the matter it uses up."""
    composer, taken = Composer(matters, offices, diary), dict[str, int]()
    for standing in STANDING:
        if standing.procedure != matters.procedure:
            continue
        place = taken.get(standing.topic, 0)
        taken[standing.topic] = place + 1
        topic = matters.topics[standing.topic]
        texts = topic.answers.get(standing.result, ("",))
        matter = Matter(topic, place, next((at for at, text in enumerate(texts) if text), 0))
        draw = Random(f"{seed}/{standing.key}")
        turns = standing_turns(standing, diary, draw)
        yield matter, list(composer.steps(standing.key, matter, turns, draw))


def drawn_steps(
    matters: Matters, offices: Offices, diary: Diary, seed: int, count: int, used: set[Matter], since: dt.date
) -> Iterator[Step]:
    """So many matters spread over the year before today, none before `since`, each matter once."""
    draw = Random(f"{seed}/{matters.procedure}/year")
    first = max(diary.today - dt.timedelta(days=364), since)
    days = [first + dt.timedelta(days=step) for step in range((diary.today - first).days)]
    if not days:
        return
    weights = [MONTHS[day.month - 1] * (1.0 if diary.works(day) else 0.55) for day in days]
    opened = sorted(draw.choices(days, weights, k=round(count * len(days) / 364)))
    left = [matter for matter in matters.all() if matter not in used and not matter.topic.declined]
    draw.shuffle(left)
    for matter in matters.all():  # what is not the district's to decide comes in every year
        if matter.topic.declined:
            left.insert(draw.randrange(max(1, len(opened) * 3 // 4)), matter)
    composer = Composer(matters, offices, diary)
    for number, day in enumerate(opened):
        at = next((at for at, m in enumerate(left) if not m.topic.months or day.month in m.topic.months), None)
        if at is None:
            return
        matter, key = left.pop(at), f"{seed}/{matters.procedure}/{number}"
        own = Random(key)
        turns = drawn_turns(matter, matters.procedure, diary.home_hour(day, own), diary, own)
        yield from composer.steps(key, matter, turns, own)


MONTHS = (0.9, 0.7, 1.1, 1.1, 1.0, 1.2, 1.25, 1.0, 1.1, 0.8, 1.15, 1.0)
"""How much is brought in each month, beside an ordinary one; on rest days about half."""
