"""Read back the charts that Word draws, and the workbooks in them, from the file alone."""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
from lxml import etree

from tests.writers.docx.reader import files, parts

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NS = {"c": C[1:-1], "a": A[1:-1]}


@dataclass(frozen=True)
class ReadSeries:
    """A series as the chart has cached it; ``references`` are to the workbook's cells."""

    name: str
    categories: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    references: tuple[str, str, str]
    element: Any


@dataclass(frozen=True)
class ReadChart:
    """``root`` is the chart part's, ``size`` in EMU."""

    alternative_text: str
    size: tuple[int, int]
    root: Any
    series: tuple[ReadSeries, ...]
    workbook: bytes

    @property
    def texts(self) -> list[str]:
        """The texts that are written in the chart itself: title, unit, labels."""
        return list(map(str, self.root.xpath("//a:t/text()", namespaces=NS)))

    def value(self, path: str) -> str:
        """The ``val`` of the only element at ``path``."""
        [found] = self.root.xpath(f"{path}/@val", namespaces=NS)
        return str(found)


def read_charts(data: bytes) -> list[ReadChart]:
    """Return the charts in the order of the body."""
    found, content = parts(data), files(data)
    targets = _targets(found, "word/document.xml")
    types = {
        item.get("PartName"): item.get("ContentType")
        for item in found["[Content_Types].xml"]
        if item.get("PartName")
    }
    charts = []
    for inline in found["word/document.xml"].iter(f"{WP}inline"):
        reference = next(inline.iter(f"{C}chart"), None)
        if reference is None:
            continue  # the picture of a bar
        name = targets[reference.get(f"{R}id")]
        assert types[f"/{name}"].endswith("drawingml.chart+xml")
        root = found[name]
        [data_reference] = root.iter(f"{C}externalData")
        book = _targets(found, name)[data_reference.get(f"{R}id")]
        assert types[f"/{book}"].endswith("spreadsheetml.sheet")
        extent, properties = inline.find(f"{WP}extent"), inline.find(f"{WP}docPr")
        charts.append(
            ReadChart(
                properties.get("descr"),
                (int(extent.get("cx")), int(extent.get("cy"))),
                root,
                tuple(map(_series, root.iter(f"{C}ser"))),
                content[book],
            )
        )
    return charts


def _targets(found: dict[str, Any], part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    relations = found[f"{folder}/_rels/{name}.rels"]
    return {
        each.get("Id"): posixpath.normpath(posixpath.join(folder, each.get("Target")))
        for each in relations
    }


def _series(element: Any) -> ReadSeries:
    references = tuple(
        element.findtext(f"{C}{kind}//{C}f", default="") for kind in ("tx", "cat", "val")
    )
    [name] = _cached(element.find(f"{C}tx"))
    categories = _cached(element.find(f"{C}cat"))
    values = _cached(element.find(f"{C}val"))
    assert len(references) == 3
    return ReadSeries(
        str(name),
        tuple(str(each) for each in categories),
        tuple(None if value is None else Decimal(value) for value in values),
        references,
        element,
    )


def _cached(element: Any) -> list[str | None]:
    count = int(element.find(f".//{C}ptCount").get("val"))
    found = {int(point.get("idx")): point.findtext(f"{C}v") for point in element.iter(f"{C}pt")}
    return [found.get(number) for number in range(count)]


def cells(workbook: bytes, reference: str) -> list[object]:
    """Return the values of the cells that ``Sheet1!$A$2:$A$5`` refers to."""
    match = re.fullmatch(r"(\w+)!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?", reference)
    assert match, reference
    sheet, column, first, last_column, last = match.groups()
    assert last_column in (None, column)
    page = openpyxl.load_workbook(io.BytesIO(workbook))[sheet]
    return [page[f"{column}{row}"].value for row in range(int(first), int(last or first) + 1)]


def sheet_xml(workbook: bytes) -> Any:
    return etree.fromstring(files(workbook)["xl/worksheets/sheet1.xml"])
