"""Branches, joins and guards: work that runs side by side, and steps that are possible only on a condition."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mingze.casework import Actor, Case, Command, Refused, decide, duties, duty, evolve, offers
from mingze.procedure import ProcedureErrors, check, read_procedure
from mingze.resources import load_calendar
from mingze.terms import SHANGHAI

TABLE = """
procedure: draft-decision
mark: 决
in_force: 2026-01-01
title: {zh: 决策草案, en: Draft decision}
about: {zh: 征求意见与专家论证同时进行。, en: Participation and expert opinion run side by side.}
sources:
  local: {zh: 本区规则, en: District rules, local: true}
offices:
  drafter:  {zh: 承办单位, en: Drafting office, found_by: intake}
  reviewer: {zh: 审查单位, en: Reviewing office, found_by: verification}
fields:
  risk:
    zh: 风险
    en: Risk
    type: choice
    public: true
    choices: {low: {zh: 低, en: Low}, high: {zh: 高, en: High}}
stages:
  drafting:   {zh: 起草, en: Drafting, bearer: drafter}
  asking:     {zh: 征求意见, en: Participation, bearer: drafter}
  asked:      {zh: 意见已收齐, en: Participation done, bearer: drafter}
  advising:   {zh: 专家论证, en: Expert opinion, bearer: reviewer}
  advised:    {zh: 论证已完成, en: Expert opinion done, bearer: drafter}
  reviewing:  {zh: 审查, en: Review, bearer: reviewer}
  adopted:    {zh: 已通过, en: Adopted, end: true}
  dropped:    {zh: 已终止, en: Dropped, end: true}
actions:
  start:   {zh: 启动, en: Start, by: drafter, into: drafting, takes: risk, cite: local}
  consult: {zh: 同时征求意见和论证, en: Consult, by: drafter, from: drafting, fork: [asking, advising], cite: local}
  close_call: {zh: 收齐意见, en: Close the call, by: drafter, from: asking, into: asked, cite: local}
  advise:  {zh: 出具论证意见, en: Give the opinion, by: reviewer, from: advising, into: advised, cite: local}
  submit:  {zh: 送审, en: Submit, by: drafter, from: [asked, advised], all: true, into: reviewing, cite: local}
  adopt:   {zh: 通过, en: Adopt, by: reviewer, from: reviewing, into: adopted, cite: local}
  fast:    {zh: 简易通过, en: Adopt at once, by: reviewer, from: drafting, into: adopted, cite: local,
            when: {cel: "facts.risk == 'low'", zh: 风险为低, en: the risk is low}}
  drop:    {zh: 终止, en: Drop, by: drafter, from: [drafting, asking, asked, reviewing], into: dropped, cite: local}
clocks:
  draft:   {zh: 起草期限, en: Time to draft, limit: $days, borne_by: office, starts: start, met_by: [consult, fast, drop], cite: local}
  ask:     {zh: 征求意见期限, en: Time for participation, limit: $days, borne_by: office, starts: consult, met_by: [close_call, drop], cite: local}
  advise:  {zh: 论证期限, en: Time for the opinion, limit: $days, borne_by: office, starts: consult, met_by: [advise, drop], cite: local}
  submit:  {zh: 送审期限, en: Time to submit, limit: $days, borne_by: office, starts: [close_call, advise], met_by: submit, cite: local}
  review:  {zh: 审查期限, en: Time to review, limit: $days, borne_by: office, starts: submit, met_by: [adopt, drop], cite: local}
"""
NUMBERS = "days:\n  - {from: 2026-01-01, value: 10, unit: working_day, local: true, why: {zh: 本区, en: District}}\n"
FILES = {"procedure.yaml": TABLE, "parameters.yaml": NUMBERS}
PROCEDURE = read_procedure(FILES)
CALENDAR = load_calendar()
DRAFTER = Actor("post", post="d", office="d", functions=("handler",))
REVIEWER = Actor("post", post="r", office="r", functions=("handler",))
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def walk(*steps: tuple[str, Actor], risk: str = "high") -> Case:
    """A case after some actions, a day apart."""
    offices = {"drafter": "d", "reviewer": "r"}
    event = decide(
        PROCEDURE,
        None,
        Command("start", DRAFTER, {"risk": risk}, offices=offices),
        START,
        CALENDAR,
        authority="t",
        case_id="c",
    )
    case = evolve(PROCEDURE, None, event)
    for day, (action, actor) in enumerate(steps, 1):
        at = START + timedelta(days=day)
        case = evolve(
            PROCEDURE, case, decide(PROCEDURE, case, Command(action, actor), at, CALENDAR, authority="t", case_id="c")
        )
    return case


def refusal(case: Case, action: str, actor: Actor) -> Refused:
    """Why an action is not possible."""
    with pytest.raises(Refused) as caught:
        decide(
            PROCEDURE, case, Command(action, actor), START + timedelta(days=20), CALENDAR, authority="t", case_id="c"
        )
    return caught.value


def test_the_checker_passes_a_procedure_with_branches():
    """A fork whose branches each have a bearer and a clock, and a join, is a lawful procedure."""
    assert check(PROCEDURE) == []


def test_each_branch_has_its_own_bearer_and_clock():
    """After the fork two offices have a duty, each with the clock of its own branch."""
    case = walk(("consult", DRAFTER))
    assert case.stages == ("asking", "advising")
    assert [(each.stage, each.office, each.clock) for each in duties(PROCEDURE, case)] == [
        ("asking", "d", "ask"),
        ("advising", "r", "advise"),
    ]


def test_one_branch_moves_without_the_other():
    """The expert's opinion does not end the call for comments."""
    case = walk(("consult", DRAFTER), ("advise", REVIEWER))
    assert case.stages == ("asking", "advised")
    assert case.clocks["ask"].running and not case.clocks["advise"].running


