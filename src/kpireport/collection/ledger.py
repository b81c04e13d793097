"""What is decided on each cell: take the answer, correct an earlier one, or leave it alone.

Comes in: what a cell says now, what an earlier run put there, what the answer says. Goes
out: edits, changes in words, problems, and what the register is to know. What people wrote
into the workbook by hand stays, unless they ask for the answer instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import assert_never

from kpireport.collection.matters import Answer, Matter, RowEdit, Texts
from kpireport.collection.outcomes import (
    Change,
    ChangeKind,
    Conflict,
    ConflictKind,
    EditedCell,
)
from kpireport.collection.own_book import OwnBook
from kpireport.collection.register import KeptCell, RowCellKey, TakenCell
from kpireport.collection.register_draft import RegisterDraft
from kpireport.collection.single_line import EMPTY, differing_parts, one_line
from kpireport.collection.wishes import Verb, Wishes, cell_option
from kpireport.domain.actuals import Actual
from kpireport.errors import Problem, Severity
from kpireport.messages import printable, quoted
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A row to be written, and what is told of it."""

    edit: RowEdit
    change: Change


@dataclass(slots=True)
class Ledger:
    """Keeps what was decided.

    Attributes:
        own: the report's workbook.
        known: the register of what was taken, as it is going to be.
        wishes: what staff wish for cells that people filled in by hand.
        is_new_book: the workbook was not there: what is empty was not emptied by anybody.
        decisions: what is to be written; several of a row are of different cells.
        problems: what is not taken, by the sum of the file whose answer it is.
        notes: what people wrote by hand and decided to keep.
        conflicts: what is for a person to decide, or was decided so.
        edited: cells that people edited after their answer was taken.
        unchanged: by file's sum, rows that say what the workbook says already.
    """

    own: OwnBook
    known: RegisterDraft
    wishes: Wishes = field(default_factory=Wishes)
    is_new_book: bool = False
    decisions: list[Decision] = field(default_factory=list)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    edited: dict[RowCellKey, EditedCell] = field(default_factory=dict)
    unchanged: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    @property
    def edits(self) -> list[RowEdit]:
        """The rows to be written."""
        return [each.edit for each in self.decisions]

    @property
    def changes(self) -> list[Change]:
        """What is told of them."""
        return [each.change for each in self.decisions]

    def settle(self, matter: Matter) -> bool:
        """Decide; tell whether the workbook says, or is going to say, what the answer does."""
        kept = self.known.kept.pop(matter.key, None)
        if matter.is_same:
            self.unchanged.setdefault(matter.answer.sha256, set()).add((matter.sheet, matter.id))
            return True
        answer = tuple(matter.new[title] for title in matter.titles)
        is_kept = kept is not None and kept.answer == answer
        if matter.is_empty and (self.is_new_book or not matter.is_emptied):
            return self._edit(matter, ChangeKind.TAKEN)
        if matter.is_ours:
            kind = ChangeKind.ADDED if matter.is_addition else ChangeKind.CORRECTED
            return self._edit(matter, kind)
        return self._settle_edited(matter, answer, is_kept=is_kept)

    def _settle_edited(self, matter: Matter, answer: tuple[str, ...], *, is_kept: bool) -> bool:
        """Decide where somebody wrote something else by hand, or emptied what stood there."""
        is_edit = matter.is_known and not (is_kept or matter.is_emptied)
        # whoever names the row alone speaks of the contradictions that he was told of
        wish = (self.wishes.on_cell if is_edit else self.wishes.on_row)(matter.id, matter.titles)
        if wish is Verb.REPLACE:
            return self._edit(matter, ChangeKind.REPLACED)
        if is_kept or (wish is Verb.KEEP and not is_edit):
            self._keep(matter, answer)
        elif matter.is_emptied:
            return self._edit(matter, ChangeKind.REFILLED)
        elif is_edit:
            self.edited[matter.key] = EditedCell(
                matter.answer.found.about,
                matter.titles[0],
                matter.told_now,
                self._own_place(matter),
                matter.answer.department,
                matter.told_all or matter.told_new,
            )
        else:
            self._refuse(matter)
        return False

    def give_up(self, edit: RowEdit) -> None:
        """Take back an edit that the workbook cannot take, and what was noted of it."""
        row = (edit.sheet, edit.id)
        self.decisions = [each for each in self.decisions if (each.edit.sheet, each.edit.id) != row]
        self.known.restore(*row)
        self.problem(
            edit.answer,
            edit.answer.found.place,
            f"{self.own.path.name} に書くと、同じ内容として読めません。書き込んでいません。",
            f"{self.own.path.name} のシート{quoted(edit.sheet)}の、この行に、"
            f"{_written(edit.texts)}と、手で書いてください。",
            Severity.ERROR,
            is_ours=True,
        )

    def remember(
        self, matter: Matter, title: str, answer: Answer, text: str, whole: str = ""
    ) -> None:
        """Let the register know where a cell's text comes from, a part of the ``whole``."""
        key = (matter.sheet, matter.id, answer.department, title)
        self.known.cells.pop(key, None)
        if text:
            self.known.cells[key] = TakenCell(
                sheet=matter.sheet,
                id=matter.id,
                title=title,
                department=answer.department,
                text=text,
                sha256=answer.sha256,
                place=printable(answer.found.record.place(title)),
                whole=whole if whole != text else "",
            )

    def problem(
        self,
        answer: Answer,
        place: str,
        what: str,
        remedy: str,
        severity: Severity,
        *,
        is_ours: bool = False,
    ) -> Problem:
        """Note what is not taken of an answer; ``is_ours`` where its department is not asked."""
        found, fact = answer.found, answer.found.fact
        is_its_own = isinstance(fact, Actual) and fact.measure_id in answer.returned.actuals
        measure_id = fact.measure_id if isinstance(fact, Actual) and is_its_own else ""
        problem = Problem(
            found.file,
            place,
            what,
            remedy,
            severity,
            found.about,
            measure_id,
            answer.department,
            is_ours,
        )
        self.problems.setdefault(answer.sha256, []).append(problem)
        return problem

    def dispute(
        self,
        kind: ConflictKind,
        told: Problem,
        answer: Answer,
        row: tuple[str, str],
        titles: Sequence[str],
        own: str,
        said: str,
        *,
        is_kept: bool = False,
    ) -> None:
        """Note a conflict.

        Args:
            kind: what it is about.
            told: as it was told.
            answer: what came back.
            row: its sheet and id.
            titles: the cells' columns.
            own: what the report's workbook says there.
            said: what the answer says.
            is_kept: somebody decided to keep the former.
        """
        sheet, id_ = row
        conflict = Conflict(
            kind=kind,
            cell=cell_option(id_, titles[0]),
            about=answer.found.about,
            title=titles[0],
            department=answer.department,
            own=own,
            own_place=self.place_in_own(sheet, id_, titles),
            answer=said,
            file=answer.returned.original.name,
            place=answer.found.record.place(titles[0]),
            is_kept=is_kept,
            told=told,
        )
        self.conflicts.append(conflict)

    def _edit(self, matter: Matter, kind: ChangeKind) -> bool:
        if obstacle := self._obstacle(matter):
            what, remedy = obstacle
            self.problem(matter.answer, matter.place, what, remedy, Severity.ERROR, is_ours=True)
            return False
        columns, answer = self.own.tables[matter.sheet].columns, matter.answer
        texts = {title: matter.new[title] for title in matter.titles if title in columns}
        old, new = _old_and_new(matter, kind)
        change = Change(
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
        self.decisions.append(Decision(RowEdit(matter.sheet, matter.id, texts, answer), change))
        return True

    def _obstacle(self, matter: Matter) -> tuple[str, str] | None:
        """What keeps the answer from being written, and how to mend it."""
        own = self.own.path.name
        if formula := self._formula(matter):
            return (
                f"{own} の {formula} は数式のセルなので、書き換えません。",
                f"数式を消して、もう一度試してください（回答は{quoted(one_line(matter.told_new))}）。",
            )
        columns = self.own.tables[matter.sheet].columns
        missing = [each for each in matter.titles if matter.new[each] and each not in columns]
        if missing:
            names = "、".join(map(quoted, missing))
            return (
                f"{own} のシート{quoted(matter.sheet)}に、見出し{names}の列がありません。",
                f"{own} にその見出しの列を加えて、もう一度試してください。",
            )
        return None

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
        told_now, told_new = differing_parts(matter.told_now, matter.told_new)
        stands = "空にしたまま" if matter.is_empty else f"書いた{quoted(told_now)}を"
        self.known.kept[matter.key] = KeptCell(
            sheet=matter.sheet, id=matter.id, title=title, answer=answer
        )
        told = Problem(
            str(self.own.path),
            self._own_place(matter),
            f"手で{stands}残しています。{matter.answer.department}の"
            f"回答は{quoted(told_new)}です（{matter.answer.returned.original.name}）。",
            "回答のほうに直すなら、回答に差し替えることを選んで、もう一度取り込んでください。",
            Severity.WARNING,
            matter.answer.found.about,
        )
        self.notes.append(told)
        self._by_hand(told, matter, is_kept=True)

    def _refuse(self, matter: Matter) -> None:
        own = self.own.path.name
        now, new = differing_parts(matter.told_now, matter.told_new)
        told = self.problem(
            matter.answer,
            matter.place,
            f"回答は{quoted(new)}ですが、{own} の {self._own_place(matter)} に、"
            f"手で書いた{quoted(now)}があります。書き換えていません。",
            f"回答に差し替えるか、{own} のほうを残すかを選んで、もう一度取り込んでください。",
            Severity.ERROR,
            is_ours=True,
        )
        self._by_hand(told, matter)

    def _by_hand(self, told: Problem, matter: Matter, *, is_kept: bool = False) -> None:
        row, shown = (matter.sheet, matter.id), matter.told_all or matter.told_new
        self.dispute(
            ConflictKind.BY_HAND,
            told,
            matter.answer,
            row,
            matter.titles,
            matter.told_now,
            shown,
            is_kept=is_kept,
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


def _old_and_new(matter: Matter, kind: ChangeKind) -> tuple[str, str]:
    """What is told of a change: of a correction just what differs."""
    match kind:
        case ChangeKind.TAKEN | ChangeKind.ADDED:
            return EMPTY, one_line(matter.told_new)
        case ChangeKind.CORRECTED:
            return differing_parts(matter.told_now, matter.told_new)
        case ChangeKind.REFILLED | ChangeKind.REPLACED:
            # somebody's own work goes: all of it is told
            return one_line(matter.told_now), one_line(matter.told_all)
        case _:
            assert_never(kind)


def _written(texts: Texts) -> str:
    """What cells are to say: ``「実績」に「61.8％」``, each in its column."""
    return "、".join(
        f"{quoted(title)}の列に{quoted(one_line(text))}" for title, text in texts.items() if text
    )
