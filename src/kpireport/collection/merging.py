"""The answers put together: one for each indicator, one text for each plan's comment.

Comes in: what the report's workbook has, and the versions that count. Goes out: a
:class:`~kpireport.collection.ledger.Ledger` of what is to be written, and what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from kpireport.collection.contributions import composed, parts_of
from kpireport.collection.expected import Expected
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.ledger import Answer, Ledger, Matter, Texts
from kpireport.collection.returned import SPOKEN, Returned, told_answer
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.measures import Value
from kpireport.errors import Severity
from kpireport.sources.actuals_forms import (
    COMMENT,
    REASON,
    STATE,
    VALUE,
)
from kpireport.sources.actuals_rows import LONGEST_COMMENT, Found
from kpireport.sources.problems import quoted

_Fact = TypeVar("_Fact", Actual, PlanComment)

REPORTED = (VALUE, STATE, REASON)  # one answer in three cells


def merge(answers: Sequence[Returned], expected: Expected, ledger: Ledger) -> None:
    """Decide on every answer of the versions that count."""
    _Actuals(expected, ledger).take(answers)
    _Comments(expected, ledger).take(answers)


# --- actuals ---------------------------------------------------------------------


class _Actuals:
    """Puts the answers for indicators and numeric targets together."""

    def __init__(self, expected: Expected, ledger: Ledger) -> None:
        self._expected = expected
        self._ledger = ledger
        self._before = ledger.taken_before(VALUES)

    def take(self, answers: Sequence[Returned]) -> None:
        """Decide on all of them, and note the answers of those who are not asked."""
        for id_, its in _by_id((each, each.actuals) for each in answers).items():
            if answer := _agreed(its, _same_answer, told_answer, self._ledger):
                self._take(id_, answer)
        for id_, its in _by_id((each, each.others) for each in answers).items():
            for answer in its:
                self._refuse_other(id_, answer)

    def _take(self, id_: str, answer: Answer) -> None:
        now, new = self._fact(id_), _actual(answer)
        was: dict[str, str] = {}
        for texts in self._before.get(id_, {}).values():
            was.update(texts)
        if new.is_reported or new.reason:
            matter = _matter(id_, answer, REPORTED, now, was, is_same=_same_report(new, now))
            self._settle(matter)
        if new.comment or was.get(COMMENT):
            is_same = new.comment == now.comment
            self._settle(_matter(id_, answer, (COMMENT,), now, was, is_same=is_same))

    def _settle(self, matter: Matter) -> None:
        if not self._ledger.settle(matter):
            return
        self._ledger.forget(matter.sheet, matter.id, besides=matter.answer.department)
        says = matter.now if matter.is_same else matter.new
        for title in matter.titles:
            self._ledger.remember(matter, title, matter.answer, says[title])

    def _fact(self, id_: str) -> Actual:
        row = self._ledger.own.actuals.get(id_)
        return row.fact if row else Actual(id_, self._expected.fiscal_year)

    def _refuse_other(self, id_: str, answer: Answer) -> None:
        lead = self._expected.lead(id_)
        edits = (each for each in self._ledger.edits if each.sheet == VALUES and each.id == id_)
        fact = next((each.actual.fact for each in edits), self._fact(id_))
        new = _actual(answer)
        is_same = _same_report(new, fact)
        what = f"{answer.department}は、この指標の主管課ではありません（主管課は{lead}）。"
        if is_same:
            what += f"{lead}の回答と同じなので、このままでかまいません。"
        elif fact.is_reported or fact.reason:
            what += f"{quoted(told_answer(new))}は使わず、{quoted(told_answer(fact))}とします。"
        else:
            what += f"{quoted(told_answer(new))}は使いません。"
        self._ledger.problem(
            answer,
            answer.found.place,
            what,
            f"どちらが正しいかを{lead}に確かめ、{lead}のブックに書いてもらってください。",
            Severity.WARNING if is_same else Severity.ERROR,
        )


def _matter(
    id_: str, answer: Answer, titles: tuple[str, ...], now: Actual, was: Texts, *, is_same: bool
) -> Matter:
    new = _actual(answer)
    tell = _told_comment if titles == (COMMENT,) else told_answer
    return Matter(
        sheet=VALUES,
        id=id_,
        titles=titles,
        now=_actual_texts(now, titles),
        was=was,
        new=_actual_texts(new, titles),
        is_same=is_same,
        answer=answer,
        told_now=tell(now),
        told_new=tell(new),
    )


def _actual(answer: Answer) -> Actual:
    return cast("Actual", answer.found.fact)


def _actual_texts(actual: Actual, titles: Iterable[str]) -> dict[str, str]:
    texts = {
        VALUE: actual.value.text if actual.value else "",
        STATE: str(actual.state or ""),
        REASON: actual.reason,
        COMMENT: actual.comment,
    }
    return {title: texts[title] for title in titles}


def _told_comment(actual: Actual) -> str:
    return actual.comment or "（空）"


def _same_answer(one: Actual, other: Actual) -> bool:
    return _same_report(one, other) and one.comment == other.comment


def _same_report(one: Actual, other: Actual) -> bool:
    """Whether two say the same, however they write it."""
    same_words = (one.state, one.reason) == (other.state, other.reason)
    return same_words and _same_value(one.value, other.value)


def _same_value(one: Value | None, other: Value | None) -> bool:
    if one is None or other is None:
        return one is other
    if one.quantities and other.quantities:
        return replace(one, text="") == replace(other, text="")
    return one.text == other.text


# --- comments on plans -----------------------------------------------------------


class _Comments:
    """Puts the departments' comments on each plan together."""

    def __init__(self, expected: Expected, ledger: Ledger) -> None:
        self._expected = expected
        self._ledger = ledger
        self._before = ledger.taken_before(WORDS)

    def take(self, answers: Sequence[Returned]) -> None:
        """Decide on all of them."""
        for id_, its in _by_id((each, each.comments) for each in answers).items():
            by_department: dict[str, list[Answer]] = {}
            for answer in its:
                by_department.setdefault(answer.department, []).append(answer)
            agreed = (
                _agreed(each, _equal, _told_of_plan, self._ledger)
                for each in by_department.values()
            )
            if sound := [each for each in agreed if each]:
                self._take(id_, sound)

    def _take(self, id_: str, answers: Sequence[Answer]) -> None:
        row = self._ledger.own.comments.get(id_)
        now = _comment_texts(row.fact) if row else dict.fromkeys(SPOKEN, "")
        before = self._before.get(id_, {})
        order = self._expected.plans.get(id_, ())
        after = dict(before)
        for answer in answers:
            after[answer.department] = {
                title: self._own_part(answer, title, text, now[title], order)
                for title, text in _comment_texts(cast("PlanComment", answer.found.fact)).items()
            }
        for title in SPOKEN:
            was, new = (composed(_parts(each, title), order) for each in (before, after))
            if not was and not new:
                continue
            speaker = next((each for each in answers if after[each.department][title]), answers[0])
            if len(new) > LONGEST_COMMENT:
                self._refuse_long(title, speaker, len(new))
                continue
            self._settle(
                Matter(
                    sheet=WORDS,
                    id=id_,
                    titles=(title,),
                    now={title: now[title]},
                    was={title: was},
                    new={title: new},
                    is_same=now[title] == new,
                    answer=speaker,
                    told_now=now[title] or "（空）",
                    told_new=new or "（空）",
                ),
                [(each, after[each.department][title]) for each in answers],
            )

    def _own_part(
        self, answer: Answer, title: str, text: str, now: str, order: Sequence[str]
    ) -> str:
        """The department's own part of a text that was handed out joined, else the text."""
        known, parts = parts_of(now, order), parts_of(text, order)
        if len(known) <= 1 or not parts:
            return text
        own = (parts.pop("", ""), parts.pop(answer.department, ""))
        for department, words in parts.items():
            if words != known.get(department, ""):
                self._ledger.problem(
                    answer,
                    answer.found.record.place(title),
                    f"{department}の文が{quoted(words)}に変わっています。使いません。",
                    f"直すのが正しければ、{department}のブックで直してもらってください。",
                    Severity.WARNING,
                )
        return "\n".join(filter(None, own))

    def _settle(self, matter: Matter, parts: Sequence[tuple[Answer, str]]) -> None:
        if self._ledger.settle(matter):
            for answer, text in parts:
                self._ledger.remember(matter, matter.titles[0], answer, text)

    def _refuse_long(self, title: str, speaker: Answer, length: int) -> None:
        self._ledger.problem(
            speaker,
            speaker.found.record.place(title),
            f"各課の{title}をつなぐと{length:,}字になります。{LONGEST_COMMENT:,}字までです。",
            "要点に絞ったものを、送り直してもらってください。",
            Severity.ERROR,
        )


