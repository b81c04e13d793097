"""Ladders from a report's settings: the rungs as written, with their thresholds as set.

Comes in: the settings' table, the scheme that is changed, the marks. Goes out: a ladder, or
what is wrong with it, each with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpireport.evaluation.band_settings import mark_of
from kpireport.evaluation.schemes import (
    CHANGES,
    COMPARISONS,
    IN_POINTS,
    RATES,
    TESTS_WITH_SHARE,
    TOLERANCES,
    Mark,
    OfWhich,
    Rung,
    Task,
    Test,
    Versus,
    unreachable,
)
from kpireport.evaluation.setting_values import (
    SettingsLog,
    change_of,
    enum_of,
    list_of,
    share_of,
    shown,
    table_of,
    text_of,
)

OF_WHICH = "of_which"


def ladder_from_settings(
    settings: Mapping[str, object],
    task: Task,
    usual: tuple[Rung, ...],
    marks: Sequence[Mark],
    log: SettingsLog,
) -> tuple[Rung, ...]:
    """The usual ladder or the one given instead, with its thresholds as set."""
    faults = len(log.problems)
    ladder = usual
    if task in settings:
        rungs = enumerate(list_of(settings[task], task, log))
        ladder = tuple(_rung(rung, f"{task}[{index}]", marks, log) for index, rung in rungs)
    ladder = _with_thresholds(settings, task, ladder, log)
    if len(log.problems) == faults:  # else the rungs that stand in would be found fault with
        _check_rungs(task, ladder, log)
    return ladder


def _check_rungs(task: Task, ladder: tuple[Rung, ...], log: SettingsLog) -> None:
    if not ladder or ladder[-1].test is not Test.OTHERWISE:
        log.add(
            task,
            "どれにも当てはまらないときの評価がありません。",
            'いちばん下に test = "otherwise" の段を書いてください。',
        )
    for rung in unreachable(ladder):
        log.add(
            task,
            f"{rung.mark} の段（{rung.test}）には、上の段が先に当てはまるので、決して届きません。",
            "割合の大小と段の順を見直してください。",
        )


def _rung(entry: object, place: str, marks: Sequence[Mark], log: SettingsLog) -> Rung:
    table = table_of(entry, place, log)
    log.refuse_unknown(
        place, table, ("test", "mark", "percent", "points", "above", "below", "versus")
    )
    log.require(place, table, ("test",))
    test = enum_of(Test, table.get("test", Test.OTHERWISE), f"{place}.test", log)
    mark = mark_of(table, place, marks, log)
    _refuse_unused(table, test, place, log)
    is_strict = _is_strict(table, place, log)
    versus = enum_of(Versus, table.get("versus", Versus.BASELINE), f"{place}.versus", log)
    rung = Rung(test, mark, is_strict=is_strict, versus=versus)
    if test not in TESTS_WITH_SHARE:
        return rung
    amount = "points" if test in IN_POINTS else "percent"
    log.require(place, table, (amount,))
    read = change_of if test in CHANGES else share_of
    return replace(rung, share=read(table.get(amount, 100), f"{place}.{amount}", log))


def _is_strict(table: Mapping[str, object], place: str, log: SettingsLog) -> bool:
    """Whether a boundary itself is none of a step: what is above a rate, below a tolerance."""
    for key in ("above", "below"):
        if not isinstance(table.get(key, False), bool):
            log.add(
                f"{place}.{key}",
                f"{shown(table[key])}は選べません。",
                "true か false を書いてください。",
            )
    return table.get("above") is True or table.get("below") is True


def of_which_from_settings(
    settings: Mapping[str, object],
    usual: tuple[OfWhich, ...],
    marks: Sequence[Mark],
    log: SettingsLog,
) -> tuple[OfWhich, ...]:
    """What is counted of those with a mark, as given, or else as usual."""
    if OF_WHICH not in settings:
        return usual
    found = []
    for number, entry in enumerate(list_of(settings[OF_WHICH], OF_WHICH, log)):
        place = f"{OF_WHICH}[{number}]"
        table = table_of(entry, place, log)
        log.require(place, table, ("title",))
        title = text_of(table["title"], f"{place}.title", log) if "title" in table else ""
        rung = _rung({key: table[key] for key in table if key != "title"}, place, marks, log)
        found.append(OfWhich(title, rung.mark, rung))
    return tuple(found)


def _refuse_unused(table: Mapping[str, object], test: Test, place: str, log: SettingsLog) -> None:
    """Note what a test has no use for."""
    uses = {
        "percent": (test in TESTS_WITH_SHARE - IN_POINTS, "割合"),
        "points": (test in IN_POINTS, "ポイント"),
        "above": (test in RATES | CHANGES, "「超える」の区別"),
        "below": (test in TOLERANCES, "「未満」の区別"),
        "versus": (test in COMPARISONS, "比べる相手"),
    }
    for key, (is_used, what) in uses.items():
        if key in table and not is_used:
            log.add(f"{place}.{key}", f"{test} は{what}を使いません。", f"{key} を消してください。")


def _with_thresholds(
    settings: Mapping[str, object], task: Task, ladder: tuple[Rung, ...], log: SettingsLog
) -> tuple[Rung, ...]:
    place = f"thresholds.{task}"
    table = table_of(_thresholds(settings).get(task, {}), place, log)
    movable = tuple(rung.mark for rung in ladder if rung.test in TESTS_WITH_SHARE)
    log.refuse_unknown(place, table, movable)
    shares = {key: share_of(table[key], f"{place}.{key}", log) for key in movable if key in table}
    return tuple(
        replace(rung, share=shares[rung.mark])
        if rung.test in TESTS_WITH_SHARE and rung.mark in shares
        else rung
        for rung in ladder
    )


def _thresholds(settings: Mapping[str, object]) -> Mapping[str, object]:
    tables = settings.get("thresholds", {})
    return tables if isinstance(tables, Mapping) else {}
