"""What each command loads: nothing that it does not use, so that it starts at once.

Not how long it takes, which is the machine's: ``benchmarks/`` measures that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.reports import write_report
from tests.review_reports import write_review

WORD = {"docx", "kpireport.writers.docx"}
PDF = {"pikepdf", "kpireport.writers.pdf.archive"}
CHARTS = {"kpireport.writers.charts.chart_drawings"}
PICTURES = {"numpy", "kpireport.writers.charts.png"}
DATA = {"xlsxwriter", "kpireport.stages.data_book"}
PAGES = {"kpireport.writers.html"}
# of other commands, or of what a library has besides what is used of it
ELSEWHERE = {
    *("distributed", "matplotlib", "openpyxl", "pandas", "pptx", "starlette", "uvicorn"),
    *("http.client", "jinja2", "multiprocessing.pool", "unittest", "urllib.request"),
    *("kpireport.archiving", "kpireport.collection", "kpireport.comparing"),
    *("kpireport.plan_books", "kpireport.plan_documents", "kpireport.pulling"),
    *("kpireport.status", "kpireport.validation", "kpireport.workbench"),
}
READ = {
    *("icu4py", "lxml", "pydantic", "reportlab"),
    *("kpireport.conductor", "kpireport.files", "kpireport.sources"),
}


def loaded_by(*arguments: str) -> set[str]:
    """Run a command in a process of its own; return the modules that it has at its end."""
    program = (
        "import sys\nfrom kpireport.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)\nraise SystemExit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


def review_as(folder: Path, *formats: str, charts: str, word: str = "image") -> str:
    """Write a small review of these files; return its folder."""
    report = write_review(folder, review=f'charts = "{charts}"')
    settings = report / "report.toml"
    written = settings.read_text(encoding="utf-8")
    more = f'formats = {json.dumps(formats)}\n[docx]\ncharts = "{word}"\n'  # it ends with [output]
    settings.write_text(written + more, encoding="utf-8")
    return str(report)


def test_help_loads_neither_readers_nor_writers():
    loaded = loaded_by("--help")
    assert "typer" in loaded
    unused = READ | WORD | PDF | CHARTS | PICTURES | DATA | PAGES | ELSEWHERE | {"rich"}
    assert sorted(loaded & unused) == []


@pytest.mark.parametrize(
    ("formats", "charts", "used", "unused"),
    [
        # a review has a chart of its marks in any case, for which a PDF needs no pictures
        (["pdf"], "none", PDF | CHARTS, WORD | PICTURES | DATA | PAGES),
        # the Word file has the page numbers of the PDF's layout, but no PDF is made
        (["docx"], "none", WORD | CHARTS | PICTURES, PDF | DATA | PAGES),
        (["html"], "all", PAGES | CHARTS, WORD | PDF | PICTURES | DATA),
        (["xlsx"], "all", DATA, WORD | PDF | CHARTS | PICTURES | PAGES),
    ],
)
def test_a_build_loads_what_its_files_need(
    tmp_path: Path, formats: Sequence[str], charts: str, used: set[str], unused: set[str]
):
    loaded = loaded_by("build", review_as(tmp_path, *formats, charts=charts))
    assert sorted((used | READ) - loaded) == []
    assert sorted(loaded & (unused | ELSEWHERE)) == []


def test_a_build_with_the_same_charts_again_draws_none(tmp_path: Path):
    report = review_as(tmp_path, "docx", charts="all")
    assert loaded_by("build", report) >= PICTURES
    assert sorted(loaded_by("build", report) & PICTURES) == []


def test_charts_that_word_draws_need_no_pictures(tmp_path: Path):
    loaded = loaded_by("build", review_as(tmp_path, "docx", charts="all", word="native"))
    assert loaded >= WORD | READ | {"pptx", "xlsxwriter"}
    assert sorted(loaded & (PDF | PICTURES | PAGES | {"matplotlib"})) == []


@pytest.mark.parametrize(
    ("formats", "used"), [(["pdf"], PDF), (["docx"], WORD), (["docx", "pdf"], WORD | PDF)]
)
def test_a_plan_loads_nothing_of_reviews_and_charts(
    tmp_path: Path, formats: Sequence[str], used: set[str]
):
    report = write_report(tmp_path)
    with (report / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"formats = {json.dumps(formats)}\n")
    loaded = loaded_by("build", str(report))
    assert sorted((used | READ) - loaded) == []
    of_reviews = {"kpireport.document.review", "kpireport.sources.actuals"}
    unused = (WORD | PDF | CHARTS | PICTURES | DATA | PAGES) - used
    assert sorted(loaded & (of_reviews | unused | ELSEWHERE)) == []
