"""What a printed value means, as far as its notation says (提案).

Comes in: the object of an indicator or numeric target with its printed texts. Goes out: the
same with the number, unit, kind, deadline and time that the texts allow only one reading of;
and what they allow two readings of, to be chosen by a person. What somebody wrote stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kpireport.domain.numerals import fold_width
from kpireport.domain.steps import Step, step_in
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import same_unit
from kpireport.domain.values import Bound, Quantity, Value, scaled_quantity
from kpireport.domain.years import FiscalYear, Period, format_fiscal_year, parse_period
from kpireport.messages import quoted
from kpireport.plan_books.columns import CUMULATIVE, KIND, QUANTITY_TITLES
from kpireport.plan_books.notations import NONE
from kpireport.plan_books.open_numbers import (
    Doubt,
    is_open,
    open_numbers,
    quantities_in,
    short,
    text_at,
    unitless,
)
from kpireport.plan_books.printed import (
    candidates,
    has_number,
    read_printed,
    time_before,
    without_times,
    year_beside,
)
from kpireport.plan_books.rows import Object, item_at, put
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

_BASELINE, _TARGET = ("baseline", "text"), ("target", "text")

# what nobody counts from nought on: parts of a whole, ranks, amounts of money, grades
_NOT_COUNTED = ("％", "ポイント", "位", "円", "点", "‰", "歳", "倍")
_NO_TARGET = re.compile(
    r"(?:目標(?:値)?(?:は|を)?)?(?:設定|設け|定め)(?:し|て|い)*(?:ない|ず|なし)|目標なし"
)
_DIRECTION = re.compile(
    r"増加?|上昇|向上|減少?|低下|増やす|減らす|増加させる|減少させる|増加傾向へ?|減少傾向へ?|[↑↗↓↘]+"
)
_KEPT = re.compile(r"現状(?:値)?(?:を|の)?(?:維持|確保)|維持|[→⇒]")
_SPAN = re.compile(r"[0-9]+\s*[かカヵヶケ箇]?年(?:度)?(?:間|累計|計|合計)")
_NUMBER_AND_UNIT = re.compile(
    r"約?-?[0-9][0-9,.]*\s*([^0-9,.\s(（※、。以未]{1,8})(?:以上|以下|未満)?"
)
# what stands behind a number, and is no part of its unit: 人増, 件程度, ％を超える, 位以内
_MORE_THAN_UNIT = re.compile(
    r"[増減超*†‡+△▲→]|程度|前後|以内|を|に|から|より|まで|上回|下回|[注/・~〜][0-9]*|ほど|くらい"
)
_FROM_NUMBER = re.compile(
    r"(?:.*[^0-9.])?(?P<number>[0-9]+(?:\.[0-9]+)?)[^0-9.]{0,6}(?:からの?|より)"
    r"(?:(?P<more>増加?|上昇|向上|増やす)|減少?|低下|減らす)"
)
_FROM_BASELINE = re.compile(r"(?:現状|基準)値?(?:から|より|と比べ)")
# 現状値以上, 前年度を上回る, 全国平均以下: held against what only words name
_COMPARED = re.compile(
    r"(?:(?P<previous>前年|前回|前期)|(?P<baseline>現状|基準値|策定時)|平均|(?:全国|[都道府県国市区町村])(?=[をよの平水以]))"
    r".{0,12}?(?:以上|を?上回|超|増|高|向上|(?P<less>以下|以内|未満|を?下回|減|低))"
)
# a baseline of which nobody knows yet what it is, not that there is none
_NOT_KNOWN = re.compile(
    r"調査中|集計中|確認中|算定中|不明|新規|(?:未|今後)(?:調査|集計|把握|測定|算定|算出)"
    r"|(?:把握|測定|調査|集計)(?:して)?い?(?:ない|ず|なし)|(?:データ|実績|数値)な(?:し|い)"
)
_MORE, _LESS = re.compile(r"増|上|↑|↗|高"), re.compile(r"減|下|↓|↘|低")
_KEEP = "維持"
_IN_BRACKETS = re.compile(r"[（(]([^（()）]+)[)）]|※(.+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator or numeric target as its texts are read.

    Attributes:
        entry: it, with what the texts say.
        filled: the items that were read, by their paths.
        doubts: what is left for a person.
        notices: what is read, and deserves a second look.
        is_text: its target is a state in words: nothing of it is a number.
    """

    entry: Object
    filled: tuple[tuple[str, ...], ...]
    doubts: tuple[Doubt, ...]
    notices: tuple[Doubt, ...] = ()
    is_text: bool = False


