"""Two reports: one year's versions, two years, and what was kept beside what is now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.archiving import archive
from kpireport.comparing import Basis, compare
from kpireport.errors import InputError
from tests.archiving.archives import write_two_years
from tests.comparing.helpers import differences, told
from tests.reports import files_in, write_report
from tests.review_reports import small_rows, write_review

COMMENTS = [["p1", None, 2021, "増設しました。", "土地がない。", None]]
OVERRIDES = [["bed-a", None, 2021, "○", "開院のときに一度に増えるため。"]]


def write(folder: Path, **options: Any) -> Path:
    return write_review(folder, **({"comments": COMMENTS, "overrides": OVERRIDES} | options))


def edited(folder: Path, change: Callable[[Any], object], **options: Any) -> tuple[Path, Path]:
    """A report, and a copy of it with another workbook."""
    old, new = write(folder / "old", **options), write(folder / "new", **options)
    path = new / "actuals.xlsx"
    book = load_workbook(path)
    change(book)
    book.save(path)
    return old, new


def rows_of(book: Any, id_: str, year: int = 2021, sheet: str = "実績") -> Any:
    """The cells of a row of a sheet."""
    return next(
        row for row in book[sheet].iter_rows() if row[0].value == id_ and row[2].value == year
    )


def setting(id_: str, column: int, value: Any, year: int = 2021, sheet: str = "実績") -> Any:
    def change(book: Any) -> None:
        rows_of(book, id_, year, sheet)[column].value = value

    return change


def test_a_report_is_equal_to_a_copy_of_itself(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new")
    before = files_in(tmp_path)
    found = compare(old, new)

    assert found.is_same
    assert found.basis is Basis.REPORT
    assert files_in(tmp_path) == before  # nothing is written


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            setting("share", 3, "98.1％"),
            ("変更", "share", "実績（令和３年度）", "98.6％", "98.1％"),
        ),
        (
            setting("share", 6, "説明。"),
            ("変更", "share", "実績の説明（令和３年度）", None, "説明。"),
        ),
        (
            setting("share", 7, "保育課"),
            ("変更", "share", "報告した課（令和３年度）", "企画課", "保育課"),
        ),
        (
            setting("p1", 3, "二か所増設しました。", sheet="計画コメント"),
            ("変更", "p1", "主な取組（令和３年度）", "増設しました。", "二か所増設しました。"),
        ),
        (
            setting("p1", 5, "続けます。", sheet="計画コメント"),
            ("変更", "p1", "今後の方向（令和３年度）", None, "続けます。"),
        ),
        (
            setting("bed-a", 3, "◎", sheet="評価の修正"),
            ("変更", "bed-a", "評価の修正（令和３年度）", "○ 順調", "◎ 達成"),
        ),
        (
            setting("bed-a", 4, "別の理由。", sheet="評価の修正"),
            (
                "変更",
                "bed-a",
                "評価の修正の理由（令和３年度）",
                "開院のときに一度に増えるため。",
                "別の理由。",
            ),
        ),
    ],
)
def test_one_cell_is_one_difference(
    change: Callable[[Any], object], expected: Any, tmp_path: Path
) -> None:
    assert differences(*edited(tmp_path, change), computed=False) == [expected]


def test_marks_that_follow_are_told_apart(tmp_path: Path) -> None:
    found = differences(*edited(tmp_path, setting("share", 3, "100％")))

    assert [each for each in found if each[0] == "連動"] == [
        ("連動", "share", "進捗率（令和３年度）", "50.0％", "100.0％"),
        ("連動", "share", "評価（令和３年度）", "△ やや遅れ", "◎ 達成"),
    ]


def test_a_value_of_an_earlier_year_is_a_correction(tmp_path: Path) -> None:
    found = differences(*edited(tmp_path, setting("share", 3, "97.4％", 2020)), computed=False)

    assert found == [("訂正", "share", "実績（令和２年度）", "97.9％", "97.4％")]


def test_settings_are_compared_but_not_where_files_lie(tmp_path: Path) -> None:
    old = write(tmp_path / "old", review='contact = "企画課"')
    new = write(tmp_path / "new", review='contact = "財政課"', evaluation='scheme = "steps"')
    shutil.move(new / "actuals.xlsx", new / "実績.xlsx")
    text = (new / "report.toml").read_text(encoding="utf-8")
    text = text.replace("[review]", '[review]\nactuals = "実績.xlsx"')
    (new / "report.toml").write_text(text.replace("steps", "linear"), encoding="utf-8")

    assert differences(old, new) == [("変更", "", "問い合わせ先", "企画課", "財政課")]


def test_of_two_years_each_own_year_is_compared_and_corrections_are_told(tmp_path: Path) -> None:
    """2020's report says 97.9％; a year later its own file was corrected."""
    old = write_two_years(tmp_path / "old").parent / "2020"
    new = write_two_years(tmp_path / "new")
    path = new.parent / "2020" / "actuals.xlsx"
    book = load_workbook(path)
    rows_of(book, "share", 2020)[3].value = "97.4％"
    book.save(path)
    found = [each for each in differences(old, new) if each[1] == "share"]

    assert found == [
        ("推移", "share", "実績", "97.9％", "98.6％"),
        ("推移", "share", "進捗率", "25.0％", "50.0％"),
        ("訂正", "share", "実績（令和２年度）", "97.9％", "97.4％"),
        ("連動", "share", "進捗率（令和２年度）", "25.0％", "7.1％"),
        ("連動", "share", "評価（令和２年度）", "△ やや遅れ", "× 遅れ"),
    ]


