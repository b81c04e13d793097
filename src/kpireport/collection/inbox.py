"""What came back: the files below a folder, looked through without trust.

Comes in: the inbox. Goes out: the workbooks in it, what is passed over, and a problem for
every other file that may be somebody's answer. Links are not followed, for what they point
at is not what was put in.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import field
from pathlib import Path

from kpireport.errors import Problem
from kpireport.findings import Findings
from kpireport.messages import printable, unreadable
from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import OLE
from kpireport.sources.settings import SETTINGS_FILE

MOST_FILES = 2_000  # some fifty departments with a few versions each; a whole disk is a mistake
_DEEPEST = 20

WORKBOOKS = (".xlsx", ".xlsm")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"}
_SYSTEM_FOLDERS = {"__macosx", "$recycle.bin", "system volume information"}
_SAVE_AS = (
    "Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」を選んで、受付のフォルダーに"
    "保存してください。"
)
_UNPACK = "中のファイルを取り出して、受付のフォルダーに入れてください。"
_FILL_IN = (
    "配ったブックに記入して、返してもらってください。回答でなければ、別の場所に移してください。"
)
_PUT_FILE = "ファイルそのものを、受付のフォルダーに入れてください。"
_KINDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((".xls", ".xlt"), "古い形式（.xls）のブックです。", _SAVE_AS),
    (
        (".xlsb", ".xltx", ".xltm", ".ods", ".fods", ".numbers", ".et"),
        "別の形式の表です。",
        _SAVE_AS,
    ),
    (
        (".csv", ".tsv"),
        "CSVのファイルです。配ったブックと照らし合わせられないので、読みません。",
        _FILL_IN,
    ),
    (
        (".pdf", ".xdw", ".jpg", ".jpeg", ".png", ".tif", ".tiff"),
        "紙の形のファイルです。",
        _FILL_IN,
    ),
    (
        (".doc", ".docx", ".docm", ".jtd", ".rtf", ".odt", ".pptx", ".ppt"),
        "文書のファイルです。",
        _FILL_IN,
    ),
    ((".zip", ".lzh", ".7z", ".rar", ".gz", ".tar", ".cab"), "まとめたファイルです。", _UNPACK),
    (
        (".msg", ".eml", ".oft", ".mbox", ".pst"),
        "メールのファイルです。添付は読みません。",
        _UNPACK,
    ),
    ((".lnk", ".url", ".webloc"), "ほかの場所を指すリンクです。", _PUT_FILE),
    (
        (".exe", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".scr", ".com", ".hta"),
        "プログラムのファイルです。開きません。",
        "心当たりがなければ、開かずに、情報システムの担当に知らせてください。",
    ),
)


@dataclass(slots=True)
class Inbox:
    """What a folder has.

    Attributes:
        workbooks: by place; they may still be anything.
        ignored: what no one answers with, such as the files that Excel keeps while it is open.
        problems: what may be an answer, and cannot be read.
    """

    workbooks: list[Path] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def ask_about_place(folder: Path, report: Path, settings_file: Path) -> None:
    """Ask about an inbox of the settings that is not below the report's folder.

    Args:
        folder: the inbox.
        report: the folder of ``report.toml``.
        settings_file: where the inbox is written.

    Raises:
        InputError: it is elsewhere: whoever means it names it once.
    """
    place = folder.resolve()
    if report.resolve() not in place.parents:
        Findings(settings_file).fail(
            "collection.inbox",
            f"受付のフォルダー（{printable(str(folder))}）が、報告書のフォルダーの外にあります。"
            "何も読んでいません。",
            "そこにあるブックが全て回答なら、初めの1回だけ、受付のフォルダーを指定して取り込んでください。"
            "誤りなら、設定を直してください。",
        )


def look_through(
    folder: Path, *, besides: Collection[Path] = (), report: Path | None = None
) -> Inbox:
    """Find what is below a folder, in the order of the names.

    Args:
        folder: the inbox.
        besides: files and folders of the report's own that are no answers.
        report: the report's folder, which no inbox has in it.

    Raises:
        InputError: there is no such folder, it cannot be read, it is one of the report's
            own, or it has too many files.
    """
    log = Findings(folder)
    own = {_identity(each) for each in besides if each.exists()}
    _refuse_misplaced(folder, own, report, log)
    inbox = Inbox()
    for count, path in enumerate(_files(folder, own, inbox, depth=0), start=1):
        if count > MOST_FILES:
            log.fail(
                "",
                f"ファイルが多すぎます（{MOST_FILES:,}を超えます）。何も読んでいません。",
                "受付のフォルダーの指定が正しいかを確かめ、回答でないものは別の場所に移してください。",
            )
        if path.name == SETTINGS_FILE and path.parent.resolve() != (report or folder).resolve():
            log.fail(
                "",
                f"中に、報告書のフォルダー（{printable(str(path.parent))}）があります。何も読んでいません。",
                "返ってきたブックだけを入れたフォルダーを指定してください。",
            )
        _take(path, inbox)
    return inbox


def _refuse_misplaced(
    folder: Path, own: Collection[tuple[int, int]], report: Path | None, log: Findings
) -> None:
    """Refuse a folder in which no answers can be.

    Raises:
        InputError: always where it notes anything.
    """
    if not folder.is_dir():
        what = "フォルダーではありません。" if folder.exists() else "受付のフォルダーがありません。"
        log.fail(
            "",
            what,
            "返ってきたブックを入れたフォルダーを指定するか、"
            "その名前のフォルダーを作って、ブックを入れてください。",
        )
    if any(_identity(each) in own for each in (folder.resolve(), *folder.resolve().parents)):
        log.fail(
            "",
            "取り込んだものの控えを置くフォルダー（received）か、その中です。",
            "返ってきたブックを入れた、別のフォルダーを指定してください。",
        )
    if report is not None and folder.resolve() in report.resolve().parents:
        log.fail(
            "",
            "報告書のフォルダーの上にあるフォルダーです。回答でないブックまで読むので、使えません。",
            "返ってきたブックだけを入れたフォルダーを指定してください。",
        )


def _files(
    folder: Path, own: Collection[tuple[int, int]], inbox: Inbox, depth: int
) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        inbox.problems.append(_problem(folder, *unreadable(error)))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if depth >= _DEEPEST:
                what = f"フォルダーの重なりが深すぎます（{_DEEPEST}段を超えます）。中は読みません。"
                inbox.problems.append(_problem(path, what, "浅いフォルダーに移してください。"))
            elif entry.name.lower() in _SYSTEM_FOLDERS or _identity(path) in own:
                inbox.ignored.append(path)
            else:
                yield from _files(path, own, inbox, depth + 1)
        elif not own or _identity(path) not in own:
            yield path


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from others, whatever way leads to it."""
    try:
        status = path.lstat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def not_an_answer(name: str) -> tuple[str, str] | None:
    """Return what a file's name says against its being an answer, and what to do about it.

    ``None`` for the name of a workbook.
    """
    suffix = Path(name).suffix.lower()
    if _is_of_a_system(name):
        return (
            "Excel や Windows が使うファイルで、回答ではありません。",
            "何もしなくてかまいません。",
        )
    if suffix in WORKBOOKS:
        return None
    return _of_another_kind(suffix) or (
        "Excelのブック（.xlsx）の名前ではありません。",
        _RENAME,
    )


