"""Two people at one folder find out about each other."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from kpireport.workbench.presence import Presence, Present

START = dt.datetime(2022, 6, 1, 9, 30, tzinfo=dt.UTC)


class Times:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now


def test_each_is_told_of_the_other_and_not_of_itself(tmp_path: Path) -> None:
    times = Times()
    one, other = Presence(tmp_path, "佐藤", times), Presence(tmp_path, "鈴木", times)
    one.show()
    other.show()
    assert one.others() == (Present("鈴木", START, is_oneself=False),)
    assert [each.name for each in other.others()] == ["佐藤"]
    other.leave()
    assert one.others() == ()


def test_ones_own_other_window_is_known(tmp_path: Path) -> None:
    times = Times()
    me = "佐藤（企画課のパソコン）"
    one, again = Presence(tmp_path, me, times), Presence(tmp_path, me, times)
    at_home = Presence(tmp_path, "佐藤（別のパソコン）", times)
    again.show()
    assert [each.is_oneself for each in one.others()] == [True]
    assert [each.is_oneself for each in at_home.others()] == [False]


def test_who_is_not_heard_of_any_more_is_not_told(tmp_path: Path) -> None:
    times = Times()
    one, other = Presence(tmp_path, "佐藤", times), Presence(tmp_path, "鈴木", times)
    other.show()
    times.now += dt.timedelta(minutes=3)
    assert one.others() == ()
    other.show()
    assert [each.since for each in one.others()] == [START]


def test_marks_that_anybody_wrote_do_no_harm(tmp_path: Path) -> None:
    one = Presence(tmp_path, "佐藤", Times())
    for number, odd in enumerate(
        (b"", b"{", b"[]", b"\xff", b"[" * 1500, b'{"name": 1, "seen": 2, "since": 3}', b"x" * 9999)
    ):
        (tmp_path / f"~kpireport-{number}.open").write_bytes(odd)
    (tmp_path / "~kpireport-folder.open").mkdir()
    assert one.others() == ()


def test_a_folder_that_is_not_there_has_no_marks(tmp_path: Path) -> None:
    absent = tmp_path / "まだない"
    one = Presence(absent, "佐藤", Times())
    one.show()
    one.leave()
    assert one.others() == ()
    assert not absent.exists()


def test_what_was_left_behind_is_tidied_away(tmp_path: Path) -> None:
    left, fresh = tmp_path / "~kpireport-1.open", tmp_path / "~kpireport-2.open"
    for each in (left, fresh):
        each.write_text("{}")
    os.utime(left, (0, 0))
    Presence(tmp_path, "佐藤", Times()).show()
    assert not left.exists()
    assert fresh.exists()
