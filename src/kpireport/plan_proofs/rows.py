"""The rows of a plan that two people read against its original, in the document's order.

Comes in: the plan's file. Goes out: a row for each thing that it says: names and years, each
goal, plan, numeric target and indicator, each paragraph.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from kpireport.domain.catalogue import Catalogue, Goal, IndicatorGroup, Measure, Plan
from kpireport.domain.names import in_one_line as on_one_line
from kpireport.domain.places import named_levels
from kpireport.domain.revisions import Addition, Split
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanSheet
from kpireport.plan_books.flattening import FlatSheet, flatten
from kpireport.plan_books.names import Names
from kpireport.plan_books.parts import (
    BELOW,
    brought,
    changes,
    full_name,
    id_of,
    name_of,
    objects,
    parts,
)
from kpireport.plan_books.rows import BookRow, Object
from kpireport.plan_books.wording import in_words_of_the_book
from kpireport.plan_proofs.meanings import Meanings
from kpireport.quickly import dataclass
from kpireport.sources.catalogue import catalogue_of
from kpireport.sources.catalogue_file import CatalogueFile
from kpireport.sources.catalogue_text import canonical, in_one_line
from kpireport.sources.json_file import Json

_SHAPE = (of.LEVELS, of.CATEGORIES, of.LAYOUT, of.EVALUATORS, of.COMMENTS, of.ANSWERS)
_REVISED, _OTHERS = "改定", "表の形と尋ねること"
_SHOWN_APART = {
    *(of.ID, of.GOAL, of.PLAN, of.GROUP, of.DOUBT, of.ORIGIN, of.BEFORE),
    *(of.NAME, of.BASELINE, of.TARGET),
}
_IN_THE_SENTENCE = {
    *(of.KIND, of.CUMULATIVE, "期限", "現状値の数量", "目標値の数量", "現状値の時点"),
    *("現状値の年度", "上の行と共通", "最初の実績が起点", "増減の数", "増減の単位"),
}
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class ProofRow:
    """Something that a plan says.

    Attributes:
        part: of the document: the heading that it stands under.
        kind: what it is: the name of its sheet in the plan's workbook.
        id: its id; of what has none its title, or its number among its like.
        within: the plan that it stands in.
        name: what it is called, or the text that it is.
        baseline: as printed.
        target: as printed.
        meaning: what it means, in sentences.
        texts: all that it says, to be looked for in the original.
        digest: of what it says; the same in every version of ours.
        own_name: what it is called without its number; empty for what has no id.
        shares_baseline: its baseline is printed in the cell of the row above.
    """

    part: str
    kind: str
    id: str
    within: str = ""
    name: str = ""
    baseline: str = ""
    target: str = ""
    meaning: str = ""
    texts: tuple[str, ...] = ()
    digest: str = ""
    own_name: str = ""
    shares_baseline: bool = False

    @property
    def has_own_id(self) -> bool:
        """Whether it is known by an id of the plan's file, whatever it says."""
        return self.kind in _WITH_IDS


_WITH_IDS = {
    each.name
    for each in (of.GOALS, of.SECTIONS, of.PLANS, of.GROUPS, of.TARGETS, of.INDICATORS, of.BROUGHT)
}


def proof_rows(file: CatalogueFile) -> tuple[ProofRow, ...]:
    """The rows of a plan's file.

    Args:
        file: one that was found to fit together.
    """
    return tuple(_Rows(canonical(file), catalogue_of(file)))


