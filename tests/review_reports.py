"""Reviews for tests: a small plan with indicators of every kind, and the three samples.

The plan is another municipality's than the samples'. It runs from fiscal 2020 to 2022;
:data:`FIGURES` has three years of actuals, of which a review takes those up to its own.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias, assert_never

from kpireport.document.blocks import (
    Bar,
    Block,
    Cell,
    CellBlock,
    Clip,
    Contents,
    Cover,
    Document,
    DocumentMetadata,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    Row,
    SamplePage,
    Section,
    Sparkline,
    Table,
)
from kpireport.document.captions import captions_of
from kpireport.document.charts import LineChart
from kpireport.document.review import compose_review, review_title
from kpireport.document.reviews import Review
from kpireport.document.texts import NOTHING_SPOKEN
from kpireport.document.walk import block_texts
from kpireport.domain.actuals import Actual, Actuals, Override, ReportedState
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import Orientation, ReviewSettings
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import SCHEMES, Criteria, Scheme, evaluate, scheme_from_settings
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.settings import load_settings
from tests.documents import ROOT
from tests.kept import kept
from tests.said import said
from tests.sources import catalogues
from tests.sources.workbooks import book, save

METADATA = DocumentMetadata("実績", "みどり市", "", (), dt.date(2022, 9, 1))
SAMPLE_YEARS = (2019, 2020, 2021)
SAMPLE_NOTICE, DRAFT_NOTICE = "見本：数値は架空", "作成中"


# --- the plan --------------------------------------------------------------------


def cell(text: str, *quantities: tuple[float, str, str], **more: Any) -> dict[str, Any]:
    """A cell of the catalogue with its quantities: value, unit, prefix."""
    stated = [{"value": v, "unit": u, "prefix": p} for v, u, p in quantities]
    return {"text": text, **({"quantities": stated} if stated else {}), **more}


def with_yearly_targets(plan: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The small plan with targets of 2021 (年度ごとの目標値) by indicator's id."""
    data: dict[str, Any] = copy.deepcopy(dict(plan))
    plans = [each for goal in data["goals"] for each in goal["plans"]]
    rows = [each for inner in plans for each in inner["indicators"]]
    rows += [each for row in rows for each in row.get("indicators", ())]
    found = {row["id"]: row for row in rows}
    for id_, text in texts.items():
        found[id_]["yearly_targets"] = [{"fiscal_year": 2021, "text": text}]
    return data


