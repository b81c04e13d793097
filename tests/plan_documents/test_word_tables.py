"""Tables of Word files: every cell once, where people see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.errors import InputError
from kpireport.findings import Findings
from kpireport.plan_documents.tables import SourceTable
from tests.plan_documents.words import (
    GOES_ON,
    begun,
    box,
    cell,
    paragraph,
    read_table,
    read_word,
    row,
    run,
    shown,
    spanning,
    table,
    texts,
)


def spans(source: SourceTable) -> dict[str, tuple[int, int, int, int]]:
    """Where each cell begins, and how far it reaches."""
    return {each.text: (each.row, each.column, each.rows, each.columns) for each in source.cells}


def test_cells_reach_over_rows_and_columns(tmp_path: Path) -> None:
    found = read_table(
        tmp_path,
        row(begun("戦略計画"), spanning(3, "重要業績評価指標")),
        row(GOES_ON, "指標", "現状値", "目標値"),
        row(begun("計画１"), "ａ", "１", "２"),
        row(GOES_ON, "ｂ", "３", "４"),
        row("計画２", "ｃ", "５", "６"),
    )
    assert (found.rows, found.columns) == (5, 4)
    assert spans(found)["戦略計画"] == (0, 0, 2, 1)
    assert spans(found)["重要業績評価指標"] == (0, 1, 1, 3)
    assert spans(found)["計画１"] == (2, 0, 2, 1)
    assert texts(found)[3] == ["計画１", "ｂ", "３", "４"]


def test_a_merged_cell_is_not_the_one_below_it(tmp_path: Path) -> None:
    found = read_table(
        tmp_path,
        row(begun("一"), "ａ"),
        row(GOES_ON, "ｂ"),
        row(begun("二"), "ｃ"),
        row(GOES_ON, "ｄ"),
    )
    assert spans(found)["一"] == (0, 0, 2, 1)
    assert spans(found)["二"] == (2, 0, 2, 1)


def test_a_cell_that_continues_nothing_keeps_its_words(tmp_path: Path) -> None:
    lost = cell("残る", properties="<w:vMerge/>")
    found = read_table(tmp_path, row(lost, "ａ"), row(cell("ｂ"), "ｃ"))
    assert texts(found) == [["残る", "ａ"], ["ｂ", "ｃ"]]


def test_cells_merged_sideways_the_old_way_are_one(tmp_path: Path) -> None:
    begins = cell("広い", properties='<w:hMerge w:val="restart"/>')
    found = read_table(
        tmp_path, row(begins, cell(properties="<w:hMerge/>"), "ｃ"), row("１", "２", "３")
    )
    assert spans(found)["広い"] == (0, 0, 1, 2)
    assert spans(found)["ｃ"] == (0, 2, 1, 1)


def test_rows_may_begin_late_and_end_early(tmp_path: Path) -> None:
    found = read_table(
        tmp_path,
        row("ａ", "ｂ", "ｃ"),
        row("１", "２", properties='<w:gridBefore w:val="1"/>'),
        row("３", properties='<w:gridAfter w:val="2"/>'),
    )
    assert texts(found) == [["ａ", "ｂ", "ｃ"], ["-", "１", "２"], ["３", "-", "-"]]


def test_borders_that_miss_each_other_by_a_hair_are_one(tmp_path: Path) -> None:
    """The grid has a sliver of 1 mm where the header's border and the rows' differ."""
    body = table(
        row(spanning(2, "指標"), "目標値"),
        row("待機児童数", spanning(2, "０人")),
        row("満足度", spanning(2, "８割")),
        widths=(4000, 57, 2000),
    )
    (found,) = read_word(tmp_path, body).tables()
    assert found.columns == 2
    assert texts(found) == [["指標", "目標値"], ["待機児童数", "０人"], ["満足度", "８割"]]
    assert all(each.columns == 1 for each in found.cells)


def test_borders_at_the_right_may_miss_each_other_too(tmp_path: Path) -> None:
    body = table(
        row("指標", spanning(2, "目標値")),
        row("待機児童数", "０人", properties='<w:gridAfter w:val="1"/>'),
        widths=(4000, 2000, 40),
    )
    (found,) = read_word(tmp_path, body).tables()
    assert texts(found) == [["指標", "目標値"], ["待機児童数", "０人"]]


def test_merged_cells_go_on_over_a_sliver(tmp_path: Path) -> None:
    body = table(
        row(
            cell("計画", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'),
            "ａ",
        ),
        row(GOES_ON, spanning(2, "ｂ")),
        widths=(3000, 50, 2000),
    )
    (found,) = read_word(tmp_path, body).tables()
    assert spans(found)["計画"] == (0, 0, 2, 1)
    assert texts(found) == [["計画", "ａ"], ["計画", "ｂ"]]


def test_a_narrow_column_with_cells_of_its_own_stays(tmp_path: Path) -> None:
    body = table(row("ａ", "○", "ｂ"), widths=(2000, 100, 2000))
    (found,) = read_word(tmp_path, body).tables()
    assert texts(found) == [["ａ", "○", "ｂ"]]


def test_columns_that_no_cell_begins_at_are_none(tmp_path: Path) -> None:
    found = read_table(
        tmp_path,
        row(spanning(3, "ａ"), spanning(2, "ｂ")),
        row(spanning(3, "ｃ"), spanning(2, "ｄ")),
    )
    assert texts(found) == [["ａ", "ｂ"], ["ｃ", "ｄ"]]


def test_lines_of_a_cell_are_parted_where_the_file_parts_them(tmp_path: Path) -> None:
    broken = paragraph(run("165所"), "<w:r><w:br/></w:r>", run("（定員"), run("14,760人）"))
    tabbed = paragraph(run("平成30年度"), "<w:r><w:tab/></w:r>", run("10人"))
    found = read_table(tmp_path, row(cell(broken, tabbed, "注"), "ｂ"))
    assert found.cells[0].text == "165所\n（定員14,760人）\n平成30年度\n10人\n注"


def test_a_cell_is_bold_if_all_its_words_are(tmp_path: Path) -> None:
    found = read_table(
        tmp_path,
        row(
            cell(paragraph(run("指標", "<w:b/>"), run(" "))),
            cell(paragraph(run("目", "<w:b/>"), run("標"))),
            cell(paragraph(run("値", '<w:b w:val="0"/>'))),
            cell(),
        ),
    )
    assert [each.is_bold for each in found.cells] == [True, False, False, False]


# --- tables within tables --------------------------------------------------------


def test_a_table_of_one_cell_is_a_frame(tmp_path: Path) -> None:
    body = table(row(cell("基本目標１", table(row("ａ", "ｂ")), "注")))
    assert shown(read_word(tmp_path, body)) == ["基本目標１", [["ａ", "ｂ"]], "注"]


def test_tables_side_by_side_stay_tables(tmp_path: Path) -> None:
    left, right = table(row("ａ", "１"), row("ｂ", "２")), table(row("ｃ", "３"), row("ｄ", "４"))
    body = table(row(cell(left, ""), cell(right, "")))
    found = list(read_word(tmp_path, body).tables())
    assert [texts(each) for each in found] == [
        [["ａ", "１"], ["ｂ", "２"]],
        [["ｃ", "３"], ["ｄ", "４"]],
    ]
    assert [each.number for each in found] == [1, 2]


def test_a_table_in_a_cell_stands_behind_the_one_it_is_in(tmp_path: Path) -> None:
    inner = table(row("年度", "目標"), row("令和６", "１"))
    body = table(row("指標", "値"), row("待機児童数", cell("次のとおり", inner)))
    outer, found = read_word(tmp_path, body).tables()
    assert texts(outer) == [["指標", "値"], ["待機児童数", "次のとおり"]]
    assert texts(found) == [["年度", "目標"], ["令和６", "１"]]


def test_a_single_row_or_column_in_a_cell_is_lines_of_it(tmp_path: Path) -> None:
    inner = table(row("令和５　１人"), row("令和６　２人"))
    found = read_table(tmp_path, row("指標", cell("目標", inner, "")))
    assert found.cells[1].text == "目標\n令和５　１人\n令和６　２人"


# --- boxes and controls ----------------------------------------------------------


def test_the_words_of_boxes_are_read_once(tmp_path: Path) -> None:
    body = paragraph("前", box("基本目標１", "子育て")) + table(row("ａ", "ｂ"))
    assert shown(read_word(tmp_path, body)) == ["前", "基本目標１", "子育て", [["ａ", "ｂ"]]]


def test_a_box_that_floats_over_a_cell_stands_before_its_table(tmp_path: Path) -> None:
    body = table(row(cell(paragraph("ａ", box("基本目標１"))), "ｂ"))
    assert shown(read_word(tmp_path, body)) == ["基本目標１", [["ａ", "ｂ"]]]


def test_a_box_in_the_line_of_a_cell_is_its_words(tmp_path: Path) -> None:
    found = read_table(tmp_path, row(cell(paragraph("ａ", box("１人", floats=False))), "ｂ"))
    assert texts(found) == [["ａ\n１人", "ｂ"]]


def test_the_text_of_word_art_is_read(tmp_path: Path) -> None:
    art = "<w:r><w:pict><v:shape><v:textpath string='基本目標１'/></v:shape></w:pict></w:r>"
    assert shown(read_word(tmp_path, paragraph(art))) == ["基本目標１"]


def test_controls_are_looked_through(tmp_path: Path) -> None:
    def control(content: str, properties: str = "") -> str:
        inside = f"<w:sdtContent>{content}</w:sdtContent>"
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr>{inside}</w:sdt>"

    chosen = control(run("以上"))
    empty = control(run("選んでください"), "<w:showingPlcHdr/>")
    cells = control(cell("ｂ"))
    rows = control(row(cell(paragraph("８割", chosen)), cells, cell(paragraph(empty, run("ｃ")))))
    body = control(paragraph("前")) + control(table(row("１", "２", "３"), rows))
    assert shown(read_word(tmp_path, body)) == [
        "前",
        [["１", "２", "３"], ["８割以上", "ｂ", "ｃ"]],
    ]


# --- bounds ----------------------------------------------------------------------


def test_tables_too_deep_in_each_other_are_refused(tmp_path: Path) -> None:
    body = table(row("ａ", "ｂ"), row("ｃ", "ｄ"))
    for _ in range(20):
        body = table(row(cell(body, ""), "ｂ"), row("ｃ", "ｄ"))
    with pytest.raises(InputError, match="入れ子"):
        read_word(tmp_path, body)


@pytest.mark.parametrize(
    "wide",
    [
        row(spanning(10_000_000, "ａ"), "ｂ"),
        row("ａ", "ｂ", properties='<w:gridBefore w:val="9999999"/>'),
        row(*["ａ"] * 1_001),
    ],
)
def test_tables_too_wide_are_refused(tmp_path: Path, wide: str) -> None:
    with pytest.raises(InputError, match="大きすぎる表"):
        read_word(tmp_path, table(wide))


def test_a_table_whose_rows_were_all_deleted_is_none(tmp_path: Path) -> None:
    log = Findings()
    gone = row("ａ", "ｂ", properties="<w:del/>")
    assert shown(read_word(tmp_path, table(gone) + paragraph("後"), log)) == ["後"]
