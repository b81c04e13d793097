"""What is asked of whoever makes a report, and what comes back: both may be carried elsewhere.

Comes in: a report folder. Goes out: an order, with all that the report is made of; a delivery.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path
from threading import Lock

from kpireport.archives.manifest import Locations
from kpireport.archives.report import opened_inputs, seen_from
from kpireport.archiving.inputs import collect_inputs
from kpireport.archiving.versions import program_sum
from kpireport.conductor import build, make
from kpireport.domain.settings import DocumentKind
from kpireport.errors import InputError, KpiReportError, Problem
from kpireport.quickly import dataclass
from kpireport.reports import Report

_ALONE = Lock()
"""Held while a report is made: fonts and painters of one process are not for two threads."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which document of a report is wanted, and when it is to say that it was made.

    Attributes:
        document: as for :func:`kpireport.build`.
        moment: likewise.
    """

    document: DocumentKind = DocumentKind.WHOLE
    moment: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A report to be made elsewhere.

    Attributes:
        inputs: what it is made of, by path.
        places: which of them is what.
        wish: what is wanted of it.
        program: tells the program that asks from others, whose documents might differ.
    """

    inputs: Mapping[str, bytes]
    places: Locations
    wish: Wish
    program: str = field(default_factory=program_sum)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a report, as :class:`Outcome` tells it."""

    written: tuple[Path, ...] = ()
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    fault: str = ""
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether its files were written."""
        return not (self.problems or self.fault)


@dataclass(frozen=True, slots=True)
class Delivery(Result):
    """What came of an order.

    Attributes:
        contents: the files that are not written yet, in the order of the settings' outputs.
    """

    contents: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome(Result):
    """What came of one report.

    Attributes:
        folder: as it was named.
        written: its files; none where it failed.
        warnings: what deserves a second look.
        problems: what is wrong in its inputs.
        fault: why else it failed; empty where it did not.
        seconds: how long it took to make.
    """

    folder: Path = field(kw_only=True)


def order_of(folder: Path, wish: Wish) -> tuple[Order, tuple[Path, ...], Mapping[str, str]]:
    """Return the order of a report folder, where its files belong, and its inputs' own names.

    Raises:
        InputError: the settings cannot be used, or an input cannot be read.
    """
    report = Report.open(folder)
    inputs = collect_inputs(report.settings, folder)
    order = Order({each.path: each.content for each in inputs.files}, inputs.locations, wish)
    outputs = tuple(report.as_document(wish.document).settings.outputs.values())
    return order, outputs, {each.path: str(each.source) for each in inputs.files}


def fulfil(order: Order) -> Delivery:
    """Make a report of what its order has, and write nothing; on whichever computer."""
    if order.program != program_sum():
        return Delivery(
            fault="作る側の kpireport が、頼む側のものと違います。同じ版を入れてください。"
        )
    return _timed(lambda: _made(order))


def build_there(folder: Path, wish: Wish) -> Delivery:
    """Build a report where it is: for whoever sees the same folders."""

    def built() -> Delivery:
        warnings: list[Problem] = []
        written = build(folder, document=wish.document, moment=wish.moment, warn=warnings.append)
        return Delivery(written=written, warnings=tuple(warnings))

    return _timed(built)


def _made(order: Order) -> Delivery:
    warnings: list[Problem] = []
    with opened_inputs(order.inputs, order.places) as opened:
        report = Report(opened.settings, opened.folder)
        made = make(
            report.as_document(order.wish.document),
            moment=order.wish.moment,
            warn=lambda each: warnings.append(seen_from(opened.top, each)),
        )
    contents = tuple(each.content for each in made.files)
    return Delivery(warnings=tuple(warnings), contents=contents)


def _timed(make_it: Callable[[], Delivery]) -> Delivery:
    """Return what was made, or why it was not: errors do not travel as well."""
    begun = time.perf_counter()
    try:
        with _ALONE:
            delivery = make_it()
    except Exception as error:  # noqa: BLE001 -- one report's fault is not the others'
        delivery = failure(error)
    return replace(delivery, seconds=time.perf_counter() - begun)


def failure(error: Exception) -> Delivery:
    """Return why a report was not made."""
    match error:
        case InputError():
            return Delivery(problems=error.problems, warnings=error.warnings)
        case KpiReportError():
            return Delivery(fault=str(error))
        case _:
            return Delivery(fault=f"プログラムの誤りで止まりました（{type(error).__name__}）。")
