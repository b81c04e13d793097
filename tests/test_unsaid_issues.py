"""What a department calls no issue (課題：特になし), while something of it is late."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.reports import Report
from kpireport.sources.reference_words import says_none
from tests.review_reports import write_review

LATE, FINE = "97.0％", "100％"  # of 受入率, 97.2％ at the start


@pytest.mark.parametrize(
    "text",
    [
        "特になし",
        "特に課題はありません。",
        "課題なし",
        "現時点では、特にございません。",
        "―",
        "（保育課）特になし\n（企画課）なし",
    ],
)
def test_words_for_nothing(text: str):
    assert says_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "土地がない。",
        "課題は人材の不足です。",
        "（保育課）特になし\n（企画課）土地がない。",
        "特になし。ただし、土地が足りない。",
    ],
)
def test_words_that_say_something(text: str):
    assert not says_none(text)


def told(folder: Path, value: str, issues: str, review: str = "") -> list[tuple[str, str, str]]:
    rows = [["share", None, 2021, value, None, None, None, "保育課"]]
    comments = [["p1", None, 2021, "増設しました。", issues, "広げます。"]]
    report = write_review(folder, rows=rows, comments=comments, review=review)
    warnings = Report.open(report).inspected().findings.warnings
    return [(each.place, each.what, each.settled_by) for each in warnings if "課題" in each.what]


def test_nothing_said_of_what_is_late_is_asked_about(tmp_path: Path):
    ((place, what, settled_by),) = told(tmp_path, LATE, "特になし")
    assert place == "計画コメント!E2"
    assert what.startswith("「課題」が「特になし」ですが、遅れている指標があります（「受入率")
    assert settled_by == "p1"


@pytest.mark.parametrize(
    ("value", "issues", "review"),
    [
        (LATE, "土地がない。", ""),
        (FINE, "特になし", ""),
        (LATE, "特になし", 'accept = ["p1"]'),
    ],
)
def test_what_fits_or_was_confirmed_is_not(tmp_path: Path, value: str, issues: str, review: str):
    assert told(tmp_path, value, issues, review) == []


def test_what_is_inspected_and_then_built_is_asked_about_once(tmp_path: Path):
    rows = [["share", None, 2021, LATE, None, None, None, "保育課"]]
    comments = [["p1", None, 2021, "増設しました。", "特になし", "広げます。"]]
    folder = write_review(tmp_path, rows=rows, comments=comments, review="draft = true")
    report = Report.open(folder).inspected()
    found = report.findings.warnings
    assert any("課題" in each.what for each in found)
    assert report.document
    assert report.findings.warnings == found
