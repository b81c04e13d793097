"""A municipality's own Word document (様式) → the base document that the writer fills.

Comes in: the parts of its package, opened with care by :mod:`kpireport.sources.word_file`.
Goes out: a base document with its styles, theme, fonts, lists and settings, its page, and
its headers and footers with all that they show (a letterhead's logo). Left behind: its
text, its notes and comments, what it says of its author, and all that acts or leads
elsewhere (``template_sieve``, ``template_parts``): what nothing relates to is not written.

Its first section is the model of pages without a number, its last of numbered ones
(``template_pages``). Styles of ours that it lacks are added, so that any document will do.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import NoReturn

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from kpireport.errors import InputError, OutputError, Problem, Severity
from kpireport.quickly import dataclass
from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.docx.markup import paragraph_properties, part, w
from kpireport.writers.docx.package import (
    TEMPLATE,
    Base,
    document_styles,
    open_document,
    parse,
    serialized,
    write_package,
)
from kpireport.writers.docx.template_fitting import fit_styles
from kpireport.writers.docx.template_pages import TemplatePages
from kpireport.writers.docx.template_parts import Leavings, left_of_document, sift_looks
from kpireport.writers.docx.template_styles import NeededStyle, adopt_styles
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import DEFAULT_THEME, MILLIMETRE

_KEPT = (
    *(RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.NUMBERING),
    *(RELATIONSHIP_TYPE.FONT_TABLE, RELATIONSHIP_TYPE.THEME),
)
"""What a template gives beside its headers and footers; what it lacks is ours."""

_TEMPLATE_TYPE = CONTENT_TYPE.WML_DOCUMENT_MAIN.replace("document.main", "template.main")
_TYPES = "[Content_Types].xml"
_LEAST_WIDTH = 100 * MILLIMETRE
_LEAST_HEIGHT = 120 * MILLIMETRE
_SAVE_AS = "Wordで開き、「名前を付けて保存」で「Word 文書（*.docx）」を選んで保存してください。"


@dataclass(frozen=True, slots=True)
class TemplateBase:
    """The base document that a template makes, and what its office should know of it."""

    data: bytes
    notices: tuple[Problem, ...]


def base_from_template(parts: Mapping[str, bytes], file: str) -> TemplateBase:
    """Return the base document that a template makes.

    Args:
        parts: those of its package, each XML part sound.
        file: its path, for the problems.

    Raises:
        InputError: it is no document, or has no page that tables have room on.
    """
    document = _opened(parts, file)
    main, shipped = document.part, open_document(BASE_FILE.read_bytes())
    leavings = Leavings()
    pages = TemplatePages.of(document, leavings)
    if pages is None:
        remedy = "Wordで開き、「レイアウト」で用紙と余白を決めて、保存し直してください。"
        _fail(file, "ページ設定（用紙と余白）がありません。", remedy)
    main.partname = PackURI("/word/document.xml")  # Word for the web calls it otherwise
    left_of_document(main, leavings)
    _keep(document, shipped, leavings)
    added = adopt_styles(document_styles(document), document_styles(shipped))
    sections = pages.sections(_footer_style(document))
    mark = w("bookmarkStart", id=0, name=_name(parts)), w("bookmarkEnd", id=0)
    body = w("body", w("p", paragraph_properties(sections[0]), *mark), sections[1])
    data = write_package(main.package, {main: (part("document", body),)})
    return TemplateBase(_fitted(data, file), (*_notices(added, file), *leavings.notices(file)))


def _opened(parts: Mapping[str, bytes], file: str) -> Document:
    """Open a template; one for new documents (.dotx) as well, and one that lacks parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            content = data
            if name == _TYPES:
                content = data.replace(
                    _TEMPLATE_TYPE.encode(), CONTENT_TYPE.WML_DOCUMENT_MAIN.encode()
                )
            elif name.endswith(".rels"):
                content = _sound_relations(name, data, parts)
            package.writestr(zipfile.ZipInfo(name), content)  # which asks no clock
    try:
        return open_document(stream.getvalue())
    except (OutputError, RecursionError):
        _fail(file, "Wordの文書（.docx）ではないか、壊れています。", _SAVE_AS)


def _sound_relations(name: str, data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return relationships without those to parts that are missing: python-docx refuses them."""
    root = parse(data)
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(root):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        if relation.get("TargetMode") != "External" and target.lstrip("/") not in parts:
            root.remove(relation)
    return serialized(root)


def _keep(document: Document, shipped: Document, leavings: Leavings) -> None:
    """Leave of a template its looks, and put ours where it lacks some."""
    package, main = document.part.package, document.part
    for identifier, relation in list(package.rels.items()):
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            del package.rels[identifier]
    for relation in shipped.part.package.rels.values():
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            package.relate_to(relation.target_part, relation.reltype)
    kept: dict[str, Part] = {}
    for relation in (*main.rels.values(), *shipped.part.rels.values()):
        if relation.reltype in _KEPT and not relation.is_external:
            kept.setdefault(relation.reltype, relation.target_part)
    main.rels.clear()
    for kind in _KEPT:
        main.load_rel(kind, kept[kind], kind.rpartition("/")[2])
    sift_looks(kept, leavings)


def _footer_style(document: Document) -> Mapping[str, str]:
    """Return the ids of the styles of headers and footers."""
    styles = document_styles(document).findall(qn("w:style"))
    ids = {each.find(qn("w:name")).get(qn("w:val")): each.get(qn("w:styleId")) for each in styles}
    return {kind: str(ids[kind]) for kind in ("header", "footer")}


def _fitted(data: bytes, file: str) -> bytes:
    """Return the package, its styles' lengths made to follow its sizes and page."""
    base = Base.read(data)
    for section in (base.unnumbered, base.numbered):
        width = section.text_width(landscape=False)
        height = section.text_height(landscape=True)
        if width < twips(_LEAST_WIDTH) or height < twips(_LEAST_HEIGHT):
            _fail(
                file,
                "用紙が小さいか余白が広いため、表を置く幅や高さが足りません。",
                f"余白を除いた幅を {_LEAST_WIDTH / MILLIMETRE:.0f} mm、横向きにしたときの高さを"
                f" {_LEAST_HEIGHT / MILLIMETRE:.0f} mm より大きくしてください。",
            )
    fit_styles(base, DEFAULT_THEME)
    return write_package(base.document.part.package)


def _name(parts: Mapping[str, bytes]) -> str:
    """Return the name of the bookmark that tells this template from others."""
    whole = hashlib.sha256()
    for name, data in sorted(parts.items()):
        whole.update(f"{name}\0{len(data)}\0".encode(errors="surrogatepass"))
        whole.update(data)
    return f"{TEMPLATE}{whole.hexdigest()[:16]}"


def _notices(added: list[NeededStyle], file: str) -> tuple[Problem, ...]:
    if not added:
        return ()
    listed = "、".join(f"「{style.shown_name}」" for style in added)
    what = f"報告書に使うスタイルのうち{len(added)}個がないため、標準のものを使いました: {listed}"
    return (Problem(file, "", what, _GET_STYLES, Severity.WARNING),)


_GET_STYLES = (
    "見た目を変えたいスタイルは、名前を変えたものなら元の名前に戻し、ないものなら"
    "新しく作った様式の雛形から、"
    "Wordの「スタイルの管理」→「インポート/エクスポート」で写してください。"
)


def _fail(file: str, what: str, remedy: str) -> NoReturn:
    raise InputError((Problem(file, "", what, remedy),))
