"""Where two documents differ is said by page and part; damage of any kind is survived."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

from kpireport.archives.container import Kept
from kpireport.archiving.checks import check_kept
from kpireport.archiving.differences import (
    SAME_CONTENT,
    book_difference,
    page_difference,
    pdf_difference,
    word_difference,
)
from kpireport.writers.xlsx import write_book
from kpireport.writers.xlsx.book import Book, Cell, Row, Sheet
from tests.archiving.archives import PDF, WORD, flipped, small_archive

MADE = small_archive()[PDF]


def saved(edit: Callable[[pikepdf.Pdf], object], **options: object) -> bytes:
    with pikepdf.open(io.BytesIO(MADE)) as pdf:
        edit(pdf)
        result = io.BytesIO()
        pdf.save(result, **options)  # type: ignore[arg-type]
    return result.getvalue()


def add_to_page(number: int) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[number - 1].Contents
        contents.write(contents.read_bytes() + b" ")

    return edit


def change_font(pdf: pikepdf.Pdf) -> None:
    """Change a font that the fourth page alone has."""
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    pdf.pages[3].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F9=font))


def change_link(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots[0].Rect[0] += 1
            return


def change_structure(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 999


def change_metadata(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(b"<x/>")


def change_info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = pikepdf.String("別の題名")


def remove_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (add_to_page(1), "PDFの1ページ目です（印刷されたページ番号は「表紙」）。"),
        (add_to_page(5), "PDFの5ページ目です（印刷されたページ番号は「"),
        (change_font, "PDFの4ページ目です"),
        (change_link, "ページの見た目はどれも同じで、PDFの3ページ目のリンクが違います。"),
        (remove_page, "ページの数が違います（保存したものは"),
        (change_structure, "ページはどれも同じで、読み上げのための構造が違います。"),
        (change_metadata, "ページはどれも同じで、ファイルの情報が違います。"),
        (change_info, "ページはどれも同じで、ファイルの情報が違います。"),
    ],
)
def test_a_pdf_is_told_by_its_first_page_or_part(
    edit: Callable[[pikepdf.Pdf], None], words: str
) -> None:
    assert words in pdf_difference(saved(edit), MADE)


def test_the_first_of_two_pages_is_told() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        add_to_page(6)(pdf)
        add_to_page(4)(pdf)

    assert "PDFの4ページ目です" in pdf_difference(saved(edit), MADE)


def test_other_bytes_of_the_same_content_are_told_as_such() -> None:
    packed = saved(
        lambda _pdf: None,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )
    assert len(packed) > len(MADE)
    assert pdf_difference(packed, MADE) == SAME_CONTENT


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/document.xml", "違うのは、本文です（ファイルの中の word/document.xml）。"),
        ("docProps/core.xml", "違うのは、ファイルの情報です"),
        ("word/settings.xml", "違うのは、ファイルの中の word/settings.xml です。"),
        ("", SAME_CONTENT),
    ],
)
def test_a_word_file_is_told_by_its_part(part: str, words: str) -> None:
    made = small_archive()[WORD]
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as package, ZipFile(buffer, "w", ZIP_STORED) as other:
        for name in package.namelist():
            other.writestr(name, package.read(name) + (b" " if name == part else b""))
    assert words in word_difference(buffer.getvalue(), made)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/worksheets/sheet2.xml", "違うのは、シートの中身です（ファイルの中の xl/worksheets/"),
        ("xl/sharedStrings.xml", "違うのは、シートの文字です"),
        ("xl/workbook.xml", "違うのは、ファイルの中の xl/workbook.xml です。"),
        ("", SAME_CONTENT),
    ],
)
def test_a_workbook_is_told_by_its_part(part: str, words: str) -> None:
    sheets = tuple(Sheet(name, (10.0,), (Row((Cell(name),)),)) for name in ("甲", "乙"))
    made = write_book(Book("題名", "緑市", sheets), moment=dt.datetime(2022, 9, 1, tzinfo=dt.UTC))
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as package, ZipFile(buffer, "w", ZIP_STORED) as other:
        for name in package.namelist():
            other.writestr(name, package.read(name) + (b" " if name == part else b""))
    assert words in book_difference(buffer.getvalue(), made)
    assert book_difference(b"PK", made)


def test_the_line_in_which_two_pages_differ() -> None:
    page = b"<!DOCTYPE html>\n<p>one</p>\n<p>two</p>\n"
    assert page_difference(page.replace(b"two", b"three"), page) == "最初に違うのは、3行目です。"
    assert page_difference(page + b"<p>", page) == "最初に違うのは、4行目です。"
    assert page_difference(page.replace(b"\n", b"\r\n"), page) == SAME_CONTENT


def test_whatever_is_damaged_something_is_said() -> None:
    files = small_archive()
    chance = random.Random(20221)
    for _ in range(60):
        place = chance.randrange(len(MADE))
        noise = MADE[:place] + chance.randbytes(40) + MADE[place + 40 :]
        for damaged in (flipped(MADE, place), MADE[:place], noise):
            assert check_kept(Kept(files | {PDF: damaged}), Path()).findings
            assert pdf_difference(damaged, MADE).endswith("。")
        word = files[WORD]
        place = chance.randrange(len(word))
        for damaged in (flipped(word, place), word[:place]):
            assert word_difference(damaged, word).endswith("。")
