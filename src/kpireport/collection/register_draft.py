"""The register while a run changes it: what is known of each cell.

Comes in: the register as it was. Goes out: the register as it is to be.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.collection.register import (
    CellKey,
    KeptCell,
    ReceivedFile,
    Register,
    RowCellKey,
    TakenCell,
    WithdrawnCell,
    sorted_register,
)
from kpireport.quickly import dataclass


@dataclass(slots=True)
class RegisterDraft:
    """What is known of cells, by what tells them apart.

    Attributes:
        before: the register as it was.
        cells: where texts come from.
        kept: what people decided to keep.
        withdrawn: what a department gave once and left empty since.
    """

    before: Register
    cells: dict[CellKey, TakenCell]
    kept: dict[RowCellKey, KeptCell]
    withdrawn: dict[CellKey, WithdrawnCell]

    @classmethod
    def of(cls, register: Register) -> RegisterDraft:
        """Begin with what is known."""
        return cls(
            before=register,
            cells={each.key: each for each in register.cells},
            kept={each.key: each for each in register.kept},
            withdrawn={each.key: each for each in register.withdrawn},
        )

    def register(self, files: Iterable[ReceivedFile]) -> Register:
        """Return the register as it is to be, with what is known of files."""
        return sorted_register(
            self.before.fiscal_year,
            files,
            self.cells.values(),
            self.kept.values(),
            self.withdrawn.values(),
        )

    def texts(self, sheet: str) -> dict[str, dict[str, dict[str, str]]]:
        """Return the texts of a sheet that runs took: by id, department and title."""
        texts: dict[str, dict[str, dict[str, str]]] = {}
        for cell in self.cells.values():
            if cell.sheet == sheet:
                departments = texts.setdefault(cell.id, {})
                departments.setdefault(cell.department, {})[cell.title] = cell.text
        return texts

    def restore(self, sheet: str, id_: str) -> None:
        """Know of a row what was known before."""
        row = (sheet, id_)
        self.cells = {key: cell for key, cell in self.cells.items() if key[:2] != row}
        self.cells |= {cell.key: cell for cell in self.before.cells if cell.key[:2] == row}

    def withdraw(self, sheet: str, id_: str, department: str, title: str) -> None:
        """Let go of what a department does not say any more: it may say it again."""
        self.cells.pop((sheet, id_, department, title), None)

    def forget(self, sheet: str, id_: str, *, besides: str) -> None:
        """Let go of what other departments answered, whose answer it no longer is."""
        for key in [key for key in self.cells if key[:2] == (sheet, id_) and key[2] != besides]:
            del self.cells[key]
