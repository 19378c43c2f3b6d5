"""A mistake in a procedure file is named with its file, line and column, what was expected and what was found."""

import pytest

from mingze.procedure import ProcedureErrors, check, read_procedure
from mingze.resources import data_root, procedure_texts

GOOD = dict(procedure_texts(data_root() / "procedures" / "suggestion"))


def line_of(text: str, needle: str) -> int:
    """The line a needle stands on, counted from 1."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if needle in line)


MISTAKES = [
    ("unknown key", "mark: 建", "mark: 建\ncolour: red", "unknown_key", "colour: red"),
    ("key written twice", "mark: 建", "mark: 建\nmark: 企", "duplicate_key", "mark: 企"),
    ("wrong type", "public: true\nsources", "public: perhaps\nsources", "not_yes_or_no", "public: perhaps"),
    ("text in one language", "title: {zh: 意见建议, en: Suggestion}", "title: {zh: 意见建议}", "missing_key", "title: {zh"),
    ("stage nobody declared", "from: [received, returned], into: handling", "from: [recieved, returned], into: handling", "unknown_stage", "recieved"),
    ("actor nobody declared", "by: intake_office.clerk, from: [received, returned], into: handling", "by: intake, from: [received, returned], into: handling", "unknown_actor", "by: intake,"),
    ("clock started by nothing", "starts: hand_back", "starts: handback", "unknown_action", "starts: handback"),
    ("number nobody gave", "limit: $say_days, borne_by", "limit: $sai_days, borne_by", "unknown_parameter", "$sai_days"),
    ("field neither public nor sealed", "    seals: narrative\n    purpose: {zh: 让", "    purpose: {zh: 让", "public_or_sealed", "  matter:"),
    ("sealed without purpose", "    purpose: {zh: 说明情况, en: To show the facts}\n", "", "purpose_and_retention", "  attachments:"),
    ("borne by nobody known", "borne_by: person", "borne_by: weather", "wrong_choice", "borne_by: weather"),
    ("not YAML", "stages:\n", "stages: [\n", "yaml_not_closed", "stages: ["),
]  # fmt: skip


@pytest.mark.parametrize(("what", "right", "wrong", "code", "at"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_mistake_is_named_at_its_line(what: str, right: str, wrong: str, code: str, at: str | None):
    """The reader refuses the file with the mistake's own code at the mistake's own line."""
    text = GOOD["procedure.yaml"]
    assert right in text, "the mistake must be made in words the file has"
    broken = text.replace(right, wrong, 1)
    with pytest.raises(ProcedureErrors) as caught:
        read_procedure({**GOOD, "procedure.yaml": broken})
    problems = [problem for problem in caught.value.problems if problem.code == code]
    assert problems, caught.value
    if at is not None:
        assert problems[0].line == line_of(broken, at), caught.value
    assert problems[0].file == "procedure.yaml" and problems[0].column >= 1


def test_all_mistakes_of_one_reading_are_told_together():
    """A jurist mends a file once, not mistake by mistake."""
    text = (
        GOOD["procedure.yaml"]
        .replace("into: handling, binds", "into: handeling, binds")
        .replace("starts: hand_back", "starts: handback")
    )
    with pytest.raises(ProcedureErrors) as caught:
        read_procedure({**GOOD, "procedure.yaml": text})
    assert {problem.code for problem in caught.value.problems} >= {"unknown_stage", "unknown_action"}


def test_a_missing_file_is_named():
    """A folder without parameters is told so."""
    with pytest.raises(ProcedureErrors) as caught:
        read_procedure({"procedure.yaml": GOOD["procedure.yaml"]})
    assert caught.value.problems[0].code == "missing_file"


def test_hash_follows_the_bytes():
    """One changed number is another law: the hash a case is pinned to changes with it, and only with it."""
    same = read_procedure(GOOD)
    changed = read_procedure(
        {
            **GOOD,
            "parameters.yaml": GOOD["parameters.yaml"].replace("value: 30, unit: working", "value: 31, unit: working"),
        }
    )
    assert read_procedure(dict(GOOD)).hash == same.hash != changed.hash


def test_a_district_changes_only_local_numbers():
    """An overlay replaces a local number and is refused for one that the law gives."""
    local = "answer_days:\n  - {from: 2026-01-01, value: 20, unit: working_day, local: true, why: {zh: 本区, en: District}}\n"
    assert read_procedure(GOOD, {"parameters.yaml": local}).parameters["answer_days"][0].value == 20
    statute = "accept_days:\n  - {from: 2026-01-01, value: 20, unit: calendar_day, local: true, why: {zh: 本区, en: District}}\n"
    with pytest.raises(ProcedureErrors) as caught:
        read_procedure(GOOD, {"parameters.yaml": statute})
    assert caught.value.problems[0].code == "overlay_not_local"


FAULTS = [
    ("stage nobody reaches", "  closed:    {zh: 已办结", "  limbo: {zh: 别处, en: Elsewhere, bearer: intake_office}\n  closed:    {zh: 已办结", "stage_unreachable", ("stages", "limbo")),
    ("nobody must act", "bearer: supervision_office}", "}", "stage_without_bearer", ("stages", "disputed")),
    ("no clock ends the wait", ", met_by: [send_back, uphold], cite: local", ", cite: local", "wait_without_clock", ("stages", "contested")),
    ("adverse without telling", "takes: reason, tell: proposer, adverse: true, remedies: petition, cite: reg 23}", "takes: reason, adverse: true, remedies: petition, cite: reg 23}", "adverse_without_notice", ("actions", "decline")),
    ("adverse without remedy", "tell: proposer, adverse: true, remedies: petition, cite: reg 23}", "tell: proposer, adverse: true, cite: reg 23}", "adverse_without_remedy", ("actions", "decline")),
    ("no source", "at_most: 1, cite: reg 23(3)}", "at_most: 1}", "without_source", ("actions", "hand_back")),
    ("source nobody declared", "at_most: 1, cite: reg 23(3)}", "at_most: 1, cite: law 23}", "unknown_source", ("actions", "hand_back")),
    ("source not yet in force", "in_force: 2022-05-01}\n  pipl", "in_force: 2032-05-01}\n  pipl", "source_not_in_force", ("actions", "file")),
    ("asks about religion", "    en: Your suggestion\n", "    en: Your religion\n", "sensitive_field", ("fields", "matter")),
    ("no end from here", "into: closed, takes: reason, tell: proposer, adverse: true, remedies: petition, cite: local}", "into: contested, takes: reason, tell: proposer, adverse: true, remedies: petition, cite: local}", "no_end_from_here", ("stages", "contested")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "right", "wrong", "code", "at"), FAULTS, ids=[row[0] for row in FAULTS])
def test_fault_is_refused_for_its_own_reason(what: str, right: str, wrong: str, code: str, at: tuple[str, ...]):
    """The checker refuses a procedure that would leave somebody waiting, and says where."""
    text = GOOD["procedure.yaml"]
    assert right in text
    findings = check(read_procedure({**GOOD, "procedure.yaml": text.replace(right, wrong, 1)}))
    assert (code, at) in {(finding.code, finding.at) for finding in findings}, findings


def test_a_wait_without_clock_comes_with_the_path_to_it():
    """The refusal shows the actions that lead to the state in which somebody waits without a clock."""
    text = GOOD["procedure.yaml"].replace(", met_by: [send_back, uphold], cite: local", ", cite: local")
    finding = next(f for f in check(read_procedure({**GOOD, "procedure.yaml": text})) if f.code == "wait_without_clock")
    assert finding.path == ("file", "accept", "answer", "say_unsolved")


def test_a_citation_names_paragraphs_and_items_apart():
    """款 in brackets and 项 after a dot are said as what they are, in both languages."""
    procedure = read_procedure(GOOD)
    said = procedure.cite_text("reg 23(3) 46.6 16(2).1")
    assert said["zh"] == "《信访工作条例》第二十三条第三款、第四十六条第六项、第十六条第二款第一项"
    assert said["en"] == "Regulation on Petition Work, arts 23(3), 46 item 6, 16(2) item 1"
