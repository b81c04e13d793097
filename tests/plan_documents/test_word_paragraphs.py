"""Words of Word files, as they stand on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.findings import Findings
from kpireport.plan_documents.tables import SourceText
from kpireport.plan_documents.word_numerals import circled, numeral
from kpireport.plan_documents.word_symbols import UNKNOWN, symbol
from tests.plan_documents.words import (
    cell,
    paragraph,
    picture,
    read_table,
    read_word,
    row,
    run,
    shown,
    table,
    texts,
)

_BREAK = '<w:r><w:br w:type="page"/></w:r>'
_NOTED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def said(log: Findings) -> str:
    """What was told, in one text."""
    return "\n".join(each.what for each in log.warnings)


# --- what counts -----------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted_and_told(tmp_path: Path) -> None:
    log = Findings()
    changed = (
        f"<w:p><w:del>{run('60件').replace('w:t', 'w:delText')}</w:del>"
        f"<w:ins>{run('80件')}</w:ins><w:moveFrom>{run('前')}</w:moveFrom>"
        f"<w:moveTo>{run('後')}</w:moveTo></w:p>"
    )
    deleted = row("消えた行", "１", properties="<w:del/>")
    added = row(cell(changed), "２", properties="<w:ins/>")
    body = table(row("指標", "値"), deleted, added)
    assert shown(read_word(tmp_path, body, log)) == [[["指標", "値"], ["80件後", "２"]]]
    assert "変更履歴が残っています" in said(log)


def test_paragraphs_whose_end_was_deleted_run_on(tmp_path: Path) -> None:
    ends = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("基本", properties=ends) + paragraph("目標") + paragraph("次")
    assert shown(read_word(tmp_path, body)) == ["基本目標", "次"]
    inside = cell(paragraph("60", properties=ends), paragraph("件"))
    assert texts(read_table(tmp_path, row(inside, "ｂ"))) == [["60件", "ｂ"]]


@pytest.mark.parametrize(
    ("properties", "what"),
    [
        ("<w:vanish/>", "隠し文字は、読みません（「旧60件」）"),
        ("<w:strike/>", "取り消し線の付いた文字は、読みません（「旧60件」）"),
        ('<w:color w:val="FFFFFF"/>', "セルと同じ色で見えない文字は、読みません（「旧60件」）"),
    ],
)
def test_words_that_do_not_count_are_left_out_and_told(
    tmp_path: Path, properties: str, what: str
) -> None:
    log = Findings()
    body = table(row(cell(paragraph(run("旧60件", properties), run("80件"))), "ｂ"))
    assert shown(read_word(tmp_path, body, log)) == [[["80件", "ｂ"]]]
    assert what in said(log)
    assert log.warnings[0].file.endswith("原本.docx")


def test_white_words_on_a_dark_cell_or_a_shape_count(tmp_path: Path) -> None:
    log = Findings()
    white = run("基本目標１", '<w:color w:val="FFFFFF"/>')
    dark = cell(paragraph(white), properties='<w:shd w:val="clear" w:fill="1F3864"/>')
    body = paragraph(white) + table(row(dark, "ｂ"))
    assert shown(read_word(tmp_path, body, log)) == ["基本目標１", [["基本目標１", "ｂ"]]]
    assert not log.problems


def test_readings_are_no_words(tmp_path: Path) -> None:
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('たいき')}</w:rt>"
        f"<w:rubyBase>{run('待機')}</w:rubyBase></w:ruby></w:r>"
    )
    assert shown(read_word(tmp_path, paragraph(ruby, run("児童")))) == ["待機児童"]


def test_marks_where_lines_may_break_are_not_kept(tmp_path: Path) -> None:
    soft = "<w:t>利用\u00ad者\u200b数</w:t><w:softHyphen/>"
    hard = "<w:t>（Wi</w:t><w:noBreakHyphen/><w:t>Fi）</w:t>"
    assert shown(read_word(tmp_path, paragraph(f"<w:r>{soft}{hard}</w:r>"))) == [
        "利用者数（Wi-Fi）"
    ]


def test_raised_marks_of_notes_are_no_digits(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    found = read_table(
        tmp_path,
        row(
            cell(paragraph("120人", run("1", raised))),
            cell(paragraph("80％", run("※2", raised))),
            cell(paragraph("10m", run("2", raised))),
        ),
    )
    assert texts(found) == [["120人※1", "80％※2", "10m2"]]


def test_equations_are_words(tmp_path: Path) -> None:
    equation = "<m:oMath><m:r><m:t>a÷b</m:t></m:r></m:oMath>"
    assert shown(read_word(tmp_path, paragraph("率＝", equation))) == ["率＝a÷b"]


# --- symbols ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Wingdings", "F06C", "●"),
        ("Wingdings", "FC", "✓"),
        ("Wingdings", "F081", "①"),
        ("Symbol", "F0B3", "≧"),
        ("ＭＳ 明朝", "2460", "①"),
        ("Wingdings", "F0F5", UNKNOWN),
        ("外字", "E000", chr(0xE000)),
        ("ＭＳ 明朝", "D800", UNKNOWN),
        ("ＭＳ 明朝", "FFFFFFFFFFFF", UNKNOWN),
        ("ＭＳ 明朝", "x", UNKNOWN),
    ],
)
def test_symbols_are_characters_of_any_font(font: str, code: str, character: str) -> None:
    assert symbol(font, code) == character


def test_symbols_stand_among_the_words(tmp_path: Path) -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>'
    typed = run("l", '<w:rFonts w:ascii="Wingdings"/>')
    assert shown(read_word(tmp_path, paragraph(sign, run("ａ"), typed))) == ["●ａ●"]


# --- fields ----------------------------------------------------------------------


def field(instruction: str, result: str | None) -> str:
    """A field with its result, if it has one."""
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")
    )
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return begin + code + (f"{middle}{run(result)}" if result is not None else "") + end


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("表") + field(" SEQ 表 ", "４"), "表４"),
        (field(" PAGE ", "12") + run("頁"), "頁"),
        (field(" DATE ", "令和６年４月"), "令和６年４月"),
        (field(r" eq \o\ac(○,3)", None), "③"),
        (field(r" eq \o\ac(○,秘)", None), "（秘）"),
        (field(r" EQ \* jc2 \* hps10 \o\ad(\s\up 9(たいき),待機)", None) + run("児童"), "待機児童"),
        (f'<w:fldSimple w:instr=" REF x ">{run("図１")}</w:fldSimple>', "図１"),
        (f'<w:fldSimple w:instr=" NUMPAGES ">{run("40")}</w:fldSimple>{run("枚")}', "枚"),
    ],
)
def test_results_of_fields_are_words_but_for_pages(tmp_path: Path, content: str, text: str) -> None:
    assert shown(read_word(tmp_path, paragraph(content))) == [text]


def test_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    """Its lines look like the goals' headings."""
    whole = field(r' TOC \o "1-3" ', "基本目標１………５").replace(
        "</w:r><w:r><w:rPr>", "</w:r></w:p><w:p><w:r><w:rPr>"
    )
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('基本目標２…９')}</w:sdtContent></w:sdt>"
    )
    assert shown(read_word(tmp_path, f"<w:p>{whole}</w:p>{gallery}{paragraph('本文')}")) == ["本文"]


