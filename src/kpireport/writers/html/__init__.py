"""The HTML writer: blocks → one page for the web, which needs no other file and no script.

The page says what the structure tree of the PDF says, in its order: every chapter is a
``section``, tables keep their header cells, a chart is an ``img`` with its alternative text.
What the PDF has outside of its tree (the notices at the top of each page, the key of marks at
its foot) stands outside of the blocks here, too. Paper alone has pages: where the PDF prints
the number of a page, the page for the web has a link that leads there, by one word
(:data:`~kpireport.writers.html.texts.PAGE_LINK`), to the first of several places, and its
contents have no numbers.

Without a script nothing can follow the window's width, so what may be too wide for a phone
stands in a region of its own that is scrolled and can be reached with the keyboard: a table
stays a table. Colours, sizes and indents come from the theme; lengths are ``rem``, of which
one is the size of the prose, so that the reader's own size of type holds for everything.

A document is written as parts (``html_parts``), each a chapter with a ``digest``: who shows the
page while the inputs change replaces those parts alone whose digest is another.
"""

from kpireport.writers.html.style import style_of
from kpireport.writers.html.writer import HtmlPart, html_parts, notices_of, write_html

__all__ = ["HtmlPart", "html_parts", "notices_of", "style_of", "write_html"]
