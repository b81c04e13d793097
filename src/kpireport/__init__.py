"""Documents of a municipality's plan (KPI) for its council, as Word and as PDF.

``build("reports/plan")`` makes all the files of a report folder. Stage by stage::

    catalogue = load_catalogue("catalogue.json")
    about = Metadata("題名", catalogue.issuer, "件名", ("KPI",), dt.date(2019, 7, 1))
    document = compose_plan(catalogue, about)
    Path("plan.docx").write_bytes(write_docx(document))
    Path("plan.pdf").write_bytes(write_pdf(document))

A stage is imported when its name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kpireport.build import build  # at once: else its module would be found by this name
from kpireport.errors import InputError, KpiReportError, OutputError, Problem

if TYPE_CHECKING:
    from kpireport.document.blocks import Document, Metadata
    from kpireport.document.plan import compose_plan
    from kpireport.domain.catalogue import Catalogue
    from kpireport.sources.catalogue import load_catalogue
    from kpireport.writers.docx import write_docx
    from kpireport.writers.pdf import write_pdf

__version__ = "0.1.0"

__all__ = [
    "Catalogue",
    "Document",
    "InputError",
    "KpiReportError",
    "Metadata",
    "OutputError",
    "Problem",
    "build",
    "compose_plan",
    "load_catalogue",
    "write_docx",
    "write_pdf",
]

_HOMES = {
    "Catalogue": "kpireport.domain.catalogue",
    "Document": "kpireport.document.blocks",
    "Metadata": "kpireport.document.blocks",
    "compose_plan": "kpireport.document.plan",
    "load_catalogue": "kpireport.sources.catalogue",
    "write_docx": "kpireport.writers.docx",
    "write_pdf": "kpireport.writers.pdf",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
