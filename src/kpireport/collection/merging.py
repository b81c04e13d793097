"""The answers put together: one for each indicator, one text for each plan's comment.

Comes in: what the report's workbook has, and the versions that count. Goes out: a
:class:`~kpireport.collection.ledger.Ledger` of what is to be written, and what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from kpireport.collection.agreeing import agreed, by_id
from kpireport.collection.expected import Expected
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import Answer, Matter, Texts
from kpireport.collection.plan_comments import CommentsMerge
from kpireport.collection.returned import Returned, answer_in_words, in_words
from kpireport.collection.single_line import EMPTY
from kpireport.collection.withdrawn import note_withdrawn
from kpireport.domain.actuals import Actual
from kpireport.domain.values import Value
from kpireport.errors import Severity
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import InputColumn


def merge(answers: Sequence[Returned], expected: Expected, ledger: Ledger) -> None:
    """Decide on every answer of the versions that count."""
    before = {sheet: ledger.known.texts(sheet) for sheet in (VALUES, WORDS)}
    _Actuals(expected, ledger).take(answers)
    CommentsMerge(expected, ledger).take(answers)
    note_withdrawn(answers, before, ledger, expected)


# --- actuals ---------------------------------------------------------------------


class _Actuals:
    """Puts the answers for indicators and numeric targets together."""

    def __init__(self, expected: Expected, ledger: Ledger) -> None:
        self._expected = expected
        self._ledger = ledger
        self._before = ledger.known.texts(VALUES)

    def take(self, answers: Sequence[Returned]) -> None:
        """Decide on all of them, and note the answers of those who are not asked."""
        for id_, its in by_id((each, each.actuals) for each in answers).items():
            if answer := agreed(its, self._same_answer, answer_in_words, self._ledger):
                self._take(id_, answer)
        for id_, its in by_id((each, each.others) for each in answers).items():
            for answer in its:
                self._refuse_other(id_, answer)

    def _take(self, id_: str, answer: Answer) -> None:
        now, new = self._fact(id_), _actual(answer)
        was: dict[str, str] = {}
        for texts in self._before.get(id_, {}).values():
            was.update(texts)
        for columns in self._expected.values.answers:
            if any(each.text(new) for each in columns):
                self._settle(_matter(id_, answer, columns, now, was))

    def _settle(self, matter: Matter) -> None:
        if not self._ledger.settle(matter):
            return
        self._ledger.known.forget(matter.sheet, matter.id, besides=matter.answer.department)
        says = matter.now if matter.is_same else matter.new
        for title in matter.titles:
            self._ledger.remember(matter, title, matter.answer, says[title])

    def _same_answer(self, one: Actual, other: Actual) -> bool:
        return _is_same(one, other, self._expected.values.inputs)

    def _fact(self, id_: str) -> Actual:
        row = self._ledger.own.actuals.get(id_)
        return row.fact if row else Actual(id_, self._expected.fiscal_year)

    def _refuse_other(self, id_: str, answer: Answer) -> None:
        lead = self._expected.lead(id_)
        edits = (each for each in self._ledger.edits if each.sheet == VALUES and each.id == id_)
        fact = next((_actual(each.answer) for each in edits), self._fact(id_))
        new = _actual(answer)
        is_same = _is_same(new, fact, self._expected.values.answers[0])
        is_outdated = answer.returned.is_outdated
        what = (
            f"配った後に、この指標の主管課が{lead}に変わりました。"
            if is_outdated
            else f"{answer.department}は、この指標の主管課ではありません（主管課は{lead}）。"
        )
        if is_same:
            what += f"{lead}の回答と同じなので、このままでかまいません。"
        elif fact.is_reported or fact.reason:
            what += (
                f"{quoted(answer_in_words(new))}は使わず、{quoted(answer_in_words(fact))}とします。"
            )
        else:
            what += f"{quoted(answer_in_words(new))}は使いません。"
        self._ledger.problem(
            answer,
            answer.found.place,
            what,
            f"どちらが正しいかを{lead}に確かめ、{lead}のブックに書いてもらってください。",
            Severity.WARNING if is_same else Severity.ERROR,
            is_ours=is_outdated,
        )


def _matter(
    id_: str, answer: Answer, columns: Sequence[InputColumn], now: Actual, was: Texts
) -> Matter:
    new = _actual(answer)
    told_now, told_new = (in_words(fact, columns) or EMPTY for fact in (now, new))
    return Matter(
        sheet=VALUES,
        id=id_,
        titles=tuple(each.title for each in columns),
        now={each.title: each.text(now) for each in columns},
        was=was,
        new={each.title: each.text(new) for each in columns},
        is_same=_is_same(new, now, columns),
        answer=answer,
        told_now=told_now,
        told_new=told_new,
        told_all=told_new,
    )


def _actual(answer: Answer) -> Actual:
    return cast("Actual", answer.found.fact)


def _is_same(one: Actual, other: Actual, columns: Iterable[InputColumn]) -> bool:
    """Whether two say the same in these columns, however they write it."""
    return all(_same_content(each.content(one), each.content(other)) for each in columns)


def _same_content(one: object, other: object) -> bool:
    if not isinstance(one, Value) or not isinstance(other, Value):
        return one == other
    if one.quantities and other.quantities:
        return replace(one, text="") == replace(other, text="")
    return one.text == other.text
