"""The pages that a build would make, shown at once, each row leading to what it is made of.

Comes in: a report as the shelf has it. Goes out: its pages for the web, in parts; which of
them are others than those that were shown before. Nothing is written. Pages are made once as
long as the report is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from lxml import html

from kpireport.document.texts import plan_id, row_id
from kpireport.domain.settings import DocumentKind
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.workbench.recent import MOST_REPORTS, Recent

if TYPE_CHECKING:
    from kpireport.writers.html import HtmlPart

Address = Callable[[str], str]
"""Returns where the facts of a measure or plan are shown, by its id."""

PANE = "facts"
"""The name of the frame that facts are shown in."""

_HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the pages: its id in them, what it is called."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A chapter as it is shown.

    Attributes:
        part: the chapter as a build writes it.
        texts: what stands in its headings and rows, by their ids.
        notes: what is said of what stands in it, by the same ids.
        title: its first heading; empty without one.
        markup: the chapter with its links.
    """

    part: HtmlPart
    texts: Mapping[str, str]
    notes: Mapping[str, _Note]
    title: str
    markup: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Pages as they were shown last.

    Attributes:
        report: what they were made of.
        title: of the document.
        style: their CSS.
        notices: what stands at the top of each printed page.
        rows: what stands in each indicator's place, by its id in the plan.
        changed: the chapters that were others, or not there, before.
        changed_row: the first indicator that has another place than before; empty for none.
        pages: the chapters, by their ids.
    """

    report: Report
    title: str
    style: str
    notices: tuple[str, ...]
    rows: Mapping[str, str]
    changed: tuple[Chapter, ...]
    changed_row: str
    pages: Mapping[str, Page]

    @property
    def parts(self) -> Iterator[str]:
        """The chapters' markup, in their order."""
        return (each.markup for each in self.pages.values())

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """What there is, each with its title, or the document's where it has none."""
        return tuple(Chapter(id_, each.title or self.title) for id_, each in self.pages.items())

    @property
    def token(self) -> str:
        """What tells these pages from others."""
        whole = hashlib.sha256("".join(each.part.digest for each in self.pages.values()).encode())
        return whole.hexdigest()[:16]


@dataclass(slots=True)
class _Kept:
    """A report as the shelf had it, and what was made of it."""

    base: Report
    report: Report
    preview: Preview | None


@dataclass(slots=True)
class Previews:
    """What was shown last of each report folder."""

    _kept: Recent[tuple[Path, DocumentKind], _Kept] = field(
        default_factory=lambda: Recent(MOST_REPORTS)
    )
    _lock: RLock = field(default_factory=RLock)

    def show(self, base: Report, which: DocumentKind, address: Address) -> Preview:
        """Return the pages of a report, or of what stands beside it.

        Raises:
            InputError: it cannot be built; with everything that is wrong.
        """
        key = base.folder, which
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.base is not base:
                before = kept.preview if kept else None
                kept = self._kept[key] = _Kept(base, base.as_document(which), before)
            if kept.preview is None or kept.preview.report is not kept.report:
                kept.preview = _preview(kept.report, base, kept.preview, address)
            return kept.preview


def _preview(report: Report, base: Report, before: Preview | None, address: Address) -> Preview:
    from kpireport.writers.html import html_parts, notices_of, style_of
    from kpireport.writers.theme import DEFAULT_THEME

    document, old = report.document, before.pages if before else {}
    parts = html_parts(document, before=(each.part for each in old.values()))
    notes = dict(_notes(base, address))
    pages = {part.id: _page(part, notes, old.get(part.id)) for part in parts}
    title, notices = document.metadata.title, notices_of(document)
    texts = {id_: text for page in pages.values() for id_, text in page.texts.items()}
    ids = {row_id(each.id): each.id for each in base.plan.measures()}
    rows = {id_: text for at, text in texts.items() if (id_ := ids.get(at))}
    old_rows = before.rows if before else rows
    return Preview(
        report,
        title,
        style_of(DEFAULT_THEME, notices),
        notices,
        rows,
        tuple(
            Chapter(id_, page.title or title)
            for id_, page in pages.items()
            if before and (id_ not in old or old[id_].part != page.part)
        ),
        next((id_ for id_, text in rows.items() if old_rows.get(id_) != text), ""),
        pages,
    )


def _page(part: HtmlPart, notes: Mapping[str, _Note], before: Page | None) -> Page:
    """Return a chapter as it is shown: as it was, where it and what is said of it are the same."""
    if before is not None and (before.part, before.notes) == (part, _among(before.texts, notes)):
        return before
    tree = html.fragment_fromstring(part.markup.decode())
    texts = {
        id_: "".join(each.itertext()) if each.tag in ("tr", *_HEADINGS) else ""
        for each in tree.iter()
        if (id_ := each.get("id"))
    }
    heading = next(tree.iter(*_HEADINGS), None)
    title = "".join(heading.itertext()).strip() if heading is not None else ""
    own = _among(texts, notes)
    _link(tree, own)
    return Page(part, texts, own, title, html.tostring(tree, encoding="unicode"))


def _among(ids: Iterable[str], notes: Mapping[str, _Note]) -> Mapping[str, _Note]:
    return {id_: notes[id_] for id_ in ids if id_ in notes}


# --- links to where things come from ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Note:
    """Where a row's facts are shown, and in one line what it is."""

    address: str
    words: str


def _notes(report: Report, address: Address) -> Iterator[tuple[str, _Note]]:
    """Yield what is said of each row and plan, by the id in the pages."""
    for plan in report.plan.plans():
        yield plan_id(plan.id), _Note(address(plan.id), "")
    review = report.review
    for measure in report.plan.measures():
        words = ""
        if review is not None and review.scheme.has_rules:
            judgement = review.judgement(measure)
            words = f"{judgement.mark.label}：{review.reason(judgement)}"
        yield row_id(measure.id), _Note(address(measure.id), words)


def _link(part: html.HtmlElement, notes: Mapping[str, _Note]) -> None:
    """Have what stands in rows lead to where it comes from."""
    found = [each for each in part.iter() if each.get("id") in notes]
    # where a plan's rows begin comes first: its cell may stand in the row of an indicator
    for element in sorted(found, key=lambda each: each.tag != "span"):
        note = notes[str(element.get("id"))]
        if element.tag == "tr":
            # cells beside several rows are of what these stand in
            _link_all((each for each in element if not each.get("rowspan")), note)
        elif element.tag == "span":  # where the rows of a plan begin
            _link_all((element.getparent(),), note)
        else:
            _link_all((element,), note)


def _link_all(elements: Iterable[html.HtmlElement], note: _Note) -> None:
    """Make links of what is in elements; by the keyboard the first is enough for all."""
    is_first = True
    for each in elements:
        if next(each.iter("a"), None) is not None or not "".join(each.itertext()).strip():
            continue
        link = html.Element("a", href=note.address, target=PANE)
        link.set("class", "origin")
        if note.words:
            link.set("title", note.words)
        if not is_first:
            link.set("tabindex", "-1")
        link.text, each.text = each.text, None
        link.extend(list(each))
        each.append(link)
        is_first = False
