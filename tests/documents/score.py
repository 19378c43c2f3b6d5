#!/usr/bin/env python3
# ruff: noqa
# pyright: basic, reportArgumentType=false
"""score.py LABEL_DIR OUT_DIR [--json FILE] [--errors] [--iou 0.8]
LABEL_DIR : holds labels/*.json (or *.json directly) and text/*.txt (canonical text); the documents lie beside them.
OUT_DIR   : FILE.json per document (e.g. d1_speech.txt.json) {"commitments":[{quote,path,kind,lead,supporting,indicators,deadline}],"coverage":[...]}
score.py --selftest LABEL_DIR : gold against itself must be 1.0; corrupted copies must drop."""

import json, os, re, sys, glob, unicodedata, copy, random, tempfile, difflib
from collections import Counter, defaultdict

QUOT = {c: '"' for c in "“”„‟＂「」『』‘’'"}
BR = {"〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]"}
DASH = {c: "-" for c in "‐‑‒–—―－﹣"}
PUN = {"。": ".", "、": ",", "，": ",", "；": ";", "：": ":"}


def norm_map(s):
    """normalised string + list mapping each normalised char to its raw index"""
    out = []
    ix = []
    for i, ch in enumerate(s):
        for c in unicodedata.normalize("NFKC", QUOT.get(ch, DASH.get(ch, BR.get(ch, PUN.get(ch, ch))))):
            if c.isspace() or c in "\u200b\ufeff\xad":
                continue
            out.append(QUOT.get(c, c))
            ix.append(i)
    return "".join(out), ix


def norm(s):
    return norm_map(s or "")[0]


def strip_p(s):
    return re.sub(r'["\'.,;:()\[\]\-!?《》<>·]', "", norm(s))


def doc_text(p):
    """fallback text extraction when text/FILE.txt is missing"""
    e = p.rsplit(".", 1)[-1].lower()
    if e in ("txt", "md"):
        return open(p, encoding="utf-8").read()
    if e in ("html", "htm"):
        from html.parser import HTMLParser

        class P(HTMLParser):
            def __init__(s):
                super().__init__()
                s.o = []
                s.k = 0

            def handle_starttag(s, t, a):
                s.k += t in ("script", "style")
                s.o.append("\n" if t in ("p", "br", "td", "tr", "h1", "h2", "h3", "div", "li") else "")

            def handle_endtag(s, t):
                s.k -= t in ("script", "style")

            def handle_data(s, d):
                s.o.append("" if s.k else d)

        h = P()
        h.feed(open(p, encoding="utf-8").read())
        return "".join(h.o)
    if e == "docx":
        from docx import Document
        from docx.table import Table
        from docx.text.paragraph import Paragraph

        D = Document(p)
        o = []
        for el in D.element.body.iterchildren():
            if el.tag.endswith("}p"):
                o.append(Paragraph(el, D).text)
            elif el.tag.endswith("}tbl"):
                seen = set()
                for r in Table(el, D).rows:
                    for c in r.cells:
                        if c._tc in seen:
                            continue
                        seen.add(c._tc)
                        o.append(c.text)
        return "\n".join(o)
    if e == "xlsx":
        from openpyxl import load_workbook

        return "\n".join(
            str(c.value) for ws in load_workbook(p) for r in ws.iter_rows() for c in r if c.value is not None
        )
    if e == "pdf":
        from pypdf import PdfReader

        return "\n".join(pg.extract_text() for pg in PdfReader(p).pages)
    raise ValueError(p)


def occurrences(T, q):
    o = []
    i = T.find(q)
    while i >= 0 and q:
        o.append((i, i + len(q)))
        i = T.find(q, i + 1)
    return o


