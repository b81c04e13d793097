"""Every plan's file goes through a workbook and comes back as the same bytes."""

from __future__ import annotations

from hypothesis import given, settings

from kpireport.findings import Findings
from kpireport.plan_books.flattening import flatten
from kpireport.plan_books.growing import grow
from kpireport.sources.catalogue_file import CatalogueFile
from kpireport.sources.catalogue_text import canonical, canonical_text
from kpireport.sources.validation import validate
from tests.random_catalogues import catalogue_files


@settings(max_examples=150, deadline=None)
@given(catalogue_files())
def test_rows_say_all_of_a_file(file: CatalogueFile) -> None:
    rows = {each.sheet.name: (each.columns, each.rows) for each in flatten(canonical(file))}
    log = Findings()
    back = log.settled(validate(CatalogueFile, grow(rows).raw, log))
    assert canonical_text(back) == canonical_text(file)
