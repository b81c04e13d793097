"""Reading an edited Word file back (書き戻し): what changed, where it belongs, or why not.

Comes in: a .docx that was built and edited, and the report's folder. Goes out: what was
found, and on demand the inputs with it. With one refusal nothing is written, unless whoever
asks says that what is refused may stay where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from kpireport.conductor import Progress
from kpireport.document.blocks import Document
from kpireport.document.digest import DIGEST
from kpireport.document.sheets import sheets_title
from kpireport.document.sources import excerpts, text_sum
from kpireport.document.table_cells import NOTHING
from kpireport.domain.settings import DocumentKind, Edition
from kpireport.errors import OutputError, Problem
from kpireport.files import NewFile, is_same_file, write_files
from kpireport.findings import Findings
from kpireport.ordinary_files import read_ordinary
from kpireport.pulling.chart_data import chart_differences, chart_places
from kpireport.pulling.edits import Edits, find_edits
from kpireport.pulling.pulled import PullChange, Pulled, PullNote, PullRefusal, PullRefusalKind
from kpireport.pulling.rewriting import rewrite_possible
from kpireport.pulling.targets import CellTarget, Origins
from kpireport.reports import Report
from kpireport.word_differences.differences import (
    WORDS,
    WordDifference,
    item_differences,
    margin_differences,
)
from kpireport.word_files.opening import WordFile, open_word, parse_word
from kpireport.word_files.signs import for_people
from kpireport.word_files.words import Words, read_words

_STEPS = 3
_SHOWN_LINES = 4  # of a text, or rows of a table
_BACKUP = "書き戻し前"
_REBUILD = "報告書を作り直し、そのWordファイルに、直すところを書き写してください。"
_OTHER_TEMPLATE = (
    "作ったときの様式を選んで、もう一度調べてください。"
    "様式を直した後なら、報告書を作り直し、そのWordファイルに書き写してください。"
)
_FORMULA = ("=", "+", "-", "@")


def pull(
    docx: Path | str,
    report_dir: Path | str,
    *,
    template: Path | str | None = None,
    apply: bool = False,
    keep_refused: bool = False,
    progress: Progress | None = None,
) -> Pulled:
    """Find what was edited in a Word file, and with ``apply`` write it into the inputs.

    Args:
        docx: the file, built from the report and edited since.
        report_dir: the folder of ``report.toml``.
        template: the Word template (様式) that the file was built with, where it is not
            the one that the settings name.
        apply: write, if nothing is refused; the files as they were are kept beside them.
        keep_refused: write what can be written where something is refused, too.
        progress: called before each step, and after the last.

    Raises:
        InputError: the file is no Word file, or the report's inputs cannot be used.
        OutputError: an input cannot be written; all are as they were.
    """
    pulled = find_changes(docx, report_dir, template=template, progress=progress)
    is_wanted = apply and (keep_refused or pulled.is_placed)
    return write_changes(pulled) if is_wanted else pulled


def find_changes(
    docx: Path | str,
    report_dir: Path | str,
    *,
    data: bytes | None = None,
    template: Path | str | None = None,
    progress: Progress | None = None,
) -> Pulled:
    """Find what was edited; see :func:`pull`. Nothing is written.

    ``docx`` is for messages alone where ``data`` is what the file holds.
    """
    path = Path(docx)
    _tell(progress, 0, "Wordファイルを読んでいます")
    try:
        file = open_word(path) if data is None else parse_word(data, path)
        edited = read_words(file)
    except RecursionError:
        Findings(path).fail("", "ファイルが壊れています（入れ子が深すぎます）。", _REBUILD)
    report = Report.open(report_dir)
    if template is not None:
        report = report.in_template(template)
    if report.settings.review is None:
        report.findings.fail(
            "edition",
            "計画版の文は計画のファイルのものです。Wordファイルからは書き戻せません。",
            "計画のファイルを直して、報告書を作り直してください。",
        )
    _tell(progress, 1, "いまの入力から文書を組み立てて、比べています")
    report, fresh = _as_built(report, file, edited, path)
    built = read_words(fresh)
    if refusal := _refuse_other_document(edited, built, report.document.metadata.title):
        return Pulled(path, (), (refusal,), tuple(_notes(edited)))
    known = Origins(report)
    found = find_edits(
        report.document,
        edited.marked,
        known.names,
        is_generated=not report.review_settings.introduction,
    )
    outside, taken = _outside(edited, built, report.document)
    found.refusals[:0] = (*outside, *_in_charts(file, fresh, report.document))
    found.notes.extend((*taken, *_notes(edited)))
    _tell(progress, 2, "書き戻せることを確かめています")
    pulled = _place(path, report, found, known)
    _tell(progress, _STEPS, "できました")
    return pulled


def _as_built(report: Report, file: WordFile, edited: Words, path: Path) -> tuple[Report, WordFile]:
    """Return the report with its Word file as it is now; the sheets beside it if it is theirs."""
    fresh = parse_word(report.word(native_charts=bool(file.charts)), path)
    if report.settings.edition is Edition.SHEETS or report.review is None:
        return report, fresh
    sheets = report.as_document(DocumentKind.SHEETS)
    title = "".join(sheets_title(report.review, sheets.review_settings))
    if edited.title != text_sum(title):
        return report, fresh
    return sheets, parse_word(sheets.word(native_charts=bool(file.charts)), path)


def write_changes(pulled: Pulled) -> Pulled:
    """Write the changes that were found, with copies of the files as they were.

    What is refused stays in the Word file; see :func:`pull`.

    Raises:
        OutputError: an input cannot be written; all are as they were.
    """
    new, backups = [], []
    for each in pulled.rewritten:
        if read_ordinary(each.file.path) != each.before:
            raise OutputError(
                str(
                    Problem(
                        str(each.file.path),
                        "",
                        "調べている間に、ほかの人が書き換えました。",
                        "開いている人がいないことを確かめて、もう一度試してください。",
                    )
                )
            )
        backups.append(NewFile(_backup_path(each.file.path, each.before), each.before))
        new.append(each.file)
    write_files([*backups, *new])
    return replace(
        pulled,
        written=tuple(each.path for each in new),
        backups=tuple(each.path for each in backups),
        rewritten=(),
    )


def _backup_path(path: Path, content: bytes) -> Path:
    """Return ``actuals（書き戻し前）.xlsx``, or the next number that is free or has the same."""
    names = (
        path.with_name(f"{path.stem}（{_BACKUP}{number if number > 1 else ''}）{path.suffix}")
        for number in count(1)
    )
    return next(name for name in names if not name.exists() or is_same_file(name, content))


# --- what the file is, and what else it has --------------------------------------


def _refuse_other_document(edited: Words, built: Words, title: str) -> PullRefusal | None:
    if not edited.title and not edited.marked:
        return PullRefusal(
            PullRefusalKind.DOCUMENT,
            "",
            "kpireport で作ったWordファイルではないか、印が全て失われています。",
            _REBUILD,
        )
    if edited.title == text_sum(f"{title}{DIGEST}"):
        return PullRefusal(
            PullRefusalKind.DOCUMENT,
            "",
            "概要版のWordファイルです。書き戻せるのは、実績報告書のWordファイルだけです。",
            "実績報告書のWordファイルに、直すところを書き写してください。",
        )
    if edited.title and edited.title != built.title:
        return PullRefusal(
            PullRefusalKind.DOCUMENT,
            "",
            "ほかの報告書のWordファイルです（題名か年度が違います）。",
            "そのWordファイルを作った報告書のフォルダーを指定してください。",
        )
    if edited.template and edited.template != built.template:
        return PullRefusal(
            PullRefusalKind.DOCUMENT,
            "",
            "いまの設定とは別の様式（Wordの雛形）で作ったWordファイルです。",
            _OTHER_TEMPLATE,
        )
    return None


def _outside(
    edited: Words, built: Words, document: Document
) -> tuple[tuple[PullRefusal, ...], tuple[PullNote, ...]]:
    """Refuse every difference outside the texts that may be edited; note those in excerpts."""
    outlines = [each.outline or each.text for each in document.headings() if each.level == 1]
    chapters = dict(zip(outlines, outlines, strict=True))
    taken = {for_people(each) for each in excerpts(document)} - {NOTHING}
    different = list(item_differences(built.items, edited.items, chapters))
    notes = tuple(_excerpt(each) for each in different if each.old in taken)
    fixed = [each for each in different if each.old not in taken]
    return tuple(_refuse_fixed(edited, built, fixed)), notes


def _refuse_fixed(
    edited: Words, built: Words, different: Sequence[WordDifference]
) -> Iterator[PullRefusal]:
    yield from map(_fixed, margin_differences(built, edited))
    if different and edited.fixed and edited.fixed != built.fixed:
        yield PullRefusal(
            PullRefusalKind.DOCUMENT,
            "",
            "いまの入力とは違う入力から作ったWordファイルです。"
            "次の違いが、Wordで直したものか入力を直したものか、区別できません。",
            _REBUILD,
        )
    yield from map(_fixed, different)


def _fixed(found: WordDifference) -> PullRefusal:
    """Refuse what was edited outside the frames: of a whole table its beginning is shown."""
    place = _place_of(found)
    if found.is_moved:
        return PullRefusal(PullRefusalKind.FIXED, place, _MOVED, _MEND, _beginning(found.old))
    texts = map(_beginning, (found.old, found.new))
    return PullRefusal(PullRefusalKind.FIXED, place, _FIXED, _MEND, *texts)


def _place_of(found: WordDifference) -> str:
    kind = "" if found.column in WORDS and not found.row else found.column
    after = found.after and f"{found.after}の後"
    return "　".join(filter(None, (*found.place, found.row, kind, after)))


def _excerpt(found: WordDifference) -> PullNote:
    """Note what is not as the text that it is taken from: that may be what was edited."""
    return PullNote(_place_of(found), _EXCERPT, found.new or "")


def _beginning(text: str | None) -> str:
    first, *more = (text or "").split("\n", maxsplit=_SHOWN_LINES)
    if len(more) == _SHOWN_LINES:
        more[-1] = "…"
    return "\n".join((first, *more))


def _in_charts(edited: WordFile, built: WordFile, document: Document) -> Iterator[PullRefusal]:
    """Refuse numbers that were edited in charts that Word draws."""
    places = chart_places(document)
    for each in chart_differences(built.charts, edited.charts, places):
        yield PullRefusal(PullRefusalKind.FIXED, each.place, _CHART, _MEND, each.old, each.new)


_CHART = "グラフの中の数です。グラフを直しても、報告書の表や説明は変わりません。"
_MOVED = "枠の外のものが、別の場所に移っています。Wordファイルからは書き戻せません。"
_EXCERPT = "所管課の文から取った文です。元の文を直して作り直すと、ここも変わります。"
_FIXED = "枠の外の文や数です。Wordファイルからは書き戻せません。"
_MEND = "元に戻すか、実績（ブックやCSV）・設定・計画のファイルのほうを直してください。"


def _notes(edited: Words) -> Iterator[PullNote]:
    if edited.tracked:
        what = f"変更履歴が{edited.tracked}件あります。すべて承諾したものとして読み取りました。"
        yield PullNote("", what)
    for remark in edited.remarks:
        what = f"{remark.author or '名前なし'}さんのコメントです。入力には書き込みません。"
        yield PullNote(for_people(remark.about), what, for_people(remark.text))


# --- placing ---------------------------------------------------------------------


def _place(path: Path, report: Report, found: Edits, known: Origins) -> Pulled:
    """Find the places of the edits, and try to write there."""
    targets = known.targets(edit.source for edit in found.edits)
    placed = [(edit, targets[edit.source]) for edit in found.edits]
    attempt = rewrite_possible(report, placed)
    changes = []
    for edit, target in attempt.placed:
        name = known.names[edit.source]
        changes.append(PullChange(name, target.file, target.place, edit.old, edit.new))
        is_csv = isinstance(target, CellTarget) and not target.sheet
        if is_csv and edit.new.startswith(_FORMULA):
            what = "CSVをExcelで開くと、= + - @ で始まる文は数式として扱われます。"
            found.notes.append(PullNote(name, what, edit.new))
    return Pulled(
        path,
        tuple(changes),
        (*found.refusals, *attempt.refusals),
        tuple(found.notes),
        rewritten=attempt.files,
    )


def _tell(progress: Progress | None, done: int, what: str) -> None:
    if progress:
        progress(done, _STEPS, what)
