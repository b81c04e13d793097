"""The departments' comments on each plan put together: one text for each of its cells.

Comes in: the versions that count. Goes out: what is decided on each cell, in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

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
from kpireport.collection.outcomes import ConflictKind
from kpireport.collection.register import KeptCell
from kpireport.collection.returned import Returned
from kpireport.collection.single_line import EMPTY
from kpireport.collection.wishes import Verb
from kpireport.domain.actuals import PlanComment
from kpireport.errors import Severity
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import InputColumn, InputForm
from kpireport.sources.actuals_scope import plain_name


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the report's workbook, what it says now, and who may speak in it, in order."""

    id: str
    column: InputColumn
    now: str
    departments: Sequence[str]

    @property
    def title(self) -> str:
        return self.column.title


@dataclass(frozen=True, slots=True)
class _Contribution:
    """What a department's book says in a cell, and the ``part`` of it that is its own."""

    answer: Answer
    text: str
    part: str

    @property
    def department(self) -> str:
        return self.answer.department


@dataclass(frozen=True, slots=True)
class _Composition:
    """A cell's text put together: whose parts it has, and whose it is going to have.

    ``before`` are the departments' parts that are in it, ``own`` those that came now.
    """

    cell: _Cell
    before: Mapping[str, str]
    own: Sequence[_Contribution]

    @property
    def after(self) -> dict[str, str]:
        return {**self.before, **{each.department: each.part for each in self.own}}

    @property
    def text(self) -> str:
        return composed(self.after, self.cell.departments)

    @property
    def news(self) -> list[_Contribution]:
        """The parts that say something else than before."""
        return [each for each in self.own if each.part != self.before.get(each.department, "")]

    @property
    def speaker(self) -> Answer:
        """The answer that the text is due to."""
        return (self.news or self.own)[0].answer

    def matter(self) -> Matter:
        """What the ledger has to decide on."""
        cell, news, new = self.cell, self.news, self.text
        was = composed(self.before, cell.departments)
        told_now, told_new = self._told_parts() if was else ("", new)
        if was and consists_of(cell.now, self.before):  # in an older order, or partly deleted
            was = cell.now
        return Matter(
            sheet=WORDS,
            id=cell.id,
            titles=(cell.title,),
            now={cell.title: cell.now},
            was={cell.title: was},
            new={cell.title: new},
            is_same=new == cell.now or (not news and was == cell.now),
            answer=self.speaker,
            told_now=told_now if told_now and cell.now == was else cell.now,
            told_new=told_new or new,
            told_all=new,
            is_addition=bool(was) and not any(self.before.get(each.department) for each in news),
        )

    def _told_parts(self) -> tuple[str, str]:
        """What departments said before and say now; empty where they said nothing."""
        names = [each.department for each in self.news]
        ranks = [*self.cell.departments, *names].index
        names.sort(key=ranks)
        old, new = (_told(names, parts) for parts in (self.before, self.after))
        return (old if any(self.before.get(name) for name in names) else "", new)


