"""``plan read``: a file of any format as the plan's workbook.

Comes in: the path of a Word file, a workbook or a PDF. Goes out: the workbook, and what was
found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from kpireport.errors import CellError
from kpireport.files import NewFile, check_new, write_files
from kpireport.findings import Findings, refuse
from kpireport.plan_books.exporting import usual_moment
from kpireport.plan_books.importing import is_plan_book
from kpireport.plan_documents.books import book_of
from kpireport.plan_documents.excel_tables import read_excel_tables
from kpireport.plan_documents.pdf_tables import read_pdf_tables
from kpireport.plan_documents.tables import SourceDocument
from kpireport.plan_documents.telling import Told, read_told
from kpireport.plan_documents.understanding import Understood, understand
from kpireport.plan_documents.word_tables import read_word_tables
from kpireport.quickly import dataclass
from kpireport.writers.xlsx import write_book

_READERS: dict[str, Callable[[Path, Findings], SourceDocument]] = {
    ".docx": read_word_tables,
    ".xlsx": read_excel_tables,
    ".xlsm": read_excel_tables,
    ".pdf": read_pdf_tables,
}
_TO_WORD = (".doc", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".jtd", ".jtdc")
_TO_EXCEL = (".xls", ".xlsb", ".ods", ".csv", ".tsv")
_SAVED_AS = dict.fromkeys(_TO_WORD, ".docx") | dict.fromkeys(_TO_EXCEL, ".xlsx")


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan that was read from a document.

    Attributes:
        path: of the document.
        document: as it stands.
        understood: as it is meant.
        findings: what deserves a second look.
    """

    path: Path
    document: SourceDocument
    understood: Understood
    findings: Findings

    def workbook(self, moment: dt.datetime | None = None) -> bytes:
        """The plan's workbook.

        Args:
            moment: when it says that it was made, with its time zone; on the first day of the
                baseline's year, unless told.
        """
        book = book_of(self.understood, self.document, self.path.name)
        return write_book(book, moment=moment or usual_moment(self.understood.raw))


def read_plan_document(
    document: Path | str,
    columns: Sequence[str] = (),
    *,
    workbook: Path | str | None = None,
    moment: dt.datetime | None = None,
) -> ReadPlan:
    """Read a plan from the document that there is.

    Args:
        document: Word (.docx), a workbook (.xlsx) or a PDF with its texts.
        columns: what columns are: ``列1=指標``, ``めざす値=目標値``, ``表2:列3=現状値``.
        workbook: the new workbook (.xlsx) that it is written into, to be looked through and
            taken by ``import_plan``; without one, nothing is written.
        moment: when the workbook says that it was made, with its time zone; on the first day of
            the baseline's year, unless told.

    Raises:
        InputError: it cannot be read, or nothing of a plan is in it; the workbook's name ends
            otherwise.
        OutputError: there is something of the workbook's name, or it cannot be written.
    """
    if workbook is not None:
        check_new(Path(workbook), like="計画.xlsx")
    read = _read(Path(document), columns)
    if workbook is not None:
        write_files([NewFile(Path(workbook), read.workbook(moment))])
    return read


def _read(path: Path, columns: Sequence[str]) -> ReadPlan:
    reader = _reader(path)
    findings = Findings(path)
    told = _told(columns)
    document = reader(path, findings)
    _refuse_plan_book(path, document)
    _check_scan(path, document, findings)
    understood = understand(document, path.stem, told)
    if not understood.count("indicators") and not understood.count("numeric_targets"):
        _refuse_without_tables(path, understood)
    for each in understood.unused:
        what = f"列の指定の「{each.header}」にあたる列がありません。"
        findings.warn("", what, "シート「読み取りの報告」の列の番号と見出しを見てください。")
    return ReadPlan(path, document, understood, findings)


def _reader(path: Path) -> Callable[[Path, Findings], SourceDocument]:
    suffix = path.suffix.lower()
    if path.is_dir():
        remedy = "フォルダーの中の、計画の文書を指定してください。"
        refuse(path, "ファイルではなくフォルダーです。", remedy)
    if suffix not in _READERS:
        remedy = "Word（.docx）、Excel（.xlsx）、PDF（.pdf）のファイルを指定してください。"
        if suffix in _SAVED_AS:
            remedy = f"作ったソフトで開き、{_SAVED_AS[suffix]} の形式で保存し直してください。"
        refuse(path, "この形式の文書は読み取れません。", remedy)
    return _READERS[suffix]


def _told(columns: Sequence[str]) -> tuple[Told, ...]:
    try:
        return read_told(columns)
    except CellError as error:
        refuse("列の指定", error.what, error.remedy)


def _check_scan(path: Path, document: SourceDocument, findings: Findings) -> None:
    """A scan has no texts; a document with some such pages lacks what stands on them."""
    if not document.has_pictures_of_pages:
        return
    what = "文字のない、画像だけのページがあります（スキャンした PDF）。"
    remedy = (
        "元の Word か Excel のファイルを使うか、文字認識（OCR）をかけた PDF を用意してください。"
    )
    if not any(True for _ in document.tables()):
        refuse(path, what, remedy)
    findings.warn("", f"{what}そのページは読み取っていません。", remedy)


def _refuse_plan_book(path: Path, document: SourceDocument) -> None:
    """Refuse what is no original, but the workbook that is made of one."""
    if is_plan_book({each.sheet for each in document.tables()}):
        refuse(
            path,
            "計画の文書ではなく、計画のブックです。",
            "読み取らずに、このブックを計画のファイルに取り込んでください。",
        )


def _refuse_without_tables(path: Path, understood: Understood) -> None:
    tables = {each.place.rpartition(" ")[0] for each in understood.left if each.kind == "表の行"}
    if not tables:
        refuse(
            path,
            "指標の表が見つかりません。",
            "指標の表がある文書かを確かめてください。表になっていなければ、空の"
            "計画のブックに書いてください。",
        )
    listed = "、".join(sorted(filter(None, tables))[:10])
    refuse(
        path,
        f"表は{len(tables)}個ありますが、指標の表として読めません（{listed}）。",
        "列が何かを、「表1:列1=指標,列2=現状値,列3=目標値」のように指定してください。",
    )
