"""Answers that a department gave once, and that its newer book leaves empty.

Comes in: the versions that count, and what earlier runs took. Goes out: warnings in the
ledger, and what the register is to remember until it is settled: a blank deletes nothing,
for it may be a slip; so that somebody has to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpireport.collection.contributions import consists_of
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import Answer
from kpireport.collection.register import KeptCell, WithdrawnCell
from kpireport.collection.returned import SPOKEN, Returned, answer_in_words
from kpireport.collection.single_line import one_line
from kpireport.collection.wishes import Verb, cell_option
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.errors import Problem, Severity
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import COMMENT, REASON, STATE, VALUE
from kpireport.sources.actuals_rows import plain_name

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
        if texts and now and (cell.sheet == VALUES or _is_there(cell, texts[0], now, ledger)):
            _note(cell, texts, now, ledger)


def _is_there(cell: _Said, text: str, now: str, ledger: Ledger) -> bool:
    """Whether a shared cell has the department's text, and not just others' that is alike."""
    others = {
        each.department: each.text
        for each in ledger.cells.values()
        if (each.sheet, each.id, each.title) == (cell.sheet, cell.id, cell.title)
        and each.department != cell.answer.department
    }
    return plain_name(text) in plain_name(now) and not (others and consists_of(now, others))


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
    return answer_in_words(actual) if actual.is_reported or actual.reason else ""


def _spoken(comment: PlanComment) -> tuple[str, str, str]:
    return (comment.initiatives, comment.issues, comment.outlook)


def _now(cell: _Said, ledger: Ledger) -> str:
    """What the report's workbook says there, or is going to."""
    own = ledger.own
    if cell.sheet == VALUES:
        row = own.actuals.get(cell.id)
        if row is None:
            return ""
        return row.fact.comment if cell.title == COMMENT else _told(row.fact)
    for edit in ledger.edits:
        if (edit.sheet, edit.id) == (cell.sheet, cell.id) and cell.title in edit.texts:
            return edit.texts[cell.title]
    found = own.comments.get(cell.id)
    return dict(zip(SPOKEN, _spoken(found.fact), strict=True))[cell.title] if found else ""


def _note(cell: _Said, texts: Sequence[str], now: str, ledger: Ledger) -> None:
    found, department = cell.answer.found, cell.answer.department
    withdrawn = WithdrawnCell(
        sheet=cell.sheet,
        id=cell.id,
        title=cell.title,
        department=department,
        text="：".join(map(one_line, texts)),
        file=cell.answer.returned.original.name,
        place=found.record.place(cell.title),
        about=found.about,
    )
    own = ledger.own.path.name
    place = ledger.place_in_own(cell.sheet, cell.id, cell.titles)
    is_untouched = plain_name(now) == plain_name("：".join(texts))
    is_shared = cell.sheet == WORDS and not is_untouched
    if _is_kept(cell, ledger):
        what = f"{withdrawn.what}{own} の {place} は、そのまま残します。"
        remedy = f"取り下げに改めるなら、{_deletion(own, place, withdrawn, is_shared=is_shared)}。"
        ledger.notes.append(
            Problem(found.file, withdrawn.place, what, remedy, Severity.WARNING, about=found.about)
        )
        return
    if is_untouched or cell.sheet == WORDS:
        ledger.withdrawn[cell.key] = withdrawn
    stays = "" if is_untouched else f"（いまは{quoted(one_line(now))}）"
    ledger.problem(
        cell.answer,
        withdrawn.place,
        f"{withdrawn.what}空欄では消さないので、{own} の {place} はそのまま残しています{stays}。",
        settling(own, place, withdrawn, is_shared=is_shared),
        Severity.WARNING,
    )


def settling(own: str, place: str, withdrawn: WithdrawnCell, *, is_shared: bool) -> str:
    """How to settle an answer that may have been withdrawn.

    Args:
        own: the report's workbook.
        place: its cell, as far as that is known.
        withdrawn: the answer.
        is_shared: other texts are in the cell, and stay.
    """
    cell = cell_option(withdrawn.id, withdrawn.title if withdrawn.sheet == WORDS else "")
    return (
        f"取り下げなら、{_deletion(own, place, withdrawn, is_shared=is_shared)}。"
        f"記入もれなら、{withdrawn.department}に確かめて、"
        "送り直してもらってください。前の回答のままでよければ、kpireport collect に "
        f"--keep {cell} を付けて実行してください。"
    )


def _deletion(own: str, place: str, withdrawn: WithdrawnCell, *, is_shared: bool) -> str:
    cell = f"{own} の {place}" if place else f"{own} のその欄"
    if not is_shared:
        return f"{cell} を手で空にしてください"
    return (
        f"{cell} から、{withdrawn.department}の{quoted(withdrawn.text)}だけを、"
        "課の名とともに手で消し、ほかの文はそのまま残してください"
    )


def _is_kept(cell: _Said, ledger: Ledger) -> bool:
    """Whether somebody said, now or before, that the earlier answer stays although it is empty."""
    key = (cell.sheet, cell.id, cell.title)
    if ledger.wishes.on_row(cell.id, cell.titles) is Verb.KEEP:
        ledger.kept[key] = KeptCell(sheet=cell.sheet, id=cell.id, title=cell.title, answer=())
    return key in ledger.kept and not any(ledger.kept[key].answer)
