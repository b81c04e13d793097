"""Why an indicator is behind (理由), from what its department wrote.

Comes in: a review. Goes out: a sentence of the department for a judgement, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeAlias

from kpireport.document.pieces import pieces_of, plain
from kpireport.document.reviews import Review
from kpireport.document.sentences import (
    Grounds,
    clauses,
    goes_on,
    grounds_in,
    own_topic,
    refers_back,
    says_what_counts,
    sentences,
    without_link,
)
from kpireport.domain.actuals import PlanComment
from kpireport.domain.comment_columns import ISSUES, AskedKind, CommentColumn
from kpireport.domain.places import commented
from kpireport.evaluation import Judgement

_LEAST = 3
"""What a clause must have of a name, in letters of its own, to be about what is called so."""
_TELLING = ("課題", "理由", "要因", "所見")
"""What columns of texts are called that say why something is behind."""
_Printed: TypeAlias = tuple[str, str]  # beside a reason: the actual, the target
_LONG = 60  # letters of a reason beyond which a shorter one as good goes before it


@dataclass(slots=True)
class Names:
    """What the indicators are called, and in how many plans each piece of that is found.

    The fewer plans' names have a piece, the more it tells: the letters of one that ``n`` have
    count ``1 / n`` each, so that 実施 or 整備 are nobody's.
    """

    by_id: Mapping[str, str]
    places: Mapping[str, str]
    _together: tuple[str, ...] = field(init=False)
    """The names of each plan, as one text: a piece is looked for in few texts."""
    _known: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        by_place: dict[str, list[str]] = {}
        for id_, name in self.by_id.items():
            by_place.setdefault(self.places[id_], []).append(plain(name))
        self._together = tuple("\n".join(names) for names in by_place.values())

    def owners(self, sentence: str, among: Iterable[str]) -> set[str]:
        """Return whose sentence it is: of whom one of its clauses has most.

        It is another's too if it has enough of that name beside: ``利用の相談と研修の会場は``. A
        clause has enough of a name with :data:`_LEAST` letters, or all where it has fewer.

        Args:
            sentence: the sentence.
            among: the ids of those whom it may be about.
        """
        ids = tuple(among)
        return {id_ for clause in clauses(sentence) for id_ in self._owners(plain(clause), ids)}

    def has_some(self, id_: str, text: str) -> bool:
        """Return whether a text has any piece of a name."""
        return any(pieces_of(self.by_id[id_], text))

    def _owners(self, clause: str, ids: Sequence[str]) -> Iterator[str]:
        found = {id_: tuple(pieces_of(self.by_id[id_], clause)) for id_ in ids}
        scores = {id_: sum(map(self._weight, pieces)) for id_, pieces in found.items()}
        for id_, score in scores.items():
            if score < min(_LEAST, len(self.by_id[id_])):
                continue
            better = (other for other in ids if scores[other] > score)
            if all(self._beside(clause, found[id_], found[other]) >= _LEAST for other in better):
                yield id_

    def _beside(self, clause: str, pieces: Iterable[str], others: Iterable[str]) -> float:
        """Return what a clause has of a name where it has nothing of another's."""
        for other in sorted(others, key=len, reverse=True):
            clause = clause.replace(other, "\n")
        return sum(self._weight(each) for each in pieces if each in clause)

    def _weight(self, piece: str) -> float:
        if piece not in self._known:
            having = sum(piece in names for names in self._together)
            self._known[piece] = len(piece) / max(1, having)
        return self._known[piece]


