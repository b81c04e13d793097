"""Elements of HTML, made and escaped by lxml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from functools import cache
from typing import TypeAlias

from lxml import html

from kpireport.quickly import dataclass

Content: TypeAlias = "str | html.HtmlElement"


def make(tag: str, *content: Content, **attributes: str | None) -> html.HtmlElement:
    """Return an element; those of its ``attributes`` that are ``None`` or empty are left out.

    Names end in ``_`` where Python has them already (``class_``); other ``_`` are hyphens.
    """
    said = {_name(name): value for name, value in attributes.items() if value}
    element: html.HtmlElement = html.html_parser.makeelement(tag, said)
    fill(element, content)
    return element


@cache  # of the names that this package has in its calls
def _name(name: str) -> str:
    return name.removesuffix("_").replace("_", "-")


def fill(element: html.HtmlElement, content: Iterable[Content]) -> None:
    """Add texts and elements to the end of ``element``."""
    last: html.HtmlElement | None = element[-1] if len(element) else None
    for each in content:
        if not isinstance(each, str):
            element.append(each)
            last = each
        elif last is None:
            element.text = (element.text or "") + each
        else:
            last.tail = (last.tail or "") + each


@dataclass(slots=True)
class Names:
    """The names of a page's regions, which readers are told apart by.

    ``log`` has each that was asked for with what was given, in order.
    """

    _given: Counter[str] = field(default_factory=Counter)
    log: list[tuple[str, str]] = field(default_factory=list)

    def unique(self, name: str) -> str:
        """Return ``name``, with a number where there is one of that name already."""
        self._given[name] += 1
        number = self._given[name]
        given = name if number == 1 else f"{name}（{number}）"
        self.log.append((name, given))
        return given

    def give_again(self, given: Iterable[tuple[str, str]]) -> bool:
        """Give names as they were given before, if they still come out so; else none."""
        tried = Names(self._given.copy())
        if any(tried.unique(name) != before for name, before in given):
            return False
        self._given = tried._given
        self.log += given
        return True


def scrolled(content: html.HtmlElement, name: str) -> html.HtmlElement:
    """Return a region, reached and moved with the keyboard, that shows what is too wide."""
    return make("div", content, class_="scrolled", role="region", aria_label=name, tabindex="0")


def classes(*names: str | None) -> str:
    """Return the value of ``class``; styles' names have dots, in which CSS has no use."""
    return " ".join(name.replace(".", "-") for name in names if name)


def on_lines(elements: Iterable[html.HtmlElement]) -> list[Content]:
    """Return ``elements`` on a line each, so that files can be compared line by line."""
    return ["\n", *(each for element in elements for each in (element, "\n"))]
