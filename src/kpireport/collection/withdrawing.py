"""Answers that a department gave once, and that its newer book leaves empty.

Comes in: the versions that count, and what earlier runs took. Goes out: warnings in the
ledger: a blank deletes nothing, for it may be a slip; so that somebody has to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpireport.collection.contributions import consists_of, has_heading
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import Answer
from kpireport.collection.returned import SPOKEN, Returned, told_answer
from kpireport.collection.wording import one_line
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.errors import Severity
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
        return (self.answer.department, self.sheet, self.id, self.title)


def note_withdrawn(answers: Sequence[Returned], before: Before, ledger: Ledger) -> None:
    """Note what was taken of a department before and is empty in all its books that count."""
    cells = [cell for returned in answers for cell in _cells(returned)]
    said = {cell.key for cell in cells if cell.text}
    for cell in cells:
        if cell.key in said:
            continue
        said.add(cell.key)  # one book's cell is enough to tell of
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
    return told_answer(actual) if actual.is_reported or actual.reason else ""


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
    own, department = ledger.own.path.name, cell.answer.department
    place = ledger.place_in_own(cell.sheet, cell.id, cell.titles)
    taken = "：".join(map(one_line, texts))
    is_all = plain_name(now) == plain_name("：".join(texts))
    stays = "" if is_all else f"（いまは{quoted(one_line(now))}）"
    deletion = f"{own} の {place} を手で空にし"
    if cell.sheet == WORDS and not is_all:
        heading = f"（{department}）" if has_heading(now, department) else ""
        deletion = (
            f"{own} の {place} から、{department}の{quoted(f'{heading}{taken}')}だけを手で消し"
            "（ほかの文は、そのまま残します）"
        )
    ledger.problem(
        cell.answer,
        cell.answer.found.record.place(cell.title),
        f"前に取り込んだ{quoted(taken)}が、このブックでは空欄です。空欄では消さないので、"
        f"{own} の {place} はそのまま残しています{stays}。",
        f"取り下げなら、{deletion}てください。"
        f"記入もれなら、{department}に確かめて、送り直してもらってください。",
        Severity.WARNING,
    )
