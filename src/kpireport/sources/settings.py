"""Reading a report's settings: ``report.toml`` of its folder.

Comes in: the report folder. Goes out: frozen
:class:`~kpireport.domain.settings.Settings` with complete paths, or one error
that lists all that is wrong with the file.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from kpireport.domain.calendar_years import of_calendar_years
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import (
    DOCUMENTS,
    ChartKind,
    ChartScope,
    CollectionSettings,
    Edition,
    Orientation,
    OutputFormat,
    ReviewSettings,
    Settings,
    SheetOf,
    WordSettings,
)
from kpireport.domain.years import FiscalYear
from kpireport.findings import Findings
from kpireport.messages import printable, unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.fields import (
    Day,
    Entry,
    Identifier,
    OptionalText,
    Text,
    Year,
)
from kpireport.sources.formats import FileKind, fault_of_version
from kpireport.sources.output_names import FileName, Format, Place, check_each_once, check_place
from kpireport.sources.plan_years import has_calendar_years
from kpireport.sources.report_folders import folders_with
from kpireport.sources.settings_outputs import check_outputs
from kpireport.sources.toml_file import read_toml
from kpireport.sources.validation import validate

SETTINGS_FILE = "report.toml"

_LARGEST_SETTINGS = 2**20
_MOST_NAMED = 3  # report folders, to one who named the folder above them
_YEAR_FOLDER = re.compile("[0-9]{4}")


class OutputSection(Entry):
    """``[output]``: where the results go, what they are called, which there are."""

    folder: Place = "out"
    name: FileName
    formats: Annotated[list[Format], Field(min_length=1), AfterValidator(check_each_once)] = Field(
        default=list(DOCUMENTS)
    )


class CoverSection(Entry):
    """``[cover]``: what the cover says beside the plan's own words."""

    council_label: OptionalText = ""
    committee: OptionalText = ""


class MetadataSection(Entry):
    """``[metadata]``: what catalogues and readers of the files are told."""

    author: OptionalText = ""
    subject: OptionalText = ""
    keywords: list[Text] = Field(default=[])


class WordSection(Entry):
    """``[docx]``: what only the Word file is made with."""

    template: Annotated[OptionalText, AfterValidator(check_place)] = ""
    embed_fonts: bool = False
    charts: Annotated[ChartKind, Field(strict=False)] = ChartKind.IMAGE


class CollectionSection(Entry):
    """``[collection]``: how the departments are asked for the year's actuals.

    ``contact`` left out is that of the review.
    """

    deadline: Day | None = None
    contact: OptionalText = ""
    sheets: Place = "sheets"
    inbox: Place = "inbox"
    received: Place = "received"


class ReviewSection(Entry):
    """``[review]``: what only the review edition needs.

    ``earlier`` left out stands for the reports of earlier years beside this one.
    """

    fiscal_year: Year
    actuals: Place = "actuals.xlsx"
    earlier: list[Place] | None = None
    draft: bool = False
    sample: bool = False
    title: list[Text] = Field(default=[])
    issued: OptionalText = ""
    introduction: list[Text] = Field(default=[])
    survey: list[Text] = Field(default=[])
    contact: OptionalText = ""
    orientation: Annotated[Orientation, Field(strict=False)] = Orientation.AUTO
    results: list[Text] = Field(default=[], max_length=3)
    problems: list[Text] = Field(default=[], max_length=3)
    charts: Annotated[ChartScope, Field(strict=False)] = ChartScope.MAIN
    main_charts: list[Identifier] = Field(default=[])
    departments: bool = True
    all_years: bool = False
    reasons: bool = False
    accept: list[Identifier] = Field(default=[])


class SheetsSection(Entry):
    """``[sheets]``: what the evaluation sheets are of, one each."""

    sheet_of: Annotated[SheetOf, Field(strict=False)] = SheetOf.INDICATOR


class SettingsFile(Entry):
    """``report.toml`` as a whole.

    What ``[evaluation]`` may say is :mod:`kpireport.evaluation.scheme_settings`'s matter.
    """

    format: int = 1
    edition: Annotated[Edition, Field(strict=False)]
    catalogue: Place
    date: Day
    numerals: Annotated[NumeralStyle, Field(strict=False)] = NumeralStyle.MIXED
    as_of: Year | None = None
    output: OutputSection
    cover: CoverSection = CoverSection()
    metadata: MetadataSection = MetadataSection()
    docx: WordSection = WordSection()
    review: ReviewSection | None = None
    collection: CollectionSection | None = None
    sheets: SheetsSection | None = None
    evaluation: dict[str, object] | None = None


