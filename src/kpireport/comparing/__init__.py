"""What differs between two years, two builds or two plans, cell by cell.

Comes in: two report folders, archives, plans or built Word files. Goes out: the
differences, each with its place and both texts; on demand as a workbook.

How two things are compared. ``sides`` opens each by the reader of its kind. Reports and plans
become records (the modules named ``…_records``): a thing with a key, a place and facts, each
fact with a key of its own. So a thing is the same whatever it is called and wherever it
stands, and every text of the inputs is in one fact. ``records`` holds two sets of them against
each other in linear time.

Of two years, each report's own year meets the other's. A year that both reports have meets
itself: a difference there is a correction of the past (過年度の訂正).

Word files have no ids. :mod:`kpireport.word_differences` holds chapters against each other,
then what is in them; rows of a table meet by as few of their first cells as tell them apart.
Page numbers, and what a program works out, are no words.

A new text of the plan or the actuals needs its fact; ``tests/comparing/test_plans.py`` tells
whether it has one.
"""

from kpireport.comparing.comparing import compare, compare_plans
from kpireport.comparing.what_differs import (
    Basis,
    Comparison,
    Difference,
    DifferenceKind,
    MarkTally,
    Side,
)
from kpireport.comparing.workbook import differences_xlsx
from kpireport.word_differences.highlights import Highlighted, highlighted

__all__ = [
    "Basis",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Highlighted",
    "MarkTally",
    "Side",
    "compare",
    "compare_plans",
    "differences_xlsx",
    "highlighted",
]
