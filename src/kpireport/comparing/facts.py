"""What a report has to say, read and judged.

Comes in: a report that is open. Goes out: its plan, and for a review its actuals with their
judgements, as the document is composed from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kpireport.build import read
from kpireport.document.reviews import Review
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import in_force
from kpireport.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a report; ``review`` is ``None`` for the plan edition.

    ``catalogue`` is the plan as decided, with its revisions.
    """

    settings: Settings
    catalogue: Catalogue
    review: Review | None

    @property
    def plan_in_force(self) -> Catalogue:
        """The plan that the report shows."""
        if self.review is not None:
            return self.review.catalogue
        year = self.settings.as_of
        return self.catalogue if year is None else in_force(self.catalogue, year)


def read_facts(settings: Settings, report_dir: Path) -> Facts:
    """Read and judge what a report's settings name.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    inputs = read(settings, report_dir)
    review = None
    if inputs.actuals is not None and inputs.evaluation is not None:
        review = Review.of(inputs.catalogue, inputs.actuals, inputs.evaluation, settings.numerals)
    return Facts(settings, inputs.catalogue, review)