def load_settings(report_dir: Path | str, *, data: bytes | None = None) -> Settings:
    """Read and check ``report.toml`` of a report folder.

    Args:
        report_dir: the folder; the file's paths are relative to it.
        data: what the file is to hold, instead of what it holds.

    Raises:
        InputError: with every problem of the file, each with its path in it.
    """
    folder = Path(report_dir)
    path = folder / SETTINGS_FILE
    log = Findings(path)
    if data is None:
        _check_folder(folder, log)
    written = read_toml(path, log, data=data)
    if fault := fault_of_version(FileKind.SETTINGS, written.get("format")):
        log.fail("format", *fault)  # its items would only be misread
    file = validate(SettingsFile, written, log)
    if file is not None:
        _check_sections(file, log)
        _check_decided(file, log)
        _check_folders(folder, file.collection, log)
    file = log.settled(file)
    settings = _complete(folder, file)
    if has_calendar_years(settings.catalogue):
        settings = of_calendar_years(settings)
    check_outputs(settings, log)
    return log.settled(settings)


def _complete(folder: Path, file: SettingsFile) -> Settings:
    """Return the settings with complete paths."""
    catalogue = _below(folder, file.catalogue)
    return Settings(
        edition=file.edition,
        catalogue=catalogue,
        output_dir=_below(folder, file.output.folder),
        output_name=file.output.name,
        formats=tuple(file.output.formats),
        date=file.date,
        numerals=file.numerals,
        council_label=file.cover.council_label,
        committee=file.cover.committee,
        author=file.metadata.author,
        subject=file.metadata.subject,
        keywords=tuple(file.metadata.keywords),
        review=_review(folder, catalogue, file.review, file.evaluation) if file.review else None,
        collection=_collection(folder, file.collection, file.review) if file.review else None,
        as_of=None if file.as_of is None else FiscalYear(file.as_of),
        word=_word(folder, file.docx),
        sheet_of=(file.sheets or SheetsSection()).sheet_of,
    )


def check_catalogue_exists(settings: Settings, settings_file: Path) -> None:
    """Refuse settings that name a plan that is not there; the setting is what to mend.

    Raises:
        InputError: there is no such file.
    """
    if not is_there(settings.catalogue):
        what, remedy = missing_file("catalogue", "計画", settings.catalogue)
        to_make = "まだ作っていなければ、計画のブックを取り込んで作ります。"
        Findings(settings_file).fail("catalogue", what, f"{remedy}{to_make}")


def is_there(path: Path) -> bool:
    """Whether there is a file or folder of that name."""
    return os.path.exists(path)  # noqa: PTH110 -- unlike Path's, it answers for any name


def missing_file(setting: str, content: str, path: Path) -> tuple[str, str]:
    """What is wrong where the file that a setting names is not there, and how to mend it."""
    remedy = (
        f"{setting} に書いた場所とファイル名のつづりを確かめてください。"
        f"場所は、{SETTINGS_FILE} のあるフォルダーから見て書きます。"
    )
    return f"{content}のファイルがありません（{printable(str(path))}）。", remedy


def _check_folders(folder: Path, section: CollectionSection | None, log: Findings) -> None:
    """Refuse an inbox that has the report in it, and copies in the place where things come back."""
    if section is None:
        return
    report, place = (
        os.path.normcase(os.path.normpath(each.absolute()))
        for each in (folder, folder / section.inbox)
    )
    if Path(place) in (Path(report), *Path(report).parents):
        log.add(
            "collection.inbox",
            "受付のフォルダー（inbox）が、報告書のフォルダーか、その上のフォルダーです。回答でない"
            "ブックまで読むことになります。",
            'inbox = "inbox" のように、報告書のフォルダーの中の、返ってきたブックだけを入れる'
            "フォルダーを書いてください。",
        )
    inbox, received = (
        Path(os.path.normcase(os.path.normpath(each))) for each in (section.inbox, section.received)
    )
    if inbox == received or inbox in received.parents or received in inbox.parents:
        log.add(
            "collection.received",
            "取り込んだものの控えを置くフォルダー（received）と、返ってきたブックを置くフォルダー"
            "（inbox）が、同じか、一方が他方の中にあります。",
            "控えを回答と取り違えないように、2つを別々のフォルダーにしてください"
            "（どちらの行も書かなければ、inbox と received になります）。",
        )


def _check_sections(file: SettingsFile, log: Findings) -> None:
    """Check that the sections are those of the edition."""
    if file.edition is not Edition.PLAN:
        if file.as_of is not None:
            log.add(
                "as_of",
                "as_of は計画版（plan）だけのものです。",
                "この行を消してください。ほかの版は、報告する年度に適用される計画で作ります。",
            )
        if file.review is None:
            log.add(
                "", "[review] がありません。", "[review] の下に fiscal_year などを書いてください。"
            )
        return
    if OutputFormat.XLSX in file.output.formats:
        log.add(
            "output.formats",
            f'"{OutputFormat.XLSX}"（指標ごとのデータ）は計画版（plan）にはありません。',
            f'formats から "{OutputFormat.XLSX}" を消してください。',
        )
    sections = ("review", "sheets", "collection", "evaluation")
    for name, section in ((each, getattr(file, each)) for each in sections):
        if section is not None:
            log.add(
                name,
                f"[{name}] は計画版（plan）にはないものです。",
                f'edition を "{Edition.REVIEW}"（実績版）か "{Edition.SHEETS}"（評価シート）に'
                f"するか、[{name}] を消してください。",
            )


