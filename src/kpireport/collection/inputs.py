"""What handing out and starting a year read: settings, plan and actuals of a report folder.

Comes in: the folder. Goes out: what it says, or one error with all problems.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import History
from kpireport.domain.settings import CollectionSettings, ReviewSettings, Settings
from kpireport.errors import InputError
from kpireport.findings import refuse
from kpireport.sources.actuals import ReadActuals, read_reports
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.settings import SETTINGS_FILE, check_catalogue_exists, load_settings


@dataclass(frozen=True, slots=True)
class Inputs:
    """A review's inputs.

    Attributes:
        catalogue: the plan as decided.
        plan: the plan that is in force in the reported year.
        read: the actuals with the places that they were read from.
    """

    settings: Settings
    review: ReviewSettings
    collection: CollectionSettings
    catalogue: Catalogue
    plan: Catalogue
    read: ReadActuals

    @property
    def actuals(self) -> Actuals:
        """What was reported up to and including the year; parts of what was split go on."""
        return self.read.actuals


def read_inputs(report_dir: Path | str) -> Inputs:
    """Read what the departments' workbooks are made of.

    Raises:
        InputError: the inputs cannot be used, or are no review's; it lists every problem.
    """
    settings_file = Path(report_dir) / SETTINGS_FILE
    settings = load_settings(report_dir)
    review, collection = settings.review, settings.collection
    if review is None or collection is None:
        refuse(
            settings_file,
            "実績版（review）の設定ではありません。",
            "reports/2021 のような、実績版の年度のフォルダーを指定してください。",
            place="edition",
        )
    check_catalogue_exists(settings, settings_file)
    catalogue = load_catalogue(settings.catalogue)
    read = read_reports(
        review.actuals,
        catalogue,
        review.fiscal_year,
        earlier=review.earlier,
        accepted=review.accepted,
        numerals=settings.numerals,
        settings_file=settings_file,
    )
    if read.findings.errors:
        raise InputError(read.findings.errors)
    history = History(catalogue)
    read = replace(read, actuals=read.actuals.continuing(history.continued))
    plan = history.in_force(review.fiscal_year)
    return Inputs(settings, review, collection, catalogue, plan, read)