class _Rows:
    def __init__(self, raw: Object, plan: Catalogue) -> None:
        raw.pop("$schema", None)  # where editors find the rules: nothing of the plan
        self._plan = plan
        self._levels = named_levels(plan)
        self._meanings = Meanings(plan)
        self._sheets = {each.sheet.name: each for each in flatten(raw)}
        self._by_id = {
            name: {row.text(of.ID): row for row in self._sheets[name].rows} for name in _WITH_IDS
        }
        self._entries = dict(_entries(raw))
        self._goal_names = Names(objects(raw.get("goals")))

    def __iter__(self) -> Iterator[ProofRow]:
        yield from self._basics()
        for sheet in (of.INTRODUCTION, of.CALLOUTS):
            yield from self._plain(sheet, sheet.name, self._sheets[sheet.name].rows)
        for goal in self._plan.goals:
            yield from self._goal(goal)
        yield from self._plain(of.REVISIONS, _REVISED, self._sheets[of.REVISIONS.name].rows)
        for each in _brought(self._plan):
            yield self._measure(of.BROUGHT, _REVISED, each, "")
        for sheet in _SHAPE:
            yield from self._plain(sheet, _OTHERS, self._sheets[sheet.name].rows)

    def _basics(self) -> Iterator[ProofRow]:
        for row in self._sheets[of.BASICS.name].rows:
            for title, text in row.texts.items():
                digest = _digest(of.BASICS.name, title, text)
                name = of.BASICS.name
                yield ProofRow(name, name, title, name=text, texts=(text,), digest=digest)

    # --- what has ids ------------------------------------------------------------

    def _goal(self, goal: Goal) -> Iterator[ProofRow]:
        part = self._plan.labels.called(goal.numeral)
        yield self._named(of.GOALS, part, goal.id)
        for target in goal.numeric_targets:
            yield self._measure(of.TARGETS, part, target, "")
        link = self._goal_names.name(self._entries[goal.id][0])
        prose = [
            each for each in self._sheets[of.DIRECTIONS.name].rows if each.text(of.GOAL) == link
        ]
        yield from self._plain(of.DIRECTIONS, part, prose, goal.id)
        told: set[str] = set()
        for plan in goal.plans:
            for section in plan.sections:
                if section.id not in told:
                    told.add(section.id)
                    yield self._named(of.SECTIONS, part, section.id)
            yield from self._plan_rows(plan, part)

    def _plan_rows(self, plan: Plan, part: str) -> Iterator[ProofRow]:
        within = full_name(self._entries[plan.id][0])
        yield self._named(of.PLANS, part, plan.id)
        for row in plan.rows:
            if isinstance(row, IndicatorGroup):
                yield self._named(of.GROUPS, part, row.id, within)
                for each in row.indicators:
                    yield self._measure(of.INDICATORS, part, each, f"{within}　{row.name}")
            else:
                yield self._measure(of.INDICATORS, part, row, within)

    def _named(self, sheet: PlanSheet, part: str, id_: str, within: str = "") -> ProofRow:
        entry, _ = self._entries[id_]
        return ProofRow(
            part,
            sheet.name,
            id_,
            within,
            full_name(entry),
            meaning=_others(self._by_id[sheet.name].get(id_), {of.NUMBER}),
            texts=(full_name(entry), *_texts(_own(entry))),
            digest=self._digest_of(sheet, id_),
            own_name=name_of(entry),
        )

    def _measure(self, sheet: PlanSheet, part: str, measure: Measure, within: str) -> ProofRow:
        entry, _ = self._entries[measure.id]
        others = _others(self._by_id[sheet.name].get(measure.id), _IN_THE_SENTENCE)
        return ProofRow(
            part,
            sheet.name,
            measure.id,
            within,
            measure.name,
            measure.baseline.text,
            measure.target.text,
            "\n".join(filter(None, (self._meanings.of(measure), others))),
            (within, *_texts(_own(entry))),
            self._digest_of(sheet, measure.id, self._plan.years.due(measure).year),
            measure.name,
            measure.baseline.shared_with is not None,
        )

    def _digest_of(self, sheet: PlanSheet, id_: str, *further: Json) -> str:
        entry, above = self._entries[id_]
        return _digest(sheet.name, above, _own(entry), *further)

    # --- what has none -----------------------------------------------------------

    def _plain(
        self, sheet: PlanSheet, part: str, rows: Iterable[BookRow], within: str = ""
    ) -> Iterator[ProofRow]:
        """Yield rows that are known by their number and by what they say."""
        flat: FlatSheet = self._sheets[sheet.name]
        for number, row in enumerate(rows, 1):
            texts = {
                each.title: row.text(each.title)
                for each in flat.columns
                if row.text(each.title) and each.title not in (of.GOAL, of.BEFORE)
            }
            text = texts.get(of.WORDS, "")
            heads = (of.NUMBER, of.PART_NUMBER, of.PART_TITLE)
            label = "　".join(texts.get(each, "") for each in heads)
            shown = "　".join(self._in_words(sheet, *each) for each in texts.items())
            said = "　".join(filter(None, (label.strip("　"), text))) if text else shown
            yield ProofRow(
                part,
                sheet.name,
                f"{within} {number}".strip(),
                name=said,
                texts=tuple(texts.values()),
                digest=_digest(sheet.name, within, dict(texts)),
            )

    def _in_words(self, sheet: PlanSheet, title: str, text: str) -> str:
        """A cell as people read it: a level by what it is called, items by their words."""
        if title == of.REST:
            return in_words_of_the_book("　".join(_items(sheet, text)))
        column = next((each for each in sheet.columns if each.title == title), None)
        if sheet in (of.LEVELS, of.LAYOUT) and column and column.path in (("key",), ("column",)):
            text = on_one_line(self._levels.get(text, "") or text)
        return f"{title}：{text}"


# --- the plan's file ---------------------------------------------------------------


def _entries(raw: Object) -> Iterator[tuple[str, tuple[Object, str]]]:
    """Yield what has an id in the goals, and what revisions bring: it, and what it stands in."""
    for revision, change in changes(raw):
        above = f"{id_of(revision)} {change.get('plan') or id_of(change)}"
        for entry in brought(change):
            yield id_of(entry), (entry, above)
    for part in parts(raw):
        yield part.id, (part.entry, part.place)


def _brought(plan: Catalogue) -> Iterator[Measure]:
    """Yield the indicators that revisions bring."""
    for revision in plan.revisions:
        for change in revision.changes:
            if isinstance(change, Addition):
                yield change.indicator
            elif isinstance(change, Split):
                yield from change.parts


def _own(entry: Object) -> Object:
    return {key: value for key, value in entry.items() if key not in BELOW}


def _texts(value: Json) -> Iterator[str]:
    """Yield the texts of an entry."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)


def _items(sheet: PlanSheet, text: str) -> Iterator[str]:
    """Yield what has no column of its own: ``まとめの見出し：なし``."""
    rest = json.loads(text)
    titles = {each.path[0]: each.title for each in sheet.columns if len(each.path) == 1}
    for key, value in rest.items() if isinstance(rest, dict) else ():
        match value:
            case "" | None | False:
                said = "なし"
            case True:
                said = "はい"
            case str():
                said = value
            case _:
                said = in_one_line(value)
        yield f"{titles.get(key, key)}：{said}"


def _others(row: BookRow | None, told: set[str]) -> str:
    """What a row says beside what is shown of it: each column with its title."""
    texts: Mapping[str, str] = row.texts if row else {}
    apart = _SHOWN_APART | told | {of.ABOVE}
    return _listed({title: text for title, text in texts.items() if title not in apart})


def _listed(texts: Mapping[str, str]) -> str:
    return "　".join(f"{title}：{text}" for title, text in texts.items())


def _digest(*said: Json) -> str:
    """A digest of values: the same as long as they are, in every version of ours."""
    return hashlib.sha256(in_one_line([*said]).encode()).hexdigest()[:_DIGITS]
