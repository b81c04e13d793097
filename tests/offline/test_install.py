"""What runs on the other computer: it installs beside what is there, or leaves all as it was."""

from __future__ import annotations

import codecs
import errno
import platform
import re
import shlex
import shutil
import sys
import sysconfig
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.offline.small import FAILS, home, run_script, small_folder, started
from tools.offline.carried import install, suitable

Version = namedtuple("Version", "major minor")
WANTED = {"pythons": ("3.11", "3.12", "3.13"), "platform": "win-amd64"}


def test_installs_opens_and_removes(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "共有 フォルダー" / "kpireport", "1.0")
    before = {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}

    done = run_script(folder / "導入.sh", user)
    assert done.returncode == 0, done.stdout + done.stderr
    work = user / "kpireport"
    said = done.stdout.splitlines()[-1].removeprefix("  始めるとき: ")
    assert shlex.split(said) == ["sh", f"{work}/開く.sh"]  # pasted as it is, whatever the name
    # nothing was left in the share
    assert {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))} == before

    dropped = user / "ほかの 所"
    dropped.mkdir()
    assert run_script(work / "開く.sh", user).stdout == f"asked for open {work} of 1.0\n"
    assert run_script(folder / "開く.sh", user).stdout == f"asked for open {work} of 1.0\n"
    opened = run_script(folder / "開く.sh", user, dropped)
    assert opened.stdout == f"asked for open {dropped} of 1.0\n"
    assert run_script(work / "手引.sh", user).stdout == "asked for handbook of 1.0\n"
    for name in ("開く.sh", "コマンド.sh"):
        absent = run_script(work / name, user, "打ち間違い")
        assert absent.returncode == 1
        assert absent.stdout.startswith("そのフォルダーを開けません: 打ち間違い\n  → ")
        assert absent.stderr == ""
    shutil.rmtree(work)  # the console's own folder
    absent = run_script(folder / "コマンド.sh", user)
    assert absent.stdout.startswith(f"そのフォルダーを開けません: {work}\n  → ")
    assert absent.stderr == ""


def test_on_windows_it_is_begun_by_a_double_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "_ON_WINDOWS", True)
    assert "「開く.cmd」をダブルクリック" in install.how_to_begin(Path("山田 太郎/開く.cmd"))


