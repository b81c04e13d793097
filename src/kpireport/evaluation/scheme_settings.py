"""A scheme from a report's settings: a preset, changed in parts, or one of its own.

Comes in: the plain mapping of the settings' ``[evaluation]`` table. Goes out: a
:class:`~kpireport.evaluation.schemes.Scheme`, or one error that lists all that is wrong.

::

    [evaluation]
    scheme = "linear"                  # a preset, or "own" with all parts given below
    basis = "progress"                 # or "achievement"
    against = "final"                  # or "yearly": the year's own target
    after_deadline = "continued"       # the mark of states that are not reached in time
    [evaluation.marks.behind]          # the preset's mark of that key, or a new one
    word = "要努力"
    [evaluation.thresholds.approach]   # per cent, by the mark that they lead to
    behind = 70
    [evaluation.states]
    "準備" = "on_track"
    [evaluation.marks.continued]       # a mark of its own for states after their deadline
    symbol = "▽"
    word = "期限後も継続"
    level = "behind"
    [[evaluation.keep]]                # the rungs of a ladder instead of the preset's
    test = "of_target"
    percent = 95
    mark = "behind"

Or people choose the marks, or there are none (``scheme = "none"``, and nothing else)::

    [evaluation]
    scheme = "given"
    given_by = "所管課"                # who chooses them, as the document says it
    rates = true                       # whether 進捗率 stands beside them
    marks = [
      { symbol = "A", word = "順調", level = "on_track" },
      { symbol = "B", word = "遅れ", level = "behind" },
    ]

What is made of the marks (``[evaluation.rollup]``) is
:mod:`kpireport.evaluation.rollup_settings`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.given_settings import given_scheme, values_only
from kpireport.evaluation.marks_of_people import GIVEN, NONE
from kpireport.evaluation.presets import LINEAR, NOT_APPLICABLE, SCHEMES, UNREPORTED
from kpireport.evaluation.rollup_points import ROLLUP
from kpireport.evaluation.schemes import (
    LATENESS,
    LEVELS,
    TESTS_WITH_SHARE,
    Against,
    Basis,
    Mark,
    MarkLevel,
    Rung,
    Scheme,
    Task,
    Test,
    unreachable,
)
from kpireport.evaluation.setting_values import (
    SettingsLog,
    enum_of,
    list_of,
    one_of,
    share_of,
    table_of,
    text_of,
)

OWN = "own"
"""The name of a scheme that settings spell out whole."""

_LADDERS = (Task.APPROACH, Task.KEEP, Task.DIRECTION)
_PARTS = ("marks", *_LADDERS, "states")
_KEYS = ("scheme", "title", "basis", "against", "after_deadline", "thresholds", *_PARTS)


def scheme_from_settings(
    settings: Mapping[str, object], *, file: str = "report.toml", place: str = "evaluation"
) -> Scheme:
    """Make the scheme that settings ask for; an empty mapping asks for the default.

    Args:
        settings: the table as read: strings, numbers, mappings and lists.
        file: the settings' file, for messages.
        place: the table's path in it, for messages.

    Raises:
        InputError: with every problem of the table, each with its path.
    """
    log = SettingsLog(file, place)
    settings = {key: value for key, value in settings.items() if key != ROLLUP}
    choices = (*SCHEMES, OWN, GIVEN, NONE)
    name = one_of(choices, settings.get("scheme", LINEAR.name), "scheme", log)
    if name == NONE:
        return values_only(settings, log)
    if name == GIVEN:
        return given_scheme(settings, log)
    log.refuse_unknown("", settings, _KEYS)
    log.refuse_unknown(
        "thresholds", table_of(settings.get("thresholds", {}), "thresholds", log), _LADDERS
    )
    base = SCHEMES.get(name, LINEAR)
    if name == OWN:
        base = replace(base, name=OWN, title="独自の基準による評価")
        log.require("", settings, _PARTS)
    marks = _marks(settings, () if name == OWN else base.marks, log)
    log.settle()  # without the marks, nothing that leads to them can be judged
    keys = tuple(mark.key for mark in marks)
    ladders = {task: _ladder(settings, task, base, keys, log) for task in _LADDERS}
    states = _states(settings, base, keys, log)
    basis = enum_of(Basis, settings.get("basis", base.basis), "basis", log)
    against = enum_of(Against, settings.get("against", base.against), "against", log)
    title = text_of(settings.get("title", base.title), "title", log)
    after_deadline = _after_deadline(settings, marks, log)
    log.settle()
    return Scheme(
        base.name,
        title,
        marks,
        ladders[Task.APPROACH],
        ladders[Task.KEEP],
        ladders[Task.DIRECTION],
        states,
        basis,
        after_deadline,
        against,
    )


# --- marks -----------------------------------------------------------------------


def _marks(
    settings: Mapping[str, object], marks: tuple[Mark, ...], log: SettingsLog
) -> tuple[Mark, ...]:
    """The marks as changed, new ones after the old of their level.

    対象外 and 未報告 are always there.
    """
    by_key = {mark.key: mark for mark in marks}
    for key, entry in table_of(settings.get("marks", {}), "marks", log).items():
        by_key[key] = _mark(key, entry, by_key.get(key), f"marks.{key}", log)
    ordered = list(by_key.values())
    present = {mark.level for mark in ordered}
    for level, each in _ALWAYS.items():
        if level not in present and each.key in by_key:
            log.add(
                f"marks.{each.key}.level", f"{each.label}がなくなります。", f'"{level}" とします。'
            )
        elif level not in present:
            ordered.append(each)
    ordered.sort(key=lambda mark: LEVELS.index(mark.level))
    _check_distinct(ordered, log)
    return tuple(ordered)


_ALWAYS = {MarkLevel.NOT_APPLICABLE: NOT_APPLICABLE, MarkLevel.UNREPORTED: UNREPORTED}


def _mark(key: str, entry: object, old: Mark | None, place: str, log: SettingsLog) -> Mark:
    table = table_of(entry, place, log)
    log.refuse_unknown(place, table, ("symbol", "word", "level"))
    if old is None:
        log.require(place, table, ("symbol", "word", "level"))
        old = Mark(key, key, key, MarkLevel.LATE)
    return Mark(
        key,
        text_of(table.get("symbol", old.symbol), f"{place}.symbol", log),
        text_of(table.get("word", old.word), f"{place}.word", log),
        enum_of(MarkLevel, table.get("level", old.level), f"{place}.level", log),
    )


def _check_distinct(marks: Iterable[Mark], log: SettingsLog) -> None:
    """Refuse two marks that a reader, or a person who sets one, could not tell apart."""
    seen: list[Mark] = []
    for mark in marks:
        for other in seen:
            if mark.looks_like(other):
                log.add(
                    f"marks.{mark.key}",
                    f"{other.label} と {mark.label} は、記号が同じで見分けがつきません。",
                    "symbol を、ほかと違う記号にしてください。",
                )
            if mark.level is other.level and mark.level in _ALWAYS:
                log.add(
                    f"marks.{mark.key}.level",
                    f"{mark.level} の評価が２つあります（{other.label} と {mark.label}）。",
                    "どちらかの level を変えてください。",
                )
        seen.append(mark)


# --- ladders and states ----------------------------------------------------------


def _ladder(
    settings: Mapping[str, object],
    task: Task,
    base: Scheme,
    keys: tuple[str, ...],
    log: SettingsLog,
) -> tuple[Rung, ...]:
    """The preset's ladder or the one given instead, with its thresholds as set."""
    faults = len(log.problems)
    ladder = base.ladders[task]
    if task in settings:
        rungs = enumerate(list_of(settings[task], task, log))
        ladder = tuple(_rung(rung, f"{task}[{index}]", keys, log) for index, rung in rungs)
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


