"""A procedure exported as BPMN is a whole process with its diagram, and runs to its end in an engine we did not write."""

from __future__ import annotations

import re
from collections import Counter, deque
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml.etree import fromstring
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from mingze.procedure import Procedure, read_procedure
from mingze.procedure.bpmn import export
from mingze.procedure.walking import Walk, only_clocks
from mingze.resources import load_procedures, procedure_texts

GOOD = read_procedure(procedure_texts(Path(__file__).parent / "procedures-bad" / "good"))
PROCEDURES = [*load_procedures().values(), GOOD]
MODEL, DI = "{http://www.omg.org/spec/BPMN/20100524/MODEL}", "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
each = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.name)


def process_of(procedure: Procedure, lang: str = "en") -> tuple[ElementTree.Element, ElementTree.Element]:
    """The document and its process."""
    document = ElementTree.fromstring(export(procedure, lang).encode())
    process = document.find(f"{MODEL}process")
    assert process is not None
    return document, process


def shortest_course(procedure: Procedure) -> list[str]:
    """The actions after the opening that lead to an end soonest without waiting for a period to run out."""
    walk = Walk(procedure)
    first = next(iter(walk.paths))
    queue, seen = deque([(first, [])]), {first}
    while queue:
        state, course = queue.popleft()
        if walk.over(state):
            return course
        for name, to in walk.steps[state]:
            if to not in seen and not only_clocks(procedure.actions[name]):
                seen.add(to)
                queue.append((to, [*course, name]))
    raise AssertionError("no end")


@each
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_it_is_valid_by_the_schema_of_bpmn_2(procedure: Procedure, lang: str):
    """The document, its diagram included, is what the published schema of BPMN 2.0 allows."""
    BpmnValidator().validate(fromstring(export(procedure, lang).encode()))


def test_an_end_beside_open_branches_ends_them_and_any_other_is_plain():
    """A mediation that one side refuses while the other is being asked ends for both; where one branch is left, or
    there never were several, an end is a plain one."""
    for name, some in (("mediation", True), ("hazard", False), ("suggestion", False)):
        _, process = process_of(load_procedures()[name])
        ends = {end.get("id"): end.find(f"{MODEL}terminateEventDefinition") for end in process.iter(f"{MODEL}endEvent")}
        assert [end for end, terminates in ends.items() if terminates is not None] == ["ended_for_all"] * some
        assert [end for end, terminates in ends.items() if terminates is None]


@each
def test_it_runs_to_its_end_in_another_engine(procedure: Procedure):
    """Taking the actions of a lawful course, at the tasks of the stages they come from, completes the process."""
    text = export(procedure, "en")
    parser = BpmnParser()
    parser.add_bpmn_str(text.encode())
    workflow = BpmnWorkflow(parser.get_spec(procedure.name.replace("-", "_")))
    # That engine reads a bare ISO duration as a name of its data.
    lengths = {length: length for length in re.findall(r">(PT?\d+[HDMY])<", text)}
    for task in workflow.get_tasks():
        task.data.update(lengths)
    for name in shortest_course(procedure):
        workflow.do_engine_steps()
        action = procedure.actions[name]
        ready = [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.name in action.from_]
        assert ready and (len(ready) == len(action.from_) or not action.all_of), name
        for task in ready if action.all_of else ready[:1]:
            task.data["action"] = name
            task.run()
    workflow.do_engine_steps()
    assert workflow.is_completed()


@each
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_every_stage_and_action_is_in_the_process(procedure: Procedure, lang: str):
    """Each stage has its element, and each action a flow with its words out of each stage it comes from."""
    _, process = process_of(procedure, lang)
    ids = {element.get("id"): element for element in process}
    key = "en" if lang == "en" else "zh"
    assert set(procedure.stages) <= set(ids)
    flows = [element for element in process if element.tag == f"{MODEL}sequenceFlow"]
    for action in procedure.actions.values():
        named = [flow for flow in flows if flow.get("name") == action.text[key]]
        assert len(named) >= len(action.from_)


@each
def test_flows_and_elements_agree_and_none_is_superfluous(procedure: Procedure):
    """References resolve both ways; nothing splits or joins except at a gateway; no gateway stands without need."""
    _, process = process_of(procedure)
    flows = [element for element in process if element.tag == f"{MODEL}sequenceFlow"]
    nodes = {element.get("id"): element for element in process if element.get("id") and element not in flows}
    into, out = Counter(flow.get("targetRef") for flow in flows), Counter(flow.get("sourceRef") for flow in flows)
    assert set(into) | set(out) <= set(nodes)
    for id, node in nodes.items():
        kind = node.tag.removeprefix(MODEL)
        assert [each.text for each in node.findall(f"{MODEL}incoming")] == [
            flow.get("id") for flow in flows if flow.get("targetRef") == id
        ]
        assert node.get("name")
        if kind.endswith("Gateway"):
            assert max(into[id], out[id]) > 1 and min(into[id], out[id]) == 1
        else:
            assert into[id] == (0 if kind in ("startEvent", "boundaryEvent") else 1)
            assert out[id] == (0 if kind == "endEvent" else 1)


@each
def test_the_diagram_shows_every_element_and_none_over_another(procedure: Procedure):
    """Each element has a shape and each flow a line; shapes lie apart, but for timers on their task."""
    document, process = process_of(procedure)
    shapes = {shape.get("bpmnElement"): shape for shape in document.iter(f"{DI}BPMNShape")}
    edges = {edge.get("bpmnElement") for edge in document.iter(f"{DI}BPMNEdge")}
    flows = {element.get("id") for element in process if element.tag == f"{MODEL}sequenceFlow"}
    timers = {element.get("id") for element in process if element.tag == f"{MODEL}boundaryEvent"}
    assert edges == flows and set(shapes) == {e.get("id") for e in process if e.get("id")} - flows
    places = []
    for id, shape in shapes.items():
        bounds = shape.find(BOUNDS)
        assert bounds is not None
        x, y, width, height = (float(bounds.attrib[key]) for key in ("x", "y", "width", "height"))
        if id not in timers:
            places.append((x, y, x + width, y + height))
    for a, b in combinations(places, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
