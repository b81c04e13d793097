"""Where in the inputs the characters stand that the document's fonts lack.

Comes in: a file of JSON or TOML, or rows of sheets, and the characters. Goes out: a
problem for every string that has one, with its path or cell. The document knows which
characters are wanting; only the inputs tell where to mend them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpireport.domain.actuals import PlanComment
from kpireport.errors import Problem, undrawable_text
from kpireport.findings import Findings
from kpireport.messages import PathStep, path_text
from kpireport.sources.catalogue_names import name_place
from kpireport.sources.json_file import read_json
from kpireport.sources.toml_file import read_toml

if TYPE_CHECKING:
    from kpireport.sources.actuals import FoundFact


def find_characters(path: Path, wanted: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for every string of ``path`` with one of the ``wanted`` characters.

    Args:
        path: a readable file of JSON, or of TOML if its name ends so.
        wanted: single characters.
    """
    log = Findings(path)
    content = read_toml(path, log) if path.suffix == ".toml" else read_json(path, log)
    for steps, text in strings_of(content):
        if found := sorted(set(text) & set(wanted)):
            place = path_text(steps)
            yield undrawable_text(str(path), place, text, found, name_place(content, place))


def find_in_rows(facts: Iterable[FoundFact], wanted: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for every cell of the facts' rows with one of the ``wanted`` characters."""
    for fact in facts:
        for title in fact.record.columns:
            text = fact.record.content(title)
            found = sorted(set(text) & set(wanted)) if isinstance(text, str) else []
            if found:
                place = fact.record.place(title)
                problem = undrawable_text(fact.file, place, str(text), found, fact.about)
                if not isinstance(fact.fact, PlanComment):
                    problem = replace(problem, measure_id=fact.fact.measure_id)
                yield problem


def strings_of(value: object) -> Iterator[tuple[tuple[PathStep, ...], str]]:
    """Yield every string with the steps that lead to it, in the file's order."""
    waiting: list[tuple[tuple[PathStep, ...], object]] = [((), value)]
    while waiting:
        at, each = waiting.pop()
        if isinstance(each, str):
            yield at, each
        elif isinstance(each, dict):
            waiting.extend(((*at, key), item) for key, item in reversed(each.items()))
        elif isinstance(each, list):
            waiting.extend(((*at, index), each[index]) for index in reversed(range(len(each))))