class Proposals:
    """Reads the texts of a plan's rows, with the units that its own rows have."""

    def __init__(
        self,
        entries: Iterable[Object],
        target_year: int | None,
        *,
        baseline_year: int | None = None,
        is_calendar: bool = False,
    ) -> None:
        """Learn the units.

        Args:
            entries: all indicators and numeric targets of the plan.
            target_year: when a target is due unless it says otherwise.
            baseline_year: when a baseline was measured unless it says otherwise.
            is_calendar: the plan's years are calendar years.
        """
        self._units = frozenset(unit for each in entries for unit in _units(each))
        self._target_year = target_year
        self._baseline_year = baseline_year
        self._is_calendar = is_calendar

    def read(self, entry: Object) -> Reading:
        """What the texts of a row say."""
        before, after = self._value(entry, "baseline"), self._value(entry, "target")
        filled: dict[tuple[str, ...], Json] = {}
        doubts: list[Doubt] = []
        if before and before.period and is_open(entry, "baseline", "as_of"):
            filled["baseline", "as_of"] = _written(before.text, before.period)
        elif before and is_open(entry, "baseline", "as_of"):
            doubts += _time_doubts(before.text, "現状値の時点", self._baseline_year)
        step = step_in(after.text, tuple(self._units)) if after else None
        unsure = () if step or not after else open_numbers(entry, before, after)
        if after:
            self._read_kind(entry, before, after, step, filled, doubts, has_open=bool(unsure))
        kind = filled.get(("target", "kind"), item_at(entry, ("target", "kind")))
        unsure = tuple(each for each in unsure if each.matters(kind))
        doubts += (each.doubt for each in unsure)
        if after:
            self._read_target(entry, after, filled, doubts)
        cells = {each.cell for each in unsure}
        if after and kind not in _OF_WORDS and not step and "target" not in cells:
            counted = _counted(before, after) if kind else after
            _read_quantities(entry, "target", counted, filled)
        is_counted_on = isinstance(kind, str) and _is_counted_on(kind)
        if before and is_counted_on and "baseline" not in cells:
            _read_quantities(entry, "baseline", before, filled)
        read = _with(entry, filled)
        notices = tuple(unitless(read, filled)) if not doubts else ()
        return Reading(read, tuple(filled), tuple(doubts), notices, kind in _OF_WORDS)

    def _value(self, entry: Object, cell: str) -> Value | None:
        """The value of a cell; of its numbers, those that somebody wrote."""
        text, unit = text_at(entry, (cell, "text")), text_at(entry, ("unit",))
        if not text:
            return None
        value = read_printed(text, unit, self._units)
        written = quantities_in(item_at(entry, (cell, "quantities")), unit)
        return value if written is None else replace(value, quantities=written)

    def _read_kind(
        self,
        entry: Object,
        before: Value | None,
        after: Value,
        step: Step | None,
        filled: dict[tuple[str, ...], Json],
        doubts: list[Doubt],
        *,
        has_open: bool,
    ) -> None:
        """Read the kind; not yet where it depends on numbers that are open."""
        if item_at(entry, ("target", "kind")) is not None or (has_open and after.quantities):
            return
        kinds = _kinds(before, after, step.amount.value if step else None)
        kinds = _of_direction(kinds, text_at(entry, ("direction",)))
        if len(kinds) == 1:
            filled["target", "kind"] = str(kinds[0])
            return
        words = tuple(each.facts.in_short for each in kinds)
        doubts.append(Doubt(KIND, _open_words(before, after), words, _beside(before, after, kinds)))

    def _read_target(
        self,
        entry: Object,
        after: Value,
        filled: dict[tuple[str, ...], Json],
        doubts: list[Doubt],
    ) -> None:
        period = after.period or _period(after.text)
        due = period.year(is_calendar=self._is_calendar).year if period else self._target_year
        if is_open(entry, "target", "deadline"):
            if due != self._target_year:
                filled["target", "deadline"] = due
            if period is None:
                doubts += _time_doubts(after.text, "期限", self._target_year)
        if after.quantities and _SPAN.search(fold_width(after.text)) and "cumulative" not in entry:
            what = f"目標値「{short(after.text)}」は、何年分かの合計かもしれません。"
            doubts.append(Doubt(CUMULATIVE, what, ("はい", "いいえ")))


