"""The year's actuals asked for and collected: sheets handed out, answers taken in.

Comes in: a report folder, and what the departments send back. Goes out: a workbook per
department; the report's ``actuals.xlsx`` with what is good of the answers, and problems
that name file, sheet and cell for the rest.
"""

from __future__ import annotations

from kpireport.collection.collecting import collect
from kpireport.collection.outcomes import Change, ChangeKind, Choice, Collected, FileResult, Missing
from kpireport.collection.register import FileOutcome
from kpireport.collection.sheets import HandedOut, Outcome, hand_out
from kpireport.collection.starting import Started, start_year, usual_folder

__all__ = [
    "Change",
    "ChangeKind",
    "Choice",
    "Collected",
    "FileOutcome",
    "FileResult",
    "HandedOut",
    "Missing",
    "Outcome",
    "Started",
    "collect",
    "hand_out",
    "start_year",
    "usual_folder",
]
