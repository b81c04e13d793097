"""Ids and switches put into settings: comments, order and layout stay."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from kpireport.editing.toml_items import (
    accepted_remarks,
    with_accepted,
    with_draft,
    with_items,
    with_template,
)

BEFORE = """\
# 令和３年度
[review] # 実績版
fiscal_year = 2021  # 年度
draft = true  # まだ

# --- 回収
[collection]
contact = "企画課"
"""


def test_ids_are_added_with_their_remarks_below_the_year():
    made = with_accepted(BEFORE.encode(), {"p1": "保育課に確認（6月3日）", "p2": ""}).decode()
    added = 'accept = [\n  "p1", # 保育課に確認（6月3日）\n  "p2",\n]\n'
    assert made == BEFORE.replace("  # 年度\n", f"  # 年度\n{added}")


@pytest.mark.parametrize(
    ("before", "remark", "after"),
    [
        ('accept = ["a", "b"] # 済み', "", 'accept = ["a", "b", "p1"] # 済み'),
        ("accept = []", "", 'accept = ["p1"]'),
        ('accept = ["a"] # 済み', "確認", 'accept = ["a",\n  "p1", # 確認\n] # 済み'),
        (
            'accept = [\n  "a", # 甲\n\n  # 別\n  "b"  # 乙\n]',
            "確認",
            'accept = [\n  "a", # 甲\n\n  # 別\n  "b",  # 乙\n  "p1", # 確認\n]',
        ),
    ],
)
def test_ids_are_added_to_a_list_that_is_there(before: str, remark: str, after: str):
    data = f"[review]\nfiscal_year = 2021\n{before}\ndraft = true\n"
    assert with_accepted(data.encode(), {"p1": remark}).decode() == data.replace(before, after)


def test_marks_and_line_ends_stay():
    data = ("\ufeff" + BEFORE.replace("\n", "\r\n")).encode()
    made = with_accepted(data, {"p1": "確認"})
    assert made.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert tomllib.loads(made.decode("utf-8-sig"))["review"]["accept"] == ["p1"]


def test_a_draft_becomes_final():
    assert with_draft(BEFORE.encode(), is_draft=False).decode() == BEFORE.replace("true", "false")
    plain = "[review]\nfiscal_year = 2021\n\n# 後\n[output]\n"
    made = with_draft(plain.encode(), is_draft=True).decode()
    assert made == plain.replace("2021\n", "2021\ndraft = true\n")


def test_a_template_is_put_where_the_word_file_is_told_of():
    data = BEFORE.replace("# --- 回収", '[docx] # 見た目\ncharts = "image"\n\n# --- 回収')
    made = with_template(data.encode(), "../様式.docx").decode()
    assert made == data.replace("見た目\n", '見た目\ntemplate = "../様式.docx"\n')
    other = with_template(made.encode(), "別の様式.docx").decode()
    assert other == made.replace("../様式.docx", "別の様式.docx")
    assert with_template(other.encode(), "").decode() == other.replace("別の様式.docx", "")


def test_a_template_gets_its_section_and_none_needs_none():
    made = with_template(BEFORE.encode(), "様式.docx").decode()
    assert made.startswith(BEFORE)
    assert tomllib.loads(made)["docx"] == {"template": "様式.docx"}
    assert with_template(BEFORE.encode(), "") == BEFORE.encode()


def test_remarks_are_read_back_as_they_were_put() -> None:
    data = b"[review]\nfiscal_year = 2021\naccept = [\"a\",\n 'b', # both\n]\n"
    assert accepted_remarks(data) == {"a": "", "b": "both"}
    remarks = {"p01-02": "電話で確認（6月3日 佐藤）", "p03": "", "p04": "# 二つ目"}
    made = with_accepted(b"[review]\nfiscal_year = 2021\n", remarks)
    assert accepted_remarks(made) == {**remarks, "p04": "# 二つ目"}
    assert accepted_remarks(b"[review]\nfiscal_year = 2021\n") == {}
    assert accepted_remarks(b'edition = "plan"\n') == {}


def test_values_are_put_in_their_sections_and_remarks_stay():
    made = with_items(
        BEFORE.encode(),
        {
            ("collection", "contact"): "総務課",
            ("collection", "deadline"): dt.date(2022, 5, 13),
            ("review", "results"): ["一", "二"],
            ("cover", "committee"): "会議",
        },
    ).decode()
    assert made == (
        BEFORE.replace('"企画課"', '"総務課"')
        .replace("[collection]\n", "[collection]\ndeadline = 2022-05-13\n")
        .replace("  # 年度\n", '  # 年度\nresults = [\n    "一",\n    "二",\n]\n')
        + '\n[cover]\ncommittee = "会議"\n'
    )


def test_a_value_stands_below_its_example():
    data = "[collection]\n# 期限。\n# deadline = 2022-05-13\n\n[output]\n# deadline = 1\n"
    made = with_items(data.encode(), {("collection", "deadline"): dt.date(2022, 6, 1)}).decode()
    assert made == data.replace("-05-13\n", "-05-13\ndeadline = 2022-06-01\n")


def test_an_item_is_taken_out():
    made = with_items(BEFORE.encode(), {("collection", "contact"): None}).decode()
    assert made == BEFORE.replace('contact = "企画課"\n', "")
