"""The facts of a report's settings that its readers would notice.

Comes in: settings. Goes out: facts. Where files lie is no such thing: a copy of a report, or
its archive, says the same from another place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kpireport.comparing.records import Fact
from kpireport.comparing.what_differs import DifferenceKind
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import (
    SHEETS,
    ChartKind,
    ChartScope,
    CollectionSettings,
    Orientation,
    ReviewSettings,
    Settings,
    SheetOf,
    WordSettings,
)
from kpireport.domain.years import format_date, format_fiscal_year
from kpireport.ordinary_files import read_ordinary

_SHEETS_OF = {SheetOf.INDICATOR: "指標ごと", SheetOf.PLAN: "戦略計画ごと"}
_NUMERALS = {NumeralStyle.MIXED: "１桁は全角", NumeralStyle.HALF: "すべて半角"}
_ORIENTATIONS = {
    Orientation.AUTO: "自動",
    Orientation.PORTRAIT: "縦",
    Orientation.LANDSCAPE: "横",
}
_CHARTS = {ChartKind.IMAGE: "画像", ChartKind.NATIVE: "Word のグラフ"}
_SCOPES = {ChartScope.MAIN: "主な指標", ChartScope.ALL: "すべて", ChartScope.NONE: "なし"}
_EVALUATION = "evaluation"


def setting_facts(settings: Settings, *, is_of_another_year: bool = False) -> tuple[Fact, ...]:
    """Return what the settings say.

    Args:
        settings: those of a report.
        is_of_another_year: it is compared with another year's: what has to be another in
            every year's report is no change.
    """
    yearly = DifferenceKind.PROGRESSED if is_of_another_year else DifferenceKind.CHANGED
    return (*_general(settings, yearly), *_word(settings.word), *_of_review(settings, yearly))


def _general(settings: Settings, yearly: DifferenceKind) -> Iterator[Fact]:
    yield Fact("edition", "版", settings.edition.words)
    yield Fact("date", "文書の日付", format_date(settings.date), yearly)
    as_of = format_fiscal_year(settings.as_of) if settings.as_of else ""
    yield Fact("as_of", f"計画の{settings.as_of.word if settings.as_of else ''}", as_of)
    yield Fact("numerals", "数字の書き方", _NUMERALS[settings.numerals])
    yield Fact("name", "出来上がりの名前", settings.output_name, yearly)
    yield Fact("formats", "作るファイルの種類", "、".join(settings.formats))
    yield Fact("council_label", "資料番号", settings.council_label, yearly)
    yield Fact("committee", "会議の名前", settings.committee, yearly)
    yield Fact("author", "作成者", settings.author)
    yield Fact("subject", "件名", settings.subject, yearly)
    yield Fact("keywords", "検索の言葉", "、".join(settings.keywords), yearly)


def _word(word: WordSettings) -> Iterator[Fact]:
    template = _file(word.template) if word.template else ""
    yield Fact("template", "Word の様式", template)
    yield Fact("embed_fonts", "Word へのフォントの埋め込み", _yes(is_so=word.embed_fonts))
    yield Fact("charts", "Word のグラフ", _CHARTS[word.charts])


def _file(path: Path) -> str:
    """Return a file's name with what tells its content from another's."""
    try:
        return f"{path.name}（照合値 {hashlib.sha256(read_ordinary(path)).hexdigest()[:8]}）"
    except OSError:  # whether it can be used is for who builds with it
        return path.name


def _of_review(settings: Settings, yearly: DifferenceKind) -> Iterator[Fact]:
    if settings.review is not None:
        yield from _review(settings.review, yearly)
        yield Fact("sheet_of", SHEETS, _SHEETS_OF[settings.sheet_of])
    if settings.collection is not None:
        usual = settings.review.contact if settings.review else ""
        yield from _collection(settings.collection, usual, yearly)


def _review(review: ReviewSettings, yearly: DifferenceKind) -> Iterator[Fact]:
    year = review.fiscal_year
    yield Fact("fiscal_year", f"報告する{year.word}", format_fiscal_year(year), yearly)
    yield Fact("draft", "作成中の版", _yes(is_so=review.is_draft))
    yield Fact("sample", "見本", _yes(is_so=review.is_sample))
    yield Fact("title", "表題", "\n".join(review.title), yearly)
    yield Fact("issued", "表紙の日付", review.issued, yearly)
    yield Fact("introduction", "はじめにの文", "\n".join(review.introduction), yearly)
    yield Fact("survey", "調査の概要", "\n".join(review.survey), yearly)
    yield Fact("contact", "問い合わせ先", review.contact)
    yield Fact("orientation", "用紙の向き", _ORIENTATIONS[review.orientation])
    yield Fact("results", "主な成果", "\n".join(review.results), yearly)
    yield Fact("problems", "主な課題", "\n".join(review.problems), yearly)
    yield Fact("review:charts", "グラフにする指標", _SCOPES[review.charts])
    yield Fact("main_charts", "主な指標の記号", "、".join(review.main_charts))
    yield Fact("departments", "所管課の印刷", _yes(is_so=review.shows_departments))
    yield Fact("all_years", f"全{year.word}の実績の表", _yes(is_so=review.lists_all_years))
    yield Fact("reasons", "評価の理由の表", _yes(is_so=review.lists_reasons))
    yield Fact("accepted", "確かめた値の記号", "\n".join(review.accepted), yearly)
    for path, text in _leaves(_EVALUATION, review.evaluation):
        yield Fact(path, f"評価の基準（{path}）", text)


def _collection(
    collection: CollectionSettings, usual: str, yearly: DifferenceKind
) -> Iterator[Fact]:
    """Yield how actuals are asked for; who is asked back is ``usual`` unless it is said."""
    contact = collection.contact if collection.contact != usual else ""
    deadline = format_date(collection.deadline) if collection.deadline else ""
    yield Fact("deadline", "回答期限", deadline, yearly)
    yield Fact("collection:contact", "照会先", contact)


def _leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every single value of nested settings with the path to it."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(f"{path}.{key}", each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _leaves(f"{path}[{number}]", each)
    else:
        yield path, _yes(is_so=value) if isinstance(value, bool) else str(value)


def _yes(*, is_so: bool) -> str:
    return "はい" if is_so else "いいえ"
