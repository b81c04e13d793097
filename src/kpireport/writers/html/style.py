"""The style of the page, made of the theme.

Comes in: the theme, the notices of printed pages. Goes out: CSS. It is the same for all
documents but for what is printed at the top of each page, so that a part that is replaced
finds all classes that it may have. Nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpireport.document.styles import TextStyle
from kpireport.writers.html.elements import classes
from kpireport.writers.theme import Align, ScreenLook, TextLook, Theme, VerticalAlign

_ALIGNS = {
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
    Align.JUSTIFY: "left",  # what lines of any length need, and phones have short ones
    Align.DISTRIBUTE: "center",
}

_NUMERIC = (
    *(TextStyle.TABLE_VALUE, TextStyle.DENSE_VALUE),
    *(TextStyle.DENSE_MARK, TextStyle.DENSE_COUNT),
)

_PLAIN = "　 ：・、。-"  # what strings of CSS may have beside letters and digits

_PAGE = """\
* { box-sizing: border-box; }
html { color-scheme: light; scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; color: #INK; background: #fff; line-height: 1.75; font-family: FONTS;
  line-break: strict; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
main { padding: 0 1rem 4rem; }
main:focus { outline: none; }
section, nav { max-width: WIDESTrem; margin: 0 auto; }
section.lying { max-width: LYINGrem; }
section + section { margin-top: 3.5rem; }
h1, h2, h3, h4, h5, h6, p, ul, ol, figure { margin: 0; padding: 0; font-size: 1rem; }
p, ul.items { max-width: PROSErem; }
table p, table ul.items { max-width: none; }
a { color: #LINK; text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 0.15em; }
:focus-visible { outline: 4px solid #FOCUS; outline-offset: 2px;
  box-shadow: 0 0 0 2px #RING; border-radius: 2px; }
:target:not(main, section) { background: #TARGET; outline: 2px solid #ACCENT; }
sup { line-height: 1; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 0.5rem; top: -6rem; padding: 0.5rem 1rem; background: #fff;
  z-index: 2; }
.skip:focus { top: 0.5rem; }
.banner { position: sticky; top: 0; z-index: 1; }
.notices { max-width: none; padding: 0.25rem 1rem; text-align: right; font-weight: bold;
  font-size: 0.875rem; background: #NOTICE; border-bottom: 1px solid #INK; }
"""

_BLOCKS = """\
.cover { padding: 4rem 0 2rem; border-bottom: 4px solid #ACCENT; }
.cover h1 > span { display: block; }
.cover p { max-width: none; }
.cover .cover-label { width: fit-content; margin-left: auto; padding: 0 1rem;
  border: 1px solid #INK; }
.cover h1 { margin: 2rem 0; }
.cover .cover-year { margin-top: 1rem; }
.cover .cover-date { margin-top: 2rem; }
.cover .cover-issuer { letter-spacing: 0.5em; text-indent: 0.5em; }
.heading-boxed { width: fit-content; min-width: 3em; padding: 0 0.6em;
  border: 2px solid #ACCENT; }
.heading-chapter { border-bottom: 2px solid #ACCENT; }
.contents { margin: 1.5rem auto; }
.contents ol { list-style: none; }
.contents ol ol { padding-left: 1.5em; }
.contents > ol > li { margin-top: 0.5rem; font-weight: bold; }
.contents ol ol > li { font-weight: normal; }
.contents a { display: flex; gap: 0.5em 1em; justify-content: space-between;
  padding: 0.2rem 0; border-bottom: 1px dotted #QUIET; text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.contents .status { flex: none; color: #INK; }
.outline-title { font-weight: bold; }
.items { list-style: none; }
.items > li, .footnote { display: flex; }
.items > li > .label, .footnote > .label { flex: none; }
.items > li > div, .footnote > div { flex: 1; min-width: 0; }
.footnote { max-width: PROSErem; }
.scrolled { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; line-height: 1.4; }
caption { text-align: left; }
.scrolled caption > span { position: sticky; left: 0; display: inline-block;
  max-width: calc(100vw - 2rem); }
th, td { border: 1px solid #RULE; font-weight: normal; text-align: left; }
.go { white-space: nowrap; }
tr:target > * { background: #TARGET; }
td svg.beside, th svg.beside { display: block; margin: 0.2rem auto; font-size: 1rem; }
svg { max-width: 100%; height: auto; forced-color-adjust: none; background: #fff; }
svg text { font-family: FONTS; }
figure { margin: 1rem 0 1.25rem; }
.charts { display: flex; flex-wrap: wrap; gap: 0.9rem; }
.charts > .scrolled { width: 100%; }
.scrolled > svg { max-width: none; display: block; }
.sample > div { width: fit-content; min-width: 40rem; margin: 1rem auto; font-size: 0.875rem; }
.sample .page { padding: 1rem; border: 1px solid #ACCENT; }
.sample table { margin-top: 0.75rem; }
.sample .mark { border: 0; text-align: center; font-weight: bold; font-size: 1.15rem; }
.foot { max-width: none; margin-top: 1rem; padding-top: 0.25rem; border-top: 1px solid #RULE;
  color: #QUIET; font-size: 0.8rem; text-align: center; }
"""

_PRINT = """\
@page { size: A4; margin: 16mm 20mm 17mm; @bottom-center { content: counter(page); }
  @top-right { content: NOTICES; font-weight: bold; font-size: 9pt; } }
@page lying { size: A4 landscape; }
@media print {
  html { font-size: TEXT_SIZEpt; }
  main { padding: 0; }
  main, section, nav, section.lying { max-width: none; }
  section + section { margin-top: 1.5rem; }
  table { line-height: 1.3; } /* as the PDF's lines of 13 points at 10 */
  figure { margin: 0.5rem 0; }
  .contents { margin: 0 auto; line-height: 1.4; }
  .contents > ol > li { margin-top: 0.25rem; }
  .contents a { padding: 0; }
  .foot { margin-top: 0.25rem; padding-top: 0; line-height: 1.4; }
  section.begins { break-before: page; margin: 0; }
  .break { break-after: page; }
  .short { break-inside: avoid; }
  section.lying { page: lying; }
  .banner { display: none; }
  .scrolled { overflow: visible; }
  .scrolled > table, .sample > div { min-width: 0; }
  .scrolled caption > span { max-width: none; }
  .scrolled > svg, svg { max-width: 100%; }
  .sample > div { zoom: SCALE; }
  thead { display: table-header-group; break-after: avoid; }
  thead tr { break-after: avoid; }
  tr, svg, .footnote, .items > li, .sample { break-inside: avoid; }
  h1, h2, h3, h4, h5, h6, figcaption, caption { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  :target, tr:target > * { background: none; outline: none; }
}
"""


def style_of(theme: Theme, notices: Sequence[str] = ()) -> str:
    """Return the style of a page, whose print has ``notices`` at the top of each page."""
    look, size = theme.screen, theme.screen.text_size
    shared = {
        "INK": look.ink,
        "QUIET": look.quiet,
        "LINK": look.link,
        "FOCUS": look.focus,
        "RING": look.focus_ring,
        "TARGET": look.target,
        "NOTICE": look.notice,
        "ACCENT": theme.accent,
        "RULE": next(iter(theme.table.values())).rule_color,
    }
    rules = [_PAGE, _BLOCKS, *_looks(theme), *_widths(look)]
    text = "\n" + "".join(rules)
    text = text.replace("FONTS", ", ".join((*map(quoted, look.fonts), "sans-serif")))
    for name, width in {
        "WIDEST": look.widest,
        "LYING": look.widest_lying,
        "PROSE": look.widest_prose,
    }.items():
        text = text.replace(f"{name}rem", f"{width:g}rem")
    for name, color in shared.items():
        text = text.replace(f"#{name}", f"#{color}")
    printed = _PRINT.replace("TEXT_SIZE", f"{size:g}").replace("SCALE", f"{theme.sample_scale:g}")
    return text + printed.replace("NOTICES", quoted("　".join(notices)))


def quoted(text: str) -> str:
    """Return ``text`` as a string of CSS: what is no letter as its number, so that none ends it."""
    safe = (each if each.isalnum() or each in _PLAIN else f"\\{ord(each):x} " for each in text)
    return f'"{"".join(safe)}"'


def _looks(theme: Theme) -> Iterator[str]:
    """Yield the looks of texts, headings and cells, relative to the size of prose."""
    size = theme.screen.text_size
    for style, look in theme.text.items():
        yield from _text_rules(f".{classes(style)}", look, size, is_numeric=style in _NUMERIC)
        if look.label_em:
            within = f".{classes(style)} > .label, .{classes(style)} > li > .label"
            yield f"{within} {{ min-width: {look.label_em:g}em; }}\n"
    for heading, look in theme.heading.items():
        yield from _text_rules(f".heading-{classes(heading)}", look, size)
    for table, below in theme.table.items():
        yield f".table-{classes(table)} {{ margin-bottom: {below.space_after / size:.2f}rem; }}\n"
    for cell, own in theme.cell.items():
        fill = f" background: #{own.fill};" if own.fill else ""
        upright = "top" if own.vertical is VerticalAlign.TOP else "middle"
        padding = f"{own.padding_y / size:.2f}rem {own.padding_x / size:.2f}rem"
        yield f".cell-{classes(cell)} {{ padding: {padding}; vertical-align: {upright};{fill} }}\n"


def _text_rules(
    selector: str, look: TextLook, size: float, *, is_numeric: bool = False
) -> Iterator[str]:
    rules = [f"font-size: {look.size / size:.3g}rem", f"text-align: {_ALIGNS[look.align]}"]
    if look.bold:
        rules.append("font-weight: bold")
    if look.first_line_em:
        rules.append(f"text-indent: {look.first_line_em:g}em")
    if look.indent_em:
        rules.append(f"padding-left: {look.indent_em:g}em")
    if is_numeric:
        rules.append("overflow-wrap: break-word")  # columns are as wide as their numbers
    elif look.align is Align.CENTER:
        # of titles and headers: browsers would pull the text of narrow cells apart
        rules.append("word-break: auto-phrase")
    if look.space_before or look.space_after:
        above, below = look.space_before / size, look.space_after / size
        rules.append(f"margin: {above:.2f}rem 0 {below:.2f}rem")
    yield f"{selector} {{ {'; '.join(rules)}; }}\n"


def _widths(look: ScreenLook) -> Iterator[str]:
    """Yield the shares of columns, and the least widths of tables."""
    yield from (f".c{share} {{ width: {share}%; }}\n" for share in range(1, 101))
    widest = int(look.widest_lying)
    yield from (f".w{width} {{ min-width: {width}rem; }}\n" for width in range(20, widest))
