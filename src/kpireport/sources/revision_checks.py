"""Whether the revisions of a catalogue fit the plan, and each other.

Comes in: the readable parts of the file. Goes out: problems in the log, each at its
place in ``revisions``. The changes are followed one after the other, so that each is
held against the plan as it is then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kpireport.domain.units import same_unit
from kpireport.domain.years import Period, format_date
from kpireport.findings import Findings
from kpireport.messages import quoted, western_year
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_parts import ChangePart, Part, PartKind, Parts, RevisionPart
from kpireport.sources.measure_checks import Frame, check_cells, check_measure
from kpireport.sources.measure_entries import (
    BaselineEntry,
    IndicatorEntry,
    TargetEntry,
    counted_in,
    unit_of,
)
from kpireport.sources.plan_standings import Standing
from kpireport.sources.repeated import refuse_twice
from kpireport.sources.revised_texts import (
    check_changed_texts,
    check_changed_years,
    with_texts,
    with_years,
)
from kpireport.sources.revision_entries import (
    AdditionEntry,
    BaselineChangeEntry,
    CategoryChangeEntry,
    ChangeEntry,
    DepartmentChangeEntry,
    DetailChangeEntry,
    EndingEntry,
    MoveEntry,
    RenamingEntry,
    RevisionHead,
    SplitEntry,
    TargetChangeEntry,
    YearlyTargetChangeEntry,
)
from kpireport.sources.yearly_target_checks import check_yearly_targets

Cell: TypeAlias = BaselineEntry | TargetEntry

_MEASURED = (PartKind.INDICATOR, PartKind.NUMERIC_TARGET)
_NAMED = (*_MEASURED, PartKind.GROUP, PartKind.PLAN, PartKind.SECTION)
_MOVED = (PartKind.INDICATOR, PartKind.GROUP)


def revised_cells(revisions: Iterable[RevisionPart]) -> Iterator[Cell]:
    """Yield the baselines and targets that revisions bring."""
    for change in (change for revision in revisions for change in revision.changes):
        match change.entry:
            case TargetChangeEntry(target=cell) | BaselineChangeEntry(baseline=cell):
                yield cell
            case AdditionEntry(indicator=entry):
                yield from (entry.baseline, entry.target)
            case SplitEntry(into=entries):
                for entry in entries:
                    yield from (entry.baseline, entry.target)
            case _:
                pass


def check_revisions(parts: Parts, units: frozenset[str], log: Findings) -> None:
    """Log every change that names what is not there, or that leaves what does not fit."""
    _check_heads(parts, log)
    standing = Standing(parts.decided, parts.revisions)
    for revision in parts.revisions:
        checks = _Checks(parts, revision.head, units, standing, log)
        seen: set[tuple[type[ChangeEntry], str]] = set()
        for change in revision.changes:
            if change.entry is None:
                standing.used |= change.ids  # what it brings is not known, but meant
                continue
            _check_once(change, seen, log)
            checks.check(change.place, change.entry)


def _check_once(
    change: ChangePart, seen: set[tuple[type[ChangeEntry], str]], log: Findings
) -> None:
    id_ = getattr(change.entry, "id", None)
    if id_ is None or change.entry is None:
        return
    key = type(change.entry), id_
    if key in seen:
        log.add(
            f"{change.place}.id",
            f"{quoted(id_)}の同じ種類の変更が、同じ改定に2つあります。",
            "後のほうだけが残ります。1つにまとめてください。",
        )
    seen.add(key)


# --- what stands above the changes -----------------------------------------------


def _check_heads(parts: Parts, log: Findings) -> None:
    before: RevisionHead | None = None
    heads = [(each.place, each.head) for each in parts.revisions if each.head]
    ids = ((f"{place}.id", head.id) for place, head in heads)
    refuse_twice(ids, "記号", "改定ごとに違う記号を付けてください。", log)
    for place, head in heads:
        _check_days(place, head, parts, log)
        if before is not None:
            _check_order(place, head, before, log)
        before = head


def _check_order(place: str, head: RevisionHead, before: RevisionHead, log: Findings) -> None:
    if head.from_ < before.from_ or head.decided < before.decided:
        is_year = head.from_ < before.from_
        log.add(
            f"{place}.{'from' if is_year else 'decided'}",
            f"{quoted(head.title)}の{'適用年度' if is_year else '決定日'}が、"
            f"その前の{quoted(before.title)}より前です。",
            "改定を古い順に並べるか、日付か年度の誤りを直してください。",
        )


def _check_days(place: str, head: RevisionHead, parts: Parts, log: Findings) -> None:
    """Check that a revision is in force within the plan's years, and decided about then."""
    if parts.years is not None:
        first, last = parts.years.baseline + 1, _last_year(parts)
        if not first <= head.from_ <= last:
            log.add(
                f"{place}.from",
                f"適用年度の{western_year(head.from_)}は、計画の年度ではありません。",
                f"{western_year(first)}から{western_year(last)}までの西暦を書いてください。",
            )
    are_calendar = parts.years is not None and parts.years.are_calendar
    if Period.on(head.decided).year(is_calendar=are_calendar).year > head.from_ + 1:
        log.add(
            f"{place}.decided",
            f"決定日の{format_date(head.decided)}が、適用年度の{western_year(head.from_)}の"
            "報告より後です。",
            "決定日か適用年度の誤りを直してください。",
        )


