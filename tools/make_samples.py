"""Make the sample workbooks of the yearly actuals: ``actuals.xlsx`` of each sample report.

Comes in: the plans, the reports' settings and the invented figures of ``tools/samples``, for
the plan of Nerima and for the towns that do not exist (``towns``). Goes out: one workbook
per report, as departments would have filled it in, byte for byte the same at every run. Run
it from the repository's root::

    python tools/make_samples.py
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from kpireport.collection.fresh_book import BookRow, Content, empty_book
from kpireport.domain.actuals import Actuals, ReportedState
from kpireport.domain.catalogue import Catalogue, Measure
from kpireport.domain.places import all_places
from kpireport.domain.years import FiscalYear
from kpireport.reports import Report
from kpireport.sources import actuals_forms as forms
from kpireport.writers.xlsx import write_book

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).with_name("samples")
TOWNS = "towns"
NOTICE = "見本：数値は架空"
REMARK = (
    "このブックの実績、コメント、評価の修正、所管課の名前は、操作を試すための見本です。"
    "実際の数値ではありません。"
)
MADE = dt.datetime(2019, 7, 1, tzinfo=dt.UTC)

_STATE = re.compile(rf"({'|'.join(ReportedState)})：(.*)")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,?[0-9]{3})*")
_DECIMAL = re.compile(r"[0-9]+\.([0-9]+)")
_PERCENTAGE = re.compile(r"([0-9.]+)%")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")

_EPOCH = dt.date(1899, 12, 30)  # from which Excel counts days

Texts = dict[str, str]


@dataclass(frozen=True)
class Municipality:
    """Whose samples these are.

    Attributes:
        sources: the folder of the invented figures and words.
        reports: the folder of the reports, each named by its fiscal year.
    """

    sources: Path
    reports: Path

    @property
    def years(self) -> list[int]:
        """The fiscal years of the reports."""
        names = (each.parent.name for each in self.reports.glob("*/report.toml"))
        return sorted(int(name) for name in names if _YEAR.fullmatch(name))

    @cached_property
    def figures(self) -> dict[str, Texts]:
        """What each measure's actuals are, by id, and by year."""
        with (self.sources / "actuals.tsv").open(encoding="utf-8", newline="") as stream:
            return {row["id"]: row for row in csv.DictReader(stream, delimiter="\t")}

    def words(self, name: str) -> dict[str, Any]:
        """What is said beside the figures; nothing where there is no such file."""
        file = self.sources / f"{name}.toml"
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def municipalities() -> Iterator[Municipality]:
    """Yield Nerima, and the towns that do not exist."""
    yield Municipality(SAMPLES, ROOT / "reports")
    for each in sorted((SAMPLES / TOWNS).iterdir()):
        yield Municipality(each, ROOT / "reports" / TOWNS / each.name)


def main() -> None:
    """Write the workbooks of all reports."""
    for path, content in sample_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def sample_files() -> dict[Path, bytes]:
    """The workbook of each report and where it belongs."""
    return {
        each.reports / str(year) / "actuals.xlsx": _workbook(each, year)
        for each in municipalities()
        for year in each.years
    }


# --- what the rows say -----------------------------------------------------------


def _actual_rows(
    place: Municipality, decided: Catalogue, plan: Catalogue, year: int
) -> list[Texts]:
    """One row per measure of the year's plan, and below them those of earlier years."""
    notes, answers = place.words("notes"), place.words("answers")
    comments = notes["comments"][str(year)]
    titles = {each.key: each.title for each in plan.answers}
    rows = []
    for measure in plan.measures():
        id_ = measure.id
        said = dict(answers.get(id_, {}).get(str(year), {}))
        mark = said.pop("mark", "")
        rows.append(
            _actual_row(place, measure, year, place.figures[id_][str(year)])
            | {forms.COMMENT: comments.get(id_, ""), forms.CHOSEN: mark}
            | {titles[key]: text for key, text in said.items()}
        )
    known = {each.id: each for each in (*decided.measures(), *plan.measures())}
    before = [
        _actual_row(place, known[id_], earlier, row[str(earlier)])
        for earlier in _years_before(place, year)
        for id_, row in place.figures.items()
        if row[str(earlier)]
    ]
    late = [
        _actual_row(place, known[each["id"]], each["fiscal_year"], each["value"])
        for each in notes.get("late", ())
        if each["report"] == year
    ]
    return [*rows, *before, *late]


