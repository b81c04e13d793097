"""A folder and the reports in it: whether they can be read, written to, and carried elsewhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from kpireport.checkup.machine import look_at_writing
from kpireport.checkup.points import CHECK_INPUTS, Point
from kpireport.checkup.shares import PlaceKind, kind_of
from kpireport.domain.settings import Settings
from kpireport.errors import InputError
from kpireport.files import why_unwritable
from kpireport.findings import Findings
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.file_names import NOT_IN_FILE_NAMES, is_file_name
from kpireport.sources.settings import SETTINGS_FILE

_DEEPEST = 4  # folders below the one that is looked at: reports/towns/みどり市/2022
_MOST_FILES = 20_000  # more is somebody's whole disk
_MOST_REPORTS = 100
_OWN_NAME = re.compile(r"[0-9]{4}|plan")
_OWN_FILES = frozenset(("actuals.xlsx", "catalogue.json", "計画.xlsx", SETTINGS_FILE))
_LOCK = re.compile(r"~\$(?P<office>.+)|\.~lock\.(?P<libre>.+)#")
_OF_WINDOWS = 259  # characters of a path that programs there open without being asked to
_OF_EXCEL = 218  # https://support.microsoft.com/excel: specifications and limits
_CODE_PAGE = "cp932"
_KINDS = {".docx": "Word のファイル", ".xlsx": "Excel のブック", ".csv": "CSV のファイル"}


@dataclass(frozen=True, slots=True)
class Around:
    """What is in a folder.

    Attributes:
        folder: complete.
        files: below it, sorted; of very many, the first.
        reports: the folders below it, or itself, that have settings.
        closed: how many folders below it nobody may look into.
    """

    folder: Path
    files: tuple[Path, ...]
    reports: tuple[Path, ...]
    closed: int = 0

    @classmethod
    def of(cls, folder: Path) -> Around:
        """Look around in a folder."""
        root = folder.absolute()
        closed: list[OSError] = []
        files = tuple(sorted(islice(_files(root, closed.append), _MOST_FILES)))
        reports = tuple(each.parent for each in files if each.name == SETTINGS_FILE)
        return cls(root, files, reports[:_MOST_REPORTS], len(closed))


def _files(root: Path, refused: Callable[[OSError], None]) -> Iterator[Path]:
    for at, folders, names in os.walk(root, onerror=refused):
        depth = len(Path(at).relative_to(root).parts)
        # what was kept is not worked in, what is hidden is not ours
        folders[:] = sorted(
            each for each in folders if depth < _DEEPEST and not each.startswith((".", "archive"))
        )
        yield from (Path(at, name) for name in sorted(names))


def look_at_folder(around: Around) -> Iterator[Point]:
    """Look at where a folder is, what it is called, who has files of it open."""
    yield _place(around)
    yield _names(around)
    yield _lengths(around)
    yield _open_files(around)


def _place(around: Around) -> Point:
    findings = Findings("フォルダー")
    kind = kind_of(around.folder.resolve())
    if kind is PlaceKind.SYNCHRONISED:
        what = "OneDrive などが写すフォルダーの中です。"
        remedy = (
            "写している間は書き込めないことがあり、ほかのパソコンでの変更と"
            "ぶつかることがあります。できれば、写されないフォルダーに移してください。"
        )
        findings.warn("", what, remedy)
    told = look_at_writing(findings, around.folder)
    if around.closed:
        what = f"開けないフォルダーが、{around.closed}あります。その中は、調べていません。"
        findings.warn("", what, "要るものがあれば、フォルダーの管理者に権限を依頼してください。")
    meaning = _OF_SHARES if kind is PlaceKind.SHARE else ""
    return Point("フォルダー", f"{kind}{meaning}、{told}", findings.problems)


_OF_SHARES = (
    "：ほかの人も同時に開けます。画面を開いている人がいれば示し、調べている間に"
    "ほかの人が書き換えたファイルには書き込みません。回線が遅いと、読み書きに時間がかかります"
)


def _names(around: Around) -> Point:
    """Look for names that other systems do not take, or that do not look as they are."""
    findings = Findings("名前")
    below = {part for each in around.files for part in each.relative_to(around.folder).parts}
    # hidden ones are other programs' own
    names = sorted(
        each for each in (*below, *around.folder.parts[1:]) if not each.startswith((".", "~"))
    )
    bad = [each for each in names if NOT_IN_FILE_NAMES.search(each) or not is_file_name(each)]
    if bad:
        marks = sorted({found for each in bad for found in NOT_IN_FILE_NAMES.findall(each)})
        with_marks = f"（{' '.join(marks)}）" if marks else ""
        what = f"Windows で使えない名前{with_marks}のフォルダーかファイルが、{len(bad)}あります。"
        remedy = '< > : " / \\ | ? * や、初めと終わりの空白、終わりの「.」を除き、80字以内に'
        findings.warn("", what, f"{remedy}してください。")
    if split := [each for each in names if not unicodedata.is_normalized("NFC", each)]:
        what = f"濁点などの文字が分かれた名前（Mac のもの）が、{len(split)}あります。"
        findings.warn("", what, "Windows で名前を打ち直すと、設定に書いた名前と合います。")
    strange = sorted({char for each in names for char in each if _is_strange(char)})
    if strange:
        codes = "、".join(f"U+{ord(each):04X}" for each in strange[:10])
        what = f"古いプログラムが開けない文字（{codes}）が、名前にあります。"
        findings.warn("", what, "開けないときは、別の字にしてください。")
    return Point("名前", f"{len(names):,}個の名前を調べました", findings.problems)


def _is_strange(char: str) -> bool:
    try:
        unicodedata.normalize("NFC", char).encode(_CODE_PAGE)
    except UnicodeEncodeError:
        return not unicodedata.combining(char)
    return False


def _lengths(around: Around) -> Point:
    """Look for paths that programs on Windows do not open: work is carried there."""
    findings = Findings("場所の長さ")
    longest = max((len(str(each)) for each in around.files), default=len(str(around.folder)))
    books = [len(str(each)) for each in around.files if each.suffix.lower() in (".xlsx", ".csv")]
    remedy = "浅いフォルダーに移すか、フォルダーの名前を短くしてください。"
    if longest > _OF_WINDOWS:
        what = f"場所と名前を合わせて {longest}字のものがあり、Windows で開けません"
        findings.warn("", f"{what}（{_OF_WINDOWS}字まで）。", remedy)
    elif max(books, default=0) > _OF_EXCEL:
        what = f"場所と名前を合わせて {max(books)}字のブックがあり、Excel で開けません"
        findings.warn("", f"{what}（{_OF_EXCEL}字まで）。", remedy)
    return Point("場所の長さ", f"最も長いもので {longest}字", findings.problems)


def _open_files(around: Around) -> Point:
    """Look for the files that Excel, Word and LibreOffice keep beside what they have open."""
    subject = "開かれているファイル"
    findings = Findings(subject)
    locks = [found for each in around.files if (found := _LOCK.fullmatch(each.name))]
    for name in sorted({_shown(found["office"] or found["libre"]) for found in locks}):
        findings.warn(
            name,
            "Excel、Word、LibreOffice のどれかで開かれているようです。",
            "書き込む前に閉じてください。だれも開いていなければ、~$ や .~lock で始まる"
            "隠しファイルが残っています。それを消してください。",
        )
    return Point(subject, f"{len(locks)}個" if locks else "なし", findings.problems)


def _shown(name: str) -> str:
    """Return a file as it may be told: by its name if that is ours, by its kind if not."""
    if name in _OWN_FILES:
        return name
    return _KINDS.get(Path(name).suffix.lower(), "ほかのファイル")


# --- reports ----------------------------------------------------------------------


def look_at_reports(around: Around) -> Iterator[Point]:
    """Look at each report: its settings, its inputs, where it is written to, its template."""
    if not around.reports:
        findings = Findings("報告書")
        what = f"報告書の設定（{SETTINGS_FILE} というファイル）が、この中にありません。"
        remedy = "作ってあれば、そのフォルダーか、その上のフォルダーを調べてください。"
        findings.warn("", what, f"まだ作っていなければ、このままでかまいません。{remedy}")
        yield Point("報告書", "なし", findings.problems)
    for number, folder in enumerate(around.reports, start=1):
        own = f"（{folder.name}）" if _OWN_NAME.fullmatch(folder.name) else ""
        yield _report(folder, f"報告書 {number}{own}")


def _report(folder: Path, subject: str) -> Point:
    findings = Findings(subject)
    try:
        report = Report.open(folder)
    except InputError as error:
        _tell_settings(error, findings)
        return Point(subject, "設定を読めません", findings.problems, folder)
    told = [*_written_to(report.settings, folder, findings), *_inputs(report, findings)]
    if report.settings.word.template is not None:
        told.append(_template(report, findings))
    return Point(subject, "、".join(told), findings.problems, folder)


_OF_FORM = re.compile(r"(?:format|[0-9]+行目(?:[0-9]+文字目)?)?")


def _tell_settings(error: InputError, findings: Findings) -> None:
    """Tell what is wrong with settings where nothing of theirs is quoted; count the rest."""
    rest = 0
    for each in error.problems:
        if _OF_FORM.fullmatch(each.place) and "「" not in each.what:
            place = f"{SETTINGS_FILE}: {each.place}" if each.place else SETTINGS_FILE
            findings.add(place, each.what, each.remedy)
        else:
            rest += 1
    if rest:
        what = f"設定 {SETTINGS_FILE} に、直すところが{rest}か所あります。"
        findings.add(SETTINGS_FILE, what, CHECK_INPUTS)


def _written_to(settings: Settings, folder: Path, findings: Findings) -> Iterator[str]:
    """Look at the folders that a report is written to; one that is not there yet will be made."""
    roles = {"報告書のフォルダー": folder, "出来上がりのフォルダー": settings.output_dir}
    if settings.collection is not None:
        roles["配るブックのフォルダー"] = settings.collection.sheets
        roles["取り込んだもののフォルダー"] = settings.collection.received
    reasons: dict[tuple[str, str], list[str]] = {}
    for role, path in roles.items():
        if why := why_unwritable(_there(path)):
            reasons.setdefault(why, []).append(role)
    for why, places in reasons.items():  # a full disk is one thing to mend, not four
        findings.add("、".join(places), *why)
    yield "書けないフォルダーあり" if reasons else "書けます"


def _there(folder: Path) -> Path:
    """Return a folder, or the nearest above it that is there."""
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each)), folder)


def _inputs(report: Report, findings: Findings) -> Iterator[str]:
    """Look for inputs that are absent, or that nobody may read or write to now."""
    settings = report.settings
    inputs = {"計画のファイル": settings.catalogue, "設定": report.settings_file}
    if settings.review is not None:
        inputs["実績のブック"] = settings.review.actuals
    for role, path in inputs.items():
        if not path.exists():
            findings.add(role, "設定に書いた場所に、ありません。", _PUT_IT_THERE)
            yield f"{role}なし"
        elif path.is_file() and not _may("rb", path):
            findings.add(
                role, "読めません（権限がないか、ほかの人が開いています）。", _LET_IT_BE_READ
            )
            yield f"{role}は読めません"
        elif path.is_file() and not _may("r+b", path):
            what = "いまは書き込めません（開かれているか、読み取り専用です）。"
            remedy = "書き込むときは、開いているプログラムを閉じるか、読み取り専用を解除して"
            findings.warn(role, what, f"{remedy}ください。")
            yield f"{role}は読むだけ"


_PUT_IT_THERE = "ファイルをそこに置くか、設定の場所と名前を、置いてあるところに直してください。"

_LET_IT_BE_READ = "開いていれば閉じ、読めるかどうかをフォルダーの管理者に確かめてください。"


def _may(mode: str, path: Path) -> bool:
    with suppress(OSError), path.open(mode):
        return True
    return False


def _template(report: Report, findings: Findings) -> str:
    """Look whether a template (様式) can be used; what it says is not told."""
    if report.base is not None:
        return "様式は使えます"
    count = len(report.findings.errors)
    findings.add("Word の様式", f"様式に、直すところが{count}か所あります。", CHECK_INPUTS)
    return "様式は使えません"
