"""What a report is made with: the edition, its inputs, its outputs, its words.

Frozen facts, read from ``report.toml`` by :mod:`kpireport.sources.settings`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path
from typing import Self, assert_never

from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


class Edition(StrEnum):
    """Which document is made (版)."""

    PLAN = "plan"  # 計画版: the decided plan in its original layout
    REVIEW = "review"  # 実績版: the plan with the actuals of a fiscal year and before
    SHEETS = "sheets"  # 評価シート: the same facts, a sheet for each indicator or plan

    @property
    def words(self) -> str:
        """What staff call it."""
        match self:
            case Edition.PLAN:
                return "計画版"
            case Edition.REVIEW:
                return "実績版"
            case Edition.SHEETS:
                return SHEETS
            case _:
                assert_never(self)


class DocumentKind(StrEnum):
    """Which of the documents of a report folder is made; names of files and addresses say it."""

    WHOLE = "whole"  # 報告書: the report itself, in its edition
    DIGEST = "digest"  # 概要版: the review on one or two pages
    SHEETS = "sheets"  # 評価シート: beside another edition

    @property
    def words(self) -> str:
        """What staff call it."""
        match self:
            case DocumentKind.WHOLE:
                return "報告書"
            case DocumentKind.DIGEST:
                return "概要版"
            case DocumentKind.SHEETS:
                return SHEETS
            case _:
                assert_never(self)


class SheetOf(StrEnum):
    """What an evaluation sheet (評価シート) is of."""

    INDICATOR = "indicator"
    PLAN = "plan"


class OutputFormat(StrEnum):
    """A kind of file; its value is the file's extension."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"  # the same as a page for the web
    XLSX = "xlsx"  # a review's indicators and what they are judged, for those who compute


SHEETS = "評価シート"
"""What the edition of sheets is called."""

DOCUMENTS = (OutputFormat.DOCX, OutputFormat.PDF)
"""The formats that are made, and kept, where nothing else is said; every edition has them."""


class Orientation(StrEnum):
    """How the pages of the wide tables lie (用紙の向き)."""

    AUTO = "auto"  # portrait up to two years of actuals, landscape beyond
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class ChartKind(StrEnum):
    """What the charts of the Word file are (グラフの種類)."""

    IMAGE = "image"  # 画像: alike in every program
    NATIVE = "native"  # Wordのグラフ: staff edit their data and colours


class ChartScope(StrEnum):
    """Which indicators have a chart of their own (グラフの範囲)."""

    MAIN = "main"  # the most telling of each goal, beside its table
    ALL = "all"  # all that have a course, in 資料編
    NONE = "none"


MOST_MAIN_CHARTS = 4
"""The most charts of one goal that staff may name: what stands in one strip."""


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """What only editions with actuals are made with; paths are complete.

    Attributes:
        fiscal_year: the year that is reported.
        actuals: the workbook, CSV file or folder of CSV files with the year's actuals.
        earlier: those of earlier reports, the latest first.
        finds_earlier: these are those of the folders beside this one, and not written.
        is_draft: 作成中: unreported indicators are shown rather than refused.
        is_sample: every page says that the figures are invented.
        title: the lines of the title, empty for one made from the plan's.
        issued: the cover's date as it is printed, empty for none.
        introduction: paragraphs of はじめに, empty for those that are generated.
        survey: paragraphs on the survey behind the numeric targets, for the appendix.
        contact: who answers questions, empty for nobody.
        orientation: how the pages of the wide tables lie.
        results: what went well (主な成果), up to three; empty for the changes of marks.
        problems: what did not (主な課題), likewise.
        charts: which indicators have a chart of their own.
        main_charts: ids of the most telling indicators, empty for those that a rule finds.
        shows_departments: whether the tables say who is responsible.
        lists_all_years: whether 資料編 has the table of all years.
        lists_reasons: whether 資料編 has the reasons of all judgements.
        accepted: ids whose suspicious values have been confirmed.
        evaluation: the scheme of judgement as written, for
            :func:`kpireport.evaluation.scheme_settings.scheme_from_settings`.
    """

    fiscal_year: FiscalYear
    actuals: Path
    earlier: tuple[Path, ...] = ()
    is_draft: bool = False
    is_sample: bool = False
    title: tuple[str, ...] = ()
    issued: str = ""
    introduction: tuple[str, ...] = ()
    survey: tuple[str, ...] = ()
    contact: str = ""
    orientation: Orientation = Orientation.AUTO
    results: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    charts: ChartScope = ChartScope.MAIN
    main_charts: tuple[str, ...] = ()
    shows_departments: bool = True
    lists_all_years: bool = False
    lists_reasons: bool = False
    accepted: tuple[str, ...] = ()
    evaluation: Mapping[str, object] = field(default_factory=dict)
    finds_earlier: bool = False