# --- notes -----------------------------------------------------------------------


def test_notes_have_marks_and_follow_what_they_are_on(tmp_path: Path) -> None:
    def note(kind: str, id_: int) -> str:
        style = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        return f'<w:r>{style}<w:{kind}Reference w:id="{id_}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{id_}"><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>'
        for id_, text in ((2, "区民調査"), (3, "年度末"))
    )
    ends = f'<w:endnote w:id="2">{paragraph("巻末")}</w:endnote>'
    body = (
        table(row(cell(paragraph("満足度", note("footnote", 2))), "62％"))
        + paragraph("本文", note("footnote", 3), note("endnote", 2))
        + paragraph("次")
    )
    assert shown(read_word(tmp_path, body, footnotes=notes, endnotes=ends)) == [
        [["満足度※1", "62％"]],
        "※1 区民調査",
        "本文※2※3",
        "※2 年度末",
        "※3 巻末",
        "次",
    ]


# --- headings and looks ----------------------------------------------------------

_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="a1"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a2"><w:basedOn w:val="a1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="big"><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
)


def test_headings_have_levels_and_large_words_are_told(tmp_path: Path) -> None:
    body = "".join(
        (
            paragraph("見出し", properties='<w:pStyle w:val="a2"/>'),
            paragraph("大きい", properties='<w:pStyle w:val="big"/>'),
            paragraph(run("太い", "<w:b/>")),
            paragraph(run("一部", "<w:b/>"), run("だけ")),
            paragraph(run("小さい", '<w:sz w:val="16"/>')),
            paragraph("ふつうの文がいちばん多くの字を占めます。"),
        )
    )
    found = read_word(tmp_path, body, styles=_STYLES).parts
    texts_ = [each for each in found if isinstance(each, SourceText)]
    assert [each.level for each in texts_] == [2, 0, 0, 0, 0, 0]
    assert [each.is_large for each in texts_] == [False, True, True, False, False, False]


