"""A Word file (.docx) as tables of cells and the texts between them.

Comes in: the path of a plan's document that somebody wrote. Goes out: a
:class:`~kpireport.plan_documents.tables.SourceDocument`, and notes on what was left out. The
file is opened as all packages are (:mod:`kpireport.sources.packages`), and read in one walk
over its XML: python-docx's rows take a table's length times itself.

A table of one cell is a frame: what stands in it is text. A table within a cell is a table of
its own, behind the one that it is in, unless it is a single row or column: that is lines of
the cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml.etree import _Element as Element

from kpireport.findings import Findings
from kpireport.plan_documents.tables import SourceDocument
from kpireport.plan_documents.unread import told_unread
from kpireport.plan_documents.word_flow import Flow
from kpireport.plan_documents.word_numbering import Numbering
from kpireport.plan_documents.word_pages import Pages
from kpireport.plan_documents.word_paragraphs import Aside, ParagraphReader
from kpireport.plan_documents.word_sections import Sections
from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import PLAN_DOCUMENT
from kpireport.sources.packages import Package
from kpireport.sources.word_file import open_word_package, refuse_strict
from kpireport.word_files.appearance import Styles
from kpireport.word_files.opening import W

_WHOLE = ""  # the place of what is said of the file as a whole


@dataclass(frozen=True, slots=True)
class _Parts:
    """The roots of the parts that are read; ``None`` where there is none."""

    document: Element
    styles: Element | None
    numbering: Element | None
    notes: dict[str, Element]
    has_comments: bool


def read_word_tables(path: Path, log: Findings) -> SourceDocument:
    """Read the tables of a Word file, and the texts between them.

    Args:
        path: the file.
        log: where it is noted what was left out, or read otherwise than it looks.

    Raises:
        InputError: it is no .docx that can be read, or made to fill the memory.
    """
    log = log.of(path)
    with open_word_package(path, PLAN_DOCUMENT) as package:
        parts = _parts(package)
        body = parts.document.find(f"{W}body")
        is_laid_out = next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None
        pages = Pages(is_laid_out)
        reader = ParagraphReader(
            Styles.of(parts.styles), Numbering.of(parts.numbering, parts.styles), pages
        )
        flow = Flow(reader, pages, Sections.of(body), parts.notes)
        flow.read(body)
    _tell(reader.aside, log, has_comments=parts.has_comments)
    return flow.document()


def _parts(package: Package) -> _Parts:
    main = package.main_part()
    document = package.root(main)
    refuse_strict(document)
    if document.tag != f"{W}document" or document.find(f"{W}body") is None:
        package.refuse(PLAN_DOCUMENT.is_another, PLAN_DOCUMENT.save_as)

    def only(kind: str) -> Element | None:
        part = package.related(main, kind)
        return package.root(part) if part in package else None

    comments = only("comments")
    notes = {kind: only(f"{kind}s") for kind in ("footnote", "endnote")}
    return _Parts(
        document=document,
        styles=only("styles"),
        numbering=only("numbering"),
        notes={kind: root for kind, root in notes.items() if root is not None},
        has_comments=comments is not None and comments.find(f"{W}comment") is not None,
    )


# --- what is told ----------------------------------------------------------------


def _tell(aside: Aside, log: Findings, *, has_comments: bool) -> None:
    """Note what was met in the file and is no text of the plan."""
    for what, remedy in _told(aside, has_comments=has_comments):
        log.warn(_WHOLE, what, remedy)


def _told(aside: Aside, *, has_comments: bool) -> Iterator[tuple[str, str]]:
    """Yield what was met, and what can be done about it."""
    for words, what in (
        (aside.struck, "取り消し線の付いた文字"),
        (aside.hidden, "隠し文字"),
        (aside.unseen, "セルと同じ色で見えない文字"),
    ):
        if words:
            yield told_unread(what, words)
    if aside.changes:
        what = "変更履歴が残っています。すべて承諾したものとして読みました。"
        yield what, "そのとおりでよいか、Wordの「校閲」で確かめてください。"
    if has_comments:
        what = "コメントが付いています。計画の文ではないとみて、読みません。"
        yield what, "要るものは、ブックに書き足してください。"
    if aside.objects:
        what = f"埋め込まれたExcelの表やSmartArtなど（{aside.objects}か所）は、読めません。"
        yield what, "表であれば、元のブックを読ませるか、Wordの表として貼り直してください。"
