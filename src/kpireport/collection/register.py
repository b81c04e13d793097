"""The register of what came back (受付簿): ``received/register.json``.

Comes in: what became of each file, and which cell took its text from where. Goes out: the
same bytes for the same facts, so that a run without news changes nothing; read back, it
tells what an earlier run put into the workbook from what people wrote there by hand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from kpireport.domain.years import FiscalYear
from kpireport.errors import Problem
from kpireport.findings import Findings
from kpireport.messages import quoted, unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.actuals_forms import COMMENTS
from kpireport.sources.formats import FileKind, fault_of_version

REGISTER = "register.json"
CellKey: TypeAlias = tuple[str, str, str, str]
"""A department's cell: sheet, id, department and title."""
RowCellKey: TypeAlias = tuple[str, str, str]
"""A cell of the report's workbook: sheet, id and title."""
JAPAN = dt.timezone(dt.timedelta(hours=9))


class ReturnOutcome(StrEnum):
    """What became of a file (結果)."""

    TAKEN = "取り込み"
    PARTLY = "一部を取り込み"
    SUPERSEDED = "使わない版"
    UNDECIDED = "どの版を使うか未定"
    BLANK = "未記入"
    REFUSED = "取り込めない"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class ToldProblem(_Part):
    """What kept something of a file from being used, as it was told.

    ``place`` is the sheet and cell, empty for the file as a whole; ``measure_id`` is the
    indicator's or numeric target's, empty where it is none's. ``is_ours`` tells that it is
    not for the department to mend. ``settled_by`` is the id that settles a question.
    """

    place: str
    about: str
    measure_id: str
    what: str
    remedy: str
    is_ours: bool = False
    settled_by: str = ""

    @classmethod
    def of(cls, problem: Problem) -> ToldProblem:
        """Return what the register keeps of a problem."""
        return cls(
            place=problem.place,
            about=problem.about,
            measure_id=problem.measure_id,
            what=problem.what,
            remedy=problem.remedy,
            is_ours=problem.is_ours,
            settled_by=problem.settled_by,
        )


class ReceivedFile(_Part):
    """A file that came back.

    Attributes:
        sha256: its sum.
        size: in bytes.
        names: the names that it was found under, below the inbox.
        modified: when it was last saved, as its file said when it was first seen.
        department: who answers in it, empty where that is not known.
        copy_name: the copy's name beside the register, empty where none is kept.
        outcome: what became of it.
        problems: what kept something of it from being used; none in registers that were
            written before they had a place there.
        doubts: likewise what was used and is to be confirmed, as far as accepting settles it.
    """

    sha256: str
    size: int
    names: tuple[str, ...]
    modified: str
    department: str
    copy_name: str
    outcome: str
    problems: tuple[ToldProblem, ...] = ()
    doubts: tuple[ToldProblem, ...] = ()


class TakenCell(_Part):
    """A text of the report's workbook, and the file and cell that it came from.

    For comments on plans it is the department's own part of the text. ``whole`` is what its
    cell said where that was more: others' parts as they were when it was handed out.
    """

    sheet: str
    id: str
    title: str
    department: str
    text: str
    sha256: str
    place: str
    whole: str = ""

    @property
    def key(self) -> CellKey:
        """What tells it from others."""
        return (self.sheet, self.id, self.department, self.title)

    @property
    def said(self) -> str:
        """What the department's cell said."""
        return self.whole or self.text


class KeptCell(_Part):
    """Cells that people wrote and decided to keep, although a department's ``answer`` differs.

    ``title`` is the first cell's.
    """

    sheet: str
    id: str
    title: str
    answer: tuple[str, ...]

    @property
    def key(self) -> RowCellKey:
        """What tells it from others."""
        return (self.sheet, self.id, self.title)


class WithdrawnCell(_Part):
    """An answer that a department gave once, and that its newer book leaves empty.

    It stays in the report's workbook until somebody settles it: a blank may be a slip.

    Attributes:
        sheet: of the report's workbook.
        id: the row's indicator, numeric target or plan.
        title: the first of its cells.
        department: who gave it.
        text: what it said, in one line.
        file: the newer book, by its name in the inbox.
        place: the empty cell.
        about: what the row is about, in words.
    """

    sheet: str
    id: str
    title: str
    department: str
    text: str
    file: str
    place: str
    about: str

    @property
    def key(self) -> CellKey:
        """What tells it from others."""
        return (self.sheet, self.id, self.department, self.title)

    @property
    def what(self) -> str:
        """What there is to settle, in a sentence."""
        return f"前に取り込んだ{quoted(self.text)}が、新しく届いたブックでは空欄です。"


