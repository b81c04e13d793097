"""Lines of prose: justified where that pulls nothing apart, broken where Word breaks them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.document.blocks import Paragraph, Span
from kpireport.document.styles import TextStyle
from kpireport.writers.pdf.strips import Run
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.typeset import Typesetter, set_lines
from kpireport.writers.theme import DEFAULT_THEME, Align

PROSE = replace(DEFAULT_THEME.text[TextStyle.BAND_PROSE], first_line_em=0)
COMMENT = replace(DEFAULT_THEME.text[TextStyle.COMMENT], first_line_em=0)


def lines(text: str, look: object, ems: float) -> list[tuple[Run, ...]]:
    assert isinstance(look, type(PROSE))
    return list(set_lines((Span(text),), look, ems * look.size))


def text_of(line: tuple[Run, ...]) -> str:
    return "".join(run.text for run in line)


@pytest.mark.parametrize(
    ("width", "gap"),
    [
        (12.0, 0.0),  # 「を」 has no room, and begins the next line: nothing is left
        (12.5, 0.5 / 11),
        (12.99, 0.99 / 11),
    ],
)
def test_a_line_is_justified_by_up_to_a_tenth_of_an_em_between_letters(width: float, gap: float):
    first, *_ = lines("感染症の流行前の水準を超えて、相談が増えました。", PROSE, width)
    assert text_of(first) == "感染症の流行前の水準を超"
    assert first[0].spacing == pytest.approx(gap * PROSE.size)


def test_a_line_that_would_be_pulled_apart_is_ragged():
    first, *_ = lines("流行前の水準を1,234,567,890人が超えて増えました。", PROSE, 10)
    assert text_of(first) == "流行前の水準を"
    assert first[0].spacing == 0.0


def test_comments_stand_at_the_left():
    assert COMMENT.align is Align.LEFT
    assert {line[0].spacing for line in lines("相談が増え、実績を上回りました。", COMMENT, 5)} == {
        0.0
    }


def test_comments_have_the_lines_that_libreoffice_gives_them():
    """It sets a fifth of an em before and behind a number: one character more has no room."""
    text = "相談は13件に増えましたので、人を増やします。"
    assert text_of(lines(text, replace(COMMENT, letter_gaps=False), 9)[0]) == "相談は13件に増えま"
    first = lines(text, COMMENT, 9)[0]
    assert text_of(first) == "相談は13件に増え"
    assert first[0].width == pytest.approx(8 * COMMENT.size)  # nothing is spread


def test_cells_that_look_the_same_share_what_is_set():
    """Of long tables' cells most are alike: it would be set for each, and stand in memory."""
    typesetter = Typesetter(DEFAULT_THEME)
    first, second, other = (
        typesetter.set_cell((Paragraph((Span(text, source=source),), TextStyle.TABLE_TEXT),), 90.0)
        for text, source in (("相談", "name:a"), ("相談", "name:b"), ("件数", "name:a"))
    )
    assert first is second
    assert first.strips != other.strips


def test_each_cell_has_elements_of_its_own_for_content_that_it_shares():
    paragraphs = tuple(Paragraph((Span(each),), TextStyle.TABLE_TEXT) for each in "上下")
    content = Typesetter(DEFAULT_THEME).set_cell(paragraphs, 90.0)
    cells = [Element("TD", None), Element("TD", None)]
    for cell in cells:
        own, *below = content.elements(cell)
        assert own is cell
        assert [(each.tag, each.parent) for each in below] == [("P", cell), ("P", cell)]
    assert [placed.part for strip in content.strips for placed in strip.runs] == [1, 2]
