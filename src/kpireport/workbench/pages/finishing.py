"""確定と保存: what still stands in the way; a draft made final; a final year kept, and verified.

What is in the way of the final edition is what its build would refuse: errors, and what
nobody has reported. What only deserves a second look is told beside it, and does not.
"""

from __future__ import annotations

from starlette.responses import Response

from kpireport.archives.places import kept_in
from kpireport.conductor import Progress
from kpireport.errors import Problem
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError
from kpireport.workbench.jobs import Done
from kpireport.workbench.pages.answers import begun
from kpireport.workbench.standing import standing_of

_SECTION = "finishing"


def finishing(asked: Asked) -> Response:
    """Show how far a report is from being kept."""
    report = asked.report
    review, read = report.settings.review, report.read
    return asked.page(
        "finishing.html",
        name=asked.name,
        standing=standing_of(asked.name, asked.folder),
        is_draft=review is not None and review.is_draft,
        errors=report.findings.errors,
        unreported=read.unreported if read else (),
        warnings=report.findings.warnings,
        kept=kept_in(asked.folder),
    )


def finish(posted: Posted) -> Response:
    """Build the final edition, or a draft again."""
    from kpireport.conductor import build

    folder, moment = posted.folder, posted.desk.clock.moment()
    is_draft = posted.field("draft") == "1"

    def work(progress: Progress) -> Done:
        warnings: list[Problem] = []
        with posted.desk.writing:
            written = build(
                folder, draft=is_draft, moment=moment, progress=progress, warn=warnings.append
            )
        return Done(written, tuple(warnings))

    what = "案に戻す" if is_draft else "確定版を作る"
    return begun(posted, what, work, back=_SECTION)


def keep(posted: Posted) -> Response:
    """Keep the final edition."""
    from kpireport.archiving import archive

    folder, moment = posted.folder, posted.desk.clock.moment()
    as_zip = posted.field("as") == "zip"

    def work(progress: Progress) -> Done:
        warnings: list[Problem] = []
        with posted.desk.writing:
            made = archive(
                folder, as_zip=as_zip, moment=moment, progress=progress, warn=warnings.append
            )
        said = (
            f"{made.path.name} に{len(made.files)}ファイルを保存しました。\n封印：{made.seal}\n"
            "封印を決裁文書などに控えておくと、後で全体が元のままかを確かめられます。"
        )
        return Done((made.path,), tuple(warnings), said)

    return begun(posted, "保存する", work, back=_SECTION)


def check_kept(posted: Posted) -> Response:
    """Check what was kept, and make its documents again to compare them."""
    from kpireport.archiving import verify
    from kpireport.archiving.telling import verification_text

    wanted = posted.field("kept")
    path = next((each for each in kept_in(posted.folder) if each.name == wanted), None)
    if path is None:
        raise UnknownAddressError
    rebuild = posted.field("rebuild") == "1"

    def work(progress: Progress) -> Done:
        found = verify(path, rebuild=rebuild, progress=progress)
        return Done(said=verification_text(found))

    return begun(posted, f"{path.name} を確かめる", work, back=_SECTION)
