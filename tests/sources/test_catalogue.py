"""What a faulty catalogue.json is told: every kind of fault, with its whole message."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import IndicatorGroup
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import GONE, ROW, ROWS, problems_of, put, sound, spoilt, write

YEAR_EXAMPLE = "西暦の数字で書いてください。平成30年度は 2018、令和３年度は 2021 です。"
YEAR_RANGE = f"1947 から 2100 までの{YEAR_EXAMPLE}"
NOT_A_STRING = '半角の " で囲んで書いてください。'
MEND_QUANTITY = "印字のとおりに数量を直すか、印字のほうの誤りを直してください。"
BASELINE = f"{ROW}.baseline"
TARGET = f"{ROW}.target"
HERE = "here"  # the problem is reported where the catalogue was spoilt


def quantity(value: float, unit: str = "か所", **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, **more}


def cell(text: str, *quantities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"text": text, **({"quantities": list(quantities)} if quantities else {}), **more}


def check(tmp_path: Path, path: str, value: Any, place: str, what: str, remedy: str) -> None:
    """Spoil one thing and expect one problem, at this place and in these words."""
    problems = problems_of(write(tmp_path, spoilt((path, value))))
    assert problems == [f"{path if place == HERE else place}: {what} → {remedy}"]


def test_a_file_is_read_again_once_its_text_is_another(tmp_path: Path) -> None:
    path = write(tmp_path, sound())
    first = load_catalogue(path)
    assert load_catalogue(path) is first
    write(tmp_path, spoilt(("municipality", "ほかの市")))
    assert load_catalogue(path).municipality == "ほかの市"
    write(tmp_path, spoilt(("municipality", "")))
    assert problems_of(path)
    assert problems_of(path)  # what is faulty is told each time
    write(tmp_path, sound())
    assert load_catalogue(path) == first


def test_a_sound_catalogue_has_no_problems(tmp_path: Path):
    catalogue = load_catalogue(write(tmp_path, sound()))
    first, second, group = catalogue.goals[0].plans[0].rows
    assert (first.id, second.id, group.id) == ("i1", "i2", "gr")
    assert isinstance(group, IndicatorGroup)
    assert catalogue.years.target == FiscalYear(2022)
    assert catalogue.introduction is None
    assert catalogue.goals[1].plans == ()
    assert catalogue.goals[0].plans[1].rows == ()


# --- shape -----------------------------------------------------------------------

SHAPE = [
    (
        "goals[0].titel",
        "x",
        "goals[0]",
        "「titel」という項目はありません。",
        "もしかして 「title」 ですか。",
    ),
    (
        f"{ROWS}[2].zzz",
        [],
        f"{ROWS}[2]",
        "「zzz」という項目はありません。",
        "使えるのは 「id」、「indicators」、「name」 です。",
    ),
    (
        f"{ROW}.nmae",
        "x",
        ROW,
        "「nmae」という項目はありません。",
        "もしかして 「name」、「number」 ですか。",
    ),
    (
        "goals[0].title",
        GONE,
        "goals[0]",
        "項目「title」（名称）がありません。",
        "「title」を書き足してください。",
    ),
    ("labels", GONE, "", "項目「labels」がありません。", "「labels」を書き足してください。"),
    (
        f"{TARGET}.kind",
        GONE,
        TARGET,
        "項目「kind」（種類）がありません。",
        (
            "「kind」を書き足してください。使えるのは"
            "「at_least」、「at_most」、「keep_at_least」、「above_baseline」、「below_baseline」、"
            "「above_previous」、「below_previous」、「state」、「new_count」、「none」です。"
        ),
    ),
    ("goals[0].title", 5, HERE, "文字列でなければなりません（いまは5）。", NOT_A_STRING),
    (
        "goals[0].title",
        None,
        HERE,
        "文字列でなければなりません（いまは空（null））。",
        NOT_A_STRING,
    ),
    (
        "goals[0].title",
        ["題"],
        HERE,
        "文字列でなければなりません（いまは配列 [ ]）。",
        NOT_A_STRING,
    ),
    (
        "goals[0].plans",
        {},
        HERE,
        "配列でなければなりません（いまは項目の組 { }）。",
        "[ ] で囲み、コンマで区切って書いてください。",
    ),
    (
        "goals[1]",
        "基本目標",
        HERE,
        "項目の組でなければなりません（いまは文字列「基本目標」）。",
        "項目名と値を組にして書いてください。",
    ),
    (
        f"{ROWS}[1]",
        True,
        HERE,
        "項目の組でなければなりません（いまはtrue）。",
        "項目名と値を組にして書いてください。",
    ),
    (
        f"{TARGET}.quantities[0].approximate",
        "約",
        HERE,
        "true か falseでなければなりません（いまは文字列「約」）。",
        "引用符を付けずに true か false と書いてください。",
    ),
    (
        f"{TARGET}.quantities[0].value",
        "8",
        HERE,
        "数でなければなりません（いまは文字列「8」）。",
        "引用符、コンマ、単位を付けずに、半角の数字で書いてください。",
    ),
    (
        f"{TARGET}.quantities[0].value",
        10**16,
        HERE,
        "数が大きすぎます。",
        "けた数を確かめてください。",
    ),
    (
        f"{TARGET}.quantities[0].value",
        8.1234567,
        HERE,
        "小数点以下のけた数が多すぎます。",
        "小数第6位までにしてください。",
    ),
    (
        f"{TARGET}.kind",
        "atleast",
        HERE,
        "文字列「atleast」は選べません。",
        "もしかして 「at_least」 ですか。",
    ),
    ("cover.title", [], HERE, "中身がありません。", "1つ以上書いてください。"),
    (
        "format",
        "1",
        HERE,
        "整数でなければなりません（いまは文字列「1」）。",
        "引用符も小数点も付けずに、半角の数字で書いてください。",
    ),
    (
        "format",
        True,
        HERE,
        "整数でなければなりません（いまはtrue）。",
        "引用符も小数点も付けずに、半角の数字で書いてください。",
    ),
    (
        "format",
        2,
        HERE,
        "計画のファイルの書式の版 2 は、この kpireport（版 1 まで）より新しいものです。",
        "版 2 を読める、新しい kpireport を使ってください。",
    ),
]


@pytest.mark.parametrize(("path", "value", "place", "what", "remedy"), SHAPE)
def test_a_fault_in_the_shape(
    tmp_path: Path, path: str, value: Any, place: str, what: str, remedy: str
):
    check(tmp_path, path, value, place, what, remedy)


def test_of_another_format_nothing_else_is_said(tmp_path: Path):
    path = write(tmp_path, spoilt(("format", 2), ("goals[0].title", 5), ("labels", GONE)))
    assert len(problems_of(path)) == 1


# --- texts, ids, years -----------------------------------------------------------

WORDS = [
    ("goals[0].title", "", HERE, "文字がありません。", "印刷するとおりの文字を書いてください。"),
    ("goals[0].title", "　 ", HERE, "文字がありません。", "印刷するとおりの文字を書いてください。"),
    (
        f"{ROW}.name",
        "開設\u0007",
        HERE,
        "「開設\\u0007」に、文書に使えない文字（\\u0007）があります。",
        "その文字を消してください。改行は \\n と書きます。",
    ),
    (
        "labels.baseline_note",
        "\ud842",
        HERE,
        "「\\uD842」に、文書に使えない文字（\\uD842）があります。",
        "その文字を消してください。改行は \\n と書きます。",
    ),
    (
        f"{ROW}.name",
        "開\t設",
        HERE,
        "「開\\u0009設」に、文書に使えない文字（\\u0009）があります。",
        "その文字を消してください。改行は \\n と書きます。",
    ),
    (
        "goals[1].id",
        "目標２",
        HERE,
        "「目標２」は記号として使えません。",
        "半角の英数字と - _ だけで、40字以内にしてください（例：p01-01）。",
    ),
    ("years.target", 20211, HERE, "20211は年度としてありえません。", YEAR_RANGE),
    ("years.baseline", 1850, HERE, "1850は年度としてありえません。", YEAR_RANGE),
    (f"{TARGET}.deadline", 2117, HERE, "2117は年度としてありえません。", YEAR_RANGE),
    (
        "years.target",
        "令和３年度",
        HERE,
        "年度の西暦でなければなりません（いまは文字列「令和３年度」）。",
        YEAR_EXAMPLE,
    ),
    (
        "years.target",
        2019,
        HERE,
        "目標の令和元年度（2019）が、現状値の令和元年度（2019）より後ではありません。",
        YEAR_EXAMPLE,
    ),
    (
        "years.numeric_target",
        2018,
        HERE,
        "目標の平成30年度（2018）が、現状値の令和元年度（2019）より後ではありません。",
        YEAR_EXAMPLE,
    ),
    (
        f"{TARGET}.deadline",
        2019,
        HERE,
        "期限の令和元年度（2019）が、現状値の令和元年度（2019）より後ではありません。",
        YEAR_EXAMPLE,
    ),
]


@pytest.mark.parametrize(("path", "value", "place", "what", "remedy"), WORDS)
def test_a_fault_in_a_text_an_id_or_a_year(
    tmp_path: Path, path: str, value: Any, place: str, what: str, remedy: str
):
    check(tmp_path, path, value, place, what, remedy)


# --- one thing and another -------------------------------------------------------

NEW_ID = "後から加えたほうに、どこにも使ったことのない記号を付けてください。"
REFERENCES = [
    (
        f"{ROWS}[1].id",
        "i1",
        HERE,
        "記号「i1」は goals[0].plans[0].indicators[0].id でも使われています。",
        NEW_ID,
    ),
    (f"{ROWS}[1].id", "g1", HERE, "記号「g1」は goals[0].id でも使われています。", NEW_ID),
    (
        f"{ROWS}[2].indicators[0].id",
        "n1",
        HERE,
        "記号「n1」は goals[0].numeric_targets[0].id でも使われています。",
        NEW_ID,
    ),
    (
        "how_to_read.goal",
        "g3",
        HERE,
        "記号が「g3」の基本目標はありません。",
        "もしかして 「g2」、「g1」 ですか。",
    ),
    (
        "how_to_read.plans[0]",
        "p9",
        HERE,
        "基本目標「g1」に、記号が「p9」の戦略計画はありません。",
        "もしかして 「p2」、「p1」 ですか。",
    ),
    (
        f"{ROWS}[1].baseline.shared_with",
        "i3",
        HERE,
        "「i3」はすぐ上の行の記号ではありません。",
        "「i1」と書いてください。",
    ),
    (
        f"{BASELINE}.shared_with",
        "i2",
        HERE,
        "「i2」はすぐ上の行の記号ではありません。",
        "すぐ上に行がないので、この項目を消してください。",
    ),
    (
        f"{ROWS}[2].indicators[0].baseline.shared_with",
        "i2",
        HERE,
        "「i2」はすぐ上の行の記号ではありません。",
        "すぐ上に行がないので、この項目を消してください。",
    ),
    (
        f"{ROWS}[1].baseline",
        cell("７か所", quantity(7), shared_with="i1"),
        f"{ROWS}[1].baseline.text",
        "つながっている上の行の現状値「6か所」と違います。",
        "同じ文字にしてください。印刷するのは1つの欄です。",
    ),
    (
        "goals[0].numeric_targets[0].baseline.shared_with",
        "i1",
        HERE,
        "数値目標には、上の行とつながる欄がありません。",
        "この項目を消してください。",
    ),
]


@pytest.mark.parametrize(("path", "value", "place", "what", "remedy"), REFERENCES)
def test_a_fault_in_ids_and_references(
    tmp_path: Path, path: str, value: Any, place: str, what: str, remedy: str
):
    check(tmp_path, path, value, place, what, remedy)


def test_a_row_may_share_the_baseline_of_the_one_above(tmp_path: Path):
    path = write(tmp_path, spoilt((f"{ROWS}[1].baseline.shared_with", "i1")))
    assert problems_of(path) == []


# --- text and meaning ------------------------------------------------------------

UNLIKELY = "年を確かめてください。使えるのは 1947年から 2100年までです。"
MEANING = [
    (
        BASELINE,
        cell("６か所", quantity(6), as_of="令和99年９月末"),
        f"{BASELINE}.as_of",
        "「令和99年９月末」は2117年のことで、ありえない年です。",
        UNLIKELY,
    ),
    (
        BASELINE,
        cell("６か所（明治元年９月末）", quantity(6), as_of="明治元年９月末"),
        f"{BASELINE}.as_of",
        "「明治元年９月末」は1868年のことで、ありえない年です。",
        UNLIKELY,
    ),
    (
        TARGET,
        cell("８か所（令和99年度末）", quantity(8), kind="at_least"),
        f"{TARGET}.text",
        "「８か所（令和99年度末）」は2118年のことで、ありえない年です。",
        UNLIKELY,
    ),
    (
        f"{TARGET}.quantities[0].value",
        9,
        f"{TARGET}.quantities[0]",
        "「8か所」と数量が食い違っています（印字は 8か所、数量は 9か所）。",
        MEND_QUANTITY,
    ),
    (
        BASELINE,
        cell("約６か所", quantity(6)),
        f"{BASELINE}.quantities[0]",
        "「約６か所」と数量が食い違っています（印字は 約6か所、数量は 6か所）。",
        MEND_QUANTITY,
    ),
    (
        BASELINE,
        cell("６か所（定員100人）", quantity(6)),
        f"{BASELINE}.quantities[1]",
        "「６か所（定員100人）」と数量が食い違っています（印字は 定員100人、数量は なし）。",
        MEND_QUANTITY,
    ),
    (
        BASELINE,
        cell("６か所", quantity(6), quantity(100, "人", prefix="定員")),
        f"{BASELINE}.quantities[1]",
        "「６か所」と数量が食い違っています（印字は なし、数量は 定員100人）。",
        MEND_QUANTITY,
    ),
    (
        BASELINE,
        cell("―", quantity(6)),
        f"{BASELINE}.quantities",
        "「―」には数がないのに、数量があります。",
        "この項目を消すか、印字のほうの誤りを直してください。",
    ),
    (
        BASELINE,
        cell("６か所"),
        HERE,
        "「６か所」に数（6か所）があるのに、数量がありません。",
        "quantities に数と単位を書いてください。",
    ),
    (
        BASELINE,
        cell("６か所（平成30年９月末）", quantity(6)),
        f"{BASELINE}.as_of",
        "「６か所（平成30年９月末）」に時点がありますが、as_of がありません。",
        "印字の時点をそのまま as_of に書いてください。",
    ),
    (
        BASELINE,
        cell("６か所（平成30年９月末）", quantity(6), as_of="平成31年４月"),
        f"{BASELINE}.as_of",
        (
            "「６か所（平成30年９月末）」に時点がありますが、"
            "as_of の「平成31年４月」と食い違っています。"
        ),
        "印字の時点をそのまま as_of に書いてください。",
    ),
    (
        TARGET,
        cell("８か所", kind="at_least"),
        HERE,
        "「８か所」に数（8か所）があるのに、数量がありません。",
        "quantities に数と単位を書いてください。",
    ),
    (
        TARGET,
        cell("充実", kind="at_least"),
        HERE,
        "数を求める目標（at_least）なのに、「充実」に数量がありません。",
        (
            'quantities に数と単位を書くか、状態の目標なら "kind": "state"、目標を定めないなら'
            ' "kind": "none" としてください。'
        ),
    ),
    (
        TARGET,
        cell("充実", quantity(8), kind="state"),
        f"{TARGET}.quantities",
        "数を求めない目標（state）なのに、数量があります。",
        'この項目を消すか、数を求める目標なら "kind" を "at_least" などに直してください。',
    ),
    (
        TARGET,
        cell("８か所", kind="state"),
        f"{TARGET}.kind",
        "「８か所」と種類（state）が食い違っています。",
        (
            '"kind" を "at_least" か "at_most" か "keep_at_least" か "new_count" に直すか、'
            "印字のほうの誤りを直してください。"
        ),
    ),
    (
        TARGET,
        cell("現状値から増加", kind="below_baseline"),
        f"{TARGET}.kind",
        "「現状値から増加」と種類（below_baseline）が食い違っています。",
        '"kind" を "above_baseline" に直すか、印字のほうの誤りを直してください。',
    ),
    (
        TARGET,
        cell("８か所以下", quantity(8), kind="at_least"),
        f"{TARGET}.kind",
        "「８か所以下」と種類（at_least）が食い違っています。",
        '"kind" を "at_most" に直すか、印字のほうの誤りを直してください。',
    ),
    (
        TARGET,
        cell("８か所以上", quantity(8), kind="at_most"),
        f"{TARGET}.kind",
        "「８か所以上」と種類（at_most）が食い違っています。",
        (
            '"kind" を "at_least" か "keep_at_least" か "new_count" に直すか、'
            "印字のほうの誤りを直してください。"
        ),
    ),
    (
        TARGET,
        cell("８か所（令和７年度）", quantity(8), kind="at_least"),
        f"{TARGET}.deadline",
        "「８か所（令和７年度）」の期限は令和７年度（2025）なのに、令和４年度（2022）になっています。",
        '"deadline": 2025 と書くか、印字のほうの誤りを直してください。',
    ),
    (
        TARGET,
        cell("５か所", quantity(5), kind="at_least"),
        f"{TARGET}.kind",
        "目標値「５か所」が現状値「6か所」より小さいのに、どう読むのかが決まっていません。",
        (
            '減らす目標なら "kind": "at_most"、'
            '現状値より下がっても目標値以上を保てばよいなら "kind": "keep_at_least" '
            "と書いてください。"
        ),
    ),
    (
        "goals[0].numeric_targets[0].baseline",
        cell("60％程度の高い評価"),
        HERE,
        (
            "現状値と比べる目標（above_baseline）なのに、"
            "現状値「60％程度の高い評価」に数量がありません。"
        ),
        (
            'quantities に現状値の数と単位を書くか、数で比べないなら "kind": "state" とします。'
            '最初の実績と比べるなら "first_known": true と書きます。'
        ),
    ),
]


@pytest.mark.parametrize(("path", "value", "place", "what", "remedy"), MEANING)
def test_text_and_meaning_disagree(
    tmp_path: Path, path: str, value: Any, place: str, what: str, remedy: str
):
    check(tmp_path, path, value, place, what, remedy)


AGREEING = [
    # a target that is lower than its baseline, with its direction stated
    (cell("６か所", quantity(6)), cell("５か所", quantity(5), kind="at_most")),
    (cell("６か所", quantity(6)), cell("５か所", quantity(5), kind="keep_at_least")),
    # counted from 0: the baseline's number counts something else
    (cell("基本協定締結１か所"), cell("導入２件", quantity(2, "件"), kind="new_count")),
    (cell("―"), cell("20％", quantity(20, "％"), kind="at_least")),
    # other spellings of the same value and unit
    (
        cell("約６割", quantity(60, "％", approximate=True)),
        cell("90%", quantity(90, "%"), kind="at_least"),
    ),
    (cell("1,648名", quantity(1648, "人")), cell("2,100人", quantity(2100, "人"), kind="at_least")),
    # a prefix or a unit that the print leaves out
    (
        cell("226人", quantity(226, "人", prefix="年間")),
        cell("年間300人", quantity(300, "人", prefix="年間"), kind="at_least"),
    ),
    (cell("1.42", quantity(1.42, "")), cell("1.50", quantity(1.5, ""), kind="at_least")),
    # texts that cannot be read with certainty stand as stated
    (
        cell("６か所ほかに準備中１", quantity(6)),
        cell("８か所（うち新設２）", quantity(8), kind="at_least"),
    ),
    # a number inside a state
    (cell("制度の検討"), cell("事業地区の指定（３地区程度）・周知", kind="state")),
    (cell("検討"), cell("３か所移転", kind="state")),
    (
        cell("６か所", quantity(6)),
        cell("８か所※令和７年度", quantity(8), kind="at_least", deadline=2025),
    ),
    # lines of a cell
    (cell("実施\n拡大"), cell("対象年齢拡大\n定員拡大", kind="state")),
]


@pytest.mark.parametrize(("baseline", "target"), AGREEING, ids=lambda each: each["text"])
def test_text_and_meaning_agree(tmp_path: Path, baseline: Any, target: Any):
    path = write(tmp_path, spoilt((BASELINE, baseline), (TARGET, target)))
    assert problems_of(path) == []


# --- all together ----------------------------------------------------------------


def test_all_problems_are_reported_together_whatever_their_kind(tmp_path: Path):
    path = write(
        tmp_path,
        spoilt(
            ("municipality", GONE),
            ("years.target", 2018),
            ("how_to_read.goal", "g9"),
            (f"{ROW}.id", "i2"),
            (f"{ROW}.target.quantities[0].value", 9),
            (f"{ROWS}[1].name", ""),
            (f"{ROWS}[2].indicators[0].target.quantities[0].unit", "件"),
            ("goals[1].plan", []),
        ),
    )
    places = [problem.split(": ")[0] for problem in problems_of(path)]
    assert places == [
        "",
        f"{ROWS}[1].name",
        "goals[1]",
        f"{ROWS}[1].id",
        "years.target",
        "how_to_read.goal",
        f"{TARGET}.quantities[0]",
        f"{ROWS}[2].indicators[0].target.quantities[0]",
    ]


def test_the_error_names_file_place_fault_and_remedy(tmp_path: Path):
    path = write(tmp_path, spoilt(("goals[0].titel", "x")))
    with pytest.raises(InputError, match=re.escape(str(path))) as caught:
        load_catalogue(path)
    assert str(caught.value) == (
        f"{path}: goals[0]（基本目標の名、記号 g1）\n"
        "  「titel」という項目はありません。\n  → もしかして 「title」 ですか。"
    )


# --- what is read ----------------------------------------------------------------


def test_numbers_are_exact_and_plain(tmp_path: Path):
    text = '{"value": 62.10, "unit": "％"}, {"value": 1E+3, "unit": "人", "prefix": "定員"}'
    data = spoilt((BASELINE, cell("62.1％（定員1,000人）")), (TARGET, cell("増員", kind="state")))
    put(data, f"{BASELINE}.quantities", "QUANTITIES")
    file = write(tmp_path, data)
    file.write_text(
        file.read_text(encoding="utf-8").replace('"QUANTITIES"', f"[{text}]"), encoding="utf-8"
    )
    first = next(load_catalogue(file).indicators())
    assert first.baseline.quantities == (
        Quantity(Decimal("62.1"), "％"),
        Quantity(Decimal(1000), "人", prefix="定員"),
    )
    assert [str(each.value) for each in first.baseline.quantities] == ["62.1", "1000"]


def test_units_become_canonical_and_texts_stay_verbatim(tmp_path: Path):
    data = spoilt(
        (BASELINE, cell("８ヶ所", quantity(8, "ヶ所"))),
        (TARGET, cell("９箇所", quantity(9, "箇所"), kind="at_least", deadline=2021)),
        (f"{ROW}.departments", ["こども課"]),
    )
    first = next(load_catalogue(write(tmp_path, data)).indicators())
    assert first.baseline.text == "８ヶ所"
    assert first.baseline.quantities == (Quantity(Decimal(8), "か所"),)
    assert first.target.quantities == (Quantity(Decimal(9), "か所"),)
    assert first.target.kind is TargetKind.AT_LEAST
    assert first.target.deadline == FiscalYear(2021)
    assert first.departments == ("こども課",)


def test_long_texts_are_read(tmp_path: Path):
    name = "長い名前" * 5_000
    first = next(load_catalogue(write(tmp_path, spoilt((f"{ROW}.name", name)))).indicators())
    assert first.name == name
