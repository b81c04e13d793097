"""Two years, two versions or two plans compared: what is opened, and what is held against what.

Comes in: two paths. Goes out: a :class:`Comparison`. The inputs are only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from kpireport.comparing.plan_records import plan_records
from kpireport.comparing.records import compare_records, nature_of
from kpireport.comparing.review_records import count_marks, report_records
from kpireport.comparing.revision_records import revision_records
from kpireport.comparing.sides import Located, Opened, SideKind, locate, opened, refuse_pair
from kpireport.comparing.what_differs import Basis, Comparison, Difference, DifferenceKind, Side
from kpireport.conductor import Progress
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import History
from kpireport.domain.revisions import Ending, Revision
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.findings import Findings
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.catalogue import load_catalogue
from kpireport.word_differences.differences import WordDifference, word_differences
from kpireport.word_files.opening import open_word
from kpireport.word_files.words import Words as WordsOfFile
from kpireport.word_files.words import read_words

_STEPS = 2
_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


def compare(old: Path | str, new: Path | str, *, progress: Progress | None = None) -> Comparison:
    """Find what differs between two reports, plans or Word files.

    Each is a report's folder, what :func:`kpireport.archive` kept, a plan's file (.json) or
    a built Word file. A report beside a plan's file is compared as a plan, beside a Word
    file as the Word file that it makes.

    Args:
        old: the first (前).
        new: the second (後).
        progress: called before each step, and after the last.

    Raises:
        InputError: one of them cannot be read, or the two have nothing in common.
        OutputError: there is no room for working files.
    """
    tell = progress or _nobody
    tell(0, _STEPS, "二つを読んで、比べています")
    located = _of_both(locate, Path(old), Path(new))
    with ExitStack() as stack:
        sides = _of_both(lambda side: _open(side, stack), *located)
        found = _compare(*sides)
    tell(_STEPS, _STEPS, "できました")
    return found


def _of_both(
    work: Callable[[_Given], _Result], old: _Given, new: _Given
) -> tuple[_Result, _Result]:
    """Do the same with both; what is wrong with either is told together."""
    found = Findings()
    first, second = (found.attempt(partial(work, each)) for each in (old, new))
    found = Findings(problems=list(dict.fromkeys(found.errors)))
    return found.settled(first), found.settled(second)


def compare_plans(
    old: Side, before: Catalogue, new: Side, after: Catalogue, notes: tuple[str, ...] = ()
) -> Comparison:
    """Find what differs between two plans that have been read.

    Args:
        old: what the first (前) is called.
        before: the first.
        new: what the second (後) is called.
        after: the second.
        notes: what staff should know of the comparison.
    """
    differences = compare_records(
        *(
            (*plan_records(each.decided), *revision_records(each))
            for each in (History(before), History(after))
        )
    )
    return Comparison(old, new, Basis.CATALOGUE, tuple(differences), notes, words=Words.of(after))


# --- one side --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """What is compared, open; ``report`` where it is a whole report."""

    located: Located
    report: Opened | None

    @property
    def kind(self) -> SideKind:
        return self.located.kind

    def as_result(self) -> Side:
        path = self.located.path
        if self.report is None:
            return Side(path, str(self.kind))
        return Side(path, f"{self.report.title}、{self.kind}", self.report.report.settings.date)

    def year(self) -> FiscalYear | None:
        """The year of a review."""
        review = self.report.report.settings.review if self.report else None
        return review.fiscal_year if review else None

    def sound(self) -> Report:
        assert self.report is not None  # noqa: S101 - others are no report
        return self.report.report.sound()

    def history(self) -> History:
        if self.report is None:
            return History(load_catalogue(self.located.path))
        return self.report.report.history

    def words(self) -> WordsOfFile:
        path = self.located.path
        try:
            return read_words(self.report.word(path) if self.report else open_word(path))
        except RecursionError:
            Findings(path).fail(
                "",
                "ファイルが壊れています（入れ子が深すぎます）。",
                "報告書を作り直してください。",
            )


def _open(side: Located, stack: ExitStack) -> _Side:
    return _Side(side, stack.enter_context(opened(side)) if side.has_settings else None)


# --- what is held against what ---------------------------------------------------


def _compare(old: _Side, new: _Side) -> Comparison:
    kinds = {old.kind, new.kind}
    if kinds == {SideKind.WORD, SideKind.CATALOGUE}:
        refuse_pair(old.located, new.located)
    if SideKind.WORD in kinds:
        return _compare_words(old, new)
    is_mixed = (old.year() is None) is not (new.year() is None)
    if SideKind.CATALOGUE in kinds or is_mixed:
        return _compare_plans(old, new)
    return _compare_reports(old, new)


def _compare_reports(old: _Side, new: _Side) -> Comparison:
    before, after = _of_both(lambda side: side.sound(), old, new)
    found = compare_records(*report_records(before, after))
    differences = (_with_reason(each, after) for each in found)
    marks = count_marks(before.review, after.review) if before.review and after.review else ()
    notes = (*_notes(old, new), *_notes_on_years(before, after))
    return Comparison(
        old.as_result(),
        new.as_result(),
        Basis.REPORT,
        tuple(differences),
        notes,
        marks,
        Words.of(after.plan),
    )


def _with_reason(difference: Difference, after: Report) -> Difference:
    """Say of what is gone by which revision it was ended or split."""
    if difference.kind is not DifferenceKind.REMOVED or after.review is None:
        return difference
    revision = _ended_by(after.review.history, difference.id)
    if revision is None:
        return difference
    word = "分割" if after.review.changes.is_split(difference.id) else "終了"
    return replace(difference, item=f"{difference.item}（{revision.title}により{word}）")


def _ended_by(history: History, id_: str) -> Revision | None:
    """Return the revision that ended a row, a plan or a section."""
    named = (
        each.revision
        for each in history.applied
        if isinstance(each.change, Ending) and each.change.id == id_
    )
    return history.ended_by(id_) or next(named, None)


def _compare_plans(old: _Side, new: _Side) -> Comparison:
    before, after = _of_both(lambda side: side.history().decided, old, new)
    notes = _notes(old, new)
    if old.report or new.report:
        notes = (*notes, "計画の内容だけを比べました。実績や設定は比べていません。")
    return compare_plans(old.as_result(), before, new.as_result(), after, notes)


def _compare_words(old: _Side, new: _Side) -> Comparison:
    before, after = _of_both(lambda side: side.words(), old, new)
    differences = map(_difference, word_differences(before, after))
    notes = [*_notes(old, new)]
    for side, words in ((old, before), (new, after)):
        if words.tracked:
            notes.append(
                f"{side.located.path} には変更履歴が{words.tracked}件あります。"
                "すべて承諾したものとして比べました。"
            )
        if words.remarks:
            notes.append(
                f"{side.located.path} には校閲のコメントが{len(words.remarks)}件あります。"
                "コメントは比べていません。"
            )
        if side.report and side.kind is SideKind.REPORT:
            notes.append(f"{side.located.path} は、いまの入力から作られる Word として比べました。")
    return Comparison(
        old.as_result(), new.as_result(), Basis.WORD, tuple(differences), tuple(notes)
    )


def _difference(found: WordDifference) -> Difference:
    kind = DifferenceKind.CHANGED
    if found.is_moved:
        kind = DifferenceKind.MOVED
    elif found.old is None:
        kind = DifferenceKind.ADDED
    elif found.new is None:
        kind = DifferenceKind.REMOVED
    else:
        kind = nature_of(found.old, found.new, kind)
    return Difference(kind, found.place, "", found.row, found.column, found.old, found.new)


def _notes(old: _Side, new: _Side) -> tuple[str, ...]:
    return tuple(note for side in (old, new) if side.report for note in side.report.notes)


def _notes_on_years(old: Report, new: Report) -> Iterator[str]:
    """Tell which years were not compared because only one of the reports has them."""
    if old.review is None or new.review is None:
        return
    own = {each.review.evaluation.fiscal_year for each in (old, new) if each.review}
    years = set(old.review.years) ^ set(new.review.years)
    for year in sorted(years - own):
        yield f"{format_fiscal_year(year)}の実績は、片方の報告書にしかないので、比べていません。"


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
