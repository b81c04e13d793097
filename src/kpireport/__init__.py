"""Documents of a municipality's plan (KPI) for its council, as Word and as PDF.

``build("reports/plan")`` makes all the files of a report folder. Stage by stage::

    catalogue = load_catalogue("catalogue.json")
    about = Metadata("題名", catalogue.issuer, "件名", ("KPI",), dt.date(2019, 7, 1))
    document = compose_plan(catalogue, about)
    Path("plan.docx").write_bytes(write_docx(document))
    Path("plan.pdf").write_bytes(write_pdf(document))

A review goes one way longer: ``load_actuals`` → ``evaluate`` → ``Review.of`` →
``compose_review``. ``check_pdf`` holds a finished PDF against its standards.
``archive("reports/2021")`` keeps a finished year, and ``verify`` tells whether what was
kept is still what it was. ``pull("review.docx", "reports/2021")`` reads edits of the
Word file back into the inputs. ``start_year(2022, "reports")`` makes a new year's
folder, ``hand_out("reports/2022")`` writes the workbooks that the departments fill in,
``collect("reports/2022")`` takes in what they send back, and ``board("reports/2022")``
tells who has reported and what looks wrong. ``compare("reports/2020", "reports/2021")``
finds what differs between two reports, plans or Word files. A stage is imported when its
name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kpireport.errors import InputError, KpiReportError, MissingToolError, OutputError, Problem

if TYPE_CHECKING:
    from kpireport.archiving import Archive, Finding, Verification, archive, verify
    from kpireport.collection import (
        Collected,
        FileOutcome,
        HandedOut,
        Outcome,
        Started,
        collect,
        hand_out,
        start_year,
    )
    from kpireport.comparing import Comparison, Difference, DifferenceKind, compare
    from kpireport.conductor import build
    from kpireport.document.blocks import Document, Metadata
    from kpireport.document.plan import compose_plan
    from kpireport.document.review import compose_review
    from kpireport.document.reviews import Review
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import ReviewSettings
    from kpireport.domain.years import FiscalYear
    from kpireport.evaluation import evaluate
    from kpireport.pulling import Change, Note, Pulled, Refusal, pull
    from kpireport.sources.actuals import load_actuals
    from kpireport.sources.catalogue import load_catalogue
    from kpireport.status import Board, board
    from kpireport.validation import PdfReport, check_pdf
    from kpireport.writers.docx import write_docx
    from kpireport.writers.pdf import Attachment, write_pdf

__version__ = "0.1.0"

__all__ = [
    "Archive",
    "Attachment",
    "Board",
    "Catalogue",
    "Change",
    "Collected",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Document",
    "FileOutcome",
    "Finding",
    "FiscalYear",
    "HandedOut",
    "InputError",
    "KpiReportError",
    "Metadata",
    "MissingToolError",
    "Note",
    "Outcome",
    "OutputError",
    "PdfReport",
    "Problem",
    "Pulled",
    "Refusal",
    "Review",
    "ReviewSettings",
    "Started",
    "Verification",
    "archive",
    "board",
    "build",
    "check_pdf",
    "collect",
    "compare",
    "compose_plan",
    "compose_review",
    "evaluate",
    "hand_out",
    "load_actuals",
    "load_catalogue",
    "pull",
    "start_year",
    "verify",
    "write_docx",
    "write_pdf",
]

_HOMES = {
    "Archive": "kpireport.archiving",
    "Attachment": "kpireport.writers.pdf",
    "Board": "kpireport.status",
    "Catalogue": "kpireport.domain.catalogue",
    "Change": "kpireport.pulling",
    "Collected": "kpireport.collection",
    "Comparison": "kpireport.comparing",
    "Difference": "kpireport.comparing",
    "DifferenceKind": "kpireport.comparing",
    "Document": "kpireport.document.blocks",
    "FileOutcome": "kpireport.collection",
    "Finding": "kpireport.archiving",
    "FiscalYear": "kpireport.domain.years",
    "HandedOut": "kpireport.collection",
    "Metadata": "kpireport.document.blocks",
    "Note": "kpireport.pulling",
    "Outcome": "kpireport.collection",
    "PdfReport": "kpireport.validation",
    "Pulled": "kpireport.pulling",
    "Refusal": "kpireport.pulling",
    "Review": "kpireport.document.reviews",
    "ReviewSettings": "kpireport.domain.settings",
    "Started": "kpireport.collection",
    "Verification": "kpireport.archiving",
    "archive": "kpireport.archiving",
    "board": "kpireport.status",
    "build": "kpireport.conductor",
    "check_pdf": "kpireport.validation",
    "collect": "kpireport.collection",
    "compare": "kpireport.comparing",
    "compose_plan": "kpireport.document.plan",
    "compose_review": "kpireport.document.review",
    "evaluate": "kpireport.evaluation",
    "hand_out": "kpireport.collection",
    "load_actuals": "kpireport.sources.actuals",
    "load_catalogue": "kpireport.sources.catalogue",
    "pull": "kpireport.pulling",
    "start_year": "kpireport.collection",
    "verify": "kpireport.archiving",
    "write_docx": "kpireport.writers.docx",
    "write_pdf": "kpireport.writers.pdf",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