def _last_year(parts: Parts) -> int:
    """The last year that anything is due in, of the decided plan and of its revisions."""
    years = parts.years
    cells = [part.entry.target for part in parts.decided if part.entry]
    cells += [cell for cell in revised_cells(parts.revisions) if isinstance(cell, TargetEntry)]
    due = (years.target, years.numeric_targets_due) if years else ()
    return max(*due, *(cell.deadline or 0 for cell in cells), 0)


# --- the changes -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Checks:
    """The checks of one revision's changes; ``head`` is ``None`` where it is faulty."""

    parts: Parts
    head: RevisionHead | None
    units: frozenset[str]
    standing: Standing
    log: Findings

    def check(self, place: str, change: ChangeEntry) -> None:  # noqa: C901 a flat list
        """Check a change, and follow it."""
        match change:
            case TargetChangeEntry():
                self._target(place, change)
            case YearlyTargetChangeEntry():
                self._yearly_targets(place, change)
            case DetailChangeEntry():
                self._details(place, change)
            case BaselineChangeEntry():
                self._baseline(place, change)
            case CategoryChangeEntry():
                self._category(place, change)
            case EndingEntry(id=id_):
                if self.standing.find(id_, _NAMED, f"{place}.id", self.log):
                    self.standing.end(id_, self._title)
            case AdditionEntry():
                self._addition(place, change)
            case RenamingEntry():
                self._renaming(place, change)
            case SplitEntry():
                self._split(place, change)
            case MoveEntry():
                self._move(place, change)
            case DepartmentChangeEntry():
                self._departments(place, change)

    @property
    def _title(self) -> str:
        return self.head.title if self.head else "改定"

    def _frame(self, kind: PartKind, *, is_new: bool = False) -> Frame:
        """What the plan says for all rows; a new row counts from the year before it is."""
        years = self.parts.years
        first = years.baseline if years else None
        if is_new:
            first = self.head.from_ - 1 if self.head else None
        last = None
        if years:
            last = years.numeric_targets_due if kind is PartKind.NUMERIC_TARGET else years.target
        are_calendar = years is not None and years.are_calendar
        return Frame(first, last, self.units, are_calendar)

    def _is_same(self, place: str, old: object, new: object, name: str) -> bool:
        if old == new:
            self.log.add(
                place,
                f"{name}が、いまのものと同じです。",
                "改めた後のものを書くか、この変更を消してください。",
            )
        return old == new

    # --- of one row

    def _target(self, place: str, change: TargetChangeEntry) -> None:
        place, part = f"{place}.target", self._measured(place, change.id)
        if part is None or part.entry is None:
            return
        old = part.entry.target
        if not self._is_same(place, old, change.target, "目標値") and self._has_old_unit(
            place, *(counted_in(each, unit_of(part.entry)) for each in (old, change.target))
        ):
            self._check_due(place, change.target)
            entry = part.entry.model_copy(update={"target": change.target})
            check_cells((place, place), entry, self._frame(part.kind), self.log)
        self.standing.revise(part, target=change.target)

    def _baseline(self, place: str, change: BaselineChangeEntry) -> None:
        place, part = f"{place}.baseline", self._measured(place, change.id)
        if part is None or part.entry is None:
            return
        old = part.entry.baseline
        if not self._is_same(place, old, change.baseline, "現状値"):
            self._check_own_baseline(place, change.baseline)
            entry = part.entry.model_copy(update={"baseline": change.baseline})
            check_cells((place, place), entry, self._frame(part.kind), self.log)
        self.standing.revise(part, baseline=change.baseline)

    def _yearly_targets(self, place: str, change: YearlyTargetChangeEntry) -> None:
        part = self._measured(place, change.id)
        if part is None or part.entry is None:
            return
        check_changed_years(f"{place}.yearly_targets", part.entry, change, self.head, self.log)
        entry = part.entry.model_copy(update={"yearly_targets": change.yearly_targets})
        frame = self._frame(part.kind)
        check_yearly_targets(f"{place}.yearly_targets", entry, frame, self.log)
        self.standing.revise(part, yearly_targets=with_years(part.entry, change))

    def _details(self, place: str, change: DetailChangeEntry) -> None:
        part = self.standing.find(change.id, (PartKind.INDICATOR,), f"{place}.id", self.log)
        if part is None or not isinstance(part.entry, IndicatorEntry):
            return
        check_changed_texts(f"{place}.texts", part.entry, change, self.log)
        self.standing.revise(part, **with_texts(part.entry, change))

    def _renaming(self, place: str, change: RenamingEntry) -> None:
        part = self.standing.find(change.id, _NAMED, f"{place}.id", self.log)
        if part is None or part.entry is None:
            return
        self._is_same(f"{place}.name", part.entry.name, change.name, "名称")
        self.standing.revise(part, name=change.name)

    def _category(self, place: str, change: CategoryChangeEntry) -> None:
        part = self._measured(place, change.id)
        if part is None or part.entry is None:
            return
        self._is_same(f"{place}.category", part.entry.category, change.category, "区分")
        self.standing.revise(part, category=change.category)

    def _departments(self, place: str, change: DepartmentChangeEntry) -> None:
        part = self._measured(place, change.id)
        if part is None or part.entry is None:
            return
        old, new = part.entry.departments, change.departments
        self._is_same(f"{place}.departments", old, new, "所管課")
        self.standing.revise(part, departments=new)

    def _measured(self, place: str, id_: str) -> Part | None:
        return self.standing.find(id_, _MEASURED, f"{place}.id", self.log)

    def _has_old_unit(self, place: str, old: TargetEntry, new: TargetEntry) -> bool:
        """Refuse a target that counts something else: that is another indicator."""
        both = zip(old.quantities[:1], new.quantities[:1], strict=False)
        if all(same_unit(before.unit, after.unit) for before, after in both):
            return True
        self.log.add(
            f"{place}.quantities[0]",
            f"単位が、変更の前の{quoted(old.text)}と違います（{quoted(new.text)}）。",
            "数えるものが変わるなら、指標を終了（end）にして、新しい指標を追加（add）してください。",
        )
        return False

    def _check_due(self, place: str, target: TargetEntry) -> None:
        if self.head and target.deadline is not None and target.deadline < self.head.from_:
            self.log.add(
                f"{place}.deadline",
                f"期限の{western_year(target.deadline)}が、適用年度の"
                f"{western_year(self.head.from_)}より前です。",
                "期限か適用年度の誤りを直してください。",
            )

    def _check_own_baseline(self, place: str, baseline: BaselineEntry) -> None:
        if baseline.shared_with is not None:
            self.log.add(
                f"{place}.shared_with",
                "改定では、現状値の欄を上の行とつなげられません。",
                "この項目を消し、現状値をそのまま書いてください。",
            )
        if self.head and baseline.year is not None and baseline.year >= self.head.from_:
            self.log.add(
                f"{place}.year",
                f"現状値の{western_year(baseline.year)}が、適用年度の"
                f"{western_year(self.head.from_)}より前ではありません。",
                "現状値を測った年度を、西暦で書いてください。",
            )

    # --- of places

    def _addition(self, place: str, change: AdditionEntry) -> None:
        parent = self._parent(place, change.plan, change.after)
        self._new(f"{place}.indicator", change.indicator, parent)

    def _split(self, place: str, change: SplitEntry) -> None:
        kinds = (PartKind.INDICATOR,)
        whole = self.standing.find(change.id, kinds, f"{place}.id", self.log)
        for index, entry in enumerate(change.into):
            self._new(f"{place}.into[{index}]", entry, whole.parent if whole else None)
        if change.continues is not None:
            self._check_continued(f"{place}.continues", change, whole)
        if whole is not None:
            self.standing.end(whole.id, self._title)

    def _check_continued(self, place: str, change: SplitEntry, whole: Part | None) -> None:
        part = next((each for each in change.into if each.id == change.continues), None)
        if part is None:
            ids = "、".join(quoted(each.id) for each in change.into)
            self.log.add(
                place,
                f"分けた指標に、記号が{quoted(change.continues or '')}のものはありません。",
                f"{ids}のどれかを書くか、この項目を消してください。",
            )
        elif whole is not None and whole.entry is not None:
            self._has_old_unit(place, whole.entry.target, part.target)

    def _move(self, place: str, change: MoveEntry) -> None:
        part = self.standing.find(change.id, _MOVED, f"{place}.id", self.log)
        parent = self._parent(place, change.plan, change.after)
        if part is None or parent is None:
            return
        above = self.standing.parts[parent]
        if change.after == part.id or (
            part.kind is PartKind.GROUP and above.kind is PartKind.GROUP
        ):
            self.log.add(
                f"{place}.after",
                f"{quoted(part.id)}は、{quoted(change.after or '')}の下に置けません。",
                "まとまりの外の、ほかの行の記号を書いてください。",
            )
            return
        self.standing.put(Part(part.id, part.kind, parent, part.entry))

    def _parent(self, place: str, plan: str, after: str | None) -> str | None:
        """What a row comes to stand in: the plan or a group of it; ``None`` where unknown."""
        found = self.standing.find(plan, (PartKind.PLAN,), f"{place}.plan", self.log)
        if after is None or after == plan:
            return found.id if found else None
        above = self.standing.find(after, _MOVED, f"{place}.after", self.log)
        if found is None or above is None or above.parent is None:
            return None
        if self.standing.plan_of(above.id) != plan:
            self.log.add(
                f"{place}.after",
                f"{quoted(after)}は、戦略計画{quoted(plan)}の行ではありません。",
                f"{quoted(plan)}の行の記号を書くか、この項目を消してください（最後に置きます）。",
            )
            return None
        return above.parent

    def _new(self, place: str, entry: IndicatorEntry, parent: str | None) -> None:
        if entry.id in self.standing.used:
            self.log.add(
                f"{place}.id",
                f"記号{quoted(entry.id)}は、もう使われています。",
                "どこにも使ったことのない記号を付けてください。終わった指標の記号も使えません。",
            )
            return
        self._check_own_baseline(f"{place}.baseline", entry.baseline)
        self._check_due(f"{place}.target", entry.target)
        check_measure(place, entry, self._frame(PartKind.INDICATOR, is_new=True), self.log)
        self.standing.put(Part(entry.id, PartKind.INDICATOR, parent, entry))
