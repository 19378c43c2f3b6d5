"""An explanation says of every day what it did and why, as data for programs and in words for people.

The golden files hold whole explanations; `python -m tests.terms.test_explanations` writes them anew after a change
that was meant.
"""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from mingze.resources import load_calendar
from mingze.terms import (
    SHANGHAI,
    Basis,
    Calendar,
    Explanation,
    Extend,
    Restart,
    Rule,
    Suspend,
    explain,
)
from mingze.terms.explanation import POLICY_LAW
from mingze.words import say
from mingze.words.terms import (
    caption_words,
    lead_words,
    policy_words,
    rows_words,
    spoken_words,
    total_words,
)

GOLDEN = Path(__file__).parent / "golden"
DAYS, WORKING, MONTHS = "calendar_day", "working_day", "month"
ARTICLE = {"zh": "《信访工作条例》第三十四条", "en": "Regulation on Petition Work, art 34"}


def fifteen(calendar: Calendar, today_on: date | None = None) -> Explanation:
    """Fifteen working days across Mid-Autumn and National Day 2026."""
    return explain(date(2026, 9, 18), Rule(15, WORKING), calendar, today_on=today_on)


def cases(calendar: Calendar) -> dict[str, Explanation]:
    """The explanations that are kept whole, each with another way for a date to come about."""
    office, person = Basis(ARTICLE, "decide_days", "office", "limit"), Basis(ARTICLE, "review_days", "person", "limit")
    return {
        "fifteen-working-days": fifteen(calendar, date(2026, 10, 10)),
        "sixty-days-ending-in-a-holiday": explain(date(2025, 8, 8), Rule(60, DAYS), calendar, basis=office),
        "a-right-rolling-over-a-holiday": explain(date(2025, 9, 3), Rule(30, DAYS, roll="forward"), calendar, basis=person),
        "suspended-and-extended": explain(
            date(2025, 9, 1),
            Rule(30, DAYS),
            calendar,
            [Suspend(date(2025, 9, 10), date(2025, 9, 12)), Extend(10, WORKING, date(2025, 9, 20))],
            basis=office,
        ),
        "still-suspended": explain(
            date(2026, 11, 9), Rule(15, WORKING), calendar, [Suspend(date(2026, 11, 16))], today_on=date(2026, 11, 18)
        ),
        "backward-over-a-holiday": explain(
            date(2026, 10, 9), Rule(7, DAYS, "backward", "back"), calendar, basis=Basis(kind="backward", local=True)
        ),
        "provisional-in-2027": explain(date(2026, 12, 25), Rule(7, WORKING), calendar),
        "hours": explain(
            datetime(2026, 9, 30, 17, 40, tzinfo=SHANGHAI),
            Rule(48, "hour"),
            calendar,
            [Suspend(date(2026, 10, 1), date(2026, 10, 1))],
        ),
        "months-to-the-end-of-february": explain(
            date(2026, 8, 31), Rule(6, MONTHS, roll="forward"), calendar, basis=Basis(borne_by="person", kind="limit")
        ),
        "a-minimum-restarted": explain(
            date(2026, 11, 2), Rule(10, DAYS), calendar, [Restart(date(2026, 11, 5))], basis=Basis(kind="minimum")
        ),
    }  # fmt: skip


def as_json(explanation: Explanation) -> str:
    """The explanation as the file keeps it: one line a day and a row, so that a change is easy to read."""
    data = explanation.to_json()
    days, rows = data.pop("days"), data.pop("rows")
    assert isinstance(days, list) and isinstance(rows, list)
    head = json.dumps(data, ensure_ascii=False, indent=1)
    lines = [json.dumps(line, ensure_ascii=False) for line in (*rows, *days)]
    return "\n".join([head, *lines]) + "\n"


