"""The words of a month's bulletin: the same for the page, the Word file, the PDF and the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mingze.accounts.offices import Offices
from mingze.exchange.paper import Paper, Table
from mingze.measures.bulletin import Bulletin, Line, Standing
from mingze.portal.case_words import office_words
from mingze.words import date_words, month_words, say


def bulletin_paper(
    found: Bulletin, offices: Offices, authority: str, base_url: str, size: int, silent_after_days: int, lang: str
) -> Paper:
    """The bulletin as a paper. Each figure stands with what it is a part of; offices stand in the register's order."""
    total = found.total
    month = month_words(found.from_on, lang)
    as_of = date_words(found.as_of, lang, weekday=False)
    words = [
        say("bulletin-total", lang, month=month, of=total.of, new=len(found.new), as_of=as_of),
        say("bulletin-facts", lang, open=total.open, reported=total.reported, verified=total.verified, of=total.of),
        say("bulletin-ended", lang, closed=total.closed, withdrawn=total.withdrawn, unfulfilled=total.unfulfilled),
        say("bulletin-late", lang, late=total.late, silent=total.silent, open=total.open, days=silent_after_days),
    ]
    return Paper(
        lang=lang,
        over=authority,
        title=say("bulletin-title", lang, month=month),
        under=say("bulletin-finished" if found.finished else "bulletin-running", lang, as_of=as_of),
        paragraphs=words if total.of else [say("bulletin-nothing", lang, month=month)],
        tables=_tables(found, offices, lang) if total.of else [],
        foot=[say("bulletin-apart", lang), say("bulletin-source", lang, url=f"{base_url}/board/", size=size)],
    )


def _tables(found: Bulletin, offices: Offices, lang: str) -> list[Table]:
    def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Table:
        header = [say(f"bulletin-column-{column}", lang) for column in columns]
        return Table(
            say(f"bulletin-table-{name}", lang), header, list(rows), say(f"bulletin-none-{name}", lang), widths
        )

    promise = ("number", "title", "lead", "deadline")
    made = [
        table("offices", ("lead", "of", "open", "reported", "verified", "ended", "late", "silent"),
              (_line(line, offices, lang) for line in found.offices), (24, 9, 10, 11, 11, 11, 9, 11)),
    ]  # fmt: skip
    for name, listed in (("late", found.late), ("silent", found.silent), ("due", found.due_next)):
        columns = (*promise, "news") if name != "due" else promise
        widths = (20, 40, 22, 18, 18) if name != "due" else (20, 48, 22, 20)
        rows = (_promise(one, offices, lang, news=name != "due") for one in listed)
        made.append(table(name, columns, rows, widths))
    made.append(
        table(
            "extended",
            ("number", "title", "lead", "first", "until", "reason", "by"),
            (
                (
                    one.number, one.title, office_words(offices, one.lead_office, lang), _day(one.first_deadline, lang),
                    _day(more.until_on, lang), more.reason, office_words(offices, more.office, lang),
                )
                for one, more in found.extended
            ),
            (16, 30, 18, 15, 15, 30, 18),
        )
    )  # fmt: skip
    made.append(
        table("done", (*promise, "state"), _done(found, offices, lang), (20, 44, 22, 18, 18)),
    )
    return made


def _line(line: Line, offices: Offices, lang: str) -> tuple[str, ...]:
    ended = line.closed + line.withdrawn + line.unfulfilled
    counts = (line.of, line.open, line.reported, line.verified, ended, line.late, line.silent)
    return office_words(offices, line.office, lang), *map(str, counts)


def _promise(one: Standing, offices: Offices, lang: str, news: bool) -> tuple[str, ...]:
    told = (one.number, one.title, office_words(offices, one.lead_office, lang), _day(one.deadline, lang))
    return (*told, _day(one.last_on, lang)) if news else told


def _done(found: Bulletin, offices: Offices, lang: str) -> Iterable[tuple[str, ...]]:
    """What was reported, verified or ended in the month: one row for each promise, with how it stands now."""
    seen: dict[str, Standing] = {one.number: one for one in (*found.reported, *found.verified, *found.closed)}
    for one in seen.values():
        yield *_promise(one, offices, lang, news=False), say(f"bulletin-state-{one.state}", lang)


def _day(day: date | None, lang: str) -> str:
    return date_words(day, lang, weekday=False) if day is not None else say("bulletin-no-day", lang)
