"""The files a new procedure begins with: they read without a mistake, and what the checker still says leads on.

Four things are left open on purpose, because only the author can know them: the words marked 〔请填写〕, the article of
the answer, the remedy against a refusal, and the period that ends the last wait.
"""

from __future__ import annotations

PLACEHOLDER = "〔请填写"
"""What marks a text that the author still has to write, in both languages."""

_DAY = "2026-01-01"

_PROCEDURE = """\
# 新程序：三张表（阶段、行为、时限）加上依据。写完一处就运行 mingze check，它会说下一处缺什么。
# A new procedure: three tables (stages, actions, clocks) and their sources. Run `mingze check` after each change.
procedure: NAME
mark: 新                      # 办件编号前的一个字 / the sign before a case's number
in_force: DAY          # 从哪天起施行，请改 / in force from: change it
title: {zh: 〔请填写：程序名称〕, en: "〔请填写: the procedure's name〕"}
about:
  zh: 〔请填写：一句话告诉群众这是办什么的〕
  en: "〔请填写: one sentence that tells people what it is for〕"
public: true                  # 群众可以自己提出 / people can file it themselves

# 依据：每个行为、时限、法定的数都要引用其中一个（cite: law 12）。local 是本地规则，不会当成法律给人看。
# Sources: every action, clock and number of the law cites one of them. `local` is never shown as law.
sources:
  law:   {zh: 〔请填写：法规名称〕, en: "〔请填写: the instrument's name〕", in_force: DAY}
  local: {zh: 本地办理规则, en: Local handling rules, local: true}

# 当事人与单位。found_by 由权责清单确定；没有 found_by 的，由某个行为 binds。
# Parties and offices. `found_by` is filled from the register of competences; any other by an action that `binds` it.
parties:
  applicant: {zh: 申请人, en: Applicant, sealed: true}
offices:
  intake_office:    {zh: 受理单位, en: Intake office, found_by: intake}
  competent_office: {zh: 承办单位, en: Responsible office}

# 要问的话。封存的（seals）要写目的（purpose）和保存几个月（retention_months）。能不问的就不问。
# What is asked. Sealed text says why it is asked and how long it is kept. Do not ask what you do not need.
fields:
  matter:
    zh: 您要办的事
    en: What you ask for
    seals: narrative
    purpose: {zh: 弄清要办什么, en: To know what is asked for}
    retention_months: 36
  reason:
    zh: 理由
    en: Reasons
    seals: decision
    purpose: {zh: 向当事人说明理由, en: To give the person the reasons}
    retention_months: 36

# 阶段：办件停在哪里，由谁负责（bearer）。终点写 end: true。
# Stages: where a case rests and who must act there. An end has no bearer.
stages:
  received: {zh: 已收到, en: Received, bearer: intake_office}
  handling: {zh: 办理中, en: Being handled, bearer: competent_office}
  answered: {zh: 已答复, en: Answered, bearer: applicant}
  closed:   {zh: 已办结, en: Closed, end: true}

# 救济：对不利的决定，能到哪里、在多少天内提出。
# Remedies: what can be done against an adverse decision, where, and within what time.
remedies: {}

# 行为：谁（by），从哪个阶段（from）到哪个阶段（into），问什么（takes），告诉谁（tell），依据哪一条（cite）。
# Actions: who, from which stage into which, what is asked, who is told, on which article.
actions:
  file:    {zh: 提交, en: File, by: applicant, into: received, takes: matter, cite: law 1}
  accept:  {zh: 受理, en: Accept, by: intake_office.clerk, from: received, into: handling,
            binds: competent_office, tell: applicant, cite: law 2}
  answer:  {zh: 答复, en: Answer, by: competent_office.handler, from: handling, into: answered,
            takes: reason, tell: applicant, means: answered}
  refuse:  {zh: 不予支持, en: Refuse, by: competent_office.handler, from: handling, into: answered,
            takes: reason, tell: applicant, adverse: true, means: answered, cite: law 3}
  agree:   {zh: 解决了, en: It is solved, by: applicant, from: answered, into: closed, means: solved, cite: local}

# 时限：几天（parameters.yaml 里的数），谁承担（borne_by），何时开始（starts），什么算办到（met_by），到期不办会怎样（silence）。
# Clocks: how long (a number of parameters.yaml), who bears it, what starts it, what meets it, what silence means.
clocks:
  accept: {zh: 受理期限, en: Time to accept, limit: $accept_days, borne_by: office, starts: file, met_by: accept, cite: law 2}
  answer: {zh: 答复期限, en: Time to answer, limit: $answer_days, borne_by: office, starts: accept, met_by: [answer, refuse], cite: law 3}
"""

_PARAMETERS = """\
# 数：从哪天起、多少、什么单位（calendar_day 日历日、working_day 工作日、hour、month、year）、依据。
# Numbers: from which day, how many, in which unit, on which article. A number of your own is `local: true` and says `why`.
accept_days:
  - {from: DAY, value: 5, unit: working_day, cite: law 2}
answer_days:
  - {from: DAY, value: 30, unit: calendar_day, cite: law 3}
"""

_SCENARIOS = """\
# 场景：像法条一样的一句话，用真实的日期试一遍。写上星期，程序会核对。
# Scenarios: a sentence that reads like the statute, tried out on dates. A weekday that is written is checked.
- An answer within the time allowed is in time:
    given: [{on: 2026-03-02 Mon, file: {}}, {on: 2026-03-03 Tue, accept: {}}]
    when:  [{on: 2026-03-20 Fri, answer: {}}]
    then:  {stage: answered, clocks: {answer: {met: true, late: false}}}
    cite:  law 3
"""

_BLINDSPOTS = """\
# 没有写进程序的 / What is not formalised

- 〔请填写：法条里有、程序里没有写的〕
  〔请填写: what the law says and this procedure does not〕
"""


def skeleton(name: str) -> dict[str, str]:
    """The files of a new procedure by path in its folder.

    Surprising: the days in them are fixed, because the weekdays written beside them are asserted.
    """
    day = _DAY
    return {
        "procedure.yaml": _PROCEDURE.replace("NAME", name).replace("DAY", day),
        "parameters.yaml": _PARAMETERS.replace("DAY", day),
        "scenarios/answering.yaml": _SCENARIOS,
        "blindspots.md": _BLINDSPOTS,
    }
