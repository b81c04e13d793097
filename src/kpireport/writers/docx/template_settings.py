"""The settings of a municipality's own Word document (様式), made those of a document in it.

Comes in: the root of ``word/settings.xml`` (ECMA-376-1, 17.15.1). Goes out: the same without what
belongs to the template's own text, its folder, or this one file, and in Japanese.
"""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.writers.docx.markup import MAIN, RELATIONSHIPS

_NAMESPACES = {"w": MAIN, "r": RELATIONSHIPS}

# What ties a file to its owner's other files, or locks it
_NOT_OF_SETTINGS = (
    *("attachedTemplate", "linkStyles", "mailMerge", "documentProtection", "writeProtection"),
    *("rsids", "docVars", "attachedSchema", "saveThroughXslt", "removePersonalInformation"),
    *("trackRevisions", "revisionView", "docId"),
)
_BY_ID = f"{{{RELATIONSHIPS}}}"

# Header rows are set by their table's style, each of them like the first (17.7.6)
_HEADER_ROWS = "differentiateMultirowTableHeaders"


def make_own(root: Element) -> None:
    """Make a template's settings those of a document that is made in it."""
    for element in list(root):
        if _is_left_behind(element):
            root.remove(element)
    for note in (*_all(root, "footnotePr/w:footnote"), *_all(root, "endnotePr/w:endnote")):
        note.getparent().remove(note)
    for setting in _all(root, "compat/w:compatSetting"):
        if setting.get(qn("w:name")) == _HEADER_ROWS:
            setting.set(qn("w:val"), "0")
    for language in _all(root, "themeFontLang"):
        language.set(qn("w:val"), "ja-JP")
        language.set(qn("w:eastAsia"), "ja-JP")


def _is_left_behind(element: Element) -> bool:
    """Whether a setting is the template's own (be it Word 2010's ``w14:docId``) or names a part."""
    if not isinstance(element.tag, str):
        return True
    is_own = etree.QName(element).localname in _NOT_OF_SETTINGS
    return is_own or any(key.startswith(_BY_ID) for key in element.attrib)


def _all(root: Element, path: str) -> list[Element]:
    return list(root.findall(f"w:{path}", _NAMESPACES))
