"""Word で直した文: an edited Word file dropped here, what is taken of it, and what is not.

What would be written, and what stays in the Word file, is shown side by side with what stands
in the inputs before anything is written; then as ``kpireport pull`` writes it.
"""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from starlette.responses import Response

from kpireport.comparing import Highlighted
from kpireport.conductor import Progress
from kpireport.messages import printable
from kpireport.pulling import PullChange, Pulled, PullRefusal, find_changes, write_changes
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted, address
from kpireport.workbench.jobs import Done
from kpireport.workbench.pages.answers import begun, check_not_kept, found_by
from kpireport.workbench.pages.differences import beside
from kpireport.workbench.standing import standing_of, steps_page

_SECTION = "edits"


@dataclass(frozen=True, slots=True)
class Beside:
    """A change or refusal, with both its texts marked, if it is about any."""

    what: PullChange | PullRefusal
    told: Highlighted | None


def find(posted: Posted) -> Response:
    """Read an edited file, and find what is another in it."""
    folder = posted.folder
    uploads = posted.files.get("word", ())
    if not uploads:
        posted.desk.note("Word のファイルが選ばれていません。選んで、もう一度押してください。")
        return posted.go(steps_page(posted.name, "document"))
    upload = uploads[0]
    name = own_name(upload.name)

    def work(progress: Progress) -> Done:
        return Done(found=find_changes(Path(name), folder, data=upload.data, progress=progress))

    return begun(posted, f"{name} を調べる", work, shows=_SECTION)


def own_name(name: str) -> str:
    """Return the last part of a name that a browser sent, to be shown and not to be opened."""
    last = PureWindowsPath(name).name  # which knows both kinds of separators
    return "Word のファイル" if last in ("", "..") else printable(last)


def show(asked: Asked) -> Response:
    """Show what was found: what can be written, what cannot, and why."""
    job, pulled = found_by(asked, Pulled, _SECTION)
    return asked.page(
        "word_edits.html",
        name=asked.name,
        job=job,
        standing=standing_of(asked.name, asked.folder),
        pulled=pulled,
        changes=[Beside(each, beside(each.old, each.new)) for each in pulled.changes],
        refusals=[Beside(each, _told(each)) for each in pulled.refusals],
    )


def _told(refusal: PullRefusal) -> Highlighted | None:
    """Both texts of a refusal; ``None`` where it is about no text."""
    return beside(refusal.old, refusal.new) if refusal.old or refusal.new else None


def write(posted: Posted) -> Response:
    """Write what can be written; with refusals only where somebody said so."""
    check_not_kept(posted)
    job, pulled = found_by(posted, Pulled, _SECTION)
    back = address("reports", posted.name, _SECTION, job.id)
    if not pulled.changes:
        posted.desk.note("書き戻すものはありません。")
        return posted.go(back)
    if not pulled.is_placed and posted.field("keep_refused") != "1":
        posted.desk.note(
            "書き戻せないところがあるので、何も書き込んでいません。"
            "Word に残してよければ、印を付けて、もう一度押してください。"
        )
        return posted.go(back)
    with posted.desk.writing:
        written = write_changes(pulled)
    posted.desk.note(_conclusion(written))
    return posted.go(steps_page(posted.name, "document"))


def _conclusion(pulled: Pulled) -> str:
    names = "、".join(path.name for path in pulled.written)
    kept = "、".join(path.name for path in pulled.backups)
    text = f"{len(pulled.changes)}件を {names} に書き戻しました。元のファイルの控えは {kept} です。"
    if pulled.refusals:
        text += f"書き戻せないところが{len(pulled.refusals)}か所、Word に残っています。"
    return f"{text}作り直して、この後は新しい Word を使ってください。"
