"""Where the texts of a document stand, in words.

Comes in: a document. Goes out: a place for each text between its tables.
"""

from __future__ import annotations

from collections import Counter

from kpireport.plan_documents.tables import SourceDocument, SourceText


class Places:
    """The places of a document's texts: ``３ページ 文２``, ``文14``."""

    def __init__(self, document: SourceDocument) -> None:
        """Number the texts on their pages."""
        self._places: dict[int, str] = {}
        numbers: Counter[int] = Counter()
        for part in (*document.parts, *document.running):
            if isinstance(part, SourceText):
                numbers[part.page] += 1
                page = f"{part.page}ページ " if part.page else ""
                self._places[id(part)] = f"{page}文{numbers[part.page]}"

    def of(self, text: SourceText) -> str:
        """The place of a text of the document."""
        return self._places[id(text)]
