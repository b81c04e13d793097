"""The sheets of the plan's workbook (計画のブック) and their columns, as data.

A column is one value, a :class:`PlanColumn`: its title, which item of the plan's file it is,
how that is written in a cell, and the words that help to fill it in. Whoever writes, reads,
marks or proposes goes through these lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpireport.domain.catalogue import ColumnName, YearKind
from kpireport.domain.levels import Shown
from kpireport.domain.target_kinds import TargetKind
from kpireport.plan_books.notations import (
    AsChoice,
    AsFlag,
    AsLines,
    AsNamed,
    AsNumber,
    AsQuantities,
    AsSurvey,
    AsText,
    AsTexts,
    AsYear,
    AsYears,
    Notation,
    OrNone,
    words_of,
)
from kpireport.sources.asked_entries import AnswerKind

ID, REST, DOUBT, ORIGIN = "記号", "その他の項目", "確認", "原本"
"""Titles that every sheet, or every sheet of rows of the plan, has."""

OF_READING = ("原本", "置けなかったもの", "読み取りの報告")
"""Sheets beside those of the plan, where a document was read: its texts, what is left, how."""

GOAL, ABOVE, PLAN, GROUP = "基本目標", "上の階層", "戦略計画", "まとまり"
"""Titles of what a row stands in."""

ISSUER = "表紙の発行者"
KIND, CUMULATIVE = "目標の種類", "累計で評価"
"""Titles of what printed values may leave open."""

TEXT = AsText()


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of a sheet of the plan's workbook.

    Attributes:
        title: its header.
        path: the item of the row's object, from outside in; empty for what is no item of it.
        notation: how the item is written.
        width: in characters of half width.
        example: what may stand in it.
        explains: words beside the cell.
        names_of: the sheet whose rows it names, offered as a list.
        heading: of a block that it begins, in the sheet whose columns are rows.
    """

    title: str
    path: tuple[str, ...] = ()
    notation: Notation = TEXT
    width: float = 14.0
    example: str = ""
    explains: str = ""
    names_of: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A sheet: its name, a line of explanation, its columns, how many empty rows it offers."""

    name: str
    explains: str
    columns: tuple[PlanColumn, ...]
    empty_rows: int = 10


_ID = PlanColumn(
    ID, ("id",), width=10, explains="空けておけば付きます。付いたら変えず、使い回しません。"
)
_REST = PlanColumn(REST, width=14, explains="ほかの列にない項目。手では書きません。")
_DEPARTMENTS = PlanColumn(
    "所管課",
    ("departments",),
    AsLines("、"),
    18,
    "保育課、学務課",
    "実績を報告する課。2つ以上なら 、 で続け、最初が主管課です。",
    "課",
)
KINDS = words_of({kind: kind.facts.in_short for kind in TargetKind})


# --- the plan's rows -------------------------------------------------------------

_MEASURE = (
    PlanColumn("名称", ("name",), TEXT, 40, "保育所の定員", "印刷するとおりに書きます。"),
    PlanColumn(
        "現状値", ("baseline", "text"), TEXT, 18, "350人", "計画に印刷するとおりに書きます。"
    ),
    PlanColumn("目標値", ("target", "text"), TEXT, 18, "420人", "計画に印刷するとおりに書きます。"),
    PlanColumn(
        KIND,
        ("target", "kind"),
        KINDS,
        20,
        KINDS.words[str(TargetKind.AT_LEAST)],
        "空けておけば、印刷の文字から提案します。",
    ),
    PlanColumn(
        "期限", ("target", "deadline"), OrNone(AsYear()), 10, "2023", "原則と違う年度のときだけ。"
    ),
    _DEPARTMENTS,
    PlanColumn(
        "現状値の数量",
        ("baseline", "quantities"),
        AsQuantities(),
        20,
        "350人／定員：60人",
        "空けておけば、印刷の文字から提案します。数がなければ ―。",
    ),
    PlanColumn(
        "目標値の数量",
        ("target", "quantities"),
        AsQuantities(),
        20,
        "420人",
        "空けておけば、印刷の文字から提案します。数がなければ ―。",
    ),
    PlanColumn(
        "現状値の時点",
        ("baseline", "as_of"),
        OrNone(TEXT),
        16,
        "平成30年９月末",
        "原則と違うときだけ。",
    ),
    PlanColumn(
        "現状値の年度", ("baseline", "year"), AsYear(), 10, "2017", "違うときだけ（西暦）。"
    ),
    PlanColumn("上の行と共通", ("baseline", "shared_with"), TEXT, 12, "p01-01"),
    PlanColumn("最初の実績が起点", ("baseline", "first_known"), AsFlag(), 12, "はい"),
    PlanColumn("増減の数", ("target", "step", "value"), AsNumber(), 10, "1000"),
    PlanColumn("増減の単位", ("target", "step", "unit"), TEXT, 10, "歩"),
    PlanColumn(CUMULATIVE, ("cumulative",), AsFlag(), 10, "はい"),
    PlanColumn("区分", ("category",), TEXT, 10, "客観", "シート「区分」の名", "区分"),
    PlanColumn("調査の年度", ("survey",), AsSurvey(), 16, "2020から2年ごと"),
)
OF_INDICATORS = (
    PlanColumn("番号", ("number",), TEXT, 8, "１"),
    PlanColumn("単位", ("unit",), TEXT, 8, "人", "単位だけの列があるとき。"),
    PlanColumn("期間・時点", ("period",), TEXT, 12, "暦年"),
    PlanColumn("方向性", ("direction",), TEXT, 12, "増加を目指す"),
    PlanColumn("定義", ("definition",), TEXT, 30, "年度末の数"),
    PlanColumn("設定根拠", ("basis",), TEXT, 30, "国の目標による"),
    PlanColumn("出典", ("source",), TEXT, 20, "市民意識調査"),
    PlanColumn("備考", ("remarks",), TEXT, 20, "隔年で調査"),
    PlanColumn(
        "過去値", ("past",), AsNamed("label", "text", may_be_alone=True), 16, "平成22年度：300人"
    ),
)
_DOUBT = PlanColumn(DOUBT, width=30, explains="読み取りで確かめていただきたいこと。")
_ORIGIN = PlanColumn(ORIGIN, width=20, explains="元の文書での場所。")

GOALS = PlanSheet(
    "基本目標",
    "文書の章になる目標です。印刷する順に書きます。",
    (
        _ID,
        PlanColumn("番号", ("numeral",), TEXT, 8, "Ⅰ"),
        PlanColumn("名称", ("title",), TEXT, 50, "子どもたちの笑顔輝くまち"),
        _DEPARTMENTS,
        _REST,
    ),
)
DIRECTIONS = PlanSheet(
    "方向性",
    "基本目標ごとの、基本的な方向性の文章です。なければ空けておきます。",
    (
        PlanColumn(GOAL, width=30, names_of=GOALS.name),
        PlanColumn("部分の番号", ("label",), TEXT, 10, "①"),
        PlanColumn("部分の題", ("title",), TEXT, 24),
        PlanColumn("書き方", width=12, example="文章", explains="文章 か 箇条書き"),
        PlanColumn("文", width=90, example="安心して子どもを育てられるまちをめざします。"),
    ),
)
SECTIONS = PlanSheet(
    "中間の階層",
    "基本目標と戦略計画の間に階層があるときだけ書きます。",
    (
        _ID,
        PlanColumn(ABOVE, width=30, names_of=GOALS.name, explains="基本目標か、上の階層の名称"),
        PlanColumn("番号", ("label",), TEXT, 12, "基本施策１"),
        PlanColumn("名称", ("title",), TEXT, 50, "子育ての支え"),
        _DEPARTMENTS,
        _REST,
    ),
)
PLANS = PlanSheet(
    "戦略計画",
    "指標が並ぶ計画（施策）です。印刷する順に書きます。",
    (
        _ID,
        PlanColumn(ABOVE, width=30, names_of=GOALS.name, explains="基本目標か、中間の階層の名称"),
        PlanColumn("番号", ("label",), TEXT, 12, "計画１"),
        PlanColumn("名称", ("title",), TEXT, 50, "子育ての支え"),
        _DEPARTMENTS,
        _REST,
    ),
    30,
)
GROUPS = PlanSheet(
    "まとまり",
    "値のない見出しの行の下に、いくつかの指標が並ぶときだけ書きます。",
    (
        _ID,
        PlanColumn(PLAN, width=30, names_of=PLANS.name),
        PlanColumn("名称", ("name",), TEXT, 50, "病床の確保"),
        _REST,
    ),
)
TARGETS = PlanSheet(
    "数値目標",
    "基本目標ごとの数値目標です。なければ空けておきます。",
    (_ID, PlanColumn(GOAL, width=24, names_of=GOALS.name), *_MEASURE, _DOUBT, _ORIGIN, _REST),
)
_HEAD = tuple(each for each in OF_INDICATORS if each.title in ("番号", "単位"))
_TAIL = tuple(each for each in OF_INDICATORS if each not in _HEAD)
INDICATORS = PlanSheet(
    "指標",
    "指標を1行に1つ、印刷する順に書きます。書くのは、戦略計画から所管課まで。右の列は要るときだけです。",
    (
        _ID,
        PlanColumn(PLAN, width=24, names_of=PLANS.name, explains="空けておけば、上の行と同じ"),
        PlanColumn(GROUP, width=14, names_of=GROUPS.name),
        *_HEAD,
        *_MEASURE,
        *_TAIL,
        _DOUBT,
        _ORIGIN,
        _REST,
    ),
    60,
)

# --- the tables' shape, what is asked, who answers --------------------------------

SHOWN = words_of({Shown.CHAPTER: "章", Shown.HEADING: "横切る見出し", Shown.COLUMN: "左に立つ列"})
LEVELS = PlanSheet(
    "階層",
    "指標の上の階層が、基本目標と戦略計画の二つでないときだけ書きます。外から順に。",
    (
        PlanColumn("名", ("key",), TEXT, 12, "goal"),
        PlanColumn("呼び名", ("name",), TEXT, 20, "基本施策"),
        PlanColumn(
            "示し方",
            ("show",),
            SHOWN,
            16,
            "章",
        ),
        _REST,
    ),
)
CATEGORIES = PlanSheet(
    "区分",
    "指標を分けて数えるときだけ書きます。",
    (
        PlanColumn("名", ("key",), TEXT, 12, "objective"),
        PlanColumn("呼び名", ("label",), TEXT, 20, "客観指標"),
        _REST,
    ),
)
EDITION = "版"
LAYOUT = PlanSheet(
    "表の列",
    "指標の表の列を変えるときだけ、左から順に書きます。",
    (
        PlanColumn(EDITION, width=10, example="実績版", explains="計画版 か 実績版"),
        PlanColumn("列", ("column",), TEXT, 18, "baseline"),
        PlanColumn("見出し", ("header",), TEXT, 18, "現状値"),
        PlanColumn("幅", ("width",), AsNumber(), 8, "10"),
        PlanColumn("まとめの見出し", ("group",), TEXT, 18),
        PlanColumn("年度", ("years",), AsYears(), 16, "2020、2021"),
        _REST,
    ),
)
EVALUATORS = PlanSheet(
    "評価者",
    "所管課のほかに評価や意見を書く人がいるときだけ書きます。",
    (
        PlanColumn("名", ("key",), TEXT, 12, "committee"),
        PlanColumn("評価者の名前", ("name",), TEXT, 24, "外部評価委員会"),
        PlanColumn("所管課が書く", ("departments",), AsFlag(), 12),
        _REST,
    ),
)
_ASKED = (
    PlanColumn("名", ("key",), TEXT, 14, "policy"),
    PlanColumn("見出し", ("label",), TEXT, 20, "今後の方針"),
    PlanColumn("選択肢", ("choices",), AsNamed("word", "explains"), 30, "拡充：予算を増やす"),
    PlanColumn("評価者", ("by",), TEXT, 14, "committee"),
)
COMMENTS = PlanSheet(
    "計画ごとの欄",
    "戦略計画ごとに尋ねる文や選択肢です。空けておけば、主な取組・課題・今後の方向。",
    (*_ASKED, _REST),
)
ANSWER_KINDS = words_of({AnswerKind.TEXT: "文", AnswerKind.CHOICE: "選択", AnswerKind.AMOUNT: "数"})
ANSWERS = PlanSheet(
    "指標ごとの欄",
    "指標と年度ごとに、実績のほかに尋ねるものがあるときだけ書きます。",
    (
        *_ASKED,
        PlanColumn(
            "種類",
            ("kind",),
            ANSWER_KINDS,
            10,
        ),
        PlanColumn("単位", ("unit",), TEXT, 10, "千円"),
        PlanColumn("評価", ("is_mark",), AsFlag(), 10),
        _REST,
    ),
)
INTRODUCTION = PlanSheet(
    "はじめに",
    "前書きの文です。なければ空けておきます。",
    (
        PlanColumn("書き方", width=12, example="文章", explains="文章、項、注 のどれか"),
        PlanColumn("番号", width=10, example="⑴"),
        PlanColumn("文", width=100),
    ),
)
CALLOUTS = PlanSheet(
    "表の見方",
    "計画版の【表の見方】の説明です。なければ空けておきます。",
    (
        PlanColumn("印", ("mark",), TEXT, 8, "①"),
        PlanColumn(
            "列",
            ("column",),
            words_of(
                {
                    ColumnName.PLAN: "戦略計画",
                    ColumnName.INDICATOR: "指標",
                    ColumnName.BASELINE: "現状値",
                    ColumnName.TARGET: "目標値",
                }
            ),
            12,
            "現状値",
        ),
        PlanColumn("題", ("label",), TEXT, 20, "「現状値」欄"),
        PlanColumn("説明", ("text",), TEXT, 90),
        _REST,
    ),
)

# --- what the file says once: each a row ------------------------------------------

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
        PlanColumn("表紙の日付", ("cover", "issued"), TEXT, example="令和６年３月"),
        PlanColumn(
            ISSUER,
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
        _REST,
    ),
)
USUAL_TEXTS = {f"見出し：{word}": usual for _, word, usual in _NEEDED_LABELS}
"""What a fresh workbook says already: the words that most plans' tables have."""

