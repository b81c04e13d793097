"""What stands about a goal beside its indicators: targets among rows, directions, notes."""

from __future__ import annotations

from kpireport.plan_books.rows import item_at
from kpireport.plan_documents.tables import SourceText
from tests.plan_documents.hand_made import goals, heading, objects, read, rows, table

HEAD = ("施策", "指標", "現状値（R4）", "R8目標", "担当課")
PLAN = ("1-1 起業支援", "創業件数", "12件", "30件", "商工課")


def test_rows_called_numeric_targets_are_the_goals() -> None:
    understood = read(
        heading("基本目標１　仕事をつくる"),
        table(
            HEAD,
            (("数値目標", 2, 1), "新規雇用者数", "120人", "200人", "企画課"),
            (None, "転入者数", "1,100人", "1,300人", "企画課"),
            PLAN,
        ),
    )
    targets = objects(understood, "numeric_targets")
    assert [(each["name"], each["target"]["text"]) for each in targets] == [
        ("新規雇用者数", "200人"),
        ("転入者数", "1,300人"),
    ]
    assert targets[0]["departments"] == ["企画課"]
    assert rows(understood) == [("創業件数", "12件", "30件")]
    assert [each["title"] for each in objects(understood, "plans")] == ["起業支援"]
    assert item_at(understood.raw, ("labels", "numeric_targets")) == "数値目標"
    assert understood.left == ()


def test_the_goal_that_a_column_says_has_the_target_of_its_row() -> None:
    understood = read(
        table(
            ("基本目標", "区分", "指標", "現状値（R4）", "目標値（R8）"),
            ("Ⅰ　仕事", "数値目標", "雇用者数", "120人", "200人"),
            ("Ⅰ　仕事", "ＫＰＩ", "創業件数", "12件", "30件"),
            ("Ⅱ　人", "数値目標", "転入者数", "10人", "20人"),
            ("Ⅱ　人", "ＫＰＩ", "相談件数", "1件", "2件"),
        ),
    )
    assert [
        (each["title"], [one["name"] for one in each["numeric_targets"]])
        for each in goals(understood)
    ] == [("仕事", ["雇用者数"]), ("人", ["転入者数"])]
    assert [name for name, _, _ in rows(understood)] == ["創業件数", "相談件数"]


def test_where_no_row_is_of_a_plan_a_plan_has_those_called_targets() -> None:
    understood = read(
        heading("基本目標１　仕事をつくる"),
        table(HEAD, ("数値目標", "新規雇用者数", "120人", "200人", "企画課")),
    )
    assert rows(understood) == [("新規雇用者数", "120人", "200人")]


def test_prose_that_calls_itself_a_direction_is_its_goals() -> None:
    understood = read(
        heading("基本目標１　仕事をつくる"),
        SourceText("【基本的方向】地域資源を生かします。"),
        table(HEAD, PLAN),
        SourceText("この表は、毎年見直します。"),
        heading("基本目標２　人を呼ぶ"),
        SourceText("【基本的方向】\n移住を進めます。"),
        table(HEAD, ("2-1 移住", "相談件数", "8件", "9件", "企画課")),
    )
    assert [each["directions"][0]["paragraphs"] for each in goals(understood)] == [
        ["地域資源を生かします。"],
        ["移住を進めます。"],
    ]
    assert item_at(understood.raw, ("labels", "directions")) == "基本的方向"
    assert [each.text for each in understood.left] == ["この表は、毎年見直します。"]


def test_prose_below_a_table_is_no_direction() -> None:
    understood = read(
        heading("基本目標１　仕事をつくる"),
        heading("【基本的方向】", 2),
        SourceText("地域資源を生かします。"),
        table(HEAD, PLAN),
        SourceText("この表は、毎年見直します。"),
    )
    assert goals(understood)[0]["directions"][0]["paragraphs"] == ["地域資源を生かします。"]
    assert [each.text for each in understood.left] == ["この表は、毎年見直します。"]


MARKED = table(HEAD, ("1-1 移住", "転入者数※１", "1,100人", "1,300人", "企画課"))
MARKED_TOO = table(HEAD, ("2-1 観光", "入込客数※１", "86万人", "90万人", "商工課"))
FIRST, SECOND = heading("基本目標１　人を呼ぶ"), heading("基本目標２　にぎわい")


def test_notes_below_tables_stand_in_the_introduction_once() -> None:
    understood = read(
        heading("はじめに"),
        SourceText("指標の一覧です。"),
        FIRST,
        MARKED,
        SourceText("※１　暦年の値です"),
        SECOND,
        MARKED_TOO,
        SourceText("※１　暦年の値です"),
        SourceText("※　どこにも印のない注です"),
    )
    assert understood.raw["introduction"] == {
        "title": "はじめに",
        "paragraphs": ["指標の一覧です。"],
        "notes": [{"label": "※１", "lines": ["暦年の値です"]}],
    }
    assert [each.text for each in understood.left] == ["※　どこにも印のない注です"]
    assert "シート「はじめに」に" in understood.left[0].why


def test_notes_without_an_introduction_are_left_and_asked_about() -> None:
    understood = read(FIRST, MARKED, SourceText("※１　暦年の値です"))
    assert "introduction" not in understood.raw
    assert [each.text for each in understood.left] == ["※１　暦年の値です"]
    assert [each for each in understood.open_basics if "※1" in each] == [
        "「※1」の注は「置けなかったもの」にあります。シート「はじめに」に書けます。"
    ]


def test_a_mark_that_two_tables_explain_differently_is_asked_about() -> None:
    understood = read(
        heading("はじめに"),
        SourceText("指標の一覧です。"),
        FIRST,
        MARKED,
        SourceText("※１　暦年の値です"),
        SECOND,
        MARKED_TOO,
        SourceText("※１　推計です"),
    )
    introduction = understood.raw["introduction"]
    assert isinstance(introduction, dict)
    assert "notes" not in introduction
    assert len(understood.left) == 2
    assert "「※1」の注が、所によって違います" in "\n".join(understood.open_basics)