class Register(_Part):
    """Everything that was received for one fiscal year."""

    format: Literal[1] = 1
    fiscal_year: int
    files: tuple[ReceivedFile, ...] = ()
    cells: tuple[TakenCell, ...] = ()
    kept: tuple[KeptCell, ...] = ()
    withdrawn: tuple[WithdrawnCell, ...] = ()

    def words(self) -> dict[tuple[str, str], dict[str, str]]:
        """Return what departments said of plans: by plan's id and column, by department."""
        words: dict[tuple[str, str], dict[str, str]] = {}
        for each in self.cells:
            if each.sheet == COMMENTS:
                words.setdefault((each.id, each.title), {})[each.department] = each.text
        return words

    def find_file(self, sha256: str) -> ReceivedFile | None:
        """Return what is known of a file."""
        return next((each for each in self.files if each.sha256 == sha256), None)


def read_register(folder: Path, fiscal_year: FiscalYear) -> Register:
    """Read the register, an empty one where there is none yet.

    Raises:
        InputError: it is damaged, or that of another year.
    """
    path = folder / REGISTER
    if not path.exists():
        return Register(fiscal_year=fiscal_year.year)
    log = Findings(path)
    try:
        data = read_ordinary(path)
        _refuse_later(data, log)
        register = Register.model_validate_json(data)
    except OSError as error:
        log.fail("", *unreadable(error))
    except ValidationError:
        log.fail(
            "",
            "受付簿が壊れているか、手で書き換えられています。何も書き込んでいません。",
            "控えから元に戻してください。控えがなければ、別の名前にして実行すると、受付を初めから"
            "記録し直します（actuals.xlsx にある値は、手で書いたものとして扱います）。",
        )
    if register.fiscal_year != fiscal_year.year:
        word = fiscal_year.word
        log.fail(
            "fiscal_year",
            f"{register.fiscal_year}{word}の受付簿です。設定の{word}は{fiscal_year.year}です。",
            f"設定の [collection] の received に、この{word}のフォルダーを書いてください。",
        )
    return register


def _refuse_later(data: bytes, log: Findings) -> None:
    """Stop at a register that a later kpireport wrote; whatever else is wrong is told later."""
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        number = json.loads(data)["format"]
        if isinstance(number, int) and (fault := fault_of_version(FileKind.REGISTER, number)):
            log.fail("format", *fault)


def register_bytes(register: Register) -> bytes:
    """Return the register's file: of a later version's places those that say something.

    A register that an earlier version wrote stays as it is where there is nothing new.
    """
    told = register.model_dump(mode="json")
    for file in told["files"]:
        for problem in (*file["problems"], *file["doubts"]):
            if not problem["settled_by"]:
                del problem["settled_by"]
        if not file["doubts"]:
            del file["doubts"]
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def sorted_register(
    fiscal_year: int,
    files: Iterable[ReceivedFile],
    cells: Iterable[TakenCell],
    kept: Iterable[KeptCell],
    withdrawn: Iterable[WithdrawnCell] = (),
) -> Register:
    """Return a register whose order says nothing of the order in which files came."""
    return Register(
        fiscal_year=fiscal_year,
        files=tuple(sorted(files, key=lambda each: (each.department, each.modified, each.sha256))),
        cells=tuple(sorted(cells, key=lambda each: each.key)),
        kept=tuple(sorted(kept, key=lambda each: each.key)),
        withdrawn=tuple(sorted(withdrawn, key=lambda each: each.key)),
    )


def moment_text(modified: float) -> str:
    """Return the time of a file (seconds since 1970) as clocks in Japan have it."""
    try:
        moment = dt.datetime.fromtimestamp(int(modified), JAPAN)
    except (OverflowError, ValueError, OSError):
        return ""
    return moment.isoformat()