_OF_WORDS = (TargetKind.STATE, TargetKind.NONE)


def _beside(before: Value | None, after: Value, kinds: tuple[TargetKind, ...]) -> str:
    """What else a question about the kind leaves to be said, so that it is said at once."""
    if not after.quantities and has_number(after.text):
        example = next(iter(candidates(after.text)), "12人")
        cell = QUANTITY_TITLES["target"]
        return f"数を求める目標なら、「{cell}」に数と単位も書きます（例：{example}）。"
    if TargetKind.AT_LEAST in kinds and before and _NOT_KNOWN.search(before.text):
        return "初めに分かった実績を起点にするなら、「最初の実績が起点」に「はい」と書きます。"
    return ""


def _counted(before: Value | None, after: Value) -> Value:
    """The value that a target is held against: the baseline, where it is to be kept."""
    is_kept = bool(_KEPT.fullmatch(re.sub(r"\s", "", fold_width(after.text))))
    return before if is_kept and before and not after.quantities else after


def _read_quantities(
    entry: Object, cell: str, value: Value, filled: dict[tuple[str, ...], Json]
) -> None:
    if value.quantities and is_open(entry, cell, "quantities"):
        unit = text_at(entry, ("unit",))
        filled[cell, "quantities"] = [_quantity(each, unit) for each in value.quantities]


def _quantity(quantity: Quantity, column: str) -> Json:
    """The quantity; without a unit that has a column of its own."""
    number = quantity.scaled_value
    plain = (
        int(number) if number == number.to_integral_value() else Decimal(f"{number.normalize():f}")
    )
    counted = scaled_quantity(Decimal(1), column)
    is_in_column = bool(column) and (counted.unit, counted.scale) == (quantity.unit, quantity.scale)
    made: dict[str, Json] = {"value": plain, "unit": "" if is_in_column else quantity.scaled_unit}
    if quantity.prefix:
        made["prefix"] = quantity.prefix
    if quantity.approximate:
        made["approximate"] = True
    return {key: value for key, value in made.items() if value != ""}


def _is_counted_on(kind: str) -> bool:
    """Whether a baseline's number counts what a target of the kind does, if it is one."""
    return kind in set(TargetKind) and not TargetKind(kind).facts.counts_from_zero


# --- the kind --------------------------------------------------------------------


def _kinds(before: Value | None, after: Value, step: Decimal | None) -> tuple[TargetKind, ...]:
    """The kinds that the texts allow; the one, where there is only one reading."""
    if after.movement:
        return (after.movement,)
    if step is not None:
        return (TargetKind.AT_LEAST if step > 0 else TargetKind.AT_MOST,)
    text = re.sub(r"\s", "", fold_width(after.text))
    if after.is_none_yet or _NO_TARGET.search(text):
        return (TargetKind.NONE,)
    first = before.quantities[0] if before and before.quantities else None
    if not after.quantities:
        return _kinds_from_named(text, first) or _kinds_of_words(text)
    if after.bound is Bound.AT_MOST:
        return (TargetKind.AT_MOST,)
    if first is None or not _alike(first, after.quantities[0]):
        return _kinds_from_nothing(before, after)
    if before and before.action != after.action and after.action != _KEEP:
        return TargetKind.NEW_COUNT, TargetKind.AT_LEAST
    return _kinds_from(first.value, after)