def as_text(explanation: Explanation) -> str:
    """The explanation as people read it, in both languages."""
    lines: list[str] = []
    for lang, started in (("zh-Hans", "受理"), ("en", "Accepted")):
        lines += [
            *lead_words(explanation, lang),
            caption_words(explanation, lang, started),
            spoken_words(explanation, lang),
        ]
        lines += [
            f"{row.dates} | {row.weekdays} | {row.how} | {row.count}" for row in rows_words(explanation, lang, started)
        ]
        lines += [" | ".join(total_words(explanation, lang)), *policy_words(explanation, lang), ""]
    return "\n".join(lines)


@pytest.mark.parametrize("name", list(cases(load_calendar())))
def test_an_explanation_is_as_it_was_released(calendar: Calendar, name: str) -> None:
    """Its data and its words in both languages are byte for byte those of the golden file."""
    explanation = cases(calendar)[name]
    assert as_json(explanation) == (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    assert as_text(explanation) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_the_explanation_feeds_the_clock_strip(calendar: Calendar) -> None:
    """Twenty-eight cells from 18 September to 15 October 2026: 15 counted, 2 of them make-up days, 12 days off, today
    the eleventh."""
    explanation = fifteen(calendar, date(2026, 10, 10))
    assert len(explanation.days) == 28
    totals = explanation.totals
    assert (totals.days, totals.counted, totals.makeup, totals.rest) == (27, 15, 2, 12)
    kinds = [day.kind for day in explanation.days]
    assert (kinds[0], kinds[1], kinds[2], kinds[-1]) == ("start", "rest", "makeup", "due")
    today = [day for day in explanation.days if "today" in day.marks]
    assert [(day.on, day.kind, day.ordinal) for day in today] == [(date(2026, 10, 10), "makeup", 11)]
    assert {day.festival["zh"] for day in explanation.days if day.kind == "holiday" and day.festival} == {
        "中秋节",
        "国庆节",
    }


def test_the_table_reads_like_the_reference_page(calendar: Calendar) -> None:
    """The twelve lines of the table group the days as a person would tell them."""
    rows = rows_words(fifteen(calendar, date(2026, 10, 10)), "zh-Hans", "受理")
    assert [(row.dates, row.weekdays, row.how, row.count) for row in rows] == [
        ("9月18日", "周五", "受理当天，不算第一天", "—"),
        ("9月19日", "周六", "周末，不计", "—"),
        ("9月20日", "周日", "调休上班，算工作日", "1"),
        ("9月21日–24日", "周一至周四", "工作日", "2–5"),
        ("9月25日–27日", "周五至周日", "中秋节放假，3天不计", "—"),
        ("9月28日–30日", "周一至周三", "工作日", "6–8"),
        ("10月1日–7日", "周四至周三", "国庆节放假，7天不计", "—"),
        ("10月8日–9日", "周四、周五", "工作日", "9–10"),
        ("10月10日", "周六", "调休上班，算工作日；今天", "11"),
        ("10月11日", "周日", "周末，不计", "—"),
        ("10月12日–14日", "周一至周三", "工作日", "12–14"),
        ("10月15日", "周四", "工作日，最后一天", "15"),
    ]


@pytest.mark.parametrize(
    ("on", "ordinal", "left", "days_left", "overdue"),
    [
        (date(2026, 9, 18), 0, 15, 27, 0),
        (date(2026, 9, 19), 0, 15, 26, 0),
        (date(2026, 10, 7), 8, 7, 8, 0),
        (date(2026, 10, 10), 11, 4, 5, 0),
        (date(2026, 10, 15), 15, 0, 0, 0),
        (date(2026, 10, 16), 15, 0, 0, 1),
        (date(2026, 10, 25), 15, 0, 0, 10),
    ],
)
def test_progress_says_where_a_day_stands(
    calendar: Calendar, on: date, ordinal: int, left: int, days_left: int, overdue: int
) -> None:
    """Day zero, a rest day, the last day in time and the first days overdue each know their place among the fifteen."""
    progress = fifteen(calendar).progress(on)
    assert (progress.ordinal, progress.of, progress.left) == (ordinal, 15, left)
    assert (progress.days_left, progress.overdue_days) == (days_left, overdue)


def test_only_what_the_result_asked_is_cited(calendar: Calendar) -> None:
    """Calendar days that end on a working day and do not roll cite no notice; working days cite those of each year
    they touch."""
    plain = explain(date(2026, 11, 2), Rule(10, DAYS), calendar)
    assert plain.notices == ()
    across = explain(date(2025, 12, 25), Rule(10, WORKING), calendar)
    assert [notice.number for notice in across.notices] == ["国办发明电〔2024〕12号", "国办发明电〔2025〕7号"]
    kept = explain(date(2025, 8, 8), Rule(60, DAYS), calendar)
    assert [notice.number for notice in kept.notices] == ["国办发明电〔2024〕12号"]


def test_whose_period_it_is_decides_how_the_roll_is_told(calendar: Calendar) -> None:
    """A person's right rolls by 民法典 203; an office's limit that rolls does so by a law that imports 民诉法 85;
    silent law keeps it."""
    start = date(2025, 8, 8)

    def codes(roll: str, borne_by: str) -> list[str]:
        rule = Rule(60, DAYS, roll=roll)  # type: ignore[arg-type]
        explanation = explain(start, rule, calendar, basis=Basis(borne_by=borne_by))  # type: ignore[arg-type]
        return [policy.code for policy in explanation.policy][2:]

    assert codes("none", "office") == ["office_limit_does_not_roll"]
    assert codes("none", "person") == ["last_day_kept"]
    assert codes("forward", "person") == ["person_right_rolls"]
    assert codes("forward", "office") == ["limit_rolls_by_law"]
    assert codes("forward", "") == ["last_day_rolls_forward"]
    assert codes("back", "") == ["last_day_rolls_back"]


def test_every_policy_has_words_and_its_law_has_too() -> None:
    """No explanation can name a policy or a law that the catalogue cannot say in both languages."""
    for code, law in POLICY_LAW.items():
        for lang in ("zh-Hans", "en"):
            assert say(f"terms-policy-{code}", lang)
            assert not law or say(f"terms-law-{law}", lang)


def test_every_policy_is_reached_by_some_period(calendar: Calendar) -> None:
    """The table of policies holds none that no period can apply."""
    saturday = Rule(10, DAYS, roll="forward")
    more = [
        explain(date(2026, 11, 11), saturday, calendar, basis=Basis(borne_by="office")),
        explain(date(2026, 11, 11), saturday, calendar),
        explain(date(2026, 11, 11), replace(saturday, roll="none"), calendar),
        explain(date(2026, 9, 10), Rule(30, DAYS), calendar),
        explain(date(2026, 9, 10), Rule(1, MONTHS), calendar),
        explain(datetime(2026, 9, 10, 9, tzinfo=SHANGHAI), Rule(1, "hour", roll="forward"), calendar),
        explain(
            date(2026, 9, 10),
            Rule(7, DAYS, "backward"),
            calendar,
            basis=Basis(counts_from={"zh": "听证日", "en": "Hearing"}),
        ),
        *(
            explain(date(2026, 9, 10), Rule(1, DAYS), calendar, basis=Basis(silence={"effect": effect}))
            for effect in ("none", "deemed_refused", "deemed_granted", "may_turn_elsewhere")
        ),
    ]
    reached = {policy.code for explanation in (*cases(calendar).values(), *more) for policy in explanation.policy}
    assert reached == set(POLICY_LAW)


def test_a_same_day_period_has_one_day_that_starts_and_ends_it(calendar: Calendar) -> None:
    """A period of no days ("at once, the same day") is due on its start day."""
    explanation = explain(date(2026, 11, 18), Rule(0, DAYS), calendar)
    assert [(day.kind, day.marks) for day in explanation.days] == [("due", ("start",))]
    assert rows_words(explanation, "en")[0].how == "The same day is the last day"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, explanation in cases(load_calendar()).items():
        (GOLDEN / f"{name}.json").write_text(as_json(explanation), encoding="utf-8")
        (GOLDEN / f"{name}.txt").write_text(as_text(explanation), encoding="utf-8")
