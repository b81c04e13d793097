"""``kpireport open`` as a process: begun, found, told apart, ended tidily."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from kpireport.cli import main
from kpireport.errors import OutputError
from kpireport.workbench.serving import serve
from tests.workbench.servers import TIMEOUT, serving
from tests.workbench.windows import CLOCK, Window, said

MARKS = "~kpireport-*"
unix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals here")


@pytest.mark.parametrize(
    "way",
    ["stop", pytest.param("SIGTERM", marks=unix), pytest.param("SIGINT", marks=unix)],
)
def test_it_ends_tidily(tmp_path: Path, way: str) -> None:
    with serving(tmp_path) as served:
        assert served.client.get("/").status_code == 200
        assert len(list(tmp_path.glob(MARKS))) == 1
        if way == "stop":
            assert "終了しました" in served.post("/stop").text
        else:
            os.kill(served.process.pid, getattr(signal, way))
        assert served.ended() == 0
        assert served.said().endswith("終了しました。\n")
        assert not list(tmp_path.glob(MARKS))


def test_a_port_is_free_again_once_it_has_ended(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        first.client.get("/")
        first.post("/stop")
        first.ended()
        with serving(tmp_path, "--port", str(first.port)) as again:
            assert again.client.get("/").status_code == 200


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        with pytest.raises(OutputError, match=f"ポート {first.port} は、ほかのプログラムが"):
            serve(tmp_path, CLOCK, "企画課", tell=print, port=first.port)
        assert len(list(tmp_path.glob(MARKS))) == 1  # the first's alone


def _serve_until_idle(folder: Path, tell: Callable[[str], None], seconds: float) -> None:
    """Serve in a thread of its own: the tests' own one may have a browser's event loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(serve, folder, CLOCK, "企画課", tell=tell, idle_seconds=seconds).result()


def test_the_address_is_told_when_it_is_answered(tmp_path: Path) -> None:
    statuses = []

    def tell(address: str) -> None:
        statuses.append(httpx2.get(address, trust_env=False, timeout=TIMEOUT).status_code)

    _serve_until_idle(tmp_path, tell, 5)
    assert statuses == [303]


def test_the_browser_is_opened_when_the_server_answers(tmp_path: Path) -> None:
    browser = tmp_path / "browser.py"
    browser.write_text(_BROWSER, encoding="utf-8")
    shown = {**os.environ, "BROWSER": f"{sys.executable} {browser} %s"}
    command = [sys.executable, "-m", "kpireport", "open", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=shown, encoding="utf-8") as served:
        assert served.stdout is not None
        lines = [served.stdout.readline() for _ in range(3)]
        served.terminate()
    assert lines[2] == "303\n"


def test_where_there_is_no_browser_the_address_is_to_be_opened_by_hand(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kpireport", "open", str(tmp_path)]
    none = {**os.environ, "BROWSER": str(tmp_path / "absent"), "DISPLAY": "", "PATH": str(tmp_path)}
    none.pop("WAYLAND_DISPLAY", None)
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=none, encoding="utf-8") as served:
        assert served.stdout is not None
        lines = [served.stdout.readline() for _ in range(4)]
        served.terminate()
    assert lines[0].startswith("画面の住所: http://127.0.0.1:")
    assert lines[2] == "ブラウザーを開けませんでした。\n"
    assert "ブラウザーの住所の欄に貼り付けてください" in lines[3]


_BROWSER = f"""
import http.client, sys, urllib.parse
address = urllib.parse.urlsplit(sys.argv[1])
line = http.client.HTTPConnection(address.netloc, timeout={TIMEOUT})
line.request("GET", f"{{address.path}}?{{address.query}}")
print(line.getresponse().status)
"""


def test_it_ends_when_nobody_has_asked_for_a_while(tmp_path: Path) -> None:
    told: list[str] = []
    _serve_until_idle(tmp_path, told.append, 0.1)
    assert len(told) == 1
    assert not list(tmp_path.glob(MARKS))


def test_a_file_is_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "計画.xlsx"
    file.write_bytes(b"x")
    assert main(["open", str(file), "--no-browser"]) == 2
    assert "フォルダーではなくファイルです" in capsys.readouterr().err


def test_a_folder_that_is_not_there_yet_is_opened_as_an_empty_one(tmp_path: Path) -> None:
    with serving(tmp_path / "まだない") as served:
        assert "まだ計画がありません" in said(served.client.get("/"))
    assert not (tmp_path / "まだない").exists()


def test_two_at_one_folder_are_told_of_each_other_and_of_what_changed(town: Path) -> None:
    now = replace(CLOCK, now=lambda: dt.datetime.now(dt.UTC))
    second, board = Window(town, person="佐藤", clock=now), "/reports/2021/board"
    second.desk.presence.show()
    with serving(town) as first:
        assert "佐藤さんも、このフォルダーを開いています" in said(first.client.get(board))
        assert "このフォルダーを開いています" in said(second.get("/alive"))
        assert "確かめた（visits）" in said(first.client.get(board))
        second.post("/reports/2021/accept", {"settled_by": "visits", "note": "電話で確認"})
        assert "確かめた（visits）" not in said(first.client.get(board))
        second.desk.presence.leave()
        assert first.client.get("/alive").text.strip() == ""
        first.post("/stop")
        first.ended()
        assert second.get("/alive").text.strip() == ""
    second.close()


def test_a_folder_that_goes_away_is_told_and_one_that_returns_is_shown(town: Path) -> None:
    with serving(town) as served:
        board = "/reports/2021/board"
        assert served.client.get(board).status_code == 200
        away = town.with_name("別の名前")
        shutil.move(town, away)
        assert served.client.get(board).status_code == 404
        assert "まだ計画がありません" in said(served.client.get("/"))
        shutil.move(away, town)
        assert served.client.get(board).status_code == 200


def test_what_breaks_off_is_not_told_at_the_terminal(tmp_path: Path) -> None:
    """A browser that gives up in the middle of a form; bytes that are no request."""
    with serving(tmp_path) as served:
        with socket.create_connection(("127.0.0.1", served.port)) as line:
            line.sendall(served.request("/stop")[:-5])
        served.raw(b"\x16\x03\x01\r\n\r\n", wait=3)
        served.post("/stop")
        served.ended()
        assert [each.partition("、")[0] for each in served.said().splitlines()] == [
            "終えるときは",
            "終了しました。",
        ]