def _parts(texts: Mapping[str, Texts], title: str) -> dict[str, str]:
    return {department: each.get(title, "") for department, each in texts.items()}


def _comment_texts(comment: PlanComment) -> dict[str, str]:
    return dict(zip(SPOKEN, (comment.initiatives, comment.issues, comment.outlook), strict=True))


def _told_of_plan(comment: PlanComment) -> str:
    return next(filter(None, _comment_texts(comment).values()), "（空）")


def _equal(one: PlanComment, other: PlanComment) -> bool:
    return one == other


# --- several files of one department ---------------------------------------------


def _by_id(
    rows: Iterable[tuple[Returned, Mapping[str, Found[_Fact]]]],
) -> dict[str, list[Answer]]:
    answers: dict[str, list[Answer]] = {}
    for returned, found in rows:
        for id_, each in found.items():
            answers.setdefault(id_, []).append(Answer(returned, each))
    return answers


def _agreed(
    answers: Sequence[Answer],
    is_same: Callable[[_Fact, _Fact], bool],
    tell: Callable[[_Fact], str],
    ledger: Ledger,
) -> Answer | None:
    """Return the answer, if all files that count say the same; else note that they do not."""
    first, *others = answers
    fact = cast("_Fact", first.found.fact)
    different = [each for each in others if not is_same(fact, cast("_Fact", each.found.fact))]
    for each in different:
        said = tell(cast("_Fact", each.found.fact))
        ledger.problem(
            each,
            each.found.place,
            f"ここでは{quoted(said)}ですが、{first.returned.original.name} の {first.found.place} "
            f"では{quoted(tell(fact))}です。どちらも使いません。",
            "正しいほうだけを残してもらってください。",
            Severity.ERROR,
        )
    return None if different else first
