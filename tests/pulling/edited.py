"""A small review for tests, its Word file built once a session, and ways to edit it."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from kpireport.pulling import Pulled, pull
from kpireport.reports import Report
from tests.kept import kept
from tests.review_reports import small_rows, write_review

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
DOCUMENT = "word/document.xml"
COMMENTS = [
    ["p1", None, 2021, "増設しました。\n定員を増やしました。", "土地がない。", None],
    ["p3", None, 2021, None, None, "広げます。"],
]
OVERRIDES = [["bed-a", None, 2021, "○", "開院のときに一度に増えるため。"]]
SETTINGS = """\
# 段落ごとに書きます
introduction = [
  "この報告書について。", # 一つ目
  "二つ目の段落です。",
]
survey = ["調査の説明。"]
draft = true"""
EXPLANATION = "受入枠の不足による。"


def rows() -> list[list[Any]]:
    """The rows of 実績, one with words on the actual."""
    found = small_rows(2021)
    for row in found:
        if row[0] == "share" and row[2] == 2021:
            row[6] = EXPLANATION
    return found


def write(folder: Path, **options: Any) -> Path:
    """Write the report below ``folder``."""
    given = {"rows": rows(), "comments": COMMENTS, "overrides": OVERRIDES, "review": SETTINGS}
    return write_review(folder, **(given | options))


def word_of(report: Path, template: Path | None = None) -> bytes:
    """The Word file of a report."""
    opened = Report.open(report)
    return (opened.in_template(template) if template else opened).word()


@cache
def built() -> bytes:
    """The Word file of the report that :func:`write` writes."""
    return kept("small review", _build)


def _build() -> bytes:
    with TemporaryDirectory() as folder:
        return word_of(write(Path(folder)))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Replace or add a part of a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return made.getvalue()


def edited(change: Callable[[Any], object], data: bytes | None = None) -> bytes:
    """Apply a change to the body of the Word file."""
    data = data or built()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(DOCUMENT))
    change(root)
    return with_part(data, DOCUMENT, etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def controls(root: Any, source: str) -> Iterator[Any]:
    """The controls of a source."""
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val").startswith(f"kpi:{source}#"):
            yield control


def control(root: Any, source: str) -> Any:
    """The first control of a source."""
    return next(controls(root, source))


def write_into(found: Any, *paragraphs: str) -> None:
    """Replace what a control holds, as somebody who types would."""
    content = found.find(f"{W}sdtContent")
    olds = content.findall(f"{W}p") or [content]
    for paragraph, text in zip(olds, paragraphs, strict=False):
        _type(paragraph, text)
    for unused in olds[len(paragraphs) :]:
        content.remove(unused)
    for text in paragraphs[len(olds) :]:
        new = copy.deepcopy(olds[-1])
        for bookmark in list(new.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            bookmark.getparent().remove(bookmark)
        _type(new, text)
        content.append(new)


def _type(paragraph: Any, text: str) -> None:
    first, *others = paragraph.findall(f"{W}r")
    for other in others:
        paragraph.remove(other)
    for child in list(first):
        first.remove(child)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(first, f"{W}br")
        etree.SubElement(first, f"{W}t").text = line


def typed(source: str, *paragraphs: str) -> bytes:
    """The Word file with other words in the first control of a source."""
    return edited(lambda root: write_into(control(root, source), *paragraphs))


def find_text(root: Any, text: str, title: str = "") -> Any:
    """The last element of text that is exactly this: not a line of the contents.

    Within the table whose title contains ``title``, where one is given.
    """
    found = [each for each in root.iter(f"{W}t") if each.text == text]
    if title:
        found = [each for each in found if title in _title(each)]
    return found[-1]


def _title(element: Any) -> str:
    table = next(element.iterancestors(f"{W}tbl"), None)
    caption = None if table is None else table.find(f"{W}tblPr/{W}tblCaption")
    return "" if caption is None else str(caption.get(f"{W}val"))


def pulled(report: Path, data: bytes, *, apply: bool = False) -> Pulled:
    """Pull a Word file that lies in the report's folder of results."""
    path = report / "out" / "実績.docx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return pull(path, report, apply=apply)


def refused(report: Path, data: bytes) -> list[tuple[str, str, str]]:
    """The places, old and new texts of all refusals; nothing is to be written."""
    before = {path: path.read_bytes() for path in report.iterdir() if path.is_file()}
    found = pulled(report, data, apply=True)
    assert found.written == ()
    assert {path: path.read_bytes() for path in report.iterdir() if path.is_file()} == before
    return [(each.place, each.old, each.new) for each in found.refusals]
