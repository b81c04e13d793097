"""The Word styles' names, as staff see them in Word's list of styles.

A style is found by its name, never by its id: Word gives ids of its own when
it saves a file. Where Word has a style of its own for the purpose, its
built-in English name stands here, and Word shows it in the user's language
(``Body Text`` is 本文, ``heading 1`` 見出し 1, ``Title`` 表題).
"""

from __future__ import annotations

from typing import NamedTuple

from kpireport.document.styles import HeadingStyle, TableStyle, TextStyle


class WordStyle(NamedTuple):
    """A style's name, and the id that our own base document gives it."""

    id: str
    name: str


HEADING_LEVELS = range(1, 4)
"""The levels that the base document has styles for (見出し 1 to 3)."""

NORMAL = WordStyle("Normal", "Normal")
NORMAL_TABLE = WordStyle("TableNormal", "Normal Table")
DEFAULT_CHARACTER = WordStyle("DefaultParagraphFont", "Default Paragraph Font")
NO_LIST = WordStyle("NoList", "No List")
HEADER = WordStyle("Header", "header")
FOOTER = WordStyle("Footer", "footer")
FIGURE = WordStyle("Figure", "図")
TABLE_BAR = WordStyle("TableBar", "表の棒")
STRONG = WordStyle("Strong", "Strong")
NOTE_MARK = WordStyle("NoteMark", "注番号")
UNSEEN = WordStyle("Unseen", "見出しの続き（表示なし）")
TABLE_GAP = WordStyle("TableGap", "表の間")
SAMPLE_FRAME = WordStyle("SampleFrame", "見本の枠")
SAMPLE_GAP = WordStyle("SampleGap", "見本・表の間")
SAMPLE_END = WordStyle("SampleEnd", "見本・末尾")
SAMPLE_NUMERAL = WordStyle("SampleNumeral", "見本・見出し（枠付き）")
SAMPLE_MARKS = WordStyle("SampleMarks", "見本・符号")

_TEXT = {
    TextStyle.BODY: WordStyle("BodyText", "Body Text"),
    TextStyle.NOTE: WordStyle("Note", "注記"),
    TextStyle.TABLE_NOTE: WordStyle("TableNote", "表の注"),
    TextStyle.LIST_ITEM: WordStyle("ListItem", "番号付きの項目"),
    TextStyle.CALLOUT: WordStyle("Callout", "符号の説明"),
    TextStyle.MASTHEAD: WordStyle("Masthead", "概要版の題と日付"),
    TextStyle.COVER_LABEL: WordStyle("CoverLabel", "表紙の資料番号"),
    TextStyle.COVER_COMMITTEE: WordStyle("CoverCommittee", "表紙の会議名"),
    TextStyle.COVER_TITLE: WordStyle("Title", "Title"),
    TextStyle.COVER_YEAR: WordStyle("CoverYear", "表紙の年度"),
    TextStyle.COVER_DATE: WordStyle("CoverDate", "表紙の日付"),
    TextStyle.COVER_ISSUER: WordStyle("CoverIssuer", "表紙の発行者"),
    TextStyle.BAND_LABEL: WordStyle("BandLabel", "目標表の項目名"),
    TextStyle.BAND_LABEL_NOTE: WordStyle("BandLabelNote", "目標表の項目名の注"),
    TextStyle.BAND_TITLE: WordStyle("BandTitle", "目標表の目標"),
    TextStyle.BAND_PROSE: WordStyle("BandProse", "目標表の本文"),
    TextStyle.BAND_TARGET: WordStyle("BandTarget", "目標表の数値目標"),
    TextStyle.BAND_ITEM: WordStyle("BandItem", "目標表の箇条書き"),
    TextStyle.BAND_PART: WordStyle("BandPart", "目標表の番号付き本文"),
    TextStyle.TABLE_HEADER: WordStyle("TableHeader", "表見出し"),
    TextStyle.TABLE_HEADER_NOTE: WordStyle("TableHeaderNote", "表見出しの注"),
    TextStyle.TABLE_LABEL: WordStyle("TableLabel", "表の計画番号"),
    TextStyle.TABLE_TEXT: WordStyle("TableText", "表本文"),
    TextStyle.TABLE_SUBTEXT: WordStyle("TableSubtext", "表本文（内訳）"),
    TextStyle.TABLE_VALUE: WordStyle("TableValue", "表の値"),
    TextStyle.DENSE_HEADER: WordStyle("DenseHeader", "多列表見出し"),
    TextStyle.DENSE_HEADER_NOTE: WordStyle("DenseHeaderNote", "多列表見出しの注"),
    TextStyle.DENSE_LABEL: WordStyle("DenseLabel", "多列表の計画番号"),
    TextStyle.DENSE_TEXT: WordStyle("DenseText", "多列表本文"),
    TextStyle.DENSE_SUBTEXT: WordStyle("DenseSubtext", "多列表本文（内訳）"),
    TextStyle.DENSE_VALUE: WordStyle("DenseValue", "多列表の値"),
    TextStyle.DENSE_MARK: WordStyle("DenseMark", "多列表の評価"),
    TextStyle.DENSE_COUNT: WordStyle("DenseCount", "多列表の件数"),
    TextStyle.CAPTION: WordStyle("Caption", "caption"),
    TextStyle.COMMENT: WordStyle("Comment", "所管課の記述"),
    TextStyle.COVER_NOTICE: WordStyle("CoverNotice", "表紙の注意書き"),
}

