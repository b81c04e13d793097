"""What a table that is wider than its page can do without."""

from __future__ import annotations

import pytest

from kpireport.document.columns import Column
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.table_cells import value_cell
from kpireport.stages.table_widths import what_to_drop


def column(key: str, name: str) -> Column[IndicatorRow]:
    return Column(key, 10, name, lambda _: value_cell(""))


COLUMNS = (
    column("indicator", "指標"),
    column("actual-2019", "令和元年度"),
    column("definition", "定義"),
    column("mark-2019", "令和元年度"),
    column("mark-2020", "令和２年度"),
)
NEEDED = (90.0, 80.0, 40.0, 30.0, 30.0)
MARKS = "「前の年度までの評価」（earlier_marks）"


@pytest.mark.parametrize(
    ("too_much", "names", "left"),
    [
        (50.0, (MARKS,), -10.0),
        (70.0, (MARKS, "「定義」"), -30.0),
        (120.0, (MARKS, "「定義」"), 20.0),
    ],
)
def test_earlier_marks_are_named_as_one_column_and_never_as_years_of_actuals(
    too_much: float, names: tuple[str, ...], left: float
):
    assert what_to_drop(COLUMNS, NEEDED, too_much) == (names, left)
