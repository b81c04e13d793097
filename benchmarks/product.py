"""The product as it is measured: one document, written once, in a process of its own.

::

    python benchmarks/product.py review both 96 --no-charts
"""

from __future__ import annotations

import os
import sys
from typing import Protocol

from kpireport.cli.environment import ready

ready(os.environ)  # as a command does before it loads anything

from workload import plan_document, review_document, table_document  # noqa: E402

from kpireport.document.blocks import Document  # noqa: E402


class Compose(Protocol):
    """Makes a document of so many indicators."""

    def __call__(self, indicators: int, *, charts: bool) -> Document:
        """Return the document."""


EDITIONS: dict[str, Compose] = {
    "plan": plan_document,
    "review": review_document,
    "tables": table_document,
}


def main() -> None:
    """Write the document that the command line names, and print its size."""
    edition, output_format, indicators, *options = sys.argv[1:]
    document = EDITIONS[edition](int(indicators), charts="--no-charts" not in options)
    print(_write(document, output_format))


def _write(document: Document, output_format: str) -> int:
    """Write the files and return their size; both share the layout, as in a build."""
    # a format loads what it needs, as in a build
    page_numbers: dict[str, str] = {}
    size = 0
    if output_format != "docx":
        from kpireport.writers.pdf import lay_out, paint  # noqa: PLC0415

        laid_out = lay_out(document)
        size = len(paint(laid_out))
        page_numbers = dict(laid_out.page_numbers)
    if output_format != "pdf":
        from kpireport.writers.docx import write_docx  # noqa: PLC0415

        size += len(write_docx(document, page_numbers=page_numbers))
    return size


if __name__ == "__main__":
    main()
