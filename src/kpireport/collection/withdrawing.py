"""Answers that a department gave once, and that its newer book leaves empty.

Comes in: the versions that count, and what earlier runs took. Goes out: warnings in the
ledger, and what the register is to remember until it is settled: a blank deletes nothing,
for it may be a slip; so that somebody has to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.ledger import Answer, Ledger
from kpireport.collection.register import KeptCell, WithdrawnCell
from kpireport.collection.returned import SPOKEN, Returned, told_answer
from kpireport.collection.wording import one_line
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.errors import Problem, Severity
from kpireport.sources.actuals_forms import COMMENT, REASON, STATE, VALUE
from kpireport.sources.actuals_rows import plain_name
from kpireport.sources.problems import quoted

Before = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]
"""The texts that earlier runs took: by sheet, id, department and title."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a book says in a cell, or in the cells of one answer, of which it is the first."""

    sheet: str
    id: str
    title: str
    titles: tuple[str, ...]
    text: str
    answer: Answer

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.sheet, self.id, self.answer.department, self.title)


def note_withdrawn(answers: Sequence[Returned], before: Before, ledger: Ledger) -> None:
    """Note what was taken of a department before and is empty in all its books that count."""
    cells = [cell for returned in answers for cell in _cells(returned)]
    said = {cell.key for cell in cells if cell.text}
    for key in said:
        ledger.withdrawn.pop(key, None)
    for cell in cells:
        if cell.key in said:
            continue
        said.add(cell.key)  # one book's cell is enough to tell of
        ledger.withdrawn.pop(cell.key, None)
        taken = before[cell.sheet].get(cell.id, {}).get(cell.answer.department, {})
        texts = [taken[title] for title in cell.titles if taken.get(title)]
        now = _now(cell, ledger)
        if texts and now and (cell.sheet == VALUES or plain_name(texts[0]) in plain_name(now)):
            _note(cell, "：".join(map(one_line, texts)), now, ledger)


def _cells(returned: Returned) -> Iterator[_Said]:
    for id_, actual in (*returned.blank.items(), *returned.actuals.items()):
        answer, fact = Answer(returned, actual), actual.fact
        reported = _told(fact)
        yield _Said(VALUES, id_, VALUE, (STATE, VALUE, REASON), reported, answer)
        yield _Said(VALUES, id_, COMMENT, (COMMENT,), fact.comment, answer)
    for id_, comment in (*returned.unspoken.items(), *returned.comments.items()):
        answer = Answer(returned, comment)
        for title, text in zip(SPOKEN, _spoken(comment.fact), strict=True):
            yield _Said(WORDS, id_, title, (title,), text, answer)


def _told(actual: Actual) -> str:
    return told_answer(actual) if actual.is_reported or actual.reason else ""


def _spoken(comment: PlanComment) -> tuple[str, str, str]:
    return (comment.initiatives, comment.issues, comment.outlook)


def _now(cell: _Said, ledger: Ledger) -> str:
    """What the report's workbook says there."""
    own = ledger.own
    if cell.sheet == VALUES:
        row = own.actuals.get(cell.id)
        if row is None:
            return ""
        return row.fact.comment if cell.title == COMMENT else _told(row.fact)
    found = own.comments.get(cell.id)
    return dict(zip(SPOKEN, _spoken(found.fact), strict=True))[cell.title] if found else ""


def _note(cell: _Said, taken: str, now: str, ledger: Ledger) -> None:
    found, department = cell.answer.found, cell.answer.department
    withdrawn = WithdrawnCell(
        sheet=cell.sheet,
        id=cell.id,
        title=cell.title,
        department=department,
        text=taken,
        file=cell.answer.returned.original.name,
        place=found.record.place(cell.title),
        about=found.about,
    )
    own = ledger.own.path.name
    place = ledger.place_in_own(cell.sheet, cell.id, cell.titles)
    if _is_kept(cell, ledger):
        what = f"{withdrawn.what}{own} の {place} は、そのまま残します。"
        remedy = f"取り下げに改めるなら、{own} の {place} を手で空にしてください。"
        ledger.notes.append(
            Problem(found.file, withdrawn.place, what, remedy, Severity.WARNING, about=found.about)
        )
        return
    is_untouched = plain_name(now) == plain_name(taken)
    if is_untouched or cell.sheet == WORDS:
        ledger.withdrawn[cell.key] = withdrawn
    stays = "" if is_untouched else f"（いまは{quoted(one_line(now))}）"
    ledger.problem(
        cell.answer,
        withdrawn.place,
        f"{withdrawn.what}空欄では消さないので、{own} の {place} はそのまま残しています{stays}。",
        settling(own, place, cell.id, department),
        Severity.WARNING,
    )


def settling(own: str, place: str, id_: str, department: str) -> str:
    """How to settle an answer that may have been withdrawn.

    Args:
        own: the report's workbook.
        place: its cell, as far as that is known.
        id_: the row's.
        department: that gave the answer.
    """
    cell = f"{own} の {place}" if place else f"{own} のその欄"
    return (
        f"取り下げなら、{cell} を手で空にしてください。記入もれなら、{department}に確かめて、"
        "送り直してもらってください。前の回答のままでよければ、kpireport collect に "
        f"--keep {id_} を付けて実行してください。"
    )


def _is_kept(cell: _Said, ledger: Ledger) -> bool:
    """Whether somebody said, now or before, that the earlier answer stays although it is empty."""
    key = (cell.sheet, cell.id, cell.title)
    if cell.id in ledger.keep:
        ledger.kept[key] = KeptCell(sheet=cell.sheet, id=cell.id, title=cell.title, answer=())
    return key in ledger.kept and not any(ledger.kept[key].answer)
