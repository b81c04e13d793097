"""The documents whose pages are read back: what the samples and the towns have, and sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from kpireport.document.blocks import Document
from kpireport.domain.settings import DocumentKind
from kpireport.reports import Report
from kpireport.writers.html import write_html
from kpireport.writers.pdf import write_pdf
from tests.document.test_sheets import sheets
from tests.documents import ROOT, real_plan
from tests.review_reports import SAMPLE_YEARS, sample_document, sample_file
from tests.revised_reviews import revised_document
from tests.rows import crowded_document
from tests.writers.html.reader import read
from tests.writers.pdf.reader import Node, read_structure, sample_pages
from tests.writers.pdf.test_read_back import real_pdf

TOWNS = ("kirarazawa/2023", "shiomihama/2019")
NAMES = ("plan", *map(str, SAMPLE_YEARS), *TOWNS, "digest", "sheets", "revised", "crowded")


@dataclass(frozen=True)
class Sample:
    document: Document
    data: bytes

    @property
    def page(self) -> Any:
        return read(self.data)


@cache
def sample(name: str) -> Sample:
    document = _document(name)
    return Sample(document, write_html(document))


def _document(name: str) -> Document:
    if name.isdigit():
        return sample_document(int(name))
    if name in TOWNS:
        return Report.open(ROOT / "reports/towns" / name).document
    made: dict[str, Callable[[], Document]] = {
        "plan": real_plan,
        "digest": lambda: (
            Report.open(ROOT / "reports/2021").as_document(DocumentKind.DIGEST).document
        ),
        "sheets": sheets,
        "revised": revised_document,
        "crowded": crowded_document,
    }
    return made[name]()


@cache
def pdf_tree(name: str) -> Node:
    """The structure tree of the same document's PDF."""
    if name == "plan":
        data = real_pdf()
    elif name.isdigit():
        data = sample_file(int(name), "pdf")
    else:
        data = write_pdf(sample(name).document)
    return read_structure(data, sample_pages(data))
