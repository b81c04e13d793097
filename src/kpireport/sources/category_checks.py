"""Whether the classes of indicators (区分) are told apart, and every row's is one of them.

Comes in: the readable parts of the file. Goes out: problems in the log, each at its place.
"""

from __future__ import annotations

from itertools import chain

from kpireport.domain.layouts import LayoutName
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted
from kpireport.sources.catalogue_parts import Parts
from kpireport.sources.repeated import refuse_twice


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
    keys = {each.entry.key for each in parts.categories}
    for row in chain(parts.numeric_targets, *parts.indicator_lists):
        if row.entry is not None and row.entry.category and row.entry.category not in keys:
            log.add(
                f"{row.place}.category",
                f"{quoted(row.entry.category)}という区分がありません。",
                did_you_mean(row.entry.category, keys)
                if keys
                else "categories に区分を書くか、category を消してください。",
            )
    layout = parts.layout
    for edition in ("plan", "review") if layout and not keys else ():
        for index, column in enumerate(getattr(layout, edition) or ()):
            if column.column == LayoutName.CATEGORY:
                log.add(
                    f"layout.{edition}[{index}]",
                    "区分のある指標がありません。",
                    "categories に区分を書くか、この列を消してください。",
                )
