"""Outside validators: PDF/A-2a, PDF/UA-1, qpdf; and that they would notice.

Java takes seconds to start: each test validates all its files in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from kpireport.document.blocks import Document
from kpireport.document.plan import compose_plan
from kpireport.domain.settings import DocumentKind, Orientation, SheetOf
from kpireport.reports import Report
from kpireport.validation import PdfReport
from kpireport.writers.pdf import write_pdf
from tests.document.test_sheets import sheets as own_sheets
from tests.documents import METADATA, ROOT, documents, kpi_table, real_catalogue, real_plan
from tests.documents import document as document_of
from tests.random_plans import digest_documents, plan_documents, review_documents, sheet_documents
from tests.review_reports import SAMPLE_YEARS, sample_file, small_document, small_review
from tests.revised_reviews import revised_document, revised_plan_document
from tests.rows import crowded_document
from tests.tools import run_tool
from tests.verapdf import assert_compliant, broken_rules, validate_pdf

pytestmark = pytest.mark.tools

LONG = "これは長い文章であり、禁則処理に従って「適切に」折り返される。" * 110


def assert_sound(paths: Sequence[Path]) -> None:
    """Hold the files against both standards, and their syntax against qpdf."""
    reports = assert_compliant(paths)
    standards = [[verdict.standard for verdict in report.verdicts] for report in reports]
    assert standards == [["PDF/A-2a", "PDF/UA-1"]] * len(paths)
    for path in paths:
        assert "No syntax or stream encoding errors" in run_tool("qpdf", "--check", path)


def write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    paths = [folder / f"{name}.pdf" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    return paths


def test_the_samples_are_archival_and_accessible(tmp_path: Path) -> None:
    """The plan, the three reviews (the last landscape), drafts and final ones."""
    reviews = {f"review-{year}": sample_file(year, "pdf") for year in SAMPLE_YEARS}
    others = {
        "plan": real_plan(),
        "revised": revised_document(),
        "revised-plan": revised_plan_document(),
        "draft": small_document(2022, is_draft=True, is_sample=True),
        "digest": Report.open(ROOT / "reports" / "2021").as_document(DocumentKind.DIGEST).document,
        "sheets": Report.open(ROOT / "reports" / "2021").as_document(DocumentKind.SHEETS).document,
        **{f"sheets-of-{of}": own_sheets(of=of) for of in SheetOf},
        "final-portrait": small_document(
            2022, review=small_review(2022, orientation=Orientation.PORTRAIT)
        ),
    }
    assert_sound(
        write(tmp_path, reviews | {name: write_pdf(each) for name, each in others.items()})
    )


def test_awkward_documents_are_archival_and_accessible(tmp_path: Path) -> None:
    awkward = {
        "empty-goals": _without_plans(),
        "no-goals": compose_plan(
            replace(real_catalogue(), goals=(), how_to_read=None, introduction=None), METADATA
        ),
        "eighty": document_of(kpi_table(("八十の指標", 80))),
        "long-cell": document_of(kpi_table((LONG, 2), ("乙", 3), name=LONG + "{}")),
        "markup": document_of(kpi_table(('<b>&"', 2), name='$x$ <font color="red"> {}')),
        "crowded": crowded_document(),
        "empty-metadata": replace(real_plan(), metadata=replace(METADATA, subject="", keywords=())),
    }
    assert_sound(write(tmp_path, {name: write_pdf(each) for name, each in awkward.items()}))


def _without_plans() -> Document:
    catalogue = real_catalogue()
    goals = tuple(replace(goal, plans=()) for goal in catalogue.goals)
    return compose_plan(replace(catalogue, goals=goals, how_to_read=None), METADATA)


def test_random_documents_are_archival_and_accessible(tmp_path: Path) -> None:
    """Any blocks; any plan; any review of up to eight years, and its sheets."""
    paths = [
        *_random(tmp_path, "blocks", documents(), 8),
        *_random(tmp_path, "plan", plan_documents(), 10),
        *_random(tmp_path, "review", review_documents(), 12),
        *_random(tmp_path, "digest", digest_documents(), 6),
        *_random(tmp_path, "sheets", sheet_documents(), 6),
    ]
    assert len(paths) == 42
    assert_sound(paths)


def _random(
    folder: Path, name: str, strategy: SearchStrategy[Document], count: int
) -> Iterator[Path]:
    drawn: list[bytes] = []

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(document: Document) -> None:
        drawn.append(write_pdf(document))

    draw()
    yield from write(folder, {f"{name}-{index}": data for index, data in enumerate(drawn)})


# --- what the validator would notice ---------------------------------------------


def _elements(pdf: pikepdf.Pdf, *tags: str) -> Iterator[Any]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and str(each.get("/S", ""))[1:] in tags:
            yield each


def _untag_a_text(pdf: pikepdf.Pdf) -> None:
    """Take the marks off the first paragraph of a page."""
    instructions = list(pikepdf.parse_content_stream(pdf.pages[1]))
    begin = next(
        index
        for index, each in enumerate(instructions)
        if str(each.operator) == "BDC" and each.operands[0] == "/P"
    )
    end = next(
        index
        for index, each in enumerate(instructions)
        if index > begin and str(each.operator) == "EMC"
    )
    shown = {str(each.operator) for each in instructions[begin:end]}
    assert "Tj" in shown
    del instructions[end], instructions[begin]
    pdf.pages[1].Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _draw_without_marks(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[3].Contents.read_bytes()
    assert b"/Artifact BMC" in content
    pdf.pages[3].Contents = pdf.make_stream(content.replace(b"/Artifact BMC", b"/Span BMC"))


def _take_a_figures_text(pdf: pikepdf.Pdf) -> None:
    for figure in _elements(pdf, "Figure"):
        del figure["/Alt"]


def _take_the_scopes(pdf: pikepdf.Pdf) -> None:
    """Headers by id would make up for a scope: they go, too."""
    for cell in _elements(pdf, "TH", "TD"):
        for key in ("/Scope", "/Headers"):
            if key in cell.get("/A", {}):
                del cell.A[key]


def _take_a_span(pdf: pikepdf.Pdf) -> None:
    cell = next(each for each in _elements(pdf, "TH") if "/RowSpan" in each.get("/A", {}))
    del cell.A["/RowSpan"]


def _skip_a_level(pdf: pikepdf.Pdf) -> None:
    next(_elements(pdf, "H2")).S = pikepdf.Name.H3


def _take_a_font_out(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each["/FontFile2"]
            return


CONTROLS: dict[str, tuple[Callable[[pikepdf.Pdf], None], set[str]]] = {
    "untagged text": (_untag_a_text, {"7.1-3"}),
    "drawing that is neither content nor artifact": (_draw_without_marks, {"7.1-3"}),
    "figure without text": (_take_a_figures_text, {"7.3-1"}),
    "header cell without scope": (_take_the_scopes, {"7.5-1"}),
    "missing span": (_take_a_span, {"7.2-43"}),
    "skipped level": (_skip_a_level, {"7.4.2-1"}),
    "font that is not embedded": (_take_a_font_out, {"6.2.11.4.1-1", "7.21.4.1-1"}),
}


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReport]:
    """The reports on files with one defect each, and on the sound one."""
    folder = tmp_path_factory.mktemp("controls")
    paths = write(folder, {"sound": _sound()})
    for name, (damage, _) in CONTROLS.items():
        with pikepdf.open(BytesIO(_sound())) as pdf:
            damage(pdf)
            paths.append(folder / f"{name}.pdf")
            pdf.save(paths[-1])
    return {report.path.stem: report for report in validate_pdf(paths)}


@cache
def _sound() -> bytes:
    return write_pdf(real_plan())


def test_the_validator_finds_nothing_without_a_defect(noticed: dict[str, PdfReport]) -> None:
    assert noticed["sound"].conforms


@pytest.mark.parametrize("name", CONTROLS)
def test_the_validator_notices(name: str, noticed: dict[str, PdfReport]) -> None:
    _, rules = CONTROLS[name]
    assert not noticed[name].conforms
    assert broken_rules(noticed[name]) == rules
