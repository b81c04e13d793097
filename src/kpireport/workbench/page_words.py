"""How pages show words: ids (記号) stay whole at the end of a line."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ID = re.compile(r"[A-Za-z]+[0-9]*(?:-[A-Za-z0-9]+)+")


def whole_ids(text: object) -> Markup:
    """Return a text whose ids (記号) are not broken at the end of a line.

    >>> whole_ids("延べ利用者数、記号 p01-02 <市>")
    Markup('延べ利用者数、記号 <span class="id">p01-02</span> &lt;市&gt;')
    """
    return Markup(_ID.sub(r'<span class="id">\g<0></span>', str(escape(text))))  # noqa: S704 -- escaped
