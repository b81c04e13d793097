"""A sheet that was handed out before the plan changed: what it says otherwise is nobody's fault.

Comes in: the rows of such a sheet, the plan as it is now. Goes out: one notice for the whole
file, and a question for every answer that may mean something else today: a bare number was
typed for the unit that stood beside it. Nothing of it is for the department to mend.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from kpireport.collection.expected import Expected
from kpireport.collection.forms import BASELINE, TARGET, UNIT, asked_target
from kpireport.collection.locked import titles_of
from kpireport.collection.questions import question_on, says_same_unit
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import fold_width
from kpireport.domain.steps import units_around
from kpireport.domain.values import parse_value
from kpireport.errors import Problem, Severity
from kpireport.messages import about, quoted, shortened
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import ID, NAME, VALUE
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.cells import Number, usable_text
from kpireport.sources.titled_tables import Record, Table
from kpireport.sources.years_in_force import ending_of_plan

_MOST_LISTED = 10


def plan_stamp(measures: Iterable[Measure]) -> str:
    """What tells a sheet of these measures from one of the same measures as they were before."""
    texts = (
        (
            *(each.id, each.name, each.baseline.text, each.target.text),
            question_on(each, None).unit,
            *(aim.text for aim in each.yearly_targets),
        )
        for each in measures
    )
    return hashlib.sha256(repr(sorted(texts)).encode()).hexdigest()[:16]


def is_outdated(stamp: str, table: Table, department: str, expected: Expected) -> bool:
    """Whether the plan has changed since a sheet was handed out.

    Args:
        stamp: what the sheet says of its plan; empty where it does not, then its cells do.
        table: its rows.
        department: who leads them now.
        expected: the plan.
    """
    if stamp:
        led = (each for each in expected.plan.measures() if expected.lead(each.id) == department)
        return stamp != plan_stamp(led)
    columns = columns_of(table)
    return any(_says_what_was(each, columns, expected) for each in table.records())


def columns_of(table: Table) -> dict[str, int]:
    """All columns of a sheet by their titles, as they are compared."""
    return {plain_name(title): column for column, title in titles_of(table).items()}


def _says_what_was(record: Record, columns: Mapping[str, int], expected: Expected) -> bool:
    """Whether a row is of a measure that was ended, or says what its measure was before."""
    id_ = _id_of(record)
    now, forms = expected.history.find(id_, expected.fiscal_year), expected.history.forms(id_)
    if now is None:
        return bool(forms) and _is_ended(id_, expected)
    for said, right, former in (
        (
            _locked(record, TARGET, columns),
            asked_target(now, expected.fiscal_year),
            [asked_target(each, expected.fiscal_year) for each in forms],
        ),
        (
            _locked(record, BASELINE, columns),
            now.baseline.text,
            [each.baseline.text for each in forms],
        ),
        (record.shown(NAME), now.name, [each.name for each in forms]),
    ):
        plain = plain_name(said)
        if plain and plain != plain_name(right) and plain in map(plain_name, former):
            return True
    return False


def _id_of(record: Record) -> str:
    return fold_width(record.shown(ID).replace(",", ""))


def _is_ended(id_: str, expected: Expected) -> bool:
    ended = expected.history.ended_by(id_)
    return ended is not None and ended.first_year <= expected.fiscal_year


def _locked(record: Record, title: str, columns: Mapping[str, int]) -> str:
    """What a cell for the eye says, wherever it stands; empty where it is not there."""
    return usable_text(record.sheet.rows.get(record.row, {}).get(columns.get(title, 0)))


@dataclass(slots=True)
class OldForm:
    """What a sheet says otherwise than the plan does today.

    Attributes:
        expected: the plan.
        department: who answers.
        columns: those of 実績 by their titles, as :func:`columns_of` has them.
        changed: the titles of cells that say what was, by measure's id.
        unused: answers for what has been ended, in words, by id.
        lacking: measures that it has no row for.
    """

    expected: Expected
    department: str
    columns: Mapping[str, int]
    changed: dict[str, list[str]] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    _is_refused: bool = False

    def take_difference(self, id_: str, title: str) -> None:
        """Note that a locked cell says what was."""
        titles = self.changed.setdefault(id_, [])
        if title not in titles:
            titles.append(title)

    def is_ended(self, record: Record) -> bool:
        """Whether a row of 実績 is of a measure that was ended; what it says is noted."""
        id_ = _id_of(record)
        if not _is_ended(id_, self.expected):
            return False
        self.unused[id_] = next(
            filter(None, map(record.shown, self.expected.values.input_titles)), ""
        )
        return True

    def is_ended_plan(self, record: Record) -> bool:
        """Whether a row of 計画コメント is of a plan that was ended; likewise."""
        id_ = _id_of(record)
        if not ending_of_plan(self.expected.history, id_, self.expected.fiscal_year):
            return False
        self.unused[id_] = next(
            filter(None, map(record.shown, self.expected.comments.input_titles)), ""
        )
        return True

    def doubt(self, record: Record, file: str, *, is_sound: bool) -> Problem | None:
        """A question, where an answer may have been meant for what the measure was before.

        Args:
            record: a row of a measure of the department.
            file: the sheet's.
            is_sound: whether the answer could be read as one of today's.
        """
        measure = self.expected.history.find(_id_of(record), self.expected.fiscal_year)
        content = record.content(VALUE)
        if measure is None or content is None:
            return None
        unit, before = question_on(measure, None).unit, self._unit_before(record, measure)
        if before is None or (is_sound and not _is_bare(record, measure)):
            return None
        self._is_refused = True
        return Problem(
            file,
            record.place(VALUE),
            f"改定の前に配ったブックの{quoted(record.shown(VALUE))}です。単位は、配ったときは"
            f"{_unit_word(before)}、いまの計画では{_unit_word(unit)}なので、どちらの値か"
            "決まりません。使いません。",
            f"{self.department}に、いまの計画の値を確かめてください（{_HAND_OUT}）。",
            about=about(measure.name, measure.id, self.department),
            measure_id=measure.id,
            department=self.department,
            is_ours=True,
        )

    def _unit_before(self, record: Record, measure: Measure) -> str | None:
        """The unit that was asked for when the sheet was handed out; ``None`` for today's."""
        now = question_on(measure, None)
        former = [question_on(each, None) for each in self.expected.history.forms(measure.id)]
        if shown := _locked(record, UNIT, self.columns):
            return None if says_same_unit(shown, now.unit) else shown
        others = [each for each in former if (each.kind, each.unit) != (now.kind, now.unit)]
        return others[0].unit if others else None

    # --- telling -----------------------------------------------------------------

    def notice(self, file: str) -> Problem | None:
        """The one notice for the file; ``None`` where nothing of it matters."""
        parts = [*self._changed(), *self._unused(), *self._lacking()]
        if not parts and not self._is_refused:
            return None
        what = "".join((self._cause(), *parts))
        is_to_hand_out = self.lacking or self._is_refused
        remedy = (
            f"{_HAND_OUT}。" if is_to_hand_out else "配り直す必要はありません。"
        ) + "課の誤りではありません。"
        return Problem(
            file,
            "",
            what,
            remedy,
            Severity.WARNING,
            department=self.department,
            is_ours=True,
        )

    def _cause(self) -> str:
        ids = {*self.changed, *self.unused, *self.lacking}
        titles = dict.fromkeys(
            each.revision.title
            for each in self.expected.history.changes_by(self.expected.fiscal_year)
            if ids & set(_touched(each.change))
        )
        if titles:
            return f"改定の前に配ったブックです（{'、'.join(map(shortened, titles))}）。"
        return "改定の前に配ったブックです（配った後に、計画が変わっています）。"

    def _changed(self) -> Iterator[str]:
        if self.changed:
            listed = (f"{id_} の{'・'.join(titles)}" for id_, titles in self.changed.items())
            yield f"変わったところ：{_listed(listed)}。いまの計画のとおりに読みました。"

    def _unused(self) -> Iterator[str]:
        if self.unused:
            listed = (
                f"{id_}（{quoted(said)}は使いません）" if said else id_
                for id_, said in self.unused.items()
            )
            yield f"計画からなくなったもの：{_listed(listed)}。"

    def _lacking(self) -> Iterator[str]:
        if self.lacking:
            yield f"記入用のブックに欄のない指標：{_listed(self.lacking)}。"


_HAND_OUT = "記入用のブックを作り直し、配り直して、足りない回答を書いてもらってください"


def _touched(change: object) -> Iterator[str]:
    """The ids that a change names, those that it brings included."""
    yield getattr(change, "id", "")
    if indicator := getattr(change, "indicator", None):
        yield indicator.id
    yield from (part.id for part in getattr(change, "parts", ()))


def _listed(words: Iterable[str]) -> str:
    each = list(words)
    more = f"、ほか{len(each) - _MOST_LISTED}件" if len(each) > _MOST_LISTED else ""
    return "、".join(each[:_MOST_LISTED]) + more


def _unit_word(unit: str) -> str:
    return quoted(unit) if unit else "言葉で書くもの"


def _is_bare(record: Record, measure: Measure) -> bool:
    """Whether an answer is a number without a unit of its own."""
    content = record.content(VALUE)
    if isinstance(content, Number):
        return not content.has_words and not content.is_percentage
    if not isinstance(content, str):
        return False
    quantities = parse_value(content, units=units_around(measure)).quantities
    return bool(quantities) and not quantities[0].unit
