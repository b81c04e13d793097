"""What the handbook's pictures show, and how it comes about.

Comes in: the samples. Goes out: built reports and handed-out sheets in a folder, and of
each picture the words that stand in it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias, assert_never

import pdfplumber
from lxml import html
from openpyxl import load_workbook

from tools.handbook.pages import Setting, Start, steps_of
from tools.handbook.samples import ROOT
from tools.handbook.sessions import run_steps
from tools.handbook.windows import Pressing, Window, words_of

_MERMAID = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)

# what is done for the pictures, as a page of the handbook has it
_SESSION = """\
<!-- start: samples -->
```console
kpireport build reports/plan
```
<!-- set: reports/2021/report.toml -->
```toml
[output]
formats = ["docx", "pdf", "xlsx", "html"]
```
```console
kpireport build reports/2021
kpireport build reports/towns/muginohara/2023
kpireport build reports/towns/shiomihama/2019
kpireport build reports/towns/kirarazawa/2023
kpireport build reports/towns/ichohara/2017
```
<!-- people: empty_sheets reports/2021/actuals.xlsx -->
<!-- set: reports/2021/report.toml -->
```toml
[collection]
deadline = 2022-05-13
contact = "企画部企画課　計画担当（内線1234）"
```
```console
kpireport sheets reports/2021
```
<!-- people: return_sheets reports/2021/sheets reports/2021/inbox 医療環境整備課 教育指導課 -->
<!-- people: write_cell reports/2021/inbox/令和３年度実績_子育て支援課.xlsx 実績 p03-01 実績 35人 -->
<!-- status: 2 -->
```console
kpireport collect reports/2021
```
<!-- status: 1 -->
```console
kpireport check reports/2021 --xlsx board.xlsx
```
"""  # noqa: E501 -- lines as a page has them
# the town whose year is walked through at the workbench, and the answers that came back
_DESK = """\
<!-- people: copy reports/towns/muginohara 画面/麦野原市 -->
```console
kpireport sheets 画面/麦野原市/2023 --quiet
```
<!-- people: copy 画面/麦野原市/2023/sheets 画面/回答 -->
<!-- people: remove 画面/麦野原市/2023/sheets -->
<!-- people: empty_sheets 画面/麦野原市/2023/actuals.xlsx -->
<!-- set: 画面/麦野原市/2023/report.toml -->
```toml
[review]
draft = true
accept = []
[collection]
deadline = 2024-05-24
contact = "企画部企画課　計画担当（内線1234）"
```
<!-- people: remove 画面/回答/令和５年度実績_農政課.xlsx -->
<!-- people: cut_short 画面/回答/令和５年度実績_危機管理課.xlsx -->
<!-- people: write_cell 画面/回答/令和５年度実績_秘書広報課.xlsx 実績 a05-03 実績 約９千人 -->
<!-- people: copy 画面/回答/令和５年度実績_子育て支援課.xlsx 画面/回答/子育て支援課（差し替え）.xlsx -->
<!-- people: write_cell 画面/回答/子育て支援課（差し替え）.xlsx 実績 a07-02 実績 12 -->
"""  # noqa: E501 -- lines as a page has them
# the page that begins with an empty folder
_OWN = ROOT / "docs/handbook/own.md"
# the page that begins with a document
_READ = ROOT / "docs/handbook/plan-read.md"
# the page whose example of a revision the plan is then changed by
_REVISION = ROOT / "docs/handbook/catalogue.md"
_AS_REVISED = """\
<!-- set: reports/plan/report.toml -->
```toml
as_of = 2021
[output]
name = "revised"
```
```console
kpireport build reports/plan
```
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a built PDF on which some words stand, the ``occurrence``-th such page.

    ``is_cut`` leaves out what is empty around its words.
    """

    name: str
    file: str
    words: str
    occurrence: int = 1
    dots: int = 80  # per inch
    is_cut: bool = False

    def number(self, place: Path) -> int:
        """Return the page's number, from 1.

        Raises:
            ValueError: there is no such page any more.
        """
        pages = page_texts(place / self.file)
        found = [number for number, text in enumerate(pages, start=1) if self.words in text]
        if len(found) < self.occurrence:
            raise ValueError(f"{self.file}: {self.words} does not stand on that many pages")
        return found[self.occurrence - 1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page of a workbook; ``sheet`` is the one that it shows, or an area of it."""

    name: str
    file: str
    sheet: str
    page: int
    dots: int = 80
    area: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page for the web in a browser's window of so many pixels, from the part ``id`` on."""

    name: str
    file: str
    id: str
    width: int
    height: int

    def part(self, place: Path) -> html.HtmlElement:
        """Return the element that the picture begins with."""
        page = html.document_fromstring((place / self.file).read_text(encoding="utf-8"))
        return page.get_element_by_id(self.id)


