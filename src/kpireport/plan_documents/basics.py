"""What a document says once: its names, its years, the words of its tables' headers.

Comes in: what was built, the tables with their columns. Goes out: the plan's file without its
goals, and what of it is to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kpireport.domain.names import without_name
from kpireport.plan_books.parts import objects
from kpireport.plan_books.rows import Object, item_at, put
from kpireport.plan_documents.built import Built, TableColumns
from kpireport.plan_documents.captions import Assigned, headline, without_unit, words_in
from kpireport.plan_documents.front import front_of
from kpireport.plan_documents.joining import one_line
from kpireport.plan_documents.places import Places
from kpireport.plan_documents.table_notes import take_notes
from kpireport.plan_documents.times import years_in
from kpireport.plan_documents.vocabulary import Role

_USUAL = {
    "goal": "基本目標",
    "plan": "施策",
    "indicators": "成果指標",
    "indicator": "指標",
    "baseline": "現状値",
    "target": "目標値",
}
_WORDS = {
    "goal": "基本目標",
    "plan": "戦略計画",
    "indicators": "指標の全体",
    "indicator": "指標",
    "baseline": "現状値",
    "target": "目標値",
}


def basics_of(built: Built, places: Places) -> tuple[Object, tuple[str, ...]]:
    """What the document says once, and what is to be looked at.

    Args:
        built: what became of it.
        places: where its texts stand.
    """
    front = front_of(built.front)
    notes = take_notes(front.basics, built.outline.goals, built.table_notes)
    taken = {places.of(each) for each in (*front.taken, *notes.taken)}
    built.left[:] = [each for each in built.left if each.place not in taken]
    for each in built.outline.headings:
        each.is_used = each.is_used or each.place in taken
    basics = dict(front.basics)
    labels: Object = {}
    doubts = notes.doubts
    tables = built.tables or built.goal_tables
    _take_years(basics, built, tables, doubts)
    _take_labels(labels, built, tables, doubts)
    basics["labels"] = labels
    for path, word in (
        (("municipality",), "自治体名"),
        (("cover", "title"), "表紙の題名"),
        (("cover", "issued"), "表紙の日付"),
        (("cover", "issuer"), "表紙の発行者"),
    ):
        if not item_at(basics, path):
            doubts.append(f"「{word}」が見つかりません。書いてください。")
    return basics, tuple(doubts)


# --- years ---------------------------------------------------------------------------------


def _take_years(
    basics: Object,
    built: Built,
    tables: Sequence[TableColumns],
    doubts: list[str],
) -> None:
    for key, role, word in (
        ("baseline", Role.BASELINE, "現状値の年度"),
        ("target", Role.TARGET, "目標値の年度"),
    ):
        years = Counter(
            each.year
            for stretch, columns in tables
            for each in columns
            if each.role is role and each.year is not None
            for _ in range(max(1, len(stretch.lines)))
        )
        if not years:
            doubts.append(f"「{word}」が見出しから読めません。書いてください。")
            continue
        put(basics, ("years", key), years.most_common(1)[0][0])
        if len(years) > 1:
            listed = "、".join(map(str, sorted(years)))
            doubts.append(f"「{word}」が表によって違います（{listed}）。確かめてください。")
    of_goals = years_in(built.band_labels.get("targets_note", "")) or tuple(
        {
            each.year
            for _, columns in built.goal_tables
            for each in columns
            if each.role is Role.TARGET and each.year is not None
        }
    )
    if len(of_goals) == 1 and item_at(basics, ("years", "target")) != of_goals[0]:
        put(basics, ("years", "numeric_target"), of_goals[0])


# --- labels --------------------------------------------------------------------------------


def _take_labels(
    labels: Object,
    built: Built,
    tables: Sequence[TableColumns],
    doubts: list[str],
) -> None:
    if label := built.band_labels.get("goal") or built.outline.word("goal"):
        labels["goal"] = one_line(label)
    for kind, item in (
        ("targets", "numeric_targets"),
        ("targets_note", "numeric_targets_note"),
        ("directions", "directions"),
    ):
        if said := built.band_labels.get(kind):
            labels[item] = said
    goals = built.outline.goals
    if any(objects(each.get("numeric_targets")) for each in goals):
        labels.setdefault("numeric_targets", "数値目標")
    if any(each.get("directions") for each in goals):
        labels.setdefault("directions", "基本的方向")
    first = main_columns(tables)
    if first is not None:
        _take_headers(labels, first, is_unit_said=say_one_unit(tables))
    if "plan" not in labels and (word := built.outline.word("plan")):
        labels["plan"] = word
    for key, usual in _USUAL.items():
        if key not in labels:
            labels[key] = usual
            doubts.append(f"「見出し：{_WORDS[key]}」が文書にないので、「{usual}」としました。")


def main_columns(tables: Sequence[TableColumns]) -> tuple[Assigned, ...] | None:
    """The columns of the table that has most of the indicators."""
    rows: Counter[tuple[Assigned, ...]] = Counter()
    for stretch, columns in tables:
        roles = {each.role for each in columns}
        weight = 1 + (Role.PLAN in roles) + 2 * (Role.TARGET in roles)
        rows[columns] += len(stretch.lines) * weight
    return rows.most_common(1)[0][0] if rows else None


_KEYS = {
    Role.PLAN: "plan",
    Role.INDICATOR: "indicator",
    Role.BASELINE: "baseline",
    Role.TARGET: "target",
    Role.PAST: "past",
}
"""The labels that are columns' words."""


def say_one_unit(tables: Sequence[TableColumns]) -> bool:
    """Whether the headers of all tables say the same units: nothing else need say them."""
    said = {tuple((each.role, each.unit) for each in columns if each.unit) for _, columns in tables}
    return len(said) == 1 and said != {()}


def _take_headers(labels: Object, columns: tuple[Assigned, ...], *, is_unit_said: bool) -> None:
    for column in columns:
        key, line = _KEYS.get(column.role), headline(column)
        if key is None or not words_in(line.word):
            continue  # a year alone is no word for the text
        labels[key] = line.word if is_unit_said else without_unit(line.word)
        if column.role is Role.INDICATOR:
            labels["indicators"] = line.above or without_name(line.word)
        elif line.note and column.role is not Role.PLAN:
            labels[f"{key}_note"] = line.note
