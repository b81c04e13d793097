"""What staff wish for cells that were filled in by hand: the answer, or what stands there.

Comes in: cells to be replaced and cells to be kept, as staff write them. Goes out: the wish
for a cell. ``p03:課題`` speaks of one cell, ``p03`` of those of its row that an answer contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from kpireport.errors import Problem, Severity
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import InputForm

_Key = tuple[str, str]
"""An id and a column's title, which is empty for the row."""


class Verb(StrEnum):
    """What to do, as problems name it."""

    REPLACE = "差し替えるもの"
    KEEP = "残すもの"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What staff wish, by id and title, and (the one thing that changes) what came of it."""

    verbs: Mapping[_Key, Verb] = field(default_factory=dict)
    fulfilled: set[_Key] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        replace: Collection[str],
        keep: Collection[str],
        measures: Mapping[str, InputForm],
        plans: Mapping[str, InputForm],
    ) -> Wishes:
        """Understand what was written.

        Args:
            replace: cells or rows that are to have the answer.
            keep: cells or rows that are to stay.
            measures: the sheets of indicators and numeric targets, by their ids.
            plans: likewise those of plans.

        Raises:
            InputError: the plan has no such id, or the sheet no such column; or both is
                wished for one thing.
        """
        verbs: dict[_Key, Verb] = {}
        found = Findings()
        for verb, written in ((Verb.REPLACE, replace), (Verb.KEEP, keep)):
            for each in dict.fromkeys(written):
                key = _key(each)
                _check(key, {**measures, **plans}, found.of(verb))
                if verbs.setdefault(key, verb) is not verb:
                    what = f"{quoted(each)}は、{Verb.REPLACE}にもあります。"
                    found.of(verb).add("", what, "どちらかにしてください。")
        found.settle()
        return cls(verbs)

    def on_cell(self, id_: str, titles: Sequence[str]) -> Verb | None:
        """Return what is wished for just these cells."""
        return self._first((id_, title) for title in titles)

    def on_row(self, id_: str, titles: Sequence[str]) -> Verb | None:
        """Return what is wished for these cells or, where that says nothing, for their row."""
        return self.on_cell(id_, titles) or self._first([(id_, "")])

    def unfulfilled(self) -> Iterator[Problem]:
        """Tell of wishes that nothing came of."""
        for key, verb in self.verbs.items():
            if key in self.fulfilled:
                continue
            id_, title = key
            remedy = "記号と見出しを確かめてください。直し終わっていれば、このままでかまいません。"
            if verb is Verb.REPLACE and not title:
                remedy = (
                    "回答が前と同じでも、手で直したものを回答に戻すなら、"
                    f"「{id_}:見出し」のように、欄の見出しまで書いてください。"
                )
            what = "手で書いたものと食い違う回答がないので、何もしていません。"
            yield Problem(verb, cell_option(id_, title), what, remedy, Severity.WARNING)

    def _first(self, keys: Iterable[_Key]) -> Verb | None:
        key = next((key for key in keys if key in self.verbs), None)
        if key is None:
            return None
        self.fulfilled.add(key)
        return self.verbs[key]


def cell_option(id_: str, title: str) -> str:
    """How staff write a cell: ``p03:課題``."""
    return f"{id_}:{title}" if title else id_


def _key(written: str) -> _Key:
    """The id and the title; who types Japanese types the wide colon."""
    id_, *title = re.split("[:：]", written, maxsplit=1)
    return id_.strip(), "".join(title).strip()


def _check(key: _Key, sheets: Mapping[str, InputForm], log: Findings) -> None:
    id_, title = key
    if id_ not in sheets:
        what = f"記号が{quoted(id_)}のものは、計画にありません。"
        log.add("", what, did_you_mean(id_, frozenset(sheets)))
        return
    titles = sheets[id_].input_titles
    if title and title not in titles:
        named = "、".join(map(quoted, titles))
        what = f"{quoted(cell_option(id_, title))}の{quoted(title)}という欄はありません。"
        log.add("", what, f"欄の見出しは{named}です。")