def _kinds_from_named(text: str, baseline: Quantity | None) -> tuple[TargetKind, ...]:
    """The kind of a target that names the baseline's own number: 調査結果の62.1％から上昇."""
    match = _FROM_NUMBER.fullmatch(text)
    if match is None or baseline is None or Decimal(match["number"]) != baseline.value:
        return ()
    return (TargetKind.ABOVE_BASELINE if match["more"] else TargetKind.BELOW_BASELINE,)


def _of_direction(kinds: tuple[TargetKind, ...], wished: str) -> tuple[TargetKind, ...]:
    """The kinds that go the way that the row says is wished, where that leaves one."""
    is_more, is_less = bool(_MORE.search(wished)), bool(_LESS.search(wished))
    if len(kinds) < 2 or is_more is is_less:
        return kinds
    left = tuple(
        each for each in kinds if each is not TargetKind.STATE and each.facts.upward is is_more
    )
    return left if len(left) == 1 else kinds


def _kinds_of_words(text: str) -> tuple[TargetKind, ...]:
    if _DIRECTION.fullmatch(text):
        is_less = bool(re.match(r"減|低|[↓↘]", text))
        from_baseline = TargetKind.BELOW_BASELINE if is_less else TargetKind.ABOVE_BASELINE
        previous = TargetKind.BELOW_PREVIOUS if is_less else TargetKind.ABOVE_PREVIOUS
        return from_baseline, previous, TargetKind.STATE
    if _KEPT.fullmatch(text):
        return TargetKind.KEEP_AT_LEAST, TargetKind.AT_MOST, TargetKind.STATE
    if _FROM_BASELINE.match(text):
        return TargetKind.ABOVE_BASELINE, TargetKind.BELOW_BASELINE, TargetKind.STATE
    if compared := _COMPARED.search(without_times(text)):
        return _kinds_compared(compared)
    if has_number(text):
        return TargetKind.STATE, TargetKind.AT_LEAST, TargetKind.NEW_COUNT, TargetKind.AT_MOST
    return (TargetKind.STATE,)


def _kinds_compared(match: re.Match[str]) -> tuple[TargetKind, ...]:
    """The kinds of a target that is held against something in words: 前年度以上."""
    is_less = bool(match["less"])
    if match["previous"]:
        return TargetKind.BELOW_PREVIOUS if is_less else TargetKind.ABOVE_PREVIOUS, TargetKind.STATE
    if not match["baseline"]:
        return TargetKind.STATE, TargetKind.AT_MOST if is_less else TargetKind.AT_LEAST
    if is_less:
        return TargetKind.AT_MOST, TargetKind.BELOW_BASELINE, TargetKind.STATE
    return TargetKind.KEEP_AT_LEAST, TargetKind.ABOVE_BASELINE, TargetKind.STATE


def _kinds_from_nothing(before: Value | None, after: Value) -> tuple[TargetKind, ...]:
    """The kinds of a number that the baseline cannot be held against."""
    is_counted = not after.quantities[0].unit.endswith(_NOT_COUNTED)
    if is_counted and before and (has_number(before.text) or _NOT_KNOWN.search(before.text)):
        return TargetKind.NEW_COUNT, TargetKind.AT_LEAST, TargetKind.AT_MOST
    if not is_counted:
        return (TargetKind.AT_LEAST,) if after.bound else (TargetKind.AT_LEAST, TargetKind.AT_MOST)
    if before and before.is_text and before.text.strip():
        return (TargetKind.NEW_COUNT,)
    return TargetKind.NEW_COUNT, TargetKind.AT_LEAST