def _is_of_a_system(name: str) -> bool:
    name = name.lower()
    is_hidden = name.startswith((".", "~$")) or name in _SYSTEM_FILES
    return is_hidden or name.endswith((".tmp", ".part"))


def _of_another_kind(suffix: str) -> tuple[str, str] | None:
    return next(((what, remedy) for kinds, what, remedy in _KINDS if suffix in kinds), None)


def _take(path: Path, inbox: Inbox) -> None:
    suffix = path.suffix.lower()
    if _is_of_a_system(path.name):
        inbox.ignored.append(path)
    elif what := _not_a_file(path):
        inbox.problems.append(_problem(path, what, _PUT_FILE))
    elif suffix in WORKBOOKS:
        inbox.workbooks.append(path)
    elif kind := _of_another_kind(suffix):
        inbox.problems.append(_problem(path, *kind))
    elif what := _disguised(path):
        inbox.problems.append(_problem(path, what, _RENAME))
    else:
        inbox.ignored.append(path)


_RENAME = (
    "ファイルの名前の終わりを .xlsx に直して（Excelで開けるかを確かめ）、受付のフォルダーに"
    "入れ直してください。"
)


def _disguised(path: Path) -> str:
    """What is said of a workbook whose name lost its ending, or was given another."""
    try:
        with path.open("rb") as file:
            beginning = file.read(len(OLE))
        if beginning == OLE:
            return "古い形式（.xls）か、保護されたブックのようですが、名前がそうなっていません。"
        if beginning.startswith(b"PK") and _holds_sheets(path):
            return "Excelのブックのようですが、名前の終わりが .xlsx ではありません。"
    except OSError:
        pass  # what cannot be read is nobody's answer yet
    return ""


def _holds_sheets(path: Path) -> bool:
    """Whether a zip file has the parts of a workbook; only its list of names is read."""
    if path.stat().st_size > WORKBOOK.largest_file:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(each.lower().startswith("xl/") for each in archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
        return False


def _not_a_file(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""  # the reader will say what is the matter
    if stat.S_ISLNK(mode):
        return "ほかの場所を指すリンクです。たどりません。"
    return "" if stat.S_ISREG(mode) else "ふつうのファイルではありません。"


def _problem(path: Path, what: str, remedy: str) -> Problem:
    return Problem(printable(str(path)), "", what, remedy)
