"""Outside validators: PDF/A-2a, PDF/UA-1, qpdf; and that they would notice."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kpireport.document.blocks import Document
from kpireport.document.plan import compose_plan
from kpireport.writers.pdf import write_pdf
from tests.documents import METADATA, documents, kpi_table, real_catalogue, real_plan
from tests.documents import document as document_of
from tests.tools import run_tool
from tests.verapdf import assert_compliant, validate_pdf

pytestmark = pytest.mark.tools

LONG = "これは長い文章であり、禁則処理に従って「適切に」折り返される。" * 110


def test_the_plan_and_awkward_documents_are_archival_and_accessible(tmp_path: Path) -> None:
    awkward = {
        "plan": real_plan(),
        "empty-goals": _without_plans(),
        "eighty": document_of(kpi_table(("八十の指標", 80))),
        "long-cell": document_of(kpi_table((LONG, 2), ("乙", 3), name=LONG + "{}")),
        "markup": document_of(kpi_table(('<b>&"', 2), name='$x$ <font color="red"> {}')),
    }
    paths = [_write(tmp_path / f"{name}.pdf", each) for name, each in awkward.items()]
    assert_compliant(paths)
    for path in paths:
        assert "No syntax or stream encoding errors" in run_tool("qpdf", "--check", path)


def _without_plans() -> Document:
    catalogue = real_catalogue()
    goals = tuple(replace(goal, plans=()) for goal in catalogue.goals)
    return compose_plan(replace(catalogue, goals=goals, how_to_read=None), METADATA)


def _write(path: Path, document: Document) -> Path:
    path.write_bytes(write_pdf(document))
    return path


def test_random_documents_are_archival_and_accessible(tmp_path: Path) -> None:
    paths: list[Path] = []

    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents())
    def write(document: Document) -> None:
        paths.append(_write(tmp_path / f"random-{len(paths)}.pdf", document))

    write()
    assert len(paths) == 15
    assert_compliant(paths)


def _damage_figure(pdf: pikepdf.Pdf) -> None:
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
            del element["/Alt"]


def _damage_span(pdf: pikepdf.Pdf) -> None:
    for element in pdf.objects:
        is_header = isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH"
        if is_header and "/RowSpan" in element.A:
            del element.A["/RowSpan"]


def _damage_heading(pdf: pikepdf.Pdf) -> None:
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/H1":
            element.S = pikepdf.Name.H3
            return


def _damage_marks(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[1].Contents.read_bytes().replace(b"/Artifact BMC", b"/Span BMC")
    pdf.pages[1].Contents = pdf.make_stream(content)


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (_damage_figure, "7.3-1"),
        (_damage_span, "7.2-43"),
        (_damage_heading, "7.4.2-1"),
        (_damage_marks, "7.1-3"),
    ],
)
def test_the_validator_notices(damage: object, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    with pikepdf.open(BytesIO(write_pdf(real_plan()))) as pdf:
        damage(pdf)  # type: ignore[operator]
        pdf.save(path)
    (verdict,) = validate_pdf([path], ["ua1"])
    assert not verdict.compliant
    assert rule in [failure.rule for failure in verdict.failures]
