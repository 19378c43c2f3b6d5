"""Tasks that would profile or control people are flagged, and the ordinary work beside them is not."""

from __future__ import annotations

import pytest

from mingze.documents import decompose

PAIRS = [
    ("要对重点上访人员逐一落实包保措施，掌握其动向。", "要对群众来信来访逐件登记，限期答复。"),
    ("对上访户的亲属开展摸排，由亲属所在单位做工作。", "对来访群众反映的问题，由首接单位负责答复。"),
    ("加强特殊群体稳控，做到人员底数清、动态明。", "加强特殊困难群体帮扶，做到应助尽助。"),
    ("建立重点人员台账，实行分级管控。", "建立重点项目台账，实行分级调度。"),
    ("加强宗教活动场所管理，依法取缔非法聚会点。", "加强文化活动场所管理，依法查处消防隐患。"),
    ("持续开展反渗透斗争，严防破坏活动。", "持续开展地下管网渗漏治理，严防路面塌陷。"),
    ("深入开展反邪教宣传教育。", "深入开展反诈骗宣传教育。"),
    ("反恐工作要以管住人为关键。", "学校要定期组织防踩踏演练。"),
    ("在各路口加装人脸识别摄像机，自动追踪可疑人员。", "在各路口加装信号灯，自动调节配时。"),
    ("推进雪亮工程二期建设，拓展应用。", "推进路灯亮化工程二期建设，补齐暗区。"),
    ("对投诉多的住户建立画像，分级预警。", "对投诉多的物业项目开展约谈，限期整改。"),
    ("运用大数据预测上访人员行为。", "运用大数据预测公交客流。"),
    ("加强流动人口信息采集和分级管控。", "加强流动摊点规范管理和分区疏导。"),
]


@pytest.mark.parametrize(("control", "ordinary"), PAIRS)
def test_controlling_people_is_flagged_and_ordinary_work_is_not(control: str, ordinary: str):
    """Of two sentences of the same form only the one about controlling people is kept as text."""
    flagged = decompose(control)
    assert flagged.commitments and all(c.excluded_topic for c in flagged.commitments)
    assert all(e.state == "excluded" for e in flagged.coverage)
    plain = decompose(ordinary)
    assert plain.commitments and not any(c.excluded_topic for c in plain.commitments)


@pytest.mark.parametrize(
    "text",
    [
        "要抓好矛盾纠纷调解，做到小事不出村。",
        "加大对公共聚集场所、公共交通的专项检查和动态管控力度。",
        "持续开展校园及周边安全整治和防溺水工作。",
        "认真总结扫黑除恶经验，健全常态化机制。",
        "做好行政执法监督和投诉举报受理工作。",
        "加强信访积案化解，依法解决群众合理诉求。",
        "区教育局要建立困境儿童一人一档，定期走访关爱。",
        "对重点区域、重点行业开展消防安全排查。",
    ],
)
def test_safety_mediation_and_supervision_of_offices_stay_ordinary(text: str):
    """Words that control shares with ordinary work (管控, 排查, 台账, 投诉) do not flag by themselves."""
    found = decompose(text)
    assert found.commitments and not any(c.excluded_topic for c in found.commitments)


def test_a_sentence_under_an_excluded_run_in_heading_is_flagged():
    """A heading that names the control flags the sentence that elaborates it, and the next heading ends that."""
    found = decompose(
        "要落实特定群体稳控责任。压实各级责任，做到发现及时、处置得当。要抓好防汛备汛。加强值班值守，备足物资器材。"
    )
    assert [c.excluded_topic for c in found.commitments] == [True, False]
