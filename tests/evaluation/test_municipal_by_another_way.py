"""The municipalities' marks, worked out once more by formulas that share nothing with ladders.

Numbers are those at which bands begin, and their neighbours: halves and tenths that no float
has exactly, below nought, nought itself, targets where the baseline is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kpireport.evaluation import SCHEMES
from tests.evaluation.rows import indicator, judged, symbol

FIRST = 2018  # the baseline's year


@dataclass(frozen=True)
class Case:
    """A row that asks for a number, and a year's actual; larger is better unless ``down``."""

    start: Decimal | None
    goal: Decimal
    now: Decimal
    year: int
    due: int
    down: bool

    def gain(self, one: Decimal, other: Decimal) -> Fraction:
        """By how much one is better than the other."""
        return Fraction(other - one) if self.down else Fraction(one - other)

    @property
    def short(self) -> bool:
        return self.gain(self.now, self.goal) < 0

    @property
    def moves(self) -> bool:
        return self.start is None or self.gain(self.goal, self.start) > 0

    @property
    def gained(self) -> Fraction | None:
        return None if self.start is None else self.gain(self.now, self.start)

    @property
    def way(self) -> Fraction | None:
        """The part of the way from the baseline; of what has none, of the target."""
        if self.start is None or not self.moves:
            return self.part
        return self.gain(self.now, self.start) / self.gain(self.goal, self.start)

    @property
    def part(self) -> Fraction | None:
        """The part of the target; ``None`` where no ratio says anything."""
        if self.now == self.goal:
            return Fraction(1)
        over, under = (self.goal, self.now) if self.down else (self.now, self.goal)
        return Fraction(over) / Fraction(under) if under > 0 and self.goal >= 0 else None

    @property
    def planned(self) -> Fraction:
        """How much of the way an even pace has covered."""
        past = max(0, min(self.year, self.due) - FIRST)
        return Fraction(1) if self.year >= self.due else Fraction(past, self.due - FIRST)


def banded(case: Case, rate: Fraction | None, *bands: tuple[str, int], last: str) -> str:
    """The band of a rate; without one, all that the target asks for, or nothing of it."""
    if rate is None:
        if case.short:
            return last
        rate = Fraction(999) if case.now != case.goal and case.goal > 0 else Fraction(1)
    return next((mark for mark, least in bands if rate * 100 >= least), last)


def of_target(*bands: tuple[str, int], last: str) -> Callable[[Case], str]:
    def mark(case: Case) -> str:
        is_nought_or_less = case.goal <= 0 and case.start is not None and case.moves
        return banded(case, case.way if is_nought_or_less else case.part, *bands, last=last)

    return mark


def _nanto(case: Case) -> str:
    bands = zip("ABCDE", (100, 80, 60, 40, 20), strict=True)
    return banded(case, case.way if case.moves else case.part, *bands, last="F")


def _fukuoka(case: Case) -> str:
    if not case.moves and not case.short:
        return "a"
    if case.gained is None:
        return "―"
    if case.moves and case.way is not None and case.way >= case.planned:
        return "a"
    return "c" if case.gained < 0 else "b"


def _survey(case: Case) -> str:
    if not case.moves and not case.short:
        return "a"
    if case.start is None or case.gained is None:
        return "―"
    if not case.gained or abs(case.gained) * 100 < 3 * abs(Fraction(case.start)):
        return "b"
    return _fukuoka(case)


def _akiruno(case: Case) -> str:
    if not case.short and case.now != case.goal:
        return "S"
    if not case.moves:
        return banded(case, case.part, ("A", 100), ("B", 50), last="C")
    way = case.way
    if way is None:
        return "C" if case.short else "A"
    if way > case.planned:
        return "S"
    return "A" if way == case.planned else "B" if 2 * way >= case.planned else "C"


def _shimotsuke(case: Case) -> str:
    bands = ("A", 120), ("B", 110), ("C", 90), ("D", 70)
    if not case.moves:
        return banded(case, case.part, *bands, last="E")
    if case.way is None:
        return banded(case, None, *((m, -(-n * case.planned // 1)) for m, n in bands), last="E")
    if not case.planned:
        return "A" if case.way > 0 else "E" if case.way else "C"
    return banded(case, case.way / case.planned, *bands, last="E")


def _health(case: Case) -> str:
    if not case.short:
        return "A"
    if case.start is None or case.gained is None:
        return "E"
    if not case.gained:
        return "C"
    if not case.start:
        return "B" if case.gained > 0 else "D"
    change = case.gained / abs(Fraction(case.start)) * 100
    return "B" if change >= 5 else "C" if change > -5 else "D"


def _fukui(case: Case) -> str:
    if not case.short:
        return "A-1"
    if case.gained is None:
        return "D"
    if case.gained <= 0:
        return "C" if case.gained else "B"
    is_on_its_way = case.moves and case.way is not None and case.way >= case.planned
    return "A-2" if is_on_its_way else "A-3"


def _tagawa(case: Case) -> str:
    if not case.moves:
        return "C" if case.short else "A"
    if case.way is None:
        return "C" if case.short else "A"
    return "A" if case.way >= case.planned else "B" if case.way > 0 else "C"


def _kakamigahara(case: Case) -> str:
    if not case.short:
        return "○"
    if case.gained is None:
        return "―"
    return "○" if case.gained > 0 else "×"


OTHER_WAYS: dict[str, Callable[[Case], str]] = {
    "fuji": of_target(("A", 80), ("B", 50), ("C", 20), last="D"),
    "sano": of_target(*zip("765432", (120, 100, 80, 60, 40, 20), strict=True), last="1"),
    "takamatsu": of_target(("A", 100), ("B", 80), ("C", 50), last="D"),
    "takamatsu_90": of_target(("A", 100), ("B", 90), ("C", 80), last="D"),
    "kama": of_target(("A", 100), ("B", 70), ("C", 40), last="D"),
    "nanto": _nanto,
    "fukuoka": _fukuoka,
    "fukuoka_survey": _survey,
    "akiruno": _akiruno,
    "shimotsuke": _shimotsuke,
    "marugame": _shimotsuke,
    "health": _health,
    "fukui": _fukui,
    "tagawa": _tagawa,
    "kakamigahara": _kakamigahara,
}
NUMBERS = st.one_of(
    st.sampled_from([Decimal(each) for each in ("0", "0.1", "0.2", "0.3", "1", "10", "100")]),
    st.integers(-24, 24).map(lambda each: Decimal(each) / 10),
    st.integers(-24, 24).map(lambda each: Decimal(each * 10)),
)
CASES = st.builds(
    Case,
    st.none() | NUMBERS,
    NUMBERS,
    NUMBERS,
    st.integers(2018, 2023),
    st.integers(2019, 2023),
    st.booleans(),
)


@given(st.sampled_from(sorted(OTHER_WAYS)), CASES)
@settings(max_examples=400)
def test_marks_are_those_of_another_way(name: str, case: Case):
    row = indicator(
        "―" if case.start is None else f"{case.start}人",
        f"{case.goal}人",
        "at_most" if case.down else "at_least",
        due=case.due,
    )
    found = judged(row, case.year, f"{case.now}人", scheme=SCHEMES[name])
    assert symbol(found) == OTHER_WAYS[name](case)
