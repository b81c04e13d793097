"""A scheme from a report's settings: a preset, changed in parts, or one of its own.

Comes in: the plain mapping of the settings' ``[evaluation]`` table. Goes out: a
:class:`~kpireport.evaluation.schemes.Scheme`, or one error that lists all that is wrong.

::

    [evaluation]
    scheme = "linear"                  # a preset, or "own" with marks and approach or bands
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

Bands of a measured rate say the same as a ladder (:mod:`kpireport.evaluation.band_settings`)::

    [evaluation]
    scheme = "own"
    of = "interim"
    marks = [
      { symbol = "A", word = "順調", level = "on_track" },
      { symbol = "B", word = "遅れ", level = "late" },
    ]
    bands = [{ from = 80, mark = "A" }, { below = 80, mark = "B" }]

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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from kpireport.domain.actuals import ReportedState
from kpireport.errors import InputError
from kpireport.evaluation.band_settings import (
    BAND_KEYS,
    BANDS,
    OF,
    band_ladder,
    find_key,
    measured_of,
    refuse_without_bands,
)
from kpireport.evaluation.bands import Measured, against_of, direction_of, keep_of, states_of
from kpireport.evaluation.given_settings import given_scheme, values_only
from kpireport.evaluation.marks_of_people import GIVEN, NONE
from kpireport.evaluation.named_marks import SHARE_OF, upper_of
from kpireport.evaluation.presets import LINEAR, SCHEMES
from kpireport.evaluation.rung_settings import (
    OF_WHICH,
    ladder_from_settings,
    of_which_from_settings,
)
from kpireport.evaluation.schemes import (
    LATENESS,
    LEVELS,
    Against,
    Basis,
    Mark,
    MarkLevel,
    OfWhich,
    Rung,
    Scheme,
    Task,
)
from kpireport.evaluation.setting_values import (
    SettingsLog,
    enum_of,
    one_of,
    table_of,
    text_of,
)
from kpireport.evaluation.usual_marks import NOT_APPLICABLE, UNREPORTED
from kpireport.quickly import dataclass

OWN = "own"
"""The name of a scheme that settings spell out whole."""

_PERCENT = "％"
_LADDERS = (Task.APPROACH, Task.KEEP, Task.DIRECTION)
_PARTS = ("marks", *_LADDERS, "states")
_KEYS = (
    "scheme",
    "title",
    "basis",
    "against",
    "after_deadline",
    "thresholds",
    *_PARTS,
    *BAND_KEYS,
    OF_WHICH,
    SHARE_OF,
)


def scheme_from_settings(
    settings: Mapping[str, object],
    *,
    file: str = "report.toml",
    place: str = "evaluation",
    base: Scheme | None = None,
) -> Scheme:
    """Make the scheme that settings ask for; an empty mapping asks for the default.

    Args:
        settings: the table as read: strings, numbers, mappings and lists.
        file: the settings' file, for messages.
        place: the table's path in it, for messages.
        base: what is changed where the settings name no scheme; the default otherwise.

    Raises:
        InputError: with every problem of the table, each with its path.
    """
    log = SettingsLog(file, place)
    if base is not None:
        return _changed(settings, base, log)
    choices = (*SCHEMES, OWN, GIVEN, NONE)
    name = one_of(choices, settings.get("scheme", LINEAR.name), "scheme", log)
    if name == NONE:
        return values_only(settings, log)
    if name == GIVEN:
        return given_scheme(settings, log)
    return _changed(settings, SCHEMES.get(name), log)


def scheme_of_marks(settings: Mapping[str, object]) -> Scheme | None:
    """The marks that settings ask for, where what leads to them may be faulty.

    Returns:
        A scheme of these marks, to hold against it what is made of them; ``None`` where they
        are faulty too.
    """
    table = {key: settings[key] for key in ("scheme", "marks") if key in settings}
    if table.get("scheme") == OWN:
        keys = [key for key, _, _ in _entries(table.get("marks", {}), SettingsLog("", ""))]
        table[Task.APPROACH] = [{"test": "otherwise", "mark": key} for key in keys[:1]]
    try:
        return scheme_from_settings(table)
    except InputError:
        return None


def without_bands_in_words(scheme: Scheme) -> Scheme:
    """The same scheme, whose marks say no bands in words that are a preset's own (80％以上)."""
    preset = SCHEMES.get(scheme.name)
    words = {each.key: each.word for each in preset.marks} if preset else {}
    return replace(
        scheme,
        marks=tuple(
            replace(each, word=each.symbol)
            if _PERCENT in each.word and each.word == words.get(each.key)
            else each
            for each in scheme.marks
        ),
    )


def has_other_bands(settings: Mapping[str, object]) -> bool:
    """Whether settings have another way to the marks of numbers than their preset."""
    changed = settings.get("thresholds", {})
    return not {BANDS, Task.APPROACH}.isdisjoint(settings) or (
        isinstance(changed, Mapping) and Task.APPROACH in changed
    )


