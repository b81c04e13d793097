"""Columns have room for their longest number, in both writers alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.document.blocks import (
    Cell,
    HeaderScope,
    Paragraph,
    Row,
    SamplePage,
    Span,
    Table,
)
from kpireport.document.ems import natural_width
from kpireport.document.scheme_rules import describe_scheme
from kpireport.document.scheme_tables import compose_rules_table
from kpireport.document.styles import CellStyle, SpanStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.evaluation import LINEAR
from kpireport.writers.breaks import INSIDE_A_WORD, Break, Breaking, find_breaks
from kpireport.writers.docx.line_ends import LINE_ENDS, with_line_ends
from kpireport.writers.linebreak import split_lines
from kpireport.writers.theme import DEFAULT_THEME
from kpireport.writers.widths import LETTER_GAP, fit_columns, gap_places, sample_width
from tests.documents import kpi_table

WIDTH = 480.0
PADDING = 2 * DEFAULT_THEME.cell[CellStyle.DENSE].padding_x
SIZE = DEFAULT_THEME.text[TextStyle.DENSE_VALUE].size


def cell(text: str, *, colspan: int = 1, rowspan: int = 1) -> Cell:
    content = (paragraph(text, TextStyle.DENSE_VALUE),)
    return Cell(content, CellStyle.DENSE, colspan=colspan, rowspan=rowspan)


def table(columns: tuple[int, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(TableStyle.KPI, columns, (), tuple(map(Row, rows)), "表", "説明")


def widths(made: Table) -> list[float]:
    columns = fit_columns(made, DEFAULT_THEME, WIDTH)
    return [WIDTH * part / sum(columns) for part in columns]


def test_a_specimens_columns_are_reduced_as_its_text_is():
    """Else its lines break elsewhere than on the page that it is of."""
    many = table((60, 40), (cell("指標"), cell("1,648人")))
    few = kpi_table(("施策", 2))
    reduced = DEFAULT_THEME.reduced(DEFAULT_THEME.sample_scale)
    for made, style in ((many, TextStyle.DENSE_TEXT), (few, TextStyle.TABLE_TEXT)):
        sample = SamplePage("Ⅰ", (made,), (), "見本")
        found = sample_width(sample, DEFAULT_THEME, WIDTH)
        size = DEFAULT_THEME.text[style].size
        assert found / reduced.text[style].size == pytest.approx(WIDTH / size)


@pytest.mark.parametrize("word", ["達成", "おおむね達成", "期待どおりに進んでいる"])
def test_each_mark_stands_beside_its_word_in_the_rules(word: str):
    """Not alone above it (B, おおむね達成)."""
    rules = describe_scheme(LINEAR)
    (first, *rest) = rules.marks
    named = replace(first, mark=replace(first.mark, symbol="B", word=word))
    made = compose_rules_table(replace(rules, marks=(named, *rest)))
    width = DEFAULT_THEME.page.width - 2 * DEFAULT_THEME.page.margin_x
    parts = fit_columns(made, DEFAULT_THEME, width)
    room = width * parts[0] / sum(parts) - PADDING
    assert (1.5 + len(word)) * SIZE < room < 0.3 * width


def test_proportions_stand_where_every_number_has_room():
    made = table((70, 15, 15), (cell("指標"), cell("1,648人"), cell("実施に向けた検討を継続")))
    assert fit_columns(made, DEFAULT_THEME, WIDTH) == (70, 15, 15)


@pytest.mark.parametrize(
    "number", ["101,234,500円", "123,456億円", "−1,198,432人", "（345,600,000,000円）"]
)
def test_a_narrow_column_takes_what_its_number_needs(number):
    found = widths(table((80, 10, 10), (cell("指標"), cell(number), cell("―"))))
    bare = number.strip("（）")
    assert found[1] >= natural_width(bare) * SIZE + PADDING
    gaps = LETTER_GAP * len(list(gap_places(number)))  # LibreOffice parts digits from letters
    assert found[1] < (natural_width(bare) + gaps) * SIZE + PADDING + 2  # and no more
    assert found[0] < 0.8 * WIDTH
    assert sum(found) == pytest.approx(WIDTH)


def test_a_years_value_below_it_leaves_room_for_the_blank_between():
    """In Word it does not hang over the line's end: the year would be torn."""
    text = "（令和４年度 72.4％）"
    made = table((90, 5, 5), (cell("指標"), cell(text), cell("―")))
    look = DEFAULT_THEME.text[TextStyle.DENSE_VALUE]
    line = with_line_ends(paragraph(text, TextStyle.DENSE_VALUE), look, widths(made)[1] - PADDING)
    assert line.text.split(LINE_ENDS) == ["（令和４年度 ", "72.4％）"]


