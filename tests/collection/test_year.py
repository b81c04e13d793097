"""The year from end to end: handed out, filled in, damaged, collected, mended, built."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kpireport.collection import Collected, ReturnOutcome, hand_out, start_year
from kpireport.conductor import build
from tests.collection.answering import (
    HOIKU,
    KIKAKU,
    KYOIKU,
    SODAN,
    Asked,
    asked,
    edited,
    put,
    row_of,
    told,
)
from tests.collection.handing_out import DEPARTMENTS, titles_of
from tests.review_reports import FIGURES
from tests.tools import convert_all


def answers_of(department: str) -> dict[str, dict[str, Any]]:
    """What the department reports for 2021, as :data:`FIGURES` has it."""
    answers: dict[str, dict[str, Any]] = {}
    for id_, (_, text, _) in FIGURES.items():
        if DEPARTMENTS.get(id_, [KIKAKU])[0] != department or id_ == "survey":
            continue
        state, colon, words = text.partition("：")
        if text.startswith("!"):
            answers[id_] = {"報告できない理由": text[1:]}
        elif colon:
            answers[id_] = {"進捗状況": state, "実績": words or None}
        else:
            answers[id_] = {"実績": text}
    return answers


def resaved(folder: Path, *paths: Path) -> None:
    """Open workbooks in LibreOffice and save them, as a department without Excel does."""
    for saved, path in zip(convert_all(paths, folder / "resaved", "xlsx"), paths, strict=True):
        shutil.move(saved, path)


def reported(case: Asked) -> dict[str, str]:
    facts = {id_: case.fact(id_) for id_ in FIGURES}
    return {
        id_: f"{fact.state or ''}|{fact.value.text if fact.value else ''}|{fact.reason}"
        for id_, fact in facts.items()
        if fact is not None
    }


def wanted() -> dict[str, str]:
    found = {}
    for department in (HOIKU, KIKAKU, KYOIKU, SODAN):
        for id_, answer in answers_of(department).items():
            parts = ("進捗状況", "実績", "報告できない理由")
            found[id_] = "|".join(answer.get(each) or "" for each in parts)
    return found


def outcomes(collected: Collected) -> dict[str, ReturnOutcome]:
    return {each.name: each.outcome for each in collected.files}


def test_a_year_with_damaged_sheets_is_mended_step_by_step(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, answers_of(HOIKU), "保育課（提出）.xlsx")
    case.answer(KYOIKU, answers_of(KYOIKU), "5月/教育課.xlsx")
    broken = case.answer(SODAN, answers_of(SODAN))
    good = broken.read_bytes()
    broken.write_bytes(good[: len(good) // 2])
    kikaku = case.answer(KIKAKU, answers_of(KIKAKU))
    put(kikaku, "most", "実績", "20.9人")
    put(kikaku, "keep", "目標値", "年間1人")

    def without_bed(book: Workbook) -> None:
        book["実績"].delete_rows(row_of(book["実績"], "bed-a"))

    edited(kikaku, without_bed)

    first = case.collect()
    assert outcomes(first) == {
        "5月/教育課.xlsx": ReturnOutcome.TAKEN,
        "企画課.xlsx": ReturnOutcome.PARTLY,
        "保育課（提出）.xlsx": ReturnOutcome.TAKEN,
        "相談課.xlsx": ReturnOutcome.REFUSED,
    }
    assert {each.department: len(each.measures) for each in first.missing} == {SODAN: 1, KIKAKU: 2}

    broken.write_bytes(good)
    case.answer(KIKAKU, answers_of(KIKAKU), "企画課（再提出）.xlsx")
    second = case.collect()
    assert [each.department for each in second.choices] == [KIKAKU]
    third = case.collect(use=["企画課（再提出）.xlsx"])
    assert (third.is_complete, third.missing) == (True, ())
    assert reported(case) == wanted()
    assert [path.suffix for path in build(case.report)] == [".docx", ".pdf"]


@pytest.mark.tools
def test_what_libreoffice_saves_is_read_the_same(tmp_path: Path):
    case = asked(tmp_path)
    departments = (HOIKU, KIKAKU, KYOIKU, SODAN)
    resaved(tmp_path, *(case.answer(each, answers_of(each)) for each in departments))
    put(case.inbox / f"{HOIKU}.xlsx", "share", "実績", 0.986)
    edited(case.inbox / f"{HOIKU}.xlsx", as_percentage)
    resaved(tmp_path, case.inbox / f"{HOIKU}.xlsx")

    collected = case.collect()
    assert told(collected) == []
    assert collected.warnings == ()
    assert reported(case) == wanted()

    resaved(tmp_path, case.workbook)
    again = case.collect()
    assert (again.is_complete, again.changes) == (True, ())


def as_percentage(book: Workbook) -> None:
    sheet = book["実績"]
    sheet.cell(row_of(sheet, "share"), titles_of(sheet)["実績"]).number_format = "0.0%"


def test_a_new_years_prepared_rows_are_the_ones_that_are_filled_in(tmp_path: Path):
    asked(tmp_path)
    folder = start_year(2022, tmp_path).folder
    before = rows_of_comments(folder)
    handed = {each.department: each.path for each in hand_out(folder)}
    case = Asked(folder, handed)
    path = case.answer(HOIKU, {})
    put(path, "p1", "主な取組", "保育所を増やしました。", "計画コメント")
    case.collect()
    after = rows_of_comments(folder)
    assert [row[0] for row in after] == [row[0] for row in before]
    assert [row[3] for row in after if row[0] == "p1"] == ["保育所を増やしました。"]


def rows_of_comments(folder: Path) -> list[tuple[Any, ...]]:
    return list(load_workbook(folder / "actuals.xlsx")["計画コメント"].values)
