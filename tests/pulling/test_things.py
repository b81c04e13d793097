"""What a reader sees that is no plain text: told, in the frames and among the figures."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.text.paragraph import Paragraph
from lxml import etree

from kpireport.word_files.opening import WordFile
from kpireport.word_files.words import read_words
from tests.pulling.edited import (
    NAMESPACE,
    W,
    built,
    control,
    edited,
    find_text,
    pulled,
    refused,
    with_part,
    write,
)

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SYMBOL = '<w:sym w:font="Wingdings" w:char="F0FC"/>'
FIELD = '<w:fldSimple w:instr="{}"><w:r><w:t>（速報値）</w:t></w:r></w:fldSimple>'
TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表の文</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
THINGS = {
    f"<w:r>{SYMBOL}</w:r>": "［記号「Wingdings F0FC」］",
    "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>": "［数式「x=1」］",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内緒</w:t></w:r>": "［隠し文字「内緒」］",
    FIELD.format(" SEQ x "): "［番号］",
}


def elements(markup: str) -> list[Any]:
    return list(etree.fromstring(f'<x xmlns:w="{NAMESPACE}" xmlns:m="{MATH}">{markup}</x>'))


def put(root: Any, markup: str) -> None:
    """Put something at the end of the survey's text."""
    control(root, "survey").find(f"{W}sdtContent/{W}p").extend(elements(markup))


@pytest.mark.parametrize("markup", THINGS)
def test_they_are_refused_in_a_frame_and_beside_a_figure(tmp_path: Path, markup: str) -> None:
    def change(root: Any) -> None:
        put(root, markup)
        cell = find_text(root, "98.6％", "重要業績評価指標の実績")
        next(cell.iterancestors(f"{W}p")).extend(elements(markup))

    figure, frame = refused(write(tmp_path), edited(change))
    assert figure[1:] == ("98.6％＊１", f"98.6％＊１{THINGS[markup]}")
    assert frame[1:] == ("調査の説明。", f"調査の説明。{THINGS[markup]}")


def test_a_table_is_refused_where_the_words_are_as_before(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        control(root, "survey").find(f"{W}sdtContent").extend(elements(TABLE))

    ((_, _, new),) = refused(write(tmp_path), edited(change))
    assert new == "調査の説明。\n［表「表の文」］"


def test_a_field_is_read_as_its_words_and_told(tmp_path: Path) -> None:
    found = pulled(write(tmp_path), edited(lambda root: put(root, FIELD.format(" DATE "))))
    assert [each.new for each in found.changes] == ["調査の説明。（速報値）"]
    assert ["フィールド" in each.what for each in found.notes] == [True]


def test_a_format_alone_is_told(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        run = control(root, "survey").find(f"{W}sdtContent/{W}p/{W}r")
        run.insert(0, elements("<w:rPr><w:b/></w:rPr>")[0])

    found = pulled(write(tmp_path), edited(change))
    assert (found.changes, found.refusals) == ((), ())
    assert ["書式" in each.what for each in found.notes] == [True]


def test_a_paragraph_put_in_is_told_with_what_stands_before(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        table = next(find_text(root, "98.6％").iterancestors(f"{W}tbl"))
        table.addnext(elements("<w:p><w:r><w:t>注\t補足。</w:t></w:r></w:p>")[0])

    ((place, old, new),) = refused(write(tmp_path), edited(change))
    assert place.endswith("の後")
    assert "　表５「" in place
    assert (old, new) == ("", "注 補足。")


def test_a_comment_on_a_frame_is_no_format(tmp_path: Path) -> None:
    """A comment's mark has a style of its own, which nobody gave the words."""
    opened = docx.Document(io.BytesIO(built()))
    element = control(opened.element, "survey").find(f"{W}sdtContent/{W}p")
    opened.add_comment(Paragraph(element, opened).runs, text="これでよいか。", author="部長")
    saved = io.BytesIO()
    opened.save(saved)

    found = pulled(write(tmp_path), saved.getvalue())
    assert (found.changes, found.refusals) == ((), ())
    assert [each.text for each in found.notes] == ["これでよいか。"]


def test_a_cell_of_the_sample_page_is_told_alone(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        inner = next(each for each in root.iter(f"{W}tbl") if list(each.iterancestors(f"{W}tbl")))
        list(inner.iter(f"{W}t"))[-1].text = "直した"

    ((place, old, new),) = refused(write(tmp_path), edited(change))
    assert "表の見方" in place
    assert (old, new) == ("◎\n◎", "◎\n直した")


def test_words_that_nobody_sees_are_told_with_their_table(tmp_path: Path) -> None:
    """What continues a cell above shows nothing of its own; a later editor may undo that."""

    def change(root: Any) -> None:
        hidden = next(
            each.getparent().getparent()
            for each in root.iter(f"{W}vMerge")
            if each.get(f"{W}val") != "restart"
        )
        hidden.find(f"{W}p").extend(elements("<w:r><w:t>隠れた文</w:t></w:r>"))

    ((_, old, new),) = refused(write(tmp_path), edited(change))
    assert old != new


@pytest.mark.parametrize("tag", ["drawing", "pict", "object"])
def test_a_picture_put_in_among_the_figures_is_told(tmp_path: Path, tag: str) -> None:
    def change(root: Any) -> None:
        cell = find_text(root, "98.6％", "重要業績評価指標の実績")
        heading = find_text(root, "はじめに")
        for each in (cell, heading):
            next(each.iterancestors(f"{W}p")).extend(elements(f"<w:r><w:{tag}/></w:r>"))

    assert len(refused(write(tmp_path), edited(change))) == 2


def test_a_header_that_no_section_shows_is_not_missed(tmp_path: Path) -> None:
    """Any program that saves the file drops it."""
    unused = f'<w:hdr xmlns:w="{NAMESPACE}"><w:p><w:r><w:t>前の様式</w:t></w:r></w:p></w:hdr>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    relations = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(built())) as package:
        related = package.read(relations).decode()
    entry = f'<Relationship Id="unused" Type="{kind}" Target="unused.xml"/></Relationships>'
    data = with_part(built(), "word/unused.xml", unused.encode())
    data = with_part(data, relations, related.replace("</Relationships>", entry).encode())

    found = pulled(write(tmp_path), data)
    assert (found.refusals, found.changes) == ((), ())


def test_a_thousand_comments_on_one_paragraph_take_no_time(tmp_path: Path) -> None:
    marks = "".join(f'<w:r><w:commentReference w:id="{each}"/></w:r>' for each in range(5_000))
    comments = "".join(
        f'<w:comment w:id="{each}" w:author="甲"><w:p><w:r><w:t>文</w:t></w:r></w:p></w:comment>'
        for each in range(5_000)
    )
    body = f'<w:document xmlns:w="{NAMESPACE}"><w:body><w:p>{marks}</w:p></w:body></w:document>'
    part = f'<w:comments xmlns:w="{NAMESPACE}">{comments}</w:comments>'
    begun = time.process_time()
    found = read_words(WordFile(etree.fromstring(body), (), etree.fromstring(part)))
    assert len(found.remarks) == 5_000
    assert time.process_time() - begun < 60  # with a walk for each of them: many minutes