class CommentsMerge:
    """Puts the departments' comments on each plan together."""

    def __init__(self, expected: Expected, ledger: Ledger) -> None:
        self._expected = expected
        self._ledger = ledger
        self._before = ledger.known.texts(WORDS)

    def take(self, answers: Sequence[Returned]) -> None:
        """Decide on all of them."""
        told = partial(_told_of_plan, self._expected.comments)
        for id_, its in by_id((each, each.comments) for each in answers).items():
            by_department: dict[str, list[Answer]] = {}
            for answer in its:
                by_department.setdefault(answer.department, []).append(answer)
            one_each = (agreed(each, _equal, told, self._ledger) for each in by_department.values())
            unspoken = {each.department for each in answers if id_ in each.unspoken}
            if sound := [each for each in one_each if each]:
                self._take_row(id_, sound, unspoken - {*by_department})

    def _take_row(self, id_: str, answers: Sequence[Answer], unspoken: Collection[str]) -> None:
        row = self._ledger.own.comments.get(id_)
        departments = self._expected.plans.get(id_, ())
        for column in self._expected.comments.inputs:
            speakers = [each for each in answers if column.text(each.found.fact)]
            if speakers:
                silent = {*unspoken, *_departments(answers)} - _departments(speakers)
                now = column.text(row.fact if row else None)
                self._take(_Cell(id_, column, now, departments), speakers, silent)

    def _take(self, cell: _Cell, speakers: Sequence[Answer], silent: Collection[str]) -> None:
        """Decide on one cell, of what is said in it and what was said before."""
        taken = _parts(self._before.get(cell.id, {}), cell.title)
        before = _still_there(taken, _departments(speakers), silent, cell.now)
        said = [self._contribution(cell, each, before) for each in speakers]
        composition = _Composition(cell, before, [each for each in said if each.part])
        if not composition.own:
            return
        if cell.column.choices and len({*composition.after.values()}) > 1:
            self._refuse_choices(composition)
            return
        if len(composition.text) > cell.column.longest:
            self._refuse_long(composition)
            return
        self._note_look_alikes(composition)
        matter = composition.matter()
        if self._ledger.settle(matter):
            for each in composition.own:
                self._ledger.remember(matter, cell.title, each.answer, each.part, each.text)
            for department in ({*silent} & {*taken}) - {*composition.after}:
                self._ledger.known.withdraw(WORDS, cell.id, department, cell.title)

    def _contribution(
        self, cell: _Cell, answer: Answer, before: Mapping[str, str]
    ) -> _Contribution:
        text = cell.column.text(answer.found.fact)
        return _Contribution(answer, text, self._own_part(cell, answer.department, text, before))

    def _own_part(self, cell: _Cell, department: str, text: str, before: Mapping[str, str]) -> str:
        """The department's own part: all of its text, unless it was handed out joined.

        What was read of a text once is read of it always, whatever others say meanwhile.
        """
        known = self._ledger.known.cells.get((WORDS, cell.id, department, cell.title))
        if known and text == known.said:
            return known.text
        part = own_part(text, department, before, cell.departments)
        if part is not None:
            return part
        is_copy = text == cell.now and text not in before.values()
        if is_copy and {*before} - {department}:  # edited by hand, and handed out like that
            return before.get(department, "")
        return text

    def _note_look_alikes(self, composition: _Composition) -> None:
        """Warn of lines that readers of the joined text take for another department's."""
        cell = composition.cell
        if len({*composition.after.values()}) == 1:
            return
        for each in composition.own:
            department = each.department
            others = look_alikes(each.part, department, cell.departments)
            if not others:
                continue
            named, heads = "、".join(others), "、".join(f"（{name}）" for name in others)
            self._ledger.problem(
                each.answer,
                each.answer.found.record.place(cell.title),
                f"{department}の文に、{heads}で始まる行があります。文はそのまま載せますが、"
                f"ほかの課の文とつなぐと、{named}の文のように読めます。",
                f"{department}の文なら、行の始めに課の名の（）を置かない書き方に直して、"
                f"{named}の文の写しなら、その行を消して、送り直してもらってください。",
                Severity.WARNING,
            )

    def _refuse_choices(self, composition: _Composition) -> None:
        """A plan has one choice: what departments choose differently, a person decides."""
        cell, speaker, known = composition.cell, composition.speaker, self._ledger.known
        names = sorted(composition.after, key=[*cell.departments, *composition.after].index)
        chosen = "、".join(f"{name}：{composition.after[name]}" for name in names)
        kept = KeptCell(sheet=WORDS, id=cell.id, title=cell.title, answer=(chosen,))
        wish = self._ledger.wishes.on_row(cell.id, (cell.title,))
        if wish is Verb.KEEP or known.kept.pop(kept.key, None) == kept:
            known.kept[kept.key] = kept
            return
        own = self._ledger.own.path.name
        told = self._ledger.problem(
            speaker,
            speaker.found.record.place(cell.title),
            f"{cell.title}が、課によって違います（{chosen}）。",
            f"どれにするかを課と決め、{own} の{cell.title}に書いてください。"
            "書いた後に、いまのまま残すことを選べば、次からは尋ねません。",
            Severity.WARNING if cell.now else Severity.ERROR,
        )
        kind, row = ConflictKind.DEPARTMENTS, (WORDS, cell.id)
        self._ledger.dispute(kind, told, speaker, row, (cell.title,), cell.now, chosen)

    def _refuse_long(self, composition: _Composition) -> None:
        column, speaker = composition.cell.column, composition.speaker
        self._ledger.problem(
            speaker,
            speaker.found.record.place(column.title),
            f"各課の{column.title}をつなぐと{len(composition.text):,}字になります。"
            f"{column.longest:,}字までです。",
            "要点に絞ったものを、送り直してもらってください。",
            Severity.ERROR,
        )


def _departments(answers: Iterable[Answer]) -> set[str]:
    return {each.department for each in answers}


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


def _told(names: Sequence[str], parts: Mapping[str, str]) -> str:
    """Departments' parts in words, each after its name where there are several."""
    said = ((name, parts.get(name, "")) for name in names)
    return "\n".join(text if len(names) == 1 else f"（{name}）{text}" for name, text in said)


def _told_of_plan(form: InputForm, comment: PlanComment) -> str:
    return next(filter(None, form.texts(comment).values()), EMPTY)


def _equal(one: PlanComment, other: PlanComment) -> bool:
    return one == other
