"""What is decided on each cell: take the answer, correct an earlier one, or leave it alone.

Comes in: what a cell says now, what an earlier run put there, what the answer says. Goes
out: edits, changes in words, problems, and what the register is to know. What people wrote
into the workbook by hand stays, unless they ask for the answer instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from kpireport.collection.expected import OwnBook
from kpireport.collection.register import KeptCell, Register, TakenCell, WithdrawnCell
from kpireport.collection.results import Change, ChangeKind
from kpireport.collection.returned import Returned
from kpireport.collection.wording import EMPTY, apart, one_line
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.errors import Problem, Severity
from kpireport.sources.actuals_rows import Found, plain_name
from kpireport.sources.problems import printable, quoted

Texts = Mapping[str, str]
"""Cells' texts by their titles; an empty one is an empty cell."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of a file that came back."""

    returned: Returned
    found: Found[Actual] | Found[PlanComment]

    @property
    def sha256(self) -> str:
        """The sum of its file."""
        return self.returned.original.sha256

    @property
    def department(self) -> str:
        """Who answers."""
        return self.returned.department


@dataclass(frozen=True, slots=True)
class Matter:
    """Cells of one row that are decided on together.

    Attributes:
        sheet: the workbook's sheet.
        id: the row's subject or plan.
        titles: the cells' columns.
        now: what they say.
        was: what an earlier run put there, as far as it did.
        new: what the answer says.
        is_same: whether that means what they say now.
        answer: where it comes from.
        told_now: ``now`` in words.
        told_new: ``new`` in words; of a text of several departments what is new in it.
        is_addition: other departments' words stay as they are beside it.
    """

    sheet: str
    id: str
    titles: tuple[str, ...]
    now: Texts
    was: Texts
    new: Texts
    is_same: bool
    answer: Answer
    told_now: str
    told_new: str
    is_addition: bool = False

    @property
    def place(self) -> str:
        """The answer's cell."""
        return self.answer.found.record.place(self.titles[0])

    @property
    def is_empty(self) -> bool:
        """Whether the workbook says nothing yet."""
        return not any(self.now.values())

    @property
    def is_ours(self) -> bool:
        """Whether the workbook says just what an earlier run put there."""
        return self._is_as_before(self.now)

    @property
    def is_known(self) -> bool:
        """Whether the answer is the one that an earlier run took: who edits it since may."""
        return any(self.was.values()) and self._is_as_before(self.new)

    def _is_as_before(self, texts: Texts) -> bool:
        pairs = ((texts[title], self.was.get(title, "")) for title in self.titles)
        return all(plain_name(text) == plain_name(was) for text, was in pairs)


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What cells of a row are to say, and the answer that says so."""

    sheet: str
    id: str
    texts: Texts
    answer: Answer

    @property
    def actual(self) -> Found[Actual]:
        """The answer, for an indicator or a numeric target."""
        return cast("Found[Actual]", self.answer.found)


@dataclass(slots=True)
class Ledger:
    """Keeps what was decided.

    Attributes:
        own: the report's workbook.
        replace: ids whose answer is to take the place of what people wrote by hand.
        keep: ids whose text by hand is to stay.
        cells: what the register knows of each cell: by sheet, id, department and title.
        kept: likewise of what people decided to keep: by sheet, id and title.
        withdrawn: likewise of what a department gave once and left empty since: by sheet, id,
            department and title.
        edits: rows to be written; several of a row are of different cells.
        changes: what is told of them.
        problems: what is not taken, each with the sum of the file whose answer it is.
        notes: what people wrote by hand and decided to keep.
        edited: cells that people edited after their answer was taken: sheet, id and title.
        unchanged: by file's sum, rows that say what the workbook says already.
    """

    own: OwnBook
    replace: Collection[str] = ()
    keep: Collection[str] = ()
    cells: dict[tuple[str, str, str, str], TakenCell] = field(default_factory=dict)
    kept: dict[tuple[str, str, str], KeptCell] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str, str, str], WithdrawnCell] = field(default_factory=dict)
    edits: list[RowEdit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    edited: set[tuple[str, str, str]] = field(default_factory=set)
    unchanged: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        own: OwnBook,
        register: Register,
        replace: Collection[str] = (),
        keep: Collection[str] = (),
    ) -> Ledger:
        """Open the ledger with what is known."""
        cells = {
            (each.sheet, each.id, each.department, each.title): each for each in register.cells
        }
        kept = {(each.sheet, each.id, each.title): each for each in register.kept}
        withdrawn = {
            (each.sheet, each.id, each.department, each.title): each for each in register.withdrawn
        }
        return cls(own, frozenset(replace), frozenset(keep), cells, kept, withdrawn)

    def taken_before(self, sheet: str) -> dict[str, dict[str, dict[str, str]]]:
        """Return the texts that earlier runs took: by id, department and title."""
        texts: dict[str, dict[str, dict[str, str]]] = {}
        for cell in self.cells.values():
            if cell.sheet == sheet:
                departments = texts.setdefault(cell.id, {})
                departments.setdefault(cell.department, {})[cell.title] = cell.text
        return texts

    def settle(self, matter: Matter) -> bool:
        """Decide; tell whether the workbook says, or is going to say, what the answer does."""
        kept = self.kept.pop((matter.sheet, matter.id, matter.titles[0]), None)
        if matter.is_same:
            self.unchanged.setdefault(matter.answer.sha256, set()).add((matter.sheet, matter.id))
            return True
        if matter.is_empty:
            return self._edit(matter, ChangeKind.TAKEN)
        if matter.is_ours:
            kind = ChangeKind.ADDED if matter.is_addition else ChangeKind.CORRECTED
            return self._edit(matter, kind)
        if matter.id in self.replace:
            return self._edit(matter, ChangeKind.REPLACED)
        answer = tuple(matter.new[title] for title in matter.titles)
        if kept and kept.answer == answer:
            self._keep(matter, answer)
        elif matter.is_known:
            self.edited.add((matter.sheet, matter.id, matter.titles[0]))
        elif matter.id in self.keep:
            self._keep(matter, answer)
        else:
            self._refuse(matter)
        return False

    def give_up(self, edit: RowEdit, register: Register) -> None:
        """Take back an edit that the workbook cannot take, and what was noted of it."""
        key = (edit.sheet, edit.id)
        self.changes = [each for each in self.changes if (each.sheet, each.id) != key]
        self.cells = {each: cell for each, cell in self.cells.items() if each[:2] != key}
        for cell in register.cells:
            if (cell.sheet, cell.id) == key:
                self.cells[cell.sheet, cell.id, cell.department, cell.title] = cell
        self.problem(
            edit.answer,
            edit.answer.found.place,
            f"{self.own.path.name} に書くと、同じ内容として読めません。書き込んでいません。",
            f"{self.own.path.name} のシート{quoted(edit.sheet)}の、この行に、"
            f"{_written(edit.texts)}と、手で書いてください。",
            Severity.ERROR,
            is_ours=True,
        )

    def remember(self, matter: Matter, title: str, answer: Answer, text: str) -> None:
        """Let the register know where a cell's text comes from."""
        key = (matter.sheet, matter.id, answer.department, title)
        place = answer.found.record.place(title)
        self.cells.pop(key, None)
        if text:
            sheet, id_, department, _ = key
            self.cells[key] = TakenCell(
                sheet=sheet,
                id=id_,
                title=title,
                department=department,
                text=text,
                sha256=answer.sha256,
                place=printable(place),
            )

    def forget(self, sheet: str, id_: str, *, besides: str) -> None:
        """Let go of what other departments answered, whose answer it no longer is."""
        for key in [key for key in self.cells if key[:2] == (sheet, id_) and key[2] != besides]:
            del self.cells[key]

    def problem(
        self,
        answer: Answer,
        place: str,
        what: str,
        remedy: str,
        severity: Severity,
        *,
        is_ours: bool = False,
    ) -> None:
        """Note what is not taken of an answer; ``is_ours`` where its department is not asked."""
        found, fact = answer.found, answer.found.fact
        is_its_own = isinstance(fact, Actual) and fact.subject_id in answer.returned.actuals
        subject_id = fact.subject_id if isinstance(fact, Actual) and is_its_own else ""
        problem = Problem(
            found.file,
            place,
            what,
            remedy,
            severity,
            found.about,
            subject_id,
            answer.department,
            is_ours,
        )
        self.problems.append((answer.sha256, problem))

    def _edit(self, matter: Matter, kind: ChangeKind) -> bool:
        if formula := self._formula(matter):
            self.problem(
                matter.answer,
                matter.place,
                f"{self.own.path.name} の {formula} は数式のセルなので、書き換えません。",
                f"数式を消して、もう一度実行してください（回答は{quoted(one_line(matter.told_new))}）。",
                Severity.ERROR,
                is_ours=True,
            )
            return False
        columns = self.own.tables[matter.sheet].columns
        missing = [each for each in matter.titles if matter.new[each] and each not in columns]
        answer = matter.answer
        if missing:
            names, own = "、".join(map(quoted, missing)), self.own.path.name
            self.problem(
                answer,
                matter.place,
                f"{own} のシート{quoted(matter.sheet)}に、見出し{names}の列がありません。",
                f"{own} にその見出しの列を加えて、もう一度実行してください。",
                Severity.ERROR,
                is_ours=True,
            )
            return False
        texts = {title: matter.new[title] for title in matter.titles if title in columns}
        old, new = apart(matter.told_now, matter.told_new)
        if kind in (ChangeKind.TAKEN, ChangeKind.ADDED):
            old, new = EMPTY, one_line(matter.told_new)
        self.edits.append(RowEdit(matter.sheet, matter.id, texts, answer))
        self.changes.append(
            Change(
                kind=kind,
                sheet=matter.sheet,
                id=matter.id,
                about=answer.found.about,
                title=matter.titles[0],
                old=old,
                new=new,
                department=answer.department,
                file=answer.returned.original.name,
                place=matter.place,
                sha256=answer.sha256,
            )
        )
        return True

    def _formula(self, matter: Matter) -> str:
        """The workbook's cell that has a formula, if one of the matter's has."""
        row = self.own.row(matter.sheet, matter.id)
        for title in matter.titles if row else ():
            assert row is not None  # noqa: S101 - there would be no titles
            if (row.row, row.columns.get(title, 0)) in row.sheet.formulas:
                return row.place(title)
        return ""

    def _keep(self, matter: Matter, answer: tuple[str, ...]) -> None:
        title = matter.titles[0]
        told_now, told_new = apart(matter.told_now, matter.told_new)
        self.kept[matter.sheet, matter.id, title] = KeptCell(
            sheet=matter.sheet, id=matter.id, title=title, answer=answer
        )
        self.notes.append(
            Problem(
                str(self.own.path),
                self._own_place(matter),
                f"手で書いた{quoted(told_now)}を残しています。{matter.answer.department}の"
                f"回答は{quoted(told_new)}です（{matter.answer.returned.original.name}）。",
                f"回答のほうに直すなら、--replace {matter.id} を付けて実行してください。",
                Severity.WARNING,
                matter.answer.found.about,
            )
        )

    def _refuse(self, matter: Matter) -> None:
        own = self.own.path.name
        now, new = apart(matter.told_now, matter.told_new)
        self.problem(
            matter.answer,
            matter.place,
            f"回答は{quoted(new)}ですが、{own} の {self._own_place(matter)} に、"
            f"手で書いた{quoted(now)}があります。書き換えていません。",
            f"回答のほうに直すなら --replace {matter.id} を、{own} のほうを残すなら "
            f"--keep {matter.id} を付けて、もう一度実行してください。",
            Severity.ERROR,
            is_ours=True,
        )

    def _own_place(self, matter: Matter) -> str:
        shown = [title for title in matter.titles if matter.now[title]]
        return self.place_in_own(matter.sheet, matter.id, shown or matter.titles)

    def place_in_own(self, sheet: str, id_: str, titles: Sequence[str]) -> str:
        """Return where the report's workbook has the first of a row's cells that has a content."""
        row = self.own.row(sheet, id_)
        if row is None:
            return sheet
        filled = (title for title in titles if row.content(title) is not None)
        return row.place(next(filled, titles[0]))


def _written(texts: Texts) -> str:
    """What cells are to say: ``「実績」に「61.8％」``, each in its column."""
    return "、".join(
        f"{quoted(title)}の列に{quoted(one_line(text))}" for title, text in texts.items() if text
    )
