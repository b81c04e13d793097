"""What shapes the bytes of a report: programs, libraries, fonts.

Goes out: the version of each as it is in this process. Neither the clock nor the
system's time zones are among them: days are counted in Japan's time, a fixed nine
hours ahead.
"""

from __future__ import annotations

import hashlib
import platform
import sys
import unicodedata
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from pyexpat import EXPAT_VERSION

import pikepdf
from icu4py import icu_version
from lxml.etree import LIBXML_VERSION
from PIL import features

from kpireport import __version__
from kpireport.writers.charts.compiled import compiled
from kpireport.writers.fonts import font_directory

# those of pyproject.toml that make or check content, and what they draw or compute with
PACKAGES = (
    *("babel", "budoux", "contourpy", "fonttools", "icu4py", "kiwisolver", "lxml", "matplotlib"),
    *("numpy", "pikepdf", "pillow", "pydantic", "pydantic-core", "python-docx", "python-pptx"),
    *("reportlab", "xlsxwriter"),
)
_ABSENT = "-"


@cache
def versions() -> dict[str, str]:
    """Return the versions by name; a library inside another names that in brackets."""
    return {
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "kpireport": __version__,
        "kpireport (SHA-256 of the program)": program_sum(),
        **{package: _version(package) for package in PACKAGES},
        **_libraries(),
    }


@cache
def fonts() -> dict[str, str]:
    """Return the SHA-256 of each bundled font by its file's name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(font_directory().glob("*.ttf"))
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return _ABSENT


def _libraries() -> dict[str, str]:
    return {
        "ICU (icu4py)": icu_version,
        "Unicode (Python)": unicodedata.unidata_version,
        "expat (Python)": EXPAT_VERSION.removeprefix("expat_"),
        "zlib (Python)": zlib.ZLIB_RUNTIME_VERSION,
        "zlib (pillow)": features.version("zlib") or _ABSENT,
        "Little CMS (pillow)": features.version("littlecms2") or _ABSENT,
        "FreeType (matplotlib)": compiled("matplotlib.ft2font").__freetype_version__,
        "libxml2 (lxml)": ".".join(map(str, LIBXML_VERSION)),
        "qpdf (pikepdf)": pikepdf.__libqpdf_version__,
    }


@cache
def program_sum() -> str:
    """Return one sum over the package's files: it tells apart what one version number may not."""
    package = Path(sys.modules["kpireport"].__path__[0])
    names = (
        path.relative_to(package)
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    digest = hashlib.sha256()
    for name in sorted(name.as_posix() for name in names if name.parts[0] != "fonts"):
        content = hashlib.sha256((package / name).read_bytes()).hexdigest()
        digest.update(f"{content}  {name}\n".encode())
    return digest.hexdigest()
