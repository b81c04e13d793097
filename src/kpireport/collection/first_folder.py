"""A municipality's own folder: a workbook to fill in, and the settings of its plan edition.

Comes in: a name, and the plan's document (原本) where there is one to read. Goes out: the
folder, whole or not at all, without samples. The settings of the year's editions come with
their year: ``new`` makes them of the plan that these name. Who writes the plan's file by hand
gets an example of it in the workbook's stead, which can be checked and built at once: what is
put in the example's place can be looked at from the first change on.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

from kpireport.domain.years import format_date
from kpireport.files import NewFile, check_absent, write_files, write_new_folder
from kpireport.findings import refuse
from kpireport.plan_books.conducting import CATALOGUE, WORKBOOK, catalogue_file
from kpireport.plan_books.taking import TakenPlan, empty_workbook
from kpireport.plan_documents.reading import ReadPlan, read_plan_document
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_file import catalogue_schema
from kpireport.sources.settings import SETTINGS_FILE

PLAN_FOLDER = "reports/plan"
_SCHEMA = "catalogue.schema.json"
_TEMPLATES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class StartedFolder:
    """A folder of one's own.

    Attributes:
        folder: the new folder.
        files: what is in it, what is to be filled in or looked through first.
        read: what was read of the plan's document; ``None`` without one.
    """

    folder: Path
    files: tuple[Path, ...]
    read: ReadPlan | None = None


def start_folder(
    folder: Path | str,
    *,
    moment: dt.datetime,
    document: Path | str | None = None,
    columns: Sequence[str] = (),
    as_json: bool = False,
) -> StartedFolder:
    """Make a folder of one's own: the plan's workbook, and the settings of its plan edition.

    Args:
        folder: the new folder.
        moment: when it is made, with its time zone: its settings bear the day.
        document: the plan's document (.docx, .xlsx, .pdf), to be read into the workbook.
        columns: what its columns are; see :func:`read_plan_document`.
        as_json: with an example of the plan's file instead of the workbook.

    Raises:
        InputError: the document cannot be read, or there would be two beginnings.
        OutputError: there is something of that name, or it cannot be written.
    """
    folder = Path(folder)
    check_absent(
        folder, "まだない名前を指定してください。前に作ったフォルダーは、そのまま使えます。"
    )
    read = None
    if document is not None and as_json:
        refuse(
            "始め方",
            "計画の文書と、計画のファイルの例の、両方が指定されています。",
            "どちらか一方から始めてください。",
        )
    if columns and document is None:
        refuse(
            "列の指定",
            "読み取る計画の文書がありません。",
            "計画の文書も指定してください。",
        )
    if as_json:
        plan = {
            CATALOGUE: _template("catalogue-template.json"),
            _SCHEMA: catalogue_schema().encode(),
        }
    elif document is not None:
        read = read_plan_document(document, columns)
        plan = {WORKBOOK: read.workbook(moment)}
    else:
        plan = {WORKBOOK: empty_workbook(moment)}
    files = {**plan, f"{PLAN_FOLDER}/{SETTINGS_FILE}": _settings(moment.date())}
    write_new_folder(folder, files)
    return StartedFolder(folder, tuple(folder / name for name in files), read)


def begin_folder(taken: TakenPlan, folder: Path | str, *, moment: dt.datetime) -> tuple[Path, ...]:
    """Write what begins with a plan's workbook that was filled in: what :func:`start_folder` makes.

    Its plan's file is beside it already, and what its empty cells stand for is in it. Where
    :func:`start_folder` has been already, what it made stays.

    Args:
        taken: the workbook, taken for no plan's file.
        folder: where; it may be there, without a plan in it.
        moment: when it is made, with its time zone: its settings bear the day.

    Returns:
        The new files, the plan's first.

    Raises:
        InputError: there are errors in the workbook, or questions.
        OutputError: there is a plan's file, or it cannot be written.
    """
    folder = Path(folder)
    plan = catalogue_file(taken, folder / CATALOGUE)
    check_absent(plan.path, "前のものを別の場所に移すか、別のフォルダーで始めてください。")
    more = (
        NewFile(folder / WORKBOOK, taken.with_readings()),
        NewFile(folder / PLAN_FOLDER / SETTINGS_FILE, _settings(moment.date())),
    )
    files = (plan, *(each for each in more if not os.path.lexists(each.path)))
    write_files(files)
    return tuple(each.path for each in files)


def _settings(day: dt.date) -> bytes:
    """The plan edition's settings, dated as the folder is until somebody says otherwise."""
    text = _template("plan-template.toml").decode()
    words = {"@date@": day.isoformat(), "@day@": format_date(day)}
    for name, word in words.items():
        text = text.replace(name, word)
    return text.encode()


def _template(name: str) -> bytes:
    return (_TEMPLATES / name).read_bytes().replace(b"\r\n", b"\n")
