"""``kpireport check`` of a review: the board on the screen, files, and the exit status."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from kpireport.cli import main
from tests.documents import ROOT
from tests.reports import files_in, write_report
from tests.review_reports import small_rows, write_review
from tests.status.reports import half_reported, write
from tests.test_cli import run

NOON = dt.datetime(2022, 7, 3, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON.timestamp())))


def test_the_board_then_the_problems_then_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write(tmp_path)
    before = files_in(report)
    assert main(["check", str(report)]) == 2
    printed = capsys.readouterr()
    assert printed.out == (
        "■ 令和３年度実績の報告の状況\n"
        "  みどり市総合計画\n"
        "  令和４年７月３日（日）現在\n"
        "  回答期限　令和４年６月30日（木）　期限を３日過ぎています\n"
        "  対象の指標14件：報告済み９件、理由あり２件、未報告２件、要修正１件。要確認の指標１件\n"
        "\n"
        "所管課       対象 報告済 理由あり 未報告 要修正 要確認 状況\n"
        "-----------------------------------------------------------------\n"
        "学務課          2      -        -      1      1      - 要修正\n"
        "相談課          2      1        -      1      -      - 一部未報告\n"
        "健康課          7      6        1      -      -      1 要確認\n"
        "企画課          1      -        1      -      -      - 済み\n"
        "保育課          2      2        -      -      -      - 済み\n"
        "-----------------------------------------------------------------\n"
        "合計（５課）   14      9        2      2      1      1\n"
        "\n"
        "■ 一部が未報告の課（指標の記号）\n"
        "  学務課: boards\n"
        "  相談課: calls\n"
        "\n"
        "■ 評価の見込み（要修正の１件を除く）\n"
        "  指標12件："
        "◎ 達成 ２件、○ 順調 １件、△ やや遅れ ３件、× 遅れ ３件、… 未報告 ３件\n"
        "  数値目標１件：… 未報告 １件\n"
        "\n"
        "直すところがあるので、報告書はまだ作れません。\n"
        f"  → 催促文を見るには: kpireport check {report} --reminders\n"
    )
    assert printed.err.startswith("入力に直すところが1か所あります。\n\n")
    assert "「完了」という進捗状況はありません。" in printed.err
    assert "確かめていただきたいところが" in printed.err
    assert files_in(report) == before


def test_charts_that_the_plan_does_not_have_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_review(tmp_path, review='main_charts = ["share", "shere", "survey"]')
    assert main(["check", str(report)]) == 2
    printed = capsys.readouterr().err
    assert f"{report / 'report.toml'}: review.main_charts\n" in printed
    assert "記号が「shere」の指標は、令和３年度（2021）の計画にありません。" in printed
    assert "もしかして 「share」 ですか。" in printed
    assert "「survey」は数値目標の記号です。ここには指標の記号を書きます。" in printed


def test_what_is_not_reported_yet_has_its_own_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in half_reported() if row[0] != "tablets" or row[2] != 2021]
    for draft, said in (
        ("true", "誤りはありません。未報告が残っています（案は、このまま作れます）。"),
        ("false", "誤りはありません。未報告が残っているので、確定版はまだ作れません。"),
    ):
        report = write(tmp_path, rows=rows, review=f"draft = {draft}")
        assert main(["check", str(report)]) == 1
        printed = capsys.readouterr()
        assert said in printed.out
        assert "入力に直すところ" not in printed.err


def test_nothing_open_is_zero_whatever_is_odd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in small_rows(2021) if row[0] != "boards"]
    rows += [["boards", None, 2021, None, "準備", None, None, "学務課"]]
    report = write(tmp_path, rows=rows)
    assert main(["check", str(report)]) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("確かめていただきたいところが")
    assert printed.out.endswith(
        "誤りはありません（基本目標2、戦略計画4、数値目標1、重要業績評価指標13）。\n"
    )
    assert "催促文" not in printed.out


@pytest.mark.parametrize("year", [2019, 2021])
def test_forty_departments_fit_a_narrow_screen(
    year: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(ROOT / "reports" / str(year))]) == 0
    table = capsys.readouterr().out.split("\n\n")[1].splitlines()
    assert len(table) == 33 + 4
    assert max(map(cell_len, table)) <= 80
    assert "\x1b" not in "".join(table)


def test_a_japanese_console_shows_the_board(tmp_path: Path) -> None:
    done = run("check", write(tmp_path), PYTHONIOENCODING="cp932", PYTHONUTF8="0")
    assert done.returncode == 2
    shown = done.stdout.decode("cp932")
    assert shown.startswith("■ 令和３年度実績の報告の状況")
    assert "\\u" not in shown


def test_the_reminders_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write(tmp_path)), "--reminders"]) == 2
    printed = capsys.readouterr()
    assert printed.out.startswith("令和３年度実績の報告の状況：催促文")
    assert re.findall("宛先：(.+)", printed.out) == ["健康課", "学務課", "相談課"]
    assert printed.err == ""


def test_files_to_send_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write(tmp_path)
    names = ("状況.html", "状況.xlsx", "催促文.txt")
    options = [
        part
        for option, name in zip(("--html", "--xlsx", "--txt"), names, strict=True)
        for part in (option, str(tmp_path / name))
    ]
    for _ in range(2):
        assert main(["check", str(report), *options]) == 2
        said = capsys.readouterr().err
        assert [f"作成しました: {tmp_path / name}" in said for name in names] == [True] * 3
    first = {name: (tmp_path / name).read_bytes() for name in names}
    assert first["状況.html"].startswith(b"<!DOCTYPE html>")
    assert "令和４年７月３日（日）現在".encode() in first["状況.html"]


def test_a_file_of_somebody_elses_stops_it_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write(tmp_path)
    before = files_in(report)
    assert main(["check", str(report), "--xlsx", str(report / "actuals.xlsx")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "上書きはしません" in printed.err
    assert files_in(report) == before


def test_a_file_that_cannot_be_written_is_not_told_as_unreported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write(tmp_path, rows=[])
    (tmp_path / "状況.html").mkdir()
    assert main(["check", str(report), "--html", str(tmp_path / "状況.html")]) == 2
    assert "書き込めませんでした。" in capsys.readouterr().err


def test_the_plan_edition_has_no_board_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path)
    assert main(["check", str(report), "--html", str(tmp_path / "状況.html")]) == 2
    assert "実績版ではないので、報告の状況はありません。" in capsys.readouterr().err
    assert not (tmp_path / "状況.html").exists()
