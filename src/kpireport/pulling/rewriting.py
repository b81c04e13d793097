"""The inputs with the edits in them, tried before anything is written.

Comes in: edits with their places. Goes out: the new contents of the files, from which a
report has been composed that has exactly the edited words, and all others as before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kpireport.document.blocks import Document
from kpireport.document.sources import editable_texts, identity
from kpireport.domain.settings import Edition
from kpireport.editing.cells import CellValue, with_cells, with_fields
from kpireport.editing.toml_items import with_paragraphs
from kpireport.errors import CellError, InputError, OutputError, Problem
from kpireport.files import NewFile, working_folder
from kpireport.findings import Findings
from kpireport.ordinary_files import read_ordinary
from kpireport.pulling.edits import Edit
from kpireport.pulling.pulled import PullRefusal, PullRefusalKind, Rewritten
from kpireport.pulling.targets import CellTarget, SettingTarget
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals import files_of
from kpireport.sources.settings import load_settings
from kpireport.sources.workbook import sheet_part

Placed = tuple[Edit, CellTarget | SettingTarget]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The edits that can be taken, the inputs with them, and what is refused of the others."""

    placed: tuple[Placed, ...]
    files: tuple[Rewritten, ...]
    refusals: tuple[PullRefusal, ...]


def rewrite_possible(report: Report, placed: Sequence[Placed]) -> Attempt:
    """Return the inputs with all edits that do not make them faulty.

    Raises:
        OutputError: the report would not have exactly the edited words.
    """
    left, refusals = tuple(placed), dict[PullRefusal, None]()
    while left:
        try:
            files = _rewrite(left)
            _try_rewritten(report, [edit for edit, _ in left], files)
        except InputError as error:
            refusals |= dict.fromkeys(map(_refusal, error.problems))
            good = tuple(
                each for each in left if not any(_is_at(it, each[1]) for it in error.problems)
            )
            left = good if len(good) < len(left) else ()  # of others nobody knows whose they are
        else:
            return Attempt(left, files, tuple(refusals))
    return Attempt((), (), tuple(refusals))


def _refusal(problem: Problem) -> PullRefusal:
    place = f"{problem.file}: {problem.place}"
    return PullRefusal(PullRefusalKind.INPUT, place, problem.what, problem.remedy)


def _is_at(problem: Problem, target: CellTarget | SettingTarget) -> bool:
    """Tell whether a problem is at a text's place, or at a paragraph of it."""
    place = problem.place.partition("[")[0]
    return problem.file == str(target.file) and place == target.place


def _rewrite(placed: Sequence[Placed]) -> tuple[Rewritten, ...]:
    """Return the files of the inputs with the edits in them.

    Raises:
        InputError: a file cannot take its text.
        OutputError: the settings would not come out right.
    """
    by_file: defaultdict[Path, list[Placed]] = defaultdict(list)
    for each in placed:
        by_file[each[1].file].append(each)
    return tuple(_rewritten(file, edits) for file, edits in by_file.items())


def _rewritten(file: Path, placed: Sequence[Placed]) -> Rewritten:
    before = read_ordinary(file)
    content = before
    settings = {
        target.setting: edit.paragraphs
        for edit, target in placed
        if isinstance(target, SettingTarget)
    }
    if settings:
        content = with_paragraphs(content, settings)
    sheets: defaultdict[str, list[tuple[Edit, CellTarget]]] = defaultdict(list)
    for edit, target in placed:
        if isinstance(target, CellTarget):
            sheets[target.sheet].append((edit, target))
    for sheet, edits in sheets.items():
        try:
            if sheet:
                content = _with_cells(content, sheet_part(file, sheet), edits)
            else:
                content = with_fields(content, _values(edits))
        except CellError as error:
            Findings(file).fail(sheet, error.what, error.remedy)
    return Rewritten(NewFile(file, content), before)


def _with_cells(book: bytes, part: str, edits: Sequence[tuple[Edit, CellTarget]]) -> bytes:
    """Return a workbook with texts where they were, and below the titles where they were not."""
    added = [each for each in edits if not each[0].old]
    changed = [each for each in edits if each[0].old]
    if changed:
        book = with_cells(book, part, _values(changed))
    if added:
        book = with_cells(book, part, _values(added), below=added[0][1].below)
    return book


def _values(edits: Sequence[tuple[Edit, CellTarget]]) -> dict[tuple[int, int], CellValue]:
    values: dict[tuple[int, int], CellValue] = {}
    for edit, target in edits:
        values |= {(target.row, column): value for column, value in target.beside}
        values[target.row, target.column] = edit.new
    return values


def _try_rewritten(report: Report, edits: Sequence[Edit], files: Sequence[Rewritten]) -> None:
    """Compose the report from the new contents, and compare it word for word.

    Raises:
        InputError: with the edits the inputs would have a fault.
        OutputError: the report would not have exactly the edited words.
    """
    with working_folder() as folder:
        trial = _Trial(report, folder)
        try:
            changed = trial.compose(files)
        except InputError as error:
            raise InputError(tuple(map(trial.of_original, error.problems))) from None
    new = {edit.source: edit.new for edit in edits}
    expected = [(source, new.get(source, text)) for source, text in editable_texts(report.document)]
    got = [(source, text) for source, text in editable_texts(changed)]
    is_same = identity(changed) == identity(report.document)
    if got != expected or not is_same:
        raise OutputError(
            "書き換えた入力から作った報告書が、直した文のとおりになりませんでした。"
            "入力は書き換えていません。表示された文を、手で書き写してください。"
        )


class _Trial:
    """Copies of the inputs in a folder of their own; what stays is read where it is."""

    def __init__(self, report: Report, folder: Path) -> None:
        self._report = report
        self._settings = report.settings
        self._review = report.review_settings
        self._folder = folder
        self._originals: dict[str, Path] = {}

    def compose(self, files: Sequence[Rewritten]) -> Document:
        """Compose the report from the new contents."""
        contents = {each.file.path: each.file.content for each in files}
        self._copy(self._report.settings_file, self._folder, contents)
        actuals = self._review.actuals
        folder = self._folder / "actuals" if actuals.is_dir() else self._folder
        folder.mkdir(exist_ok=True)
        for file in files_of(actuals):
            self._copy(file, folder, contents)
        new = load_settings(self._folder)
        if self._settings.edition is Edition.SHEETS:
            new = new.sheets  # they may stand beside what the settings are of
        assert new.review is not None  # noqa: S101 - it is the same report
        review = replace(
            new.review,
            actuals=folder if actuals.is_dir() else folder / actuals.name,
            earlier=self._review.earlier,
        )
        settings = replace(
            new, catalogue=self._settings.catalogue, word=self._settings.word, review=review
        )
        return Report(settings, self._folder).document

    def _copy(self, file: Path, folder: Path, contents: Mapping[Path, bytes]) -> None:
        copy = folder / file.name
        copy.write_bytes(contents[file] if file in contents else read_ordinary(file))
        self._originals[str(copy)] = file

    def of_original(self, problem: Problem) -> Problem:
        """Return a problem of a copy as one of the file that it is a copy of."""
        original = self._originals.get(problem.file)
        return replace(problem, file=str(original)) if original else problem
