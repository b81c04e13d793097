"""The departments' comments on each plan put together: one text for each of its cells.

Comes in: the versions that count. Goes out: what is decided on each cell, in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from kpireport.collection.agreeing import agreed, by_id
from kpireport.collection.contributions import (
    composed,
    consists_of,
    has_heading,
    look_alikes,
    own_part,
)
from kpireport.collection.expected import Expected
from kpireport.collection.forms import WORDS
from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import Answer, Matter, Texts
from kpireport.collection.returned import SPOKEN, Returned
from kpireport.collection.single_line import EMPTY
from kpireport.domain.actuals import PlanComment
from kpireport.errors import Severity
from kpireport.sources.actuals_rows import LONGEST_COMMENT, plain_name


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of the report's workbook, and what it says now."""

    id: str
    title: str
    now: str


class CommentsMerge:
    """Puts the departments' comments on each plan together."""

    def __init__(self, expected: Expected, ledger: Ledger) -> None:
        self._expected = expected
        self._ledger = ledger
        self._before = ledger.taken_before(WORDS)

    def take(self, answers: Sequence[Returned]) -> None:
        """Decide on all of them."""
        for id_, its in by_id((each, each.comments) for each in answers).items():
            by_department: dict[str, list[Answer]] = {}
            for answer in its:
                by_department.setdefault(answer.department, []).append(answer)
            one_each = (
                agreed(each, _equal, _told_of_plan, self._ledger) for each in by_department.values()
            )
            unspoken = {each.department for each in answers if id_ in each.unspoken}
            if sound := [each for each in one_each if each]:
                self._take(id_, sound, unspoken - {*by_department})

    def _take(self, id_: str, answers: Sequence[Answer], unspoken: Collection[str]) -> None:
        row = self._ledger.own.comments.get(id_)
        now = _comment_texts(row.fact) if row else dict.fromkeys(SPOKEN, "")
        texts = [_comment_texts(cast("PlanComment", each.found.fact)) for each in answers]
        for title in SPOKEN:
            said = [
                (answer, each[title])
                for answer, each in zip(answers, texts, strict=True)
                if each[title]
            ]
            if said:
                silent = {*unspoken, *(each.department for each in answers)}
                silent -= {answer.department for answer, _ in said}
                self._take_text(_Place(id_, title, now[title]), said, silent)

    def _take_text(
        self, cell: _Place, said: Sequence[tuple[Answer, str]], silent: Collection[str]
    ) -> None:
        """Decide on one cell, of what is said in it and what was said before."""
        order = self._expected.plans.get(cell.id, ())
        taken = _parts(self._before.get(cell.id, {}), cell.title)
        before = _still_there(taken, {each.department for each, _ in said}, silent, cell.now)
        parts = [(each, text, self._own_part(cell, each, text, before)) for each, text in said]
        own = [(each, text, part) for each, text, part in parts if part]
        if not own:
            return
        after = before | {each.department: part for each, _, part in own}
        matter = _matter(cell, own, before, after, order)
        if len(matter.new[cell.title]) > LONGEST_COMMENT:
            self._refuse_long(cell.title, matter.answer, len(matter.new[cell.title]))
            return
        self._note_look_alikes(cell, own, after)
        if self._ledger.settle(matter):
            for each, text, part in own:
                self._ledger.remember(matter, cell.title, each, part, text)
            for department in ({*silent} & {*taken}) - {*after}:
                self._ledger.withdraw(WORDS, cell.id, department, cell.title)

    def _own_part(self, cell: _Place, answer: Answer, text: str, before: Mapping[str, str]) -> str:
        """The department's own part: all of its text, unless it was handed out joined.

        What was read of a text once is read of it always, whatever others say meanwhile.
        """
        department = answer.department
        known = self._ledger.cells.get((WORDS, cell.id, department, cell.title))
        if known and text == known.said:
            return known.text
        order = self._expected.plans.get(cell.id, ())
        part = own_part(text, department, before, order)
        if part is not None:
            return part
        is_copy = text == cell.now and text not in before.values()
        if is_copy and {*before} - {department}:  # edited by hand, and handed out like that
            return before.get(department, "")
        return text

    def _note_look_alikes(
        self, cell: _Place, own: Sequence[tuple[Answer, str, str]], after: Mapping[str, str]
    ) -> None:
        """Warn of lines that readers of the joined text take for another department's."""
        if len({*after.values()}) == 1:
            return
        for answer, _, part in own:
            department = answer.department
            others = look_alikes(part, department, self._expected.plans.get(cell.id, ()))
            if not others:
                continue
            named, heads = "、".join(others), "、".join(f"（{name}）" for name in others)
            self._ledger.problem(
                answer,
                answer.found.record.place(cell.title),
                f"{department}の文に、{heads}で始まる行があります。文はそのまま載せますが、"
                f"ほかの課の文とつなぐと、{named}の文のように読めます。",
                f"{department}の文なら、行の始めに課の名の（）を置かない書き方に直して、"
                f"{named}の文の写しなら、その行を消して、送り直してもらってください。",
                Severity.WARNING,
            )

    def _refuse_long(self, title: str, speaker: Answer, length: int) -> None:
        self._ledger.problem(
            speaker,
            speaker.found.record.place(title),
            f"各課の{title}をつなぐと{length:,}字になります。{LONGEST_COMMENT:,}字までです。",
            "要点に絞ったものを、送り直してもらってください。",
            Severity.ERROR,
        )