def _check_decided(file: SettingsFile, log: Findings) -> None:
    """Check that what the marks are decided by is written, from the second format on.

    Until then the program decided where the file said nothing; what it decides may change.
    """
    is_decided = file.evaluation is not None and "scheme" in file.evaluation
    if file.review is not None and file.format > 1 and not is_decided:
        log.add(
            "evaluation.scheme",
            "評価の基準が書かれていません。",
            'scheme = "linear" のように、[evaluation] の下に基準の名前を書いてください。',
        )


def _word(folder: Path, section: WordSection) -> WordSettings:
    template = _below(folder, section.template) if section.template else None
    return WordSettings(template, embed_fonts=section.embed_fonts, charts=section.charts)


def _collection(
    folder: Path, section: CollectionSection | None, review: ReviewSection
) -> CollectionSettings:
    section = section or CollectionSection()
    return CollectionSettings(
        deadline=section.deadline,
        contact=section.contact or review.contact,
        sheets=_below(folder, section.sheets),
        inbox=_below(folder, section.inbox),
        received=_below(folder, section.received),
    )


def _review(
    folder: Path,
    catalogue: Path,
    section: ReviewSection,
    evaluation: dict[str, object] | None,
) -> ReviewSettings:
    written = section.earlier
    earlier = (
        _earlier_reports(folder, catalogue, section.fiscal_year, section.actuals)
        if written is None
        else tuple(_below(folder, each) for each in written)
    )
    return ReviewSettings(
        fiscal_year=FiscalYear(section.fiscal_year),
        actuals=_below(folder, section.actuals),
        earlier=earlier,
        is_draft=section.draft,
        is_sample=section.sample,
        title=tuple(section.title),
        issued=section.issued,
        introduction=tuple(section.introduction),
        survey=tuple(section.survey),
        contact=section.contact,
        orientation=section.orientation,
        results=tuple(section.results),
        problems=tuple(section.problems),
        charts=section.charts,
        main_charts=tuple(section.main_charts),
        shows_departments=section.departments,
        lists_all_years=section.all_years,
        lists_reasons=section.reasons,
        accepted=tuple(section.accept),
        evaluation=evaluation or {},
        finds_earlier=written is None,
    )


def names_year(name: str) -> bool:
    """Whether a folder is called by a year, as those of the years' reports are."""
    return _YEAR_FOLDER.fullmatch(name) is not None


def _earlier_reports(
    folder: Path, catalogue: Path, fiscal_year: int, actuals: str
) -> tuple[Path, ...]:
    """The same file of the folders beside this one that are named by an earlier year.

    Those of another plan, as the samples are beside somebody's own, do not count.
    """
    beside = _below(folder, "..")
    try:
        names = [each.name for each in beside.iterdir() if names_year(each.name)]
    except OSError as error:
        Findings(beside).fail("", *unreadable(error))
    years = (int(name) for name in names if int(name) < fiscal_year)
    folders = (beside / str(year) for year in sorted(years, reverse=True))
    files = (_below(each, actuals) for each in folders if not is_of_another_plan(each, catalogue))
    return tuple(file for file in files if is_there(file))


def is_of_another_plan(folder: Path, catalogue: Path) -> bool:
    """Whether a report folder's settings, as far as they can be read, name another plan."""
    written = written_settings(folder).get("catalogue")
    if not isinstance(written, str):
        return False
    one, other = (
        os.path.normcase(each.absolute()) for each in (_below(folder, written), catalogue)
    )
    return one != other


def written_settings(folder: Path) -> Mapping[str, object]:
    """What another report folder's settings say; nothing where they cannot be read."""
    try:
        written = read_ordinary(folder / SETTINGS_FILE, _LARGEST_SETTINGS)
        return tomllib.loads(written.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def _check_folder(folder: Path, log: Findings) -> None:
    """Refuse what is no report's folder, but a file or the folder above."""
    if os.path.isfile(folder):  # noqa: PTH113 -- unlike Path's, it answers for any name
        Findings(folder).fail(
            "",
            "フォルダーではなくファイルです。",
            f"{SETTINGS_FILE} のあるフォルダーを指定してください。",
        )
    if is_there(folder) and not is_there(folder / SETTINGS_FILE):
        reports = folders_with(SETTINGS_FILE, folder, _MOST_NAMED + 1)
        if reports:
            named = "、".join(printable(str(each)) for each in reports[:_MOST_NAMED])
            more = "など" if reports[_MOST_NAMED:] else ""
            what = "ファイルがありません。報告書のフォルダーは、この中にあります。"
            log.fail("", what, f"報告書のフォルダーを指定してください（{named}{more}）。")


def _below(folder: Path, written: str) -> Path:
    """The path as written in the folder's file, without ``..`` where that is possible."""
    return Path(os.path.normpath(folder / written))
