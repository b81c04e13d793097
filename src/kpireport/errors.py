"""The errors of this project: each says where, what is wrong, and how to mend it.

A stage that reads a file collects every :class:`Problem` it finds and raises
them together in one :class:`InputError`, so that staff mend a file in one go.
Messages are in Japanese: planning-section staff read them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from kpireport.quickly import dataclass


class Severity(StrEnum):
    """How a problem stops the work: an error always does, a warning only if asked to."""

    ERROR = "エラー"
    WARNING = "注意"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in an input, in words for staff.

    ``file`` is the path as the user wrote it, ``place`` a JSON path
    (``goals[1].plans[0]``) or a sheet and cell (``実績!D12``), empty for the
    file as a whole. ``about`` names what stands there, by words that staff can search
    for (``受入率、記号 p01-02、所管課 保育課``); empty where that is not known. The same for
    programs: ``measure_id`` is the indicator's or numeric target's, ``department`` the one
    that its row names; each empty where there is none. ``is_ours`` tells of an answer that
    its department can do nothing more about: it is for whoever collects. ``settled_by`` is the
    id of an indicator, numeric target or plan: once the settings accept it, the problem is
    none; empty where nothing but mending helps.
    """

    file: str
    place: str
    what: str
    remedy: str
    severity: Severity = Severity.ERROR
    about: str = ""
    measure_id: str = ""
    department: str = ""
    is_ours: bool = False
    settled_by: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        if self.about:
            where += f"（{self.about}）"
        return f"{where}\n  {self.what}\n  → {self.remedy}"


def undrawable_text(
    file: str, place: str, text: str, absent: Sequence[str], about: str = ""
) -> Problem:
    """Return the problem of a text with the characters ``absent`` that no font draws."""
    names = "、".join(_character_name(char) for char in absent)
    return Problem(
        file=file,
        place=place,
        what=f"書体にない文字があります: {names} — 「{_excerpt(text, absent[0])}」",
        remedy="書体にある字に書き換えてください（𠮷→吉など）。絵文字や見えない字は消してください。",
        about=about,
    )


def code_of(char: str) -> str:
    """Return a character's code as messages name it: ``U+20BB7``."""
    return f"U+{ord(char):04X}"


_SPACES = {"\n": "／", "\u3000": "\u3000"}


def _character_name(char: str) -> str:
    """Return a character with its code; an invisible one by its code alone."""
    code = code_of(char)
    return f"「{char}」（{code}）" if char.isprintable() and not _joins(char) else f"（{code}）"


def _joins(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")


def _excerpt(text: str, char: str) -> str:
    """Return the 20 characters or so around ``char`` in a line, invisible ones by their code."""
    at = text.index(char)
    start, end = max(0, at - 10), at + 11
    visible = "".join(
        _SPACES.get(each) or (each if each.isprintable() else f"（{code_of(each)}）")
        for each in text[start:end]
    )
    return f"{'…' if start else ''}{visible}{'…' if end < len(text) else ''}"


class KpiReportError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(KpiReportError):
    """One or more inputs cannot be used; ``problems`` lists all errors.

    ``warnings`` are apart: what was found on the way, and would not have stopped the work.
    """

    def __init__(self, problems: tuple[Problem, ...], warnings: tuple[Problem, ...] = ()) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        self.problems = problems
        self.warnings = warnings
        super().__init__("\n".join(str(problem) for problem in problems))


class CellError(ValueError):
    """A cell or file cannot be used: ``what``, and the ``remedy``; the caller knows where."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}{remedy}")
        self.what = what
        self.remedy = remedy


class MissingToolError(KpiReportError):
    """An outside tool that the work needs is absent or unusable; the message says how to get it."""


class OutputError(KpiReportError):
    """A result could not be written; the last good files are left as they were."""
