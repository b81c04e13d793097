"""What several threads ask for at once, as pages of the workbench do, is none of another's."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from kpireport.writers.charts import outlines

_AT_ONCE = """
from threading import Barrier, Thread
from kpireport.writers.fonts import load_font
from kpireport.writers.theme import Typeface

start, found = Barrier(8), []

def ask():
    start.wait()
    found.append(load_font(Typeface.GOTHIC))

threads = [Thread(target=ask) for _ in range(8)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(len(found), len(set(map(id, found))))
"""


def test_a_font_is_one_whoever_asks_for_it_first() -> None:
    done = subprocess.run([sys.executable, "-c", _AT_ONCE], capture_output=True, check=True)
    assert done.stdout.split() == [b"8", b"1"]


class _Face:
    """A face that has one letter at a time, and takes a while to find it."""

    units_per_EM = 1000  # noqa: N815 -- FreeType's

    def load_char(self, code: int, flags: object) -> None:
        self.code = code
        time.sleep(0.01)

    def get_path(self) -> tuple[object, object]:
        return np.full((1, 2), self.code), np.ones(1)


def test_a_letter_has_its_own_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    face = _Face()
    monkeypatch.setattr(outlines, "_face", lambda **_: face)
    letters = "あいうえおかきくけこ"
    with ThreadPoolExecutor(len(letters)) as pool:
        found = list(
            pool.map(lambda each: outlines.outline_of.__wrapped__(each, bold=False), letters)
        )
    assert [int(each.vertices[0, 0] / 64) for each in found] == [ord(each) for each in letters]
