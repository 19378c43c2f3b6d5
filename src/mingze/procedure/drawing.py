"""A procedure as a picture, made from its tables: a box for each stage, in it who must act and what can be done there,
and from each action a line to the stage it leads to.

The picture is one column wide enough for a phone, carries no style and no script (only classes and presentation
attributes, so that the strictest content policy lets it through), and says the same in words in its `desc`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from mingze.procedure.model import Action, Bilingual, Procedure

WIDTH = 360
"""Units across: the width of a small phone, one unit a pixel there."""

MARGIN, LANE, GAP, PAD = 10, 10, 20, 10
NAME, SMALL, ROW = 16, 12, 14
ROW_HEIGHT, SMALL_HEIGHT, NAME_HEIGHT = 20, 16, 22


@dataclass(slots=True)
class _Row:
    """One action in a box: its words in lines, and the stages it leads to."""

    lines: list[str]
    targets: tuple[str, ...]
    y: float = 0


@dataclass(slots=True)
class _Box:
    """One stage: its name and bearer in lines, and its actions."""

    stage: str
    name: list[str]
    bearer: list[str]
    end: bool
    here: bool
    rows: list[_Row] = field(default_factory=list)
    y: float = 0
    height: float = 0


def text_width(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character takes its whole size, a Latin letter a little over half."""
    return sum(size if ord(sign) > 0x2E7F else size * 0.56 for sign in text)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines that fit a width: English breaks between words, Chinese anywhere."""
    pieces: list[str] = []
    word = ""
    for sign in text:
        if ord(sign) > 0x2E7F or sign == " ":
            pieces += [word, sign] if word else [sign]
            word = ""
        else:
            word += sign
    pieces += [word] if word else []
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width(lines[-1] + piece.rstrip(), size) > width and piece not in "，。；：、）”":
            lines.append("")
        lines[-1] += piece if lines[-1] or piece != " " else ""
    return [line.rstrip() for line in lines if line.strip()]


def _words(text: Bilingual, lang: str) -> str:
    return text.en if lang == "en" else text.zh


def _role(procedure: Procedure, role: str, lang: str) -> str:
    who = procedure.parties.get(role) or procedure.offices.get(role)
    return _words(who, lang) if who else role


def _who(procedure: Procedure, action: Action, bearer: str, lang: str) -> str:
    """Who acts, where it is not the bearer of the stage: another part in the case, or a period that runs out."""
    others = []
    for by in action.by:
        role = by.partition(".")[0]
        if by.startswith("clock "):
            others.append(_words(procedure.clocks[by[6:]], lang))
        elif role == bearer:
            return ""
        else:
            others.append(_role(procedure, role, lang))
    names = ("/" if lang == "en" else "、").join(dict.fromkeys(others))
    return f" ({names})" if lang == "en" else f"（{names}）"


def targets(procedure: Procedure, action: Action) -> tuple[str, ...]:
    """The stages an action leads to; none for one that leaves the case where it is."""
    return action.fork or ((action.into,) if action.into else ())


def _boxes(procedure: Procedure, lang: str, here: Iterable[str], width: float) -> list[_Box]:
    """The boxes with their places, from the top down in the order of the table."""
    marked = set(here)
    boxes: list[_Box] = []
    y = MARGIN + NAME_HEIGHT * len(wrapped(_words(procedure.table.title, lang), NAME, WIDTH - 2 * MARGIN)) + GAP
    for name, stage in procedure.stages.items():
        mark = "● " if name in marked else ""
        box = _Box(
            name,
            wrapped(mark + _words(stage, lang), NAME, width - 2 * PAD),
            wrapped(_role(procedure, stage.bearer, lang), SMALL, width - 2 * PAD) if stage.bearer else [],
            stage.end,
            name in marked,
            y=y,
        )
        at = y + PAD + NAME_HEIGHT * len(box.name) + SMALL_HEIGHT * len(box.bearer)
        for action in procedure.actions.values():
            if name not in action.from_:
                continue
            words = _words(action, lang) + _who(procedure, action, stage.bearer, lang)
            row = _Row(wrapped(words, ROW, width - 2 * PAD - 14), targets(procedure, action), at + ROW_HEIGHT / 2 + 4)
            at += ROW_HEIGHT * len(row.lines)
            box.rows.append(row)
        box.height = at + PAD - y
        y += box.height + GAP
        boxes.append(box)
    return boxes


def _lanes(boxes: Sequence[_Box]) -> dict[str, int]:
    """For each stage that lines lead to, the lane at the right in which they run; lanes never share a stretch."""
    heads = {box.stage: box.y + PAD + NAME_HEIGHT / 2 for box in boxes}
    spans: dict[str, list[float]] = {}
    for box in boxes:
        for row in box.rows:
            for stage in row.targets:
                spans.setdefault(stage, [heads[stage]]).append(row.y)
    taken: list[list[tuple[float, float]]] = []
    lanes: dict[str, int] = {}
    for stage, ys in sorted(spans.items(), key=lambda item: max(item[1]) - min(item[1])):
        low, high = min(ys) - 6, max(ys) + 6
        lane = next(
            (at for at, used in enumerate(taken) if all(high < start or low > stop for start, stop in used)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[stage] = lane
    return lanes


def in_words(procedure: Procedure, lang: str, here: Iterable[str] = (), here_words: str = "") -> str:
    """What the picture shows, as text: each stage, who must act there, and where each action leads."""
    marked, parts = set(here), []
    for name, stage in procedure.stages.items():
        steps = [
            _words(action, lang)
            + _who(procedure, action, stage.bearer, lang)
            + "".join(" → " + _words(procedure.stages[to], lang) for to in targets(procedure, action))
            for action in procedure.actions.values()
            if name in action.from_
        ]
        head = (f"● {here_words} " if name in marked else "") + _words(stage, lang)
        if stage.bearer:
            bearer = _role(procedure, stage.bearer, lang)
            head += f" ({bearer})" if lang == "en" else f"（{bearer}）"
        tail = (": " if lang == "en" else "：") + ("; " if lang == "en" else "；").join(steps) if steps else ""
        parts.append(head + tail + ("." if lang == "en" else "。"))
    return (" " if lang == "en" else "").join(parts)


def diagram(procedure: Procedure, lang: str, here: Iterable[str] = (), here_words: str = "") -> str:
    """The picture of a procedure as one SVG element, in `zh-Hans` or `en`.

    `here` names the stages where a case rests: they are drawn with a heavy border and a dot, never by colour alone;
    `here_words` (from the catalogue) says it in the text beside.
    """
    marked = tuple(here)
    lanes = _lanes(_boxes(procedure, lang, marked, WIDTH - 100))
    count = max(lanes.values(), default=0) + 1
    width = WIDTH - 2 * MARGIN - LANE * count - 8
    boxes = _boxes(procedure, lang, marked, width)
    lanes = _lanes(boxes)
    right = MARGIN + width
    height = boxes[-1].y + boxes[-1].height + MARGIN
    title, said = _words(procedure.table.title, lang), in_words(procedure, lang, marked, here_words)
    key = f"diagram-{procedure.name}"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" lang="{escape(lang)}" '
        f'viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" fill="currentColor" '
        f'font-family="system-ui, sans-serif" aria-labelledby="{key}-title {key}-desc">',
        f'<title id="{key}-title">{escape(title)}</title>',
        f'<desc id="{key}-desc">{escape(said)}</desc>',
    ]
    for at, line in enumerate(wrapped(title, NAME, WIDTH - 2 * MARGIN)):
        out.append(_text(MARGIN, MARGIN + NAME_HEIGHT * at + NAME, line, NAME, "diagram-title", bold=True))
    out += [_links(boxes, lanes, right)]
    for box in boxes:
        out += _drawn(box, width)
    return "\n".join([*out, "</svg>"])


def _text(x: float, y: float, words: str, size: int, name: str, bold: bool = False, faint: bool = False) -> str:
    extra = (' font-weight="600"' if bold else "") + (' fill-opacity="0.75"' if faint else "")
    return f'<text class="{name}" x="{x:g}" y="{y:g}" font-size="{size}"{extra}>{escape(words)}</text>'


def _drawn(box: _Box, width: float) -> list[str]:
    """One stage with its actions."""
    name = "diagram-stage" + (" diagram-end" if box.end else "") + (" diagram-here" if box.here else "")
    heavy = 3 if box.here else 1
    radius = 14 if box.end else 3
    out = [
        f'<g class="{name}">',
        f'<rect x="{MARGIN}" y="{box.y:g}" width="{width:g}" height="{box.height:g}" rx="{radius}" '
        f'fill="none" stroke="currentColor" stroke-width="{heavy}"/>',
    ]
    y = box.y + PAD
    for line in box.name:
        out.append(_text(MARGIN + PAD, y + NAME, line, NAME, "diagram-name", bold=True))
        y += NAME_HEIGHT
    for line in box.bearer:
        out.append(_text(MARGIN + PAD, y + SMALL, line, SMALL, "diagram-bearer", faint=True))
        y += SMALL_HEIGHT
    for row in box.rows:
        sign = "→" if row.targets else "·"
        out.append(_text(MARGIN + PAD, row.y + 5, sign, ROW, "diagram-sign", faint=True))
        for at, line in enumerate(row.lines):
            words_at = row.y + 5 + at * ROW_HEIGHT
            out.append(_text(MARGIN + PAD + 16, words_at, line, ROW, "diagram-action"))
    return [*out, "</g>"]


def _links(boxes: Sequence[_Box], lanes: dict[str, int], right: float) -> str:
    """The lines from actions to stages, with an arrow head at each stage reached."""
    heads = {box.stage: box.y + PAD + NAME_HEIGHT / 2 for box in boxes}
    lines, arrows = [], []
    for stage, lane in lanes.items():
        x = right + 12 + lane * LANE
        y = heads[stage]
        lines.append(f"M{x:g} {y:g}H{right + 6:g}")
        arrows.append(f"M{right + 1:g} {y:g}l7 -4v8z")
    for box in boxes:
        for row in box.rows:
            for stage in row.targets:
                x, y = right + 12 + lanes[stage] * LANE, heads[stage]
                lines.append(f"M{right:g} {row.y:g}H{x:g}V{y:g}")
    return (
        f'<path class="diagram-lines" d="{"".join(lines)}" fill="none" stroke="currentColor" '
        f'stroke-opacity="0.55" stroke-linejoin="round"/>'
        f'<path class="diagram-arrows" d="{"".join(arrows)}"/>'
    )