def _years_before(place: Municipality, year: int) -> list[int]:
    """The years before the first report, whose figures its workbook has, too."""
    titles = next(iter(place.figures.values()))
    known = (int(title) for title in titles if _YEAR.fullmatch(title))
    return [each for each in known if each < year == place.years[0]]


def _actual_row(place: Municipality, measure: Measure, year: int, written: str) -> Texts:
    state, value = "", written
    if match := _STATE.fullmatch(written):
        state, value = match.groups()
    reason = written.removeprefix("!") if written.startswith("!") else ""
    return {
        forms.ID: measure.id,
        forms.NAME: measure.name,
        forms.DEPARTMENT: place.figures[measure.id]["所管課"],
        forms.YEAR: str(year),
        "現状値": measure.baseline.text,
        "目標値": measure.target.text,
        forms.VALUE: "" if reason else value,
        forms.STATE: state,
        forms.REASON: reason,
        forms.COMMENT: "",
    }


def _comment_rows(
    place: Municipality, plan: Catalogue, empty: Sequence[BookRow], year: int
) -> list[Texts]:
    comments = place.words("comments")
    rows = []
    for row in empty:
        said = comments.get(str(row[forms.ID]), {}).get(str(year))
        if said is not None:
            texts = {each.title: said[each.key] for each in plan.comments if each.key in said}
            rows.append({title: str(text) for title, text in row.items()} | texts)
    return rows


def _override_rows(place: Municipality, plan: Catalogue, year: int) -> list[Texts]:
    names = {measure.id: measure.name for measure in plan.measures()}
    names |= {each.id: each.title for each in all_places(plan)}  # whose rolled-up marks are set
    return [
        {
            forms.ID: each["id"],
            forms.NAME: names[each["id"]],
            forms.YEAR: str(year),
            forms.MARK: each["mark"],
            forms.OVERRIDE_REASON: each["reason"],
        }
        for each in place.words("notes").get("overrides", ())
        if each["fiscal_year"] == year
    ]


# --- the workbook ----------------------------------------------------------------


def _workbook(place: Municipality, year: int) -> bytes:
    report = Report.open(place.reports / str(year))
    plan, scheme = report.plan, report.scheme
    assert scheme is not None  # noqa: S101 -- the samples' settings have no faults
    empty = empty_book(plan, Actuals(), FiscalYear(year), scheme)
    amounts = {each.title for each in plan.answers if each.is_amount}
    actuals = _actual_rows(place, report.catalogue, plan, year)
    comments = _comment_rows(place, plan, empty.comments, year)
    book = replace(
        empty,
        actuals=[_typed(row, amounts) for row in actuals],
        comments=[_typed(row) for row in comments],
        overrides=[_typed(row) for row in _override_rows(place, plan, year)],
        notice=NOTICE,
        remark=REMARK,
    )
    return write_book(book.book("kpireport"), moment=MADE)


def _typed(row: Texts, amounts: frozenset[str] | set[str] = frozenset()) -> BookRow:
    """The row as departments would have typed it: numbers, percentages, days, words."""
    numbers = {forms.VALUE, *amounts}
    return {title: _content(title, text, numbers) for title, text in row.items()}


def _content(title: str, text: str, numbers: set[str]) -> Content | None:
    if not text:
        return None
    if title == forms.YEAR:
        return Content(int(text), "0")
    if title not in numbers:
        return Content(text)
    if _NUMBER.fullmatch(text):
        return Content(int(text.replace(",", "")), "#,##0")
    if match := _DECIMAL.fullmatch(text):
        return Content(Decimal(text), f"0.{'0' * len(match[1])}")
    if match := _PERCENTAGE.fullmatch(text):
        return Content(Decimal(match[1]) / 100, "0.0%")
    if _DAY.fullmatch(text):
        days = (dt.date.fromisoformat(text) - _EPOCH).days
        return Content(days, '[$-411]ggge"年"m"月"d"日"')
    return Content(text)


if __name__ == "__main__":
    main()
