"""Schemes of judgement (評価の基準) as data: marks, and the ladders that lead to them.

Comes in: nothing; a scheme is a constant (:mod:`kpireport.evaluation.presets`) or made
from a report's settings (:mod:`kpireport.evaluation.scheme_settings`). Goes out: to the
judging itself, and to the document, whose legend and rules of judgement are generated
from the same data and so cannot go stale.

A ladder is read from the top: the first rung whose test holds gives the mark. Where people
choose the marks, or there are none, a scheme has no ladders: its :data:`Marking` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeAlias, assert_never

from kpireport.domain.actuals import ReportedState
from kpireport.domain.numerals import fold_width


class MarkLevel(StrEnum):
    """What a mark amounts to, whatever a scheme calls it: for styles and for lists."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"  # nothing to judge (対象外)
    UNREPORTED = "unreported"  # nothing reported (未報告)

    @property
    def is_judgement(self) -> bool:
        """Whether it says how a row stands."""
        return self not in (MarkLevel.NOT_APPLICABLE, MarkLevel.UNREPORTED)


LEVELS = tuple(MarkLevel)
"""All levels, best first; the last two are no judgements."""

LATENESS = (MarkLevel.BEHIND, MarkLevel.LATE)
"""The levels of what is late, the lesser first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """評価の記号: ``◎`` and its word ``達成``; ``key`` names it in ladders and settings."""

    key: str
    symbol: str
    word: str
    level: MarkLevel

    @property
    def label(self) -> str:
        """Symbol and word, as in legends: ``◎ 達成``; a symbol that is a word says all."""
        return self.symbol if self.symbol == self.word else f"{self.symbol} {self.word}"

    def may_be_taken_for(self, other: Mark) -> bool:
        """Whether what a person writes for one may be meant for the other."""
        own, others = ({_plain(each.symbol), _plain(each.word)} for each in (self, other))
        return not own.isdisjoint(others)

    def looks_like(self, other: Mark) -> bool:
        """Whether the two have one symbol, as far as eyes and input methods go."""
        return _plain(self.symbol) == _plain(other.symbol)


class Test(StrEnum):
    """A question about where an actual stands; those with a share compare with a part."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    PASSED = "passed"  # beyond the target
    REACHED = "reached"  # at the target or beyond
    INTERIM = "interim"  # likewise of the target of the year, or of the next year that has one
    OF_EXPECTED = "of_expected"  # rate ≥ share × expected progress
    OF_TARGET = "of_target"  # achievement rate ≥ share
    OF_WAY = "of_way"  # rate ≥ share of the whole way, whatever is expected by then
    ADVANCED = "advanced"  # any progress at all: rate > 0
    BEYOND = "beyond"  # better than the value it is compared with
    EQUAL = "equal"  # the same as the value it is compared with
    WITHIN = "within"  # differs from it by at most share of it
    WITHIN_POINTS = "within_points"  # likewise; of what is itself in ％, by points of it
    CHANGED = "changed"  # is better than it by share of it at least; below 0, no worse than
    CHANGED_POINTS = "changed_points"  # likewise; of what is itself in ％, by points of it
    WORSE = "worse"  # worse than the value it is compared with
    UNCOMPARED = "uncompared"  # there is no value to compare with
    OTHERWISE = "otherwise"  # always


TOLERANCES = frozenset({Test.WITHIN, Test.WITHIN_POINTS})
CHANGES = frozenset({Test.CHANGED, Test.CHANGED_POINTS})
IN_POINTS = frozenset({Test.WITHIN_POINTS, Test.CHANGED_POINTS})
RATES = frozenset({Test.OF_EXPECTED, Test.OF_TARGET, Test.OF_WAY})
TESTS_WITH_SHARE = RATES | TOLERANCES | CHANGES
COMPARISONS = frozenset(
    {Test.BEYOND, Test.EQUAL, Test.WORSE, Test.UNCOMPARED, *TOLERANCES, *CHANGES}
)


