"""A town of twelve departments at its desk: its plan on paper, its answers, what goes wrong.

Everything is a file beside the opened folder, as people have them on their desks, to be
dropped on pages. They are made of what the pages gave to download, changed as Excel and Word
would; nothing here writes into the folder.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl

from kpireport.collection import hand_out, start_year
from kpireport.collection.inputs import read_inputs
from kpireport.domain.years import FiscalYear
from kpireport.sources.packages import OLE
from tests.collection.answering import row_of
from tests.collection.handing_out import fill_in
from tests.pulling.edited import control, edited, find_text, write_into

DEPARTMENTS = (
    *("保育課", "学校教育課", "生涯学習課", "健康づくり課", "高齢福祉課", "商工課"),
    *("農政課", "観光課", "防災課", "道路課", "環境課", "企画課"),
)
SENT_AGAIN = ("学校教育課", "生涯学習課", "健康づくり課", "高齢福祉課", "商工課", "観光課")
"""Those whose first workbook cannot be used, or not all of it."""
GOALS = ("子どもが育つまち", "働き、つどうまち", "安心して暮らせるまち")
PRINTED = (("利用者数", "350人", "420人"), ("満足度", "62.5％", "70％"))
YEAR = 2025
HANDED = "配ったもの"

Answer = Mapping[str, Mapping[str, Any]]


def ids(department: str) -> tuple[str, str]:
    """The ids that the indicators of a department get."""
    plan = f"p{DEPARTMENTS.index(department) + 1:02}"
    return f"{plan}-01", f"{plan}-02"


def answer(department: str, people: object, share: object, **more: object) -> Answer:
    """What a department types: its two values, and what stands beside the first."""
    first, second = ids(department)
    return {first: {"実績": people, **more}, second: {"実績": share}}


def printed_plan(path: Path) -> Path:
    """The plan as it was decided: a Word file, whose tables have four departments a goal."""
    document = docx.Document()
    document.add_heading("みどり市総合戦略", 0)
    for number, goal in enumerate(GOALS):
        document.add_heading(f"基本目標{number + 1}　{goal}", 1)
        table = document.add_table(0, 5)
        rows = [("施策名", "指標名", "現状値", "目標値", "所管課")]
        for department in DEPARTMENTS[4 * number : 4 * number + 4]:
            rows += [
                (f"{department}の施策", f"{department}の{name}", baseline, target, department)
                for name, baseline, target in PRINTED
            ]
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def write_basics(path: Path, contents: Mapping[str, str]) -> Path:
    """Type into the plan's workbook what a plan says once."""
    book = openpyxl.load_workbook(path)
    for row in book["基本情報"].iter_rows():
        if row[0].value in contents:
            row[1].value = contents[str(row[0].value)]
    book.save(path)
    return path


def unpack(archive: Path) -> None:
    """Unpack the workbooks that were downloaded as one file, beside it."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(archive.parent / HANDED)


def filled(own: Path, department: str, answers: Answer, name: str = "") -> Path:
    """A department's workbook, filled in."""
    (blank,) = (each for each in (own / HANDED).iterdir() if each.stem.endswith(f"_{department}"))
    path = own / (name or f"{department}.xlsx")
    shutil.copy(blank, path)
    fill_in(path, answers)
    return path


def truncated(path: Path) -> Path:
    """A workbook that a mail cut off."""
    path.write_bytes(path.read_bytes()[:2_000])
    return path


def moved(path: Path, id_: str) -> Path:
    """A workbook whose protection was lifted: a row was put in, and an id overwritten."""
    book = openpyxl.load_workbook(path)
    sheet = book["実績"]
    row = row_of(sheet, id_)
    sheet.cell(row, 1).value = "p99-09"
    sheet.insert_rows(row)
    book.save(path)
    return path


def word_as_workbook(path: Path) -> Path:
    """A Word file under a workbook's name."""
    document = docx.Document()
    document.add_paragraph("実績は後日報告します。")
    document.save(str(path))
    return path


def protected(path: Path) -> Path:
    """A workbook that cannot be opened without a password."""
    path.write_bytes(OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(4096))
    return path


def opened_elsewhere(path: Path) -> Path:
    """What Excel leaves beside a workbook as long as somebody has it open."""
    path.write_bytes(b"\x06Suzuki" + bytes(158))
    return path


def of_last_year(town: Path, department: str, away: Path, path: Path) -> Path:
    """A department's workbook of the year before, filled in."""
    shutil.copytree(town, away)
    return _from_elsewhere(away, YEAR - 1, department, path)


def of_another_town(town: Path, department: str, away: Path, path: Path) -> Path:
    """The workbook of another town's department of that name, this year's."""
    shutil.copytree(town, away)
    plan = away / "catalogue.json"
    text = plan.read_text(encoding="utf-8").replace("みどり市", "あおい市")
    plan.write_text(text.replace("利用者数", "来館者数").replace("満足度", "認知度"), "utf-8")
    return _from_elsewhere(away, YEAR, department, path)


def _from_elsewhere(town: Path, year: int, department: str, path: Path) -> Path:
    started = start_year(str(year), town / "別の年度", catalogue=town / "catalogue.json")
    handed = {each.department: each.path for each in hand_out(started.folder)}
    shutil.copy(handed[department], path)
    fill_in(path, answer(department, 355, 63.0))
    return path


def damaged(path: Path) -> Path:
    """A Word file that a mail cut off."""
    path.write_bytes(b"PK\x03\x04 cut off")
    return path


def with_edits(path: Path) -> Path:
    """The report's Word file with a sentence that may be edited, and a number that may not."""

    def edit(root: Any) -> None:
        write_into(control(root, f"issues:p10:{YEAR}"), "用地がなく、探している。")
        find_text(root, "421人").text = "999人"

    path.write_bytes(edited(edit, path.read_bytes()))
    return path


def damage_kept(town: Path) -> None:
    """Something happens to what was kept: a byte of a file of its inputs is another."""
    (kept,) = town.rglob("archive/**/actuals.xlsx")
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    kept.chmod(0o644)
    kept.write_bytes(data)


def reported(town: Path) -> dict[str, tuple[str, ...]]:
    """The values of each department in the year's workbook."""
    actuals = read_inputs(town / "reports" / str(YEAR)).actuals
    found: dict[str, tuple[str, ...]] = {}
    for department in DEPARTMENTS:
        facts = (actuals.find(each, FiscalYear(YEAR)) for each in ids(department))
        found[department] = tuple(each.value.text if each and each.value else "" for each in facts)
    return found
