"""How large a table may be: more was made to fill the memory.

Comes in: rows and columns. Goes out: nothing, or a refusal.
"""

from __future__ import annotations

from kpireport.errors import CellError
from kpireport.sources.package_kinds import PackageKind

MOST_COLUMNS = 1_000
MOST_ROWS = 50_000
_MOST_PLACES = 2_000_000


def refuse_large(rows: int, columns: int, kind: PackageKind) -> None:
    """Refuse a table of a file of that kind with more rows, columns or places than any has.

    Raises:
        CellError: it has.
    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > _MOST_PLACES:
        raise CellError(f"大きすぎる表があります（{rows:,}行、{columns:,}列）。", kind.lighten)