@dataclass(frozen=True, slots=True)
class Diagram:
    """The diagram of a Markdown file."""

    name: str
    file: str

    def source(self) -> str:
        """Return what the diagram is drawn from."""
        found = _MERMAID.search((ROOT / self.file).read_text(encoding="utf-8"))
        if found is None:
            raise ValueError(f"{self.file} has no diagram")
        return found[1]


Picture: TypeAlias = Page | Sheet | Screen | Window | Diagram

_REVIEW = "reports/2021/out/review-2021.pdf"
_WEB = "reports/2021/out/review-2021.html"
_SHEETS = "reports/2021/sheets/令和３年度実績_子育て支援課.xlsx"
_TOWNS = "reports/towns"
DESK = "画面"
TOWN = "麦野原市"
_YEAR, _PLAN = "/reports/2023", "/plans/catalogue.json"
_WORD = f"{TOWN}/2023/out/review-2023.docx"
WINDOWS: tuple[Window, ...] = (
    Window("desk-begin.png", "/plans/new"),
    Window("desk-plan.png", f"{_PLAN}/overview"),
    Window("desk-row.png", f"{_PLAN}/row?sheet=指標&key=a01-02"),
    Window("desk-revise.png", f"{_PLAN}/revise"),
    Window(
        "desk-hand-out.png",
        f"{_YEAR}/collecting",
        (Pressing(f"{_YEAR}/collecting", "記入用のブックを作る"),),
        height=560,
    ),
    Window(
        "desk-found.png",
        done=(
            Pressing(f"{_YEAR}/values/a02-01", "保存する", {"v:実績": "20"}),
            Pressing(f"{_YEAR}/collecting", "受け付けて", files={"books": "回答/*.xlsx"}),
        ),
        id="found",
        height=900,
    ),
    Window(
        "desk-board.png",
        f"{_YEAR}/board",
        (
            Pressing(f"{_YEAR}/collecting", "選んだとおりに", {"version-0": "0"}),
            Pressing(f"{_YEAR}/collecting", "取り込む"),
        ),
        height=900,
    ),
    Window("desk-years.png", "/"),
    Window("desk-reminders.png", f"{_YEAR}/collecting/reminders"),
    Window("desk-values.png", f"{_YEAR}/values", width=1366),
    Window("desk-value.png", f"{_YEAR}/values/a02-01"),
    Window("desk-document.png", f"{_YEAR}/document?find=a02-01", width=1366, height=1000),
    Window(
        "desk-edits.png",
        done=(
            Pressing(f"{_YEAR}/document", "報告書を作る"),
            f"edit_word {_WORD} 創業塾の修了者への個別の伴走支援 創業塾を修了した方への伴走支援",
            f"edit_word {_WORD} 2,014人 2,041人",
            Pressing(f"{_YEAR}/document", "直したところを調べる", files={"word": _WORD}),
        ),
        height=640,
    ),
    Window(
        "desk-differences.png",
        done=(
            Pressing(f"{_YEAR}/document", "報告書を作り直す"),
            Pressing(f"{_YEAR}/values/a02-01", "保存する", {"v:実績": "14"}),
            Pressing(f"{_YEAR}/document", "前に作った Word と"),
        ),
        height=860,
    ),
    Window("desk-finishing.png", f"{_YEAR}/finishing"),
    Window("desk-settings.png", f"{_YEAR}/settings"),
    Window("desk-template.png", f"{_YEAR}/template"),
    Window("desk-compare.png", "/compare"),
    Window(
        "desk-proof.png",
        f"{_PLAN}/proof",
        (Pressing(f"{_PLAN}/proof", "読み合わせを始める"),),
        width=1366,
        height=900,
    ),
)
PICTURES: tuple[Picture, ...] = (
    Sheet("plan-book.png", "みどり市/計画.xlsx", "指標", 1, dots=100, area="A1:K10"),
    Sheet("plan-read.png", "雲母沢町/計画.xlsx", "読み取りの報告", 1, dots=100, area="A1:F20"),
    Sheet("plan-proof.png", "雲母沢町/読み合わせ.xlsx", "読み合わせ", 1, dots=100, area="A1:N34"),
    Page("plan-own.png", "みどり市/reports/plan/out/plan.pdf", "保育所の定員", is_cut=True),
    Page("plan-goal.png", "reports/plan/out/plan.pdf", "Ⅰ基本目標", occurrence=2, dots=90),
    Page("review-glance.png", _REVIEW, "令和３年度の結果計画の目標年度"),
    Page("review-behind.png", _REVIEW, "遅れている指標と評価の変化評価が"),
    Page("review-rules.png", _REVIEW, "評価の記号ごとの条件"),
    Page("review-table.png", _REVIEW, "主な取組"),
    Screen("web-wide.png", _WEB, "part-goal-g3", 1180, 1000),
    Screen("web-phone.png", _WEB, "part-goal-g3", 360, 1000),
    Sheet("sheet-cover.png", _SHEETS, "はじめにお読みください", 1),
    Sheet("sheet-values.png", _SHEETS, "実績", 2, dots=100),
    Sheet("sheet-comments.png", _SHEETS, "計画コメント", 3, dots=100),
    Sheet("board.png", "board.xlsx", "課別", 2),
    Page("plan-revised.png", "reports/plan/out/revised.pdf", "40校", dots=70),
    Page(
        "town-levels.png",
        f"{_TOWNS}/muginohara/2023/out/review-2023.pdf",
        "開発支援の補助率を",
        dots=70,
    ),
    Page(
        "town-list.png",
        f"{_TOWNS}/shiomihama/2019/out/review-2019.pdf",
        "認定こども園への移行により",
    ),
    Page(
        "town-sheet.png",
        f"{_TOWNS}/kirarazawa/2023/out/sheets-2023.pdf",
        "製材所と工務店の受注の情報の共有",
        dots=70,
    ),
    Page(
        "town-health.png",
        f"{_TOWNS}/ichohara/2017/out/review-2017.pdf",
        "特定保健指導は、健診の当日",
        dots=70,
    ),
    *WINDOWS,
    Diagram("architecture.svg", "CONTRIBUTING.md"),
)


