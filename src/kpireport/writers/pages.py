"""An HTML page to send round: it needs no other file, no script, no colour.

Comes in: a title and the elements of its body. Goes out: the page's bytes. Texts are escaped
by lxml; printed on A4 the headers of tables are repeated on each page.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html
from lxml.html import builder as tag

STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font-family: "BIZ UDPGothic", "BIZ UDPゴシック", "Yu Gothic", Meiryo, sans-serif;
  line-height: 1.5; color: #1a1a1a; background: #fff; margin: 1.5rem auto; padding: 0 1rem;
  max-width: 80rem; }
h1 { font-size: 1.5rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; border-bottom: 2px solid #2f5d50; }
p { margin: 0.15rem 0; }
a { color: #1d4a8f; }
nav ul { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-size: 0.85rem; padding-bottom: 0.25rem; }
th, td { border: 1px solid #767676; padding: 0.25rem 0.5rem; vertical-align: top;
  text-align: left; overflow-wrap: anywhere; white-space: pre-line; }
thead th { background: #e4ece9; vertical-align: bottom; }
.wide { width: 100%; table-layout: fixed; }
tbody th, tfoot th { font-weight: normal; }
tfoot { border-top: 3px double #1a1a1a; }
.short { white-space: pre; }
.wide .short { white-space: pre-line; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.open > :first-child { border-left: 5px solid #1a1a1a; }
tbody .open th, .open > :first-child { font-weight: bold; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 9pt; }
  nav { display: none; }
  .table { overflow: visible; }
  table { font-size: 8pt; width: 100%; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; } /* else it would stand on every page */
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""


def generator(signature: str) -> str:
    """What stands in the head of a page, which tells that it is one of ours."""
    return f'<meta name="generator" content="{signature}">'


def page(
    title: str, signature: str, body: Iterable[html.HtmlElement], further_style: str = ""
) -> bytes:
    """Return an HTML page in UTF-8.

    Args:
        title: of the window.
        signature: the command that made it.
        body: what stands in it.
        further_style: beside the style of all pages.
    """
    head = (
        tag.META(name="viewport", content="width=device-width, initial-scale=1"),
        tag.META(name="generator", content=signature),
        tag.TITLE(title),
        tag.STYLE(STYLE + further_style),
    )
    return written(head, (tag.MAIN(*body),))


def written(
    head: Iterable[html.HtmlElement], body: Iterable[html.HtmlElement | str], language: str = "ja"
) -> bytes:
    """Return a page in UTF-8 of what stands in its head, behind the encoding, and in its body."""
    root = tag.HTML(tag.HEAD(tag.META(charset="utf-8"), *head), tag.BODY(*body), lang=language)
    page = html.tostring(root, doctype="<!DOCTYPE html>", encoding="utf-8")
    return bytes(page) + b"\n"
