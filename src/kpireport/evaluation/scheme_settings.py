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
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.presets import LINEAR, NOT_APPLICABLE, SCHEMES, UNREPORTED
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
from kpireport.findings import Findings

OWN = "own"
"""The name of a scheme that settings spell out whole."""

_LADDERS = (Task.APPROACH, Task.KEEP, Task.DIRECTION)
_PARTS = ("marks", *_LADDERS, "states")
_KEYS = ("scheme", "title", "basis", "against", "after_deadline", "thresholds", *_PARTS)

# 60 is meant where 0.6 is written, and nothing is asked ten times over.
_LEAST_PERCENT, _MOST_PERCENT = 1, 1000

_Choice = TypeVar("_Choice", bound=StrEnum)


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
    log = _Log(file, place)
    name = _one_of((*SCHEMES, OWN), settings.get("scheme", LINEAR.name), "scheme", log)
    log.refuse_unknown("", settings, _KEYS)
    log.refuse_unknown(
        "thresholds", _table(settings.get("thresholds", {}), "thresholds", log), _LADDERS
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
    basis = _enum(Basis, settings.get("basis", base.basis), "basis", log)
    against = _enum(Against, settings.get("against", base.against), "against", log)
    title = _text(settings.get("title", base.title), "title", log)
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


def _marks(settings: Mapping[str, object], marks: tuple[Mark, ...], log: _Log) -> tuple[Mark, ...]:
    """The marks as changed, new ones after the old of their level.

    対象外 and 未報告 are always there.
    """
    by_key = {mark.key: mark for mark in marks}
    for key, entry in _table(settings.get("marks", {}), "marks", log).items():
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


def _mark(key: str, entry: object, old: Mark | None, place: str, log: _Log) -> Mark:
    table = _table(entry, place, log)
    log.refuse_unknown(place, table, ("symbol", "word", "level"))
    if old is None:
        log.require(place, table, ("symbol", "word", "level"))
        old = Mark(key, key, key, MarkLevel.LATE)
    return Mark(
        key,
        _text(table.get("symbol", old.symbol), f"{place}.symbol", log),
        _text(table.get("word", old.word), f"{place}.word", log),
        _enum(MarkLevel, table.get("level", old.level), f"{place}.level", log),
    )


def _check_distinct(marks: Iterable[Mark], log: _Log) -> None:
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
    log: _Log,
) -> tuple[Rung, ...]:
    """The preset's ladder or the one given instead, with its thresholds as set."""
    faults = len(log.problems)
    ladder = base.ladders[task]
    if task in settings:
        rungs = enumerate(_list(settings[task], task, log))
        ladder = tuple(_rung(rung, f"{task}[{index}]", keys, log) for index, rung in rungs)
    ladder = _with_thresholds(settings, task, ladder, log)
    if len(log.problems) == faults:  # else the rungs that stand in would be found fault with
        _check_rungs(task, ladder, log)
    return ladder


def _check_rungs(task: Task, ladder: tuple[Rung, ...], log: _Log) -> None:
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


def _rung(entry: object, place: str, keys: tuple[str, ...], log: _Log) -> Rung:
    table = _table(entry, place, log)
    log.refuse_unknown(place, table, ("test", "mark", "percent"))
    log.require(place, table, ("test", "mark"))
    test = _enum(Test, table.get("test", Test.OTHERWISE), f"{place}.test", log)
    mark = _one_of(keys, table.get("mark", keys[0]), f"{place}.mark", log)
    if test not in TESTS_WITH_SHARE:
        if "percent" in table:
            log.add(
                f"{place}.percent",
                f"{test} は割合を使いません。",
                "percent を消してください。",
            )
        return Rung(test, mark)
    log.require(place, table, ("percent",))
    return Rung(test, mark, _share(table.get("percent", 100), f"{place}.percent", log))


