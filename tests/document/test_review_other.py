"""Another municipality's review: four goals, 2015 to 2019, its own words, another scheme.

Nothing but the plan's file and the settings makes it: a goal without plans, an
indicator that is never reported, goals without numeric targets, no comments at all.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from kpireport.conductor import build
from kpireport.document.blocks import Document, FigureGrid, SamplePage
from kpireport.document.plan import compose_plan
from kpireport.writers.docx import write_docx
from kpireport.writers.pdf import write_pdf
from tests.review_reports import (
    METADATA,
    OUTPUTS,
    PLAN,
    actuals_of,
    cell,
    chapter,
    charts_of,
    document_of,
    indicator,
    part,
    read_plan,
    shown,
    small_document,
    small_review,
    write_review,
)
from tests.writers.docx.expected import comparable, expected_content
from tests.writers.docx.reader import read_docx
from tests.writers.pdf.test_review_pdf import (
    expected_of,
    pages_by_bookmarks,
    read_pdf,
    said_by,
)

LONG = "地域で活動する団体が参加する催しの年間延べ参加者数（東部・中部・西部の合計）"
LABELS = {
    "goal": "柱",
    "numeric_targets": "成果目標",
    "directions": "方針",
    "plan": "施策",
    "indicators": "指標一覧",
    "indicator": "項目",
    "indicator_noun": "項目",
    "baseline": "基準値",
    "baseline_note": "平成26年度",
    "target": "目標",
}
HARBOUR: dict[str, Any] = {
    "format": 1,
    "municipality": "みなと町",
    "cover": {"issued": "平成27年10月", "issuer": "みなと町", "title": ["みなと町総合戦略"]},
    "years": {"baseline": 2014, "target": 2019, "numeric_target": 2019},
    "labels": LABELS,
    "goals": [
        {
            "id": "work",
            "numeral": "１",
            "title": "働く",
            "numeric_targets": [
                indicator(
                    "jobs",
                    "就業者数",
                    cell("12,000人", (12000, "人", "")),
                    cell("12,500人", (12500, "人", ""), kind="at_least"),
                )
            ],
            "directions": [],
            "plans": [
                {
                    "id": "a",
                    "label": "1-1",
                    "title": "漁業の担い手を育てる",
                    "indicators": [
                        indicator(
                            "crowd",
                            LONG,
                            cell("1,147,154人", (1147154, "人", "")),
                            cell("1,300,000人", (1300000, "人", ""), kind="at_least"),
                        ),
                        indicator(
                            "never",
                            "新規就業者の定着率",
                            cell("―"),
                            cell("60％", (60, "％", ""), kind="at_least"),
                        ),
                        indicator(
                            "garbage",
                            "1人1日あたりのごみの量",
                            cell("520g", (520, "g", "")),
                            cell("480g", (480, "g", ""), kind="at_most"),
                        ),
                    ],
                }
            ],
        },
        {
            "id": "come",
            "numeral": "２",
            "title": "人を呼ぶ",
            "numeric_targets": [],
            "directions": [],
            "plans": [],
        },
        {
            "id": "raise",
            "numeral": "３",
            "title": "育てる",
            "numeric_targets": [],
            "directions": [{"paragraphs": ["見守ります。"]}],
            "plans": [
                {
                    "id": "b",
                    "label": "3-1",
                    "title": "子ども",
                    "indicators": [
                        indicator(
                            "club",
                            "児童クラブ",
                            cell("3クラブ", (3, "クラブ", "")),
                            cell("5クラブ", (5, "クラブ", ""), kind="at_least"),
                        )
                    ],
                }
            ],
        },
        {
            "id": "live",
            "numeral": "４",
            "title": "暮らす",
            "numeric_targets": [],
            "directions": [],
            "plans": [
                {
                    "id": "c",
                    "label": "4-1",
                    "title": "交通",
                    "indicators": [
                        indicator("bus", "乗合バスの再編", cell("検討"), cell("運行", kind="state"))
                    ],
                }
            ],
        },
    ],
}
VALUES: dict[str, list[Any]] = {
    "jobs": ["12,050人", "12,100人", "12,300人", "12,480人", "12,510人"],
    "crowd": ["1,163,200人", "1,181,000人", "1,180,500人", "1,205,000人", "1,301,234人"],
    "garbage": ["518g", "510g", "501g", "491g", "485g"],
    "club": [3, 3, 4, 4, 5],
}
STATES = ["未着手", "準備", "準備", "実施中", "達成"]


def rows() -> list[list[Any]]:
    found: list[list[Any]] = []
    for id_, values in VALUES.items():
        for year, value in enumerate(values, start=2015):
            found.append([id_, None, year, value, None, None, None, "企画課"])
    for year, state in enumerate(STATES, start=2015):
        found.append(["never", None, year, None, None, "調査をしていないため", None, "水産課"])
        found.append(["bus", None, year, None, state, None, None, "交通課"])
    return found


@cache
def harbour(evaluation: str) -> tuple[Document, bytes, bytes]:
    """The document, and the Word and PDF files that the conductor makes of the folder."""
    with TemporaryDirectory() as folder:
        report = write_review(
            Path(folder),
            2019,
            plan=HARBOUR,
            rows=rows(),
            evaluation=evaluation,
            review='issued = "令和２年８月"\nreasons = true',
        )
        warnings: list[object] = []
        build(report, warn=warnings.append)
        assert warnings == []
        word, pdf = ((report / name).read_bytes() for name in OUTPUTS)
        return document_of(report), word, pdf


KITSUKI, NAGAYO = 'scheme = "kitsuki"', 'scheme = "nagayo"'
OWN = """
scheme = "linear"
[evaluation.marks.reached]
symbol = "★"
word = "できた"
[evaluation.thresholds.approach]
behind = 50
"""
IDS = ("kitsuki", "nagayo", "own")
SCHEMES = pytest.mark.parametrize("evaluation", [KITSUKI, NAGAYO, OWN], ids=IDS)


@SCHEMES
def test_both_files_say_what_the_blocks_say(evaluation: str) -> None:
    document, word, pdf = harbour(evaluation)
    found = read_pdf(pdf)
    pages = pages_by_bookmarks(pdf, found, document)
    assert list(said_by(found.tree)) == list(expected_of(document, pages))
    assert comparable(read_docx(word)) == expected_content(document, pages)


def test_five_years_lie_on_their_side_with_their_eras() -> None:
    document, _, pdf = harbour(KITSUKI)
    assert {section.landscape for section in document.sections[2:]} == {True}
    lying = [page.width > page.height for page in read_pdf(pdf).pages]
    assert not any(lying[:2])  # cover, result
    assert all(lying[2:])
    head = shown(chapter(document, "goal-work"))
    assert (
        "= 項目 | 基準値 / 平成26年度 | 平成27年度 / 実績 | 平成28年度 / 実績 | 平成29年度 / 実績"
        " | 平成30年度 / 実績 | 令和元年度 / 実績 | 目標 | 推移 / 進捗率 | 評価"
    ) in head
    charts = [block for block in chapter(document, "goal-work") if isinstance(block, FigureGrid)]
    points = charts[-1].figures[0].chart.points  # type: ignore[union-attr]
    assert [point.label for point in points] == ["H26", "H27", "H28", "H29", "H30", "R1"]


@pytest.mark.parametrize(
    ("evaluation", "marks"),
    [
        (KITSUKI, {"crowd": "A", "never": "…", "garbage": "B", "club": "B", "bus": "A"}),
        (NAGAYO, {"crowd": "S", "never": "…", "garbage": "A", "club": "A", "bus": "S"}),
        (OWN, {"crowd": "★", "never": "…", "garbage": "△", "club": "★", "bus": "★"}),
    ],
    ids=IDS,
)
def test_the_marks_are_the_schemes(evaluation: str, marks: dict[str, str]) -> None:
    """By hand: 1,301,234 of 1,300,000; 485 g of 480 g (from 520: 87.5 %); 5 of 5 clubs."""
    names = {LONG: "crowd", "新規就業者の定着率": "never", "1人1日あたりのごみの量": "garbage"}
    names |= {"児童クラブ": "club", "乗合バスの再編": "bus"}
    lines = shown(part(chapter(harbour(evaluation)[0], "appendix"), "appendix-3"))
    cells = [line.split(" | ") for line in lines[1:]]
    found = {names[each[1]]: each[-1][0] for each in cells if each[1] in names}
    assert found == marks


def test_its_own_words_are_everywhere() -> None:
    lines = shown(harbour(KITSUKI)[0].blocks())
    text = "\n".join(lines)
    assert "みなと町総合戦略" in lines
    assert "令和元年度実績報告書" in lines
    assert any("に掲げた４つの柱と３つの施策の、５つの項目および１つの成果目標" in x for x in lines)
    assert "## 評価が「D 注視を継続」「C 改善や工夫が必要」の項目および成果目標" in lines
    assert "図２　柱ごとの項目の評価" in lines
    for other in ("基本目標", "戦略計画", "重要業績評価指標", "数値目標", "練馬"):
        assert other not in text, other


def test_a_goal_without_plans_and_targets_is_a_chapter_of_its_title() -> None:
    document = harbour(KITSUKI)[0]
    assert shown(chapter(document, "goal-come")) == ["# ２　人を呼ぶ", "柱 | 人を呼ぶ"]
    bars = next(x for x in shown(chapter(document, "glance")) if x.startswith("図 柱ごと"))
    assert "２　人を呼ぶは0項目（A0（前年度±０））。" in bars


def test_an_indicator_never_reported_has_its_reason_and_no_chart() -> None:
    document = harbour(KITSUKI)[0]
    unreported = shown(part(chapter(document, "behind"), "behind-unreported"))
    assert unreported == [
        "表２　実績の報告がない項目と理由",
        "= 施策 | 項目 | 理由",
        "1-1 | 新規就業者の定着率 | 調査をしていないため",
    ]
    assert charts_of(document.blocks()) == [LONG, "1人1日あたりのごみの量", "児童クラブ"]


def test_every_plan_is_listed_with_its_marks() -> None:
    listed = [each for each in harbour(KITSUKI)[0].headings() if each.id.startswith("plan-")]
    assert [(each.text, each.status) for each in listed] == [
        ("1-1　漁業の担い手を育てる", "A1 B1 …１"),
        ("3-1　子ども", "B1"),
        ("4-1　交通", "A1"),
    ]


# --- unusual plans, written in both formats --------------------------------------


def only(*indicators: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan of one goal with these indicators."""
    plan = {"id": "p", "label": "計画１", "title": "ひとつ", "indicators": list(indicators)}
    goal = {**PLAN["goals"][1], "plans": [plan], **more}
    return {**PLAN, "goals": [goal]}


