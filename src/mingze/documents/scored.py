"""Scored: the rules of points in assessment sheets, told from the duties they measure."""

from __future__ import annotations

import re

from mingze.documents.signs import Guarded

SCORE_TAIL = Guarded(r"(?:的)?，(?:每[^，。；]{1,14}，?)?(?:得|计|记)(?:满|基本|本项)?\d+(?:\.\d+)?分.*$")

DEDUCTION_TAIL = Guarded(
    r"，(?:每|逾期|少|超|低|高|未|发现|发生|缺|出现|否则)[^。；]*(?:扣|减)[^。；]*分.*$|，(?:扣完为止|否则不得分|"
    r"不(?:达标|足)的?(?:不得分|扣).*)$"
)

DEDUCTION = Guarded(
    r"扣(?:除)?\d|扣完为止|不得分|扣[^，。；]{0,6}分|得0分|酌情扣|倒扣|取消(?:年度|当年|本年度|该年度)?(?:评优|评先|考核优秀|评选)|"
    r"一票否决|不计分|减\d+(?:\.\d+)?分"
)

STRIPPED = re.compile(r"^[^\d]*(?:取消[^，。；]{0,6}(?:评优|评先|评选|资格)|一票否决)[^\d]*$")
"""Loss of an award is a rule of points in scoring rules, elsewhere what will be done to those who fail."""

NEGATIVE = re.compile(
    r"^(?P<what>(?:[^，。；]{0,16}?(?:虚假|转嫁|截留|推卸|吃拿卡要|摊派|变相|拖延|篡改|诱导|干扰|刁难|扯皮)"
    r"[^，。；]{0,24}?)(?=的)|(?:凡|对|因|经查|年内|当年|无正当理由|擅自)?[^，。；]{0,20}?(?:未|无|不|没有|拒|擅自|瞒报|迟报|"
    r"漏报|虚报|违规|违反|弄虚作假|逾期|推诿|敷衍)[^，。；]*?)(?:的)?，(?:每[^，。；]{1,12}，?)?(?:扣|"
    r"减)(?:除)?\d*(?:\.\d+)?分"
)

BONUS = Guarded(
    r"加\d+(?:\.\d+)?分|加分|最高(?:不超过)?\d+分|奖励\d|给予[^，。；]{0,16}奖(?:励|补)[^，。；]{0,12}\d|"
    r"给予[^，。；]*\d[^，。；]*(?:奖励|奖补|奖金)|一次性奖|按比例计分|参照计分|见(?:考核|评分)"
)
