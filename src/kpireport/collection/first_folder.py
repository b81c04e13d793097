"""A municipality's own folder: a workbook to fill in, and the settings of its plan edition.

Comes in: a name. Goes out: the folder, whole or not at all, without samples. Who writes the
plan's file by hand gets an example of it in the workbook's stead, which can be checked and
built at once: what is put in the example's place can be looked at from the first change on.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kpireport.files import write_new_folder
from kpireport.plan_books.taking import empty_workbook
from kpireport.sources.catalogue_file import catalogue_schema
from kpireport.sources.settings import SETTINGS_FILE

PLAN_FOLDER = "reports/plan"
CATALOGUE, WORKBOOK = "catalogue.json", "計画.xlsx"
_SCHEMA = "catalogue.schema.json"
_TEMPLATES = Path(__file__).parent


def start_folder(
    folder: Path | str, moment: dt.datetime, *, as_json: bool = False
) -> tuple[Path, ...]:
    """Make a folder of one's own and return its files.

    Args:
        folder: the new folder.
        moment: when its workbook says that it was made.
        as_json: with an example of the plan's file instead of the workbook.

    Raises:
        OutputError: there is something of that name, or it cannot be written.
    """
    folder = Path(folder)
    plan = (
        {CATALOGUE: _template("catalogue-template.json"), _SCHEMA: catalogue_schema().encode()}
        if as_json
        else {WORKBOOK: empty_workbook(moment)}
    )
    files = {**plan, f"{PLAN_FOLDER}/{SETTINGS_FILE}": _template("plan-template.toml")}
    write_new_folder(folder, files)
    return tuple(folder / name for name in files)


def _template(name: str) -> bytes:
    return (_TEMPLATES / name).read_bytes().replace(b"\r\n", b"\n")
