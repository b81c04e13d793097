"""The columns that people fill in: what each says of itself agrees with the facts."""

from __future__ import annotations

import dataclasses

import pytest

from kpireport.collection.fresh_book import FreshBook
from kpireport.domain.actuals import Actual, Override
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals_forms import (
    ACTUALS,
    OVERRIDES,
    USUAL_COMMENT_FORM,
    InputForm,
)
from kpireport.writers.xlsx.book import CellLook, Choice

YEAR = FiscalYear(2021)
FACTS = [(ACTUALS, Actual), (OVERRIDES, Override)]


@pytest.mark.parametrize(("form", "fact"), FACTS, ids=lambda each: getattr(each, "name", ""))
def test_every_input_is_a_field_of_its_fact_and_every_field_said_once(form: InputForm, fact: type):
    fields = [each.name for each in dataclasses.fields(fact)]
    inputs = [each.field for each in form.inputs]

    given = {"measure_id", "plan_id", "fiscal_year", "department", "answers"}
    assert sorted(inputs) == sorted(each for each in fields if each not in given)


def test_a_fact_says_its_texts_by_title():
    actual = Actual("p01", YEAR, parse_value("８か所"), reason="", comment="増設した。")

    assert ACTUALS.texts(actual) == {
        "実績": "８か所",
        "進捗状況": "",
        "評価": "",
        "報告できない理由": "",
        "コメント": "増設した。",
    }
    assert set(USUAL_COMMENT_FORM.texts(None).values()) == {""}


def test_value_state_and_reason_are_one_answer():
    titles = [[each.title for each in columns] for columns in ACTUALS.answers]
    assert titles == [["実績", "進捗状況", "報告できない理由"], ["評価"], ["コメント"]]
    assert [len(columns) for columns in USUAL_COMMENT_FORM.answers] == [1, 1, 1]


def test_every_input_has_its_place_in_the_reports_own_workbook():
    book = FreshBook(YEAR, ["◎"], [{}], [{}], choices=["A 順調"]).book("企画課")
    _, *sheets = book.sheets
    for form, sheet in zip((ACTUALS, USUAL_COMMENT_FORM, OVERRIDES), sheets, strict=True):
        titles = [each.value for each in sheet.rows[0].cells]
        looks = dict(zip(titles, (each.look for each in sheet.rows[1].cells), strict=True))
        widths = dict(zip(titles, sheet.widths, strict=True))
        for column in form.inputs:
            assert looks[column.title] is CellLook.INPUT
            assert widths[column.title] == column.width


def test_a_mark_is_asked_for_where_people_choose_it_and_set_otherwise_where_it_is_computed():
    computed = FreshBook(YEAR, ["◎"], [{}], [{}]).book("企画課")
    chosen = FreshBook(YEAR, (), [{}], [{}], choices=["A 順調", "B 遅れ"]).book("企画課")
    neither = FreshBook(YEAR, (), [{}], [{}]).book("企画課")

    def sheets(book):
        return {each.name: [cell.value for cell in each.rows[0].cells] for each in book.sheets}

    assert "評価" not in sheets(computed)["実績"]
    assert "評価の修正" in sheets(computed)
    assert "評価" in sheets(chosen)["実績"]
    assert "評価の修正" not in sheets(chosen)
    assert "評価" not in sheets(neither)["実績"]
    assert "評価の修正" not in sheets(neither)
    cells = chosen.sheets[1].rows[1].cells
    choices = [cell.validation for cell in cells if isinstance(cell.validation, Choice)]
    assert ("A 順調", "B 遅れ") in [each.options for each in choices]
