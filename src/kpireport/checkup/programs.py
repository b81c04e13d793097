"""What was installed: the program and its libraries, the fonts, Java for checking PDFs."""

from __future__ import annotations

import hashlib
import platform
import re
import struct
import sys
from importlib.metadata import Distribution, PackageNotFoundError, version
from pathlib import Path
from subprocess import SubprocessError

from kpireport import __version__
from kpireport.checkup.points import Point
from kpireport.errors import MissingToolError
from kpireport.findings import Findings
from kpireport.installed import noted, required
from kpireport.ordinary_files import read_ordinary
from kpireport.validation.verapdf import find_jar, find_java, java_version
from kpireport.writers.fonts import font_directory

FONTS = {
    "BIZUDGothic-Bold.ttf": "d4ac5302ab946ef8b81c6a11afc6ed553b4b4d4964ead16460fb53168e4724ae",
    "BIZUDGothic-Regular.ttf": "1e190f86ee44b54e999a02c3cd34c4fd4805aa1e9b08849332c3b573c8c869fc",
    "BIZUDMincho-Regular.ttf": "12a760927333e6099c7d55508b03617d905836041d3883c766e88a2e892a96c3",
}
"""The SHA-256 of the fonts that the program comes with."""

_INSTALL_AGAIN = "配られたものから、kpireport を入れ直してください。"
_TESTED_WITH = re.compile(r"Programming Language :: Python :: (3\.\d+)")
_LEAST_JAVA = 11


def look_at_versions() -> Point:
    """Look at the versions of the program, of Python and of the system."""
    findings = Findings("版")
    bits = 8 * struct.calcsize("P")
    found = (
        f"kpireport {__version__}、Python {platform.python_version()}（{bits}ビット）、"
        f"{platform.system()} {platform.release()}（{platform.version()}、{platform.machine()}）"
    )
    tested = _tested_with(noted())
    if tested and "{}.{}".format(*sys.version_info) not in tested:
        findings.warn(
            "",
            f"Python {platform.python_version()} では、kpireport を試していません。",
            f"困ったことがあれば、Python {'、'.join(tested)} のどれかに入れ直してください。",
        )
    return Point("版", found, findings.problems)


def _tested_with(notes: Distribution | None) -> tuple[str, ...]:
    if notes is None:
        return ()
    named = notes.metadata.get_all("Classifier") or ()
    return tuple(found[1] for each in named if (found := _TESTED_WITH.fullmatch(each)))


def look_at_libraries() -> Point:
    """Hold the libraries that are here against those that the program asks for."""
    notes = noted()
    if notes is None:
        return Point("部品", "入れたものの控えがありません（フォルダーから動いています）")
    findings = Findings("部品")
    told = []
    for each in required(notes):
        try:
            here = version(each.name)
        except PackageNotFoundError:
            findings.add(each.name, "入っていません。", _INSTALL_AGAIN)
            continue
        told.append(f"{each.name} {here}")
        if not each.specifier.contains(here, prereleases=True):
            what = f"版 {here} は、使えない版です（{each.specifier} が要ります）。"
            findings.add(each.name, what, _INSTALL_AGAIN)
    return Point("部品", "、".join(told), findings.problems)


def look_at_fonts(folder: Path | None = None) -> Point:
    """Look whether the fonts are there, can be read, and are those that were given out.

    Args:
        folder: of the fonts; ``None`` for where the program has them.
    """
    folder = folder or font_directory()
    findings = Findings("書体")
    for name, expected in FONTS.items():
        try:
            data = read_ordinary(folder / name)
        except FileNotFoundError:
            findings.add(name, "ありません。", _INSTALL_AGAIN)
        except OSError:
            remedy = f"ウイルス対策ソフトなどが止めていないかを確かめ、{_INSTALL_AGAIN}"
            findings.add(name, "読めません。", remedy)
        else:
            if hashlib.sha256(data).hexdigest() != expected:
                what = "配られたものと違います（照合値が合いません）。"
                findings.add(name, what, _INSTALL_AGAIN)
    found = "元のまま" if not findings.problems else "直すところあり"
    return Point("書体", f"{found}（{len(FONTS)}ファイル）", findings.problems)


def look_at_java() -> Point:
    """Look for what finished PDFs are checked with: nothing else needs it."""
    subject = "PDF の検査"
    findings = Findings(subject)
    without = "検査をしないなら、このままでかまいません。するなら、検査の部品を入れてください。"
    try:
        find_jar()
        java = find_java()
    except MissingToolError as error:
        what, _, _ = str(error).partition("\n")
        findings.warn("", what, without)
        return Point(subject, "使えません", findings.problems)
    try:
        number = java_version(java)
    except (OSError, SubprocessError):
        findings.warn("Java", "Java が動きません。", without)
        return Point(subject, "使えません", findings.problems)
    if _major(number) < _LEAST_JAVA:
        what = f"Java {number or '（版が分かりません）'} は古くて、検査に使えません。"
        findings.warn("Java", what, f"Java {_LEAST_JAVA} 以降を入れてください。")
    return Point(subject, f"Java {number}", findings.problems)


def _major(number: str) -> int:
    """Return the version that people speak of: 8 of 1.8.0, 21 of 21.0.8; 0 of none."""
    parts = [int(each) for each in re.findall(r"\d+", number)]
    return (parts[1] if parts[:1] == [1] and len(parts) > 1 else parts[0]) if parts else 0
