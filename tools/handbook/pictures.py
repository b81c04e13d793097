"""The pictures of the handbook and the README: ``python -m tools.handbook.pictures``.

Comes in: the samples, and what the program makes of them. Goes out: small images in
``docs/images``, and in ``pictures.json`` the digest of what each one shows, by which a
test tells when a picture has gone stale. A picture is drawn anew only when what it
shows has changed, or when its name is given on the command line (after a change of looks).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.handbook.rendering import (
    draw_area,
    draw_diagram,
    draw_office_page,
    draw_page,
    draw_screen,
    draw_windows,
)
from tools.handbook.samples import ROOT
from tools.handbook.scenes import (
    PICTURES,
    TOWN,
    WINDOWS,
    Diagram,
    Page,
    Picture,
    Screen,
    Sheet,
    set_up,
    text_shown,
    walked_from,
)
from tools.handbook.windows import Walk, Window

IMAGES = ROOT / "docs/images"
DIGESTS = IMAGES / "pictures.json"


def main() -> None:
    """Draw what has gone stale, and what is named."""
    named = sys.argv[1:]
    with TemporaryDirectory() as folder:
        place = set_up(Path(folder))
        now = digests(place)
        drawn = [each for each in PICTURES if each.name in {*named, *stale(now)}]
        for name in _draw_all(drawn, place, Path(folder)):
            sys.stdout.write(f"{name}\n")
    DIGESTS.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")


def digests(place: Path) -> dict[str, str]:
    """Return the digest of what each picture shows, by its name."""
    return {each.name: _digest(text_shown(each, place)) for each in PICTURES}


def stale(now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the pictures that show something else than ``docs/images`` has."""
    kept = json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.exists() else {}
    return tuple(
        name
        for name, digest in now.items()
        if kept.get(name) != digest or not (IMAGES / name).exists()
    )


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _draw_all(drawn: Sequence[Picture], place: Path, folder: Path) -> Iterator[str]:
    windows = {each.name for each in drawn if isinstance(each, Window)}
    if windows:
        walk = Walk.into(walked_from(place, folder), TOWN)
        yield from draw_windows(walk, WINDOWS, windows, IMAGES)
    for picture in drawn:
        if not isinstance(picture, Window):
            _draw(picture, place)
            yield picture.name


def _draw(picture: Page | Sheet | Screen | Diagram, place: Path) -> None:
    target = IMAGES / picture.name
    match picture:
        case Page():
            number = picture.number(place)
            draw_page(place / picture.file, number, picture.dots, target, is_cut=picture.is_cut)
        case Sheet(area=area) if area:
            draw_area(place / picture.file, picture.sheet, area, picture.dots, target)
        case Sheet():
            draw_office_page(place / picture.file, picture.page, picture.dots, target)
        case Screen():
            size = (picture.width, picture.height)
            draw_screen(place / picture.file, picture.id, size, target)
        case Diagram():
            draw_diagram(picture.source(), target)


if __name__ == "__main__":
    main()
