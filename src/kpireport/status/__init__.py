"""Where the collection of a year's actuals stands: who has reported, what looks wrong.

Comes in: a report folder. Goes out: a board, by department, of what is reported, missing,
refused and suspicious, and of the judgements to come; the same as a page, as a workbook,
and as mails that remind.

How a board is made. Reading does not end at the first fault: what could be read is kept
beside what is wrong, and every problem names the measure and the department that it is
about, where they are known. So ``surveying`` can put each problem beside its measure, and
have the measures judged that have none.

Mails that remind (``reminders``) are text to be copied, or drafts that a mail program opens
(``mails``). To whom they go, only staff know.

The board's texts are made once (``words``, ``grids``); screen, page and workbook only lay
them out. What a value may be suspected of is the readers' business
(:mod:`kpireport.sources`).

How questions are settled. What is odd and possible bears the id that settles it. ``accepting``
puts ids into the settings, given by hand or ticked in a board's workbook (``ticks``). A tick
counts for what stands beside it: where its row asks something else by now, that is told.
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
