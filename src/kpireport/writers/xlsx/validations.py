"""What may be entered into cells, and the words beside them, as Excel's data validation.

Comes in: cells with their rules and prompts. Goes out: the rules on XlsxWriter's sheet,
cells that share one together. What Excel would not take of a message is cut.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import TypeAlias, assert_never

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from kpireport.quickly import dataclass
from kpireport.writers.spreadsheets import plain_number, shortened, units
from kpireport.writers.xlsx.book import (
    Cell,
    Choice,
    ChoiceFrom,
    NumberRange,
    TextLength,
    Validation,
)

_LONGEST_TITLE, _LONGEST_PROMPT, _LONGEST_MESSAGE, _LONGEST_LIST = 32, 255, 225, 255
_MOST_AREAS = 100  # of one rule: Excel opens files slowly that have thousands in one
_NO_BOUND = Decimal(10) ** 15  # Excel keeps no more digits
_TITLE = "入力の確認"

_Area: TypeAlias = list[int]  # first row, first column, last row, last column, from 0


@dataclass(slots=True)
class Validations:
    """The rules of one sheet, gathered row by row."""

    _areas: dict[tuple[Validation | None, str, str], list[_Area]] = field(default_factory=dict)

    def add(self, row: int, column: int, cell: Cell) -> None:
        """Note the cell's rule; cells below each other make one area."""
        if cell.validation is None and not cell.prompt:
            return
        areas = self._areas.setdefault((cell.validation, cell.prompt_title, cell.prompt), [])
        for area in areas[-_MOST_AREAS:]:
            if area[1:] == [column, row - 1, column]:
                area[2] = row
                return
        areas.append([row, column, row, column])

    def write(self, page: Worksheet) -> None:
        """Put the rules on XlsxWriter's worksheet."""
        for (validation, title, prompt), areas in self._areas.items():
            rule = {
                **_rule(validation),
                "input_title": shortened(title, _LONGEST_TITLE),
                "input_message": shortened(prompt, _LONGEST_PROMPT),
            }
            for start in range(0, len(areas), _MOST_AREAS):
                first, *others = areas[start : start + _MOST_AREAS]
                page.data_validation(*first, {**rule, "other_cells": others})


def _rule(validation: Validation | None) -> dict[str, object]:
    match validation:
        case None:
            return {"validate": "any"}
        case Choice(options, message, takes_others):
            if not _is_listable(options):
                return {"validate": "any"}
            if takes_others:
                return {"validate": "list", "value": list(options), "show_error": False}
            return {"validate": "list", "value": list(options), **_refusal("stop", message)}
        case ChoiceFrom(sheet, column, (first, last)):
            area = xl_range_abs(first, column, last, column)
            return {
                "validate": "list",
                "source": f"={quote_sheetname(sheet)}!{area}",
                "show_error": False,
            }
        case NumberRange(message, least, most):
            return {
                "validate": "decimal",
                "criteria": "between",
                "minimum": plain_number(-_NO_BOUND if least is None else least),
                "maximum": plain_number(_NO_BOUND if most is None else most),
                **_refusal("warning", message),
            }
        case TextLength(most, message):
            return {
                "validate": "length",
                "criteria": "<=",
                "value": most,
                **_refusal("stop", message),
            }
        case _:
            assert_never(validation)


def _is_listable(options: tuple[str, ...]) -> bool:
    joined = ",".join(options)
    return 0 < units(joined) <= _LONGEST_LIST and not any("," in each for each in options)


def _refusal(kind: str, message: str) -> dict[str, object]:
    return {
        "error_type": kind,
        "error_title": _TITLE,
        "error_message": shortened(message, _LONGEST_MESSAGE),
    }