def test_two_years_count_the_marks_of_both(tmp_path: Path) -> None:
    new = write_two_years(tmp_path)
    found = compare(new.parent / "2020", new)

    assert sum(each.old for each in found.marks) == sum(each.new for each in found.marks) > 0


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_was_kept_is_compared_with_what_is_now(tmp_path: Path, as_zip: bool) -> None:
    report = write_two_years(tmp_path)
    kept = archive(report, as_zip=as_zip).path

    assert compare(kept, report).is_same
    assert compare(kept, report).notes == ()

    book = load_workbook(report / "actuals.xlsx")
    rows_of(book, "share")[3].value = "98.1％"
    book.save(report / "actuals.xlsx")
    found = compare(kept, report)
    assert ("変更", "share", "実績（令和３年度）", "98.6％", "98.1％") in told(found)
    assert found.old.title.endswith("保存したもの")


def test_an_archive_that_was_tampered_with_is_compared_with_a_note(tmp_path: Path) -> None:
    report = write_two_years(tmp_path)
    kept = archive(report).path
    path = kept / "inputs" / "2021" / "report.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# 後から\n", encoding="utf-8")
    found = compare(kept, report)

    assert found.is_same
    assert any("保存したときのものと違います" in note for note in found.notes)


def test_unreported_values_of_a_final_edition_can_be_compared(tmp_path: Path) -> None:
    rows = [row for row in small_rows(2021) if (row[0], row[2]) != ("share", 2021)]
    old, new = write(tmp_path / "old", rows=rows), write(tmp_path / "new")
    found = [each for each in differences(old, new, computed=False) if each[1] == "share"]

    assert found[0] == ("変更", "share", "実績（令和３年度）", "未報告", "98.6％")


def test_a_plan_beside_a_review_is_compared_as_a_plan(tmp_path: Path) -> None:
    review, plan = write(tmp_path), tmp_path / "catalogue.json"
    found = compare(plan, review)

    assert found.is_same
    assert found.basis is Basis.CATALOGUE
    assert "計画の内容だけを比べました" in found.notes[0]


def _file(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"PK")
        return path

    return make


@pytest.mark.parametrize(
    ("make", "what", "remedy"),
    [
        (_file("計画.pdf"), "PDF は比べられません", "同じ名前の .docx"),
        (_file("actuals.xlsx"), "どの計画のものか", "報告書のフォルダーを指定"),
        (_file("計画.odt"), "このファイルは比べられません", "比べられるのは"),
        (_file("manifest.json"), "このファイルは比べられません", "比べられるのは"),
        (lambda folder: folder, "報告書のフォルダー", "比べられるのは"),
        (lambda folder: folder / "ない", "ファイルもフォルダーもありません", "確かめて"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_advice(
    make: Callable[[Path], Path], what: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(InputError) as caught:
        compare(make(tmp_path / "other"), write_report(tmp_path / "plan"))

    (problem,) = caught.value.problems
    assert what in problem.what
    assert remedy in problem.remedy
