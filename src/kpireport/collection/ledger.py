"""What is decided on each cell: take the answer, correct an earlier one, or leave it alone.

Comes in: what a cell says now, what an earlier run put there, what the answer says. Goes
out: edits, changes in words, problems, and what the register is to know. What people wrote
into the workbook by hand stays, unless they ask for the answer instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpireport.collection.matters import Answer, Matter, RowEdit, Texts
from kpireport.collection.outcomes import Change, ChangeKind
from kpireport.collection.own_book import OwnBook
from kpireport.collection.register import KeptCell, Register, TakenCell, WithdrawnCell
from kpireport.collection.single_line import EMPTY, differing_parts, one_line
from kpireport.collection.wishes import Verb, Wishes, cell_option
from kpireport.domain.actuals import Actual
from kpireport.errors import Problem, Severity
from kpireport.messages import printable, quoted


@dataclass(slots=True)
class Ledger:
    """Keeps what was decided.

    Attributes:
        own: the report's workbook.
        wishes: what staff wish for cells that people filled in by hand.
        is_new_book: the workbook was not there: what is empty was not emptied by anybody.
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
    wishes: Wishes = field(default_factory=Wishes)
    is_new_book: bool = False
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
        cls, own: OwnBook, register: Register, wishes: Wishes, *, is_new_book: bool = False
    ) -> Ledger:
        """Open the ledger with what is known."""
        cells = {
            (each.sheet, each.id, each.department, each.title): each for each in register.cells
        }
        kept = {(each.sheet, each.id, each.title): each for each in register.kept}
        withdrawn = {
            (each.sheet, each.id, each.department, each.title): each for each in register.withdrawn
        }
        return cls(own, wishes, is_new_book, cells, kept, withdrawn)

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
            self.edited.add((matter.sheet, matter.id, matter.titles[0]))
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

    def remember(
        self, matter: Matter, title: str, answer: Answer, text: str, whole: str = ""
    ) -> None:
        """Let the register know where a cell's text comes from, a part of the ``whole``."""
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
                whole=whole if whole != text else "",
            )

    def withdraw(self, sheet: str, id_: str, department: str, title: str) -> None:
        """Let go of what a department does not say any more: it may say it again."""
        self.cells.pop((sheet, id_, department, title), None)

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
        old, new = differing_parts(matter.told_now, matter.told_new)
        if kind in (ChangeKind.TAKEN, ChangeKind.ADDED):
            old, new = EMPTY, one_line(matter.told_new)
        elif kind is not ChangeKind.CORRECTED:  # somebody's own work goes: all of it is told
            old, new = one_line(matter.told_now), one_line(matter.told_all)
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
        told_now, told_new = differing_parts(matter.told_now, matter.told_new)
        cell = cell_option(matter.id, title)
        stands = "空にしたまま" if matter.is_empty else f"書いた{quoted(told_now)}を"
        self.kept[matter.sheet, matter.id, title] = KeptCell(
            sheet=matter.sheet, id=matter.id, title=title, answer=answer
        )
        self.notes.append(
            Problem(
                str(self.own.path),
                self._own_place(matter),
                f"手で{stands}残しています。{matter.answer.department}の"
                f"回答は{quoted(told_new)}です（{matter.answer.returned.original.name}）。",
                f"回答のほうに直すなら、--replace {cell} を付けて実行してください。",
                Severity.WARNING,
                matter.answer.found.about,
            )
        )

    def _refuse(self, matter: Matter) -> None:
        own, cell = self.own.path.name, cell_option(matter.id, matter.titles[0])
        now, new = differing_parts(matter.told_now, matter.told_new)
        self.problem(
            matter.answer,
            matter.place,
            f"回答は{quoted(new)}ですが、{own} の {self._own_place(matter)} に、"
            f"手で書いた{quoted(now)}があります。書き換えていません。",
            f"回答のほうに直すなら --replace {cell} を、{own} のほうを残すなら "
            f"--keep {cell} を付けて、もう一度実行してください。",
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
