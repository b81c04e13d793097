"""What the columns of a plan's comments mean together: keys, titles, choices.

Comes in: the readable columns of the file, and what the plan calls a plan. Goes out:
problems in the log. Titles have to be told apart as a sheet's reader tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import ID, PLAN, YEAR, plan_title
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.catalogue_parts import PlacedComment
from kpireport.sources.titled_tables import plain_title

_RESERVED = ("explanation", "reason", "override", "introduction", "survey")
"""What names other texts in Word files: a comment's text of that key would be taken for one."""


def check_comments(columns: Sequence[PlacedComment], plan_word: str, log: Findings) -> None:
    """Log everything in the columns that contradicts itself.

    Args:
        columns: those that fit their model.
        plan_word: what the plan calls a plan, empty where that cannot be read.
        log: where to note it.
    """
    for column in columns:
        if column.entry.key in _RESERVED:
            what = f"{quoted(column.entry.key)}は、ほかの文に使っている名なので、使えません。"
            log.add(f"{column.place}.key", what, "別の名にしてください。")
    keys = ((f"{each.place}.key", each.entry.key) for each in columns)
    _refuse_twice(keys, "名", log)
    _check_labels(columns, plan_word, log)
    for column in columns:
        words = enumerate(column.entry.choices or ())
        places = ((f"{column.place}.choices[{index}]", plain_name(word)) for index, word in words)
        _refuse_twice(places, "選択肢", log)


def _check_labels(columns: Sequence[PlacedComment], plan_word: str, log: Findings) -> None:
    taken = {plain_title(each) for each in (ID, PLAN, YEAR)}
    taken |= {plain_title(plan_title(plan_word))} if plan_word else set()
    labels = []
    for column in columns:
        place, label = f"{column.place}.label", plain_title(column.entry.label)
        labels.append((place, label))
        if not label or label in taken:
            log.add(
                place,
                f"{quoted(column.entry.label)}は、計画コメントの見出しに使えません。",
                "ほかの列の見出しと区別できる言葉にしてください（かっこの中は数えません）。",
            )
    _refuse_twice(((place, label) for place, label in labels if label), "見出し", log)


def _refuse_twice(named: Iterable[tuple[str, str]], kind: str, log: Findings) -> None:
    places: dict[str, str] = {}
    for place, word in named:
        if word in places:
            log.add(
                place,
                f"{kind}{quoted(word)}は {places[word]} でも使われています。",
                "区別できるように、どちらかを改めてください。",
            )
        places.setdefault(word, place)
