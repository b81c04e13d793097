"""What several pages of a report answer with: long work begun, a file sent, what work found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from starlette.responses import Response

from kpireport.conductor import Progress
from kpireport.errors import OutputError
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.jobs import Done, Job
from kpireport.workbench.standing import State, standing_of, steps_page

_Found = TypeVar("_Found")

ZIP = "application/zip"
KEPT_REMEDY = (
    "この年度を直すときは、「確定と保存」の画面で案に戻してから直します。"
    "後の年度の報告書で訂正するときは、その年度の実績に書きます。"
)


def check_not_kept(posted: Posted) -> None:
    """Refuse to change the inputs of a year that was kept: what was kept would be another.

    Raises:
        OutputError: it was kept; it says what to do.
    """
    standing = standing_of(posted.name, posted.folder)
    if standing.state is State.KEPT:
        raise OutputError(f"{standing.title}は保存してあるので、書き込んでいません。{KEPT_REMEDY}")


def begun(
    posted: Posted,
    what: str,
    work: Callable[[Progress], Done],
    *,
    back: str = "document",
    shows: str = "",
) -> Response:
    """Begin long work on a report, and lead to where it is told of.

    Args:
        posted: the form.
        what: what is done, in words.
        work: does it.
        back: the section of the report to go on from.
        shows: the section of the report that shows what it finds.
    """
    title = standing_of(posted.name, posted.folder).title
    leads_to = steps_page(posted.name, shows) if shows else ""
    job = posted.desk.jobs.start(
        f"{title}：{what}", steps_page(posted.name, back), work, shows=leads_to
    )
    return posted.go(address("jobs", job.id))


def found_by(asked: Asked, kind: type[_Found], section: str) -> tuple[Job, _Found]:
    """Return the job that the address names, and what it found.

    Raises:
        UnknownAddressError: there is none, or it is another report's, or of another page.
    """
    _ = asked.folder
    job = asked.desk.jobs.find(asked.request.path_params["id"])
    if job is None or job.shows != steps_page(asked.name, section):
        raise UnknownAddressError
    if not isinstance(job.done.found, kind):
        raise UnknownAddressError
    return job, job.done.found


def sent(data: bytes, name: str, media_type: str) -> Response:
    """Send a file to be saved by its name (RFC 6266; what is not ASCII as in RFC 5987)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "_" for c in name)
    given = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"content-disposition": given})
