"""A new year's report folder: settings moved on from last year's, and a workbook to fill in.

Comes in: the folder of the years' folders, a year. Goes out: one more folder in it, whole
or not at all; ``kpireport check`` and ``build`` work on it at once, as a draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from kpireport.collection.first_folder import PLAN_FOLDER
from kpireport.collection.fresh_book import empty_book
from kpireport.collection.inputs import read_inputs
from kpireport.collection.next_settings import NextSettings, first_settings, next_settings
from kpireport.domain.actuals import Actuals
from kpireport.domain.histories import History
from kpireport.domain.years import FiscalYear, parse_year_like
from kpireport.errors import InputError
from kpireport.evaluation import LINEAR, RollupRules, Scheme
from kpireport.evaluation.rollups import NO_RULES
from kpireport.files import check_absent, write_new_folder
from kpireport.findings import refuse
from kpireport.messages import quoted, western_year
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.fields import is_likely_year
from kpireport.sources.settings import (
    SETTINGS_FILE,
    check_catalogue_exists,
    load_settings,
    names_year,
)
from kpireport.sources.years_in_force import last_year_of
from kpireport.writers.xlsx import write_book

_SOME_YEAR = FiscalYear(1)
_IN_USE = (
    "その{year}をもう始めていれば、そのまま使ってください。作り直すときは、前のフォルダーの名前を"
    "変えるか、別の場所に移してください。"
)


@dataclass(frozen=True, slots=True)
class StartedYear:
    """A new year's folder.

    Attributes:
        folder: the new folder.
        files: what is in it.
        source: what it was made from: last year's folder, or the plan's file.
        notes: what people should look at before they go on.
    """

    folder: Path
    files: tuple[Path, ...]
    source: Path
    notes: tuple[str, ...]


def start_year(
    year: int | str,
    folder: Path | str,
    *,
    from_year: int | str | None = None,
    catalogue: Path | str | None = None,
    moment: dt.datetime | None = None,
) -> StartedYear:
    """Make the folder of a fiscal year.

    Args:
        year: the year that is reported: ``2022``, ``令和４年度``.
        folder: the folder that holds the years' folders.
        from_year: the year whose settings are carried over; without one, the latest before.
        catalogue: the plan's file, to start without an earlier year; without one, the first
            year is of the plan that the plan's edition beside it is of.
        moment: when the workbook says that it was made; without one, on the year's first day.

    Raises:
        InputError: the year or what it is to start from cannot be used; with all problems.
        OutputError: the folder is there already or cannot be written; nothing is written.
    """
    folder = Path(folder)
    wanted = _as_before(_fiscal_year(year), folder)
    if catalogue is None and from_year is None and not _years_in(folder):
        catalogue = _of_plan_edition(folder)
    target = folder / str(wanted.year)
    check_absent(target, _IN_USE.format(year=wanted.word))
    if catalogue is None:
        start = _from_report(_earlier_year(folder, wanted, from_year), target, wanted)
    elif from_year is None:
        start = _from_catalogue(Path(catalogue), target, wanted)
    else:
        _refuse(
            "始め方",
            "引き継ぐ年度と、計画のファイルの、両方が指定されています。",
            "前の年度から引き継ぐか、計画のファイルから始めるか、どちらか一方にしてください。",
        )
    wanted = _as_planned(wanted, year, start.history)
    _check_planned(start.history, wanted)
    known = start.actuals
    book = empty_book(start.history.in_force(wanted), known, wanted, start.scheme, start.rollup)
    made = moment or dt.datetime.combine(wanted.first_day, dt.time(), dt.UTC)
    content = write_book(book.book(start.history.decided.issuer), moment=made)
    files = {SETTINGS_FILE: start.settings.data, start.settings.actuals: content}
    write_new_folder(target, files)
    return StartedYear(
        target, tuple(target / name for name in files), start.source, start.settings.notes
    )


def usual_folder(here: Path, *, is_first: bool) -> Path:
    """Where the years' folders are, as long as nobody says: ``reports``, or else ``here``.

    Args:
        here: the folder that somebody is in.
        is_first: there may be no year yet: then ``reports`` is where they are to be.
    """
    usual = here / "reports"
    return usual if usual.is_dir() or (is_first and not _years_in(here)) else here


# --- what it starts from ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Start:
    history: History
    actuals: Actuals
    scheme: Scheme
    settings: NextSettings
    source: Path
    rollup: RollupRules = NO_RULES


def _from_report(last: Path, target: Path, year: FiscalYear) -> _Start:
    report = read_inputs(last)
    year = year.of_kind(report.history.decided.years.target)
    scheme = report.findings.settled(report.scheme)
    settings = next_settings(read_ordinary(report.settings_file), report.settings, target, year)
    return _Start(report.history, report.actuals, scheme, settings, last, report.rollup)


def _from_catalogue(catalogue: Path, target: Path, year: FiscalYear) -> _Start:
    plan = History(load_catalogue(catalogue))
    year = year.of_kind(plan.decided.years.target)
    has_yearly = plan.in_force(year).has_yearly_targets
    settings = first_settings(catalogue, target, year, has_yearly=has_yearly)
    return _Start(plan, Actuals(), LINEAR, settings, catalogue)


def _of_plan_edition(folder: Path) -> Path | None:
    """The plan's file that the plan's edition among the years' folders names, if there is one.

    Raises:
        InputError: its settings cannot be used, or the plan's file is not there yet.
    """
    beside = folder / Path(PLAN_FOLDER).name
    if not (beside / SETTINGS_FILE).is_file():
        return None
    settings = load_settings(beside)
    check_catalogue_exists(settings, beside / SETTINGS_FILE)
    return settings.catalogue


def _earlier_year(folder: Path, year: FiscalYear, from_year: int | str | None) -> Path:
    """The folder of the year to start from.

    Raises:
        InputError: there is none.
    """
    years = _years_in(folder)
    if from_year is not None:
        wanted = _fiscal_year(from_year)
        if wanted >= year:
            _refuse(
                f"引き継ぐ{year.word}",
                f"{western_year(wanted)}は、{western_year(year)}より前の{year.word}ではありません。",
                f"引き継ぐ元の、前の{year.word}を指定してください。",
            )
        if wanted.year not in years:
            _refuse(
                str(folder / str(wanted.year)),
                f"引き継ぐ元の{year.word}の設定（{SETTINGS_FILE}）がありません。",
                _which(years),
            )
        return folder / str(wanted.year)
    earlier = [each for each in years if each < year.year]
    if not earlier:
        _refuse(
            str(folder),
            f"{western_year(year)}より前の{year.word}のフォルダーがありません。",
            f"{year.word}のフォルダー（2021 など）があるフォルダーを指定してください。"
            f"初めての{year.word}なら、計画のファイル（catalogue.json）から始めてください。",
        )
    return folder / str(max(earlier))


def _years_in(folder: Path) -> list[int]:
    """The years of the folders that have settings."""
    try:
        names = [each.name for each in folder.iterdir() if names_year(each.name)]
    except OSError:
        return []  # one that cannot be read has nothing to start from
    return sorted(int(name) for name in names if (folder / name / SETTINGS_FILE).exists())


def _which(years: Sequence[int]) -> str:
    if not years:
        return "年度のフォルダーがあるフォルダーを指定してください。"
    return f"引き継げるのは {'、'.join(map(str, years))} です。"


# --- years -----------------------------------------------------------------------


def _fiscal_year(written: int | str) -> FiscalYear:
    """The year that somebody wrote; a calendar year where it was written as one.

    Raises:
        InputError: it is none.
    """
    year = _read_year(str(written))
    if year is None:
        _refuse_year(written, "年度として読めません")
    if not is_likely_year(year.year):
        _refuse_year(written, "年度としてありえません")
    return year


def _read_year(text: str) -> FiscalYear | None:
    """What was written, of either kind: the plan is not known yet."""
    for kind in (_SOME_YEAR, _SOME_YEAR.of_calendar):
        with suppress(ValueError):
            return parse_year_like(text, kind)
    return None


def _as_before(year: FiscalYear, folder: Path) -> FiscalYear:
    """The year as a calendar year, where the latest report in a folder is of one."""
    for last in _years_in(folder)[-1:]:
        with suppress(InputError):
            review = load_settings(folder / str(last)).review
            return year.of_calendar if review and review.fiscal_year.is_calendar else year
    return year


def _as_planned(year: FiscalYear, written: int | str, history: History) -> FiscalYear:
    """The year of the plan's kind: one of fiscal years has none of 令和４年."""
    kind = history.decided.years.target
    if year.is_calendar and not kind.is_calendar:
        _refuse_year(written, "年度として読めません")
    return year.of_kind(kind)


def _refuse_year(written: int | str, what: str) -> NoReturn:
    _refuse(
        "年度",
        f"{quoted(str(written))}は、{what}。",
        "「2022」か「令和４年度」のように書いてください。",
    )


def _check_planned(history: History, year: FiscalYear) -> None:
    first, last = history.decided.years.baseline.next, last_year_of(history)
    if not first <= year <= last:
        _refuse(
            year.word,
            f"{western_year(year)}は、計画の{year.word}ではありません。",
            f"{western_year(first)}から{western_year(last)}までの{year.word}を指定してください。",
        )


def _refuse(place: str, what: str, remedy: str) -> NoReturn:
    refuse(place, what, remedy)
