"""A proof as one HTML page to print on A4 and tick with a pencil: black on white, no script.

Comes in: a proof. Goes out: the page's bytes, the same for the same proof.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import builder as tag

from kpireport.plan_proofs.proofs import SIGNATURE, Proof, ProofLine
from kpireport.plan_proofs.ticks import NAMES, REMARK
from kpireport.plan_proofs.words import (
    COLUMNS,
    HEADING,
    HOW,
    HOW_TO_MEND,
    LEFT_HOW,
    LEFT_TITLE,
    NAME,
    UNREAD,
    UNREAD_HOW,
    facts,
    texts_of,
    told_of,
)
from kpireport.writers.pages import page

_STYLE = """
table { width: 100%; table-layout: fixed; }
th.tick, td.tick { text-align: center; padding-left: 0; padding-right: 0; }
td.tick { font-size: 1.3em; }
tr.told th, tr.told td { border-top: 0; font-size: 0.95em; }
tr.told td::before { content: "■ "; }
.names { display: flex; gap: 2rem; margin-top: 0.75rem; }
.names span { border-bottom: 1px solid #1a1a1a; display: inline-block; min-width: 10rem; }
@media print {
  body { font-size: 8.5pt; }
  table { font-size: 7.5pt; }
  h2 { border-bottom-color: #1a1a1a; margin-top: 1rem; }
  thead th { background: #fff; }
  tr:has(+ tr.told) { break-after: avoid; }
}
"""
_SHOWN = tuple(each for each in COLUMNS if each.share)
_TICKS = 2
_EMPTY = "□"


def write_page(proof: Proof) -> bytes:
    """Return a proof as an HTML page in UTF-8."""
    body = (
        tag.H1(HEADING),
        *(tag.P(each) for each in (*facts(proof), HOW, HOW_TO_MEND)),
        _names(proof),
        *_sections(proof),
    )
    return page(f"{HEADING}（{proof.title}）", SIGNATURE, body, _STYLE)


def _names(proof: Proof) -> html.HtmlElement:
    named = zip(NAMES, proof.names, strict=True)
    return tag.DIV(
        *(tag.P(f"{word}　", tag.SPAN(name or "\u3000")) for word, name in named),
        {"class": "names"},
    )


def _sections(proof: Proof) -> Iterator[html.HtmlElement]:
    for number, (part, lines) in enumerate(proof.parts(), 1):
        yield _section(f"part-{number}", part, _table(lines))
    if proof.unread:
        items = (tag.LI(f"{each.place}　{each.text}") for each in proof.unread)
        yield _section("unread", UNREAD, tag.P(UNREAD_HOW), tag.UL(*items))
    if proof.left:
        items = (tag.LI(f"{each.kind} {each.id}　{each.remark}") for each in proof.left)
        yield _section("left", LEFT_TITLE, tag.P(LEFT_HOW), tag.UL(*items))


def _section(id_: str, title: str, *content: html.HtmlElement) -> html.HtmlElement:
    return tag.E.section(
        tag.H2(title, id=f"{id_}-title"),
        *content,
        {"id": id_, "aria-labelledby": f"{id_}-title"},
    )


def _table(lines: list[tuple[int, ProofLine]]) -> html.HtmlElement:
    shares = (tag.COL(style=f"width: {each.share}%") for each in _SHOWN)
    return tag.TABLE(
        tag.COLGROUP(*shares),
        tag.THEAD(
            tag.TR(*(tag.TH(each.title, _class(at), scope="col") for at, each in enumerate(_SHOWN)))
        ),
        tag.TBODY(*(row for number, line in lines for row in _rows(number, line))),
    )


def _class(at: int) -> dict[str, str]:
    is_tick = len(_SHOWN) - _TICKS - 1 <= at < len(_SHOWN) - 1
    return {"class": "tick"} if is_tick else {}


def _rows(number: int, line: ProofLine) -> Iterator[html.HtmlElement]:
    given = line.standing.given
    texts = dict(zip((each.title for each in COLUMNS), texts_of(number, line), strict=False))
    if line.standing.row.within:
        texts[NAME] = f"{texts[NAME]}\n（{line.standing.row.within}）"
    yield tag.TR(
        *_cells({each.title: texts[each.title] for each in _SHOWN if each.title in texts}),
        *(tag.TD(each or _EMPTY, {"class": "tick"}) for each in (given.reader, given.listener)),
        tag.TD(given.remark),
    )
    if told := told_of(line):
        yield tag.TR(tag.TD(told, colspan=str(len(_SHOWN))), {"class": "told"})


def _cells(texts: dict[str, str]) -> Iterator[html.HtmlElement]:
    """Yield the cells of a row's texts; a name without values beside it has all their room."""
    titles = list(texts)
    right = titles[titles.index(NAME) + 1 :]
    is_wide = not any(texts[each] for each in right)
    for title, text in texts.items():
        if title == NAME:
            yield tag.TH(text, scope="row", **({"colspan": str(len(right) + 1)} if is_wide else {}))
        elif title not in right or not is_wide:
            yield tag.TD(text)


assert COLUMNS[-1].title == REMARK  # noqa: S101 -- ticks and the remark stand last
