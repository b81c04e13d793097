"""The departments' comments on each plan put together: one text for each of its cells.

Comes in: the versions that count. Goes out: what is decided on each cell, in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from kpireport.collection.agreeing import agreed, by_id
from kpireport.collection.contributions import composed, parts_of
from kpireport.collection.expected import Expected
from kpireport.collection.forms import WORDS
from kpireport.collection.ledger import Answer, Ledger, Matter, Texts
from kpireport.collection.returned import SPOKEN, Returned
from kpireport.collection.wording import EMPTY, one_line
from kpireport.domain.actuals import PlanComment
from kpireport.errors import Severity
from kpireport.sources.actuals_rows import LONGEST_COMMENT, plain_name
from kpireport.sources.problems import quoted


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
            if sound := [each for each in one_each if each]:
                self._take(id_, sound)

    def _take(self, id_: str, answers: Sequence[Answer]) -> None:
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
                silent = {each.department for each in answers}
                silent -= {answer.department for answer, _ in said}
                self._take_text(id_, title, now[title], said, silent)

    def _take_text(
        self,
        id_: str,
        title: str,
        now: str,
        said: Sequence[tuple[Answer, str]],
        silent: Collection[str],
    ) -> None:
        """Decide on one cell, of what is said in it and what was said before."""
        order = self._expected.plans.get(id_, ())
        before = {
            department: text
            for department, text in _parts(self._before.get(id_, {}), title).items()
            # what is not said any more stays, unless somebody took it out by hand
            if department not in silent or plain_name(text) in plain_name(now)
        }
        own = [(each, self._own_part(each, title, text, now, before)) for each, text in said]
        after = before | {each.department: text for each, text in own}
        new = composed(after, order)
        news = [each for each, text in own if text != before.get(each.department, "")]
        speaker = news[0] if news else own[0][0]
        if len(new) > LONGEST_COMMENT:
            self._refuse_long(title, speaker, len(new))
            return
        was = composed(before, order)
        names = [each.department for each in news]
        told_now, told_new = _told_parts(names, before, after, order) if was else ("", new)
        matter = Matter(
            sheet=WORDS,
            id=id_,
            titles=(title,),
            now={title: now},
            was={title: was},
            new={title: new},
            is_same=now == new,
            answer=speaker,
            told_now=told_now if told_now and now == was else now,
            told_new=told_new or new,
            is_addition=bool(was) and not any(before.get(name) for name in names),
        )
        if self._ledger.settle(matter):
            for each, text in own:
                self._ledger.remember(matter, title, each, text)

    def _own_part(
        self, answer: Answer, title: str, text: str, now: str, before: Mapping[str, str]
    ) -> str:
        """The department's own part of a text that was handed out joined, else the text."""
        order = self._expected.plans.get(cast("PlanComment", answer.found.fact).plan_id, ())
        known, parts = {**before, **parts_of(now, order)}, parts_of(text, order)
        if len(known) <= 1 or not parts:
            return text
        own = (parts.pop("", ""), parts.pop(answer.department, ""))
        for department, words in parts.items():
            if words not in (known.get(department, ""), before.get(department, "")):
                self._ledger.problem(
                    answer,
                    answer.found.record.place(title),
                    f"{department}の文が{quoted(one_line(words))}に変わっています。使いません。",
                    f"直すのが正しければ、{department}のブックで直してもらってください。",
                    Severity.WARNING,
                )
        return "\n".join(filter(None, own))

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