@dataclass(frozen=True, slots=True)
class WordSettings:
    """How the Word file is made; paths are complete.

    Attributes:
        template: the municipality's own base document (様式), ``None`` for ours.
        embed_fonts: the file carries its fonts, for readers who have not got them.
        charts: what the charts are.
    """

    template: Path | None = None
    embed_fonts: bool = False
    charts: ChartKind = ChartKind.IMAGE


@dataclass(frozen=True, slots=True)
class CollectionSettings:
    """How the year's actuals are asked for and come back; paths are complete.

    Attributes:
        deadline: the day by which the departments answer (回答期限), ``None`` for none yet.
        contact: whom the departments ask (照会先), empty for nobody.
        sheets: the folder of the workbooks that are handed out.
        inbox: the folder of those that come back, which is only read.
        received: the folder of what was taken in: copies of the originals, and the register.
    """

    deadline: dt.date | None
    contact: str
    sheets: Path
    inbox: Path
    received: Path


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
        review: what editions with actuals are made with; ``None`` for the plan's.
        collection: how the actuals are collected; ``None`` for the plan's edition.
        as_of: the fiscal year whose plan the plan edition shows, with the revisions in force
            in it; ``None`` for the plan as decided.
        word: what only the Word file is made with.
        is_digest: whether the files are those of the digest (概要版).
        sheet_of: what each of the evaluation sheets is of.
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
    review: ReviewSettings | None = None
    collection: CollectionSettings | None = None
    as_of: FiscalYear | None = None
    word: WordSettings = WordSettings()
    is_digest: bool = False
    sheet_of: SheetOf = SheetOf.INDICATOR

    def of(self, kind: DocumentKind) -> Self:
        """Return the settings that one of the report's documents is made with."""
        match kind:
            case DocumentKind.WHOLE:
                return self
            case DocumentKind.DIGEST:
                return self.digest
            case DocumentKind.SHEETS:
                return self.sheets
            case _:
                assert_never(kind)

    @property
    def digest(self) -> Self:
        """The settings of the digest, whose files stand beside the report's."""
        return replace(self._beside(DocumentKind.DIGEST), is_digest=True)

    @property
    def sheets(self) -> Self:
        """The settings of the evaluation sheets; their files stand beside another edition's."""
        if self.edition is Edition.SHEETS:
            return self
        review = self.review
        if review is not None and review.title:  # which is the other edition's
            review = replace(review, title=(*review.title, SHEETS))
        return replace(self._beside(DocumentKind.SHEETS), edition=Edition.SHEETS, review=review)

    def _beside(self, kind: DocumentKind) -> Self:
        """The settings of documents beside the report's, by names that say what they are."""
        documents = tuple(each for each in self.formats if each != OutputFormat.XLSX)
        name = f"{self.output_name}-{kind}"
        return replace(self, output_name=name, formats=documents or DOCUMENTS)

    @property
    def kept_formats(self) -> tuple[OutputFormat, ...]:
        """What an archive keeps: Word and PDF, and what else is asked for."""
        return tuple(each for each in OutputFormat if each in DOCUMENTS or each in self.formats)

    @property
    def outputs(self) -> dict[OutputFormat, Path]:
        """The file to write for each format."""
        return {each: self.output_dir / f"{self.output_name}.{each}" for each in self.formats}