def _parts(texts: Mapping[str, Texts], title: str) -> dict[str, str]:
    return {name: each[title] for name, each in texts.items() if each.get(title)}


def _still_there(
    taken: Mapping[str, str], speakers: Collection[str], silent: Collection[str], now: str
) -> dict[str, str]:
    """What was said before, without what somebody took out of the cell by hand.

    Of departments that do not speak here now, that is what can be missing for no other
    reason: the cell is just the rest, or theirs is empty now and their name is gone.
    """
    others = {*taken} - {*speakers}
    missing = {name for name in others if plain_name(taken[name]) not in plain_name(now)}
    for gone in (set[str](), missing, others & {*silent}, others):
        if consists_of(now, rest := _without(taken, gone)):
            return rest
    gone = {name for name in missing if name in silent and not has_heading(now, name)}
    return _without(taken, gone)


def _without(texts: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name not in names}


def _matter(
    cell: _Place,
    own: Sequence[tuple[Answer, str, str]],
    before: Mapping[str, str],
    after: Mapping[str, str],
    order: Sequence[str],
) -> Matter:
    news = [each for each, _, part in own if part != before.get(each.department, "")]
    names = [each.department for each in news]
    was, new = composed(before, order), composed(after, order)
    told_now, told_new = _told_parts(names, before, after, order) if was else ("", new)
    if was and consists_of(cell.now, before):  # in an older order, or after a deletion by hand
        was = cell.now
    title = cell.title
    return Matter(
        sheet=WORDS,
        id=cell.id,
        titles=(title,),
        now={title: cell.now},
        was={title: was},
        new={title: new},
        is_same=new == cell.now or (not news and was == cell.now),
        answer=news[0] if news else own[0][0],
        told_now=told_now if told_now and cell.now == was else cell.now,
        told_new=told_new or new,
        told_all=new,
        is_addition=bool(was) and not any(before.get(name) for name in names),
    )


def _told_parts(
    names: Sequence[str],
    before: Mapping[str, str],
    after: Mapping[str, str],
    order: Sequence[str],
) -> tuple[str, str]:
    """What departments said before and say now; empty where they said nothing."""
    old, new = (
        "\n".join(
            each.get(name, "") if len(names) == 1 else f"（{name}）{each.get(name, '')}"
            for name in sorted(names, key=[*order, *names].index)
        )
        for each in (before, after)
    )
    return (old if any(before.get(name) for name in names) else "", new)


def _comment_texts(comment: PlanComment) -> dict[str, str]:
    return dict(zip(SPOKEN, (comment.initiatives, comment.issues, comment.outlook), strict=True))


def _told_of_plan(comment: PlanComment) -> str:
    return next(filter(None, _comment_texts(comment).values()), EMPTY)


def _equal(one: PlanComment, other: PlanComment) -> bool:
    return one == other
