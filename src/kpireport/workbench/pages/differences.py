"""違い: what a build would change in the Word file, and what is another than in the last year.

Both are found as ``kpireport diff`` finds them; nothing is written but a workbook to keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from starlette.responses import Response

from kpireport.comparing import Comparison, Difference, Highlighted, compare, highlighted
from kpireport.conductor import Progress
from kpireport.domain.settings import OutputFormat
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted
from kpireport.workbench.editions import media_type
from kpireport.workbench.jobs import Done, Job
from kpireport.workbench.pages.answers import begun, found_by, sent
from kpireport.workbench.standing import Standing, standing_of, steps_page

_SECTION = "differences"
_MOST_SHOWN = 1_000
_NOTHING = "（なし）"


@dataclass(frozen=True, slots=True)
class Line:
    """A difference with both texts marked."""

    difference: Difference
    told: Highlighted


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one place."""

    place: str
    lines: tuple[Line, ...]


def beside(old: str | None, new: str | None) -> Highlighted:
    """Return two texts to stand beside each other, what is another in them marked."""
    return highlighted(old or _NOTHING, new or _NOTHING)


def earlier_report(asked: Asked) -> Standing | None:
    """Return the last report of the same plan before this one; ``None`` where there is none."""
    own = standing_of(asked.name, asked.folder)
    others = (standing_of(name, folder) for name, folder in asked.found.reports.items())
    before = [each for each in others if each.catalogue == own.catalogue and each.is_review]
    return max(
        (each for each in before if each.year < own.year),
        key=lambda each: each.year,
        default=None,
    )


def last_word(asked: Asked) -> Path | None:
    """Return the Word file that was built last; ``None`` where there is none."""
    path = asked.report.settings.outputs.get(OutputFormat.DOCX)
    return path if path is not None and path.is_file() else None


def find(posted: Posted) -> Response:
    """Compare with the last build, or with the last year."""
    folder = posted.folder
    back = steps_page(posted.name, "document")
    old: Path | None
    if posted.field("with") == "year":
        earlier = earlier_report(posted)
        old = posted.found.reports[earlier.name] if earlier else None
        what = f"{earlier.title}との違い" if earlier else ""
    else:
        old, what = last_word(posted), "前に作った Word との違い"
    if old is None:
        posted.desk.note("比べるものが、まだありません。")
        return posted.go(back)
    first = old

    def work(progress: Progress) -> Done:
        return Done(found=compare(first, folder, progress=progress))

    return begun(posted, what, work, shows=_SECTION)


def show(asked: Asked) -> Response:
    """Show what differs, by place, both texts side by side."""
    job, comparison = found_by(asked, Comparison, _SECTION)
    return told(asked, job, comparison, (asked.name, standing_of(asked.name, asked.folder)))


def told(
    asked: Asked, job: Job, comparison: Comparison, report: tuple[str, Standing] | None = None
) -> Response:
    """Show a comparison, of a report with its name and where it stands, or of any two."""
    from kpireport.comparing.workbook import meaning_of

    kind = asked.query("kind")
    wanted = [each for each in comparison.differences if kind in ("", each.kind)]
    root = f"{asked.desk.workplace.root}/"
    return asked.page(
        "differences.html",
        report=report,
        job=job,
        comparison=comparison,
        counts=[
            (str(each), count, meaning_of(each, comparison.words))
            for each, count in comparison.counts()
        ],
        notes=[each.replace(root, "") for each in comparison.notes],
        kind=kind,
        groups=tuple(_groups(wanted[:_MOST_SHOWN])),
        rest=len(wanted[_MOST_SHOWN:]),
    )


def _groups(differences: Iterable[Difference]) -> list[Group]:
    return [
        Group("　＞　".join(place), tuple(Line(each, beside(each.old, each.new)) for each in found))
        for place, found in groupby(differences, key=lambda each: each.place)
    ]


def workbook(asked: Asked) -> Response:
    """Send the differences as a workbook."""
    return as_workbook(asked, found_by(asked, Comparison, _SECTION)[1])


def as_workbook(asked: Asked, comparison: Comparison) -> Response:
    """Send a comparison as a workbook."""
    from kpireport.comparing import differences_xlsx

    data = differences_xlsx(comparison, moment=asked.desk.clock.moment())
    return sent(data, "違い.xlsx", media_type(OutputFormat.XLSX))