def _rung(entry: object, place: str, keys: tuple[str, ...], log: SettingsLog) -> Rung:
    table = table_of(entry, place, log)
    log.refuse_unknown(place, table, ("test", "mark", "percent"))
    log.require(place, table, ("test", "mark"))
    test = enum_of(Test, table.get("test", Test.OTHERWISE), f"{place}.test", log)
    mark = one_of(keys, table.get("mark", keys[0]), f"{place}.mark", log)
    if test not in TESTS_WITH_SHARE:
        if "percent" in table:
            log.add(
                f"{place}.percent",
                f"{test} は割合を使いません。",
                "percent を消してください。",
            )
        return Rung(test, mark)
    log.require(place, table, ("percent",))
    return Rung(test, mark, share_of(table.get("percent", 100), f"{place}.percent", log))


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


def _states(
    settings: Mapping[str, object], base: Scheme, keys: tuple[str, ...], log: SettingsLog
) -> dict[ReportedState, str]:
    table = table_of(settings.get("states", {}), "states", log)
    log.refuse_unknown("states", table, tuple(ReportedState))
    if base.name == OWN:
        log.require("states", table, tuple(ReportedState))
        old = dict.fromkeys(ReportedState, keys[0])
    else:
        old = dict(base.states)
    return {
        state: one_of(keys, table.get(state, old[state]), f"states.{state}", log)
        for state in ReportedState
    }


def _after_deadline(
    settings: Mapping[str, object], marks: tuple[Mark, ...], log: SettingsLog
) -> str:
    """The key of the mark of states after their deadline, empty where none is set."""
    if "after_deadline" not in settings:
        return ""
    late = tuple(mark.key for mark in marks if mark.level in LATENESS)
    if not late:
        log.add(
            "after_deadline",
            "遅れを表す評価（level が behind か late のもの）がありません。",
            "after_deadline を消すか、marks に遅れを表す評価を書いてください。",
        )
        return ""
    return one_of(late, settings["after_deadline"], "after_deadline", log)