def indicator(id_: str, name: str, baseline: Any, target: Any, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": name, "baseline": baseline, "target": target, **more}


_PLACES = [
    indicator(
        "share",
        "受入率",
        cell("97.2％", (97.2, "％", "")),
        cell("100％", (100, "％", ""), kind="at_least"),
    ),
    indicator(
        "two",
        "保育所",
        cell("165所（定員14,760人）", (165, "所", ""), (14760, "人", "定員")),
        cell("181所（定員15,660人）", (181, "所", ""), (15660, "人", "定員"), kind="at_least"),
    ),
    indicator(
        "most",
        "認定率\n（年度末）",
        cell("20.5％", (20.5, "％", "")),
        cell("21.9％以下", (21.9, "％", ""), kind="at_most"),
    ),
    indicator(
        "keep",
        "就労者数",
        cell("年間226人", (226, "人", "年間")),
        cell("年間200人", (200, "人", "年間"), kind="keep_at_least"),
    ),
    {
        "id": "beds",
        "name": "病床の確保",
        "indicators": [
            indicator(
                "bed-a",
                "東病院",
                cell("342床", (342, "床", "")),
                cell("457床※令和5年度", (457, "床", ""), kind="at_least", deadline=2023),
            ),
            indicator(
                "bed-b",
                "西病院",
                cell("400床", (400, "床", "")),
                cell("490床（90床増）", (490, "床", ""), kind="at_least"),
            ),
        ],
    },
]
_STATES = [
    indicator("tablets", "端末の配備", cell("検証"), cell("全校配備", kind="state")),
    indicator(
        "boards",
        "黒板の配備",
        cell("検証", shared_with="tablets"),
        cell("配備（一部）", kind="state"),
    ),
]
_OTHERS = [
    indicator(
        "new", "窓口の移転", cell("―"), cell("３か所移転", (3, "か所", ""), kind="new_count")
    ),
    indicator(
        "calls",
        "相談件数",
        cell("6,402件", (6402, "件", "")),
        cell("現状値から増加", kind="above_baseline"),
    ),
    indicator(
        "crime",
        "犯罪件数",
        cell("1,200件", (1200, "件", "")),
        cell("現状値から減少", kind="below_baseline"),
    ),
    indicator("visits", "閲覧数", cell("―"), cell("前年度実績から増加", kind="above_previous")),
    indicator("fresh", "加入率", cell("―"), cell("20％", (20, "％", ""), kind="at_least")),
]
LABELS = {
    "goal": "基本目標",
    "numeric_targets": "数値目標",
    "numeric_targets_note": "（令和6年度末）",
    "directions": "基本的な\n方向性",
    "plan": "戦略計画",
    "indicators": "重要業績評価指標",
    "indicator": "指標",
    "baseline": "現状値",
    "baseline_note": "令和元年度末",
    "target": "目標値",
    "target_note": "令和4年度末",
}
PLAN: dict[str, Any] = {
    "format": 1,
    "municipality": "みどり市",
    "levels": [{"key": "goal", "page": True}, {"key": "plan"}],
    "cover": {"issued": "令和２年４月", "issuer": "みどり市", "title": ["みどり市", "総合計画"]},
    "years": {"baseline": 2019, "target": 2022, "numeric_target": 2024},
    "labels": LABELS,
    "goals": [
        {
            "id": "g1",
            "numeral": "Ⅰ",
            "title": "安心のまち",
            "numeric_targets": [
                indicator(
                    "survey",
                    "満足度",
                    cell("62.1％", (62.1, "％", "")),
                    cell("現状値から上昇", kind="above_baseline"),
                )
            ],
            "directions": [{"paragraphs": ["支えます。"], "items": ["増やす。"]}],
            "plans": [
                {"id": "p1", "label": "計画１", "title": "居場所", "indicators": _PLACES},
                {"id": "p2", "label": "計画２", "title": "端末", "indicators": _STATES},
            ],
        },
        {
            "id": "g2",
            "numeral": "Ⅱ",
            "title": "つながるまち",
            "numeric_targets": [],
            "directions": [],
            "plans": [
                {"id": "p3", "label": "計画３", "title": "窓口", "indicators": _OTHERS},
                {"id": "p4", "label": "計画４", "title": "検討中", "indicators": []},
            ],
        },
    ],
}

# id: the actuals of 2020, 2021, 2022; ``state：text``, or ``!reason`` where there is none
FIGURES: dict[str, tuple[str, str, str]] = {
    "survey": ("63.4％", "", "62.1％"),
    "share": ("97.9％", "98.6％", "99.9％"),
    "two": ("171所（定員15,093人）", "176所", "181所（定員15,600人）"),
    "most": ("21.0％", "20.9％", "22.0％"),
    "keep": ("年間190人", "年間179人", "年間210人"),
    "bed-a": ("342床", "342床", "400床"),
    "bed-b": ("390床", "445床", "520床"),
    "tablets": ("準備：仕様の検討", "実施中：40校に配備", "達成：全校に配備"),
    "boards": ("未着手：", "準備：業者の選定", ""),
    "new": ("―", "１か所", "２か所"),
    "calls": ("6,402件", "6,500件", "6,300件"),
    "crime": ("1,300件", "1,200件", "1,100件"),
    "visits": ("10,000件", "12,000件", "11,000件"),
    "fresh": ("5％", "!調査を延期したため", "18％"),
}
COMMENTS = (
    said("p1", FiscalYear(2021), "増設しました。\n定員を増やしました。", "土地がない。", ""),
    said("p3", FiscalYear(2021), outlook="広げます。"),
)
OVERRIDES = (
    Override("bed-a", FiscalYear(2021), "○", "開院のときに一度に増えるため。"),
    Override("crime", FiscalYear(2020), "△", "数え方が変わったため。"),
)


def read_plan(data: Mapping[str, Any]) -> Catalogue:
    """The catalogue that the data are, read from a file."""
    with TemporaryDirectory() as folder:
        return load_catalogue(catalogues.write(Path(folder), data))


@cache
def small_plan() -> Catalogue:
    return read_plan(PLAN)


def _actual(id_: str, year: int, text: str) -> Actual:
    if text.startswith("!"):
        return Actual(id_, FiscalYear(year), reason=text[1:], department="企画課")
    state, colon, words = text.partition("：")
    if colon:
        value = parse_value(words) if words else None
        return Actual(id_, FiscalYear(year), value, ReportedState(state))
    return Actual(id_, FiscalYear(year), parse_value(text))


def actuals_of(
    year: int,
    figures: Mapping[str, Sequence[str]] = FIGURES,
    overrides: tuple[Override, ...] = OVERRIDES,
) -> Actuals:
    """The actuals up to a year; an empty text is no report."""
    entries = (
        _actual(id_, each, text)
        for id_, texts in figures.items()
        for each, text in zip(range(2020, year + 1), texts, strict=False)
        if text
    )
    past = (each for each in overrides if each.fiscal_year.year <= year)
    return Actuals(tuple(entries), COMMENTS, tuple(past))


def small_review(
    year: int = 2021,
    scheme: Scheme | Criteria | str = "linear",
    *,
    plan: Catalogue | None = None,
    actuals: Actuals | None = None,
    numerals: NumeralStyle = NumeralStyle.MIXED,
    orientation: Orientation = Orientation.AUTO,
    **options: Any,
) -> Review:
    """The review of a year; overrides only where the marks are the default scheme's.

    ``options`` are the others of :meth:`Review.of`.
    """
    catalogue = plan or small_plan()
    rules = SCHEMES[scheme] if isinstance(scheme, str) else scheme
    is_default = Criteria.of(rules).scheme.name == "linear"
    known = actuals or actuals_of(year, overrides=OVERRIDES if is_default else ())
    evaluation = evaluate(catalogue, known, FiscalYear(year), rules)
    return Review.of(catalogue, known, evaluation, numerals, orientation, **options)


def small_document(year: int = 2021, *, review: Review | None = None, **words: Any) -> Document:
    """The composed review; ``words`` are of :class:`ReviewSettings`."""
    made = review or small_review(year)
    settings = ReviewSettings(FiscalYear(year), Path("actuals.xlsx"), **words)
    assert review_title(made, settings)
    return compose_review(made, settings, METADATA)


# --- documents as text -----------------------------------------------------------


def shown(blocks: Iterable[Block]) -> list[str]:
    """The blocks as lines: a table's rows with ``|`` between cells, marks with their words."""
    return [line for block in blocks for line in _lines(block)]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {block.outline or block.text}"
        case Paragraph() | ItemList():
            yield from _content((block,))
        case Note():
            yield f"{block.label} {' / '.join(_content(block.content))}"
        case Table() | SamplePage():
            yield from _table_lines(block)
        case FigureGrid():
            yield from (caption.printed for caption in captions_of(block))
            yield from (f"図 {figure.alternative_text}" for figure in block.figures)
        case Cover():
            yield from filter(None, block_texts(block))
        case PageBreak() | Contents():
            yield "----" if isinstance(block, PageBreak) else f"目次{block.depth}"
        case _:
            assert_never(block)


def _table_lines(block: Table | SamplePage) -> Iterator[str]:
    if isinstance(block, SamplePage):
        yield f"見本 {block.alternative_text}"
        for table in block.tables:
            yield from _table_lines(table)
        return
    yield from (caption.printed for caption in captions_of(block))
    yield from ("= " + row_text(row) for row in block.header_rows)
    yield from (row_text(row) for row in block.rows)


def row_text(row: Row) -> str:
    return " | ".join(map(cell_text, row.cells))


def cell_text(cell: Cell) -> str:
    return " / ".join(_content(cell.content))


_ARROWS = {None: "", Clip.BELOW: "←", Clip.BEYOND: "→"}
_UNSAID = (None, NOTHING_SPOKEN, "修正")  # what tests need not read at every dash


def _content(blocks: Iterable[CellBlock]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                spans = (
                    f"{s.text}（{s.spoken}）" if s.spoken not in _UNSAID else s.text
                    for s in block.spans
                )
                yield "".join(spans).replace("\n", "⏎")
            case ItemList():
                for item in block.items:
                    yield f"{item.label} {' / '.join(_content(item.content))}"
            case Bar(share, tick, clipped):
                yield f"棒{share}{'' if tick is None else f'｜{tick}'}{_ARROWS[clipped]}"
            case Sparkline():
                yield f"推移{len(block.values)}"
            case _:
                assert_never(block)


def chapter(document: Document, identifier: str) -> tuple[Block, ...]:
    """The blocks of the chapter whose heading has this id, page breaks left out."""
    found: list[Block] = []
    is_within = False
    for block in document.blocks():
        if isinstance(block, Heading) and block.level == 1:
            is_within = block.id == identifier
        if is_within and not isinstance(block, PageBreak):
            found.append(block)
    return tuple(found)


def part(blocks: Iterable[Block], identifier: str) -> tuple[Block, ...]:
    """The blocks below the heading with this id, up to the next heading."""
    found: list[Block] = []
    is_within = False
    for block in blocks:
        if isinstance(block, Heading):
            is_within = block.id == identifier
        elif is_within:
            found.append(block)
    return tuple(found)


def plan_rows(blocks: Iterable[Block], plan: str) -> list[str]:
    """The rows of a plan in its goal's table, with the notes and the comment below them."""
    found: list[str] = []
    is_within = False
    for block in blocks:
        for row in block.rows if isinstance(block, Table) else ():
            if row.headings:
                is_within = row.headings[-1].id == f"plan-{plan}"
            if is_within:
                found.append(row_text(row))
        is_within = False
    return found


def charts_of(blocks: Iterable[Block]) -> list[str]:
    """The titles of the line charts."""
    return [
        figure.chart.title
        for block in blocks
        if isinstance(block, FigureGrid)
        for figure in block.figures
        if isinstance(figure.chart, LineChart)
    ]


def pages_of(document: Document) -> tuple[Section, ...]:
    """The sections without the cover's."""
    return document.sections[1:]


# --- report folders --------------------------------------------------------------

SETTINGS = """\
edition = "review"
catalogue = "../catalogue.json"
date = 2022-09-01

[review]
fiscal_year = {year}
{review}

[evaluation]
{evaluation}

[output]
name = "実績"
"""
OUTPUTS = ("out/実績.docx", "out/実績.pdf")


def small_rows(
    year: int, figures: Mapping[str, Sequence[str]] = FIGURES, **departments: str
) -> list[list[Any]]:
    """The rows of 実績 of all years up to ``year``, as departments fill them in.

    The departments are 企画課 where none is named by the indicator's id.
    """
    rows: list[list[Any]] = []
    for id_, texts in figures.items():
        for each, text in zip(range(2020, year + 1), texts, strict=False):
            if text:
                actual = _actual(id_, each, text)
                value = actual.value.text if actual.value else None
                state = str(actual.state) if actual.state else None
                department = departments.get(id_, "企画課")
                rows.append([id_, None, each, value, state, actual.reason, None, department])
    return rows


def write_review(
    folder: Path,
    year: int = 2021,
    *,
    plan: Mapping[str, Any] = PLAN,
    rows: Sequence[Sequence[Any]] | None = None,
    comments: Sequence[Sequence[Any]] = (),
    overrides: Sequence[Sequence[Any]] = (),
    review: str = "",
    evaluation: str = 'scheme = "linear"',
) -> Path:
    """Write a report folder below ``folder`` with its plan beside it; return it."""
    report = folder / str(year)
    report.mkdir(parents=True, exist_ok=True)
    catalogues.write(folder, plan)
    settings = SETTINGS.format(year=year, review=review, evaluation=evaluation)
    (report / "report.toml").write_text(settings, encoding="utf-8")
    found = small_rows(year) if rows is None else rows
    save(book(found, comments, overrides), report)
    return report


# --- the samples -----------------------------------------------------------------

SAMPLES = ("plan", *map(str, SAMPLE_YEARS))
# nothing of this machine's but the programs
HERE = {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0", "HOME": "/nonexistent"}
Command: TypeAlias = tuple[str, Path, dict[str, str]]
"""What is run, the report's folder, what is added to the environment before."""


def copy_samples(folder: Path) -> None:
    """Copy what the samples are built from."""
    shutil.copy(ROOT / "catalogue.json", folder / "catalogue.json")
    for name in SAMPLES:
        target = folder / "reports" / name
        target.mkdir(parents=True)
        for path in (ROOT / "reports" / name).glob("[ar]*.*"):
            shutil.copy(path, target)


_RUN = """
import json, os, sys
from kpireport.cli import main
for command, report, environment in json.loads(sys.argv[1]):
    os.environ.update(environment)
    if status := main([command, "--quiet", report]):
        sys.exit(status)
"""


def run_commands(
    commands: Iterable[Command], folder: Path, conditions: Mapping[str, str], umask: int = 0o022
) -> None:
    """Run the commands in ``folder``, one after the other, by a process of their own."""
    asked = json.dumps([[command, str(report), added] for command, report, added in commands])
    subprocess.run(
        [sys.executable, "-c", _RUN, asked],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **conditions},
        umask=umask,
        check=True,
        stderr=subprocess.DEVNULL,
    )


@cache
def built_samples() -> dict[str, bytes]:
    """The files of the plan and of the sample reviews, built by a process of its own."""
    return kept("samples", _build_samples)


def _build_samples() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        copy_samples(Path(folder))
        reports = [Path(folder) / "reports" / name for name in SAMPLES]
        run_commands([("build", report, {}) for report in reports], Path("/"), HERE)
        return {path.name: path.read_bytes() for path in Path(folder).glob("reports/*/out/*")}


def sample_file(year: int, extension: str) -> bytes:
    """A sample review as it was built."""
    return built_samples()[f"review-{year}.{extension}"]


@cache
def sample_document(year: int) -> Document:
    """A sample review, composed from its folder."""
    return document_of(ROOT / "reports" / str(year))


def document_of(report: Path) -> Document:
    """The review of a folder, composed stage by stage without the conductor."""
    settings = load_settings(report)
    words = settings.review
    assert words is not None
    scheme = scheme_from_settings(words.evaluation)
    catalogue = load_catalogue(settings.catalogue)
    actuals, _ = load_actuals(
        words.actuals,
        catalogue,
        words.fiscal_year,
        earlier=words.earlier,
        numerals=settings.numerals,
    )
    evaluation = evaluate(catalogue, actuals, words.fiscal_year, scheme)
    review = Review.of(
        catalogue,
        actuals,
        evaluation,
        settings.numerals,
        words.orientation,
        charts=words.charts,
        main_charts=words.main_charts,
        shows_departments=words.shows_departments,
    )
    metadata = DocumentMetadata(
        "".join(review_title(review, words)),
        settings.author or catalogue.issuer,
        settings.subject,
        settings.keywords,
        settings.date,
    )
    return compose_review(
        review,
        words,
        metadata,
        council_label=settings.council_label,
        committee=settings.committee,
    )
