"""What somebody does next, told as they would type it from where they are.

Comes in: files that were just made. Goes out: numbered lines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpireport.domain.years import FiscalYear

_TO_BE_QUOTED = re.compile(r"[\s&'();,$`@#{}|<>]")  # of what shells take for their own


def typed(path: Path) -> str:
    """A path as it is typed on a command line."""
    text = str(path)
    return f'"{text}"' if _TO_BE_QUOTED.search(text) else text


def steps_text(steps: Sequence[str]) -> str:
    """Numbered steps below their heading."""
    return "\n".join(("次にすること:", *(f"  {n}. {step}" for n, step in enumerate(steps, 1))))


def edition_steps(plan_folder: Path) -> tuple[str, str]:
    """How the plan's edition is made."""
    return (
        f"kpireport check {typed(plan_folder)}    誤りがないかを調べます",
        f"kpireport build {typed(plan_folder)}    計画版を作ります",
    )


def steps_of_plan(file: Path, book: Path, first: FiscalYear) -> Iterator[str]:
    """What is done with a plan's file that a workbook was made into.

    Args:
        file: the plan's file.
        book: its workbook.
        first: the first year that is reported.
    """
    from kpireport.collection.first_folder import PLAN_FOLDER
    from kpireport.domain.years import format_fiscal_year

    plan_folder = file.parent / PLAN_FOLDER
    is_own = _is_of(plan_folder, file)
    if is_own:
        yield from edition_steps(plan_folder)
    yield f"kpireport plan proof {typed(book)} {typed(file)}    二人で原本と読み合わせます"
    start = in_reports(plan_folder.parent) if is_own else f" --catalogue {typed(file)}"
    yield f"kpireport new {first.year}{start}    {format_fiscal_year(first)}の実績版を始めます"


def in_reports(reports: Path) -> str:
    """The option that names the folder of the years' folders, where ``new`` does not find it."""
    return "" if reports == Path("reports") else f" --folder {typed(reports)}"


def _is_of(plan_folder: Path, file: Path) -> bool:
    """Whether a plan's edition is of a plan's file."""
    from kpireport.sources.settings import SETTINGS_FILE, is_of_another_plan

    return (plan_folder / SETTINGS_FILE).is_file() and not is_of_another_plan(
        plan_folder, Path(os.path.normpath(file.absolute()))
    )