def fuzzy(T, q):
    """for quotes broken by page furniture etc.: k-gram vote; returns [(a,b)] or []"""
    k = 5
    if len(q) < 8:
        return []
    v = Counter()
    for j in range(len(q) - k + 1):
        i = T.find(q[j : j + k])
        while i >= 0:
            v[(i - j) // 6] += 1
            i = T.find(q[j : j + k], i + 1)
    if not v:
        return []
    b, c = v.most_common(1)[0]
    a = max(0, b * 6 - 20)
    w = T[a : a + len(q) + 60]
    m = [x for x in difflib.SequenceMatcher(None, q, w, autojunk=False).get_matching_blocks() if x.size >= 3]
    if not m:
        return []
    got = sum(x.size for x in m)
    lo, hi = a + m[0].b, a + m[-1].b + m[-1].size
    return (
        [(lo, hi)] if got >= 8 and got >= 0.3 * len(q) and got >= 0.85 * (hi - lo) else []
    )  # quote may hold furniture; the located span must be solid


def iou(a, b):
    i = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    u = a[1] - a[0] + b[1] - b[0] - i
    return i / u if u else 0


def locate(T, quote, occ=None):
    q = norm(quote).strip(".,;:!")
    o = occurrences(T, q)
    if occ and len(o) >= occ:
        return [o[occ - 1]]
    return o or fuzzy(T, q)


UNIT = {
    "个工作日": "工作日",
    "天": "日",
    "个百分点": "百分点",
    "名": "人",
    "元钱": "元",
    "μg/m3": "微克/立方米",
    "微克每立方米": "微克/立方米",
    "km": "公里",
    "千米": "公里",
    "件次": "件",
}


def nu(u):
    u = norm(u) if u else ""
    return UNIT.get(u, u)


def nv(v):
    if isinstance(v, (list, tuple)):
        return tuple(nv(x) for x in v)
    try:
        return round(float(v), 4)
    except (TypeError, ValueError):
        return norm(v) if v is not None else None


OPS = {
    "ge": ">=",
    "≥": ">=",
    ">": ">=",
    "le": "<=",
    "≤": "<=",
    "<": "<=",
    "eq": "=",
    "==": "=",
    "approx": "=",
    "up": "+",
    "down": "-",
    "zero": "=",
}


def ikey(i):
    o = i.get("op")
    u = nu(i.get("unit"))
    if o == "rank" and u in ("人", "位", ""):
        u = "位"
    return (OPS.get(o, o), nv(i.get("value")), u)


def nm(a, b):
    a, b = strip_p(a), strip_p(b)
    if not a or not b:
        return a == b
    M = difflib.SequenceMatcher(None, a, b)  # ratio, or common substring material covering 60 % of the shorter name
    return (
        a in b
        or b in a
        or M.ratio() >= 0.6
        or sum(x.size for x in M.get_matching_blocks() if x.size > 1) >= 0.6 * min(len(a), len(b))
    )


def ind_tp(G, P, name=True):
    P = list(P)
    t = 0
    for g in G:
        for j, p in enumerate(P):
            if ikey(g) == ikey(p) and (not name or nm(g.get("name"), p.get("name"))):
                P.pop(j)
                t += 1
                break
    return t


def dkey(d):
    if not d:
        return None
    r = d.get("relative") or {}
    k = (
        d.get("iso_date"),
        d.get("recurring"),
        (r.get("amount"), r.get("unit")) if r else None,
        bool(d.get("continuous")),
    )
    return k if any(k) else ("text", norm(d.get("text")))


def prf(tp, fp, fn):
    p = tp / (tp + fp) if tp + fp else (1.0 if not fn else 0.0)
    r = tp / (tp + fn) if tp + fn else 1.0
    return p, r, (2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0)


def pset(x):
    return {norm(y) for y in (x or []) if y}


def score_doc(L, P, T, A, err=None, TH=0.8):
    G = L["commitments"]
    GS = [locate(T, g["quote"], g.get("occurrence")) for g in G]
    PS = [locate(T, p.get("quote", "")) for p in P]
    pairs = sorted(
        (
            (max((iou(x, y) for x in GS[i] for y in PS[j]), default=0), -i, -j)
            for i in range(len(G))
            for j in range(len(P))
        ),
        reverse=True,
    )
    m = {}
    up = set()
    for s, i, j in pairs:
        if s < TH:
            break
        i, j = -i, -j
        if i in m or j in up:
            continue
        m[i] = j
        up.add(j)
    neut = [x for q in L.get("excluded_ok", []) for x in locate(T, q)]
    NO = [(q, x) for q in L.get("not_commitments", []) for x in locate(T, q)[:1]]
    neutral = {j for j in range(len(P)) if j not in up and any(iou(y, x) >= 0.8 for y in PS[j] for x in neut)}
    A["tp"] += len(m)
    A["fn"] += len(G) - len(m)
    A["fp"] += len(P) - len(m) - len(neutral)
    A["unlocated"] += sum(not x for x in PS)
    for q, x in NO:
        A["no_n"] += 1
        hit = [
            j
            for j in range(len(P))
            if j not in up
            and any(min(y[1], x[1]) - max(y[0], x[0]) >= 0.5 * min(x[1] - x[0], y[1] - y[0]) for y in PS[j][:1])
        ]
        A["no_hit"] += bool(hit)
        if hit and err is not None:
            err.append(("FALSE ALARM on not_commitment", q))
    for i, g in enumerate(G):
        p = P[m[i]] if i in m else None
        if g["kind"] == "target" and g.get("measurable", True):
            A["tg_n"] += 1
            A["tg_miss"] += p is None
        if p is None:
            A["i_fn"] += len(g["indicators"])
            A["d_fn"] += bool(g["deadline"])
            A["s_fn"] += len(g["supporting"])
            if err is not None:
                err.append(("MISSED", g["id"], g["quote"]))
            continue
        src = g.get("lead_source", "explicit" if g["lead"] else "none")
        ok = pset(g["lead"]) == pset(p.get("lead"))
        A["l_%s_n" % src] += 1
        A["l_%s_ok" % src] += ok
        if not ok and err is not None:
            err.append(("LEAD", g["id"], src, g["lead"], p.get("lead")))
        a, b = pset(g["supporting"]), pset(p.get("supporting"))
        A["s_tp"] += len(a & b)
        A["s_fp"] += len(b - a)
        A["s_fn"] += len(a - b)
        t = ind_tp(g["indicators"], p.get("indicators") or [])
        A["i_tp"] += t
        A["i_fn"] += len(g["indicators"]) - t
        A["i_fp"] += len(p.get("indicators") or []) - t
        if t < max(len(g["indicators"]), len(p.get("indicators") or [])) and err is not None:
            err.append(("INDICATOR", g["id"], g["quote"], g["indicators"], p.get("indicators")))
        A["iv_tp"] += ind_tp(g["indicators"], p.get("indicators") or [], False)
        gd, pd = dkey(g["deadline"]), dkey(p.get("deadline"))
        if gd and gd == pd:
            A["d_tp"] += 1
        else:
            A["d_fn"] += bool(gd)
            A["d_fp"] += bool(pd)
            if gd != pd and err is not None:
                err.append(("DEADLINE", g["id"], g["quote"], g["deadline"], p.get("deadline")))
        A["k_n"] += 1
        A["k_ok"] += g["kind"] == p.get("kind")
        if g["kind"] != p.get("kind") and err is not None:
            err.append(("KIND", g["id"], g["quote"], g["kind"], p.get("kind")))
        A["p_n"] += 1
        A["p_ok"] += [strip_p(x) for x in g["path"]] == [strip_p(x) for x in (p.get("path") or [])]
    for j, p in enumerate(P):
        if j not in up and j not in neutral:
            A["i_fp"] += len(p.get("indicators") or [])
            A["d_fp"] += bool(dkey(p.get("deadline")))
            A["s_fp"] += len(p.get("supporting") or [])
            if err is not None:
                err.append(("SPURIOUS", p.get("quote")))


def summary(a):
    q = lambda x, y: round(a[x] / a[y], 4) if a[y] else None
    p, r, f = prf(a["tp"], a["fp"], a["fn"])
    return dict(
        gold=a["tp"] + a["fn"],
        pred=a["tp"] + a["fp"],
        span_P=round(p, 4),
        span_R=round(r, 4),
        span_F1=round(f, 4),
        missed_targets_pct=round(100 * a["tg_miss"] / a["tg_n"], 2) if a["tg_n"] else None,
        targets=a["tg_n"],
        lead_explicit_acc=q("l_explicit_ok", "l_explicit_n"),
        lead_explicit_n=a["l_explicit_n"],
        lead_inherited_acc=q("l_inherited_ok", "l_inherited_n"),
        lead_none_acc=q("l_none_ok", "l_none_n"),
        supporting_F1=round(prf(a["s_tp"], a["s_fp"], a["s_fn"])[2], 4),
        indicator_F1=round(prf(a["i_tp"], a["i_fp"], a["i_fn"])[2], 4),
        indicator_n=a["i_tp"] + a["i_fn"],
        indicator_F1_without_names=round(
            prf(a["iv_tp"], a["i_tp"] + a["i_fp"] - a["iv_tp"], a["i_tp"] + a["i_fn"] - a["iv_tp"])[2], 4
        ),
        deadline_F1=round(prf(a["d_tp"], a["d_fp"], a["d_fn"])[2], 4),
        deadline_n=a["d_tp"] + a["d_fn"],
        kind_acc=q("k_ok", "k_n"),
        path_acc=q("p_ok", "p_n"),
        false_alarms="%d/%d" % (a["no_hit"], a["no_n"]),
        unlocated_quotes=a["unlocated"],
    )


def show(n, S):
    f = lambda x: "  -  " if x is None else "%5.3f" % x
    print(
        "%-26s g%4d p%4d | P %s R %s F1 %s | missed tgt %s%% | lead exp %s inh %s | sup %s | ind %s (no name %s) | dl %s | kind %s path %s | FA %s unloc %d"
        % (
            n[:26],
            S["gold"],
            S["pred"],
            f(S["span_P"]),
            f(S["span_R"]),
            f(S["span_F1"]),
            S["missed_targets_pct"],
            f(S["lead_explicit_acc"]),
            f(S["lead_inherited_acc"]),
            f(S["supporting_F1"]),
            f(S["indicator_F1"]),
            f(S["indicator_F1_without_names"]),
            f(S["deadline_F1"]),
            f(S["kind_acc"]),
            f(S["path_acc"]),
            S["false_alarms"],
            S["unlocated_quotes"],
        )
    )


def coverage(O, T):
    c = O.get("coverage")
    if not c or not isinstance(c, list) or not isinstance(c[0], dict):
        return None
    S = bytearray(len(T))
    for e in c:  # each entry claims the first of its occurrences that is still free
        spots = [x for x in locate(T, e.get("text") or e.get("quote") or "") if not any(S[x[0] : x[1]])]
        for a, b in spots[:1]:
            S[a:b] = b"\1" * (b - a)
    return round(sum(S) / max(1, len(T)), 4)


def run(LD, OD, errors=False, quiet=False, TH=0.8, only=None):
    ld = LD + "/labels" if os.path.isdir(LD + "/labels") else LD
    Z = Counter()
    R = {}
    for lf in sorted(glob.glob(ld + "/*.json")):
        L = json.load(open(lf, encoding="utf-8"))
        if "commitments" not in L:
            continue
        f = L["file"]
        if only and f not in only:
            continue
        op = next((x for x in (f"{OD}/{f}.json", f"{OD}/{os.path.splitext(f)[0]}.json") if os.path.exists(x)), None)
        O = json.load(open(op, encoding="utf-8")) if op else {"commitments": []}
        if not op and not quiet:
            print("!! no output for", f)
        base = os.path.dirname(ld.rstrip("/")) if ld.endswith("/labels") else ld
        tx = f"{base}/text/{f}.txt"
        T = norm(open(tx, encoding="utf-8").read() if os.path.exists(tx) else doc_text(f"{base}/{f}"))
        A = Counter()
        E = [] if errors else None
        score_doc(L, O["commitments"], T, A, E, TH)
        S = summary(A)
        R[f] = S
        Z.update(A)
        if not quiet:
            show(f, S)
            cv = coverage(O, T)
            if cv is not None:
                print("      coverage of document characters: %.3f" % cv)
            for e in E or []:
                print("     ", *e)
    R["OVERALL"] = summary(Z)
    if not quiet:
        show("OVERALL", R["OVERALL"])
    return R


def selftest(LD):
    ld = LD + "/labels" if os.path.isdir(LD + "/labels") else LD
    rnd = random.Random(7)

    def write(fn):
        d = tempfile.mkdtemp()
        for lf in glob.glob(ld + "/*.json"):
            L = json.load(open(lf))
            C = [fn(copy.deepcopy(c)) for c in L["commitments"]]
            json.dump({"commitments": [c for c in C if c]}, open(f"{d}/{L['file']}.json", "w"), ensure_ascii=False)
        return run(LD, d, quiet=True)["OVERALL"]

    s = write(lambda c: c)
    keys = [
        "span_P",
        "span_R",
        "span_F1",
        "lead_explicit_acc",
        "lead_inherited_acc",
        "supporting_F1",
        "indicator_F1",
        "deadline_F1",
        "kind_acc",
        "path_acc",
    ]
    assert (
        all(s[k] in (1.0, None) for k in keys)
        and s["missed_targets_pct"] == 0
        and s["false_alarms"].startswith("0/")
        and s["unlocated_quotes"] == 0
    ), s

    def hw(c):
        c["quote"] = c["quote"].replace("，", ",").replace("（", "(").replace("％", "%") + " "
        return c

    assert write(hw)["span_F1"] == 1.0, "width changes must not matter"
    drop = write(lambda c: None if rnd.random() < 0.2 else c)
    assert drop["span_R"] < 0.9 and drop["missed_targets_pct"] > 5

    def cut(c):
        if rnd.random() < 0.5:
            c["quote"] = c["quote"][: max(4, len(c["quote"]) // 2)]
        return c

    x = write(cut)
    assert x["span_F1"] < 0.8, x

    def bad(c):
        c["kind"] = "continuing"
        c["lead"] = c["lead"][:1] + ["区某局"]
        c["supporting"] = []
        for i in c["indicators"]:
            i["value"] = (i["value"] or 0) + 1 if not isinstance(i["value"], (list, str)) else 0
        if c["deadline"]:
            c["deadline"]["iso_date"] = "2031-01-01"
        return c

    y = write(bad)
    assert (
        y["span_F1"] == 1
        and y["lead_explicit_acc"] == 0
        and y["indicator_F1"] < 0.1
        and y["deadline_F1"] == 0
        and y["kind_acc"] < 0.7
        and y["supporting_F1"] < 0.6
    ), y
    d = tempfile.mkdtemp()
    for lf in glob.glob(ld + "/*.json"):
        L = json.load(open(lf))
        json.dump(
            {"commitments": L["commitments"] + [{"quote": q} for q in L["not_commitments"]]},
            open(f"{d}/{L['file']}.json", "w"),
        )
    z = run(LD, d, quiet=True)["OVERALL"]
    a, b = z["false_alarms"].split("/")
    assert int(a) >= 0.95 * int(b) and z["span_P"] < 1, z
    print(
        "selftest ok:",
        LD,
        {k: s[k] for k in ("gold", "span_F1", "lead_explicit_n", "indicator_n", "deadline_n", "targets")},
        "| dropped F1",
        drop["span_F1"],
        "| cut F1",
        x["span_F1"],
        "| corrupted kind",
        y["kind_acc"],
        "ind",
        y["indicator_F1"],
        "| not-commitments hit",
        z["false_alarms"],
    )


if __name__ == "__main__":
    a = [x for x in sys.argv[1:] if not x.startswith("--")]
    if "--selftest" in sys.argv:
        [selftest(x) for x in a]
        sys.exit()
    if "--iou" in sys.argv:
        TH = float(sys.argv[sys.argv.index("--iou") + 1])
        a.remove(sys.argv[sys.argv.index("--iou") + 1])
    else:
        TH = 0.8
    jf = None
    if "--json" in sys.argv:
        jf = sys.argv[sys.argv.index("--json") + 1]
        a.remove(jf)
    if len(a) < 2:
        print(__doc__)
        sys.exit(2)
    R = run(a[0], a[1], errors="--errors" in sys.argv, TH=TH)
    if jf:
        json.dump(R, open(jf, "w"), ensure_ascii=False, indent=1)
