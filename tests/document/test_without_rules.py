"""Reviews whose marks people chose, and reviews of values alone: nothing speaks of what is not."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from kpireport.document.blocks import Document, Heading
from kpireport.document.digest import compose_digest
from kpireport.document.reviews import Review
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import VALUES_ONLY
from kpireport.stages.data_book import data_book
from tests.marked_reports import CHOSEN, chosen, marked_review, people
from tests.review_reports import (
    METADATA,
    actuals_of,
    chapter,
    shown,
    small_document,
    small_review,
)

SETTINGS = ReviewSettings(FiscalYear(2021), "actuals.xlsx")  # type: ignore[arg-type]
EVERYTHING: dict[str, Any] = {"lists_all_years": True, "lists_reasons": True}


def values_review(year: int = 2021, **more: object) -> Review:
    return small_review(year, VALUES_ONLY, **more)  # type: ignore[arg-type]


def every_word(document: Document) -> str:
    """All texts: of blocks, of headings with their status, of feet."""

    def texts(value: object):
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for each in value:
                yield from texts(each)
        elif dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from texts(getattr(value, field.name))

    # the plan's own words stay as they were decided
    return "\n".join(texts(document.sections)).replace("重要業績評価指標", "")


def headings(document: Document) -> list[str]:
    blocks = (block for section in document.sections for block in section.blocks)
    return [each.text for each in blocks if isinstance(each, Heading)]


# --- values alone ----------------------------------------------------------------


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_a_report_of_values_speaks_of_no_mark_rate_or_rule(year: int):
    document = small_document(year, review=values_review(year), **EVERYTHING)
    said = every_word(document)

    assert not re.findall("評価|進捗|遅れ|目安|達成率|＊が|対象外|[◎○△×]", said)


def test_the_glance_says_what_is_covered_what_was_reported_and_the_surveys_values():
    document = small_document(review=values_review(), results=("窓口が増えた。",))
    lines = shown(chapter(document, "glance"))

    assert "の実績を取りまとめました。" in lines[1]
    assert "実績が報告されています。" in lines[1]
    assert any("数値目標の実績" in each for each in lines)
    assert any("窓口が増えた。" in each and "主な成果" not in each for each in lines)


def test_what_was_reported_is_counted():
    known = actuals_of(2021)
    two = [each for each in known.entries if each.fiscal_year.year == 2021][:2]
    silent = dataclasses.replace(
        known, entries=tuple(each for each in known.entries if each not in two)
    )
    whole = len(list(values_review().catalogue.indicators()))

    def sentence(review: Review) -> str:
        return shown(chapter(small_document(review=review), "glance"))[1]

    before = values_review().summary.overall
    unreported = before.of(VALUES_ONLY.unreported)
    assert f"{whole}指標" in sentence(values_review())
    assert f"報告のないものは{_wide(unreported + 2)}指標です。" in sentence(
        values_review(actuals=silent)
    )


def _wide(number: int) -> str:
    return (
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        if (number < 10)
        else str(number)
    )


def test_only_what_lacks_a_value_has_a_chapter_and_none_where_nothing_does():
    assert "実績の報告がない指標" in headings(small_document(review=values_review()))
    full = actuals_of(2021)
    told = {each.measure_id for each in full.entries if each.fiscal_year.year == 2021}
    missing = [m.id for m in values_review().catalogue.measures() if m.id not in told]
    fill = [each for each in full.entries if each.measure_id == "share"][-1:]
    more = tuple(dataclasses.replace(fill[0], measure_id=id_) for id_ in missing)
    entries = tuple(
        dataclasses.replace(each, value=fill[0].value, reason="") if not each.is_reported else each
        for each in (*full.entries, *more)
    )
    whole = values_review(actuals=dataclasses.replace(full, entries=entries))
    assert not any("報告がない" in each for each in headings(small_document(review=whole)))


def test_the_digest_of_values_has_no_list_of_what_is_behind():
    digest = compose_digest(values_review(), SETTINGS, METADATA)

    assert not re.findall("評価|進捗|遅れ|目安", every_word(digest))
    assert len(digest.sections) == 1


def test_the_data_of_values_have_no_marks_and_no_rates():
    book = data_book(values_review(), SETTINGS, title="", author="")

    (sheet,) = book.sheets
    assert not re.findall("評価|率", "".join(str(c.value) for c in sheet.rows[1].cells))


# --- marks of people -------------------------------------------------------------


def test_marks_of_people_are_said_to_be_theirs_and_no_rule_is_told():
    document = small_document(review=marked_review(), **EVERYTHING)
    said = every_word(document)

    assert not re.findall("修正した|修正され|計算では|目安|評価の基準|評価の理由", said)
    lines = shown(chapter(document, "how-to-read"))
    assert "評価は、所管課が付けたものです。" in lines
    assert any("A　順調" in each for each in lines)
    assert "評価の修正" not in " ".join(headings(document))


def test_the_marks_are_listed_and_counted_as_they_were_chosen():
    lines = shown(chapter(small_document(review=marked_review()), "glance"))

    assert "「順調」が２指標" in lines[1]
    assert "「未評価」が" in lines[1]
    assert "評価の上がったものは２指標" in lines[1]


def test_what_they_call_behind_is_listed_and_nothing_where_levels_are_left_out():
    document = small_document(review=marked_review())
    assert "評価が「C 遅れ」「B やや遅れ」の指標および数値目標" in headings(document)

    plain = people(("A", "よい", "on_track"), ("B", "ふつう", "on_track"))
    review = marked_review({"share": "A", "two": "B"}, plain)
    assert not any("遅れ" in each for each in headings(small_document(review=review)))
    assert "評価の変化" in headings(small_document(review=review))


def test_only_marks_that_stand_somewhere_are_in_the_key_beside_their_own():
    all_of_them = {each.measure_id: "A" for each in actuals_of(2021).entries}
    review = marked_review(all_of_them)

    assert "□ 未評価" not in [mark.label for mark in review.marks]
    assert "□ 未評価" in [mark.label for mark in marked_review(CHOSEN).marks]
    assert [mark.label for mark in review.marks][:3] == ["A 順調", "B やや遅れ", "C 遅れ"]


def test_rates_may_be_left_out():
    scheme = people(("A", "順調", "on_track"), ("B", "遅れ", "behind"), rates=False)
    said = every_word(small_document(review=marked_review(scheme=scheme)))

    assert "進捗率" not in said
    assert "達成率" not in said
    assert "A 順調" in said


def test_the_digest_says_whose_marks_they_are():
    digest = compose_digest(marked_review(), SETTINGS, METADATA)

    assert "評価は、所管課が付けたものです。" in every_word(digest)


def test_the_data_have_the_marks_and_no_reasons_of_rules():
    measures, counts = data_book(marked_review(), SETTINGS, title="", author="").sheets
    titles = [str(cell.value) for cell in measures.rows[1].cells]

    assert "令和３年度\n評価" in titles
    assert "評価の理由" not in titles
    assert "A 順調" in [cell.value for cell in counts.rows[2].cells]


def test_marks_of_which_none_is_of_lateness_have_no_list_of_what_is_late():
    scheme = people(("拡充", "拡充", "on_track"), ("継続", "継続", "on_track"))
    review = small_review(2020, scheme, actuals=chosen({"share": "拡充"}, 2020))
    lines = shown(chapter(small_document(2020, review=review), "glance"))

    assert any("評価が「拡充」の指標" in each for each in lines)
    assert not any("遅れ" in each for each in lines)