_OWN_HEADINGS = {1: HeadingStyle.CHAPTER, 2: HeadingStyle.SECTION, 3: HeadingStyle.SUBSECTION}
"""The looks of Word's own ``heading n``."""

_HEADING = {
    HeadingStyle.CHAPTER: WordStyle("Chapter", "章"),
    HeadingStyle.BOXED: WordStyle("Boxed", "枠付き"),
    HeadingStyle.PLAIN: WordStyle("Plain", "左寄せ"),
    HeadingStyle.SECTION: WordStyle("Section", "節"),
    HeadingStyle.SUBSECTION: WordStyle("Subsection", "項"),
    HeadingStyle.PLACE: WordStyle("Place", "上の階層"),
}

_TABLE = {
    TableStyle.BAND: WordStyle("BandTable", "目標表"),
    TableStyle.KPI: WordStyle("KpiTable", "指標表"),
    TableStyle.SUMMARY: WordStyle("SummaryTable", "集計表"),
}

IN_TABLES = tuple(
    style for style in TextStyle if style.value.startswith(("band.", "table.", "dense."))
)
"""The text styles that a reduced sample shows."""


def text_style(style: TextStyle, *, sample: bool = False) -> WordStyle:
    """Return a text's style, or its reduced twin."""
    return _twin(_TEXT[style]) if sample else _TEXT[style]


def heading_style(style: HeadingStyle, level: int, *, is_listed: bool = True) -> WordStyle:
    """Return a heading's style; one that is not listed (目次 itself) has no level there."""
    look = _HEADING[style]
    if not is_listed:
        if style is HeadingStyle.CHAPTER:
            return WordStyle("TOCHeading", "TOC Heading")
        return WordStyle(f"TOCHeading{look.id}", f"目次に載せない見出し（{look.name}）")
    if is_own_heading(style, level):
        return WordStyle(f"Heading{level}", f"heading {level}")
    return WordStyle(f"Heading{level}{look.id}", f"見出し {level}（{look.name}）")


def is_own_heading(style: HeadingStyle, level: int) -> bool:
    """Tell whether a heading is set in Word's own ``heading n``."""
    return _OWN_HEADINGS.get(level) is style


def own_heading(level: int) -> HeadingStyle:
    """Return the look of Word's own ``heading n``."""
    return _OWN_HEADINGS[level]


def field_names(style: HeadingStyle, level: int) -> tuple[str, ...]:
    """Return the names by which fields call a heading's style.

    Word knows its own styles by their names in the user's language, not in the file's.
    """
    if is_own_heading(style, level):
        return f"Heading {level}", f"見出し {level}"
    return (heading_style(style, level).name,)


def contents_style(level: int) -> WordStyle:
    """Return the style of a line of the contents."""
    return WordStyle(f"TOC{level}", f"toc {level}")


def table_style(style: TableStyle, *, dense: bool = False, sample: bool = False) -> WordStyle:
    """Return a table's style, or that of its kind with many columns, or their reduced twins."""
    name = _TABLE[style]
    if dense:
        name = WordStyle(f"Dense{name.id}", f"{name.name}（多列）")
    return _twin(name) if sample else name


def _twin(style: WordStyle) -> WordStyle:
    return WordStyle(f"Sample{style.id}", f"見本・{style.name}")


_JAPANESE = {
    "body text": "本文",
    "title": "表題",
    "caption": "図表番号",
    "header": "ヘッダー",
    "footer": "フッター",
    "strong": "強調太字",
    "toc heading": "目次の見出し",
}
_NUMBERED = {"heading": "見出し", "toc": "目次"}


def japanese_name(name: str) -> str:
    """Return a style's name as a Japanese Word shows it.

    >>> japanese_name("heading 1"), japanese_name("Body Text"), japanese_name("表本文")
    ('見出し 1', '本文', '表本文')
    """
    word, _, number = name.casefold().partition(" ")
    if number.isdecimal() and word in _NUMBERED:
        return f"{_NUMBERED[word]} {number}"
    return _JAPANESE.get(name.casefold(), name)


def shown_name(style: WordStyle) -> str:
    """Return a style's name as a Japanese Word shows it."""
    return japanese_name(style.name)
