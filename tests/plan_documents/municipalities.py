"""All documents of other municipalities, to measure reading with."""

from __future__ import annotations

from tests.plan_documents import further_towns, strategies, towns
from tests.plan_documents.originals import Original

ORIGINALS: tuple[Original, ...] = (
    towns.list_with_units(),
    towns.yearly_columns(),
    towns.four_levels(),
    towns.upright_labels(),
    towns.two_lines(),
    further_towns.figures_with_notes(),
    further_towns.headings_across(),
    further_towns.without_rules(),
    further_towns.sheet_of_each_goal(),
    further_towns.goals_as_bands(),
    further_towns.small_tables(),
    further_towns.other_order(),
    strategies.goals_with_targets(),
    strategies.forms(),
)