def test_the_join_waits_for_every_branch_and_says_which():
    """Submitting is refused while the call runs, naming what is still awaited, and possible when both are done."""
    refused = refusal(walk(("consult", DRAFTER), ("advise", REVIEWER)), "submit", DRAFTER)
    assert (refused.code, refused.values["stages"]) == ("not_all_there", ["asked"])
    both = walk(("consult", DRAFTER), ("advise", REVIEWER), ("close_call", DRAFTER), ("submit", DRAFTER))
    assert both.stages == ("reviewing",)
    now = duty(PROCEDURE, both)
    assert now is not None and (now.office, now.clock) == ("r", "review")


def test_an_end_ends_every_branch():
    """Dropping the matter in one branch leaves no duty in the other."""
    case = walk(("consult", DRAFTER), ("drop", DRAFTER))
    assert not case.open and duties(PROCEDURE, case) == [] and not any(clock.running for clock in case.clocks.values())


def test_a_guard_lets_through_only_what_meets_it():
    """The short way is open for low risk and refused for high, and the offer says so beforehand."""
    assert walk(("fast", REVIEWER), risk="low").stage == "adopted"
    high = walk(risk="high")
    assert refusal(high, "fast", REVIEWER).code == "not_met"
    offer = next(each for each in offers(PROCEDURE, high, REVIEWER, START) if each.name == "fast")
    assert not offer.allowed and offer.why is not None and offer.why.code == "not_met"


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("facts.risk == 'low'", "facts.risk ==", "guard_unreadable"),
        ("fork: [asking, advising]", "fork: [asking, advising], into: asked", "into_or_fork"),
        ("fork: [asking, advising]", "fork: [asking, nowhere]", "unknown_stage"),
    ],
)
def test_a_mistake_in_branches_or_guards_is_named(right: str, wrong: str, code: str):
    """A guard that cannot be read, or a fork that is also a step, is refused at its line."""
    with pytest.raises(ProcedureErrors) as caught:
        read_procedure({**FILES, "procedure.yaml": TABLE.replace(right, wrong, 1)})
    assert code in {problem.code for problem in caught.value.problems}


def test_a_branch_without_a_clock_is_refused_with_the_path():
    """If nothing ends the wait in one branch the checker says which, although the other branch has its clock."""
    broken = TABLE.replace("starts: consult, met_by: [advise, drop]", "starts: consult, met_by: [drop]", 1)
    findings = check(read_procedure({**FILES, "procedure.yaml": broken}))
    assert ("wait_without_clock", ("stages", "advising")) in {(finding.code, finding.at) for finding in findings}


def test_a_join_that_can_never_be_reached_has_no_end():
    """A branch that cannot come to the join leaves the case without an end, and the path is shown."""
    broken = TABLE.replace("from: advising, into: advised", "from: advising, into: advising", 1).replace(
        "from: [drafting, asking, asked, reviewing]", "from: drafting", 1
    )
    findings = {finding.code: finding for finding in check(read_procedure({**FILES, "procedure.yaml": broken}))}
    assert findings["no_end_from_here"].path[:2] == ("start", "consult")


ROUND = """
procedure: round
mark: 环
in_force: 2026-01-01
title: {zh: 往复, en: To and fro}
about: {zh: 可以来回的程序。, en: A matter that can go to and fro.}
sources:
  local: {zh: 本区规则, en: District rules, local: true}
offices:
  one: {zh: 甲, en: One, found_by: intake}
  two: {zh: 乙, en: Two, found_by: supervision}
fields:
  size: {zh: 大小, en: Size, type: number, public: true}
stages:
  a:    {zh: 在甲, en: At one, bearer: one}
  b:    {zh: 在乙, en: At two, bearer: two}
  done: {zh: 完成, en: Done, end: true}
actions:
  begin: {zh: 开始, en: Begin, by: one, into: a, takes: size, cite: local}
  over:  {zh: 转出, en: Pass over, by: one, from: a, into: b, cite: local}
  back:  {zh: 转回, en: Pass back, by: two, from: b, into: a, cite: local}
  end:   {zh: 完成, en: End, by: two, from: b, into: done, cite: local,
          when: {cel: facts.size > 3, zh: 大于三, en: larger than three}}
clocks:
  at_one: {zh: 甲的期限, en: Time for one, limit: $days, borne_by: office, starts: [begin, back], met_by: over, cite: local}
  at_two: {zh: 乙的期限, en: Time for two, limit: $days, borne_by: office, starts: over, met_by: [back, end], cite: local}
  whole:  {zh: 总期限, en: Time for all, limit: $days, borne_by: office, starts: begin, met_by: end, cite: local}
"""
DAYS = "days:\n  - {from: 2026-01-01, value: 9, unit: calendar_day, local: true, why: {zh: 本区, en: District}}\n"


def test_an_end_that_only_a_condition_leads_to_is_refused_even_if_the_case_can_go_to_and_fro():
    """Somewhere to go is not a way out: with the condition false the case would go round for ever."""
    table = read_procedure({"procedure.yaml": ROUND, "parameters.yaml": DAYS})
    found = {(finding.code, finding.at) for finding in check(table)}
    assert ("only_way_conditional", ("actions", "end")) in found
    free = ROUND.replace(",\n          when: {cel: facts.size > 3, zh: 大于三, en: larger than three}", "")
    assert free != ROUND
    assert not check(read_procedure({"procedure.yaml": free, "parameters.yaml": DAYS}))