@pytest.mark.parametrize("text", ["令和元年度", "令和４年度", "（平成30年度調査結果）"])
def test_a_year_of_an_era_has_room_as_a_number_has(text):
    found = widths(table((90, 5, 5), (cell("指標"), cell(text), cell("―"))))
    whole = text.removesuffix("調査結果）")
    assert found[1] >= natural_width(whole) * SIZE + PADDING
    assert found[1] < (natural_width(whole) + 2 * LETTER_GAP) * SIZE + PADDING + 2


def test_gaps_are_between_letters_and_digits_alone():
    places = list(gap_places("約1,200人（115床）％1・A級１0"))
    assert places == [0, 5, 10, 16, 18]


def test_a_column_with_a_long_number_gives_nothing_away():
    long = "1,234,567,890人"
    found = widths(table((60, 20, 20), (cell("指標"), cell(long), cell(long * 2))))
    for width in found[1:]:
        assert width >= natural_width(long) * SIZE + PADDING


def test_cells_below_a_span_count_in_their_own_column():
    rows = ((cell("計画", rowspan=2), cell("指標"), cell("―")), (cell("指標"), cell("1,234,567件")))
    found = widths(table((45, 45, 10), *rows))
    assert found[2] >= natural_width("1,234,567件") * SIZE + PADDING
    assert found[0] == pytest.approx(found[1], abs=0.2)


def test_a_cell_over_several_columns_claims_nothing():
    made = table((90, 5, 5), (cell("指標"), cell("1,234,567,890人", colspan=2)))
    assert fit_columns(made, DEFAULT_THEME, WIDTH) == (90, 5, 5)


def test_where_no_room_is_left_the_columns_share_it():
    long = "1,234,567,890,123,456,789,012,345,678,901人"
    found = widths(table((40, 30, 30), *[(cell(long), cell(long), cell(long))]))
    assert found == pytest.approx([0.4 * WIDTH, 0.3 * WIDTH, 0.3 * WIDTH])


@pytest.mark.parametrize(
    "word", ["（４ルート）", "（実施中）", "大泉学園町駅", "2,173人分）", "10ポイント"]
)
def test_a_short_word_has_room_where_others_need_not_give_much(word: str):
    made = table((60, 10, 10, 20), (cell("指標"), cell(word), cell("―"), cell("―")))
    found = widths(made)
    assert found[1] >= natural_width(word) * SIZE + PADDING
    assert found[0] >= 0.88 * 0.6 * WIDTH - 0.1
    assert sum(found) == pytest.approx(WIDTH)


def test_a_notes_mark_stays_with_its_number():
    spans = (Span("35,210人"), Span("＊１", SpanStyle.NOTE_MARK))
    noted = Cell((Paragraph(spans, TextStyle.DENSE_VALUE),), CellStyle.DENSE)
    found = widths(table((90, 10, 10), (cell("指標"), noted, cell("―"))))
    assert found[1] >= natural_width("35,210人") * SIZE + 2 * 8 + PADDING


def test_a_word_that_cannot_have_all_its_room_takes_none():
    words = ("ネットワーク", "プロジェクト", "カリキュラム")
    made = table((1, 1, 1), *[tuple(map(cell, words))] * 2)
    narrow = fit_columns(made, DEFAULT_THEME, 3 * 40.0)
    assert narrow == (1, 1, 1)


def test_no_word_loses_the_room_that_it_has():
    names = ("コンビニ", "（４ルート）", "オンライン")
    widths_of_names = [natural_width(each) * SIZE + PADDING + 1 for each in names]
    needed = widths_of_names[1]
    made = table(
        tuple(round(each * 20) for each in (widths_of_names[0], needed - 4, widths_of_names[2])),
        tuple(map(cell, names)),
    )
    total = widths_of_names[0] + needed - 4 + widths_of_names[2]
    assert fit_columns(made, DEFAULT_THEME, total) == made.columns


def _header(*lines: str) -> Cell:
    styles = (TextStyle.DENSE_HEADER, TextStyle.DENSE_HEADER_NOTE)
    texts = tuple(paragraph(line, style) for line, style in zip(lines, styles, strict=False))
    return Cell(texts, CellStyle.DENSE_HEADER, scope=HeaderScope.COLUMN)


