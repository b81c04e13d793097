"""What a reader sees that is no plain text: told, in the frames and among the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.pulling.edited import NAMESPACE, W, control, edited, find_text, pulled, refused, write

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
    assert figure[1:] == ("98.6％", f"98.6％{THINGS[markup]}")
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
    assert "　表「" in place
    assert (old, new) == ("", "注 補足。")
