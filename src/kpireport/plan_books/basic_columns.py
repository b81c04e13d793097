"""The sheet of what a plan's file says once (基本情報): each column is a row of it."""

from __future__ import annotations

from kpireport.domain.catalogue import YearKind
from kpireport.plan_books.notations import AsLines, AsYear, words_of
from kpireport.plan_books.plan_columns import REST_COLUMN, TEXT, PlanColumn, PlanSheet

_YEARS = AsYear()
_NEEDED_LABELS = (
    ("goal", "基本目標", "基本目標"),
    ("plan", "戦略計画", "施策"),
    ("indicators", "指標の全体", "成果指標"),
    ("indicator", "指標", "指標"),
    ("baseline", "現状値", "現状値"),
    ("target", "目標値", "目標値"),
)
_MORE_LABELS = (
    ("baseline_note", "現状値の注", "令和５年度末", "見出しの下の小さな字"),
    ("target_note", "目標値の注", "令和10年度末", "見出しの下の小さな字"),
    ("numeric_targets", "数値目標", "数値目標", "数値目標があるとき"),
    ("numeric_targets_note", "数値目標の注", "（令和５年度末）", ""),
    ("directions", "方向性", "基本的な方向性", "方向性の文があるとき"),
    ("indicator_noun", "文の中の指標", "指標", "空ければ「指標」"),
    ("past", "過去値", "過去値", "過去値の列があるとき"),
    ("past_note", "過去値の注", "平成30年度末", ""),
)


def _label(name: str, word: str, example: str, explains: str = "", heading: str = "") -> PlanColumn:
    return PlanColumn(
        f"見出し：{word}",
        ("labels", name),
        TEXT,
        example=example,
        explains=explains,
        heading=heading,
    )


BASICS = PlanSheet(
    "基本情報",
    "文書の全体に1つずつのものです。書くのは「内容」の列です。",
    (
        PlanColumn("自治体名", ("municipality",), TEXT, example="みどり市", heading="必ず書くもの"),
        PlanColumn(
            "表紙の題名",
            ("cover", "title"),
            AsLines(),
            example="みどり市総合計画　成果指標",
            explains="2行以上なら、セルの中で改行します（Alt+Enter）。",
        ),
        PlanColumn(
            "表紙の日付", ("cover", "issued"), TEXT, example="令和６年３月", takes_days=True
        ),
        PlanColumn(
            "表紙の発行者",
            ("cover", "issuer"),
            TEXT,
            example="みどり市",
            explains="空ければ、自治体名です。",
        ),
        PlanColumn(
            "現状値の年度",
            ("years", "baseline"),
            _YEARS,
            example="2023 か 令和５年度",
            explains="現状値が、いつの値か。",
        ),
        PlanColumn(
            "目標値の年度",
            ("years", "target"),
            _YEARS,
            example="2028 か 令和10年度",
            explains="目標値が、いつまでのものか。",
        ),
        *(
            _label(*each, heading="表に印刷する言葉（違うものだけ直します）" if first else "")
            for first, each in zip((True, *(False,) * 9), _NEEDED_LABELS, strict=False)
        ),
        *(
            _label(*each, heading="要るときだけ書くもの" if first else "")
            for first, each in zip((True, *(False,) * 9), _MORE_LABELS, strict=False)
        ),
        PlanColumn(
            "年の種類",
            ("years", "kind"),
            words_of({YearKind.FISCAL: "年度", YearKind.CALENDAR: "暦年"}),
            example="年度",
            explains="空ければ年度です。",
        ),
        PlanColumn(
            "数値目標の年度",
            ("years", "numeric_target"),
            _YEARS,
            example="2028",
            explains="目標値の年度と違うとき",
        ),
        PlanColumn(
            "はじめにの題",
            ("introduction", "title"),
            TEXT,
            example="はじめに",
            explains="シート「はじめに」を書くとき",
        ),
        PlanColumn("はじめにの見出し", ("introduction", "heading"), TEXT),
        PlanColumn(
            "表の見方の題",
            ("how_to_read", "title"),
            TEXT,
            example="【表の見方】",
            explains="表の見本を付けるとき",
        ),
        PlanColumn(
            "表の見方の基本目標",
            ("how_to_read", "goal"),
            TEXT,
            example="g1",
            explains="見本にする基本目標の記号",
        ),
        PlanColumn(
            "表の見方の戦略計画",
            ("how_to_read", "plans"),
            AsLines("、"),
            example="p01、p02",
            explains="見本に載せる戦略計画の記号",
        ),
        PlanColumn(
            "コメントを書く階層",
            ("comments_of",),
            TEXT,
            example="plan",
            explains="シート「階層」の名。空ければ戦略計画です。",
        ),
        REST_COLUMN,
    ),
    is_needed=True,
)
USUAL_TEXTS = {f"見出し：{word}": usual for _, word, usual in _NEEDED_LABELS}
"""What a fresh workbook says already: the words that most plans' tables have."""
