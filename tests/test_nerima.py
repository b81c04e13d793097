"""The real plan (catalogue.json) against the decided document.

``data/nerima-source.txt`` is the document's text as extracted from its PDF; the
extraction lost the tables' structure. ``data/nerima-pairs.tsv`` was written by hand
from it and is never generated: it catches a value set beside the wrong name.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpireport.domain.catalogue import Catalogue, Goal, Indicator, Plan
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue

HERE = Path(__file__).parent

# Where the document contradicts itself, or its extraction differs from its page:
# what it has, and what the catalogue keeps.
KNOWN_DIFFERENCES = {
    "99.90%": "99.9%",  # the sample page has 99.9% for the same value
    "(令和5年度末)": "（令和5年度末）",  # half-width, full-width and mixed brackets
    "(令和5年度末）": "（令和5年度末）",
    "（原則：令和３年度末）": "（原則：令和3年度末）",  # only on the sample page
}

# Two rows whose cells were extracted by column instead of by row.
BY_COLUMN = ("―調整・検討３か所移転担当区域見直し", "―３か所移転調整・検討担当区域見直し")

# The pages with a KPI table, in order: the plans on each. The first is the sample.
PAGES = (
    ("p01", "p02"),
    ("p01", "p02"),
    ("p03", "p04"),
    ("p05", "p06"),
    ("p07", "p08"),
    ("p09", "p10"),
    ("p11", "p12"),
    ("p13", "p14", "p15"),
    ("p16", "p17"),
    ("p18", "p19"),
    ("p20", "p21"),
)


def squeeze(text: str) -> str:
    """The text without white space: in the source, a cell's line breaks are layout."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(HERE.parent / "catalogue.json")


@pytest.fixture(scope="module")
def source() -> str:
    text = squeeze((HERE / "data/nerima-source.txt").read_text(encoding="utf-8"))
    text = text.replace("\ufe13", "：")  # ︓ is ： in the vertical form of its font
    for theirs, ours in (*KNOWN_DIFFERENCES.items(), BY_COLUMN):
        assert theirs in text
        text = text.replace(theirs, ours)
    return text


def plans(catalogue: Catalogue) -> dict[str, Plan]:
    return {plan.id: plan for plan in catalogue.plans()}


def indicators(catalogue: Catalogue) -> dict[str, Indicator]:
    return {each.id: each for each in catalogue.indicators()}


# --- counts and pairs ------------------------------------------------------------


def test_it_has_as_many_parts_as_the_document(catalogue: Catalogue):
    assert len(catalogue.goals) == 6
    assert [len(list(goal.indicators())) for goal in catalogue.goals] == [18, 13, 15, 21, 18, 11]
    assert len(list(catalogue.indicators())) == 96
    assert [len(goal.numeric_targets) for goal in catalogue.goals] == [2, 1, 4, 5, 4, 1]
    assert [len(goal.plans) for goal in catalogue.goals] == [4, 2, 4, 5, 4, 2]
    assert [len(goal.directions) for goal in catalogue.goals] == [1, 1, 1, 1, 1, 2]


