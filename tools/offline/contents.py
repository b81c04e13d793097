"""The files of a wheel, with those of the jars in it, and which of them have to be explained.

Comes in: a wheel. Goes out: the names of files, ``a.jar!/b.class`` for those of a jar; contents.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import TracebackType

from tools.offline.wheels import is_text

# how files with instructions for a processor begin: ELF, Windows, macOS, WebAssembly, archives of
# such; and the modules of a Java runtime
_COMPILED = (
    *(b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\0asm", b"!<ar"),
    *(b"\xda\xda\xfe\xca", b"\xca\xfe\xda\xda"),
)
_MODULE = re.compile(r"[^!]*\.(cpython-\w+(-\w+)*\.so|abi3\.so|pyd|cp3\d+-win_amd64\.lib)")
_OF_WHEEL = re.compile(r"[^/]+\.dist-info/(licen[cs]es/)?[^/]+")
_POM = re.compile(r".*\.jar!/META-INF/maven/[^/]+/[^/]+/pom\.properties")
_SBOM = re.compile(r"[^/]+\.dist-info/sboms/[^/]+")


class Contents:
    """A wheel that is open, as a context manager."""

    def __init__(self, path: Path) -> None:
        self._archives = {"": zipfile.ZipFile(path)}
        for name in self._archives[""].namelist():
            if name.endswith(".jar"):
                jar = zipfile.ZipFile(BytesIO(self._archives[""].read(name)))
                self._archives[f"{name}!/"] = jar
        self.names = tuple(
            f"{prefix}{name}"
            for prefix, archive in self._archives.items()
            for name in sorted(archive.namelist())
            if not name.endswith(("/", ".jar"))
        )

    def __enter__(self) -> Contents:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for archive in self._archives.values():
            archive.close()

    def read(self, name: str, most: int = -1) -> bytes:
        """Return what a file has, or its first bytes."""
        jar, mark, inner = name.rpartition("!/")
        with self._archives[jar + mark].open(inner) as stream:
            return stream.read(most)

    def sboms(self) -> Iterator[str]:
        """Yield the files that say what the wheel is made of (PEP 770)."""
        return (each for each in self.names if _SBOM.fullmatch(each))

    def to_be_explained(self) -> Iterator[str]:
        """Yield the files that others may have made.

        These are what is compiled, what has a licence of its own beside the wheel's, and what a
        jar says that it was made of. Modules of Python are told by :func:`is_module`.
        """
        for name in self.names:
            is_told = (is_text(name) and not _OF_WHEEL.fullmatch(name)) and "!/" not in name
            if is_told or _POM.fullmatch(name) or self._is_compiled(name):
                yield name

    def _is_compiled(self, name: str) -> bool:
        return name.endswith(".class") or self.read(name, 4).startswith(_COMPILED)


def is_module(name: str) -> bool:
    """Whether a compiled file is one that Python imports, rather than a library or a program."""
    return bool(_MODULE.fullmatch(name))
