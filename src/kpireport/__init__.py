"""Documents of a municipality's plan (KPI) for its council, as Word and as PDF.

``build("reports/plan")`` makes all the files of a report folder. Stage by stage::

    catalogue = load_catalogue("catalogue.json")
    about = DocumentMetadata("題名", catalogue.issuer, "件名", ("KPI",), dt.date(2019, 7, 1))
    document = compose_plan(catalogue, about)
    Path("plan.docx").write_bytes(write_docx(document))
    Path("plan.pdf").write_bytes(write_pdf(document))

A review goes one way longer: ``load_settings`` → ``load_actuals`` → ``evaluate`` →
``Review.of`` → ``compose_review``. ``check_pdf`` holds a finished PDF against its standards.
``archive("reports/2021")`` keeps a finished year, and ``verify`` tells whether what was
kept is still what it was. ``pull("review.docx", "reports/2021")`` reads edits of the
Word file back into the inputs. ``start_year(2022, "reports")`` makes a new year's
folder, ``hand_out("reports/2022")`` writes the workbooks that the departments fill in,
``collect("reports/2022")`` takes in what they send back, ``undo_collect("reports/2022")``
undoes that, and ``board("reports/2022")`` tells who has reported and what looks wrong.
``compare("reports/2020", "reports/2021")``
finds what differs between two reports, plans or Word files.
``export_plan("catalogue.json", "計画.xlsx")`` makes the plan's workbook,
``read_plan_document("総合戦略.docx", workbook="計画.xlsx")`` does so from the document that
there is, ``import_plan("計画.xlsx", "catalogue.json")`` takes it in, and
``prove_plan("catalogue.json", "計画.xlsx")`` sets both beside each other to be ticked. Every
command is a function. A stage is imported when its name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.lazily import finding, homes

_NAMES = {
    "archiving": "Archive ArchiveFinding ArchiveFindingKind Verification archive verify",
    "batches": "Outcome build_many",
    "checkup": "Checkup Point Spot examine",
    "collection": (
        "Collected HandedOut ReturnOutcome SheetOutcome StartedYear Undone"
        " collect hand_out start_year undo_collect"
    ),
    "collection.first_folder": "StartedFolder start_folder",
    "comparing": "Comparison Difference DifferenceKind compare differences_xlsx",
    "conductor": "Contents build check",
    "document.blocks": "Document DocumentMetadata",
    "document.plan": "compose_plan",
    "document.review": "compose_review",
    "document.reviews": "Review",
    "domain.actuals": "Actual Actuals",
    "domain.catalogue": "Catalogue",
    "domain.numerals": "NumeralStyle",
    "domain.settings": "DocumentKind Orientation ReviewSettings Settings",
    "domain.years": "FiscalYear",
    "errors": "InputError KpiReportError MissingToolError OutputError Problem Severity",
    "evaluation": "Evaluation Judgement Mark SCHEMES Scheme evaluate scheme_from_settings",
    "handbook": "handbook_page",
    "plan_books.conducting": "export_plan import_plan",
    "plan_books.taking": "TakenPlan",
    "plan_documents.reading": "ReadPlan read_plan_document",
    "plan_proofs.proofs": "Proof",
    "plan_proofs.proving": "ProvedPlan prove_plan",
    "pulling": "PullChange PullNote PullRefusal PullRefusalKind Pulled pull",
    "sources.actuals": "load_actuals",
    "sources.catalogue": "load_catalogue",
    "sources.catalogue_file": "catalogue_schema",
    "sources.settings": "load_settings",
    "status": "Board board",
    "status.accepting": "Accepted accept",
    "status.saving": "save_board",
    "upgrading": "FileUpgrade FormatChange Upgrade upgrade",
    "validation": "PdfReport check_pdf check_pdfs",
    "workbench.desk": "Clock",
    "workbench.serving": "serve",
    "writers.docx": "write_docx",
    "writers.docx.base": "BASE_FILE",
    "writers.html": "write_html",
    "writers.pdf": "AttachmentRelationship PdfAttachment write_pdf",
    "writers.theme": "DEFAULT_THEME Theme",
}
_HOMES = homes(__name__, _NAMES)

_FORMER = {
    "Attachment": ("PdfAttachment", "0.2.0"),
    "Change": ("PullChange", "0.2.0"),
    "FileOutcome": ("ReturnOutcome", "0.2.0"),
    "Finding": ("ArchiveFinding", "0.2.0"),
    "Metadata": ("DocumentMetadata", "0.2.0"),
    "Note": ("PullNote", "0.2.0"),
    "Refusal": ("PullRefusal", "0.2.0"),
}
"""Names of before, each with its name of today and the version since when; they warn."""

__version__ = "0.2.0"
__released__ = "2026-11-29"  # no clock is right that is before it
__all__ = list(_HOMES)

if TYPE_CHECKING:  # the same once more, for what reads code without running it
    from kpireport.archiving import Archive as Archive
    from kpireport.archiving import ArchiveFinding as ArchiveFinding
    from kpireport.archiving import ArchiveFindingKind as ArchiveFindingKind
    from kpireport.archiving import Verification as Verification
    from kpireport.archiving import archive as archive
    from kpireport.archiving import verify as verify
    from kpireport.batches import Outcome as Outcome
    from kpireport.batches import build_many as build_many
    from kpireport.checkup import Checkup as Checkup
    from kpireport.checkup import Point as Point
    from kpireport.checkup import Spot as Spot
    from kpireport.checkup import examine as examine
    from kpireport.collection import Collected as Collected
    from kpireport.collection import HandedOut as HandedOut
    from kpireport.collection import ReturnOutcome as ReturnOutcome
    from kpireport.collection import SheetOutcome as SheetOutcome
    from kpireport.collection import StartedYear as StartedYear
    from kpireport.collection import Undone as Undone
    from kpireport.collection import collect as collect
    from kpireport.collection import hand_out as hand_out
    from kpireport.collection import start_year as start_year
    from kpireport.collection import undo_collect as undo_collect
    from kpireport.collection.first_folder import StartedFolder as StartedFolder
    from kpireport.collection.first_folder import start_folder as start_folder
    from kpireport.comparing import Comparison as Comparison
    from kpireport.comparing import Difference as Difference
    from kpireport.comparing import DifferenceKind as DifferenceKind
    from kpireport.comparing import compare as compare
    from kpireport.comparing import differences_xlsx as differences_xlsx
    from kpireport.conductor import Contents as Contents
    from kpireport.conductor import build as build
    from kpireport.conductor import check as check
    from kpireport.document.blocks import Document as Document
    from kpireport.document.blocks import DocumentMetadata as DocumentMetadata
    from kpireport.document.plan import compose_plan as compose_plan
    from kpireport.document.review import compose_review as compose_review
    from kpireport.document.reviews import Review as Review
    from kpireport.domain.actuals import Actual as Actual
    from kpireport.domain.actuals import Actuals as Actuals
    from kpireport.domain.catalogue import Catalogue as Catalogue
    from kpireport.domain.numerals import NumeralStyle as NumeralStyle
    from kpireport.domain.settings import DocumentKind as DocumentKind
    from kpireport.domain.settings import Orientation as Orientation
    from kpireport.domain.settings import ReviewSettings as ReviewSettings
    from kpireport.domain.settings import Settings as Settings
    from kpireport.domain.years import FiscalYear as FiscalYear
    from kpireport.errors import InputError as InputError
    from kpireport.errors import KpiReportError as KpiReportError
    from kpireport.errors import MissingToolError as MissingToolError
    from kpireport.errors import OutputError as OutputError
    from kpireport.errors import Problem as Problem
    from kpireport.errors import Severity as Severity
    from kpireport.evaluation import SCHEMES as SCHEMES
    from kpireport.evaluation import Evaluation as Evaluation
    from kpireport.evaluation import Judgement as Judgement
    from kpireport.evaluation import Mark as Mark
    from kpireport.evaluation import Scheme as Scheme
    from kpireport.evaluation import evaluate as evaluate
    from kpireport.evaluation import scheme_from_settings as scheme_from_settings
    from kpireport.handbook import handbook_page as handbook_page
    from kpireport.plan_books.conducting import export_plan as export_plan
    from kpireport.plan_books.conducting import import_plan as import_plan
    from kpireport.plan_books.taking import TakenPlan as TakenPlan
    from kpireport.plan_documents.reading import ReadPlan as ReadPlan
    from kpireport.plan_documents.reading import read_plan_document as read_plan_document
    from kpireport.plan_proofs.proofs import Proof as Proof
    from kpireport.plan_proofs.proving import ProvedPlan as ProvedPlan
    from kpireport.plan_proofs.proving import prove_plan as prove_plan
    from kpireport.pulling import PullChange as PullChange
    from kpireport.pulling import Pulled as Pulled
    from kpireport.pulling import PullNote as PullNote
    from kpireport.pulling import PullRefusal as PullRefusal
    from kpireport.pulling import PullRefusalKind as PullRefusalKind
    from kpireport.pulling import pull as pull
    from kpireport.sources.actuals import load_actuals as load_actuals
    from kpireport.sources.catalogue import load_catalogue as load_catalogue
    from kpireport.sources.catalogue_file import catalogue_schema as catalogue_schema
    from kpireport.sources.settings import load_settings as load_settings
    from kpireport.status import Board as Board
    from kpireport.status import board as board
    from kpireport.status.accepting import Accepted as Accepted
    from kpireport.status.accepting import accept as accept
    from kpireport.status.saving import save_board as save_board
    from kpireport.upgrading import FileUpgrade as FileUpgrade
    from kpireport.upgrading import FormatChange as FormatChange
    from kpireport.upgrading import Upgrade as Upgrade
    from kpireport.upgrading import upgrade as upgrade
    from kpireport.validation import PdfReport as PdfReport
    from kpireport.validation import check_pdf as check_pdf
    from kpireport.validation import check_pdfs as check_pdfs
    from kpireport.workbench.desk import Clock as Clock
    from kpireport.workbench.serving import serve as serve
    from kpireport.writers.docx import write_docx as write_docx
    from kpireport.writers.docx.base import BASE_FILE as BASE_FILE
    from kpireport.writers.html import write_html as write_html
    from kpireport.writers.pdf import AttachmentRelationship as AttachmentRelationship
    from kpireport.writers.pdf import PdfAttachment as PdfAttachment
    from kpireport.writers.pdf import write_pdf as write_pdf
    from kpireport.writers.theme import DEFAULT_THEME as DEFAULT_THEME
    from kpireport.writers.theme import Theme as Theme

__getattr__ = finding(__name__, _HOMES, _FORMER)
