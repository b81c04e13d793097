"""What a workbook's package says of the workbook: its sheets, where they are, its properties.

Comes in: an opened package. Goes out: the sheets' names and parts in order, the parts that
all sheets share, the day that dates count from.
"""

from __future__ import annotations

import datetime as dt
import posixpath

from kpireport.errors import CellError
from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import Package

_MOST_SHEETS = _MOST_PROPERTIES = 10_000  # a workbook has some dozens
_LONGEST_PROPERTY = 255  # characters, in Excel

EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet's name, its part of the package, and whether people see it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets in order, the parts that they share, the day that dates count from.

    ``folder`` is that of the workbook's own part; a part that is not there is empty.
    """

    sheets: tuple[SheetEntry, ...]
    folder: str
    strings_part: str
    styles_part: str
    properties_part: str
    epoch: dt.date


def read_book(package: Package) -> Book:
    """Read what a package says of its workbook.

    Raises:
        CellError: it is none, or damaged.
    """
    part = package.main_part()
    content = _Content()
    package.parse(part, content)
    parts = package.all_related(part)
    return Book(
        sheets=tuple(
            SheetEntry(name.strip(), parts.get(id_, ""), is_hidden)
            for name, id_, is_hidden in content.sheets
        ),
        folder=posixpath.dirname(part),
        strings_part=package.related(part, "sharedStrings"),
        styles_part=package.related(part, "styles"),
        # the strict variant writes it in one word (Part 1, 15.2.12.2)
        properties_part=package.related("", "custom-properties")
        or package.related("", "customProperties"),
        epoch=content.epoch,
    )


def refuse_more_than(most: int, count: int, what: str) -> None:
    """Refuse a workbook with more of something than any has: it was made to fill the memory.

    Raises:
        CellError: ``count`` is greater than ``most``.
    """
    if count > most:
        raise CellError(f"{what}が多すぎます（{most:,}を超えます）。", WORKBOOK.lighten)


class Silent:
    """A handler that passes over everything."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Pass."""

    def end(self, name: str) -> None:
        """Pass."""

    def text(self, data: str) -> None:
        """Pass."""


class _Content(Silent):
    """The sheets' names and ids in order, the day that dates count from."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = EPOCH_1900

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take sheets and the date system (18.2.19, 18.2.28)."""
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("id", ""), is_hidden))
            refuse_more_than(_MOST_SHEETS, len(self.sheets), "シート")
        elif name == "workbookPr" and is_true(attributes.get("date1904")):
            self.epoch = _EPOCH_1904


class CustomProperties(Silent):
    """Names and texts of the custom document properties (22.3.2.2)."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._name = ""
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a property or its text."""
        if name == "property":
            self._name = attributes.get("name", "")
            self.texts.setdefault(self._name, "")
            refuse_more_than(_MOST_PROPERTIES, len(self.texts), "ブックのプロパティ")
        self._is_text = name in {"lpwstr", "lpstr", "bstr"}

    def end(self, name: str) -> None:  # noqa: ARG002
        """End a text."""
        self._is_text = False

    def text(self, data: str) -> None:
        """Take text."""
        written = self.texts.get(self._name, "")
        if self._is_text and len(written) < _LONGEST_PROPERTY:
            self.texts[self._name] = written + data


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes (Part 1, 22.9.2.7)."""
    return text in {"1", "true", "on"}
