"""Tables that are set by tabs and spaces in the paragraphs of Word files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan_documents.words import paragraph, read_word, run, shown

HEADER = ["指標", "現状値", "目標値"]
STOPS = '<w:tabs><w:tab w:val="left" w:pos="4000"/><w:tab w:val="left" w:pos="6000"/></w:tabs>'


def lines(*said: str, properties: str = "") -> str:
    def line(text: str) -> str:
        runs = "<w:r><w:tab/></w:r>".join(run(each) for each in text.split("\t"))
        return paragraph(runs, properties=properties)

    return "".join(map(line, said))


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("保育所の整備\t165所\t181所", ["保育所の整備", "165所", "181所"]),
        ("保育所の整備\t\t181所", ["保育所の整備", "-", "181所"]),
        ("保育所の整備\t165所", ["保育所の整備", "165所", "-"]),
        ("①\u3000\u3000保育所の整備\t165所\t181所", ["① 保育所の整備", "165所", "181所"]),
    ],
)
def test_tabs_lead_to_the_stops_that_are_set(tmp_path: Path, said: str, row: list[str]) -> None:
    body = lines("指標\t現状値\t目標値", said, "園の認定\t16園\t25園", properties=STOPS)

    document = read_word(tmp_path, body)

    assert shown(document) == [[HEADER, row, ["園の認定", "16園", "25園"]]]
    assert "タブや空白でそろえた" in next(document.tables()).doubts[0]


def test_tabs_lead_to_the_usual_stops_where_none_are_set(tmp_path: Path) -> None:
    """As many tabs as it takes: a long name needs fewer."""
    body = lines(
        "指標\t\t\t\t現状値\t目標値",
        "認定こども園の数\t\t16園\t25園",
        "保育所等の整備による受入枠\t165人\t181人",
        "相談の件数\t\t\t\t300件",
    )

    assert shown(read_word(tmp_path, body)) == [
        [
            HEADER,
            ["認定こども園の数", "16園", "25園"],
            ["保育所等の整備による受入枠", "165人", "181人"],
            ["相談の件数", "-", "300件"],
        ]
    ]


def test_wide_spaces_set_columns_too(tmp_path: Path) -> None:
    body = paragraph("指標\u3000\u3000\u3000現状値\u3000\u3000目標値") + paragraph(
        "保育所の整備\u3000\u3000165所\u3000\u3000181所"
    )

    assert shown(read_word(tmp_path, body)) == [[HEADER, ["保育所の整備", "165所", "181所"]]]


def test_lines_of_a_paragraph_are_rows(tmp_path: Path) -> None:
    body = paragraph(run("指標\u3000\u3000現状値\u3000\u3000目標値"), "<w:r><w:br/></w:r>",
                     run("園の認定\u3000\u300016園\u3000\u300025園"))  # fmt: skip

    assert shown(read_word(tmp_path, body)) == [[HEADER, ["園の認定", "16園", "25園"]]]


@pytest.mark.parametrize(
    "said",
    [
        ("第１章\u3000\u3000総論", "第２章\u3000\u3000各論"),
        ("発行\t小橋町", "編集\t企画課"),
        ("令和５年３月\t小橋町\t企画課",),
        ("１\u3000目的", "２\u3000期間"),
    ],
)
def test_other_words_that_stand_apart_are_no_table(tmp_path: Path, said: tuple[str, ...]) -> None:
    assert shown(read_word(tmp_path, lines(*said))) == [each.replace("\t", " ") for each in said]
