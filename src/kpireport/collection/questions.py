"""What a department is to type for a measure, and the words that help with it.

Comes in: an indicator or numeric target, what was reported before. Goes out: the kind of
answer, its unit, an example, what the cell may say. Whatever is typed as asked for is
read right by :func:`kpireport.sources.actuals_values.read_value`; that is why a quantity
written in 億 is asked for with its words: a bare number would lose it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from enum import Enum, auto

from kpireport.domain.actuals import Actual
from kpireport.domain.catalogue import Measure, period_of, unit_of
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.units import same_unit, stated_unit, with_unit
from kpireport.domain.values import Quantity, Value
from kpireport.domain.years import format_fiscal_year
from kpireport.errors import CellError
from kpireport.quickly import dataclass
from kpireport.sources.actuals_examples import counted_example, state_example
from kpireport.sources.actuals_forms import ACTUALS, REASON, STATE, VALUE
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.actuals_values import as_asked, expected_quantities, read_value
from kpireport.sources.cells import Content, Number
from kpireport.writers.spreadsheets import plain_number
from kpireport.writers.xlsx.book import NumberRange, TextLength, Validation

NO_UNIT = "なし"
"""What stands beside the cell of a number that has no unit (合計特殊出生率)."""

_LONGEST_PERIOD = 30  # characters, of the 255 that Excel shows of a prompt
_PERCENT = "％"


class AnswerKind(Enum):
    """What is typed."""

    NUMBER = auto()  # a number alone: the unit stands beside it
    WORDS = auto()  # numbers with their units: 165所（定員14,760人）
    STATE = auto()  # words for what was reached, beside a choice of states


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for of one measure.

    Attributes:
        kind: what is typed.
        unit: what stands beside the cell: ``か所``, ``年間…人``, :data:`NO_UNIT`; empty where
            the unit is typed.
        example: what could be typed.
        before: what was reported last, and when: ``令和２年度は「８か所」``; else empty.
        is_natural: whether negative numbers make no sense.
        period: of what time the value is, where that is not the fiscal year: ``暦年``.
    """

    kind: AnswerKind
    unit: str
    example: str
    before: str
    is_natural: bool = True
    period: str = ""

    @property
    def prompt(self) -> str:
        """The words beside the cell while it is selected."""
        lines = {
            AnswerKind.NUMBER: f"数だけを書きます（{self._counted_in}）。",
            AnswerKind.WORDS: "数と単位を、例のとおりの形で書きます。"
            if self.example
            else "数と単位を書きます。",
            AnswerKind.STATE: f"どこまで進んだかを言葉で書き、「{STATE}」を選びます。",
        }
        return "\n".join(
            filter(
                None,
                (
                    f"期間：{self.period}" if self.period else "",
                    lines[self.kind],
                    self._spelling,
                    f"例：{self.example}" if self.example else "",
                    self.before,
                    "" if self.kind is AnswerKind.STATE else "まだないものは「―」と書きます。",
                    f"報告できないときは空欄にし、「{REASON}」に書きます。",
                ),
            )
        )

    @property
    def _counted_in(self) -> str:
        return "単位はありません" if self.unit == NO_UNIT else f"単位は「{self.unit}」"

    @property
    def _spelling(self) -> str:
        if self.kind is AnswerKind.NUMBER and self.unit == _PERCENT:
            return "62.1％は 62.1、６割は 60 と書きます。"
        return ""

    @property
    def validation(self) -> Validation:
        """What may be typed."""
        if self.kind is not AnswerKind.NUMBER:
            longest = ACTUALS.input(VALUE).longest
            return TextLength(longest, f"この欄は{longest}字までです。")
        return NumberRange(
            f"この欄には、数だけを書きます（例：{self.example}、{self._counted_in}）。\n"
            "まだないもの（「―」）や、数に説明が要るときは、このままにしてかまいません。",
            least=Decimal(0) if self.is_natural else None,
        )


