"""The developers' glossary names what the code has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
GLOSSARY = PROJECT / "docs" / "developer" / "glossary.md"
ROWS = re.findall(
    r"^\| `(\w+)` \| ([^|]+) \| `([\w/]+)\.py` \|",
    GLOSSARY.read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_it_is_a_table_of_terms_each_once():
    assert len(ROWS) >= 40
    assert len({term for term, _, _ in ROWS}) == len(ROWS)
    assert not any(japanese.isascii() for _, japanese, _ in ROWS)


@pytest.mark.parametrize(("term", "module"), [(term, module) for term, _, module in ROWS])
def test_a_term_is_defined_where_it_says(term: str, module: str):
    source = (PROJECT / "src" / "kpireport" / f"{module}.py").read_text(encoding="utf-8")

    assert re.search(rf"^(?:class |def )?{term}\b", source, re.MULTILINE)
