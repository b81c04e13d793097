"""What a sheet of the plan's workbook (計画のブック) is, and a column of it."""

from __future__ import annotations

from kpireport.plan_books.notations import AsText, Notation
from kpireport.quickly import dataclass

REST = "その他の項目"
"""The title of what has no column."""
TEXT = AsText()


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of a sheet of the plan's workbook.

    Attributes:
        title: its header.
        path: the item of the row's object, from outside in; empty for what is no item of it.
        notation: how the item is written.
        width: in characters of half width.
        example: what may stand in it.
        explains: words beside the cell.
        names_of: the sheet whose rows it names, offered as a list.
        heading: of a block that it begins, in the sheet whose columns are rows.
        is_needed: its sheet cannot be read without it.
        is_always_filled: hardly a row is without it, which its header's look tells.
        others: titles that say the same.
        takes_days: a day is meant as one; elsewhere Excel made it of what somebody typed.
    """

    title: str
    path: tuple[str, ...] = ()
    notation: Notation = TEXT
    width: float = 14.0
    example: str = ""
    explains: str = ""
    names_of: str = ""
    heading: str = ""
    is_needed: bool = False
    is_always_filled: bool = False
    others: tuple[str, ...] = ()
    takes_days: bool = False


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A sheet of the plan's workbook.

    Attributes:
        name: its own.
        explains: a line of explanation.
        columns: its columns.
        empty_rows: how many it offers.
        is_needed: no plan is without it.
    """

    name: str
    explains: str
    columns: tuple[PlanColumn, ...]
    empty_rows: int = 10
    is_needed: bool = False

    @property
    def naming(self) -> PlanColumn:
        """The column by which other sheets name its rows: the first that it cannot be without."""
        return next(each for each in self.columns if each.is_needed)


REST_COLUMN = PlanColumn(REST, width=14, explains="ほかの列にない項目。手では書きません。")
