"""What this year's report says of earlier years: late values, corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.corrections import find_corrections
from kpireport.domain.years import FiscalYear
from tests.sources.workbooks import YEAR, book, load, problems_of, row, save

NOW = row("i1", 9)


def _reports(folder: Path, own: list[Any], *earlier: list[Any]) -> tuple[Path, ...]:
    """This year's workbook with a row more, and those of the years before."""
    books = [[NOW, own], *([each] for each in earlier)]
    return tuple(save(book(each), folder / str(number)) for number, each in enumerate(books))


def _found(*files: Path, **options: Any) -> list[tuple[str, str, bool]]:
    actuals, _ = load(*files, **options)
    return [
        (
            each.actual.value.text if each.actual.value else "",
            each.before.value.text if each.before and each.before.value else "",
            each.is_late,
        )
        for each in find_corrections(actuals, options.get("year", YEAR))
    ]


def test_a_row_of_an_earlier_year_corrects_what_that_years_report_said(tmp_path: Path):
    files = _reports(tmp_path, row("i1", 8, year=2020), row("i1", 7, year=2020))
    assert _found(*files) == [("８か所", "７か所", False)]
    actual = load(*files)[0].find("i1", FiscalYear(2020))
    assert actual is not None
    assert actual.value is not None
    assert actual.value.text == "８か所"


def test_a_correction_is_told_so_that_a_slip_of_the_year_is_seen(tmp_path: Path):
    files = _reports(tmp_path, row("i1", 8, year=2020), row("i1", 7, year=2020))
    told = problems_of(*files)
    assert told == [
        (
            "実績!D3: 令和２年度の実績が「８か所」ですが、前の年度の報告では「７か所」でした。"
            "訂正として使い、報告書にそのことを書きます。"
            " → 訂正でなければ、この行を消してください。"
        )
    ]
    assert problems_of(*files, accepted=["i1"]) == []


@pytest.mark.parametrize("before", [row("i1", year=2020, reason="集計中"), row("i2", 7, year=2020)])
def test_a_late_value_is_known_as_such_and_nothing_to_ask_about(tmp_path: Path, before: list[Any]):
    files = _reports(tmp_path, row("i1", 8, year=2020), before)
    assert _found(*files) == [("８か所", "", True)]
    assert not any("訂正" in each for each in problems_of(*files))


@pytest.mark.parametrize("own", [row("i1", "７ヶ所", year=2020), row("i1", None, year=2020)])
def test_what_says_nothing_new_corrects_nothing(tmp_path: Path, own: list[Any]):
    assert _found(*_reports(tmp_path, own, row("i1", 7, year=2020))) == []


def test_what_no_earlier_report_has_the_year_of_cannot_be_told(tmp_path: Path):
    now = save(book([row("i1", 9, year=2022), row("i1", 8, year=2020)]), tmp_path / "0")
    before = save(book([row("i1", 7, year=2021)]), tmp_path / "1")
    assert _found(now, before, year=FiscalYear(2022)) == []


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_what_last_years_report_corrected_holds_and_is_no_news(
    tmp_path: Path, order: tuple[int, int]
):
    now = save(book([row("i1", 9, year=2022)]), tmp_path / "0")
    files = {
        1: save(book([row("i1", 8, year=2021), row("i1", 7, year=2020)]), tmp_path / "1"),
        2: save(book([row("i1", 6, year=2020)]), tmp_path / "2"),
    }
    earlier = [files[each] for each in order]
    assert _found(now, *earlier, year=FiscalYear(2022)) == []
    actual = load(now, *earlier, year=FiscalYear(2022))[0].find("i1", FiscalYear(2020))
    assert actual is not None
    assert actual.value is not None
    assert actual.value.text == "７か所"


def test_two_reports_of_one_year_still_contradict_each_other(tmp_path: Path):
    files = _reports(
        tmp_path, row("i2", 8, year=2021), row("i1", 7, year=2020), row("i1", 6, year=2020)
    )
    assert any("正しいほうを1つだけ残してください。" in each for each in problems_of(*files))


def test_a_final_value_replaces_one_that_was_not_and_is_no_correction(tmp_path: Path):
    was = row("i1", "8か所（見込み）", year=2020)
    for own, text in ((row("i1", 8, year=2020), "８か所"), (row("i1", 7, year=2020), "７か所")):
        files = _reports(tmp_path / text, own, was)
        assert _found(*files) == [(text, "8か所（見込み）", False)]
        (found,) = find_corrections(load(*files)[0], YEAR)
        assert found.is_final
        assert problems_of(*files) == []


def test_a_value_that_is_still_not_final_is_asked_for(tmp_path: Path):
    now = save(book([NOW]), tmp_path / "0")
    before = save(book([row("i1", "8か所（見込み）", year=2020)]), tmp_path / "1")
    (told,) = problems_of(now, before)
    assert "令和２年度の実績が、「8か所（見込み）」のままです。 → 確定していれば、" in told
    assert problems_of(now, before, accepted=["i1"]) == []
