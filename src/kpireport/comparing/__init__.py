"""What differs between two years, two builds or two plans, cell by cell.

Comes in: two report folders, archives, plans or built Word files. Goes out: the
differences, each with its place and both texts; on demand as a workbook.

``comparing`` conducts: ``sides`` opens the two; the modules named ``…_records`` say what
is in them, thing by thing; ``records`` holds these against each other. Word files are
compared by :mod:`kpireport.word_differences.differences`.
"""

from kpireport.comparing.comparing import compare
from kpireport.comparing.highlights import Highlighted, highlighted
from kpireport.comparing.results import (
    Basis,
    Comparison,
    Difference,
    DifferenceKind,
    MarkCount,
    Side,
)
from kpireport.comparing.workbook import differences_xlsx

__all__ = [
    "Basis",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Highlighted",
    "MarkCount",
    "Side",
    "compare",
    "differences_xlsx",
    "highlighted",
]
