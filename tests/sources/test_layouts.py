"""Texts beside an indicator, and the columns that a catalogue lays out: read, and refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import Indicator, unit_of
from kpireport.domain.histories import History
from kpireport.domain.layouts import Details, LayoutColumn, LayoutName
from kpireport.domain.units import with_unit, without_unit
from kpireport.domain.values import Quantity, scaled_quantity
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, spoilt, write

DETAILS = {
    "number": "1-1",
    "unit": "件/年",
    "direction": "↑",
    "definition": "届出の数",
    "basis": "過去の傾向から",
    "source": "町調べ",
    "remarks": "速報",
    "past": "4",
}


def first_row(path: Path) -> Indicator:
    (goal, *_) = load_catalogue(path).goals
    return next(goal.indicators())


def catalogue(tmp_path: Path, *changes: tuple[str, Any]) -> Path:
    return write(tmp_path, spoilt(*changes))


def test_the_texts_beside_an_indicator_are_verbatim(tmp_path: Path):
    texts = [(f"{ROW}.{name}", text) for name, text in DETAILS.items() if name != "unit"]
    path = catalogue(tmp_path, *texts, (f"{ROW}.details", {"委員会": "総務\n文教"}))
    details = first_row(path).details
    own: dict[str, Any] = {name: text for name, text in DETAILS.items() if name != "unit"}
    assert details == Details(**own, own=(("委員会", "総務\n文教"),))
    assert details.text("details.委員会") == "総務\n文教"
    assert details.text("details.別") == ""


@pytest.mark.parametrize(
    ("unit", "text", "quantity"),
    [
        ("件/年", "1,200", Quantity(Decimal(1200), "件/年")),
        ("人", "30以上", Quantity(Decimal(30), "人")),
        ("億円", "1.5", scaled_quantity(Decimal("1.5"), "億円")),
        ("千人/年", "260", Quantity(Decimal(260_000), "人/年")),
    ],
)
def test_a_bare_number_is_in_the_unit_of_its_row(
    tmp_path: Path, unit: str, text: str, quantity: Quantity
):
    value = float(text.removesuffix("以上").replace(",", ""))
    target = {"text": text, "kind": "at_least", "quantities": [{"value": value}]}
    nothing = {"text": "―"}
    path = catalogue(
        tmp_path, (f"{ROW}.unit", unit), (f"{ROW}.baseline", nothing), (f"{ROW}.target", target)
    )
    row = first_row(path)
    assert row.target.text == text
    assert row.target.quantities == (quantity,)
    assert unit_of(row) == unit


def test_a_number_in_another_unit_than_its_row_is_refused(tmp_path: Path):
    cell = {"text": "6", "quantities": [{"value": 6, "unit": "人"}]}
    path = catalogue(tmp_path, (f"{ROW}.unit", "件"), (f"{ROW}.baseline", cell))
    first, *_ = problems_of(path)
    assert first.startswith(f"{ROW}.baseline.quantities[0]: 「6」と数量が食い違っています")


def test_a_revised_target_is_in_the_unit_of_its_row(tmp_path: Path):
    cell = {"text": "6", "quantities": [{"value": 6}]}
    target = {"text": "9", "kind": "at_least", "quantities": [{"value": 9}]}
    change = {"change": "target", "id": "i1", "reason": "理由", "target": target}
    revision = {
        "id": "r1",
        "title": "改定",
        "decided": "2021-03-01",
        "from": 2021,
        "changes": [change],
    }
    path = catalogue(
        tmp_path,
        (f"{ROW}.unit", "件"),
        (f"{ROW}.baseline", cell),
        (f"{ROW}.target", {**target, "text": "8", "quantities": [{"value": 8}]}),
        ("revisions", [revision]),
    )
    assert problems_of(path) == []
    row = History(load_catalogue(path)).find("i1", FiscalYear(2021))
    assert row is not None
    assert row.target.quantities == (Quantity(Decimal(9), "件"),)


def test_a_layout_is_read_in_order(tmp_path: Path):
    columns = ["plan", {"column": "indicator", "header": "名前", "width": 30}, "target"]
    layouts = load_catalogue(catalogue(tmp_path, ("layout", {"review": columns}))).layouts
    assert layouts.plan == ()
    assert layouts.review == (
        LayoutColumn("plan"),
        LayoutColumn("indicator", "名前", Decimal(30)),
        LayoutColumn("target"),
    )


FAULTS: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"review": ["indicater", "indicator"]},
        [
            (
                "layout.review[0]: 「indicater」という列はありません。"
                " → もしかして 「indicator」、「category」 ですか。"
            )
        ],
    ),
    (
        {"review": ["indicator", "target", {"column": "target"}]},
        [
            (
                "layout.review[2]: 「target」の列は layout.review[1] にもあります。"
                " → どちらか一方を消してください。"
            )
        ],
    ),
    (
        {"review": ["indicator", "details.委員"]},
        [
            (
                "layout.review[1]: details に「委員」のある指標がありません。"
                " → 指標の details に「委員」を書くか、この列を消してください。"
                "もしかして 「details.委員会」 ですか。"
            )
        ],
    ),
    (
        {"plan": ["indicator", {"column": "target", "width": 0}]},
        [
            (
                "layout.plan[1].width: 幅が 0 では、列を印刷できません。"
                " → 0より大きい割合を書くか、width を消して中身に合わせてください。"
            )
        ],
    ),
    (
        {"review": [{"column": "indicator", "former": True}, {"column": "target", "former": True}]},
        [
            (
                "layout.review[0].former: 「indicator」の列には、改定前の値はありません。"
                " → former を消してください。書けるのは 「baseline」、「target」 の列です。"
            )
        ],
    ),
    (
        {"plan": [{"column": "target", "width": -3.5}]},
        [
            (
                "layout.plan[0].width: 幅が -3.5 では、列を印刷できません。"
                " → 0より大きい割合を書くか、width を消して中身に合わせてください。"
            ),
            (
                "layout.plan: 指標の名称の列（「indicator」）がありません。"
                " → 「indicator」を書き足してください。"
            ),
        ],
    ),
    (
        {"plan": ["indicator", "rate", "mark", "actuals"]},
        [
            f"layout.plan[{number}]: 計画版に「{name}」の列は置けません。"
            " → この列を消してください。実績、進捗率、評価があるのは、実績版（review）だけです。"
            for number, name in ((1, "rate"), (2, "mark"), (3, "actuals"))
        ],
    ),
]


@pytest.mark.parametrize(("layout", "problems"), FAULTS)
def test_a_layout_that_cannot_be_printed_is_refused(
    tmp_path: Path, layout: dict[str, Any], problems: list[str]
):
    own = (f"{ROW}.details", {"委員会": "総務"})
    assert problems_of(catalogue(tmp_path, own, ("layout", layout))) == problems


def test_all_faults_of_a_layout_are_told_at_once(tmp_path: Path):
    layout = {"plan": ["rate"], "review": ["nothing", "nothing", "details.x"]}
    places = [each.split(":")[0] for each in problems_of(catalogue(tmp_path, ("layout", layout)))]
    assert places == [
        "layout.plan[0]",
        "layout.plan",
        "layout.review[0]",
        "layout.review[1]",
        "layout.review[2]",
        "layout.review[1]",
        "layout.review",
    ]


def test_the_sample_points_at_columns_that_there_are(tmp_path: Path):
    callout = {"mark": "①", "column": "baseline", "label": "現状値", "text": "値です。"}
    path = catalogue(
        tmp_path,
        ("how_to_read.callouts", [callout]),
        ("layout", {"plan": ["indicator", "target"]}),
    )
    assert problems_of(path) == [
        (
            "how_to_read.callouts[0].column: 計画版の表に「baseline」の列がありません"
            "（layout.plan）。 → 使えるのは 「indicator」、「target」 です。"
        )
    ]


def test_a_column_has_a_name_and_nothing_else_that_is_unknown(tmp_path: Path):
    layout = {"plan": ["indicator", {"name": "target"}], "review": [5]}
    places = [each.split(":")[0] for each in problems_of(catalogue(tmp_path, ("layout", layout)))]
    assert set(places) == {"layout.plan[1]", "layout.review[0]"}


def test_every_name_has_a_place_in_a_layout(tmp_path: Path):
    aims = (f"{ROW}.yearly_targets", [{"fiscal_year": 2020, "text": "7か所"}])
    for left_out in (["years"], ["actuals", "yearly_targets"]):
        columns = [str(each) for each in LayoutName if each not in left_out]
        columns += ["further.trend"]  # which there are, the settings say
        classes = ("categories", [{"key": "survey", "label": "調査"}])
        changes = (aims, classes, ("layout", {"review": columns}))
        assert problems_of(catalogue(tmp_path, *changes)) == []


@pytest.mark.parametrize(
    ("bare", "unit", "counted"),
    [
        ("1,200", "人", "1,200人"),
        ("△12", "人", "△12人"),
        ("約30", "件", "約30件"),
        ("20.9（H24）", "％", "20.9％（H24）"),
        ("検討", "件", "検討"),
        ("12校", "校", "12校"),
        ("平成30年度", "件", "平成30年度"),
        ("5", "", "5"),
    ],
)
def test_a_bare_number_takes_its_unit(bare: str, unit: str, counted: str):
    assert with_unit(bare, unit) == counted
    if bare != "12校":
        assert without_unit(counted, unit) == bare


def test_what_counts_something_else_keeps_its_unit():
    assert without_unit("165所（定員14,760人）", "人") == "165所（定員14,760人）"


AIMS = (f"{ROW}.yearly_targets", [{"fiscal_year": 2020, "text": "7か所"}])


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (
            {"column": "years", "years": [2020, 2020]},
            "[1].years[1]: 令和２年度（2020）が２つあります。 → 一方を消してください。",
        ),
        (
            {"column": "actuals", "years": [2050]},
            "[1].years[0]: 令和32年度（2050）は、この計画の年度ではありません。",
        ),
        (
            {"column": "actuals", "years": [2020], "last": 2},
            "[1].last: 示す年度が years と last の両方に書いてあります。",
        ),
        ({"column": "target", "last": 2}, "[1].last: 「target」の列には書けません。"),
        ({"column": "actuals", "show": "two_lines"}, "[1].show: 「actuals」の列には書けません。"),
        ({"column": "years", "header": "年度"}, "[1].header: 「years」の列には書けません。"),
        ({"column": "years", "of": ["target", "target"]}, "[1].of: 同じものが２つあります。"),
        (
            {"column": "years", "of": ["actual"], "show": "two_lines"},
            "[1].show: １つだけでは、行に分けられません。",
        ),
        ({"column": "years", "width": 0}, "[1].width: 幅が 0 では"),
        ({"column": "years", "last": 0}, "[1].last"),
        ({"column": "years", "of": ["plan"]}, "[1].of[0]"),
    ],
)
def test_years_that_cannot_be_printed_are_refused(
    tmp_path: Path, column: dict[str, Any], said: str
):
    layout = {"review": ["indicator", column]}
    (problem,) = problems_of(catalogue(tmp_path, AIMS, ("layout", layout)))
    assert problem.startswith(f"layout.review{said}")


def test_nothing_of_a_year_stands_twice_and_no_row_without_targets_has_a_column(tmp_path: Path):
    layout: dict[str, Any] = {"review": ["indicator", "years", "actuals", "yearly_targets"]}
    twice = problems_of(catalogue(tmp_path, AIMS, ("layout", layout)))
    assert [each.split(":")[0] for each in twice] == ["layout.review[2]", "layout.review[3]"]
    columns: list[Any] = ["indicator", "yearly_targets", {"column": "years", "of": ["actual"]}]
    layout = {"plan": columns}
    places = [each.split(" → ")[0] for each in problems_of(catalogue(tmp_path, ("layout", layout)))]
    assert places == [
        "layout.plan[2]: 計画版に「years」の列は置けません。",
        "layout.plan[1]: 年度ごとの目標値のある指標がありません。",
    ]


def test_a_column_that_cannot_be_read_does_not_hide_what_is_wrong_with_others(tmp_path: Path):
    columns = ["plan", {"colum": "unit"}, "target", {"column": "target", "width": 0}, "unti"]
    found = problems_of(catalogue(tmp_path, ("layout", {"review": columns})))
    places = [each.split(":")[0] for each in found]
    assert places == [
        "layout.review[1]",
        "layout.review[1]",
        "layout.review[4]",
        "layout.review[3]",
        "layout.review[3].width",
    ]


def test_the_names_own_column_is_not_missed_where_a_column_cannot_be_read(tmp_path: Path):
    unreadable = [{"column": "indicator", "with": 3}]
    found = problems_of(catalogue(tmp_path, ("layout", {"plan": unreadable})))
    assert [each for each in found if "指標の名称の列" in each] == []


@pytest.mark.parametrize(
    ("written", "key"), [("単位", "unit"), ("備　考", "remarks"), ("所管課", "department")]
)
def test_a_heading_in_the_place_of_a_column_tells_the_column(
    tmp_path: Path, written: str, key: str
):
    path = catalogue(tmp_path, ("layout", {"review": ["indicator", written]}))
    with pytest.raises(InputError) as caught:
        load_catalogue(path)
    (problem,) = caught.value.problems
    assert problem.place == "layout.review[1]"
    assert problem.remedy == f"「{written}」は、「{key}」 と書きます。"