def set_up(folder: Path) -> Path:
    """Make below ``folder`` all that the pictures show; return where it is.

    Raises:
        RuntimeError: a command does not end as it should; the message is what it printed.
    """
    steps = steps_of(_SESSION)
    page = steps_of(_REVISION.read_text(encoding="utf-8"))
    revision = next(step for step in page if isinstance(step, Setting))
    beginnings = (
        step
        for page in (_OWN, _READ)
        for step in steps_of(page.read_text(encoding="utf-8"))
        if not isinstance(step, Start)
    )
    first, *others = steps  # the desk's town before it is built
    begun = (first, *steps_of(_DESK), *others, *beginnings, revision, *steps_of(_AS_REVISED))
    for printed in run_steps(begun, folder):
        if printed.status != printed.commands.status:
            raise RuntimeError(printed.text)
    return folder / str(steps[0].line)


def text_shown(picture: Picture, place: Path) -> Iterator[str]:
    """Yield the words that a picture shows."""
    match picture:
        case Page():
            yield page_texts(place / picture.file)[picture.number(place) - 1]
        case Sheet():
            sheet = load_workbook(place / picture.file)[picture.sheet]
            yield from (str(cell) for row in sheet.values for cell in row if cell is not None)
        case Screen():
            yield picture.part(place).text_content()
        case Window():
            yield _words_of_windows(place)[picture.name]
        case Diagram():
            yield picture.source()
        case _:
            assert_never(picture)


@cache
def _words_of_windows(place: Path) -> dict[str, str]:
    with TemporaryDirectory() as name:
        return words_of(WINDOWS, walked_from(place, Path(name)), TOWN)


def walked_from(place: Path, folder: Path) -> Path:
    """Return a copy of the desk in ``folder``, to walk through: a walk leaves another town."""
    return shutil.copytree(place / DESK, folder / DESK)


@cache
def page_texts(pdf: Path) -> tuple[str, ...]:
    """Return the characters of each page in the order in which they are drawn."""
    with pdfplumber.open(pdf) as document:
        return tuple("".join(char["text"] for char in page.chars) for page in document.pages)
