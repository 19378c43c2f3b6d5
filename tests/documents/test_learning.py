"""What an office's own reviewed rows teach: aliases and default leads, in a file people can read, never applied silently."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingze.cli.decompose import decompose as command
from mingze.documents import decompose
from mingze.documents.learning import (
    Learned,
    LearnedAlias,
    LearnedLead,
    ReviewedRow,
    Source,
    apply_learned,
    learn,
)
from mingze.exchange.learned import LearnedError, read_learned, write_learned

TEXT = "明源区2026年工作要点\n1. 年底前完成老旧小区改造8个。\n2. 推进河道清淤30公里（区建委牵头）。\n3. 加强校园食品安全检查。\n"


def _row(number: int, quote: str, lead: str, *read: str) -> ReviewedRow:
    return ReviewedRow(Source("d1", f"c{number:03d}"), quote, read, lead)


ROWS = (
    _row(1, "完成老旧小区改造12个", "区住房和城乡建设局"),
    _row(2, "老旧小区改造项目6月底前开工", "区住房和城乡建设局"),
    _row(3, "做好老旧小区改造质量监管", "区住房和城乡建设局"),
    _row(4, "加强校园食品安全监管", "区教育局"),
    _row(5, "校园食品安全检查每季度一次", "区市场监督管理局"),
    _row(6, "校园食品安全培训", "区教育局"),
    _row(7, "完成绿化5000亩", "区住房和城乡建设局", "区建委"),
)


def test_rows_that_agree_give_rules_and_rows_that_disagree_none():
    """Three rows on one topic under one office give a default lead; a topic two offices lead gives none; a name gives an alias."""
    learned = learn(ROWS, known=["区教育局"])
    assert [(rule.topic, rule.office) for rule in learned.leads] == [("老旧小区改造", "区住房和城乡建设局")]
    assert [source.row for source in learned.leads[0].sources] == ["c001", "c002", "c003"]
    assert [(alias.surface, alias.office) for alias in learned.aliases] == [("区建委", "区住房和城乡建设局")]
    assert learn(ROWS, at_least=4).leads == ()
    assert learn([*ROWS, _row(8, "建设绿道", "区水利局", "区建委")]).aliases == ()


def test_a_touched_row_names_the_rule_and_an_untouched_one_stays_equal():
    """The lead comes with `learned` as its source and the reviewed row in a rule id; nothing else changes."""
    found = decompose(TEXT)
    first, second, third = apply_learned(found, learn(ROWS)).commitments
    assert (first.lead, first.lead_source) == (("区住房和城乡建设局",), "learned")
    assert "learned/lead/d1/c001" in first.rules
    assert second.lead == ("区住房和城乡建设局",)
    assert "learned/alias/d1/c007" in second.rules
    assert third == found.commitments[2]
    assert apply_learned(found, Learned()) is found


def test_a_lead_the_document_names_is_never_replaced_by_a_learned_one():
    """A default lead is for rows without any office; a row kept as text is not touched at all."""
    lead = LearnedLead("重点人员", "区司法局", (Source("d", "r"),))
    named = apply_learned(decompose("1. 区教育局要完成老旧小区改造8个。"), learn(ROWS)).commitments[0]
    assert named.lead == ("区教育局",)
    (kept,) = apply_learned(decompose("1. 加强重点人员稳控。"), Learned((), (lead,))).commitments
    assert kept.excluded_topic and kept.lead == ()


def test_of_two_topics_the_longer_counts_and_equal_ones_that_disagree_give_nothing():
    """老旧小区改造 is more exact than 老旧小区; two topics of one length with two offices leave the row open."""
    source = (Source("d", "r"),)
    found = decompose("1. 年底前完成老旧小区改造8个。")
    exact = Learned((), (LearnedLead("老旧小区", "甲局", source), LearnedLead("老旧小区改造", "乙局", source)))
    assert apply_learned(found, exact).commitments[0].lead == ("乙局",)
    split = Learned((), (LearnedLead("老旧小区", "甲局", source), LearnedLead("小区改造", "乙局", source)))
    assert apply_learned(found, split).commitments[0].lead == ()


def test_the_file_is_read_back_as_it_was_written():
    """YAML out and in gives the same rules; an empty file gives none."""
    learned = learn(ROWS)
    text = write_learned(learned)
    assert read_learned(text) == learned
    assert "老旧小区改造" in text and "d1/c001" in text
    assert read_learned("") == Learned()
    assert not read_learned(write_learned(Learned()))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("aliases: [", "not_yaml", 1),
        ("rules: []", "wrong_shape", 1),
        ("aliases: 3", "wrong_shape", 1),
        ("leads:\n- {topic: 改造, office: 甲局}", "missing", 2),
        ("leads:\n- {topic: 改造, office: 甲局, from: [c001]}", "wrong_shape", 2),
        ("leads:\n- {topic: 改造, office: 甲局, from: [d/c001], weight: 3}", "wrong_shape", 2),
    ],
)
def test_a_rule_that_cannot_be_meant_is_named_with_its_line(text: str, code: str, line: int):
    """A rule without its source is no rule: nothing is applied whose origin nobody can see."""
    with pytest.raises(LearnedError) as refused:
        read_learned(text)
    assert (refused.value.code, refused.value.values["line"]) == (code, line)


def test_the_command_applies_the_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`mingze decompose --learned` shows the origin under each row it touches, in both languages and in the JSON."""
    document, rules = tmp_path / "text.txt", tmp_path / "learned.yaml"
    document.write_text(TEXT, encoding="utf-8")
    rules.write_text(write_learned(learn(ROWS)), encoding="utf-8")

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["mingze", "decompose", *arguments])
        return CliRunner().invoke(command, list(arguments)).output

    asked = (str(document), "--learned", str(rules))
    assert "按本单位此类事项的规则牵头，出自文件d1第c001条" in run(*asked, "--lang", "zh")
    assert "from row c001 of document d1" in run(*asked, "--lang", "en")
    told = json.loads(run(*asked, "--json"))["commitments"]
    assert told[0]["lead_source"] == "learned"
    assert run(str(document), "--json") != run(*asked, "--json")


def test_a_broken_file_of_rules_stops_the_command_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is read with half of the rules."""
    document, rules = tmp_path / "text.txt", tmp_path / "learned.yaml"
    document.write_text(TEXT, encoding="utf-8")
    rules.write_text("leads:\n- {topic: 改造}\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["mingze", "decompose"])
    result = CliRunner().invoke(command, [str(document), "--learned", str(rules)])
    assert (result.exit_code, "2" in result.output, "office" in result.output) == (2, True, True)


def test_an_alias_keeps_offices_apart_that_lead_and_support():
    """A partner that turns out to be the lead under another name is not listed twice."""
    alias = LearnedAlias("区建委", "区住建局", (Source("d", "r"),))
    (row,) = apply_learned(
        decompose("1. 完成绿化30亩（区住建局牵头，区建委配合）。"), Learned((alias,), ())
    ).commitments
    assert (row.lead, row.supporting) == (("区住建局",), ())