def test_every_value_stands_beside_its_name(catalogue: Catalogue):
    with (HERE / "data/nerima-pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    expected = [tuple(cell.replace("\\n", "\n") for cell in row) for row in rows[1:]]
    actual = [
        (plan.label, row.name, row.baseline.text, row.target.text)
        for plan in plans(catalogue).values()
        for row in plan.indicators()
    ]
    assert actual == expected


# --- against the source's text ---------------------------------------------------


def values_by_row(rows: Iterator[Indicator]) -> str:
    """The printed values, baseline then target; a cell shared with the row above once."""
    return "".join(
        squeeze(("" if row.baseline.shared_with else row.baseline.text) + row.target.text)
        for row in rows
    )


@pytest.mark.parametrize("page", range(len(PAGES)), ids=["sample", *map("-".join, PAGES[1:])])
def test_the_values_of_a_page_are_in_the_sources_order(
    catalogue: Catalogue, source: str, page: int
):
    labels = catalogue.labels
    # below the table's head, the extraction gives all values before the first name
    below_head = source.split(f"{labels.baseline}{labels.baseline_note}")[1:]
    assert len(below_head) == len(PAGES)
    text = below_head[page].removeprefix(f"{labels.target}{labels.target_note}")
    for label in (labels.plan, labels.indicators, labels.indicator, labels.plan):
        text = text.removeprefix(label)
    rows = (row for id_ in PAGES[page] for row in plans(catalogue)[id_].indicators())
    assert text.startswith(values_by_row(rows))


def printed_in_plan(plan: Plan) -> Iterator[str]:
    yield from (plan.label, plan.title)
    yield from (row.name for row in plan.rows if not isinstance(row, Indicator))
    for row in plan.indicators():
        yield row.name
        yield row.target.text
        if row.baseline.shared_with is None:
            yield row.baseline.text


def printed_in_band(goal: Goal) -> Iterator[str]:
    yield from (goal.numeral, goal.title)
    for numeric_target in goal.numeric_targets:
        yield from (numeric_target.name, numeric_target.target.text)
    for part in goal.directions:
        yield from (part.label, part.title, *part.paragraphs, *part.items)


def printed_in_front(catalogue: Catalogue) -> Iterator[str]:
    introduction, sample = catalogue.introduction, catalogue.how_to_read
    assert introduction is not None
    assert sample is not None
    yield from (catalogue.issued, catalogue.issuer, *catalogue.title)
    yield from (introduction.title, introduction.heading, *introduction.paragraphs)
    for each in (*introduction.points, *introduction.notes):
        yield from (each.label, *each.lines)
    yield sample.title
    for callout in sample.callouts:
        yield from (callout.mark, callout.label, callout.text)


def printed(catalogue: Catalogue) -> Iterator[str]:
    """Every string, as often as the document prints it; the tables' labels apart."""
    yield from printed_in_front(catalogue)
    for goal in (catalogue.goals[0], *catalogue.goals):
        yield from printed_in_band(goal)
    for page in PAGES:
        for id_ in page:
            yield from printed_in_plan(plans(catalogue)[id_])


def printed_labels(catalogue: Catalogue) -> set[str]:
    labels = catalogue.labels
    return {squeeze(getattr(labels, name)) for name in labels.__slots__}


def test_it_says_what_the_document_says_and_nothing_else(catalogue: Catalogue, source: str):
    rest = source
    counts = Counter(squeeze(text) for text in printed(catalogue) if text)
    wanted: dict[str, int | None] = {**counts, **dict.fromkeys(printed_labels(catalogue))}
    # the longest first: 検討 is also a part of longer strings
    for text in sorted(wanted, key=len, reverse=True):
        count = wanted[text]
        assert rest.count(text) >= (count or 1), f"not (as often) in the source: {text}"
        rest = rest.replace(text, "\n", -1 if count is None else count)

    targets = sum(len(goal.numeric_targets) for goal in catalogue.goals) + 2  # the sample's
    items = sum(len(part.items) for goal in catalogue.goals for part in goal.directions) + 5
    marks = {"①": 1, "②": 1, "●": targets, "・": items, "：": targets + 2}
    page_numbers = {"1": 1, "9": 1}  # those that the extraction kept
    assert Counter(re.sub(r"\s", "", rest)) == {**marks, **page_numbers}


# --- meaning ---------------------------------------------------------------------


def test_the_years_are_those_of_the_tables_heads(catalogue: Catalogue):
    years = catalogue.years
    assert years.baseline == FiscalYear(2018)
    assert years.target == FiscalYear(2021)
    assert years.numeric_target == FiscalYear(2023)


def test_a_targets_kind_is_stated_where_numbers_alone_would_mislead(catalogue: Catalogue):
    kinds = {id_: each.target.kind for id_, each in indicators(catalogue).items()}
    assert kinds["p06-07"] is TargetKind.AT_MOST
    assert kinds["p07-02"] is kinds["p08-04"] is TargetKind.KEEP_AT_LEAST
    assert kinds["p15-02"] is kinds["p11-03"] is kinds["p01-02"] is TargetKind.NEW_COUNT
    assert kinds["p20-05"] is TargetKind.AT_LEAST
    assert kinds["p21-06"] is TargetKind.ABOVE_PREVIOUS


def test_a_target_keeps_its_own_deadline_and_a_baseline_its_own_time(catalogue: Catalogue):
    by_id = indicators(catalogue)
    deadlines = {id_: each.target.deadline for id_, each in by_id.items() if each.target.deadline}
    times = {id_: each.baseline.as_of for id_, each in by_id.items() if each.baseline.as_of}
    assert deadlines == {"p09-02": FiscalYear(2022), "p06-07": FiscalYear(2021)}
    assert times == {"p03-03": "H31年4月1日現在", "p06-07": "平成30年９月末"}


def test_the_shared_cell_and_the_group_are_kept(catalogue: Catalogue):
    by_id = indicators(catalogue)
    assert [id_ for id_, each in by_id.items() if each.baseline.shared_with] == ["p04-02"]
    assert by_id["p04-02"].baseline.shared_with == "p04-01"
    beds = plans(catalogue)["p09"].rows[0]
    assert not isinstance(beds, Indicator)
    assert beds.name == "病床の確保"
    assert [each.id for each in beds.indicators] == ["p09-01", "p09-02", "p09-03"]


def test_the_sample_page_is_the_first_goals(catalogue: Catalogue):
    sample = catalogue.how_to_read
    assert sample is not None
    assert (sample.goal_id, sample.plan_ids) == ("g1", PAGES[0])
