"""Numbers that somebody edited in charts that Word draws are refused with their place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter

from kpireport.pulling import Pulled, PullRefusalKind, pull
from kpireport.reports import Report
from tests.pulling.edited import with_part, write

CHART = "word/charts/chart3.xml"  # the first of an indicator


@cache
def built() -> bytes:
    with TemporaryDirectory() as folder:
        report = write(Path(folder))
        return Report.open(report).word(native_charts=True)


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(built())) as package:
        return package.read(name)


def workbook_name() -> str:
    with zipfile.ZipFile(io.BytesIO(built())) as package:
        rels = package.read(CHART.replace("charts/", "charts/_rels/") + ".rels").decode()
    found = re.search(r'Target="([^"]*xlsx)"', rels)
    assert found
    return "word/" + found[1].removeprefix("../").removeprefix("/word/")


def pulled(folder: Path, data: bytes) -> Pulled:
    report = write(folder)
    path = folder / "edited.docx"
    path.write_bytes(data)
    return pull(path, report)


def with_chart(change: Callable[[str], str]) -> bytes:
    text = part(CHART).decode()
    changed = change(text)
    assert changed != text
    return with_part(built(), CHART, changed.encode())


def test_an_untouched_file_has_nothing_to_say(tmp_path: Path):
    found = pulled(tmp_path, built())
    assert (found.refusals, found.changes) == ((), ())


def test_an_edited_value_is_refused_with_figure_series_and_year(tmp_path: Path):
    def change(text: str) -> str:
        values = text.index("<c:val>")
        point = re.compile(r'(<c:pt idx="1"[^>]*><c:v>)([^<]*)')
        return text[:values] + point.sub(r"\g<1>4321", text[values:], count=1)

    (refusal,) = pulled(tmp_path, with_chart(change)).refusals
    assert refusal.kind is PullRefusalKind.FIXED
    assert re.match("図[０-９0-9]+　.*「.+」　.+　R", refusal.place), refusal.place
    assert refusal.new == "4321"
    assert refusal.old not in ("", "4321")


def test_a_value_that_was_edited_only_in_the_workbook_is_refused(tmp_path: Path):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("Sheet1").write_number(1, 1, 4321)
    found = pulled(tmp_path, with_part(built(), workbook_name(), stream.getvalue())).refusals
    assert found
    assert all("データの編集の表" in refusal.place for refusal in found)
    assert "4321" in [refusal.new for refusal in found]


@pytest.mark.parametrize("workbook", [b"", b"PK nothing"])
def test_a_lost_workbook_is_nothing_and_a_damaged_one_is_told(workbook: bytes, tmp_path: Path):
    found = pulled(tmp_path, with_part(built(), workbook_name(), workbook)).refusals
    assert len(found) == (1 if workbook else 0)


def test_colours_are_free(tmp_path: Path):
    recoloured = with_chart(lambda text: re.sub('val="accent1"', 'val="accent2"', text))
    assert pulled(tmp_path, recoloured).refusals == ()


def test_a_renamed_series_is_one_change(tmp_path: Path):
    """Its numbers are the same ones under another name, in the chart and in its workbook."""
    text = part(CHART).decode()
    found = re.search(r"<c:tx>.*?<c:v>([^<]*)</c:v>", text, re.DOTALL)
    assert found
    name = found[1]
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(part(workbook_name()))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(name.encode(), "別の名前".encode()))
    data = with_part(
        with_chart(lambda text: text.replace(f"<c:v>{name}</c:v>", "<c:v>別の名前</c:v>", 1)),
        workbook_name(),
        stream.getvalue(),
    )
    (refusal,) = pulled(tmp_path, data).refusals
    assert refusal.place.endswith("　系列や項目の名前")
    assert (refusal.old, refusal.new) == (name, "別の名前")


def test_an_edited_title_is_refused(tmp_path: Path):
    def change(text: str) -> str:
        return re.sub(r"(<c:title>.*?<a:t>)[^<]*", r"\g<1>別の題名", text, count=1, flags=re.DOTALL)

    (refusal,) = pulled(tmp_path, with_chart(change)).refusals
    assert refusal.place.endswith("　題名")
    assert refusal.new.startswith("別の題名")
