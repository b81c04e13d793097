"""One department in several spellings is one, and asked about."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kpireport.sources.department_names import is_same_department, known_spelling
from tests.sources.workbooks import book, load, row, save


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("建設環境課", "建設・環境課"),
        ("建設環境課", "建設･環境課"),
        ("ICT推進課", "ＩＣＴ推進課"),
        ("子育て支援課", "子育て　支援課"),
        ("デジタル課", "ﾃﾞｼﾞﾀﾙ課"),
        ("デジタル課", unicodedata.normalize("NFD", "デジタル課")),
        ("保育課", "こども部保育課"),
        ("保育課", "みどり市保育課"),
    ],
)
def test_spellings_of_one_department(one: str, other: str):
    assert is_same_department(one, other)
    assert is_same_department(other, one)
    assert known_spelling(other, ["総務課", one]) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教育課", "学校教育課"),
        ("市民部総務課", "教育部総務課"),
        ("保育課", "保健課"),
        ("環境課", "建設・環境課"),
        ("", "保育課"),
    ],
)
def test_other_departments(one: str, other: str):
    assert not is_same_department(one, other)


def test_a_name_that_may_be_either_of_two_is_neither():
    assert known_spelling("総務課", ["市民部総務課", "教育部総務課"]) == "総務課"


def test_rows_in_two_spellings_are_one_departments(tmp_path: Path):
    rows = [
        row("i1", 7, department="建設・環境課"),
        row("i2", 7, department="建設環境課"),
        row("i3", 1, department="建設環境課"),
    ]
    actuals, (problem,) = load(save(book(rows), tmp_path))
    assert {each.department for each in actuals.entries} == {"建設・環境課"}
    assert problem.place == "実績!H3"
    assert problem.what.startswith("「建設環境課」と「建設・環境課」は、同じ部署ですか。")
