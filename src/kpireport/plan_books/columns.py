"""The sheets of the plan's workbook (計画のブック) and their columns, as data.

A column is one value, a ``PlanColumn``: its title, which item of the plan's file it is, how
that is written in a cell, and the words that help to fill it in. Whoever writes, reads, marks
or proposes goes through these lists.
"""

from __future__ import annotations

from dataclasses import replace

from kpireport.domain.catalogue import ColumnName
from kpireport.domain.layouts import YEAR_WORDS, YearShow
from kpireport.domain.levels import Shown
from kpireport.domain.target_kinds import TargetKind
from kpireport.plan_books.basic_columns import BASICS, USUAL_TEXTS
from kpireport.plan_books.line_notations import AsNamed, AsTexts, AsYearly
from kpireport.plan_books.notations import (
    AsChoice,
    AsColumn,
    AsCount,
    AsFlag,
    AsLines,
    AsNumber,
    AsQuantities,
    AsSome,
    AsSurvey,
    AsYear,
    AsYears,
    Notation,
    OrNone,
    words_of,
)
from kpireport.plan_books.plan_columns import REST, REST_COLUMN, TEXT, PlanColumn, PlanSheet
from kpireport.sources.asked_entries import AnswerKind

__all__ = ["BASICS", "REST", "USUAL_TEXTS", "PlanColumn", "PlanSheet"]  # beside its own

ID, DOUBT, ORIGIN = "記号", "確認", "原本"
"""Titles that sheets of rows of the plan have."""

NAME, NUMBER, BASELINE, TARGET, IN_CHARGE = "名称", "番号", "現状値", "目標値", "所管課"
"""Titles of what most rows say."""

GOAL, ABOVE, PLAN, GROUP = "基本目標", "上の階層", "戦略計画", "まとまり"
"""Titles of what a row stands in."""

UNIT = "単位"
"""The title of what stands beside the numbers."""

KIND, CUMULATIVE = "目標の種類", "累計で評価"
"""Titles of what printed values may leave open."""

CELL_TITLES = {"baseline": BASELINE, "target": TARGET}
QUANTITY_TITLES = {cell: f"{title}の数量" for cell, title in CELL_TITLES.items()}
"""Titles of the two values of a row, and of their numbers."""

_ID = PlanColumn(
    ID, ("id",), width=10, explains="空けておけば付きます。付いたら変えず、使い回しません。"
)
_DEPARTMENTS = PlanColumn(
    IN_CHARGE,
    ("departments",),
    AsLines("、"),
    18,
    "保育課、学務課",
    (
        "実績を報告する課。2つ以上なら 、 で続け、最初が主管課です。"
        "表に印刷するなら「表の列」に加えます。"
    ),
    "課",
)


def _name(item: str, width: float, example: str, explains: str = "") -> PlanColumn:
    return PlanColumn(NAME, (item,), TEXT, width, example, explains, is_needed=True)


def _key(width: float, example: str) -> PlanColumn:
    return PlanColumn("名", ("key",), TEXT, width, example, is_needed=True)


KINDS = words_of({kind: kind.facts.in_short for kind in TargetKind})


# --- the plan's rows -------------------------------------------------------------

