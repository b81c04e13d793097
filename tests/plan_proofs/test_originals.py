"""Where the rows of a plan stand in its original, and what stands there that was not read."""

from __future__ import annotations

from kpireport.plan_proofs.against import left_over
from kpireport.plan_proofs.originals import Original, Originals, Placed
from kpireport.plan_proofs.rows import ProofRow

WORDS = {
    "表1 1行目": ("戦略計画", "指標\n（成果）", "現状値"),
    "表1 2行目": ("計画１\n子育て", "保育所の定員", "8か所"),
    "表1 3行目": ("保育所の定員", "9か所"),
    "文4": ("・安心して子どもを育てられるまち\nをめざします。\n・待機児童をなくします。",),
    "表2、続き!1行目": ("学童の数", "3か所"),
}


def _row(kind: str, id_: str, name: str) -> ProofRow:
    return ProofRow("", kind, id_, name=name, texts=(name,), own_name=name)


def _place(originals: Originals, row: ProofRow) -> str:
    return originals.of(row).place


def test_the_workbook_tells_the_place_of_a_row() -> None:
    originals = Originals([Placed("指標", "i1", "保育所の定員", "表1 3行目")], WORDS)

    found = originals.of(_row("指標", "i1", "保育所の定員"))
    assert found == Original("表1 3行目", ("保育所の定員", "9か所"))
    assert found.text == "保育所の定員 ｜ 9か所"


def test_a_row_that_has_another_id_now_is_known_by_its_name_if_only_one_has_it() -> None:
    rows = [
        Placed("指標", "i1", "学童の数", "表2、続き!1行目"),
        Placed("指標", "i2", "保育所の定員", "表1 2行目"),
        Placed("指標", "i3", "同じ名", "表1 2行目"),
        Placed("指標", "i4", "同じ名", "表1 3行目"),
    ]
    originals = Originals(rows, WORDS)

    assert _place(originals, _row("指標", "i2", "学童の 数")) == "表2、続き!1行目"
    assert _place(originals, _row("指標", "i9", "保育所の定員")) == "表1 2行目"
    assert _place(originals, _row("指標", "i9", "同じ名")) == ""
    assert _place(originals, _row("指標", "i4", "同じ名")) == "表1 3行目"
    assert _place(originals, _row("指標", "i2", "改めた名")) == "表1 2行目"


def test_a_row_of_two_places_has_the_words_of_both() -> None:
    for place in ("表1 2行目\n表1 3行目", "表1 2行目、表1 3行目", "表1 2行目； 表1 3行目"):
        originals = Originals([Placed("指標", "i1", "", place)], WORDS)

        assert originals.of(_row("指標", "i1", "x")).cells == (
            *("計画１\n子育て", "保育所の定員", "8か所"),
            *("保育所の定員", "9か所"),
        )
        assert {each.place for each in originals.unread([place])} == {
            *("表1 1行目", "文4", "表2、続き!1行目"),
        }


def test_a_place_with_a_comma_in_its_sheets_name_is_one_place() -> None:
    originals = Originals([Placed("指標", "i1", "", "表2、続き!1行目")], WORDS)

    assert originals.of(_row("指標", "i1", "学童の数")).cells == ("学童の数", "3か所")


def test_names_and_paragraphs_are_looked_for_and_measures_are_not() -> None:
    originals = Originals([], WORDS)

    assert _place(originals, _row("戦略計画", "p1", "計画１　子育て")) == "表1 2行目"
    assert _place(originals, _row("基本情報", "見出し：指標", "指標")) == "表1 1行目"
    assert (
        _place(originals, _row("方向性", "g1 1", "安心して子どもを育てられるまちをめざします。"))
        == "文4"
    )
    assert _place(originals, _row("方向性", "g1 2", "待機児童をなくします。")) == "文4"
    assert _place(originals, _row("基本情報", "年", "8")) == ""
    assert _place(originals, _row("指標", "i1", "保育所の定員")) == ""


def test_what_was_read_somewhere_is_not_left_over() -> None:
    said = "戦略計画\0指標\0（成果）\0現状値\0学童の数\x0013か所\0安心して"

    left = {place for place, cells in WORDS.items() if left_over(Original(place, cells), said)}
    assert left == {"表1 2行目", "表1 3行目", "文4", "表2、続き!1行目"}
