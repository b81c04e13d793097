"""What came back in one file: the file itself, and the answers that were found in it.

Comes in: a file of the inbox. Goes out: its bytes with their sum; what
:mod:`kpireport.collection.reading` finds in them is kept here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path

from kpireport.collection.register import moment_text
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.errors import CellError, Problem, Severity
from kpireport.messages import printable, unreadable
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import VALUE, Fact, InputColumn
from kpireport.sources.actuals_rows import Found
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import read_package


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came: ``data`` is empty where it was too large or could not be read."""

    path: Path
    name: str
    size: int
    sha256: str
    modified: str
    data: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Returned:
    """What a file has.

    Attributes:
        original: the file.
        department: who answers in it, empty where that is not known.
        former: the name that the department had when the sheet was handed out, where that is
            another; else empty.
        is_form: it is this year's form of this plan.
        is_outdated: it was handed out before the plan changed.
        actuals: good rows that the department answers for, by measure's id.
        comments: good rows of comments on plans, by plan's id.
        others: rows that another department has to answer for, by measure's id.
        blank: the department's own rows without an answer, by measure's id.
        unspoken: likewise rows without any comment, by plan's id.
        problems: what is wrong, and what deserves a second look.
    """

    original: Original
    department: str = ""
    former: str = ""
    is_form: bool = False
    is_outdated: bool = False
    actuals: dict[str, Found[Actual]] = field(default_factory=dict)
    comments: dict[str, Found[PlanComment]] = field(default_factory=dict)
    others: dict[str, Found[Actual]] = field(default_factory=dict)
    blank: dict[str, Found[Actual]] = field(default_factory=dict)
    unspoken: dict[str, Found[PlanComment]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def forget(self) -> None:
        """Let go of all answers, and of the file's bytes: it is refused."""
        self.is_form = False
        self.original = replace(self.original, data=b"")
        self.actuals, self.comments, self.others = {}, {}, {}
        self.blank, self.unspoken = {}, {}

    @property
    def has_errors(self) -> bool:
        """Whether something in it could not be taken."""
        return any(each.severity is Severity.ERROR for each in self.problems)

    @property
    def has_answers(self) -> bool:
        """Whether anybody wrote anything into it that can be read."""
        return bool(self.actuals or self.comments or self.others)

    @property
    def answers(self) -> object:
        """What it says, by which two versions of one sheet are told apart."""
        actuals = {
            id_: replace(found.fact, department="")
            for id_, found in (*self.actuals.items(), *self.others.items())
        }
        return (actuals, {id_: found.fact for id_, found in self.comments.items()})


def open_original(path: Path, inbox: Path) -> tuple[Original, CellError | None]:
    """Read a file of the inbox; with the reason where it cannot be read."""
    name = printable(path.relative_to(inbox).as_posix())
    try:
        status = path.stat()
        size, modified = status.st_size, moment_text(status.st_mtime)
        data = read_package(path, WORKBOOK)
    except CellError as error:
        return Original(path, name, size, "", modified), error
    except OSError as error:
        return Original(path, name, 0, "", ""), CellError(*unreadable(error))
    sum_ = hashlib.sha256(data).hexdigest()
    return Original(path, name, len(data), sum_, modified, data), None


def in_words(fact: Fact, columns: Sequence[InputColumn]) -> str:
    """What a fact says in the columns of one answer, as people say it; empty for nothing."""
    texts = [each.text(fact) for each in columns]
    if isinstance(fact, Actual) and columns[0].title == VALUE and any(texts):
        return answer_in_words(fact)
    return "".join(texts)


def answer_in_words(actual: Actual) -> str:
    """What is reported, in words: ``８か所``, ``達成：全校に配備``, ``（報告なし：集計中）``."""
    value = actual.value.text if actual.value else ""
    said = "：".join(part for part in (str(actual.state or ""), value) if part)
    if actual.reason:
        said += f"（報告なし：{actual.reason}）"
    return said or "（空）"
