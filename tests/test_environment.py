"""What the environment says is told as it is."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from kpireport.cli.environment import language

_ASK = "import os; from kpireport.cli.environment import language; print(language(os.environ))"


def asked(variables: Mapping[str, str]) -> str:
    """Return the locale of a process that has these variables, and no others of a locale."""
    of_locale = ("LC_", "LANG", "PYTHONUTF8", "PYTHONCOERCE")
    others = {key: os.environ[key] for key in os.environ if not key.startswith(of_locale)}
    done = subprocess.run(
        [sys.executable, "-c", _ASK],
        env={**others, **variables, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def has_locale(name: str) -> bool:
    """Whether the system has a locale; that of this process stays."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="systems call their locales otherwise")
@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"LANG": "C.UTF-8"}, "C.UTF-8"),  # locale.getlocale says en_US
        ({"LC_ALL": "C.UTF-8"}, "C.UTF-8"),
        ({"LC_ALL": "C.UTF-8", "LANG": "xx_XX.UTF-8"}, "C.UTF-8（LANG=xx_XX.UTF-8）"),
        ({}, "C.UTF-8"),  # Python's own choice
        ({"LANG": "C"}, "C.UTF-8（LANG=C）"),
        ({"LC_ALL": "C"}, "C"),
        # the system does not have it
        ({"LANG": "xx_XX.UTF-8"}, "C.UTF-8（LANG=xx_XX.UTF-8）"),
        ({"LC_ALL": "xx_XX.UTF-8"}, "C（LC_ALL=xx_XX.UTF-8）"),
        # somebody's own words are not for others
        ({"LC_ALL": "C.UTF-8", "LANG": "情報政策課 山田"}, "C.UTF-8"),
    ],
)
def test_the_locale_that_is_in_force_is_told(variables: dict[str, str], told: str) -> None:
    assert asked(variables) == told


@pytest.mark.skipif(sys.platform != "linux", reason="systems call their locales otherwise")
def test_the_japanese_locale_is_told_or_that_the_system_has_it_not() -> None:
    told = "ja_JP.UTF-8" if has_locale("ja_JP.UTF-8") else "C.UTF-8（LANG=ja_JP.UTF-8）"
    assert asked({"LANG": "ja_JP.UTF-8"}) == told


def test_windows_says_its_own_name_for_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "setlocale", lambda category: "Japanese_Japan.932")
    assert language({}) == "Japanese_Japan.932"
    assert language({"LANG": "ja_JP.UTF-8"}) == "Japanese_Japan.932（LANG=ja_JP.UTF-8）"
