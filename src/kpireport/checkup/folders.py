"""A folder and the reports in it: whether they can be read, written to, and carried elsewhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from kpireport.checkup.machine import look_at_writing
from kpireport.checkup.points import CHECK_INPUTS, Point, Spot
from kpireport.checkup.shares import PlaceKind, kind_of
from kpireport.domain.settings import Settings
from kpireport.errors import InputError
from kpireport.files import why_unwritable
from kpireport.findings import Findings
from kpireport.messages import printable
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.file_names import (
    LONGEST_NAME,
    NOT_IN_FILE_NAMES,
    device_of,
    has_loose_ends,
)
from kpireport.sources.report_folders import is_looked_into
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
        closed: the folders below it that nobody may look into.
    """

    folder: Path
    files: tuple[Path, ...]
    reports: tuple[Path, ...]
    closed: tuple[Path, ...] = ()

    @classmethod
    def of(cls, folder: Path) -> Around:
        """Look around in a folder."""
        root = folder.absolute()
        closed: list[OSError] = []
        files = tuple(sorted(islice(_files(root, closed.append), _MOST_FILES)))
        reports = tuple(each.parent for each in files if each.name == SETTINGS_FILE)
        return cls(root, files, reports[:_MOST_REPORTS], tuple(map(_place_of, closed)))


def _place_of(refused: OSError) -> Path:
    return Path(refused.filename)


def _files(root: Path, refused: Callable[[OSError], None]) -> Iterator[Path]:
    for at, folders, names in os.walk(root, onerror=refused):
        depth = len(Path(at).relative_to(root).parts)
        folders[:] = sorted(filter(is_looked_into, folders)) if depth < _DEEPEST else []
        yield from (Path(at, name) for name in sorted(names))


