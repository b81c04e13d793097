"""What runs: long work and how far it is; pages that tell of themselves; the end."""

from __future__ import annotations

from starlette.responses import Response

from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.jobs import Job


def alive(asked: Asked) -> Response:
    """Answer a page that tells of itself: with who else is here."""
    asked.desk.presence.show()
    return asked.page("alive.html")


def job(asked: Asked) -> Response:
    """Show how far a piece of work is; whoever looked on is led on once there is no more to say."""
    found = _job(asked)
    if asked.is_part and found.leads_to:
        return asked.go(found.leads_to)
    return asked.page("job_part.html" if asked.is_part else "job.html", job=found)


def cancel(posted: Posted) -> Response:
    """Cancel a piece of work between two of its steps."""
    found = _job(posted)
    found.is_cancelled = True
    return posted.go(address("jobs", found.id))


def stop(posted: Posted) -> Response:
    """End the server; what is being answered is answered first."""
    posted.desk.stop()
    return posted.page("stopped.html")


def _job(asked: Asked) -> Job:
    found = asked.desk.jobs.find(asked.request.path_params["id"])
    if found is None:
        raise UnknownAddressError
    return found
