"""Inputs that are made to take for ever: bounded before they are looked at, linear after."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kpireport.errors import InputError
from kpireport.findings import MOST_FAULTS
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.settings import load_settings
from tests.reports import write_report
from tests.sources import catalogues, workbooks

LONGEST = 32_767


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text in whatever part of a package has it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    changed = {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}
    assert changed != parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in changed.items():
            package.writestr(name, data)


def test_a_format_that_excel_takes_not_is_refused(tmp_path: Path) -> None:
    book = workbooks.book([workbooks.row("share", 98)])
    book["実績"]["D2"].number_format = '0"MARK"'
    path = workbooks.save(book, tmp_path)
    replace(path, "MARK", "[" * 2_000)
    assert any("表示形式の文字が多すぎます" in each for each in workbooks.problems_of(path))


def test_a_text_that_no_cell_holds_is_looked_at_no_closer(tmp_path: Path) -> None:
    path = workbooks.save(workbooks.book([workbooks.row("share", "KEEP")]), tmp_path)
    replace(path, "KEEP", "(a" * LONGEST)
    (problem,) = [each for each in workbooks.problems_of(path) if "文字が多すぎます" in each]
    assert "32,767字まで" in problem
    assert "(a" not in problem


@pytest.mark.parametrize("column", ["記号", "実績", "コメント"])
def test_the_same_in_csv(column: str, tmp_path: Path) -> None:
    cells = {"記号": "share", "年度": "2021", "実績": "98％", "コメント": "良い"}
    cells[column] = "(a" * LONGEST
    path = tmp_path / "実績.csv"
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    assert any("32,767字まで" in each for each in workbooks.problems_of(path))


def test_a_text_of_the_plan_or_the_settings_is_bounded(tmp_path: Path) -> None:
    path = catalogues.write(tmp_path, catalogues.spoilt(("goals[0].title", "（" * 30_001)))
    (problem,) = catalogues.problems_of(path)
    assert problem.startswith("goals[0].title: 文字が多すぎます（30,001字）")
    report = write_report(tmp_path / "report")
    settings = report / "report.toml"
    words = "（" * 30_001
    settings.write_text(f'{settings.read_text("utf-8")}[cover]\ncommittee = "{words}"\n', "utf-8")
    with pytest.raises(InputError, match="文字が多すぎます"):
        load_settings(report)
    settings.write_text("# " + "あ" * 2**19, encoding="utf-8")
    with pytest.raises(InputError, match="大きすぎます（1 MB"):
        load_settings(report)


def faults_of(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_catalogue(path)
    return [f"{each.place}: {each.what}" for each in raised.value.problems]


def test_some_hundred_faults_of_a_plan_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    path = catalogues.write(tmp_path, catalogues.spoilt(("goals[0].plans", [{}] * 3_000)))
    faults = faults_of(path)
    assert len(faults) <= MOST_FAULTS + 1
    assert faults[0].startswith("goals[0].plans[0]: ")
    assert "直すところが、ほかに" in faults[-1]
    told = len(faults) - 1
    rest = int("".join(filter(str.isdigit, faults[-1])))
    per_plan = sum(each.startswith("goals[0].plans[0]: ") for each in faults)
    assert told + rest == 3_000 * per_plan


def test_unknown_names_by_the_thousand_are_counted(tmp_path: Path) -> None:
    many = {f"k{number}": number for number in range(60_000)}
    faults = faults_of(catalogues.write(tmp_path, catalogues.spoilt(("goals[0]", many))))
    assert len(faults) <= MOST_FAULTS + 2  # that there are no plans is seen apart
    assert "ほかに" in faults[-2]


@pytest.mark.parametrize("item", ["{}", "1"])
def test_items_beyond_any_plan_are_refused(item: str, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(f'{{"goals": [{",".join([item] * 500_001)}]}}', encoding="utf-8")
    assert faults_of(path) == [": 項目が多すぎます（500,000を超えます）。"]


def test_traps_by_the_thousand_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(f'{{"a": [{",".join(["NaN"] * 1_000)}]}}', encoding="utf-8")
    assert any("ほかに700件" in each for each in faults_of(path))
