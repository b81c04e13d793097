"""Where the collection of a year's actuals stands: who has reported, what looks wrong.

Comes in: a report folder. Goes out: a board, by department, of what is reported, missing,
refused and suspicious, and of the judgements to come; the same as a page, as a workbook,
and as mails that remind.
"""

from kpireport.status.boards import (
    Board,
    DepartmentState,
    DepartmentStatus,
    Marks,
    MeasureState,
    MeasureStatus,
)
from kpireport.status.surveying import board, board_of

__all__ = [
    "Board",
    "DepartmentState",
    "DepartmentStatus",
    "Marks",
    "MeasureState",
    "MeasureStatus",
    "board",
    "board_of",
]
