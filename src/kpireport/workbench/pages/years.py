"""年度: how far a year is, by department; every problem, and what is to be confirmed."""

from __future__ import annotations

from starlette.responses import Response

from kpireport.workbench.asking import Asked
from kpireport.workbench.pages.addresses import Acted, Shown


def year(asked: Asked) -> Response:
    """Show the board of a year."""
    return asked.page("year.html", name=asked.name, board=asked.desk.shelf.board(asked.folder))


SHOWN = (Shown("/reports/{name:path}/board", year),)
ACTED: tuple[Acted, ...] = ()
