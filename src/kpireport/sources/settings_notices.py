"""What deserves a second look in a review's settings: years that do not fit each other.

Comes in: settings that could be read, and their file. Goes out: warnings. A report is made
all the same; but earlier reports are found by their folders' names, and departments answer
for the year that the settings say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from kpireport.domain.settings import ReviewSettings, Settings
from kpireport.domain.years import FiscalYear, format_date, format_fiscal_year
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.settings import is_of_another_plan, names_year, written_settings

_FISCAL_YEAR, _DEADLINE = "review.fiscal_year", "collection.deadline"
_EARLIER = "review.earlier"
_REASONS = "review.reasons"
_AGAINST = "against"


def note_odd_years(
    settings: Settings, folder: Path, log: Findings, outside: Sequence[FiscalYear] = ()
) -> None:
    """Note them all, none for what is no review.

    Args:
        settings: what could be read.
        folder: the report's.
        log: where it is noted, about the settings' file.
        outside: the years of folders beside this one that the plan does not have.
    """
    review, collection = settings.review, settings.collection
    if review is None:
        return
    for what, remedy in _years(review, folder.absolute()):
        log.warn(_FISCAL_YEAR, what, remedy)
    if others := _of_other_plans(settings, review, folder.absolute()):
        names = "、".join(quoted(each.name) for each in others)
        log.warn(
            _EARLIER,
            f"隣のフォルダー{names}は、別の計画の報告書なので、前の年度の実績として使いません。",
            "前の年度の実績を使うときは、earlier にファイルの場所を書いてください。",
        )
    if outside:
        names = "、".join(quoted(str(each.year)) for each in outside)
        log.warn(
            _EARLIER,
            f"隣のフォルダー{names}は、この計画の年度ではないので、前の年度の実績として使いません。",
            "前の計画の報告書なら、このままでかまいません。そうでなければ、計画のファイルの年度を"
            "確かめてください。",
        )
    if collection is not None and collection.deadline is not None:
        last_day = review.fiscal_year.last_day
        if collection.deadline <= last_day:
            what = (
                f"回答期限（{format_date(collection.deadline)}）が、報告する年度の終わり"
                f"（{format_date(last_day)}）より前です。"
            )
            remedy = f"年を確かめ、{deadline_example(review.fiscal_year)}のように直してください。"
            log.warn(_DEADLINE, what, remedy)


def note_without_effect(
    settings: Settings, log: Findings, *, has_rules: bool, has_yearly: bool
) -> None:
    """Note what a review asks for that its marks or its plan's targets cannot have.

    Args:
        settings: the report's.
        log: takes the notices.
        has_rules: whether marks are computed.
        has_yearly: whether the plan has targets of years before the last.
    """
    if settings.review is not None and not has_yearly:
        for key, value in _OF_YEARS.items():
            if settings.review.evaluation.get(key) == value:
                log.warn(
                    f"evaluation.{key}",
                    f'計画に年度ごとの目標値がないので、{key} = "{value}" としても、'
                    "最終の目標値で評価します。",
                    f"計画に yearly_targets を書くか、{key} を直してください。",
                )
    if settings.review is not None and settings.review.lists_reasons and not has_rules:
        what = "評価を計算しない報告書なので、reasons = true としても、評価の理由の表はできません。"
        log.warn(_REASONS, what, "reasons を false にするか、評価を計算する基準にしてください。")


_OF_YEARS = {"of": "interim", _AGAINST: "yearly"}  # what holds years against their own targets


def note_passed_over(settings: Settings, log: Findings) -> None:
    """Note that a plan's targets by year decide nothing, unless the settings say so.

    Beside an actual stands the year's target, and a mark that is of another number (年度の目安)
    looks wrong to whoever reads both: ``702`` of ``700`` behind.

    Args:
        settings: those of a report of such a plan, which judges by the even course to the last.
        log: takes the notice.
    """
    review = settings.review
    if review is None or not {*_OF_YEARS}.isdisjoint(review.evaluation):
        return
    log.warn(
        f"evaluation.{_AGAINST}",
        "計画に年度ごとの目標値がありますが、評価は、最終の目標値まで均等に進むとした年度の目安と"
        "比べます。その年度の目標値に届いても「遅れ」になることがあります。",
        f'その年度の目標値と比べるなら {_AGAINST} = "yearly"、年度の目安のままでよければ'
        f' {_AGAINST} = "final" と、[evaluation] に書いてください。',
    )


def deadline_example(fiscal_year: FiscalYear) -> str:
    """Return a deadline as one could be set: ``deadline = 2022-05-13`` for 2021."""
    return f"deadline = {dt.date(fiscal_year.next.year, 5, 13).isoformat()} "


def _years(review: ReviewSettings, folder: Path) -> Iterator[tuple[str, str]]:
    """What is odd about the reported year, and how to mend it."""
    year = review.fiscal_year
    is_named = names_year(folder.name)
    if is_named and int(folder.name) != year.year:
        what = (
            f"{format_fiscal_year(year)}（{year.year}）の報告書が、フォルダー"
            f"{quoted(folder.name)}にあります。前の年度の実績や数値目標が抜けることがあります。"
        )
        remedy = (
            f"fiscal_year を {folder.name} に直すか、"
            f"フォルダーの名前を {year.year} にしてください。"
        )
        yield what, remedy
    same = [each for each in _beside(folder) if _year_of(each) == year.year] if is_named else []
    if same:
        names = "、".join(quoted(each.name) for each in same)
        yield (
            f"隣のフォルダー{names}も、同じ{format_fiscal_year(year)}（{year.year}）の報告書です。",
            "どちらかの fiscal_year が誤りでないかを確かめてください。",
        )


def _of_other_plans(settings: Settings, review: ReviewSettings, folder: Path) -> list[Path]:
    """The folders of earlier years that would count, if they were of this plan."""
    if review.earlier:
        return []
    earlier = (each for each in _beside(folder) if int(each.name) < review.fiscal_year.year)
    return [each for each in earlier if is_of_another_plan(each, settings.catalogue)]


def _beside(folder: Path) -> list[Path]:
    """The other folders that are named by a year."""
    try:
        names = sorted(each.name for each in folder.parent.iterdir())
    except OSError:
        return []
    return [folder.parent / name for name in names if name != folder.name and names_year(name)]


def _year_of(folder: Path) -> object:
    """The reported year of another folder, ``None`` where its settings cannot be read."""
    review = written_settings(folder).get("review")
    return review.get("fiscal_year") if isinstance(review, dict) else None
