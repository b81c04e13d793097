"""Two Word files: every paragraph and cell at its place, and nothing where all is the same."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from kpireport.comparing import Basis, DifferenceKind, compare
from kpireport.errors import InputError
from kpireport.word_differences.table_differences import GridDifference, grid_differences
from kpireport.word_files.items import Grid
from tests.archiving.archives import write_two_years
from tests.pulling.edited import (
    COMMENTS,
    W,
    built,
    edited,
    find_text,
    typed,
    word_of,
    write,
)


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"{name}.docx"
    path.write_bytes(data)
    return path


def found(folder: Path, new: bytes, old: bytes | None = None) -> list[Any]:
    """Kind, the last of the place, name, item, old, new."""
    comparison = compare(put(folder, "old", old or built()), put(folder, "new", new))
    return [
        (str(each.kind), each.place[-1], each.name, each.item, each.old, each.new)
        for each in comparison.differences
    ]


def retyped(text: str, new: str, title: str = "") -> bytes:
    def change(root: Any) -> None:
        find_text(root, text, title).text = new

    return edited(change)


def test_a_file_is_equal_to_itself_and_to_what_is_built_now(tmp_path: Path) -> None:
    word = put(tmp_path, "old", built())
    report = write(tmp_path / "report")

    assert compare(word, word).is_same
    assert compare(word, report).is_same
    assert compare(report, word).basis is Basis.WORD


def test_a_cell_is_told_by_table_row_and_column(tmp_path: Path) -> None:
    differences = found(tmp_path, retyped("98.6％", "98.1％", "実績"))

    assert [(kind, name, item, old, new) for kind, _, name, item, old, new in differences] == [
        ("変更", "計画１　受入率", "令和３年度 実績", "98.6％＊１", "98.1％＊１")
    ]
    assert "実績" in differences[0][1]


def test_words_of_the_inputs_are_compared_where_they_stand(tmp_path: Path) -> None:
    differences = found(tmp_path, typed("initiatives:p1:2021", "三か所増設しました。"))

    assert [each[2:] for each in differences] == [
        ("計画１", "主な取組", "増設しました。\n定員を増やしました。", "三か所増設しました。")
    ]
    assert "重要業績評価指標の実績" in differences[0][1]


def test_a_note_below_a_row_is_told_by_that_row(tmp_path: Path) -> None:
    explained = found(tmp_path, typed("explanation:share:2021", "枠を二十人増やした。"))
    changed = found(tmp_path, typed("override:bed-a:2021", "開院が延びたため。"))

    assert [each[2:] for each in explained] == [
        ("計画１　受入率", "文", "＊１　受入枠の不足による。", "＊１　枠を二十人増やした。")
    ]
    assert [each[2:4] for each in changed][:1] == [("計画１　東病院", "文")]
    assert "＊２　計算では「× 遅れ」。開院が延びたため。" in changed[0][5]


def test_a_comment_that_came_is_told_in_its_place(tmp_path: Path) -> None:
    comments = [*COMMENTS, ["p2", None, 2021, "配備しました。", None, None]]
    report = write(tmp_path / "report", comments=comments)

    assert [each[:1] + each[2:] for each in found(tmp_path, word_of(report))] == [
        ("変更", "計画２", "主な取組", "", "配備しました。")
    ]


def _grid(rows: list[tuple[str, ...]], header_rows: int = 0) -> Grid:
    columns = tuple(tuple(range(len(row))) for row in rows)
    return Grid("所管課のコメント", tuple(rows), columns, header_rows)


def test_headings_above_a_row_are_the_same_as_headings_beside_the_texts() -> None:
    wide = _grid([("主な取組", "課題"), ("増設した。", "土地がない。")], 1)
    narrow = _grid([("主な取組", "増設した。"), ("課題", "人がいない。")])

    assert list(grid_differences(wide, narrow)) == [
        GridDifference(("課題",), "文", "土地がない。", "人がいない。")
    ]


def _with_rows_across(value: str, note: str, comment: str, years: int = 1) -> Grid:
    """A plan's table of two rows, each with a note below it and what is said below that."""
    filler = ("―",) * years
    rows = [("計画", "指標", *filler, "評価")]
    columns = [tuple(range(len(rows[0])))]
    for name, told in (("受入率", comment), ("保育所", "続けます。")):
        rows += [
            ("計画１", name, *filler, value),
            (note,),
            (f"主な取組\n{told}", "課題\n人がいない。"),
        ]
        columns += [columns[0], (0,), (0, 1 + years)]
    return Grid("実績", tuple(rows), tuple(columns), 1)


