"""A municipality's own folder: a plan to fill in, and the settings of its plan edition.

Comes in: a name. Goes out: the folder, whole or not at all, without samples. Everything in
it can be checked and built at once, so that what is put in the examples' place can be
looked at from the first change on.
"""

from __future__ import annotations

from pathlib import Path

from kpireport.files import write_new_folder
from kpireport.sources.catalogue_file import catalogue_schema
from kpireport.sources.settings import SETTINGS_FILE

PLAN_FOLDER = "reports/plan"
_CATALOGUE, _SCHEMA = "catalogue.json", "catalogue.schema.json"
_TEMPLATES = Path(__file__).parent


def start_folder(folder: Path | str) -> tuple[Path, ...]:
    """Make a folder of one's own and return its files.

    Args:
        folder: the new folder.

    Raises:
        OutputError: there is something of that name, or it cannot be written.
    """
    folder = Path(folder)
    files = {
        _CATALOGUE: _template("catalogue-template.json"),
        _SCHEMA: catalogue_schema().encode(),
        f"{PLAN_FOLDER}/{SETTINGS_FILE}": _template("plan-template.toml"),
    }
    write_new_folder(folder, files)
    return tuple(folder / name for name in files)


def _template(name: str) -> bytes:
    return (_TEMPLATES / name).read_bytes().replace(b"\r\n", b"\n")
