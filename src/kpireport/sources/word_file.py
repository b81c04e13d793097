"""Word files of other people's, opened with care: the packages of documents and templates.

Comes in: the path of what should be a .docx or .dotx. Goes out: its opened package, or of
a municipality's own document (様式) all parts by name; or one
:class:`~kpireport.errors.InputError` with the reason. A document of Strict Open XML is
refused, a template with macros too. What the parts mean is the Word writer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml.etree import _Element as Element

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.sources.package_kinds import WORD_TEMPLATE, PackageKind
from kpireport.sources.packages import Package, open_package

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPES = {
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")
}
_WITH_MACROS = "macroEnabled"
_STRICT = "http://purl.oclc.org/ooxml/"


@contextmanager
def open_word_package(
    file: Path | str, kind: PackageKind, data: bytes | None = None
) -> Iterator[Package]:
    """Open the package of a Word file while the body runs.

    Args:
        file: its path; for messages alone where ``data`` is what was read from it.
        kind: how large it may be.
        data: its bytes, where they are there.

    Raises:
        InputError: it cannot be used, or the body finds that out.
    """
    try:
        with open_package(Path(file) if data is None else data, kind) as package:
            yield package
    except CellError as error:
        Findings(file).fail("", error.what, error.remedy)


def read_word_file(path: Path) -> dict[str, bytes]:
    """Return the parts of a Word document or template, all XML in them sound.

    Raises:
        InputError: there is no such file, or it cannot be used.
    """
    with open_word_package(path, WORD_TEMPLATE) as package:
        _check_types(package)
        parts = {name: package.read(name) for name in package.names}
        for name, data in parts.items():
            if name.endswith((".xml", ".rels")):
                refuse_strict(package.parsed(name, [data]))
        return parts


def _check_types(package: Package) -> None:
    """Refuse a package of another program, and one with macros."""
    package.main_part()
    types = set[str]()
    if _CONTENT_TYPES in package:
        types = {each.get("ContentType", "") for each in package.root(_CONTENT_TYPES)}
    if any(_WITH_MACROS in kind for kind in types):
        package.refuse("マクロの入った文書（.docm・.dotm）です。", WORD_TEMPLATE.save_as)
    if not types & _MAIN_TYPES:
        package.refuse(WORD_TEMPLATE.is_another, WORD_TEMPLATE.save_as)


def refuse_strict(root: Element) -> None:
    """Refuse a part of Strict Open XML (ECMA-376-1, annex A), whose names are others.

    Raises:
        CellError: it is one.
    """
    if any(uri.startswith(_STRICT) for uri in root.nsmap.values() if uri):
        what = "「完全 Open XML ドキュメント」の形式で保存されています。"
        raise CellError(what, WORD_TEMPLATE.save_as)
