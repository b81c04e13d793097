"""The criteria from a report's settings: ``[evaluation]`` with all that may stand below it.

Comes in: the plain mapping of the table. Goes out: the criteria, or one error that lists all
that is wrong.

::

    [evaluation]
    scheme = "takamatsu_90"
    [[evaluation.earlier]]             # what earlier years were judged by
    until = 2020
    scheme = "takamatsu"
    [evaluation.category.survey]       # other ladders for a class of indicators
    scheme = "fukuoka_survey"
    [[evaluation.further]]             # a mark beside the first
    key = "trend"
    title = "方向性"
    scheme = "trend"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import InputError
from kpireport.evaluation.band_settings import BANDS, OF, UNIT
from kpireport.evaluation.criteria import Criteria, EarlierCriteria, FurtherCriteria
from kpireport.evaluation.marks_of_people import GIVEN, NONE
from kpireport.evaluation.named_marks import SHARE_OF
from kpireport.evaluation.rollup_points import ROLLUP
from kpireport.evaluation.scheme_settings import (
    OWN,
    has_other_bands,
    scheme_from_settings,
    without_bands_in_words,
)
from kpireport.evaluation.schemes import Scheme
from kpireport.evaluation.setting_values import (
    SettingsLog,
    list_of,
    number_of,
    shown,
    table_of,
    text_of,
)

EARLIER, CATEGORY, FURTHER = "earlier", "category", "further"

_KEY = re.compile("[a-z][a-z0-9_-]*")
_Made = TypeVar("_Made")


def criteria_from_settings(
    settings: Mapping[str, object], *, file: str = "report.toml", place: str = "evaluation"
) -> Criteria:
    """Make the criteria that settings ask for; an empty mapping asks for the default.

    Args:
        settings: the table as read: strings, numbers, mappings and lists.
        file: the settings' file, for messages.
        place: the table's path in it, for messages.

    Raises:
        InputError: with every problem of the table, each with its path.
    """
    log = SettingsLog(file, place)
    criteria = _whole(settings, file, place, log)
    earlier = _earlier(settings, file, place, log)
    further = _further(settings, file, place, log)
    log.settle()
    assert criteria is not None  # noqa: S101 -- only errors keep it from being made
    return Criteria(criteria.scheme, criteria.categories, earlier, further)


def _whole(
    settings: Mapping[str, object], file: str, place: str, log: SettingsLog
) -> Criteria | None:
    """The scheme of a table, and those of classes below it."""
    own = _without(settings, EARLIER, CATEGORY, FURTHER, ROLLUP)
    scheme = _attempt(log, lambda: scheme_from_settings(own, file=file, place=place))
    tables = _below(settings.get(CATEGORY, {}), CATEGORY, log)
    if scheme is None:
        return None
    if tables and not scheme.has_rules:
        log.add(
            CATEGORY,
            "区分ごとの基準は、計算する評価だけのものです。",
            f'[{place}.{CATEGORY}] を消すか、scheme を "{GIVEN}" でも "{NONE}" でもないものに'
            "してください。",
        )
        return None
    if any("scheme" in each or has_other_bands(each) for each in tables.values()):
        scheme = without_bands_in_words(scheme)  # they are not those of every class
    found: dict[str, Scheme] = {}
    for key, table in tables.items():
        said = _with_measured(table, own)
        made = _of_category(said, scheme, file, f"{place}.{CATEGORY}.{key}", log)
        if made:
            found[key] = made
    return Criteria(scheme, found)


def _with_measured(table: Mapping[str, object], whole: Mapping[str, object]) -> dict[str, object]:
    """A class's table: its bands are of what the whole's are, unless it says otherwise."""
    if BANDS not in table or OF in table or "scheme" in table:
        return dict(table)
    return {**{key: whole[key] for key in (OF, UNIT) if key in whole}, **table}


def _of_category(
    table: Mapping[str, object], scheme: Scheme, file: str, place: str, log: SettingsLog
) -> Scheme | None:
    """The scheme of a class of indicators: other ladders to the same marks."""
    own = SettingsLog(file, place)
    for key in ("marks", "title", SHARE_OF):
        if key in table:
            own.add(
                key, "区分ごとには変えられません。", f"[evaluation] の {key} に書いてください。"
            )
    if table.get("scheme") in (OWN, GIVEN, NONE):
        own.add(
            "scheme",
            f"{shown(table['scheme'])}は、区分には使えません。",
            "評価の記号は、全ての区分で同じです。bands、approach などだけを書いてください。",
        )
    if own.errors:
        log.take(own.problems)
        return None
    base = None if "scheme" in table else scheme
    made = _attempt(log, lambda: scheme_from_settings(table, file=file, place=place, base=base))
    if made and made.marks != scheme.marks:
        made = without_bands_in_words(made)
    if made and made.marks != scheme.marks:
        own.add(
            "scheme",
            f"評価の記号が、[evaluation] の基準（{scheme.title}）と違います。",
            "同じ記号の基準を選ぶか、bands、approach などだけを書いてください。",
        )
        log.take(own.problems)
    return made


def _earlier(
    settings: Mapping[str, object], file: str, place: str, log: SettingsLog
) -> tuple[EarlierCriteria, ...]:
    """What earlier years were judged by, earliest first."""
    found: list[EarlierCriteria] = []
    for number, entry in enumerate(list_of(settings.get(EARLIER, []), EARLIER, log)):
        own = f"{EARLIER}[{number}]"
        table = table_of(entry, own, log)
        log.require(own, table, ("until",))
        for key in (EARLIER, FURTHER):
            if key in table:
                log.add(f"{own}.{key}", "ここには書けません。", f"{key} を消してください。")
        until = _until(table.get("until", 0), f"{own}.until", log) if "until" in table else None
        rest = _without(table, "until", EARLIER, FURTHER)
        sub = SettingsLog(file, f"{place}.{own}")
        criteria = _whole(rest, file, f"{place}.{own}", sub)
        log.take(sub.problems)
        if criteria and not criteria.scheme.has_marks:
            log.add(
                f"{own}.scheme",
                "評価のない年度は、ここには書けません。",
                "この [[evaluation.earlier]] を消してください。",
            )
        if until and any(each.until == until for each in found):
            log.add(
                f"{own}.until",
                f"{format_fiscal_year(until)}までの基準が2つあります。",
                "どちらかの年度を直すか、片方を消してください。",
            )
        elif until and criteria:
            found.append(EarlierCriteria(until, criteria))
    return tuple(sorted(found, key=lambda each: each.until))


def _until(value: object, place: str, log: SettingsLog) -> FiscalYear | None:
    year = number_of(value, 1900, 2200)
    if year is not None and year.denominator == 1:
        return FiscalYear(int(year))
    log.add(place, f"{shown(value)}は年度ではありません。", "2020 のように、西暦で書いてください。")
    return None


def _further(
    settings: Mapping[str, object], file: str, place: str, log: SettingsLog
) -> tuple[FurtherCriteria, ...]:
    """The marks beside the first, each with its key and title."""
    found: list[FurtherCriteria] = []
    for number, entry in enumerate(list_of(settings.get(FURTHER, []), FURTHER, log)):
        own = f"{FURTHER}[{number}]"
        table = table_of(entry, own, log)
        log.require(own, table, ("key", "title"))
        key = str(table.get("key", ""))
        if "key" in table and not _KEY.fullmatch(key):
            log.add(
                f"{own}.key",
                f"{shown(key)}は名前に使えません。",
                "trend のように、英小文字で始まる名前を書いてください。",
            )
        if key and any(each.key == key for each in found):
            log.add(f"{own}.key", f"{shown(key)}が2回あります。", "違う名前にしてください。")
        title = text_of(table["title"], f"{own}.title", log) if "title" in table else ""
        sub = SettingsLog(file, f"{place}.{own}")
        criteria = _of_further(table, file, f"{place}.{own}", sub)
        log.take(sub.problems)
        if criteria:
            found.append(FurtherCriteria(key, title, criteria))
    return tuple(found)


def _of_further(
    table: Mapping[str, object], file: str, place: str, log: SettingsLog
) -> Criteria | None:
    if table.get("scheme") in (GIVEN, NONE):
        log.add(
            "scheme",
            f"{shown(table['scheme'])}は、2つ目の評価には使えません。",
            "計算する基準を選んでください。",
        )
        return None
    for key in (EARLIER, FURTHER):
        if key in table:
            log.add(key, "ここには書けません。", f"{key} を消してください。")
    return _whole(_without(table, "key", "title", EARLIER, FURTHER), file, place, log)


def _below(value: object, place: str, log: SettingsLog) -> dict[str, Mapping[str, object]]:
    tables = table_of(value, place, log)
    return {key: table_of(each, f"{place}.{key}", log) for key, each in tables.items()}


def _without(table: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in table.items() if key not in keys}


def _attempt(log: SettingsLog, make: Callable[[], _Made]) -> _Made | None:
    """Make a part; note what it refuses, so that the rest is read too."""
    try:
        return make()
    except InputError as error:
        log.take(error.problems)
        return None