class Versus(StrEnum):
    """What a comparison is made with."""

    BASELINE = "baseline"  # 現状値; of a direction from the year before, that year's
    PREVIOUS = "previous"  # the actual of the year before


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: the mark that is given where the test holds.

    Attributes:
        test: what is asked.
        mark: the key of the mark.
        share: a ratio (0.6 is 60 ％; of points, 0.03 is 3 of them); it counts only for
            :data:`TESTS_WITH_SHARE`.
        is_strict: whether a rate or a change has to be more than the share (を超える), a
            difference less than the tolerance (未満).
        versus: what :data:`COMPARISONS` compare with.
    """

    test: Test
    mark: str
    share: Fraction = Fraction(1)
    is_strict: bool = False
    versus: Versus = Versus.BASELINE


class Basis(StrEnum):
    """Which rate is held against the expected progress (年度の目安) of a year."""

    PROGRESS = "progress"  # 進捗率; 達成率 where there is no baseline to count from
    ACHIEVEMENT = "achievement"  # 達成率


class Against(StrEnum):
    """Which target a year is held against, where a row has targets of earlier years."""

    FINAL = "final"  # the row's own, of which a year has its share
    YEARLY = "yearly"  # the year's (年度ごとの目標値), or the one that is due next


class Task(StrEnum):
    """What a target asks, as far as judging it goes; each has its ladder."""

    APPROACH = "approach"  # move to a number: from the baseline, from 0, or by year's share
    KEEP = "keep"  # hold a number: no progress is asked for
    DIRECTION = "direction"  # be above (below) the baseline or the previous year
    STATE = "state"  # a state is reached


@dataclass(frozen=True, slots=True)
class ByRules:
    """Ladders lead to the marks; a person may set another, with the reason."""


@dataclass(frozen=True, slots=True)
class ByPeople:
    """People choose the marks, and what they choose stands.

    Attributes:
        who: who does (所管課), as the document says it.
        has_rates: whether the document shows 進捗率 beside the marks.
    """

    who: str = "所管課"
    has_rates: bool = True


@dataclass(frozen=True, slots=True)
class NoMarks:
    """Values alone are told, without marks and rates."""


Marking: TypeAlias = ByRules | ByPeople | NoMarks
"""Where a scheme's marks come from."""


@dataclass(frozen=True, slots=True)
class OfWhich:
    """What is counted of those with a mark: ``うち100％以上``; ``rung`` tells which."""

    title: str
    mark: str
    rung: Rung


