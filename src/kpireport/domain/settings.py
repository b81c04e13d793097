"""What a report is made with: the edition, its inputs, its outputs, its words.

Frozen facts, read from ``report.toml`` by :mod:`kpireport.sources.settings`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kpireport.domain.numerals import NumeralStyle


class Edition(StrEnum):
    """Which document is made (版)."""

    PLAN = "plan"  # 計画版: the decided plan in its original layout


class OutputFormat(StrEnum):
    """A kind of file; its value is the file's extension."""

    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one report folder; paths are complete.

    Attributes:
        edition: which document is made.
        catalogue: the plan's file.
        output_dir: the folder of the results.
        output_name: the results' file name without its extension.
        formats: what is written, each once.
        date: the day that the document bears in its metadata.
        numerals: the width of numerals in generated text; verbatim text is left alone.
        council_label: ``資料３`` on the cover, empty for none.
        committee: the body that the document is put before, empty for none.
        author: for the files' metadata, empty for the plan's issuer.
        subject: for the files' metadata, empty for none.
        keywords: for the files' metadata.
    """

    edition: Edition
    catalogue: Path
    output_dir: Path
    output_name: str
    formats: tuple[OutputFormat, ...]
    date: dt.date
    numerals: NumeralStyle = NumeralStyle.MIXED
    council_label: str = ""
    committee: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def outputs(self) -> dict[OutputFormat, Path]:
        """The file to write for each format."""
        return {each: self.output_dir / f"{self.output_name}.{each}" for each in self.formats}
