"""Covers that nothing sets off: in the size of the text, or in the first cells of a sheet."""

from __future__ import annotations

import pytest

from kpireport.plan_documents.front import front_of
from kpireport.plan_documents.tables import SourceText
from tests.plan_documents.hand_made import heading


def _cover(*lines: str) -> tuple[object, object, list[str]]:
    front = front_of([*map(SourceText, lines), heading("成果指標の考え方")])
    return (
        front.basics.get("cover"),
        front.basics.get("municipality"),
        [each.text for each in front.taken],
    )


def test_the_first_lines_of_a_document_are_its_cover() -> None:
    lines = ("やまなみ市総合戦略", "～住み続けたいまちへ～", "令和５年３月", "やまなみ市")
    assert _cover(*lines) == (
        {
            "title": ["やまなみ市総合戦略", "～住み続けたいまちへ～"],
            "issued": "令和５年３月",
            "issuer": "やまなみ市",
        },
        "やまなみ市",
        [*lines],
    )


@pytest.mark.parametrize("issue", ["令和５年３月　やまなみ市", "やまなみ市 令和５年３月"])
def test_one_line_says_when_and_by_whom(issue: str) -> None:
    title = "第２次やまなみ市総合計画　前期実施計画　成果指標一覧"
    assert _cover(title, issue) == (
        {"title": [title], "issued": "令和５年３月", "issuer": "やまなみ市"},
        "やまなみ市",
        [title, issue],
    )


def test_a_title_that_names_the_plan_needs_no_date() -> None:
    assert _cover("やまなみ市総合計画　成果指標一覧", "成果指標の一覧") == (
        {"title": ["やまなみ市総合計画　成果指標一覧"]},
        "やまなみ市",
        ["やまなみ市総合計画　成果指標一覧"],
    )


@pytest.mark.parametrize(
    "line",
    [
        "この一覧は、やまなみ市総合計画の指標をまとめたものです。",
        "指標の一覧",
        "※　やまなみ市総合計画",
    ],
)
def test_other_first_lines_are_no_title(line: str) -> None:
    assert line not in _cover(line)[2]