def _with_thresholds(
    settings: Mapping[str, object], task: Task, ladder: tuple[Rung, ...], log: _Log
) -> tuple[Rung, ...]:
    place = f"thresholds.{task}"
    table = _table(_thresholds(settings).get(task, {}), place, log)
    movable = tuple(rung.mark for rung in ladder if rung.test in TESTS_WITH_SHARE)
    log.refuse_unknown(place, table, movable)
    shares = {key: _share(table[key], f"{place}.{key}", log) for key in movable if key in table}
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
    settings: Mapping[str, object], base: Scheme, keys: tuple[str, ...], log: _Log
) -> dict[ReportedState, str]:
    table = _table(settings.get("states", {}), "states", log)
    log.refuse_unknown("states", table, tuple(ReportedState))
    if base.name == OWN:
        log.require("states", table, tuple(ReportedState))
        old = dict.fromkeys(ReportedState, keys[0])
    else:
        old = dict(base.states)
    return {
        state: _one_of(keys, table.get(state, old[state]), f"states.{state}", log)
        for state in ReportedState
    }


def _after_deadline(settings: Mapping[str, object], marks: tuple[Mark, ...], log: _Log) -> str:
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
    return _one_of(late, settings["after_deadline"], "after_deadline", log)


# --- values ----------------------------------------------------------------------


class _Log(Findings):
    """What is wrong with the table, in the order found; places are paths within it."""

    def __init__(self, file: str, table: str) -> None:
        super().__init__(file)
        self.table = table

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note a fault at a place of the table."""
        super().add(f"{self.table}.{place}" if place else self.table, what, remedy)

    def refuse_unknown(self, place: str, table: Mapping[str, object], known: Iterable[str]) -> None:
        names = tuple(known)
        for key in table:
            if key not in names:
                listed = "、".join(names) or "なし"
                where = f"{place}.{key}" if place else key
                self.add(where, "ここに書ける名前ではありません。", f"書けるのは：{listed}。")

    def require(self, place: str, table: Mapping[str, object], keys: Iterable[str]) -> None:
        for key in keys:
            if key not in table:
                self.add(place, f"{key} がありません。", f"{key} を書いてください。")


def _table(value: object, place: str, log: _Log) -> Mapping[str, object]:
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return value
    log.add(
        place, "表ではありません。", f"[{log.table}.{place}] の下に、名前 = 値 と書いてください。"
    )
    return {}


def _list(value: object, place: str, log: _Log) -> list[object]:
    if isinstance(value, (list, tuple)):
        return list(value)
    log.add(
        place, "段の並びではありません。", f"[[{log.table}.{place}]] を段ごとに書いてください。"
    )
    return []


def _text(value: object, place: str, log: _Log) -> str:
    if isinstance(value, str) and value.strip():
        return value
    log.add(place, "空か、文字ではありません。", "言葉か記号を書いてください。")
    return place


def _one_of(choices: tuple[str, ...], value: object, place: str, log: _Log) -> str:
    if isinstance(value, str) and value in choices:
        return value
    listed = "、".join(choices)
    log.add(place, f"{_shown(value)}は選べません。", f"次のどれかを書いてください：{listed}。")
    return choices[0]


def _shown(value: object) -> str:
    return f"「{str(value)[:40]}」"


def _enum(kind: type[_Choice], value: object, place: str, log: _Log) -> _Choice:
    return kind(_one_of(tuple(kind), value, place, log))


def _share(value: object, place: str, log: _Log) -> Fraction:
    """A percentage as a ratio, exactly as written: 66.6 is 333/500."""
    if (
        isinstance(value, int | float | Decimal)
        and not isinstance(value, bool)
        and _LEAST_PERCENT <= value <= _MOST_PERCENT
    ):
        # TOML's 66.6 comes as the nearest binary number; what was written is its repr.
        return Fraction(str(value)) / 100
    log.add(
        place,
        f"{_shown(value)}は割合（％）として使えません。",
        f"{_LEAST_PERCENT} から {_MOST_PERCENT} までの数を、60％なら 60 と書いてください。",
    )
    return Fraction(1)
