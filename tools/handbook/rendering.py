"""Drawing pages, sheets and diagrams as small images, with outside programs.

Comes in: a PDF, an office file, a diagram's source. Goes out: a PNG with a palette (one
byte or less a dot), or an SVG. poppler draws pages, LibreOffice lays out sheets with the
bundled fonts alone, a Chromium shows pages for the web, and in it mermaid-cli draws diagrams.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from PIL import Image, ImageChops
from playwright.sync_api import Page as ShownPage
from playwright.sync_api import sync_playwright

from kpireport.workbench.guarding import ENTRANCE
from tools.handbook.samples import ROOT
from tools.handbook.windows import MOMENT, SHOWN_FOLDER, SHOWN_MOMENT, Walk, Window, served

_COLOURS = 64
_MARGIN = 12  # dots left around what is drawn on a sheet
_FOOTER = 0.94  # below this part of a sheet's height stands its page number
_CHROMIUM = "/usr/bin/chromium"


def draw_page(pdf: Path, number: int, dots: int, target: Path, *, is_cut: bool = False) -> None:
    """Draw a page of a PDF at ``dots`` per inch, or cut to what is on it."""
    with TemporaryDirectory() as folder:
        image = _page_image(pdf, number, dots, Path(folder))
        _save(_cut(image) if is_cut else image, target)


def draw_office_page(file: Path, number: int, dots: int, target: Path) -> None:
    """Draw a printed page of an office file, cut to what is on it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _run(
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)),
            FONTCONFIG_FILE=str(_bundled_fonts(folder)),
        )
        image = _page_image(folder / f"{file.stem}.pdf", number, dots, folder)
        _save(_cut(image), target)


def draw_area(file: Path, sheet: str, area: str, dots: int, target: Path) -> None:
    """Draw an area of a workbook's sheet, as wide as a page lying across."""
    book = load_workbook(file)
    for each in book.sheetnames:
        if each != sheet:
            del book[each]
    page = book[sheet]
    page.print_area, page.print_title_rows, page.print_title_cols = area, None, None
    page.page_setup.orientation, page.page_setup.fitToWidth = "landscape", 1
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "area.xlsx"
        book.save(copy)
        draw_office_page(copy, 1, dots, target)


def draw_screen(file: Path, part: str, size: tuple[int, int], target: Path) -> None:
    """Draw a browser's window of ``size`` pixels that shows a page from a part on."""
    with _browsing(*size) as page:
        page.goto(file.as_uri())
        _draw_window(page, part, target)


def draw_windows(
    walk: Walk, windows: Sequence[Window], named: Collection[str], targets: Path
) -> Iterator[str]:
    """Draw pages of the workbench, as a walk comes to them; yield the names of those drawn."""
    masks = [[str(walk.desk.workplace.root), SHOWN_FOLDER], [MOMENT, SHOWN_MOMENT]]
    with walk.client, served(walk) as whole, _browsing(1000, 720) as page:
        page.goto(whole(f"{ENTRANCE}?token={walk.desk.token}"))
        for window in walk.go(windows):
            if window.name not in named:
                continue
            page.set_viewport_size({"width": window.width, "height": window.height})
            page.goto(whole(walk.at))
            # what the page asks for by itself, too; it may go on asking
            page.wait_for_function(_COMPLETE)
            for frame in page.frames:
                frame.evaluate(_MASK, masks)
            _draw_window(page, window.id, targets / window.name)
            yield window.name


# nothing is being asked for
_COMPLETE = "() => !document.querySelector('[hx-trigger=load] > p.small:only-child')"
# of texts alone: what stands in attributes is seen by nobody
_MASK = """
([[folder, shownFolder], [moment, shownMoment]]) => {
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const each = texts.currentNode;
    each.data = each.data.replaceAll(folder, shownFolder)
      .replace(new RegExp(moment, "g"), shownMoment);
  }
  // this browser has no Japanese of its own
  for (const each of document.querySelectorAll("input[type=file]")) {
    const shown = document.createElement("p");
    shown.innerHTML = "<button class=secondary>ファイルを選択</button>　選択されていません";
    each.replaceWith(shown);
  }
}
"""


@contextmanager
def _browsing(width: int, height: int) -> Iterator[ShownPage]:
    """A page of a browser that has the bundled fonts alone, and speaks Japanese."""
    with TemporaryDirectory() as name, sync_playwright() as driver:
        environment: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "ja"}
        environment["FONTCONFIG_FILE"] = str(_bundled_fonts(Path(name)))
        browser = driver.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--lang=ja"], env=environment
        )
        yield browser.new_page(viewport={"width": width, "height": height}, locale="ja-JP")
        browser.close()


def _draw_window(page: ShownPage, part: str, target: Path) -> None:
    """Draw what a window shows from a part on; from the top where none is named."""
    if part:
        page.locator(f"#{part}").evaluate("each => each.scrollIntoView()")
    else:  # a frame that shows some place scrolls the page that it stands in, too
        page.evaluate("scrollTo(0, 0)")
    with BytesIO(page.screenshot()) as picture:
        _save(Image.open(picture).convert("RGB"), target)


def draw_diagram(source: str, target: Path) -> None:
    """Draw a mermaid diagram as SVG."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "diagram.mmd").write_text(source, encoding="utf-8")
        settings = {"executablePath": _CHROMIUM, "args": ["--no-sandbox"]}
        (folder / "browser.json").write_text(json.dumps(settings), encoding="utf-8")
        # texts as texts: an image of a page shows no HTML within SVG in every reader
        look = {"theme": "neutral", "htmlLabels": False, "deterministicIds": True}
        (folder / "look.json").write_text(json.dumps(look), encoding="utf-8")
        _run(
            *("npx", "--yes", "@mermaid-js/mermaid-cli", "--quiet"),
            *("--puppeteerConfigFile", str(folder / "browser.json")),
            *("--configFile", str(folder / "look.json")),
            *("--input", str(folder / "diagram.mmd"), "--output", str(target)),
            PUPPETEER_SKIP_DOWNLOAD="1",
        )


def _page_image(pdf: Path, number: int, dots: int, folder: Path) -> Image.Image:
    page = ["-f", str(number), "-l", str(number), "-r", str(dots), "-png", "-singlefile"]
    _run("pdftoppm", *page, str(pdf), str(folder / "page"))
    return Image.open(folder / "page.png").convert("RGB")


def _cut(image: Image.Image) -> Image.Image:
    image = image.crop((0, 0, image.width, int(image.height * _FOOTER)))
    paper = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, paper).getbbox()
    if box is None:
        return image
    left, top, right, bottom = box
    width, height = image.size
    wider = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
    inside = (max(0, wider[0]), max(0, wider[1]), min(width, wider[2]), min(height, wider[3]))
    return image.crop(inside)


def _save(image: Image.Image, target: Path) -> None:
    few = image.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


def _bundled_fonts(folder: Path) -> Path:
    """Write a fontconfig file that knows no fonts but the bundled ones."""
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{escape(str(ROOT / 'fonts'))}</dir>"
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>"
        '<match target="font"><edit name="hinting"><bool>false</bool></edit></match>'
        "</fontconfig>\n",
        encoding="utf-8",
    )
    return path


def _run(*command: str, **environment: str) -> None:
    environment = {**os.environ, **environment}
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603
