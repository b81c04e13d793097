"""Blocks → Word. One function: :func:`write_docx`.

How a template becomes a Word file
    A municipality's own document (様式) is opened without trust. ``templates`` takes its looks
    alone, into a base document of the same form as the shipped one, which is then filled in
    the same way. Its headers and footers are held to an allow-list (``template_sieve``): a
    report is trusted by those who open it. The writer reads a theme from it, to reckon with
    its sizes, and lengths that nobody touched follow.

The shipped styles
    They are a tree: table text is based on 表本文, header cells on 表見出し, prose on 本文.
    Each style says only what its base does not, so that a font or a colour carries.

    What cells look like by their place (header rows, the labels of 目標表) is their table's
    style. The writer says directly only what no style can know: the indents of distributed
    words, a page break, what stays together, a cell that is unlike its neighbours. The shade
    of a header row in the middle of a table (数値目標) is said cell by cell too, for a
    table's style reaches first and last rows only.

Heights of lines
    Lines of text have exact heights. With ``atLeast`` LibreOffice breaks the same lines and
    pages, but sets text 1 to 3 pt lower in them, off the middle of cells and boxes. Word's
    natural line is about 1.3 times the size of a Japanese font (1.7 for 游ゴシック, where ours
    are missing), so tight rows would be higher than the PDF's.

    Runs of 注番号 repeat their style's raise: LibreOffice takes a raise from a style for a
    superscript, and prints the mark at half its size.

How the Word file keeps the PDF's pages
    Word breaks lines anywhere, so its rows are a little lower than the PDF's. The PDF's
    layout tells which headings begin a page though the page before had room: those begin one
    in Word too, so that the contents are right.

    It also tells which rows begin a page. So many rows are kept together there that no page
    before has room for them (``keeping``); no row is forced onto a page. A plan's name is not
    said again with （続き）, as in the PDF: Word alone knows where its pages begin, and a name
    could come to stand in mid-page. Files of earlier versions have it, and whoever reads a
    file back looks through it.

Where lines end
    Word breaks its own lines of prose and of what staff may edit. In other cells it is told
    where lines end, by the same costs as in the PDF (``line_ends``). LibreOffice parts digits
    from Japanese letters whatever a style says, and lets no blank hang over a line's end:
    lines that this would overfill end earlier.

What LibreOffice needs besides
    It prints a label of several rows before a page's end or not at all, so the rows before an
    expected end are as high as the label (``keeping``); in a table that began on an earlier
    page it does not keep the last row with what follows, as Word does.
"""

from kpireport.writers.docx.figures import draw_nothing
from kpireport.writers.docx.writer import write_docx

__all__ = ["draw_nothing", "write_docx"]