def _changed(settings: Mapping[str, object], preset: Scheme | None, log: SettingsLog) -> Scheme:
    """A preset as settings change it, or a scheme of its own."""
    log.refuse_unknown("", settings, _KEYS)
    log.refuse_unknown(
        "thresholds", table_of(settings.get("thresholds", {}), "thresholds", log), _LADDERS
    )
    if preset is None:
        _require_own(settings, log)
    marks = _marks(settings, preset.marks if preset else (), log)
    log.settle()  # without the marks, nothing that leads to them can be judged
    usual = _banded(settings, _usual(preset), marks, log)
    approach = ladder_from_settings(settings, Task.APPROACH, usual.approach, marks, log)
    log.settle()
    if preset is None:
        usual = replace(usual, keep=keep_of(approach, marks), direction=direction_of(marks))
        usual = replace(usual, states=states_of(marks))
    keep = ladder_from_settings(settings, Task.KEEP, usual.keep, marks, log)
    direction = ladder_from_settings(settings, Task.DIRECTION, usual.direction, marks, log)
    states = _states(settings, usual.states, marks, log)
    basis = enum_of(Basis, settings.get("basis", usual.basis), "basis", log)
    against = enum_of(Against, settings.get("against", usual.against), "against", log)
    title = text_of(settings.get("title", usual.title), "title", log)
    after_deadline = _after_deadline(settings, marks, log)
    of_which = of_which_from_settings(settings, usual.of_which, marks, log)
    usual_upper = [mark.symbol for mark in preset.upper_marks] if preset else []
    upper = upper_of(settings, marks, log, usual_upper)
    log.settle()
    made = Scheme(
        preset.name if preset else OWN,
        title,
        marks,
        approach,
        keep,
        direction,
        states,
        basis,
        after_deadline,
        against,
        of_which=of_which,
        upper=upper,
    )
    return without_bands_in_words(made) if has_other_bands(settings) else made


@dataclass(frozen=True, slots=True)
class _Usual:
    """What holds where settings say nothing."""

    title: str
    approach: tuple[Rung, ...] = ()
    keep: tuple[Rung, ...] = ()
    direction: tuple[Rung, ...] = ()
    states: Mapping[ReportedState, str] = field(default_factory=dict)
    basis: Basis = Basis.PROGRESS
    against: Against = Against.FINAL
    of_which: tuple[OfWhich, ...] = ()


def _usual(preset: Scheme | None) -> _Usual:
    if preset is None:
        return _Usual("独自の基準による評価")
    return _Usual(
        preset.title,
        preset.approach,
        preset.keep,
        preset.direction,
        preset.states,
        preset.basis,
        preset.against,
        preset.of_which,
    )


def _require_own(settings: Mapping[str, object], log: SettingsLog) -> None:
    """Note what a scheme of its own cannot do without."""
    log.require("", settings, ("marks",))
    if Task.APPROACH not in settings and BANDS not in settings:
        log.add(
            "",
            f"評価の決め方（{BANDS} か {Task.APPROACH}）がありません。",
            f"率の帯なら {OF} と {BANDS} を、条件の並びなら {Task.APPROACH} を書いてください。",
        )


def _banded(
    settings: Mapping[str, object], usual: _Usual, marks: tuple[Mark, ...], log: SettingsLog
) -> _Usual:
    """What holds, with bands in the place of the ladders to numbers, where there are any."""
    if BANDS not in settings:
        refuse_without_bands(settings, log)
        return usual
    if Task.APPROACH in settings:
        log.add(
            Task.APPROACH,
            f"{BANDS} と {Task.APPROACH} の両方があります。",
            "どちらか一方を消してください。",
        )
    measured = measured_of(settings, log)
    ladder = band_ladder(settings, measured, marks, log)
    log.settle()
    is_rate = against_of(measured) is Against.YEARLY or measured is Measured.TARGET
    return replace(
        usual,
        approach=ladder,
        keep=keep_of(ladder, marks),
        basis=Basis.ACHIEVEMENT if is_rate else Basis.PROGRESS,
        against=against_of(measured),
        of_which=(),
    )


# --- marks -----------------------------------------------------------------------


def _marks(
    settings: Mapping[str, object], marks: tuple[Mark, ...], log: SettingsLog
) -> tuple[Mark, ...]:
    """The marks as changed, new ones after the old of their level.

    対象外 and 未報告 are always there.
    """
    by_key = {mark.key: mark for mark in marks}
    for key, entry, place in _entries(settings.get("marks", {}), log):
        by_key[key] = _mark(key, entry, by_key.get(key), place, log)
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


def _entries(written: object, log: SettingsLog) -> Iterator[tuple[str, object, str]]:
    """Yield each mark's key, entry and place; in a list the key is the symbol, unless stated."""
    if not isinstance(written, list | tuple):
        for key, entry in table_of(written, "marks", log).items():
            yield key, entry, f"marks.{key}"
        return
    seen: set[str] = set()
    for number, entry in enumerate(written):
        place = f"marks[{number}]"
        table = table_of(entry, place, log)
        log.require(place, table, ("symbol",))
        symbol = table.get("symbol", place)
        key = str(table.get("key", symbol))
        if key in seen:
            log.add(
                place, f"「{key}」が2回あります。", "記号（key）を、ほかと違うものにしてください。"
            )
        seen.add(key)
        stated = {name: each for name, each in table.items() if name != "key"}
        yield key, {"symbol": place, "word": symbol, **stated}, place


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
            if mark.level is other.level is MarkLevel.UNREPORTED:
                log.add(
                    f"marks.{mark.key}.level",
                    f"{mark.level} の評価が２つあります（{other.label} と {mark.label}）。",
                    "どちらかの level を変えてください。",
                )
        seen.append(mark)


# --- ladders and states ----------------------------------------------------------


def _states(
    settings: Mapping[str, object],
    usual: Mapping[ReportedState, str],
    marks: tuple[Mark, ...],
    log: SettingsLog,
) -> dict[ReportedState, str]:
    table = table_of(settings.get("states", {}), "states", log)
    log.refuse_unknown("states", table, tuple(ReportedState))
    keys = tuple(mark.key for mark in marks)
    return {
        state: one_of(
            keys,
            find_key(table[state], marks) or table[state] if state in table else usual[state],
            f"states.{state}",
            log,
        )
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