def test_a_removal_says_what_it_leaves_and_what_it_leaves_says_how_to_install(
    user: Path, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    assert run_script(folder / "導入.sh", user).returncode == 0
    work = user / "kpireport"
    (work / "計画.xlsx").write_bytes(b"mine")

    removed = run_script(work / "取り外す.sh", user)
    assert removed.returncode == 0
    assert removed.stderr == ""
    assert "取り外しました。次のものは、あれば残しました。" in removed.stdout
    left = sorted(path.name for path in work.iterdir() if path.name != "計画.xlsx")
    assert left == sorted(re.findall(r"[^（、]+\.sh", removed.stdout))
    assert "消してかまいません" in removed.stdout
    assert not home(user).exists()
    assert (work / "計画.xlsx").read_bytes() == b"mine"

    for name in left:
        absent = run_script(work / name, user)
        assert absent.stdout.startswith("kpireport は"), name
        if name != "取り外す.sh":
            assert absent.returncode == 1
            assert "で、sh 導入.sh を実行してください。" in absent.stdout
    assert run_script(folder / "導入.sh", user).returncode == 0
    assert run_script(work / "手引.sh", user).stdout == "asked for handbook of 1.0\n"


def test_what_runs_is_named_and_nothing_changes_until_it_has_ended(
    user: Path, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    assert run_script(folder / "導入.sh", user).returncode == 0
    work = user / "kpireport"
    before = sorted(home(user).rglob("*"))

    with started(work / "開く.sh", user) as process:
        for name in ("導入.sh", "取り外す.sh"):
            refused = run_script(folder / name, user)
            assert refused.returncode == 1
            assert f"動いているもの: kpireport open {work}\n" in refused.stdout
            assert "「終了する」を押し" in refused.stdout
            assert len(sorted(home(user).rglob("*"))) == len(before) + 1  # its mark
        # an update may have come in between: the place before is asked, too
        (home(user) / install.CURRENT).write_text("b\n", encoding="utf-8")
        assert run_script(folder / "取り外す.sh", user).returncode == 1
        (home(user) / install.CURRENT).write_text("a\n", encoding="utf-8")
        process.kill()  # it cannot take its mark away
    assert run_script(folder / "導入.sh", user).returncode == 0
    assert install.current_place(home(user)) == "b"
    assert run_script(folder / "取り外す.sh", user).returncode == 0
    assert not home(user).exists()


@pytest.mark.parametrize("variable", ["KPIREPORT_HOME", "XDG_DATA_HOME"])
def test_what_was_installed_elsewhere_is_found_without_being_told_again(
    variable: str, user: Path, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    work, elsewhere = user / "kpireport", tmp_path / "ほかの 所 (R&D 100%)"
    lives = elsewhere if variable == "KPIREPORT_HOME" else elsewhere / "kpireport"

    assert run_script(folder / "導入.sh", user, **{variable: str(elsewhere)}).returncode == 0
    assert (lives / "a").is_dir()
    assert run_script(work / "手引.sh", user).stdout == "asked for handbook of 1.0\n"
    assert run_script(folder / "導入.sh", user).returncode == 0  # the new one beside the old one
    assert install.current_place(lives) == "b"
    third = tmp_path / "third"  # where the note of the other is not its own
    third.mkdir()
    (third / install.CURRENT).write_text("a\n", encoding="utf-8")
    assert run_script(work / "取り外す.sh", user, KPIREPORT_HOME=str(third)).returncode == 0
    assert not third.exists()
    assert run_script(work / "手引.sh", user).returncode == 0
    assert run_script(work / "取り外す.sh", user).returncode == 0
    assert not lives.exists()
    assert not home(user).exists()


def test_an_install_at_the_usual_home_takes_the_note_of_another_away(tmp_path: Path) -> None:
    note = tmp_path / "usual/home.txt"
    install.leave_note(tmp_path / "elsewhere", note)
    assert note.read_text(encoding="utf-8") == f"{tmp_path}/elsewhere\n"
    install.leave_note(tmp_path / "usual", note)
    assert not note.exists()
    install.leave_note(tmp_path / "usual", note)


def test_a_home_that_launchers_could_not_find_is_refused(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    relative = run_script(folder / "導入.sh", user, KPIREPORT_HOME="somewhere/else")
    assert relative.returncode == 1
    assert "「/」から始まる名前に" in relative.stdout

    def of_japan(name: str) -> codecs.CodecInfo | None:
        return codecs.lookup("cp932") if name == "oem" else None

    codecs.register(of_japan)
    monkeypatch.setattr(install, "_ON_WINDOWS", True)
    try:
        note = tmp_path / "𠮷/home.txt"  # the usual home needs no note
        install.leave_note(tmp_path / "髙橋 表", note)
        assert note.read_bytes() == f"{tmp_path}/髙橋 表\r\n".encode("cp932")
        with pytest.raises(install.RefusedError, match="使えない文字"):
            install.check_home(tmp_path / "𠮷田", note)
        install.check_home(note.parent, note)
    finally:
        codecs.unregister(of_japan)


def test_updates_beside_what_is_there_and_a_failure_leaves_it(user: Path, tmp_path: Path) -> None:
    old = small_folder(tmp_path / "1" / "kpireport", "1.0")
    new = small_folder(tmp_path / "2" / "kpireport", "2.0")
    broken = small_folder(tmp_path / "3" / "kpireport", "3.0", FAILS)
    work = user / "kpireport"

    assert run_script(old / "導入.sh", user).returncode == 0
    (work / "計画.xlsx").write_bytes(b"mine")
    assert run_script(new / "導入.sh", user).returncode == 0
    assert run_script(work / "手引.sh", user).stdout == "asked for handbook of 2.0\n"
    assert install.current_place(home(user)) == "b"
    assert (home(user) / "a").is_dir()

    failed = run_script(broken / "導入.sh", user)
    assert failed.returncode == 1
    assert failed.stdout.endswith("前に導入した kpireport は、元のまま使えます。\n")
    assert str(home(user) / install.LOG) in failed.stdout
    assert run_script(work / "手引.sh", user).stdout == "asked for handbook of 2.0\n"
    assert not (home(user) / "a").exists()

    assert run_script(new / "導入.sh", user).returncode == 0  # again, and as good
    assert run_script(work / "手引.sh", user).stdout == "asked for handbook of 2.0\n"
    assert (work / "計画.xlsx").read_bytes() == b"mine"


def test_what_the_system_refuses_is_told_in_words(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    (tmp_path / "file").write_bytes(b"")
    done = run_script(folder / "導入.sh", user, KPIREPORT_HOME=str(tmp_path / "file/kpi"))
    assert done.returncode == 1
    assert "フォルダーを作れません" in done.stdout
    assert "Errno" not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("number", "what", "remedy"),
    [
        (errno.EACCES, "書き込めません", "KPIREPORT_HOME で、書き込めるフォルダーに"),
        (errno.EROFS, "書き込めません", "KPIREPORT_HOME で、書き込めるフォルダーに"),
        (errno.ENOSPC, "ディスクの空きが足りません", "500 MB"),
        (errno.EIO, "読み書きできません", "情報政策課に"),
    ],
)
def test_every_refusal_of_the_system_has_a_remedy(
    number: int,
    what: str,
    remedy: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, "in English", "/usr/kpi")

    monkeypatch.setattr(install, "install", refused)
    monkeypatch.setenv("KPIREPORT_HOME", str(tmp_path))
    monkeypatch.setenv("KPIREPORT_NOTE", str(tmp_path / "home.txt"))
    assert install.main() == 1
    said = capsys.readouterr().out
    assert f"  {what}" in said
    assert remedy in said.partition("\n  → ")[2]
    assert "Errno" not in said


def test_a_damaged_or_absent_file_is_told_and_nothing_is_done(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    (wheel,) = (folder / "wheels").iterdir()
    wheel.write_bytes(wheel.read_bytes()[:-1])
    (folder / "手引.sh").unlink()

    done = run_script(folder / "導入.sh", user)
    assert done.returncode == 1
    assert "ファイルが2個あります" in done.stdout
    assert wheel.name in done.stdout
    assert "手引.sh" in done.stdout
    assert done.stdout.endswith("何も変わっていません。\n")
    assert not home(user).exists()


@pytest.mark.parametrize("name", ["wheels/evil-1.0-py3-none-any.whl", "setup/evil.py"])
def test_a_file_too_many_is_told_and_nothing_is_done(name: str, user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    (folder / name).write_bytes(b"")
    (folder / "メモ.txt").write_bytes(b"")  # nobody reads it

    done = run_script(folder / "導入.sh", user)
    assert done.returncode == 1
    assert f"元にないファイルが1個あります（{name}）。" in done.stdout
    assert "メモ.txt" not in done.stdout
    assert done.stdout.endswith("何も変わっていません。\n")
    assert not home(user).exists()


def test_where_no_python_does_it_is_told_which_one_to_ask_for(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("sh", "dirname", "false"):
        found = shutil.which(name)
        assert found
        (commands / name).symlink_to(found)
    (commands / "python3").symlink_to(commands / "false")

    done = run_script(folder / "導入.sh", user, path=str(commands))
    assert done.returncode == 1
    assert "Python 3.11、3.12、3.13 のどれか" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("what", "value", "words"),
    [
        ("version_info", Version(3, 10), "Python 3.10 には対応していません"),
        ("version_info", Version(3, 14), "Python 3.14 には対応していません"),
        ("implementation", SimpleNamespace(name="pypy"), "には対応していません"),
        (
            "base_prefix",
            "/C/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.12",
            "Microsoft Store の Python には対応していません",
        ),
    ],
)
def test_which_python_does(
    what: str, value: object, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sysconfig, "get_platform", lambda: "win-amd64")
    monkeypatch.setattr(sys, "version_info", Version(3, 12))
    assert suitable.why_not(WANTED) == ""
    monkeypatch.setattr(sys, what, value)
    assert words in suitable.why_not(WANTED)


def test_a_python_of_32_bits_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 12))
    monkeypatch.setattr(sysconfig, "get_platform", lambda: "win32")
    assert "64ビット" in suitable.why_not(WANTED)


@pytest.mark.parametrize(
    ("library", "does"),
    [
        (("glibc", "2.28"), True),
        (("glibc", "2.36"), True),
        (("glibc", "2.17"), False),
        (("", ""), False),
    ],
)
def test_which_linux_does(
    library: tuple[str, str], does: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 12))
    monkeypatch.setattr(sysconfig, "get_platform", lambda: "linux-x86_64")
    monkeypatch.setattr(platform, "libc_ver", lambda: library)
    wanted = {**WANTED, "platform": "linux-x86_64", "glibc": "2.28"}
    assert (suitable.why_not(wanted) == "") is does