def question_on(measure: Measure, earlier: Actual | None) -> Question:
    """What is asked for of a measure; ``earlier`` is its last actual, if there is one."""
    question = _question_on(measure, earlier)
    return replace(question, period=_one_line(period_of(measure))[:_LONGEST_PERIOD])


def _question_on(measure: Measure, earlier: Actual | None) -> Question:
    before = _before(earlier)
    if measure.target.is_state:
        example = earlier.value.text if earlier and earlier.value else state_example(measure)
        return Question(AnswerKind.STATE, "", _one_line(example), before)
    expected = expected_quantities(measure)
    known = _known(measure, earlier)
    if len(expected) == 1:
        is_natural = all(each.value >= 0 for value in known for each in value[:1])
        return Question(
            AnswerKind.NUMBER,
            _unit(expected[0]),
            _number_example(measure, known, expected[0].scale),
            before,
            is_natural=is_natural,
        )
    own_unit = "" if expected else unit_of(measure)
    return Question(AnswerKind.WORDS, own_unit, _words_example(measure, earlier), before)


def says_same_unit(shown: str, other: str) -> bool:
    """Whether two cells beside an answer say the same of its unit, in whatever words for none."""
    return plain_name(stated_unit(shown)) == plain_name(stated_unit(other))


def prefilled(value: Value | None, measure: Measure, style: NumeralStyle) -> Decimal | str | None:
    """What the cell says of a value that is reported: its number where that is read as it is."""
    if value is None:
        return None
    expected = expected_quantities(measure)
    if len(value.quantities) == 1 and expected:
        scaled = replace(value.quantities[0], scale=expected[0].scale).scaled_value
        # as a workbook holds it: 98.0 comes back as 98
        number = Decimal(str(plain_number(scaled)))
        try:
            if read_value(Number(number), measure, style) == value:
                return number
        except CellError:
            pass
    return value.text


def _known(measure: Measure, earlier: Actual | None) -> list[tuple[Quantity, ...]]:
    """The numbers that are known, the likeliest first: last year's, the baseline's, the target's.

    Those in another unit are no example.
    """
    unit = expected_quantities(measure)[0].unit if expected_quantities(measure) else ""
    values = (
        earlier.value.quantities if earlier and earlier.value else (),
        measure.baseline.quantities,
        measure.target.quantities,
    )
    return [each for each in values if each and same_unit(each[0].unit, unit)]


def _number_example(measure: Measure, known: list[tuple[Quantity, ...]], scale: str) -> str:
    """A number as it is typed: before the scale that the sheet shows with the unit."""
    firsts = [replace(each[0], scale=scale).scaled_value for each in known]
    told = next((each for each in firsts if _is_read(Number(each), measure)), Decimal(0))
    return f"{told:f}"


def _words_example(measure: Measure, earlier: Actual | None) -> str:
    """A text that is read as it stands: of a plan's own, one may contradict another."""
    values = (earlier.value if earlier else None, measure.baseline, measure.target)
    told = [
        _one_line(with_unit(each.text, unit_of(measure)))
        for each in values
        if each and each.quantities
    ]
    asked = expected_quantities(measure)
    others = [as_asked(asked)] if asked else [counted_example(measure)]
    return next((each for each in (*told, *others) if _is_read(each, measure)), "")


def _is_read(example: Content, measure: Measure) -> bool:
    """Whether who types an example is understood."""
    asked = len(expected_quantities(measure))
    with suppress(CellError):
        return len(read_value(example, measure, NumeralStyle.MIXED).quantities) >= asked
    return False


def _unit(quantity: Quantity) -> str:
    """The unit, with room for the number: ``年間…人``; whoever copies the words is read right."""
    unit = quantity.scaled_unit
    return f"{quantity.prefix}…{unit}" if quantity.prefix else unit or NO_UNIT


def _before(earlier: Actual | None) -> str:
    if earlier is None or earlier.value is None:
        return ""
    return f"{format_fiscal_year(earlier.fiscal_year)}は「{_one_line(earlier.value.text)}」でした。"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))[:60]
