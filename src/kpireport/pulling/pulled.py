"""What a pull found and did, as frozen facts."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from pathlib import Path

from kpireport.files import NewFile
from kpireport.quickly import dataclass


class PullRefusalKind(StrEnum):
    """Why an edit is refused."""

    FIXED = "数値や、自動で作られる文の変更"
    TEXT = "書き戻せない文"
    INPUT = "書き戻すと入力の誤りになるもの"
    DOCUMENT = "この報告書のものではないWordファイル"


@dataclass(frozen=True, slots=True)
class PullChange:
    """A text that was edited: what it is, where it stands in the inputs, old and new.

    ``place`` is a sheet and cell, or a setting.
    """

    name: str
    file: Path
    place: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PullRefusal:
    """What cannot be taken back: where in the document, why, how to mend it, old and new."""

    kind: PullRefusalKind
    place: str
    what: str
    remedy: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class PullNote:
    """What was seen and is not written into the inputs: where, what, in which words."""

    place: str
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What an edited Word file has that the inputs have not.

    Attributes:
        path: the Word file.
        changes: what can be written back, or was.
        refusals: what stays in the Word file; it keeps the changes from being written, too,
            unless whoever asks says otherwise.
        notes: what else was seen: comments, tracked changes, formats.
        written: the inputs that were rewritten.
        backups: copies of them as they were.
    """

    path: Path
    changes: tuple[PullChange, ...]
    refusals: tuple[PullRefusal, ...]
    notes: tuple[PullNote, ...]
    written: tuple[Path, ...] = ()
    backups: tuple[Path, ...] = ()
    rewritten: tuple[Rewritten, ...] = field(default=(), repr=False)

    @property
    def is_placed(self) -> bool:
        """Whether everything that was changed has its place in the inputs."""
        return not self.refusals


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An input with the edits in it, not written yet, and what it was."""

    file: NewFile
    before: bytes
