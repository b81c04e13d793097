"""A year's CSV put into a workbook: cells are typed into and taken in there, not in text files.

Comes in: a report whose actuals are CSV. Goes out: ``actuals.xlsx`` beside its settings, which
say from then on that it is read; the CSV stays as it is. It is read before it is written: what
it says has to be what the CSV says.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kpireport.collection.forms import BASELINE, TARGET, asked_target
from kpireport.collection.fresh_book import BookRow, empty_book
from kpireport.collection.next_settings import ACTUALS_FILE
from kpireport.domain.actuals import Override
from kpireport.editing.toml_items import with_items
from kpireport.errors import InputError, OutputError
from kpireport.files import NewFile, check_absent, write_files
from kpireport.findings import refuse
from kpireport.ordinary_files import read_ordinary
from kpireport.reports import Report
from kpireport.sources.actuals import ReadActuals
from kpireport.sources.actuals_forms import ID, YEAR
from kpireport.sources.settings import SETTINGS_FILE, load_settings, names_year
from kpireport.sources.titled_tables import Record
from kpireport.writers.xlsx import write_book


def is_csv(path: Path) -> bool:
    """Whether actuals are in a CSV file, or a folder of them."""
    return path.is_dir() or path.suffix.lower() == ".csv"


def move_csv_to_book(report_dir: Path | str) -> Path:
    """Put a year's CSV into a workbook, which the report is read from after that.

    Args:
        report_dir: the folder of ``report.toml``.

    Returns:
        The workbook.

    Raises:
        InputError: the CSV or other inputs have faults, or a later year reads this CSV.
        OutputError: there is a workbook already, or it cannot be written; nothing is changed.
    """
    report = Report.open(report_dir)
    before = read_ordinary(report.settings_file)
    review, target = report.settings.review, report.folder / ACTUALS_FILE
    if review is None or not is_csv(review.actuals):
        refuse(
            report.settings_file,
            "実績は CSV ではありません。",
            "このままで、実績を直せます。",
            place="review.actuals",
        )
    check_absent(target, "そのブックに CSV の内容があれば、設定の actuals に書いてください。")
    _refuse_later_years(report)
    read = report.read
    report.findings.settle()
    assert read is not None  # noqa: S101 -- a review's, without a fault
    data = _workbook(report, read)
    again = report.read_with(target, books=report.books.with_data(target, data))
    if again.actuals != read.actuals or again.findings.errors:
        raise OutputError(
            f"{review.actuals} をブックに移すと、読み方が変わるところがあります。"
            "何も書き込んでいません。Excel で CSV の内容をブックに写してください。"
        )
    items: dict[tuple[str, ...], object] = {("review", "actuals"): ACTUALS_FILE}
    if review.finds_earlier and review.earlier:  # which were found by the CSV's name
        items["review", "earlier"] = [_seen(each, report.folder) for each in review.earlier]
    settings = with_items(before, items)
    write_files([NewFile(target, data), NewFile(report.settings_file, settings, before=before)])
    return target


def _workbook(report: Report, read: ReadActuals) -> bytes:
    year = report.review_settings.fiscal_year
    scheme = report.findings.settled(report.scheme)
    fresh = empty_book(report.plan, read.actuals, year, scheme, report.rollup)
    beside = {
        measure.id: {BASELINE: measure.baseline.text, TARGET: asked_target(measure, year)}
        for measure in report.plan.measures()
    }
    values = read.values.records() if read.values else ()
    own = (each.record for each in read.found if isinstance(each.fact, Override))
    book = replace(
        fresh,
        actuals=[{**beside.get(str(row.get(ID)), {}), **row} for row in _rows(values)],
        comments=list(_rows(read.comments.records())) if read.comments else fresh.comments,
        overrides=list(_rows(each for each in own if each is not None)),
    )
    made = dt.datetime.combine(report.settings.date, dt.time(), dt.UTC)
    return write_book(book.book(report.settings.author or report.plan.issuer), moment=made)


def _rows(records: Iterable[Record]) -> Iterator[BookRow]:
    """Yield the rows of a table as they are written, years as numbers."""
    for record in records:
        texts = {title: record.shown(title) for title in record.columns}
        yield {
            title: int(text) if title == YEAR and text.isascii() and text.isdecimal() else text
            for title, text in texts.items()
            if text
        }


def _refuse_later_years(report: Report) -> None:
    """Refuse where a later year's report reads the CSV: it would not see what is typed here."""
    own = report.review_settings.actuals
    for folder in sorted(report.folder.resolve().parent.iterdir()):
        if own.resolve() in {each.resolve() for each in _earlier_of(folder)}:
            refuse(
                own,
                f"{folder.name} の報告書が、この CSV を前の年度の実績として読んでいます。",
                "Excel で CSV の内容をブックに写し、両方の設定を直してください。",
            )


def _earlier_of(folder: Path) -> tuple[Path, ...]:
    """What a year's folder reads of earlier years; nothing where that cannot be told."""
    if names_year(folder.name) and (folder / SETTINGS_FILE).is_file():
        with suppress(InputError):
            review = load_settings(folder).review
            return review.earlier if review else ()
    return ()


def _seen(path: Path, folder: Path) -> str:
    """A file as the settings of a folder name it."""
    return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()