@dataclass(frozen=True)  # without slots: every row asks what its marks and ladders are
class Scheme:
    """A way of judging (評価の基準).

    Attributes:
        name: of the preset, as settings name it.
        title: for people: ``年度の目安に対する進捗``.
        marks: all marks, best first; the last two, 対象外 and 未報告, are known by level.
        approach: the ladder of targets to move to.
        keep: the ladder of targets to hold.
        direction: the ladder of targets in words (現状値から増加, 前年度実績から増加).
        states: the mark's key for each reported state.
        basis: which rate :attr:`Test.OF_EXPECTED` looks at.
        after_deadline: the key of the mark of a state that is not reached in the year of its
            deadline or later, unless what was reported has a worse one; empty for the first
            mark of lateness.
        against: which target a year is held against.
        marking: where the marks come from; ladders and states are those of rules alone.
        of_which: what is counted of those with a mark, besides.
        upper: the keys of the marks whose share is told together (A・Bの割合).

    Raises:
        ValueError: on creation, where the parts do not fit together.
    """

    name: str
    title: str
    marks: tuple[Mark, ...]
    approach: tuple[Rung, ...]
    keep: tuple[Rung, ...]
    direction: tuple[Rung, ...]
    states: Mapping[ReportedState, str]
    basis: Basis = Basis.PROGRESS
    after_deadline: str = ""
    against: Against = Against.FINAL
    marking: Marking = ByRules()
    of_which: tuple[OfWhich, ...] = ()
    upper: tuple[str, ...] = ()
    _by_key: dict[str, Mark] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update((mark.key, mark) for mark in self.marks)
        if fault := next(_faults(self), None):
            raise ValueError(f"scheme {self.name!r}: {fault}")

    def mark(self, key: str) -> Mark:
        """The mark of that key; a ladder's keys are always known."""
        return self._by_key[key]

    @property
    def upper_marks(self) -> tuple[Mark, ...]:
        """The marks whose share is told together."""
        return tuple(map(self.mark, self.upper))

    def find_mark(self, written: str) -> Mark | None:
        """The mark that a person wrote: its symbol, its word, both, or its key."""
        return find_mark(self.marks, written)

    def of_level(self, level: MarkLevel) -> tuple[Mark, ...]:
        """All marks of one level, best first."""
        return tuple(mark for mark in self.marks if mark.level is level)

    def rank(self, mark: Mark) -> tuple[int, int]:
        """Where a mark stands, best first: by its level, then by its place in the scheme."""
        return LEVELS.index(mark.level), self.marks.index(mark)

    @property
    def has_marks(self) -> bool:
        """Whether a document shows marks at all."""
        return not isinstance(self.marking, NoMarks)

    @property
    def has_rules(self) -> bool:
        """Whether marks follow from values, and may be set otherwise by a person."""
        return isinstance(self.marking, ByRules)

    @property
    def has_rates(self) -> bool:
        """Whether a document shows 進捗率."""
        match self.marking:
            case ByRules():
                return True
            case ByPeople(has_rates=has_rates):
                return has_rates
            case NoMarks():
                return False
            case _:
                assert_never(self.marking)

    @property
    def shows_achievement(self) -> bool:
        """Whether the rate beside the marks is 達成率, since that is what they follow from."""
        return self.has_rules and self.basis is Basis.ACHIEVEMENT

    @cached_property
    def has_pace(self) -> bool:
        """Whether rules hold anything against 年度の目安, so that rates are shown beside it."""
        return self.uses(Test.OF_EXPECTED)

    @property
    def counts_evenly(self) -> bool:
        """Whether marks come of an even course to the last target, whatever years' own ask."""
        return self.has_rules and self.has_pace and self.against is Against.FINAL

    def uses(self, *tests: Test) -> bool:
        """Whether any rule has one of the tests."""
        return any(rung.test in tests for ladder in self.ladders.values() for rung in ladder)

    @property
    def overdue(self) -> Mark | None:
        """The mark of a state that is not reached by its deadline; ``None`` without late marks."""
        if self.after_deadline:
            return self._by_key[self.after_deadline]
        return next((mark for level in LATENESS for mark in self.of_level(level)), None)

    def state_mark(self, state: ReportedState, *, is_due: bool) -> Mark:
        """The mark of a reported state, ``is_due`` in the year of its deadline or later.

        What is due and not reached is late: the better mark of its state does not stand.
        """
        mark, overdue = self._by_key[self.states[state]], self.overdue
        if not is_due or state is ReportedState.DONE or overdue is None:
            return mark
        return mark if LEVELS.index(mark.level) > LEVELS.index(overdue.level) else overdue

    @cached_property
    def not_applicable(self) -> Mark:
        """The mark where there is nothing to judge (対象外).

        Of several, rules give the last; before it stand those that a person sets (中止).
        """
        found = self.of_level(MarkLevel.NOT_APPLICABLE)
        return found[-1] if self.has_rules else found[0]

    @cached_property
    def unmarked(self) -> Mark:
        """The mark where people have chosen none yet (未評価)."""
        return self.of_level(MarkLevel.NOT_APPLICABLE)[-1]

    @cached_property
    def chosen_marks(self) -> tuple[Mark, ...]:
        """The marks that people choose among, 対象外 with them; nothing unless they do."""
        if not isinstance(self.marking, ByPeople):
            return ()
        return tuple(each for each in self.marks if each not in (self.unmarked, self.unreported))

    @cached_property
    def own_marks(self) -> tuple[Mark, ...]:
        """The marks of what is judged, and those that people choose where it is not."""
        return tuple(each for each in self.marks if each.level.is_judgement)

    @cached_property
    def longest_symbol(self) -> int:
        """How many letters the longest symbol of its own marks has."""
        return max((len(each.symbol) for each in self.own_marks), default=0)

    @cached_property
    def unreported(self) -> Mark:
        """The mark where nothing was reported (未報告)."""
        return self.of_level(MarkLevel.UNREPORTED)[0]

    @cached_property
    def ladders(self) -> Mapping[Task, tuple[Rung, ...]]:
        """The ladder of each task that has one; states are mapped instead."""
        return {
            Task.APPROACH: self.approach,
            Task.KEEP: self.keep,
            Task.DIRECTION: self.direction,
        }


