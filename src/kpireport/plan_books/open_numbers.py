"""Numbers that a row's texts leave open (要確認), and what a number lacks (告知).

Comes in: an indicator or numeric target, its two values as far as they were read. Goes out:
questions, each with the cell that settles it and what it may say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal

from kpireport.domain.numerals import fold_width
from kpireport.domain.target_kinds import HeldAgainst, TargetKind
from kpireport.domain.units import same_unit
from kpireport.domain.values import Quantity, Value, counted_in, scaled_quantity
from kpireport.plan_books.columns import CELL_TITLES, KIND, QUANTITY_TITLES
from kpireport.plan_books.notations import NONE
from kpireport.plan_books.printed import candidates, has_number
from kpireport.plan_books.rows import Object, item_at
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

_SIGNED = re.compile(r"\s*(?P<sign>[+△▲−－‐-])\s*[0-9]")
_PERCENT = "％"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a text allows two readings of (要確認), or that looks wrong (告知).

    Attributes:
        title: the column whose cell settles it.
        what: what is open.
        choices: what the cell may say; none where that is a number that only people know.
        beside: what else is to be said, or how it is mended otherwise.
    """

    title: str
    what: str
    choices: tuple[str, ...] = ()
    beside: str = ""

    @property
    def remedy(self) -> str:
        """What to choose from."""
        words = "、".join(f"「{each}」" for each in self.choices)
        choose = f"「{self.title}」を、{words} から選んでください。" if words else ""
        return f"{choose}{self.beside}"


@dataclass(frozen=True, slots=True)
class OpenNumber:
    """A number of one of the two cells (``baseline``, ``target``) that is open."""

    cell: str
    doubt: Doubt

    def matters(self, kind: Json) -> bool:
        """Whether a target of the kind asks for it; not decided yet, it may."""
        if kind is None:
            return True
        if kind not in set(TargetKind):
            return False
        facts = TargetKind(str(kind)).facts
        if self.cell == "baseline":
            return kind not in (TargetKind.STATE, TargetKind.NONE) and not facts.counts_from_zero
        return facts.held_against is HeldAgainst.NUMBER


def open_numbers(entry: Object, before: Value | None, after: Value) -> tuple[OpenNumber, ...]:
    """The numbers of a row that its texts leave open.

    Args:
        entry: the row; numbers that somebody wrote, or said that there are none, are not open.
        before: its baseline, as far as it was read.
        after: its target.
    """
    found = (
        _unread(entry, "baseline", before),
        # what is open of the kind too is asked there
        _unread(entry, "target", after) if item_at(entry, ("target", "kind")) else None,
        _signed(entry, before, after),
        *_units_apart(entry, before, after),
        _spans_apart(entry, before, after),
    )
    return tuple(each for each in found if each)


def _unread(entry: Object, cell: str, value: Value | None) -> OpenNumber | None:
    if value is None or not is_open(entry, cell, "quantities"):
        return None
    if value.quantities or value.change or value.movement or not has_number(value.text):
        return None
    what = f"{CELL_TITLES[cell]}「{short(value.text)}」の数は、書き方だけでは決まりません。"
    choices, beside = candidates(value.text), ""
    if not choices:
        none = f"比べる数がなければ「{NONE}」です。" if cell == "baseline" else ""
        what_to_write = (
            f"「{QUANTITY_TITLES[cell]}」に、比べる数と単位を書いてください（例：12人）。"
        )
        return _open(cell, what, (), f"{what_to_write}{none}")
    if any("／" in each for each in choices):
        beside = "比べるのは初めの数です。別々に評価するなら、行を分けます。"
    if cell == "baseline":
        choices = (*choices, NONE)
    return _open(cell, what, choices, beside)


def _signed(entry: Object, before: Value | None, after: Value) -> OpenNumber | None:
    """A target with a sign below a baseline without: so much more, or that number itself."""
    sign = _SIGNED.match(fold_width(after.text))
    if sign is None or not (before and before.quantities and after.quantities):
        return None
    first, number = before.quantities[0], after.quantities[0]
    if not is_open(entry, "target", "quantities") or not same_unit(first.unit, number.unit):
        return None
    if first.value < 0 or _SIGNED.match(fold_width(before.text)):
        return None
    steps = [replace(first, value=first.value + number.value)]
    if same_unit(first.unit, _PERCENT):
        steps.append(replace(first, value=first.value * (100 + number.value) / 100))
    choices = dict.fromkeys(map(_written, (*steps, number)))
    what = (
        f"目標値「{short(after.text)}」が、現状値「{short(before.text)}」からの増減なのか、"
        "目標の値そのものなのかが決まりません。"
    )
    return _open("target", what, tuple(choices), "")


