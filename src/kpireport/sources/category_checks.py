"""Whether the classes of indicators (区分) are told apart, and every row's is one of them.

Comes in: the readable parts of the file. Goes out: problems in the log, each at its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kpireport.domain.layouts import LayoutName
from kpireport.findings import Findings
from kpireport.messages import quoted, which_key
from kpireport.sources.catalogue_parts import Parts
from kpireport.sources.repeated import refuse_twice
from kpireport.sources.revision_entries import AdditionEntry, CategoryChangeEntry, SplitEntry


def check_categories(parts: Parts, log: Findings) -> None:
    """Log classes that are named twice, rows of a class that there is not, a column of none."""
    remedy = "区分ごとに違うものにしてください。"
    keys = ((f"{each.place}.key", each.entry.key) for each in parts.categories)
    labels = ((f"{each.place}.label", each.entry.label) for each in parts.categories)
    refuse_twice(keys, "名", remedy, log)
    refuse_twice(labels, "呼び名", remedy, log)
    if parts.has_all_categories:
        _check_rows(parts, log)


def _check_rows(parts: Parts, log: Findings) -> None:
    keys = {each.entry.key: each.entry.label for each in parts.categories}
    for place, category in chain(_of_decided(parts), _of_revisions(parts)):
        if category and category not in keys:
            log.add(
                f"{place}.category",
                f"{quoted(category)}という区分がありません。",
                which_key(category, keys)
                if keys
                else "categories に区分を書くか、category を消してください。",
            )
    for column in chain(*(each.columns for each in parts.layouts if not keys)):
        if column.entry.column == LayoutName.CATEGORY:
            log.add(
                column.place,
                "区分のある指標がありません。",
                "categories に区分を書くか、この列を消してください。",
            )


def _of_decided(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield the place and class of each row of the decided plan."""
    for row in chain(parts.numeric_targets, *parts.indicator_lists):
        if row.entry is not None:
            yield row.place, row.entry.category


def _of_revisions(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield the place and class of each row that is brought or changed later."""
    for change in (each for revision in parts.revisions for each in revision.changes):
        match change.entry:
            case CategoryChangeEntry(category=category):
                yield change.place, category
            case AdditionEntry(indicator=entry):
                yield f"{change.place}.indicator", entry.category
            case SplitEntry(into=entries):
                for index, entry in enumerate(entries):
                    yield f"{change.place}.into[{index}]", entry.category
            case _:
                pass
