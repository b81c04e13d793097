"""Whether the numbers that a cell's text prints are those that stand beside it.

Comes in: a text as it was read, and the quantities that are stated. Goes out: problems in
the log.
"""

from __future__ import annotations

from itertools import zip_longest

from kpireport.domain.units import same_unit
from kpireport.domain.values import Quantity, Value, scaled_quantity
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.measure_entries import QuantityEntry


def log_unstated(place: str, printed: Value, log: Findings) -> None:
    """Log that the numbers of a text are not stated beside it."""
    numbers = "、".join(written(each) for each in printed.quantities)
    log.add(
        place,
        f"{quoted(printed.text)}に数（{numbers}）があるのに、数量がありません。",
        "quantities に数と単位を書いてください。",
    )


def check_quantities(
    place: str, stated: list[QuantityEntry], printed: Value, log: Findings
) -> None:
    """Compare what is stated with what can be read; an unreadable text stands unquestioned."""
    if printed.is_none_yet or printed.movement:
        log.add(
            f"{place}.quantities",
            f"{quoted(printed.text)}には数がないのに、数量があります。",
            "この項目を消すか、印字のほうの誤りを直してください。",
        )
    if not printed.quantities:
        return
    for index, (ours, theirs) in enumerate(zip_longest(stated, printed.quantities)):
        if ours is None or theirs is None or not _agree(ours, theirs):
            log.add(
                f"{place}.quantities[{index}]",
                f"{quoted(printed.text)}と数量が食い違っています"
                f"（印字は {written(theirs)}、数量は {written(ours)}）。",
                "印字のとおりに数量を直すか、印字のほうの誤りを直してください。",
            )


def _agree(stated: QuantityEntry, printed: Quantity) -> bool:
    """Whether the two say the same; a unit or prefix that was not printed may be added."""
    return (
        (quantity := scaled_quantity(stated.value, stated.unit)).value == printed.value
        and stated.approximate == printed.approximate
        and (not printed.unit or same_unit(quantity.unit, printed.unit))
        and (not printed.prefix or stated.prefix == printed.prefix)
    )


def written(quantity: QuantityEntry | Quantity | None) -> str:
    """A quantity as messages quote it."""
    if quantity is None:
        return "なし"
    about = "約" if quantity.approximate else ""
    if isinstance(quantity, Quantity):
        return f"{quantity.prefix}{about}{quantity.scaled_value:,f}{quantity.scaled_unit}"
    return f"{quantity.prefix}{about}{quantity.value:,f}{quantity.unit}"