# --- revisions -------------------------------------------------------------------

CHANGES = AsChoice(
    {
        "target": "目標値",
        "yearly_targets": "年度ごとの目標値",
        "details": "欄の文",
        "baseline": "現状値",
        "end": "終了",
        "add": "追加",
        "rename": "名称",
        "split": "分割",
        "move": "移動",
        "departments": "所管課",
        "category": "区分",
    }
)
REVISION = "改定"
BEFORE = "改める前"
REVISIONS = PlanSheet(
    REVISION,
    "決定した後に改めたものを、変更ごとに1行、古い順に書きます。決定した行は書き換えません。",
    (
        PlanColumn("改定の記号", width=10, example="r1", explains="同じ改定の変更は、同じ記号"),
        PlanColumn("改定の名称", width=20, example="第１次改定"),
        PlanColumn("決定日", width=16, example="令和３年３月25日"),
        PlanColumn("適用年度", width=10, example="2021"),
        PlanColumn("変更の種類", ("change",), CHANGES, 16, "目標値"),
        PlanColumn("どれを", ("id",), TEXT, 12, "p01-02", "指標などの記号"),
        PlanColumn(BEFORE, width=20, explains="見るためのもの。書きません。"),
        PlanColumn(
            "改めた後", width=24, example="150人", explains="新しい目標値、現状値、名称、所管課など"
        ),
        PlanColumn(KIND, ("target", "kind"), KINDS, 18),
        PlanColumn("数量", width=16, example="150人"),
        PlanColumn("期限", ("target", "deadline"), AsYear(), 10),
        PlanColumn("計画", ("plan",), TEXT, 12, "p02", "追加・移動の先の、計画の記号"),
        PlanColumn("置く所", ("after",), TEXT, 12, "p02-01"),
        PlanColumn("引き継ぐ指標", ("continues",), TEXT, 12),
        PlanColumn("理由", ("reason",), TEXT, 40),
        _REST,
    ),
)
AFTER: dict[str, tuple[tuple[str, ...], Notation]] = {
    "target": (("target", "text"), TEXT),
    "baseline": (("baseline", "text"), TEXT),
    "rename": (("name",), TEXT),
    "departments": (("departments",), AsLines("、")),
    "details": (("texts",), AsTexts()),
    "category": (("category",), TEXT),
}
"""Which item of a change stands under 改めた後, by its kind."""

