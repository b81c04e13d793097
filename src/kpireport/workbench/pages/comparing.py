"""二つを比べる: any two of what the folder has, or of files from elsewhere, as ``diff`` does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response

from kpireport.archives.places import kept_in
from kpireport.comparing import Comparison, Side, compare
from kpireport.conductor import Progress
from kpireport.domain.settings import OutputFormat
from kpireport.errors import InputError
from kpireport.quickly import dataclass
from kpireport.sources.settings import load_settings
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.dropped import Dropped
from kpireport.workbench.editions import kinds_of
from kpireport.workbench.jobs import Done, Job
from kpireport.workbench.pages.differences import as_workbook, told
from kpireport.workbench.standing import standing_of

_HERE = "/compare"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something in the folder that may be compared.

    Attributes:
        kind: what it is, in words.
        key: what a form sends for it.
        words: what it is called.
        path: where it is.
    """

    kind: str
    key: str
    words: str
    path: Path


def comparing(asked: Asked) -> Response:
    """Show what may be compared."""
    return asked.page(
        "comparing.html",
        choices=tuple(_choices(asked)),
        old=asked.query("old"),
        new=asked.query("new"),
    )


def _choices(asked: Asked) -> Iterator[Choice]:
    """Yield what the folder has; a path that a form names is none of these."""
    named = asked.desk.workplace.name_of
    for name, file in asked.found.plans.items():
        yield Choice("計画", f"plan {name}", name, file)
    for name, folder in asked.found.reports.items():
        title = standing_of(name, folder).title
        yield Choice("報告書", f"report {name}", f"{title}（{name}）", folder)
    for name, folder in asked.found.reports.items():
        title = standing_of(name, folder).title
        for path in kept_in(folder):
            yield Choice("保存したもの", f"kept {named(path)}", f"{title}（{named(path)}）", path)
        for path in _word_files(folder):
            if path.is_file() and path.is_relative_to(asked.desk.workplace.root):
                yield Choice(
                    "作った Word", f"word {named(path)}", f"{title}（{named(path)}）", path
                )


def _word_files(folder: Path) -> Iterator[Path]:
    try:
        settings = load_settings(folder)
    except InputError:
        return
    for which in kinds_of(settings):
        if path := settings.of(which).outputs.get(OutputFormat.DOCX):
            yield path


def find(posted: Posted) -> Response:
    """Compare what was chosen."""
    old, new = (_chosen(posted, side) for side in ("old", "new"))
    if old is None or new is None:
        posted.desk.note("比べるものを、前と後に一つずつ選んで、もう一度押してください。")
        chosen = {side: posted.field(side) for side in ("old", "new") if posted.field(side)}
        return posted.go(f"{_HERE}?{urlencode(chosen)}")

    def work(progress: Progress) -> Done:
        with ExitStack() as stack:
            paths = [
                stack.enter_context(each.as_file()) if isinstance(each, Dropped) else each.path
                for each in (old, new)
            ]
            found = compare(*paths, progress=progress)
        for each, path in zip((old, new), paths, strict=True):
            if isinstance(each, Dropped):
                found = _called(found, path, each.shown)
        return Done(found=found)

    words = "と".join(e.shown if isinstance(e, Dropped) else e.words for e in (old, new))
    job = posted.desk.jobs.start(f"{words}の違い", _HERE, work, shows=_HERE)
    return posted.go(address("jobs", job.id))


def _chosen(posted: Posted, side: str) -> Dropped | Choice | None:
    for upload in posted.files.get(f"{side}_file", ()):
        return Dropped(upload.name, upload.data)
    return next((each for each in _choices(posted) if each.key == posted.field(side)), None)


def _called(found: Comparison, path: Path, name: str) -> Comparison:
    """The comparison with a file that was dropped called as the person has it."""

    def called(side: Side) -> Side:
        return replace(side, path=Path(name)) if side.path == path else side

    notes = tuple(each.replace(str(path), name) for each in found.notes)
    return replace(found, old=called(found.old), new=called(found.new), notes=notes)


def _found(asked: Asked) -> tuple[Job, Comparison]:
    job = asked.desk.jobs.find(asked.request.path_params["id"])
    if job is None or job.shows != _HERE or not isinstance(job.done.found, Comparison):
        raise UnknownAddressError
    return job, job.done.found


def show(asked: Asked) -> Response:
    """Show what differs."""
    return told(asked, *_found(asked))


def workbook(asked: Asked) -> Response:
    """Send the differences as a workbook."""
    return as_workbook(asked, _found(asked)[1])