_MEASURE = (
    _name("name", 40, "保育所の定員", "印刷するとおりに書きます。"),
    PlanColumn(
        CELL_TITLES["baseline"],
        ("baseline", "text"),
        TEXT,
        18,
        "350人",
        "計画に印刷するとおりに書きます。",
        is_always_filled=True,
    ),
    PlanColumn(
        CELL_TITLES["target"],
        ("target", "text"),
        TEXT,
        18,
        "420人",
        "計画に印刷するとおりに書きます。",
        is_needed=True,
    ),
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
    replace(_DEPARTMENTS, is_always_filled=True),
    PlanColumn(
        QUANTITY_TITLES["baseline"],
        ("baseline", "quantities"),
        AsQuantities(),
        20,
        "350人／定員：60人",
        "空けておけば、印刷の文字から提案します。数がなければ ―。",
    ),
    PlanColumn(
        QUANTITY_TITLES["target"],
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
        takes_days=True,
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
    PlanColumn(NUMBER, ("number",), TEXT, 8, "１"),
    PlanColumn(UNIT, ("unit",), TEXT, 8, "人", "単位だけの列があるとき。"),
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
_DOUBT = PlanColumn(
    DOUBT, width=30, explains="読み取りで確かめていただきたいこと。", takes_days=True
)
_ORIGIN = PlanColumn(ORIGIN, width=20, explains="元の文書での場所。", takes_days=True)

GOALS = PlanSheet(
    GOAL,
    "文書の章になる目標です。印刷する順に書きます。",
    (
        _ID,
        PlanColumn(NUMBER, ("numeral",), TEXT, 8, "Ⅰ", is_always_filled=True),
        _name("title", 50, "子どもたちの笑顔輝くまち"),
        _DEPARTMENTS,
        REST_COLUMN,
    ),
    is_needed=True,
)
WAY, WORDS = "書き方", "文"
PART_NUMBER, PART_TITLE = "部分の番号", "部分の題"
PROSE = {"paragraphs": "文章", "items": "箇条書き"}
INTRODUCED = {"paragraphs": "文章", "points": "項", "notes": "注"}
"""How the texts of directions and of the introduction are set."""
DIRECTIONS = PlanSheet(
    "方向性",
    "基本目標ごとの、基本的な方向性の文章です。なければ空けておきます。",
    (
        PlanColumn(GOAL, width=30, names_of=GOALS.name),
        PlanColumn(PART_NUMBER, ("label",), TEXT, 10, "①"),
        PlanColumn(PART_TITLE, ("title",), TEXT, 24),
        PlanColumn(WAY, notation=AsChoice(PROSE), width=12, example="文章"),
        PlanColumn(
            *(WORDS, (), TEXT, 90, "安心して子どもを育てられるまちをめざします。"), is_needed=True
        ),
    ),
)
SECTIONS = PlanSheet(
    "中間の階層",
    "基本目標と戦略計画の間に階層があるときだけ書きます。",
    (
        _ID,
        PlanColumn(ABOVE, width=30, names_of=GOALS.name, explains="基本目標か、上の階層の名称"),
        PlanColumn(NUMBER, ("label",), TEXT, 12, "基本施策１"),
        _name("title", 50, "子育ての支え"),
        _DEPARTMENTS,
        REST_COLUMN,
    ),
)
PLANS = PlanSheet(
    PLAN,
    "指標が並ぶ計画（施策）です。印刷する順に書きます。",
    (
        _ID,
        PlanColumn(
            ABOVE,
            width=30,
            names_of=GOALS.name,
            explains="基本目標か、中間の階層の名称",
            is_always_filled=True,
        ),
        PlanColumn(NUMBER, ("label",), TEXT, 12, "計画１", is_always_filled=True),
        _name("title", 50, "子育ての支え"),
        _DEPARTMENTS,
        REST_COLUMN,
    ),
    30,
    is_needed=True,
)
GROUPS = PlanSheet(
    GROUP,
    "値のない見出しの行の下に、いくつかの指標が並ぶときだけ書きます。",
    (
        _ID,
        PlanColumn(PLAN, width=30, names_of=PLANS.name),
        _name("name", 50, "病床の確保"),
        REST_COLUMN,
    ),
)
TARGETS = PlanSheet(
    "数値目標",
    "基本目標ごとの数値目標です。なければ空けておきます。",
    (_ID, PlanColumn(GOAL, width=24, names_of=GOALS.name), *_MEASURE, _DOUBT, _ORIGIN, REST_COLUMN),
)
_HEAD = tuple(each for each in OF_INDICATORS if each.title in (NUMBER, UNIT))
_TAIL = tuple(each for each in OF_INDICATORS if each not in _HEAD)
INDICATORS = PlanSheet(
    "指標",
    "指標を1行に1つ、印刷する順に書きます。書くのは、見出しの濃い列です。ほかの列は要るときだけです。",
    (
        _ID,
        PlanColumn(
            PLAN,
            width=24,
            names_of=PLANS.name,
            explains="空けておけば、上の行と同じ",
            is_always_filled=True,
        ),
        PlanColumn(GROUP, width=14, names_of=GROUPS.name),
        *_HEAD,
        *_MEASURE,
        *_TAIL,
        _DOUBT,
        _ORIGIN,
        REST_COLUMN,
    ),
    60,
    is_needed=True,
)

# --- the tables' shape, what is asked, who answers --------------------------------

SHOWN = words_of({Shown.CHAPTER: "章", Shown.HEADING: "横切る見出し", Shown.COLUMN: "左に立つ列"})
LEVELS = PlanSheet(
    "階層",
    "指標の上の階層が、基本目標と戦略計画の二つでないときだけ書きます。外から順に。",
    (
        _key(12, "goal"),
        PlanColumn("呼び名", ("name",), TEXT, 20, "基本施策"),
        PlanColumn(
            "示し方",
            ("show",),
            SHOWN,
            16,
            "章",
        ),
        PlanColumn(
            *("頁を改める", ("page",), AsFlag(says_no=True), 12, "いいえ"),
            "goal の行だけ。空ければ、指標の数で決まります。",
        ),
        REST_COLUMN,
    ),
)
CATEGORIES = PlanSheet(
    "区分",
    "指標を分けて数えるときだけ書きます。",
    (
        _key(12, "objective"),
        PlanColumn("呼び名", ("label",), TEXT, 20, "客観指標"),
        REST_COLUMN,
    ),
)
EDITION = "版"
EDITIONS = AsChoice({"plan": "計画版", "review": "実績版"})
YEAR_SHOWS = words_of({YearShow.SIDE_BY_SIDE: "列に並べる", YearShow.TWO_LINES: "行に分ける"})
_PARTS = {str(part): word for part, word in YEAR_WORDS.items()}
_OWN_COLUMNS = (
    "一覧にないものは、「欄：名前」「指標ごとの欄：名」か、シート「階層」の名を書きます。"
)
LAYOUT = PlanSheet(
    "表の列",
    "指標の表の列を変えるときだけ、左から順に書きます。",
    (
        PlanColumn(EDITION, notation=EDITIONS, width=10, example="実績版"),
        PlanColumn("列", ("column",), AsColumn(), 18, "現状値", _OWN_COLUMNS, is_needed=True),
        PlanColumn("見出し", ("header",), TEXT, 18, "現状値"),
        PlanColumn("幅", ("width",), AsNumber(), 8, "10"),
        PlanColumn("まとめの見出し", ("group",), TEXT, 18),
        PlanColumn("年度", ("years",), AsYears(), 16, "2020、2021"),
        PlanColumn("最近の何年度分", ("last",), AsCount(), 12, "3", "年度ごとの列だけ"),
        PlanColumn("年度ごとに示すもの", ("of",), AsSome(_PARTS), 16, "目標、実績"),
        PlanColumn("年度の示し方", ("show",), YEAR_SHOWS, 16),
        PlanColumn("これからの年度も示す", ("to_come",), AsFlag(), 12),
        PlanColumn("年度ごとの列", ("by_year",), AsFlag(), 12, explains="「指標ごとの欄」だけ"),
        PlanColumn("改定前の値も示す", ("former",), AsFlag(), 12, explains="現状値と目標値だけ"),
        PlanColumn(
            *("呼び方", ("words",), AsTexts(_PARTS, ""), 16, "目標：計画値"),
            "年度ごとの列だけ。1行に1つ、「目標：計画値」のように書きます。",
        ),
        REST_COLUMN,
    ),
)
EVALUATORS = PlanSheet(
    "評価者",
    "所管課のほかに評価や意見を書く人がいるときだけ書きます。",
    (
        _key(12, "committee"),
        PlanColumn("評価者の名前", ("name",), TEXT, 24, "外部評価委員会"),
        PlanColumn("所管課が書く", ("departments",), AsFlag(), 12),
        REST_COLUMN,
    ),
)
_ASKED = (
    _key(14, "policy"),
    PlanColumn("見出し", ("label",), TEXT, 20, "今後の方針"),
    PlanColumn("選択肢", ("choices",), AsNamed("word", "explains"), 30, "拡充：予算を増やす"),
    PlanColumn("評価者", ("by",), TEXT, 14, "committee"),
)
_IS_MARK = PlanColumn(
    "評価", ("is_mark",), AsFlag(), 10, "はい", "選んだ言葉を、評価と並べて総括で数えます。"
)
COMMENTS = PlanSheet(
    "計画ごとの欄",
    "戦略計画ごとに尋ねる文や選択肢です。空けておけば、主な取組・課題・今後の方向。",
    (*_ASKED, _IS_MARK, REST_COLUMN),
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
        _IS_MARK,
        PlanColumn("数値目標にも尋ねる", ("numeric_targets",), AsFlag(), 12, "はい"),
        REST_COLUMN,
    ),
)
INTRODUCTION = PlanSheet(
    "はじめに",
    "前書きの文です。なければ空けておきます。",
    (
        PlanColumn(WAY, notation=AsChoice(INTRODUCED), width=12, example="文章"),
        PlanColumn(NUMBER, width=10, example="⑴"),
        PlanColumn(WORDS, width=100, is_needed=True),
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
            BASELINE,
            is_needed=True,
        ),
        PlanColumn("題", ("label",), TEXT, 20, "「現状値」欄"),
        PlanColumn("説明", ("text",), TEXT, 90, is_needed=True),
        REST_COLUMN,
    ),
)

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
REVISION, AFTER_TITLE, QUANTITY = "改定", "改めた後", "数量"
REVISION_ID, SOURCE, BEFORE = "改定の記号", "元の指標", "改める前"
RARELY_REVISED = {
    "baseline": ("現状値の時点", "現状値の年度", "最初の実績が起点"),
    "target": ("増減の数", "増減の単位"),
}
"""What else a change of a value may say, by its kind: titles of its rows' own columns."""
_RARELY_REVISED = frozenset(title for titles in RARELY_REVISED.values() for title in titles)
REVISIONS = PlanSheet(
    REVISION,
    "決定した後に改めたものを、変更ごとに1行、古い順に書きます。決定した行は書き換えません。",
    (
        PlanColumn(REVISION_ID, width=10, example="r1", explains="同じ改定の変更は、同じ記号"),
        PlanColumn("改定の名称", width=20, example="第１次改定"),
        PlanColumn("決定日", width=16, example="令和３年３月25日", takes_days=True),
        PlanColumn("適用年度", width=10, example="2021"),
        PlanColumn("変更の種類", ("change",), CHANGES, 16, TARGET, is_needed=True),
        PlanColumn("どれを", ("id",), TEXT, 12, "p01-02", "指標などの記号"),
        PlanColumn(BEFORE, width=20, explains="見るためのもの。書きません。"),
        PlanColumn(
            AFTER_TITLE,
            width=24,
            example="150人",
            explains="新しい目標値、現状値、名称、所管課など",
        ),
        PlanColumn(KIND, ("target", "kind"), KINDS, 18),
        PlanColumn(
            QUANTITY, width=16, example="150人", explains="空けておけば、印刷の文字から提案します。"
        ),
        PlanColumn("期限", ("target", "deadline"), OrNone(AsYear()), 10),
        *(each for each in _MEASURE if each.title in _RARELY_REVISED),
        PlanColumn("計画", ("plan",), TEXT, 12, "p02", "追加・移動の先の、計画の記号"),
        PlanColumn("置く所", ("after",), TEXT, 12, "p02-01"),
        PlanColumn("引き継ぐ指標", ("continues",), TEXT, 12),
        PlanColumn("理由", ("reason",), TEXT, 40),
        REST_COLUMN,
    ),
)
AFTER: dict[str, tuple[tuple[str, ...], Notation]] = {
    "target": (("target", "text"), TEXT),
    "yearly_targets": (("yearly_targets",), AsYearly()),
    "baseline": (("baseline", "text"), TEXT),
    "rename": (("name",), TEXT),
    "departments": (("departments",), AsLines("、")),
    "details": (
        ("texts",),
        AsTexts({each.path[0]: each.title for each in OF_INDICATORS}, "details."),
    ),
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
        PlanColumn(REVISION_ID, width=10, example="r1"),
        PlanColumn(SOURCE, width=12, example="p01-02", explains="分割のときだけ"),
        _ID,
        *_HEAD,
        *_MEASURE,
        *_TAIL,
        REST_COLUMN,
    ),
)
DEPARTMENTS = PlanSheet(
    "課",
    "所管課の名前です。ほかのシートの「所管課」の候補になります。",
    (
        PlanColumn("課の名前", width=30, example="保育課", is_needed=True),
        PlanColumn(
            "備考", width=40, explains="覚え書き。計画のファイルには入りません。", takes_days=True
        ),
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

MEASURED = (INDICATORS, TARGETS, BROUGHT)
"""The sheets whose rows have a baseline and a target."""

NEEDED = tuple(each for each in SHEETS if each.is_needed)
"""The sheets that no plan is without."""
