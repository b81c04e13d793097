"""What ``check`` tells of a proof: in a few words, until every row has both ticks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kpireport.cli import main
from kpireport.errors import Problem
from kpireport.reports import Report
from tests.plan_proofs.proofs import BOTH, proof_of, prove, tick_all, town, write
from tests.sources import catalogues


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return town(tmp_path)


def told(plan: Path) -> list[Problem]:
    report = Report.open(plan.parent, with_notices=True)
    _ = report.catalogue
    assert not report.findings.errors
    return [each for each in report.findings.warnings if each.file.endswith("読み合わせ.xlsx")]


def test_without_a_proof_there_is_nothing_to_tell(plan: Path) -> None:
    assert told(plan) == []


def test_rows_without_ticks_are_counted_and_the_first_are_named(plan: Path) -> None:
    prove(plan)
    tick_all(proof_of(plan), *BOTH)
    for id_ in ("i1", "i2", "i3"):
        write(proof_of(plan), f"指標 {id_}", {"聞き手": None})
    write(proof_of(plan), "数値目標 n1", {"読み手": "", "原本の場所": "冊子3ページ"})

    (problem,) = told(plan)

    assert problem.what == (
        "計画の30行のうち4行は、読み合わせの印が、まだそろっていません"
        "（数値目標「満足度」［L25、冊子3ページ］、指標「指標i1」［L29］、指標「指標i2」［L30］、"
        "ほか1行）。"
    )
    assert problem.place == "読み合わせ!L25"


def test_with_both_ticks_on_every_row_nothing_is_told(plan: Path) -> None:
    prove(plan)
    tick_all(proof_of(plan), "読み手", mark="済")
    tick_all(proof_of(plan), "聞き手", mark="✓")

    assert told(plan) == []


def test_one_persons_ticks_are_not_enough(plan: Path) -> None:
    prove(plan)
    tick_all(proof_of(plan), "読み手")

    (problem,) = told(plan)
    assert problem.what.startswith("計画の30行のうち30行は、読み合わせの印が、まだそろっていません")


def test_each_way_of_not_being_done_is_told_once(plan: Path) -> None:
    prove(plan)
    tick_all(proof_of(plan), *BOTH)
    write(proof_of(plan), "指標 i1", {"聞き手": "×"})
    write(proof_of(plan), "指標 i3", {"読み手": "たぶん"})
    data = json.loads(plan.read_bytes())
    catalogues.put(data, f"{catalogues.ROWS}[1].name", "改めた名")
    row = {**data["goals"][0]["plans"][0]["indicators"][0], "id": "i9", "name": "加えた行"}
    catalogues.put(data, "goals[0].plans[1].indicators", [row])
    catalogues.write(plan.parent, data)

    said = [each.what for each in told(plan)]

    assert said == [
        "計画の31行のうち1行は、読み合わせのブックに、まだありません（指標「加えた行」）。",
        "計画の31行のうち1行は、読み合わせの印の後に、計画が変わっています（指標「改めた名」［L30］）。",
        "計画の31行のうち1行に、読み合わせで、違う（×）という印があります（指標「指標i1」［L29］）。",
        "計画の31行のうち1行は、読み合わせの印を読めません（指標「指標i3」［L32］）。",
    ]


def test_check_tells_it_and_does_not_fail(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prove(plan)
    capsys.readouterr()

    assert main(["check", str(plan.parent)]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("読み合わせ.xlsx: ") == 1
    assert "計画の30行のうち30行は" in printed.err


def test_a_build_tells_it_and_builds(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prove(plan)
    capsys.readouterr()

    assert main(["build", str(plan.parent)]) == 0
    assert "計画の30行のうち30行は" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"no workbook"])
def test_a_broken_proof_is_told_and_keeps_nothing_from_being_done(
    plan: Path, content: bytes
) -> None:
    proof_of(plan).write_bytes(content)

    (problem,) = told(plan)
    assert problem.what.startswith("読み合わせのブックを読めません。")
    assert problem.remedy


def test_another_workbook_of_its_name_is_told(plan: Path) -> None:
    main(["plan", "export", str(plan), str(proof_of(plan))])

    (problem,) = told(plan)
    assert "ではないか、表の見出しが変わっています" in problem.what


def test_pipes_and_folders_of_its_name_are_told(plan: Path) -> None:
    proof_of(plan).mkdir()
    assert len(told(plan)) == 1
    proof_of(plan).rmdir()
    os.mkfifo(proof_of(plan))
    assert len(told(plan)) == 1