def test_what_is_laid_across_a_table_is_told_below_its_row() -> None:
    """All notes say the same, so that no row would be known by its first cells alone."""
    old = _with_rows_across("○", "注", "増設した。")
    changed = _with_rows_across("△", "説明", "三か所増設した。")
    assert list(grid_differences(old, changed)) == [
        GridDifference(("計画１", "受入率"), "評価", "○", "△"),
        GridDifference(("計画１", "受入率"), "文", "注", "説明"),
        GridDifference(("計画１",), "主な取組", "増設した。", "三か所増設した。"),
        GridDifference(("計画１", "保育所"), "評価", "○", "△"),
        GridDifference(("計画１", "保育所"), "文", "注", "説明"),
    ]


def test_what_is_laid_across_is_the_same_in_a_table_of_more_columns() -> None:
    old = _with_rows_across("○", "注", "増設した。")
    wider = _with_rows_across("○", "注", "増設した。", years=3)
    assert {each.column for each in grid_differences(old, wider)} <= {"列", "4列目", "5列目"}


def _row_of(root: Any, text: str, title: str) -> Any:
    return next(find_text(root, text, title).iterancestors(f"{W}tr"))


def test_a_row_that_was_taken_out_or_put_in_moves_no_other(tmp_path: Path) -> None:
    def remove(root: Any) -> None:
        row = _row_of(root, "西病院", "の実績")
        row.getparent().remove(row)

    shorter = edited(remove)
    gone = found(tmp_path, shorter)
    come = found(tmp_path, built(), shorter)

    assert [(each[0], each[2], each[3]) for each in gone] == [("削除", "計画１　西病院", "行")]
    assert [(each[0], each[2], each[3]) for each in come] == [("追加", "計画１　西病院", "行")]
    assert gone[0][4] == come[0][5]


def test_a_row_that_stands_elsewhere_is_moved(tmp_path: Path) -> None:
    def move(root: Any) -> None:
        row = _row_of(root, "就労者数", "の実績")
        row.getparent().remove(row)
        _row_of(root, "保育所", "の実績").addprevious(row)

    assert [(each[0], each[2], each[3]) for each in found(tmp_path, edited(move))] == [
        ("移動", "計画１　就労者数", "行")
    ]


def test_a_paragraph_that_was_put_in_is_one_difference(tmp_path: Path) -> None:
    def insert(root: Any) -> None:
        paragraph = next(find_text(root, "調査の説明。").iterancestors(f"{W}p"))
        new = copy.deepcopy(paragraph)
        new.find(f".//{W}t").text = "もう一つの段落。"
        for mark in [*new.iter(f"{W}bookmarkStart"), *new.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        body = root.find(f"{W}body")
        top = next(each for each in (paragraph, *paragraph.iterancestors()) if each in body)
        top.addnext(new)

    assert (
        found(tmp_path, edited(insert))
        == [("追加", "5　調査の概要", "", "文", None, "もう一つの段落。")]
        or found(tmp_path, edited(insert))[0][5] == "もう一つの段落。"
    )


def test_headings_and_margins_are_compared(tmp_path: Path) -> None:
    report = write(tmp_path / "report")
    settings = report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[review]", "[review]\nsample = true"), encoding="utf-8")
    places = {each[1] for each in found(tmp_path, word_of(report))}

    assert places == {"表紙", "ヘッダー・フッター"}


def test_two_years_differ_in_whole_columns(tmp_path: Path) -> None:
    new = write_two_years(tmp_path)
    comparison = compare(put(tmp_path, "a", word_of(new.parent / "2020")), new)
    columns = [each for each in comparison.differences if each.item == "列"]

    assert {each.kind for each in columns} == {DifferenceKind.ADDED}
    assert any(each.name == "令和３年度 実績" for each in columns)
    assert all("令和３年度" in each.name for each in columns)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"{\\rtf1}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        compare(put(tmp_path, "old", built()), put(tmp_path, "new", content))


def test_tracked_changes_are_told_of(tmp_path: Path) -> None:
    def track(root: Any) -> None:
        run = find_text(root, "調査の説明。").getparent()
        inserted = run.makeelement(f"{W}ins", {f"{W}id": "900", f"{W}author": "A"})
        run.addnext(inserted)
        again = copy.deepcopy(run)
        again.find(f"{W}t").text = "加えた文。"
        inserted.append(again)

    comparison = compare(put(tmp_path, "old", built()), put(tmp_path, "new", edited(track)))

    assert any("変更履歴が1件" in note for note in comparison.notes)
    assert [each.new for each in comparison.differences] == ["調査の説明。加えた文。"]
