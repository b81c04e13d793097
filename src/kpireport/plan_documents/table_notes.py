"""Notes below tables (※１　…), put where a plan's file has notes: in its introduction.

Comes in: texts that begin as notes do, the plan with its introduction. Goes out: the notes in
the introduction, where there is one; which of the texts they are; what is to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from kpireport.plan_books.parts import objects
from kpireport.plan_books.rows import Object
from kpireport.plan_documents.joining import lines_of
from kpireport.plan_documents.outline import append
from kpireport.plan_documents.tables import SourceText
from kpireport.plan_documents.vocabulary import squeezed
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

NOTE = re.compile(r"\s*([※＊*]\s*[0-9０-９]*)[\s　\t]*(.*)", re.DOTALL)
"""A note: its mark, what it says."""

WHERE = (
    "注です。シート「はじめに」に「書き方」を「注」、「番号」を印（※など）として書くと印刷されます"
    "（シート「基本情報」の「はじめにの題」も要ります）"
)
"""Why a note was left, and where it can be put."""


@dataclass(slots=True)
class TableNotes:
    """What became of the notes below tables.

    Attributes:
        taken: the texts that stand in the introduction.
        doubts: what is to be looked at.
    """

    taken: list[SourceText] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def take_notes(basics: Object, goals: Sequence[Object], texts: Sequence[SourceText]) -> TableNotes:
    """Put the notes that the plan's texts refer to into its introduction.

    A mark that tables explain differently stays out: one introduction has it once.

    Args:
        basics: what the plan's file says once.
        goals: the plan's, whose texts refer to notes.
        texts: that begin as notes do.
    """
    found = TableNotes()
    introduction = basics.get("introduction")
    by_mark: dict[str, list[tuple[SourceText, str, str]]] = {}
    for text in texts:
        if match := NOTE.fullmatch(text.text):
            by_mark.setdefault(squeezed(match[1]), []).append((text, match[1], match[2]))
    plan = "\n".join(map(squeezed, _texts([*goals])))
    for mark, notes in by_mark.items():
        if not re.search(rf"[^\s]{re.escape(mark)}(?![0-9])", plan):
            continue
        known = _known(introduction, mark)
        meanings = {squeezed(said) for _, _, said in notes} | known
        if len(meanings) > 1:
            found.doubts.append(
                f"「{mark}」の注が、所によって違います。印を分けて、シート「はじめに」に書いてください。"
            )
        elif isinstance(introduction, dict):
            _, label, said = notes[0]
            if not known:
                append(introduction, "notes", {"label": label, "lines": [*lines_of(said)]})
            found.taken += (text for text, _, _ in notes)
        else:
            found.doubts.append(
                f"「{mark}」の注は「置けなかったもの」にあります。シート「はじめに」に書けます。"
            )
    return found


def _known(introduction: Json, mark: str) -> set[str]:
    """What the introduction itself says of a mark."""
    notes = objects(introduction.get("notes")) if isinstance(introduction, dict) else []
    return {
        squeezed("".join(_texts(each.get("lines"))))
        for each in notes
        if squeezed(str(each.get("label", ""))) == mark
    }


def _texts(value: Json) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case str():
            yield value
        case _:
            pass
