"""What is decided on: cells of the report's workbook, and the answer that is for them.

Comes in: what the cells say now, what an earlier run put there, what the answer says. Goes
out: all of it side by side, for the :mod:`~kpireport.collection.ledger` to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpireport.collection.register import RowCellKey
from kpireport.collection.returned import Returned
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import Fact, form_of
from kpireport.sources.actuals_rows import Found
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.titled_tables import Record

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
        id: the row's measure or plan.
        titles: the cells' columns.
        now: what they say.
        was: what an earlier run put there, as far as it did.
        new: what the answer says.
        is_same: whether that means what they say now.
        answer: where it comes from.
        told_now: ``now`` in words.
        told_new: ``new`` in words; of a text of several departments what is new in it.
        told_all: all of it.
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
    told_all: str
    is_addition: bool = False

    @property
    def key(self) -> RowCellKey:
        """The first of the cells in the report's workbook."""
        return (self.sheet, self.id, self.titles[0])

    @property
    def place(self) -> str:
        """The answer's cell."""
        return self.answer.found.record.place(self.titles[0])

    @property
    def is_empty(self) -> bool:
        """Whether the workbook says nothing yet."""
        return not any(self.now.values())

    @property
    def is_emptied(self) -> bool:
        """Whether the workbook says nothing any more."""
        return self.is_empty and any(self.was.get(title) for title in self.titles)

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
    def record(self) -> Record:
        """The row that says so."""
        return self.answer.found.record

    @property
    def department(self) -> str:
        """Who says so."""
        return self.answer.department

    def edited(self, fact: Fact, plan: Catalogue) -> Fact:
        """Return what the row is to say: the fact as it is, with the cells that are edited."""
        columns = [each for each in form_of(fact, plan).inputs if each.title in self.texts]
        if isinstance(fact, PlanComment):
            # of a plan's words, an answer is only a part of what is to stand there
            return fact.saying({each.field: self.texts[each.title] for each in columns})
        answer = self.answer.found.fact
        own = [each for each in columns if not each.answer]
        contents: dict[str, Any] = {each.field: each.content(answer) for each in own}
        edited = replace(fact, **contents)
        if not isinstance(edited, Actual):
            return edited
        return edited.answering({each.answer: each.text(answer) for each in columns if each.answer})
