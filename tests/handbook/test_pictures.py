"""The handbook's pictures show what the program makes today, and are all of use."""

from __future__ import annotations

import re
from pathlib import Path

from tools.handbook.pictures import DIGESTS, IMAGES, digests, stale
from tools.handbook.samples import ROOT
from tools.handbook.scenes import PICTURES, set_up

LARGEST = 100_000  # bytes


def test_no_picture_is_stale(tmp_path: Path) -> None:
    now = digests(set_up(tmp_path))

    assert not stale(now), "run python -m tools.handbook.pictures"


def test_every_picture_is_small_and_shown_somewhere() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/**/*.py")]
    shown = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    kept = {path.name for path in IMAGES.iterdir()} - {DIGESTS.name}

    assert kept == {picture.name for picture in PICTURES}
    for name in kept:
        assert (IMAGES / name).stat().st_size < LARGEST, name
        assert f"images/{name}" in shown, name


def test_every_picture_in_the_handbook_is_told_in_words() -> None:
    for page in ROOT.glob("docs/**/*.md"):
        for words in re.findall(r"!\[(.*?)\]\(", page.read_text(encoding="utf-8")):
            assert len(words) > len("図の説明"), f"{page}: {words}"