# Input methods offer several characters for one sign: 〇 is a numeral, ◯ a large circle.
_LOOKALIKES = str.maketrans(
    {"〇": "○", "◯": "○", "⚪": "○", "✕": "×", "✖": "×", "╳": "×"}
    | dict.fromkeys("‒–—―─━ー－", "-")
    | {"⋯": "…"}
)


def find_mark(marks: Iterable[Mark], written: str) -> Mark | None:
    """The one of some marks that a person wrote: its symbol, its word, both, or its key."""
    plain = _plain(written)
    for mark in marks:
        if plain in map(_plain, (mark.symbol, mark.word, mark.label, mark.key)):
            return mark
    return None


@lru_cache(1024)  # each row's is held against all marks
def _plain(written: str) -> str:
    """What a person wrote for a mark, as it is compared: one width, one sign for each."""
    return "".join(fold_width(written.translate(_LOOKALIKES)).split())


def unreachable(ladder: tuple[Rung, ...]) -> Iterator[Rung]:
    """The rungs that no actual can reach, since one above asks the same or less."""
    for index, rung in enumerate(ladder):
        if any(_asks_no_more(each, rung) for each in ladder[:index]):
            yield rung


def _asks_no_more(above: Rung, rung: Rung) -> bool:
    if above.test is Test.OTHERWISE:
        return True
    if above.test is not rung.test or above.versus is not rung.versus:
        return False
    if above.test not in TESTS_WITH_SHARE:
        return True
    if above.test in TOLERANCES:  # the greater, the less it asks
        is_same = above.share == rung.share and (rung.is_strict or not above.is_strict)
        return above.share > rung.share or is_same
    is_same = above.share == rung.share and (rung.is_strict or not above.is_strict)
    return above.share < rung.share or is_same


def _faults(scheme: Scheme) -> Iterator[str]:
    """What does not fit together in a scheme."""
    if len({mark.key for mark in scheme.marks}) < len(scheme.marks):
        yield "two marks have the same key"
    if len({_plain(mark.symbol) for mark in scheme.marks}) < len(scheme.marks):
        yield "two marks have the same symbol"
    for level in (MarkLevel.NOT_APPLICABLE, MarkLevel.UNREPORTED):
        # There may be several of what is not judged: 対象外, what was stopped, or is open (未評価).
        is_one = len(scheme.of_level(level)) == 1 or level is MarkLevel.NOT_APPLICABLE
        if not scheme.of_level(level) or (scheme.has_rules and not is_one):
            yield f"needs exactly one mark of the level {level}"
    if scheme.has_rules:
        yield from _faults_of_rules(scheme)


def _faults_of_rules(scheme: Scheme) -> Iterator[str]:
    for task, ladder in scheme.ladders.items():
        if not ladder or ladder[-1].test is not Test.OTHERWISE:
            yield f"the ladder {task} has no last rung 'otherwise'"
        yield from (f"no mark {rung.mark!r}" for rung in ladder if not _knows(scheme, rung.mark))
        signed = CHANGES | {Test.OF_WAY}  # what may have gone back
        yield from (
            f"negative share in {task}"
            for rung in ladder
            if rung.share < 0 and rung.test not in signed
        )
        yield from (f"{rung} of {task} is never reached" for rung in unreachable(ladder))
    yield from (
        f"no mark for the state {state}" for state in ReportedState if state not in scheme.states
    )
    yield from (f"no mark {key!r}" for key in scheme.states.values() if not _knows(scheme, key))
    if scheme.after_deadline:
        if not _knows(scheme, scheme.after_deadline):
            yield f"no mark {scheme.after_deadline!r}"
        elif scheme.mark(scheme.after_deadline).level not in LATENESS:
            yield "the mark after the deadline is none of lateness"


def _knows(scheme: Scheme, key: str) -> bool:
    return any(mark.key == key for mark in scheme.marks)
