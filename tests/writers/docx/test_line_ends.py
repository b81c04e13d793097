"""Lines of texts in cells end in Word where the PDF's do, as far as LibreOffice has room."""

from __future__ import annotations

from kpireport.document.blocks import (
    Cell,
    Document,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from kpireport.document.styles import CellStyle, SpanStyle, TableStyle, TextStyle
from kpireport.document.texts import bullets, paragraph
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.line_ends import LINE_ENDS, with_line_ends
from kpireport.writers.theme import DEFAULT_THEME, MINIMUM_SIZE
from tests.documents import METADATA
from tests.writers.docx.reader import W, parts, text

SIZE = DEFAULT_THEME.text[TextStyle.DENSE_TEXT].size


def lines(said: Paragraph | str, ems: float, style: TextStyle = TextStyle.DENSE_TEXT) -> list[str]:
    """The lines of a text of nine points in a column of so many ems."""
    block = paragraph(said, style) if isinstance(said, str) else said
    return with_line_ends(block, DEFAULT_THEME.text[block.style], ems * SIZE).text.split(LINE_ENDS)


def test_a_gap_between_a_digit_and_a_letter_leaves_no_letter_behind() -> None:
    """The PDF's line is full; LibreOffice's two gaps are two fifths of an em more."""
    said = "目標の23件には届きませんでした。"
    assert lines(said, 7.1) == ["目標の", "23件には届き", "ませんでした。"]
    assert lines(said, 9) == ["目標の23件には", "届きませんでした。"]


def test_lines_with_room_for_the_gaps_end_as_in_the_pdf() -> None:
    assert lines("定員は12人、実績は10人です。", 8.5) == ["定員は12人、", "実績は10人です。"]


def test_a_blank_that_hangs_over_the_pdfs_line_does_not_in_word() -> None:
    said = "計画１　計画２　計画３"
    assert lines(said, 7.2) == ["計画１　", "計画２　計画３"]
    assert lines(said, 8.2) == ["計画１　計画２　", "計画３"]


def test_a_notes_mark_is_whole_and_as_large_as_it_is_printed() -> None:
    spans = (Span("○"), Span("＊２", SpanStyle.NOTE_MARK))
    mark = Paragraph(spans, TextStyle.DENSE_MARK)
    whole = DEFAULT_THEME.text[TextStyle.DENSE_MARK].size + 2 * MINIMUM_SIZE
    assert lines(mark, (whole - 1) / SIZE) == ["○", "＊２"]
    assert lines(mark, (whole + 1) / SIZE) == ["○＊２"]


def test_what_is_not_broken_by_phrases_fills_its_lines_as_in_the_pdf() -> None:
    assert lines("令和元年度の実績", 5.1, TextStyle.DENSE_LABEL) == ["令和元年度", "の実績"]


def test_prose_and_what_staff_edit_have_words_own_lines() -> None:
    said = "相談件数は7,215件に増えており、一人の職員が受け持つ件数が多くなっています。"
    assert lines(said, 8, TextStyle.COMMENT) == [said]
    edited = Paragraph((Span("＊１　"), Span(said, source="explanation:a")), TextStyle.DENSE_TEXT)
    assert lines(edited, 8) == [edited.text]


def breaks(made: Document) -> list[int]:
    """How many ends of lines each paragraph that has text has."""
    root = parts(write_docx(made))["word/document.xml"]
    found = (each for each in root.iter(f"{W}p") if text(each).strip())
    return [len(list(each.iter(f"{W}br"))) for each in found]


def test_a_sections_last_paragraph_has_words_own_lines() -> None:
    """LibreOffice saves its ends of lines as line breaks, which would be edits."""
    words = "進捗率が目標の年度の目安を大きく下回るものは率でなく悪化と表示します。" * 2
    said = bullets("・", (words,), TextStyle.BAND_ITEM)
    first = Section((said, PageBreak(), said))
    assert breaks(Document(METADATA, (first, Section((said,))))) == [1, 0, 0]


def test_header_rows_are_as_high_as_their_lines() -> None:
    cell = Cell((paragraph("指標", TextStyle.DENSE_HEADER),), CellStyle.DENSE_HEADER)
    body = Cell((paragraph("文", TextStyle.DENSE_TEXT),), CellStyle.DENSE)
    prose = Cell((paragraph("主な取組", TextStyle.DENSE_LABEL),), CellStyle.PROSE)
    rows = (Row((body,)), Row((prose,)))
    table = Table(TableStyle.KPI, (1,), (Row((cell,)),), rows, "表", "説明")
    root = parts(write_docx(Document(METADATA, (Section((table,)),))))["word/document.xml"]
    assert not list(root.iter(f"{W}trHeight"))
