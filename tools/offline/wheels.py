"""What a wheel says of itself: its release, what it needs, under which licences it is.

Comes in: a wheel. Goes out: facts.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

# of a file's name, and of a folder whose files are such texts
_TEXT = re.compile(
    r"(licen[cs]es?|copying|notice|third_party|additional_license|assembly_exception)\b"
    r"|.*\.licen[cs]e(\.txt)?$",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"(licen[cs]es|legal|third_party|license_files)$", re.IGNORECASE)
_NO_TEXT = re.compile(r".*\.(py|pyc|pyi|so|dll|pyd|json)$", re.IGNORECASE)
_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel.

    Attributes:
        path: the file.
        sha256: of the file, in hexadecimal digits.
        title: the distribution's name as its makers write it.
        version: of the release.
        summary: what it is, in one line of its makers.
        licence: in its own words; :mod:`~tools.offline.licences` makes an SPDX expression of them.
        texts: the texts of licences, each with the name of its file in the wheel.
        requires: what it needs.
    """

    path: Path
    sha256: str
    title: str
    version: str
    summary: str
    licence: str
    texts: tuple[tuple[str, str], ...]
    requires: tuple[Requirement, ...]

    @property
    def name(self) -> NormalizedName:
        """The distribution's name as everybody writes it."""
        return canonicalize_name(self.title)


def read_wheel(path: Path) -> Wheel:
    """Read what a wheel says of itself."""
    with zipfile.ZipFile(path) as archive:
        metadata = _metadata(archive)
        texts = tuple(_texts(archive))
    return Wheel(
        path,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        str(metadata["Name"]),
        str(metadata["Version"]),
        str(metadata["Summary"] or ""),
        _licence(metadata),
        texts,
        tuple(Requirement(str(each)) for each in metadata.get_all("Requires-Dist", ())),
    )


def is_text(name: str) -> bool:
    """Whether a file is the text of a licence, by its name or that of a folder that it is in."""
    path = PurePosixPath(name)
    if name.endswith("/") or _NO_TEXT.match(path.name):
        return False
    return bool(_TEXT.match(path.name) or any(map(_FOLDER.match, path.parts[:-1])))


def _metadata(archive: zipfile.ZipFile) -> Message:
    """Return the metadata, which the first folder of that ending has, as in the standard."""
    pattern = re.compile(r"[^/]+\.dist-info/METADATA")
    (name,) = filter(pattern.fullmatch, archive.namelist())
    return message_from_bytes(archive.read(name))


def _licence(metadata: Message) -> str:
    """Return the licence by the newest of the three ways to say it that the wheel has."""
    classifiers = map(str, metadata.get_all("Classifier", ()))
    of_classifiers = [
        each.rpartition(" :: ")[2] for each in classifiers if each.startswith(_CLASSIFIER)
    ]
    written = str(metadata["License"] or "").strip()
    if metadata["License-Expression"]:
        return str(metadata["License-Expression"])
    if written and "\n" not in written:  # some put the whole text there
        return written
    return "、".join(of_classifiers)


def _texts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the texts of licences, each once, wherever in the wheel they are."""
    seen: set[str] = set()
    for name in filter(is_text, sorted(archive.namelist())):
        text = archive.read(name).decode("utf-8", errors="replace").replace("\r\n", "\n")
        if text not in seen:
            seen.add(text)
            yield name, text