@dataclass(frozen=True, slots=True)
class Whys:
    """Finds the reason of what is behind."""

    review: Review
    names: Names
    _siblings: Mapping[str, tuple[str, ...]]  # by what has a 課題: whom it may be about
    _plans: Mapping[str, tuple[str, ...]]  # by the id of a plan or goal: whose 課題 to read
    _owned: dict[tuple[str, str], set[str]] = field(init=False, default_factory=dict)

    @classmethod
    def of(cls, review: Review) -> Self:
        """Return what finds the reasons of a review."""
        ids = review.measures
        siblings: dict[str, tuple[str, ...]] = {}
        plans: dict[str, tuple[str, ...]] = {}
        of_goals: dict[str, list[str]] = {}
        for place in commented(review.catalogue):
            surveyed = (each.id for each in place.goal.numeric_targets)
            siblings[place.id] = (*(each.id for each in place.indicators()), *surveyed)
            plans |= {plan.id: (place.id,) for plan in place.plans}
            of_goals.setdefault(place.goal.id, []).append(place.id)
        plans |= {goal: tuple(ids) for goal, ids in of_goals.items()}
        names = {id_: review.names[id_] for id_ in ids}
        return cls(review, Names(names, _first_places(review, names)), siblings, plans)

    def why(self, judgement: Judgement) -> str:
        """Return why something is behind in a sentence of its department, empty for none.

        A sentence of the plan's 課題 (or 評価の理由, 所見) is an indicator's if it has most of that
        name, and no other indicator of the plan, or numeric target of its goal, has more
        (:class:`Names`). What follows it in the paragraph is taken for the same one's as long as
        it is nobody else's and begins no topic of its own; what stands in columns of the
        indicator's own is its. Of these, the one that names a cause goes before one that only
        tells what is not done (:func:`grounds_in`), then the short before the long, then the
        first; what tells the printed value alone serves never. For want of any, the explanation
        of the actual (実績の説明) serves if it names a cause and not what is counted, then the
        reason of an override. A numeric target is looked for in its goal's plans.
        """
        id_ = judgement.measure_id
        place, printed = self.review.places[id_], self._printed(judgement)
        found = (
            each
            for plan in self._plans.get(place, ())
            for each in self._said(plan, judgement, printed)
        )
        return (
            _best((*found, *self._answered(judgement, printed)))
            or self._explained(judgement, printed)
            or self._overridden(judgement)
        )

    def may_be_told(self, judgement: Judgement) -> bool:
        """Return whether anything is written where a reason may stand, whatever it says.

        A table's columns follow this and not the sentences: an edit of one changes no table.
        """
        id_, year = judgement.measure_id, judgement.fiscal_year
        actual = self.review.actuals.find(id_, year)
        columns = tuple(filter(_is_telling, self.review.catalogue.answers))
        comments = (
            self.review.actuals.find_comment(plan, year)
            for plan in self._plans.get(self.review.places[id_], ())
        )
        return bool(
            judgement.override
            or (actual and (actual.comment or any(actual.answer(each.key) for each in columns)))
            or any(comment and any(self._lines(comment)) for comment in comments)
        )

    def _said(
        self, plan: str, judgement: Judgement, printed: _Printed
    ) -> Iterator[tuple[Grounds, str]]:
        """Yield what a plan's 課題 says of an indicator, each with how well it says why."""
        id_ = judgement.measure_id
        comment = self.review.actuals.find_comment(plan, judgement.fiscal_year)
        for line in self._lines(comment) if comment else ():
            is_before, before = False, ""
            for sentence in sentences(line):
                owners = self._owners(plan, sentence)
                told = before if before and refers_back(sentence) else sentence
                before, is_own = sentence, id_ in owners
                is_before = is_own or (is_before and not owners and self._goes_on(id_, sentence))
                if is_before:
                    grounds = grounds_in(told, printed)
                    is_reason = is_own or grounds is Grounds.STRONG
                    yield grounds if is_reason else Grounds.NONE, without_link(told)

    def _lines(self, comment: PlanComment) -> Iterator[str]:
        """Yield the paragraphs of what a plan calls 課題, or otherwise but means so."""
        for column in self.review.catalogue.comments:
            if _is_telling(column):
                yield from comment.text(column.key).splitlines()

    def _owners(self, plan: str, sentence: str) -> set[str]:
        """Return whose a sentence of a plan's 課題 is, found once for all that are behind."""
        at = plan, sentence
        if at not in self._owned:
            self._owned[at] = self.names.owners(sentence, self._siblings[plan])
        return self._owned[at]

    def _goes_on(self, id_: str, sentence: str) -> bool:
        return goes_on(sentence) or self.names.has_some(id_, own_topic(sentence))

    def _answered(self, judgement: Judgement, printed: _Printed) -> Iterator[tuple[Grounds, str]]:
        """Yield what the indicator's own columns say of it, which is nobody else's."""
        actual = self.review.actuals.find(judgement.measure_id, judgement.fiscal_year)
        for column in self.review.catalogue.answers if actual else ():
            if actual and _is_telling(column):
                said = sentences(actual.answer(column.key))
                yield from ((grounds_in(each, printed), without_link(each)) for each in said)

    def _explained(self, judgement: Judgement, printed: _Printed) -> str:
        actual = self.review.actuals.find(judgement.measure_id, judgement.fiscal_year)
        for sentence in sentences(actual.comment if actual else ""):
            is_reason = grounds_in(sentence, printed) is Grounds.STRONG
            if is_reason and not says_what_counts(sentence):
                return sentence
        return ""

    def _overridden(self, judgement: Judgement) -> str:
        reason = judgement.override.reason if judgement.override else ""
        return next(sentences(reason), "")

    def _printed(self, judgement: Judgement) -> _Printed:
        id_ = judgement.measure_id
        return (
            self.review.judged_text(id_, judgement.fiscal_year),
            self.review.target_text(id_),
        )


def _is_telling(column: CommentColumn) -> bool:
    is_text = column.kind is AskedKind.TEXT
    return is_text and (column.key == ISSUES or any(word in column.label for word in _TELLING))


def _best(found: Iterable[tuple[Grounds, str]]) -> str:
    """Return the sentence that says best why, empty where none says it."""
    good = [each for each in found if each[0] is not Grounds.NONE]
    return max(good, key=lambda each: (each[0], len(each[1]) <= _LONG), default=(0, ""))[1]


def _first_places(review: Review, names: Mapping[str, str]) -> Mapping[str, str]:
    """Return where each stands; two of one name count as one."""
    firsts: dict[str, str] = {}
    for id_, name in names.items():
        firsts.setdefault(name, review.places[id_])
    return {id_: firsts[name] for id_, name in names.items()}
