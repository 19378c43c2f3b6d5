"""A procedure as a BPMN 2.0 process with its diagram, for programs that draw or run such processes.

Each stage is a user task, followed by a choice whose flows are the actions (`action == "accept"`); what a period's end
triggers is a timer on the task; branches fork and join at parallel gateways; an end that is reached while other branches
are open terminates them.

Not covered: BPMN has no words for counters, guards, suspensions, minimums, working days or remedies. A timer counts a
working day as a day. The documentation of the process says so; the tables stay the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from mingze.procedure.model import Bilingual, DatedNumber, Procedure
from mingze.procedure.walking import Walk

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)

ROW, LEFT, MERGE_X, TASK_X, SPLIT_X, SIDE_X = 170, 40, 120, 210, 390, 520


@dataclass(slots=True)
class _Node:
    """A flow element with its place: `x`, `y` are the top left corner."""

    id: str
    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    inside: str = ""
    attached: str = ""


@dataclass(slots=True)
class _Flow:
    """A sequence flow, with the action that takes it."""

    id: str
    source: str
    target: str
    name: str = ""
    action: str = ""


@dataclass(slots=True)
class _Process:
    """The elements of the process, in the order of the tables."""

    nodes: dict[str, _Node] = field(default_factory=dict)
    flows: list[_Flow] = field(default_factory=list)

    def add(self, node: _Node) -> None:
        self.nodes[node.id] = node

    def flow(self, source: str, target: str, name: str = "", action: str = "") -> None:
        self.flows.append(_Flow(f"flow_{len(self.flows) + 1}", source, target, name, action))


def _words(text: Bilingual, lang: str) -> str:
    return text.en if lang == "en" else text.zh


def duration(number: DatedNumber) -> str:
    """A number as an ISO 8601 duration; a working day stands as a day."""
    match number.unit:
        case "hour":
            return f"PT{number.value}H"
        case "month":
            return f"P{number.value}M"
        case "year":
            return f"P{number.value}Y"
        case _:
            return f"P{number.value}D"


def _stage_name(procedure: Procedure, stage: str, lang: str) -> str:
    row = procedure.stages[stage]
    who = procedure.parties.get(row.bearer) or procedure.offices.get(row.bearer)
    if who is None:
        return _words(row, lang)
    return f"{row.en} ({who.en})" if lang == "en" else f"{row.zh}（{who.zh}）"


def _timer(procedure: Procedure, clock_name: str) -> str:
    clock = procedure.clocks[clock_name]
    reference = clock.limit or clock.otherwise or clock.minimum or clock.backward
    rows = procedure.parameters.get(reference[1:], ()) if reference else ()
    length = duration(max(rows, key=lambda row: row.from_)) if rows else "P0D"
    return (
        f'<bpmn:timerEventDefinition id="timer_{clock_name}">'
        f'<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">{length}</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition>"
    )


def _beside_others(procedure: Procedure) -> frozenset[str]:
    """The stages in which a case can rest while it rests in another one, too."""
    if not any(action.fork for action in procedure.actions.values()):
        return frozenset()
    states = Walk(procedure).paths
    return frozenset(stage for state in states if len(state.stages) > 1 for stage in state.stages)


def _join(
    process: _Process, node: str, arriving: Sequence[tuple[str, str, str]], words: str, rows: Mapping[str, int]
) -> None:
    """Lets flows arrive at a node, through a gateway where there are several."""
    target = node
    if len(arriving) > 1:
        target = f"merge_{node}"
        process.add(_Node(target, "exclusiveGateway", words, MERGE_X, rows[node] + 15, 50, 50))
        process.flow(target, node)
    for source, name, action in arriving:
        process.flow(source, target, name, action)


def _built(procedure: Procedure, lang: str) -> _Process:
    process = _Process()
    beside_others = _beside_others(procedure)
    entering: dict[str, list[tuple[str, str, str]]] = {stage: [] for stage in procedure.stages}
    rows = {stage: 80 + at * ROW for at, stage in enumerate(procedure.stages)}
    opening = procedure.opening
    process.add(
        _Node("start", "startEvent", _words(opening, lang), LEFT, rows[next(iter(procedure.stages))] + 22, 36, 36)
    )
    side = 0
    rested_in: dict[str, str] = {}  # the stage in which a case rested, by the node its way out begins at

    def beside(id: str, name: str) -> None:
        nonlocal side
        process.add(_Node(id, "parallelGateway", name, SIDE_X, 80 + side * 110, 50, 50))
        side += 1

    def enter(source: str, stages: Sequence[str], name: str, action: str) -> None:
        if len(stages) > 1:
            if f"fork_{action}" not in process.nodes:
                beside(f"fork_{action}", name)
                for stage in stages:
                    entering[stage].append((f"fork_{action}", "", ""))
            process.flow(source, f"fork_{action}", name, action)
        else:
            entering[stages[0]].append((source, name, action))

    enter("start", opening.fork or ((opening.into,) if opening.into else ()), "", procedure.opening_name)
    for stage, row in procedure.stages.items():
        y = rows[stage]
        if row.end:
            process.add(_Node(stage, "endEvent", _words(row, lang), TASK_X + 32, y + 22, 36, 36))
            continue
        process.add(_Node(stage, "userTask", _stage_name(procedure, stage, lang), TASK_X, y, 100, 80))
        here = [(name, action) for name, action in procedure.actions.items() if stage in action.from_]
        chosen = [pair for pair in here if not all(by.startswith("clock ") for by in pair[1].by)]
        timed = [pair for pair in here if pair not in chosen]
        source = stage
        if len(chosen) > 1:
            source = f"choose_{stage}"
            process.add(_Node(source, "exclusiveGateway", _words(row, lang), SPLIT_X, y + 15, 50, 50))
            process.flow(stage, source)
        for at, (name, action) in enumerate(timed):
            boundary = f"timer_{name}_{stage}"
            clock = next(by[6:] for by in action.by if by.startswith("clock "))
            process.add(
                _Node(
                    boundary, "boundaryEvent", _words(procedure.clocks[clock], lang), TASK_X + 20 + at * 44, y + 62,
                    36, 36, _timer(procedure, clock).replace(f"timer_{clock}", f"{boundary}_definition"), stage,
                )
            )  # fmt: skip
        for name, action in here:
            begins = source if (name, action) in chosen else f"timer_{name}_{stage}"
            rested_in[begins] = stage
            onto = action.fork or ((action.into,) if action.into else (stage,))
            words = _words(action, lang)
            if action.all_of and len(action.from_) > 1:
                if f"join_{name}" not in process.nodes:
                    beside(f"join_{name}", words)
                    enter(f"join_{name}", onto, "", name)
                process.flow(begins, f"join_{name}", words, name)
            else:
                enter(begins, onto, words, name)
    for stage, arriving in entering.items():
        words = _words(procedure.stages[stage], lang)
        ending = [way for way in arriving if procedure.stages[stage].end and rested_in.get(way[0]) in beside_others]
        _join(process, stage, [way for way in arriving if way not in ending], words, rows)
        if ending:
            # An end reached beside other branches ends them too; reached from a single branch it is a plain end.
            name, inside = f"{stage}_for_all", f'<bpmn:terminateEventDefinition id="terminate_{stage}"/>'
            rows[name] = rows[stage] + ROW // 2
            process.add(_Node(name, "endEvent", words, TASK_X + 32, rows[name] + 22, 36, 36, inside))
            _join(process, name, ending, words, rows)
            if len(ending) == len(arriving):
                del process.nodes[stage]
    return process


def export(procedure: Procedure, lang: str) -> str:
    """The procedure as one BPMN 2.0 document, in `zh-Hans` or `en`, with diagram interchange."""
    process = _built(procedure, lang)
    key = procedure.name.replace("-", "_")
    about = procedure.about["en" if lang == "en" else "zh"]
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions {NAMESPACES} id="definitions_{key}" targetNamespace="urn:mingze:{procedure.hash}" '
        'exporter="mingze">',
        f'<bpmn:process id="{key}" name="{escape(_words(procedure.table.title, lang))}" isExecutable="true">',
        f"<bpmn:documentation>{escape(about)} ({procedure.hash})</bpmn:documentation>",
        *_elements(process),
        *_sequence(process),
        "</bpmn:process>",
        f'<bpmndi:BPMNDiagram id="diagram_{key}"><bpmndi:BPMNPlane id="plane_{key}" bpmnElement="{key}">',
        *_shapes(process),
        *_edges(process),
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>",
        "</bpmn:definitions>",
    ]
    return "\n".join(out) + "\n"


def _elements(process: _Process) -> Iterator[str]:
    for node in process.nodes.values():
        attached = f' attachedToRef="{node.attached}"' if node.attached else ""
        arrows = "".join(
            f"<bpmn:incoming>{flow.id}</bpmn:incoming>" for flow in process.flows if flow.target == node.id
        )
        arrows += "".join(
            f"<bpmn:outgoing>{flow.id}</bpmn:outgoing>" for flow in process.flows if flow.source == node.id
        )
        head = f'<bpmn:{node.kind} id="{node.id}" name="{escape(node.name)}"{attached}>'
        yield f"{head}{arrows}{node.inside}</bpmn:{node.kind}>"


def _sequence(process: _Process) -> Iterator[str]:
    for flow in process.flows:
        name = f' name="{escape(flow.name)}"' if flow.name else ""
        head = f'<bpmn:sequenceFlow id="{flow.id}"{name} sourceRef="{flow.source}" targetRef="{flow.target}"'
        if flow.source.startswith("choose_"):
            condition = escape(f'action == "{flow.action}"', quote=False)
            yield (
                f'{head}><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}'
                "</bpmn:conditionExpression></bpmn:sequenceFlow>"
            )
        else:
            yield f"{head}/>"


def _shapes(process: _Process) -> Iterator[str]:
    for node in process.nodes.values():
        marker = ' isMarkerVisible="true"' if node.kind == "exclusiveGateway" else ""
        yield (
            f'<bpmndi:BPMNShape id="shape_{node.id}" bpmnElement="{node.id}"{marker}>'
            f'<dc:Bounds x="{node.x:g}" y="{node.y:g}" width="{node.width:g}" height="{node.height:g}"/>'
            "</bpmndi:BPMNShape>"
        )


def _edges(process: _Process) -> Iterator[str]:
    """Lines along the right side and back in from the left, each in a lane of its own."""
    for at, flow in enumerate(process.flows):
        a, b = process.nodes[flow.source], process.nodes[flow.target]
        y1, y2 = a.y + a.height / 2, b.y + b.height / 2
        if a.kind == "boundaryEvent":
            points = [(a.x + 18, a.y + 36), (a.x + 18, a.y + 50)]
            points += [(620 + at * 8, a.y + 50), (620 + at * 8, b.y - 12), (b.x - 14, b.y - 12), (b.x - 14, y2)]
        elif y1 == y2 and a.x < b.x:
            points = [(a.x + a.width, y1)]
        else:
            lane = 620 + at * 8
            points = [(a.x + a.width, y1), (lane, y1), (lane, b.y - 12), (b.x - 14, b.y - 12), (b.x - 14, y2)]
        points.append((b.x, y2))
        way = "".join(f'<di:waypoint x="{x:g}" y="{y:g}"/>' for x, y in points)
        yield f'<bpmndi:BPMNEdge id="edge_{flow.id}" bpmnElement="{flow.id}">{way}</bpmndi:BPMNEdge>'
