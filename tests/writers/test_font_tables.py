"""The fonts as they are read at once are those that ReportLab reads."""

from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from kpireport.writers.font_tables import Font
from kpireport.writers.fonts import font_directory

BUNDLED = sorted(font_directory().glob("*.ttf"))


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_a_font_is_the_one_that_reportlab_reads(file: Path) -> None:
    ours, usual = Font(file.stem, str(file)), TTFont(file.stem, str(file), shapable=False)
    face, expected = ours.face, usual.face
    assert face.charToGlyph == expected.charToGlyph
    assert face.charWidths == expected.charWidths
    assert face.defaultWidth == expected.defaultWidth
    assert list(face.glyphPos) == expected.glyphPos
    assert ours.fontName == usual.fontName
    assert vars(ours).keys() == vars(usual).keys()
    # what only the reading needed
    assert vars(expected).keys() - vars(face).keys() == {"glyphToChar"}
    others = ("name", "bbox", "ascent", "descent", "capHeight", "stemV", "flags", "italicAngle")
    assert [getattr(face, name) for name in others] == [getattr(expected, name) for name in others]


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_a_glyph_of_a_subset_advances_as_in_the_font(file: Path) -> None:
    metrics = Font(file.stem, str(file)).face.hmetrics
    expected = TTFont(file.stem, str(file)).face.hmetrics
    assert [bearing for _, bearing in metrics] == [bearing for _, bearing in expected]
    # ReportLab gives the last ones, which say no advance of their own, thousandths of an em
    whole = [advance for advance, _ in expected if isinstance(advance, int)]
    assert [advance for advance, _ in metrics] == [
        *whole,
        *[whole[-1]] * (len(metrics) - len(whole)),
    ]


def test_a_font_of_another_make_is_refused(tmp_path: Path) -> None:
    data = bytearray(BUNDLED[0].read_bytes())
    face = Font("a", str(BUNDLED[0])).face
    begin, _ = face.get_table_pos("head")
    data[begin + 50 : begin + 52] = bytes(2)
    (tmp_path / "short.ttf").write_bytes(data)
    with pytest.raises(ValueError, match="32 bits"):
        Font("short", str(tmp_path / "short.ttf"))