UNUSUAL: dict[str, tuple[dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "one indicator": (
        only(PLAN["goals"][1]["plans"][0]["indicators"][1]),
        {"calls": ("6,402件", "6,500件")},
    ),
    "one state": (
        only(PLAN["goals"][0]["plans"][1]["indicators"][0]),
        {"tablets": ("準備：試行", "達成：配備")},
    ),
    "one that nobody reported": (only(PLAN["goals"][1]["plans"][0]["indicators"][1]), {}),
    "no indicator": (only(), {}),
    "no plan": ({**PLAN, "goals": [{**PLAN["goals"][1], "plans": []}]}, {}),
    "a group longer than the sample page": (
        only(
            {
                "id": "group",
                "name": "まとまり",
                "indicators": [
                    indicator(
                        f"i{number}",
                        f"病院{number}",
                        cell("1床", (1, "床", "")),
                        cell("2床", (2, "床", ""), kind="at_least"),
                    )
                    for number in range(40)
                ],
            }
        ),
        {f"i{number}": ("1床", "2床") for number in range(40)},
    ),
    "texts without end": (
        only(
            indicator(
                "long",
                "とても長い名前の指標" * 20,
                cell("検討" * 60),
                cell("実施" * 60, kind="state"),
            )
        ),
        {"long": ("準備：" + "調整" * 90, "実施中：" + "開始" * 90)},
    ),
    "big numbers": (
        only(
            indicator(
                "big",
                "決算額",
                cell("1,234,567,890円", (1234567890, "円", "")),
                cell("1,500,000,000円", (1500000000, "円", ""), kind="at_least"),
            )
        ),
        {"big": ("1,334,567,890円", "0円")},
    ),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_an_unusual_plan_is_written_in_both_formats(name: str) -> None:
    plan, figures = UNUSUAL[name]
    review = small_review(2021, plan=read_plan(plan), actuals=actuals_of(2021, figures, ()))
    document = small_document(2021, review=review)
    pdf = write_pdf(document)
    found = read_pdf(pdf)
    pages = pages_by_bookmarks(pdf, found, document)
    assert list(said_by(found.tree)) == list(expected_of(document, pages))
    word = write_docx(document, page_numbers=pages)
    assert comparable(read_docx(word)) == expected_content(document, pages)
    samples = [block for block in document.blocks() if isinstance(block, SamplePage)]
    assert all(sample.tables for sample in samples)


def test_a_plan_edition_whose_first_row_is_longer_than_the_sample_page() -> None:
    goal = PLAN["goals"][0]
    first = goal["plans"][0]
    long = {**first["indicators"][0], "name": "とても長い名前の指標" * 100}
    callout = {"mark": "①", "column": "target", "label": "「目標値」欄", "text": "目標の値。"}
    data = {
        **PLAN,
        "how_to_read": {"title": "見方", "goal": "g1", "plans": ["p1"], "callouts": [callout]},
        "goals": [{**goal, "plans": [{**first, "indicators": [long]}]}],
    }
    document = compose_plan(read_plan(data), METADATA)
    (sample,) = (block for block in document.blocks() if isinstance(block, SamplePage))
    name = shown([sample])[-1].split(" | ")[1]
    assert name.endswith("…")
    assert len(name) < 300
    assert write_pdf(document).startswith(b"%PDF")
    assert write_docx(document).startswith(b"PK")
