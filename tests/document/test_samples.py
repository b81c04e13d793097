"""The sample page of 表の見方 holds what one page has room for."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from kpireport.document.blocks import SamplePage
from kpireport.document.plan import compose_plan
from kpireport.document.samples import cut_to_sample
from kpireport.writers.pdf.flows import FlowMaker
from kpireport.writers.pdf.pages import lay_pages
from kpireport.writers.pdf.structure import Element
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import METADATA, real_catalogue, real_plan

LONG = "長い文章が続きます。" * 300


def sample_ids() -> tuple[str, ...]:
    how_to_read = real_catalogue().how_to_read
    assert how_to_read is not None
    return how_to_read.plan_ids


def test_the_real_sample_is_whole() -> None:
    goal = real_catalogue().goals[0]
    cut = cut_to_sample(goal, sample_ids())
    assert cut == replace(goal, plans=goal.plans[:2])


def test_more_plans_than_a_page_holds_are_cut_by_rows() -> None:
    goal = real_catalogue().goals[0]
    cut = cut_to_sample(goal, [plan.id for plan in goal.plans])
    shown = [indicator.id for indicator in cut.indicators()]
    every = [indicator.id for indicator in goal.indicators()]
    assert 10 <= len(shown) < len(every)
    assert shown == every[: len(shown)]


def test_long_texts_are_left_out_with_what_follows() -> None:
    goal = real_catalogue().goals[0]
    plan = goal.plans[0]
    long = replace(list(plan.indicators())[1], name=LONG)
    prose = replace(goal.directions[0], paragraphs=("短い。", LONG), items=())
    cut = cut_to_sample(
        replace(goal, directions=(prose,), plans=(replace(plan, rows=(plan.rows[0], long)),)),
        [plan.id],
    )
    assert [direction.paragraphs for direction in cut.directions] == [("短い。",)]
    assert cut.plans[0].rows == plan.rows[:1]


def test_the_sample_and_its_explanation_stand_on_one_page() -> None:
    catalogue = real_catalogue()
    goal = catalogue.goals[0]
    assert catalogue.how_to_read is not None
    every = replace(catalogue.how_to_read, plan_ids=tuple(plan.id for plan in goal.plans))
    document = compose_plan(replace(catalogue, how_to_read=every), METADATA)
    maker = FlowMaker(DEFAULT_THEME, Element("Document", None))
    deque(lay_pages(document.sections, maker), maxlen=0)
    numbers = maker.page_numbers
    assert (numbers["how-to-read"], numbers[f"goal-{goal.id}"]) == ("2", "3")


def test_the_plan_has_one_sample() -> None:
    assert sum(isinstance(block, SamplePage) for block in real_plan().blocks()) == 1
