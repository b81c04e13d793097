"""目次: the chapters and sections as links, those of a chapter a list within the list."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from kpireport.document.blocks import Heading
from kpireport.writers.html.elements import make


def contents_list(headings: Iterable[Heading]) -> html.HtmlElement:
    """Return the list of ``headings``, whose outermost level may begin anywhere."""
    top = make("ol", role="list")
    lists: dict[int, html.HtmlElement] = {}  # the open ones, by level
    for heading in headings:
        for deeper in [each for each in lists if each > heading.level]:
            del lists[deeper]
        if heading.level not in lists:
            lists[heading.level] = _inner(lists[max(lists)]) if lists else top
        lists[heading.level].append(make("li", _link(heading)))
    return top


def _inner(outer: html.HtmlElement) -> html.HtmlElement:
    """Return a new list within the last entry of ``outer``."""
    within = make("ol", role="list")
    outer[-1].append(within)
    return within


def _link(heading: Heading) -> html.HtmlElement:
    link = make("a", make("span", heading.outline or heading.text), href=f"#{heading.id}")
    if heading.status:
        link[0].tail = " "
        link.append(make("span", heading.status, class_="status"))
    return link