QUANTITIES: dict[str, tuple[str, ...]] = {
    "target": ("target", "quantities"),
    "baseline": ("baseline", "quantities"),
}
BROUGHT = PlanSheet(
    "改定で加える指標",
    "改定の「追加」と「分割」で加える指標です。分割なら、元の指標の記号も書きます。",
    (
        PlanColumn("改定の記号", width=10, example="r1"),
        PlanColumn("元の指標", width=12, example="p01-02", explains="分割のときだけ"),
        _ID,
        *_HEAD,
        *_MEASURE,
        *_TAIL,
        _REST,
    ),
)
DEPARTMENTS = PlanSheet(
    "課",
    "所管課の名前です。ほかのシートの「所管課」の候補になります。",
    (
        PlanColumn("課の名前", width=30, example="保育課"),
        PlanColumn("備考", width=40, explains="覚え書き。計画のファイルには入りません。"),
    ),
    30,
)

SHEETS = (
    BASICS,
    GOALS,
    PLANS,
    INDICATORS,
    TARGETS,
    DEPARTMENTS,
    DIRECTIONS,
    INTRODUCTION,
    CALLOUTS,
    SECTIONS,
    GROUPS,
    REVISIONS,
    BROUGHT,
    LEVELS,
    CATEGORIES,
    LAYOUT,
    EVALUATORS,
    COMMENTS,
    ANSWERS,
)