# --- pages -----------------------------------------------------------------------


def test_pages_are_those_that_word_noted(tmp_path: Path) -> None:
    second = "<w:r><w:lastRenderedPageBreak/><w:t>ｂ</w:t></w:r>"
    body = (
        paragraph("１頁")
        + table(row("ａ", "１"), row(cell(paragraph(second)), cell(paragraph(_NOTED, run("２")))))
        + paragraph("２頁", _BREAK)
        + paragraph(_NOTED, run("３頁"))
        + table(row(cell(paragraph(_NOTED, run("ｃ"))), "３"))
        + table(row("ｄ", "４"))
    )
    found = read_word(tmp_path, body)
    assert [each.page for each in found.parts] == [1, 1, 2, 3, 4, 4]
    assert [each.place(0) for each in found.tables()] == [
        "1ページ 表1 1行目",
        "4ページ 表1 1行目",
        "4ページ 表2 1行目",
    ]
    assert next(found.tables()).place(1) == "2ページ（1ページからの表1） 2行目"
    assert found.pages == 4


def test_a_page_ends_within_a_table_that_begins_the_file(tmp_path: Path) -> None:
    """Of each row one cell is empty; the second one is cut, so all its cells note the end."""
    cut = paragraph(run("ｃ"), _NOTED, run("つづき"))
    body = table(row("ａ", ""), row(cell(cut), cell(cut)), row("", "ｄ")) + paragraph("後")
    found = read_word(tmp_path, body)
    (source,) = found.tables()
    assert source.row_pages == (1, 1, 2)
    assert found.pages == 2


def test_sections_and_paragraphs_begin_pages(tmp_path: Path) -> None:
    def ends(kind: str) -> str:
        return paragraph("終", properties=f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>')

    body = (
        ends("nextPage")
        + ends("continuous")
        + ends("nextPage")
        + paragraph("次", properties="<w:pageBreakBefore/>")
        + paragraph(_NOTED, run("後"))
        + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    )
    found = read_word(tmp_path, body)
    assert [each.page for each in found.parts] == [1, 1, 2, 3, 4]


def test_a_file_that_was_never_laid_out_has_no_pages(tmp_path: Path) -> None:
    found = read_word(tmp_path, paragraph("ａ", _BREAK) + table(row("ｂ", "ｃ")))
    assert [each.page for each in found.parts] == [0, 0]
    assert [each.place(0) for each in found.tables()] == ["表1 1行目"]
    assert found.pages == 0


def test_columns_begin_where_they_stand_on_the_paper(tmp_path: Path) -> None:
    def section(width: int, height: int) -> str:
        return (
            f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}" w:orient="landscape"/>'
            '<w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'
        )

    widths = (2000, 3000)
    centred = table(row("ａ", "ｂ"), widths=widths, properties='<w:jc w:val="center"/>')
    indented = table(row("ａ", "ｂ"), widths=widths, properties='<w:tblInd w:w="-200"/>')
    body = (
        table(row("ａ", "ｂ"), widths=widths)
        + paragraph("", properties=section(10_000, 20_000))
        + centred
        + indented
        + section(20_000, 10_000)
    )
    found = list(read_word(tmp_path, body).tables())
    assert [each.lefts for each in found] == [(0.1, 0.3), (0.375, 0.475), (0.04, 0.14)]


