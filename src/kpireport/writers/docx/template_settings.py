"""The settings of a municipality's own Word document (様式), made those of a document in it.

Comes in: the root of ``word/settings.xml`` (ECMA-376-1, 17.15.1). Goes out: of the same what
says how pages and lines are made, in Japanese.
"""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.writers.docx.markup import MAIN, RELATIONSHIPS
from kpireport.writers.docx.template_sieve import sift_formatting

_NAMESPACES = {"w": MAIN, "r": RELATIONSHIPS}

# Of how its pages and lines are made, and how it is shown; the rest is of its owner's other
# files, its data, its locks, and of what Word asks when it is opened
_KEPT = frozenset(
    (
        *("view", "zoom", "doNotDisplayPageBoundaries", "displayBackgroundShape"),
        *("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "mirrorMargins"),
        *("alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
        *("gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors", "defaultTabStop"),
        *("autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps"),
        *("evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting"),
        *("bookFoldPrintingSheets", "printTwoOnOne", "drawingGridHorizontalSpacing"),
        *("drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery"),
        *("displayVerticalDrawingGridEvery", "doNotUseMarginsForDrawingGridOrigin"),
        *("drawingGridHorizontalOrigin", "drawingGridVerticalOrigin", "doNotShadeFormData"),
        *("noPunctuationKerning", "characterSpacingControl", "strictFirstAndLastChars"),
        *("noLineBreaksAfter", "noLineBreaksBefore", "footnotePr", "endnotePr", "compat"),
        *("themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
    )
)
_ELSEWHERE = "ほかのファイルへのつながり"
_TOLD = {
    "attachedTemplate": "ほかの様式へのつながり",
    "mailMerge": "差し込み印刷",
    "updateFields": "開くたびにフィールドを更新する設定",
    "attachedSchema": _ELSEWHERE,
    "saveThroughXslt": _ELSEWHERE,
}
_BY_ID = f"{{{RELATIONSHIPS}}}"

# Header rows are set by their table's style, each of them like the first (17.7.6)
_HEADER_ROWS = "differentiateMultirowTableHeaders"


def make_own(root: Element) -> list[str]:
    """Make a template's settings those of a document that is made in it.

    Returns:
        What was left behind that leads elsewhere or asks something, in words.
    """
    dropped = []
    for element in list(root):
        name = etree.QName(element) if isinstance(element.tag, str) else None
        if name is not None and name.namespace == MAIN and name.localname in _KEPT:
            continue
        if name is not None and name.localname in _TOLD:
            dropped.append(_TOLD[name.localname])
        elif any(key.startswith(_BY_ID) for each in element.iter() for key in each.attrib):
            dropped.append(_ELSEWHERE)
        root.remove(element)
    dropped.extend(sift_formatting(root))
    for note in (*_all(root, "footnotePr/w:footnote"), *_all(root, "endnotePr/w:endnote")):
        note.getparent().remove(note)
    for setting in _all(root, "compat/w:compatSetting"):
        if setting.get(qn("w:name")) == _HEADER_ROWS:
            setting.set(qn("w:val"), "0")
    for language in _all(root, "themeFontLang"):
        language.set(qn("w:val"), "ja-JP")
        language.set(qn("w:eastAsia"), "ja-JP")
    return dropped


def _all(root: Element, path: str) -> list[Element]:
    return list(root.findall(f"w:{path}", _NAMESPACES))
