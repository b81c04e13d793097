"""報告書: the pages at once, each value leading to where it comes from; the files made, and sent.

The preview is made of the document that a build would write, and writes nothing. While the
page is open it asks whether the inputs are others by now: then the chapters that changed are
named, and shown from the first of them on.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from kpireport.conductor import Progress
from kpireport.document.texts import row_id
from kpireport.domain.settings import DocumentKind, OutputFormat
from kpireport.errors import InputError, Problem
from kpireport.ordinary_files import read_ordinary
from kpireport.plan_books.columns import INDICATORS, PLANS, TARGETS
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.desk import Desk
from kpireport.workbench.editions import kinds_of, outputs_of, which_of
from kpireport.workbench.facts import facts_of, find_measure, names_of
from kpireport.workbench.guarding import FRAMED
from kpireport.workbench.jobs import Done
from kpireport.workbench.pages.answers import begun, sent
from kpireport.workbench.pages.differences import earlier_report, last_word
from kpireport.workbench.pages.word_templates import name_of_template
from kpireport.workbench.previews import Chapter, Preview
from kpireport.workbench.standing import standing_of, steps_page

if TYPE_CHECKING:
    from kpireport.domain.catalogue import Catalogue

PAGES_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""The pages that are shown have their style in them, and nothing that runs."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of the pages shows.

    Attributes:
        which: the document.
        token: what tells these pages, or faults, from others.
        faults: why there are no pages.
        chapters: what the pages have.
        changed: the chapters that are others than before.
        at: the place to show; empty for the beginning.
        row: the indicator whose facts are to be shown beside; empty for those that are.
    """

    which: DocumentKind
    token: str
    faults: tuple[Problem, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    changed: tuple[Chapter, ...] = ()
    at: str = ""
    row: str = ""


def document(asked: Asked) -> Response:
    """Show the pages, the files, and what can be done with them."""
    report = asked.report
    wanted = asked.query("find")
    found = find_measure(report.plan, wanted) if wanted else ""
    earlier = earlier_report(asked)
    return asked.page(
        "document.html",
        name=asked.name,
        standing=standing_of(asked.name, asked.folder),
        kinds=kinds_of(report.settings),
        outputs=outputs_of(report, asked.desk.workplace.root),
        names=names_of(report.plan),
        wanted=wanted,
        found=found,
        earlier=earlier,
        last=last_word(asked),
        chosen=name_of_template(asked),
        pdfs=tuple(_built_pdfs(asked)),
        # a plan's edition has no board that tells them
        doubts=() if report.settings.review else report.findings.warnings,
        frame=_frame(asked, row=row_id(found) if found else ""),
    )


def pages(asked: Asked) -> Response:
    """Answer a page that asks whether the inputs are others: with nothing as long as not."""
    frame = _frame(asked)
    if frame.token == asked.query("seen"):
        return Response(status_code=204)
    return asked.page("document_pages.html", name=asked.name, frame=frame)


def _frame(asked: Asked, *, row: str = "") -> Frame:
    """Return what the frame of the pages shows: the pages from a row on, or why there are none."""
    which = which_of(asked.report.settings, asked.query("of"))
    try:
        shown = _preview(asked, which)
    except InputError as error:
        token = hashlib.sha256(str(error).encode(errors="replace")).hexdigest()[:16]
        return Frame(which, token, faults=error.problems)
    if not asked.query("seen") or not shown.changed:
        return Frame(which, shown.token, chapters=shown.chapters, at=row)
    changed = shown.changed_row
    at = row_id(changed) if changed else shown.changed[0].id
    return Frame(
        which, shown.token, chapters=shown.chapters, changed=shown.changed, at=at, row=changed
    )


def preview(asked: Asked) -> Response:
    """Show the pages themselves, in a frame."""
    which = which_of(asked.report.settings, asked.query("of"))
    response = asked.page("preview.html", preview=_preview(asked, which))
    response.headers["content-security-policy"] = PAGES_POLICY
    return response


def _preview(asked: Asked, which: DocumentKind) -> Preview:
    return preview_of(asked.desk, asked.name, which, asked.report)


def preview_of(desk: Desk, name: str, which: DocumentKind, report: Report) -> Preview:
    """Return the pages of a report, each row leading to its facts.

    Raises:
        InputError: it cannot be built; with everything that is wrong.
    """
    return desk.previews.show(report, which, lambda id_: address("reports", name, "facts", id_))


def facts(asked: Asked) -> Response:
    """Show what a value is and where it comes from, in a frame beside the pages."""
    id_ = asked.request.path_params.get("id", "")
    found = facts_of(asked.report, id_) if id_ else None
    if id_ and found is None:
        raise UnknownAddressError
    settings = asked.report.settings
    response = asked.page(
        "facts.html",
        name=asked.name,
        facts=found,
        is_review=settings.review is not None,
        plan=asked.found.plan_named(settings.catalogue),
        sheet=_sheet_of(asked.report.plan, id_),
    )
    response.headers["content-security-policy"] = FRAMED
    return response


def _sheet_of(plan: Catalogue, id_: str) -> str:
    """Return what the plan's pages call the sheet that has a measure or plan."""
    if any(id_ == each.id for goal in plan.goals for each in goal.numeric_targets):
        return TARGETS.name
    return INDICATORS.name if any(id_ == each.id for each in plan.measures()) else PLANS.name


# --- files -----------------------------------------------------------------------


def file(asked: Asked) -> Response:
    """Send a file that the settings ask for, and no other."""
    wanted = asked.request.path_params["file"]
    outputs = outputs_of(asked.report, asked.desk.workplace.root)
    found = next((each for each in outputs if each.name == wanted), None)
    if found is None or found.made is None or not found.is_near:
        raise UnknownAddressError
    try:
        data = read_ordinary(found.path)
    except OSError as error:
        raise UnknownAddressError from error
    return sent(data, found.name, found.media_type)


def build(posted: Posted) -> Response:
    """Build the files of a document."""
    from kpireport.conductor import build as build_files

    folder, moment = posted.folder, posted.desk.clock.moment()
    which = which_of(posted.report.settings, posted.field("of"))

    def work(progress: Progress) -> Done:
        warnings: list[Problem] = []
        with posted.desk.writing:
            written = build_files(
                folder,
                document=which,
                moment=moment,
                progress=progress,
                warn=warnings.append,
            )
        return Done(written, tuple(warnings))

    return begun(posted, f"{which.words}を作る", work)


def check_files(posted: Posted) -> Response:
    """Hold the finished PDFs against the standards of long keeping and of reading aloud."""
    from kpireport.validation import check_pdfs

    paths = tuple(_built_pdfs(posted))
    if not paths:
        posted.desk.note("まだ PDF がありません。作ってから検査してください。")
        return posted.go(steps_page(posted.name, "document"))

    def work(progress: Progress) -> Done:
        progress(0, 1, "PDF を検査しています")
        reports = check_pdfs(paths)
        progress(1, 1, "できました")
        told = (
            "\n".join((each.path.name, *(f"　{verdict}" for verdict in each.verdicts)))
            for each in reports
        )
        return Done(said="\n\n".join(told))

    return begun(posted, "PDF を検査する", work)


def _built_pdfs(asked: Asked) -> list[Path]:
    outputs = outputs_of(asked.report, asked.desk.workplace.root)
    return [each.path for each in outputs if each.kind is OutputFormat.PDF and each.made]