class _Spotted(Findings):
    """What is wrong with a folder, and where, for whoever asked alone."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self._spots: list[Spot] = []

    def warn_of(self, paths: Iterable[Path], what: str, remedy: str, *, place: str = "") -> None:
        """Note what deserves a second look, and what it is about, which is not told."""
        self.warn(place, what, remedy)
        self._spots.append(Spot(what, tuple(paths)))

    def point(self, found: str) -> Point:
        """Return what was looked at, which there is so much of."""
        return Point(self.file, found, self.problems, spots=tuple(self._spots))


def look_at_folder(around: Around) -> Iterator[Point]:
    """Look at where a folder is, what it is called, who has files of it open."""
    yield _place(around)
    yield _names(around)
    yield _lengths(around)
    yield _open_files(around)


def _place(around: Around) -> Point:
    findings = _Spotted("フォルダー")
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
        what = f"開けないフォルダーが、{len(around.closed)}個あります。その中は、調べていません。"
        remedy = "要るものがあれば、フォルダーの管理者に権限を依頼してください。"
        findings.warn_of(around.closed, what, remedy)
    meaning = _OF_SHARES if kind is PlaceKind.SHARE else ""
    return findings.point(f"{kind}{meaning}、{told}")


_OF_SHARES = (
    "：ほかの人も同時に開けます。画面を開いている人がいれば示し、調べている間に"
    "ほかの人が書き換えたファイルには書き込みません。回線が遅いと、読み書きに時間がかかります"
)


def _names(around: Around) -> Point:
    """Look for names that other systems do not take, or that do not look as they are."""
    findings = _Spotted("名前")
    paths = tuple(_named(around))
    for what, remedy, bad in _unusable(paths):
        findings.warn_of(bad, f"Windows で使えない名前{what}が、{len(bad)}個あります。", remedy)
    if split := [each for each in paths if not unicodedata.is_normalized("NFC", each.name)]:
        what = f"濁点などの文字が分かれた名前（Mac のもの）が、{len(split)}個あります。"
        remedy = "Windows で名前を打ち直すと、設定に書いた名前と合います。"
        findings.warn_of(split, what, remedy)
    if strange := [each for each in paths if any(map(_is_strange, each.name))]:
        characters = sorted({char for each in strange for char in each.name if _is_strange(char)})
        codes = "、".join(f"U+{ord(each):04X}" for each in characters[:10])
        what = f"古いプログラムが開けない文字（{codes}）が、名前にあります。"
        findings.warn_of(strange, what, "開けないときは、別の字にしてください。")
    return findings.point(f"{len(paths):,}個の名前を調べました")


def _named(around: Around) -> Iterator[Path]:
    """Yield what has a name: the files and folders below, the folder and those above it."""
    above = (around.folder, *around.folder.parents)
    found = {path for each in around.files for path in (each, *each.parents)} | set(above)
    # the root has no name, hidden ones are other programs' own
    yield from sorted(each for each in found if each.name and not each.name.startswith((".", "~")))


def _unusable(paths: Sequence[Path]) -> Iterator[tuple[str, str, Sequence[Path]]]:
    """Yield why Windows refuses names, how they are mended, and whose they are."""
    if bad := [each for each in paths if NOT_IN_FILE_NAMES.search(each.name)]:
        marks = sorted({mark for each in bad for mark in NOT_IN_FILE_NAMES.findall(each.name)})
        shown = printable(" ".join(marks))
        yield f"（{shown}）", '名前から < > : " / \\ | ? * と改行を除いてください。', bad
    if bad := [each for each in paths if device_of(each.name)]:
        devices = "、".join(sorted({device_of(each.name) for each in bad}))
        remedy = "名前の「.」より前を、別の名前にしてください。"
        yield f"（{devices}：Windows の装置の名前）", remedy, bad
    if bad := [each for each in paths if has_loose_ends(each.name)]:
        yield "（初めか終わりの空白や「.」）", "初めと終わりの空白と「.」を除いてください。", bad
    if bad := [each for each in paths if len(each.name) > LONGEST_NAME]:
        yield "（長すぎるもの）", f"名前を {LONGEST_NAME}字以内にしてください。", bad


def _is_strange(char: str) -> bool:
    try:
        unicodedata.normalize("NFC", char).encode(_CODE_PAGE)
    except UnicodeEncodeError:
        return not unicodedata.combining(char)
    return False


def _lengths(around: Around) -> Point:
    """Look for paths that programs on Windows do not open: work is carried there."""
    findings = _Spotted("場所の長さ")
    longest = max((len(str(each)) for each in around.files), default=len(str(around.folder)))
    books = [each for each in around.files if each.suffix.lower() in (".xlsx", ".csv")]
    remedy = "浅いフォルダーに移すか、フォルダーの名前を短くしてください。"
    if longest > _OF_WINDOWS:
        what = f"場所と名前を合わせて {longest}字のものがあり、Windows で開けません"
        found = _longer(around.files, _OF_WINDOWS)
        findings.warn_of(found, f"{what}（{_OF_WINDOWS}字まで）。", remedy)
    elif found := _longer(books, _OF_EXCEL):
        length = max(len(str(each)) for each in found)
        what = f"場所と名前を合わせて {length}字のブックがあり、Excel で開けません"
        findings.warn_of(found, f"{what}（{_OF_EXCEL}字まで）。", remedy)
    return findings.point(f"最も長いもので {longest}字")


def _longer(paths: Sequence[Path], most: int) -> Sequence[Path]:
    return [each for each in paths if len(str(each)) > most]


def _open_files(around: Around) -> Point:
    """Look for the files that Excel, Word and LibreOffice keep beside what they have open."""
    findings = _Spotted("開かれているファイル")
    locks: dict[str, list[Path]] = {}
    for each in around.files:
        if found := _LOCK.fullmatch(each.name):
            locks.setdefault(_shown(found["office"] or found["libre"]), []).append(each)
    for name, paths in sorted(locks.items()):
        what = "Excel、Word、LibreOffice のどれかで開かれているようです。"
        remedy = (
            "書き込む前に閉じてください。だれも開いていなければ、~$ や .~lock で始まる"
            "隠しファイルが残っています。それを消してください。"
        )
        findings.warn_of(paths, what, remedy, place=name)
    count = sum(map(len, locks.values()))
    return findings.point(f"{count}個" if count else "なし")


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
