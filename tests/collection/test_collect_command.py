"""``kpireport collect`` as people run it: what it prints, asks and returns."""

from __future__ import annotations

import os
import pty
from contextlib import suppress
from pathlib import Path

import pytest

from kpireport.cli import main
from tests import warm
from tests.collection.answering import HOIKU, KYOIKU, Asked, asked, by_hand
from tests.reports import files_in


def printed(case: Asked, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["collect", str(case.report), *options])
    output = capsys.readouterr()
    assert output.err == ""
    return status, output.out


def test_all_is_taken_and_who_is_missing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    (case.inbox / "Thumbs.db").touch()
    status, text = printed(case, capsys)
    assert status == 0
    assert (
        text
        == f"""\
調べたフォルダー: {case.inbox}（1ファイル）
  保育課　保育課.xlsx
      取り込み1行、変わりなし0行、未記入1行
  読まなかったもの（1ファイル）: Thumbs.db

まだ回答のない課（3課、指標11件）
  企画課: most、keep、bed-a、bed-b、new、crime、visits、fresh
  教育課: tablets、boards
  相談課: calls
回答があっても、報告のない指標がある課（1課、指標1件）
  保育課: two 保育所

{case.workbook} に書き込みました（1行の取り込み1か所）。
受付の記録: {case.report / "received"}
"""
    )
    status, text = printed(case, capsys)
    assert status == 0
    assert text.endswith("\n\n新しいものはありません。何も書き込んでいません。\n")


def test_who_sent_what_cannot_be_used_has_not_sent_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": "98人"}, "two": {"実績": "沢山"}})
    _, text = printed(case, capsys)
    sent = "（届いていますが、使える回答がありません）"
    assert f"\n  保育課: share、two{sent}\n" in text
    assert text.count(sent) == 1


def test_what_cannot_be_read_is_its_departments_whose_name_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = asked(tmp_path)
    (case.inbox / "回答_保育課.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 a password")
    (case.inbox / "相談課.pdf").write_bytes(b"%PDF")
    (case.inbox / "企画課と教育課.xlsx").write_bytes(b"PK")
    _, text = printed(case, capsys)
    sent = "（届いていますが、使える回答がありません）"
    assert "\n  保育課（ファイルの名前から）　回答_保育課.xlsx\n" in text
    assert "\n  課は不明　企画課と教育課.xlsx\n" in text
    assert f"\n  保育課: share、two{sent}\n" in text
    assert f"\n  相談課: calls{sent}\n" in text
    assert text.count(sent) == 2


def test_problems_are_told_by_file_sheet_and_cell_and_the_rest_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": "98人"}, "two": {"実績": "176所（定員15,300人）"}})
    status, text = printed(case, capsys)
    assert status == 2
    assert (
        f"""
直すところが1か所あります。

{case.inbox / "保育課.xlsx"}: 実績!F5（受入率、記号 share、所管課 保育課）
  「98人」の単位が、計画の単位（％）と違います。
  → 「％」で数えた値を書いてください。
"""
        in text
    )
    assert f"{case.workbook} に書き込みました（1行の取り込み1か所）。" in text


def test_a_correction_is_told_from_old_to_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    printed(case, capsys)
    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "訂正.xlsx")
    status, text = printed(case, capsys)
    assert status == 0
    assert (
        """
前の値を改めたところが1か所あります。
  受入率、記号 share、所管課 保育課（実績、訂正）
      98.6％ → 99.1％
      訂正.xlsx の 実績!F5
"""
        in text
    )


def test_a_dry_run_says_what_it_would_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    before = files_in(case.report)
    status, text = printed(case, capsys, "--dry-run")
    assert status == 0
    assert text.endswith("何も書き込んでいません（取り込むとすれば、1行の取り込み1か所）。\n")
    assert files_in(case.report) == before


def test_versions_are_shown_with_what_sets_them_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = asked(tmp_path)
    for name, value in (("a.xlsx", 98.6), ("b.xlsx", 99.1)):
        path = case.answer(HOIKU, {"share": {"実績": value}}, name)
        os.utime(path, (1_652_142_600, 1_652_142_600))
    status, text = printed(case, capsys)
    assert status == 2
    assert (
        """
保育課のブックが2つあり、内容が違います。
どれを使うかが決まるまで、この課の分は取り込みません。
  1  a.xlsx（保存 2022年5月10日 9:30、記入1行）
       受入率：98.6％
  2  b.xlsx（保存 2022年5月10日 9:30、記入1行）
       受入率：99.1％
"""
        in text
    )
    status, _ = printed(case, capsys, "--use", "b.xlsx")
    assert (status, case.text("share")) == (0, "99.1％")


def test_what_is_kept_is_told_every_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    assert printed(case, capsys)[0] == 2
    assert printed(case, capsys, "--keep", "share")[0] == 0
    status, text = printed(case, capsys)
    assert status == 0
    assert "手で書いた「97％」を残しています。保育課の回答は「98.6％」です" in text


@pytest.mark.parametrize(("answer", "text"), [("2", "99.1％"), ("", ""), ("9", ""), ("二", "")])
def test_at_a_terminal_it_asks_which_version_counts(tmp_path: Path, answer: str, text: str):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    ours, theirs = pty.openpty()
    command = ("-m", "kpireport", "collect", case.report)
    running = warm.start(*command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    shown = b""
    with suppress(OSError):  # Linux says that there is no terminal any more
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    assert running.wait() == (0 if text else 2)
    assert "どれを使いますか。1から2の番号" in shown.decode()
    assert case.text("share") == text


def test_an_unknown_id_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    assert main(["collect", str(case.report), "--keep", "shear"]) == 2
    assert "もしかして 「share」 ですか" in capsys.readouterr().err


def test_an_empty_inbox_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    status, text = printed(case, capsys)
    assert status == 0
    assert "返ってきたブック（.xlsx）がありません。" in text
    assert not (case.report / "received").exists()


def test_what_another_collected_is_told_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    case.answer(KYOIKU, {}, "空.xlsx")
    assert "まだ何も記入されていません（未記入2行）。" in printed(case, capsys)[1]