# --- scans and the like ----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "is_scan"),
    [
        (paragraph(picture(100, 50)), True),
        (paragraph(picture(200, 280)) + paragraph("ａ"), True),
        (paragraph(picture(100, 50)) + paragraph("ａ"), False),
        (paragraph("ａ"), False),
        (paragraph(""), False),
    ],
)
def test_pages_that_are_pictures_are_told(tmp_path: Path, body: str, is_scan: bool) -> None:
    assert read_word(tmp_path, body).has_pictures_of_pages is is_scan


def test_what_other_programs_drew_and_remarks_are_told(tmp_path: Path) -> None:
    log = Findings()
    remark = f'<w:comment w:id="0">{paragraph("確認")}</w:comment>'
    body = paragraph("ａ", "<w:r><w:object/></w:r>")
    assert shown(read_word(tmp_path, body, log, comments=remark)) == ["ａ"]
    assert "コメントが付いています" in said(log)
    assert "SmartArtなど（1か所）は、読めません" in said(log)


# --- numbers before paragraphs ---------------------------------------------------


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 20, "⒇"),
        ("aiueoFullWidth", 46, "ン"),
        ("aiueoFullWidth", 1, "ア"),
        ("aiueo", 2, "ｲ"),
        ("irohaFullWidth", 3, "ハ"),
        ("irohaFullWidth", 47, "ス"),
        ("lowerLetter", 27, "aa"),
        ("upperRoman", 9, "IX"),
        ("lowerRoman", 4, "iv"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 105, "百五"),
        ("japaneseDigitalTenThousand", 20, "二〇"),
        ("japaneseLegal", 12, "壱拾弐"),
        ("ideographTraditional", 2, "乙"),
        ("none", 2, ""),
        ("unheardOf", 2, "2"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, number: int, text: str) -> None:
    assert numeral(form, number) == text


def test_numbers_in_circles_end_at_fifty() -> None:
    assert [circled(each) for each in ("1", "50", "51", "秘")] == ["①", "㊿", "（51）", "（秘）"]


def level(place: int, form: str, text: str, more: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "decimalFullWidth", "%1．")
    + level(1, "decimal", "%1-%2")
    + level(2, "aiueoFullWidth", "（%3）")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "\uf06c", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="9">'
    + level(0, "japaneseCounting", "第%1章", '<w:pStyle w:val="chapter"/>')
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)


def numbered(text: str, list_: int, place: int = 0) -> str:
    """A paragraph that Word numbers."""
    number = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{list_}"/></w:numPr>'
    return paragraph(text, properties=number)


def test_paragraphs_have_the_numbers_that_word_sets_before_them(tmp_path: Path) -> None:
    levels = ((0, "福祉"), (1, "保育"), (1, "介護"), (2, "細目"), (0, "都市"), (1, "公園"))
    body = "".join(numbered(text, 1, place) for place, text in levels)
    body += numbered("別", 3) + numbered("続き", 3) + numbered("点", 2) + numbered("無", 0)
    assert shown(read_word(tmp_path, body, numbering=_NUMBERING)) == [
        "１．福祉",
        "１-1 保育",
        "１-2 介護",
        "（ア）細目",
        "２．都市",
        "２-1 公園",
        "１．別",
        "２．続き",
        "●点",
        "無",
    ]


def test_a_cell_may_have_nothing_but_its_number(tmp_path: Path) -> None:
    rows = [row(cell(numbered("", 1)), name) for name in ("ａ", "ｂ", "ｃ")]
    found = read_table(tmp_path, *rows, numbering=_NUMBERING)
    assert texts(found) == [["１．", "ａ"], ["２．", "ｂ"], ["３．", "ｃ"]]


def test_styles_number_headings(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="chapter"><w:pPr><w:numPr><w:numId w:val="4"/>'
        '</w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="chapter"/></w:style>'
    )
    body = "".join(
        paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')
        for text, style in (("総論", "chapter"), ("各論", "own"))
    )
    found = read_word(tmp_path, body, numbering=_NUMBERING, styles=styles)
    assert shown(found) == ["第一章 総論", "第二章 各論"]