def _kinds_from(baseline: Decimal, after: Value) -> tuple[TargetKind, ...]:
    target = after.quantities[0]
    if target.value > baseline:
        return (TargetKind.AT_LEAST,)
    if target.value == 0:
        return (TargetKind.AT_MOST,)
    is_whole = target.value == 100 and same_unit(target.unit, "％")
    if after.action == _KEEP or (is_whole and target.value == baseline):
        return (TargetKind.KEEP_AT_LEAST,)
    if after.bound is Bound.AT_LEAST:
        return TargetKind.KEEP_AT_LEAST, TargetKind.NEW_COUNT
    return TargetKind.AT_MOST, TargetKind.KEEP_AT_LEAST


def _alike(before: Quantity, after: Quantity) -> bool:
    return same_unit(before.unit, after.unit) and before.prefix == after.prefix


def _open_words(before: Value | None, after: Value) -> str:
    target = f"目標値「{short(after.text)}」"
    baseline = f"現状値「{short(before.text)}」" if before else ""
    if not after.quantities:
        return f"{target}が何を求めるかは、文字だけでは決まりません。"
    first = before.quantities[0] if before and before.quantities else None
    if before and first and _alike(first, after.quantities[0]):
        if before.action != after.action:
            return f"{target}と{baseline}は数えるものが違うかもしれず、比べ方が決まりません。"
        than = "より小さい" if after.quantities[0].value < first.value else "と同じな"
        return f"{target}が{baseline}{than}ので、減らすのか保つのかが決まりません。"
    return f"{target}を何と比べるかは、{baseline or '現状値がないので、それ'}だけでは決まりません。"


# --- helpers ---------------------------------------------------------------------


def _units(entry: Object) -> Iterator[str]:
    """Yield the units that a row has: in a column, or behind the numbers of both its cells."""
    if unit := text_at(entry, ("unit",)):
        yield unit
    behind = [_behind_number(text_at(entry, path)) for path in (_BASELINE, _TARGET)]
    if behind[0] and (behind[0] == behind[1] or behind[0] in text_at(entry, _TARGET)):
        yield behind[0]


def _behind_number(text: str) -> str:
    first = _IN_BRACKETS.sub("", fold_width(text)).strip()
    match = _NUMBER_AND_UNIT.fullmatch(first)
    return match[1] if match and not _MORE_THAN_UNIT.search(match[1]) else ""


def _written(text: str, period: Period) -> str:
    """The words of a text that are a time."""
    return next((words for words, found in _periods(text) if found == period), text.strip())


def _period(text: str) -> Period | None:
    """The time that a text has in brackets or behind ※."""
    return next((found for words, found in _periods(text) if words != time_before(text)), None)


def _time_doubts(text: str, title: str, usual: int | None) -> Iterator[Doubt]:
    """Yield what a year leaves open that is not the usual one: of a fiscal year, or not."""
    words, year = year_beside(text)
    if year is None or usual in (None, year):
        return
    what = f"「{short(text)}」の{quoted(words)}が、年度なのか、暦の年なのかが決まりません。"
    fiscal = format_fiscal_year(FiscalYear(year))
    choices = (fiscal, fiscal.removesuffix("度")) if title != "期限" else (fiscal,)
    yield Doubt(title, what, (*choices, NONE), f"原則のとおりなら「{NONE}」です。")


def _periods(text: str) -> Iterator[tuple[str, Period]]:
    beside = [(match[1] or match[2]).strip() for match in _IN_BRACKETS.finditer(text)]
    for words in filter(None, (time_before(text), *beside)):
        try:
            yield words, parse_period(words)
        except ValueError:
            continue


def _with(entry: Object, filled: dict[tuple[str, ...], Json]) -> Object:
    """A copy of the row with the items."""
    read: Object = {
        key: dict(value) if isinstance(value, dict) else value for key, value in entry.items()
    }
    for path, value in filled.items():
        put(read, path, value)
    return read
