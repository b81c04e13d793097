"""One report for all commands: what is wrong is told alike, and everything is read once."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport import board, build, collect, hand_out
from kpireport.domain.histories import History
from kpireport.errors import InputError
from kpireport.reports import Report
from kpireport.sources import packages, settings
from kpireport.writers.docx import write_docx
from tests.collection.answering import HOIKU, asked
from tests.reports import write_report
from tests.review_reports import write_review

UNKNOWN_MARK = "「金賞」という評価は、この報告の評価の基準にありません。"


def with_unknown_mark(path: Path) -> None:
    """Put a mark that no scheme has into 評価の修正."""
    book = load_workbook(path)
    book["評価の修正"].append(["share", "", 2020, "金賞", "特によいので"])
    book.save(path)


def refusal(command: Callable[[Path], object], report: Path) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        command(report)
    return tuple(each.what for each in caught.value.problems)


def test_an_unknown_mark_is_told_by_every_command(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    with_unknown_mark(case.workbook)
    for command in (build, collect, hand_out):
        assert UNKNOWN_MARK in refusal(command, case.report)
    assert UNKNOWN_MARK in [each.what for each in board(case.report).errors]


def test_faulty_rules_do_not_keep_answers_from_being_taken_in(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    path = case.report / "report.toml"
    path.write_text(
        re.sub("scheme = .*", 'scheme = "nobody"', path.read_text("utf-8")), encoding="utf-8"
    )
    assert [each.id for each in case.collect().changes] == ["share"]
    assert "「nobody」は選べません。" in refusal(build, case.report)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often settings are read, packages opened and histories built."""
    counts: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        work = getattr(owner, name)

        def counting(*args: Any, **options: Any) -> object:
            counts[name] += 1
            return work(*args, **options)

        monkeypatch.setattr(owner, name, counting)

    count(settings, "read_toml")
    count(packages, "read_whole")
    count(History, "__init__")
    return counts


def test_a_build_reads_everything_once(tmp_path: Path, counted: Counter[str]):
    report = write_review(tmp_path, 2021)
    build(report)
    assert counted == {"read_toml": 1, "read_whole": 1, "__init__": 1}


def test_taking_in_reads_everything_once(tmp_path: Path, counted: Counter[str]):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    counted.clear()
    collect(case.report)
    # the report's workbook and what came back
    assert counted == {"read_toml": 1, "read_whole": 2, "__init__": 1}


def test_nothing_is_read_that_nobody_asks_for(tmp_path: Path, counted: Counter[str]):
    report = Report.open(write_report(tmp_path))
    assert counted == {"read_toml": 1}
    assert report.catalogue is report.catalogue
    assert counted == {"read_toml": 1, "__init__": 1}


def test_a_word_file_that_is_only_read_has_the_words_alone(tmp_path: Path):
    report = Report.open(write_review(tmp_path))
    read = zipfile.ZipFile(io.BytesIO(report.word()))
    whole = zipfile.ZipFile(io.BytesIO(write_docx(report.document, base=report.base)))
    body = "word/document.xml"
    assert read.read(body) == whole.read(body)
    charts = [name for name in whole.namelist() if "/chart" in name]
    assert charts
    assert all(whole.read(name) for name in charts)
    assert not any(read.read(name) for name in charts)