def test_a_short_name_of_a_column_is_not_torn():
    header = (Row((_header("指標"), _header("評価"), _header("頁"))),)
    body = (Row((cell("値" * 60), cell("―"), cell("１"))),)
    made = Table(TableStyle.KPI, (96, 2, 2), header, body, "表", "説明")
    rest = 2 * DEFAULT_THEME.cell[CellStyle.DENSE_HEADER].padding_x
    assert widths(made)[1] >= 2 * DEFAULT_THEME.text[TextStyle.DENSE_HEADER].size + rest


@pytest.mark.parametrize("note", ["平成30年度末", "令和3年度末）", "（令和５年度末）"])
def test_a_deadline_stands_on_one_line(note: str):
    header = (Row((_header("指標"), _header("目標値", note), _header("頁"))),)
    body = (Row((cell("値" * 60), cell("―"), cell("１"))),)
    made = Table(TableStyle.KPI, (90, 5, 5), header, body, "表", "説明")
    rest = 2 * DEFAULT_THEME.cell[CellStyle.DENSE_HEADER].padding_x
    size = DEFAULT_THEME.text[TextStyle.DENSE_HEADER_NOTE].size
    assert widths(made)[1] >= natural_width(note) * size + rest


def _ample(text: str) -> Cell:
    return Cell((paragraph(text, TextStyle.TABLE_VALUE),), CellStyle.VALUE)


def test_ample_tables_have_the_originals_room_for_words():
    made = table((85, 15), (_ample("指標" * 20), _ample("タブレットパソコン")))
    assert fit_columns(made, DEFAULT_THEME, WIDTH) == (85, 15)


@pytest.mark.parametrize("text", ["累計", "（定員1,400人）", "20か所（定員1,400人）"])
def test_ample_tables_have_room_for_what_is_short_or_in_brackets(text: str):
    made = table((70, 25, 5), (_ample("指標" * 20), _ample("―"), _ample(text)))
    found = widths(made)
    size = DEFAULT_THEME.text[TextStyle.TABLE_VALUE].size
    rest = 2 * DEFAULT_THEME.cell[CellStyle.VALUE].padding_x
    assert found[2] >= natural_width(text.removeprefix("20か所")) * size + rest


@pytest.mark.parametrize("name", ["B おおむね達成", "― 対象外", "（令和５年度末）"])
def test_a_columns_header_is_torn_in_no_word(name: str):
    header = (Row((_header("指標"), _header(name), *[_header("頁")] * 7)),)
    body = (Row((cell("値" * 60), *[cell("0")] * 8)),)
    made = Table(TableStyle.KPI, (60, *[5] * 8), header, body, "表", "説明")
    fitted = widths(made)
    room = fitted[1] - 2 * DEFAULT_THEME.cell[CellStyle.DENSE_HEADER].padding_x
    size = DEFAULT_THEME.text[TextStyle.DENSE_HEADER].size
    advances = [natural_width(char) * size for char in name]
    ends = split_lines(name, advances, (room, room), Breaking.NARROW)
    torn = {each.end for each in find_breaks(name, Breaking.NARROW) if each.cost >= INSIDE_A_WORD}
    assert not torn.intersection(ends[:-1])


def test_a_column_of_short_texts_gives_what_it_does_not_need():
    made = table((40, 40, 20), (cell("０"), cell("値" * 60), cell("ネットワーク（準備中）")))
    word = natural_width("ネットワーク") * SIZE + PADDING
    tight = table((40, 46, 14), (cell("０"), cell("値" * 60), cell("ネットワーク")))
    assert fit_columns(made, DEFAULT_THEME, WIDTH) == (40, 40, 20)
    found = fit_columns(tight, DEFAULT_THEME, 6 * word)
    shares = [6 * word * part / sum(found) for part in found]
    assert shares[2] >= word
    assert 0.40 * 6 * word - shares[0] > 0.46 * 6 * word - shares[1]


def test_words_are_told_apart_only_where_a_text_is_wider_than_its_column(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That is dear, and most texts of a table stand on one line."""
    asked: list[str] = []

    def ask(text: str, breaking: Breaking) -> tuple[Break, ...]:
        asked.append(text)
        return find_breaks(text, breaking)

    monkeypatch.setattr("kpireport.writers.widths.find_breaks", ask)
    short, long = "見守りの輪を広げる", "誰もが安心して暮らし続けられる地域の見守りの輪を広げる"
    made = table((20, 80), *((cell(each), cell("―")) for each in (short, long)))
    fit_columns(made, DEFAULT_THEME, WIDTH)
    assert set(asked) == {long}
