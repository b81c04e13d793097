"""The formats of the files that people keep, and which this program reads.

Comes in: the version that a file says it has. Goes out: whether it is one of a later program's,
in words. A file that says no version is of the first: there were no others when it was made.
A format gets a new version when a file of before would be read otherwise than it was meant;
what is only added needs none. How a file comes to a later one is
:mod:`kpireport.upgrading`'s matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kpireport.messages import describe

FORMAT_PROPERTY = "kpireport-format"
"""The custom document property of a workbook that says its version."""


class FileKind(StrEnum):
    """A kind of file that people keep, as messages name it."""

    PLAN = "計画のファイル"
    SETTINGS = "設定"
    ACTUALS = "実績のブック"
    PLAN_BOOK = "計画のブック"
    REGISTER = "受付簿"


SINCE: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.PLAN: ("0.1.0",),
    # 2: what the marks are decided by is written, and no program's default
    FileKind.SETTINGS: ("0.1.0", "0.2.0"),
    FileKind.ACTUALS: ("0.1.0",),
    FileKind.PLAN_BOOK: ("0.1.0",),
    FileKind.REGISTER: ("0.1.0",),
}
"""The kpireport that first read each version, from version 1 on."""


def newest(kind: FileKind) -> int:
    """Return the version that this program writes; it reads all up to this."""
    return len(SINCE[kind])


def fault_of_version(kind: FileKind, written: object) -> tuple[str, str] | None:
    """What is wrong with the version that a file says, and how to mend it; ``None`` for nothing.

    Args:
        kind: of the file.
        written: as it stands there; ``None`` for nothing, which is the first.
    """
    known = newest(kind)
    match written:
        case None:
            return None
        case bool():
            pass
        case int() if 1 <= written <= known:
            return None
        case int() if written > known:
            number = f"版 {describe(written)}"
            what = (
                f"{kind}の書式の{number} は、この kpireport（版 {known} まで）より新しいものです。"
            )
            return what, f"{number} を読める、新しい kpireport を使ってください。"
    return (
        f"書式の版が{describe(written)}です。",
        f"{' か '.join(str(each) for each in range(1, known + 1))} と書いてください。",
    )


def fault_of_book(kind: FileKind, properties: Mapping[str, str]) -> tuple[str, str] | None:
    """The same of a workbook, by its custom document properties."""
    written = properties.get(FORMAT_PROPERTY)
    is_number = written is not None and written.isascii() and written.isdigit()
    return fault_of_version(kind, int(written[:9]) if written and is_number else None)


def book_properties(kind: FileKind) -> tuple[tuple[str, str], ...]:
    """The custom document properties of a workbook that is made now."""
    return ((FORMAT_PROPERTY, str(newest(kind))),)
