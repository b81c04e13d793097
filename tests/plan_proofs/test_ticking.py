"""A proof ticked row by row: what is kept beside the others, what is told, what is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.errors import InputError, OutputError
from kpireport.plan_proofs.ticking import OpenProof, TickedRow, open_proof, written_beside
from kpireport.plan_proofs.ticks import PLACE, REMARK
from tests.plan_proofs.proofs import BOTH, proof_of, prove, rows, tick_all, town, write

KEY = ("指標", "i3")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return town(tmp_path)


def row(opened: OpenProof, **texts: str) -> TickedRow:
    """The indicator's row with something written beside it."""
    line = opened.lines[KEY]
    return TickedRow(*KEY, line.standing.row.digest, texts, written_beside(line))


def test_the_first_tick_makes_the_workbook(plan: Path) -> None:
    opened = open_proof(plan)
    made = opened.ticked([row(opened, 読み手="○", 聞き手="○")]).write()
    assert made.lines[KEY].standing.is_done
    assert rows(proof_of(plan))["指標 i3"]["読み手"] == "○"
    read = open_proof(plan)
    assert read.data == made.data
    assert [written_beside(each) for each in read.lines.values()] == [
        written_beside(each) for each in made.lines.values()
    ]
    assert [each.standing.state for each in read.proof.lines] == [
        each.standing.state for each in made.proof.lines
    ]


def test_what_is_ticked_is_what_excel_would_have_ticked(plan: Path) -> None:
    opened = open_proof(plan)
    opened.ticked([row(opened, 読み手="○", 気付き="紙の12頁", 原本の場所="12頁")]).write()
    here = rows(proof_of(plan))
    proof_of(plan).unlink()
    assert prove(plan) == 0
    write(proof_of(plan), "指標 i3", {"読み手": "○", REMARK: "紙の12頁", PLACE: "12頁"})
    assert prove(plan) == 0  # made anew, as it is
    assert here == rows(proof_of(plan))


def test_other_rows_ticks_and_remarks_stay(plan: Path) -> None:
    assert prove(plan) == 0
    tick_all(proof_of(plan), *BOTH)
    opened = open_proof(plan)
    opened.ticked([row(opened, 聞き手="×")]).write()
    written = rows(proof_of(plan))
    assert written.pop("指標 i3")["聞き手"] == "×"
    assert all(each[title] == "○" for each in written.values() for title in BOTH)


def test_a_workbook_that_comes_meanwhile_is_not_overwritten(plan: Path) -> None:
    opened = open_proof(plan)
    ticked = opened.ticked([row(opened, 読み手="○")])
    assert prove(plan) == 0
    before = proof_of(plan).read_bytes()
    with pytest.raises(OutputError):
        ticked.write()
    assert proof_of(plan).read_bytes() == before


def test_a_workbook_that_changes_meanwhile_is_not_overwritten(plan: Path) -> None:
    assert prove(plan) == 0
    opened = open_proof(plan)
    write(proof_of(plan), "指標 i3", {"気付き": "確かめた"})
    with pytest.raises(OutputError):
        opened.ticked([row(opened, 読み手="○")]).write()
    assert rows(proof_of(plan))["指標 i3"]["気付き"] == "確かめた"


def test_all_that_is_wrong_is_told_at_once(plan: Path) -> None:
    opened = open_proof(plan)
    one = row(opened, 読み手="たぶん", 気付き="長" * 301)
    gone = TickedRow("指標", "ない", one.said, {"読み手": "○"})
    with pytest.raises(InputError) as told:
        opened.ticked([one, gone])
    assert len(told.value.problems) == 3


def test_a_copy_fills_in_what_is_empty_and_keeps_what_is_said(plan: Path, tmp_path: Path) -> None:
    assert prove(plan) == 0
    copy = tmp_path / "写し.xlsx"
    copy.write_bytes(proof_of(plan).read_bytes())
    tick_all(copy, "聞き手")
    write(copy, "指標 i3", {"気付き": "写しで気付いた"})
    opened = open_proof(plan)
    opened = opened.ticked([row(opened, 読み手="○")]).named(("佐藤", "", "")).write()
    merged = opened.merged(copy.read_bytes(), copy.name).write()
    assert merged.lines[KEY].standing.is_done
    assert merged.lines[KEY].standing.given.remark == "写しで気付いた"
    assert merged.given.names == ("佐藤", "", "")
    assert sum(not each.standing.is_done for each in merged.proof.lines) == len(merged.lines) - 1
