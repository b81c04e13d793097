"""Whether the levels of a catalogue (階層) are those that its goals have.

Comes in: the readable parts of the file. Goes out: problems in the log, each at its level,
goal or section.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpireport.domain.catalogue import ColumnName
from kpireport.domain.layouts import LayoutName
from kpireport.domain.levels import GOAL, MOST_SECTIONS, PLAN, Shown
from kpireport.findings import Findings
from kpireport.messages import quoted, which_key
from kpireport.sources.catalogue_parts import Branch, Parts, PlacedLevel
from kpireport.sources.repeated import refuse_twice

_PLANS, _SECTIONS = "plans", "sections"
_TAKEN = {*map(str, LayoutName), *map(str, ColumnName), GOAL}


def check_levels(parts: Parts, log: Findings) -> None:
    """Log every level that no row has, and every goal that lacks one."""
    levels = parts.levels
    if levels is not None:
        _check_ends(levels, log)
        _check_keys(levels, log)
        _check_shown(levels, log)
        _check_pages(levels, log)
        _check_names(levels, log)
    depth = len(levels) - 2 if levels else 0
    deepest = max((each.depth for each in parts.branches), default=0)
    if levels and deepest < depth:
        if parts.branches:
            _refuse_unused(levels[deepest + 1 : -1], log)
        depth = deepest
    _check_branches(parts, depth, log)
    _check_commented(parts, log)


def _check_ends(levels: Sequence[PlacedLevel], log: Findings) -> None:
    for level, key, where in ((levels[0], GOAL, "初め"), (levels[-1], PLAN, "終わり")):
        if level.entry.key != key:
            log.add(
                f"{level.place}.key",
                f"{where}の階層が{quoted(level.entry.key)}です。",
                f"外から順に、初めを{quoted(GOAL)}、終わりを{quoted(PLAN)}にしてください。",
            )
    for level in levels[1 + MOST_SECTIONS : -1]:
        log.add(
            level.place,
            f"{quoted(GOAL)}と{quoted(PLAN)}の間の階層が{MOST_SECTIONS}つより多くあります。",
            f"間の階層は{MOST_SECTIONS}つまでにしてください。",
        )


def _check_keys(levels: Sequence[PlacedLevel], log: Findings) -> None:
    taken = [each for each in levels[1:-1] if each.entry.key in _TAKEN]
    for level in taken:
        what = f"{quoted(level.entry.key)}は、ほかの列の名なので、間の階層には使えません。"
        log.add(f"{level.place}.key", what, "別の名にしてください。")
    named = ((f"{each.place}.key", each.entry.key) for each in levels if each not in taken)
    refuse_twice(named, "名", "階層ごとに違う名を付けてください。", log)


def _check_shown(levels: Sequence[PlacedLevel], log: Findings) -> None:
    for level in levels[1:]:
        if level.entry.show is Shown.CHAPTER:
            log.add(
                f"{level.place}.show",
                f"章（{quoted(Shown.CHAPTER)}）にできるのは、{quoted(GOAL)}だけです。",
                f"{quoted(Shown.HEADING)}（見出しの行）か{quoted(Shown.COLUMN)}（列）を"
                "書いてください。",
            )


def _check_pages(levels: Sequence[PlacedLevel], log: Findings) -> None:
    for number, level in enumerate(levels):
        is_chapter = number == 0 and level.entry.show in (None, Shown.CHAPTER)
        if level.entry.page is not None and not is_chapter:
            log.add(
                f"{level.place}.page",
                f"page（頁を改めるか）を書けるのは、章にする{quoted(GOAL)}だけです。",
                "消してください。",
            )


def _check_names(levels: Sequence[PlacedLevel], log: Findings) -> None:
    for level in levels[1:-1]:
        if not level.entry.name.strip():
            log.add(
                level.place,
                f"階層{quoted(level.entry.key)}の呼び名（name）がありません。",
                "印刷する呼び名を書いてください（例：基本施策）。",
            )


def _refuse_unused(levels: Sequence[PlacedLevel], log: Findings) -> None:
    for level in levels:
        log.add(
            level.place,
            f"階層{quoted(level.entry.key)}のある計画がありません。",
            "基本目標の sections に書くか、この階層を消してください。",
        )


def _check_branches(parts: Parts, depth: int, log: Findings) -> None:
    for branch in parts.branches:
        asked = _SECTIONS if branch.depth < depth else _PLANS
        if _SECTIONS in branch.lists and _PLANS in branch.lists:
            log.add(
                branch.place,
                "sections と plans の両方があります。",
                f"{asked} だけを書いてください。計画は、どれも同じ数の階層の中に書きます。",
            )
        elif asked in branch.lists:
            _check_filled(branch, asked, log)
        elif not branch.lists:
            name = "戦略計画" if asked == _PLANS else "中間の階層"
            what = f"項目{quoted(asked)}（{name}）がありません。"
            log.add(f"{branch.place}.{asked}", what, "書き足してください。")
        elif branch.depth or any(branch.lists.values()):  # a goal may have none of either
            _refuse_depth(parts, branch, log)


def _check_filled(branch: Branch, name: str, log: Findings) -> None:
    if branch.depth and not branch.lists[name]:
        log.add(
            f"{branch.place}.{name}",
            "中に何もありません。",
            "この階層に入る計画を書くか、この階層を消してください。",
        )


def _refuse_depth(parts: Parts, branch: Branch, log: Findings) -> None:
    if _PLANS in branch.lists:
        log.add(
            f"{branch.place}.{_PLANS}",
            "ほかの計画にある階層が、ここの計画にありません。",
            "どの計画も levels の階層の全てに入るように、sections の中に書いてください。",
        )
    elif parts.levels is None:
        log.add(
            f"{branch.place}.{_SECTIONS}",
            "この階層が levels にありません。",
            "levels に、外から順に全ての階層を書いてください"
            f"（{quoted(GOAL)}、間の階層、{quoted(PLAN)}）。",
        )
    else:
        log.add(
            f"{branch.place}.{_SECTIONS}",
            "階層が levels より多くあります。",
            "levels に階層を書き足すか、plans をここに書いてください。",
        )


def _check_commented(parts: Parts, log: Findings) -> None:
    usual = {GOAL: parts.labels.goal, PLAN: parts.labels.plan} if parts.labels else {}
    names = {GOAL: usual.get(GOAL, ""), PLAN: usual.get(PLAN, "")}
    if parts.levels:
        names = {
            each.entry.key: each.entry.name or usual.get(each.entry.key, "")
            for each in parts.levels
        }
    if parts.comments_of is not None and parts.comments_of not in names:
        log.add(
            "comments_of",
            f"{quoted(parts.comments_of)}という階層はありません。",
            which_key(parts.comments_of, names),
        )