def _units_apart(entry: Object, before: Value | None, after: Value) -> Iterator[OpenNumber]:
    """Yield the number without a unit, where the other has one."""
    if not (before and before.quantities and after.quantities):
        return
    values = {"baseline": before, "target": after}
    units = {cell: value.quantities[0].unit for cell, value in values.items()}
    for cell, other in (("baseline", "target"), ("target", "baseline")):
        if units[cell] or not units[other] or not is_open(entry, cell, "quantities"):
            continue
        first, beside = values[cell].quantities[0], values[other]
        what = (
            f"{CELL_TITLES[cell]}「{short(values[cell].text)}」に単位がありません。"
            f"{CELL_TITLES[other]}は「{short(beside.text)}」です。"
        )
        counted = scaled_quantity(first.value, beside.quantities[0].scaled_unit)
        choices = (_written(replace(first, unit=counted.scaled_unit)), _written(first))
        yield _open(cell, what, choices, "印刷でも単位を付けるなら、印刷の文字にも書きます。")


_WITHOUT_BASELINE = (TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.NEW_COUNT)
"""Kinds of targets that ask for a number, and for none of the baseline."""


def _spans_apart(entry: Object, before: Value | None, after: Value) -> OpenNumber | None:
    """A baseline that counts by another span than the target: 月２回 and 週１回以上."""
    if not (before and before.quantities and after.quantities):
        return None
    first, number = before.quantities[0], after.quantities[0]
    is_same = not (first.prefix and number.prefix) or first.prefix == number.prefix
    if is_same or not is_open(entry, "baseline", "quantities"):
        return None
    what = (
        f"現状値「{short(before.text)}」は「{first.prefix}」、目標値「{short(after.text)}」は"
        f"「{number.prefix}」の数で、そのままでは比べられません。"
    )
    kinds = "、".join(f"「{each.facts.in_short}」" for each in _WITHOUT_BASELINE)
    beside = (
        f"写し間違いなら、直してください。このとおりなら、「{QUANTITY_TITLES['baseline']}」に"
        f"「{_written(first)}」と書き、「{KIND}」も、{kinds} から選んでください"
        "（進捗率は出さず、目標値と比べます）。"
    )
    return _open("baseline", what, (), beside)


def _open(cell: str, what: str, choices: tuple[str, ...], beside: str) -> OpenNumber:
    return OpenNumber(cell, Doubt(QUANTITY_TITLES[cell], what, choices, beside))


def _written(quantity: Quantity) -> str:
    about = "約" if quantity.approximate else ""
    prefix = f"{quantity.prefix}：" if quantity.prefix else ""
    number = quantity.scaled_value
    plain = (
        number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    )
    return f"{prefix}{about}{plain:,f}{quantity.scaled_unit}"


def unitless(entry: Object, filled: Collection[tuple[str, ...]]) -> Iterator[Doubt]:
    """Yield the first of the numbers that were read, if it has no unit anywhere."""
    if text_at(entry, ("unit",)):
        return
    for cell in ("target", "baseline"):
        quantities = item_at(entry, (cell, "quantities"))
        if (cell, "quantities") not in filled or not isinstance(quantities, list):
            continue
        first = quantities[0]
        if isinstance(first, dict) and not first.get("unit"):
            text = short(text_at(entry, (cell, "text")))
            what = f"{CELL_TITLES[cell]}「{text}」に単位がありません。"
            beside = (
                "単位があれば、「12人」のように続けて書くか、「単位」の列に書いてください。"
                "指数や率のように単位のない数なら、そのままでかまいません。"
            )
            yield Doubt(CELL_TITLES[cell], what, (), beside)
            return


# --- items of a row --------------------------------------------------------------


def quantities_in(written: Json, unit: str) -> tuple[Quantity, ...] | None:
    """The numbers that somebody wrote; ``None`` where nobody did."""
    if not isinstance(written, list):
        return None
    read = []
    for each in written:
        if not isinstance(each, dict) or not isinstance(each.get("value"), int | Decimal):
            return None
        counted = scaled_quantity(Decimal(each["value"]), str(each.get("unit", "")))  # type: ignore[arg-type]
        about = each.get("approximate") is True
        read.append(replace(counted, prefix=str(each.get("prefix", "")), approximate=about))
    return counted_in(tuple(read), unit)


def is_open(entry: Object, cell: str, item: str) -> bool:
    """Whether nobody has said anything of an item, not that there is none either."""
    value = entry.get(cell)
    return isinstance(value, dict) and item not in value


def text_at(entry: Object, path: tuple[str, ...]) -> str:
    """The text of an item; empty where it is none."""
    value = item_at(entry, path)
    return value if isinstance(value, str) else ""


def short(text: str) -> str:
    """A text in one line that is read at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:29]}…"
