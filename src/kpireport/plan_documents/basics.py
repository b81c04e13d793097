"""What a document says once: its names, its years, the words of its tables' headers.

Comes in: what was built, the tables with their columns. Goes out: the plan's file without its
goals, and what of it is to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kpireport.plan_books.parts import objects
from kpireport.plan_books.rows import Object, item_at, put
from kpireport.plan_documents.built import Built
from kpireport.plan_documents.captions import Assigned, heading_lines, words_in
from kpireport.plan_documents.front import front_of
from kpireport.plan_documents.joining import one_line
from kpireport.plan_documents.stretches import Stretch
from kpireport.plan_documents.times import years_in
from kpireport.plan_documents.vocabulary import Role, role_of_whole

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


def basics_of(
    built: Built, tables: Sequence[tuple[Stretch, tuple[Assigned, ...]]]
) -> tuple[Object, tuple[str, ...]]:
    """What the document says once, and what is to be looked at."""
    front = front_of(built.front)
    texts = {each.text for each in front.taken}
    built.left[:] = [each for each in built.left if each.text not in texts]
    for each in built.outline.headings:
        said = "　".join(filter(None, (each.heading.label, each.heading.title)))
        if any(one_line(text) in (said, each.heading.title) for text in texts):
            each.is_used = True
    basics = dict(front.basics)
    labels: Object = {}
    doubts: list[str] = []
    _take_years(basics, built, tables, doubts)
    _take_labels(labels, built, tables, doubts)
    basics["labels"] = labels
    _take_levels(basics, built)
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
    tables: Sequence[tuple[Stretch, tuple[Assigned, ...]]],
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
    note = years_in(built.band_labels.get("targets_note", ""))
    if len(note) == 1 and item_at(basics, ("years", "target")) != note[0]:
        put(basics, ("years", "numeric_target"), note[0])


# --- labels --------------------------------------------------------------------------------


def _take_labels(
    labels: Object,
    built: Built,
    tables: Sequence[tuple[Stretch, tuple[Assigned, ...]]],
    doubts: list[str],
) -> None:
    words = {kind: Counter(said) for kind, said in built.outline.words.items()}
    if label := built.band_labels.get("goal") or _most(words["goal"]):
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
    first = _main_table(tables)
    if first is not None:
        _take_headers(labels, first)
    if "plan" not in labels and (word := _most(words["plan"])):
        labels["plan"] = word
    for key, usual in _USUAL.items():
        if key not in labels:
            labels[key] = usual
            doubts.append(f"「見出し：{_WORDS[key]}」が文書にないので、「{usual}」としました。")


def _most(words: Counter[str]) -> str:
    return words.most_common(1)[0][0] if words else ""


def _main_table(
    tables: Sequence[tuple[Stretch, tuple[Assigned, ...]]],
) -> tuple[Assigned, ...] | None:
    """The columns of the table that has most of the indicators."""
    rows: Counter[tuple[Assigned, ...]] = Counter()
    for stretch, columns in tables:
        roles = {each.role for each in columns}
        if {Role.INDICATOR, Role.TARGET} <= roles:
            rows[columns] += len(stretch.lines) * (2 if Role.PLAN in roles else 1)
    return rows.most_common(1)[0][0] if rows else None


def _take_headers(labels: Object, columns: tuple[Assigned, ...]) -> None:
    for column in columns:
        texts = column.caption.texts
        if not texts:
            continue
        if column.role is Role.PLAN:
            labels["plan"] = heading_lines(texts[-1])[0]
        elif column.role is Role.INDICATOR:
            labels["indicator"] = heading_lines(texts[-1])[0]
            labels["indicators"] = one_line(texts[0])
        elif column.role in (Role.BASELINE, Role.TARGET, Role.PAST):
            key = {Role.BASELINE: "baseline", Role.TARGET: "target", Role.PAST: "past"}[column.role]
            _take_figures(labels, key, column)


def _take_figures(labels: Object, key: str, column: Assigned) -> None:
    texts = [
        each for each in column.caption.texts[::-1] if role_of_whole(words_in(each)) is column.role
    ]
    word, note = heading_lines(texts[0] if texts else column.caption.texts[0])
    below = column.caption.texts[-1]
    if texts and below is not texts[0]:
        note = note or one_line(below)
    if key == "past" and not word:
        return
    labels[key] = word
    if note:
        labels[f"{key}_note"] = note


# --- levels --------------------------------------------------------------------------------


def _take_levels(basics: Object, built: Built) -> None:
    """The levels, where there are more than goals and plans."""
    depth = max((_depth(each) for each in built.outline.goals), default=0)
    if not depth:
        return
    word = _most(Counter(built.outline.words["section"])) or "基本施策"
    sections: list[Object] = [
        {
            "key": "section" if number == 0 else f"section{number + 1}",
            "name": word if depth == 1 else f"{word}（{number + 1}）" if number else word,
            "show": "heading",
        }
        for number in range(depth)
    ]
    basics["levels"] = [
        {"key": "goal", "show": "chapter"},
        *sections,
        {"key": "plan", "show": "column"},
    ]


def _depth(node: Object) -> int:
    return max((1 + _depth(each) for each in objects(node.get("sections"))), default=0)
