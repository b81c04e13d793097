"""Values of earlier years that last year's document did not have so (訂正): marks and notes.

Comes in: the corrections that were found, in the order of the tables' rows. Goes out: for
every cell that shows one its mark; words for the note below its row, to which the mark leads,
and for the appendix, which lists them all. Their sign is another than that of the plan's
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Self

from kpireport.domain.corrections import Correction
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.quickly import dataclass

SIGN = "訂"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, its number, and what last year's document had in its place."""

    number: int
    correction: Correction
    before: str

    @property
    def measure_id(self) -> str:
        """The measure's id."""
        return self.correction.actual.measure_id

    @property
    def fiscal_year(self) -> FiscalYear:
        """The year whose value it is."""
        return self.correction.actual.fiscal_year


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of a document, found by measure and year."""

    found: tuple[Corrected, ...] = ()
    numerals: NumeralStyle = NumeralStyle.MIXED
    _by_cell: dict[tuple[str, FiscalYear], Corrected] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @classmethod
    def of(
        cls,
        corrections: Iterable[Correction],
        rows: Iterable[str],
        said_before: Callable[[Correction], str],
        numerals: NumeralStyle,
    ) -> Self:
        """Number the corrections in the order of the rows, the years of each together.

        Args:
            corrections: what was found.
            rows: the ids of all measures in printed order.
            said_before: what last year's document had in a correction's place.
            numerals: how generated numbers are written.
        """
        places = {id_: place for place, id_ in enumerate(rows)}
        ordered = sorted(
            corrections,
            key=lambda each: (places[each.actual.measure_id], each.actual.fiscal_year),
        )
        found = (
            Corrected(number, each, said_before(each)) for number, each in enumerate(ordered, 1)
        )
        return cls(tuple(found), numerals)

    def __post_init__(self) -> None:
        self._by_cell.update(((each.measure_id, each.fiscal_year), each) for each in self.found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def label(self, corrected: Corrected) -> str:
        """The mark of a correction: ``訂１``."""
        return write_numerals(f"{SIGN}{corrected.number}", self.numerals)

    def find(self, measure_id: str, year: FiscalYear) -> Corrected | None:
        """The correction of a value, if it was corrected."""
        return self._by_cell.get((measure_id, year))

    def words(self, each: Corrected) -> str:
        """Say what happened to a value, and what last year's document had in its place."""
        year = format_fiscal_year(each.fiscal_year, self.numerals)
        said = each.before if each.correction.is_late else f"「{each.before}」"
        before = f"前{each.fiscal_year.word}の報告書"
        return f"{year}の実績を{kind_of(each)}。{before}では{said}。"


NO_CORRECTIONS = Corrections()
"""Of a document without any."""


def kind_of(corrected: Corrected) -> str:
    """What happened to a value since last year's document."""
    if corrected.correction.is_late:
        return "追加"
    return "確定" if corrected.correction.is_final else "訂正"


def what_happened(corrections: Corrections) -> str:
    """Say what happened to the values that last year's document had otherwise."""
    is_final = any(each.correction.is_final for each in corrections.found)
    return "追加、確定または訂正" if is_final else "追加または訂正"


def notes_id(measure_id: str) -> str:
    """Return the id of the row below a measure's that says what was corrected in it."""
    return f"corrections-{measure_id}"
