"""The list of what an archive holds (目録): ``manifest.json`` and ``sha256sums.txt``.

Comes in: the archive's files and what made them. Goes out: two texts that say the
same of each file, one with everything else that is known of it, one for the common
tools (``sha256sum -c``). Both are the same bytes for the same archive, and are read
back without trust: a changed list is told apart from a changed file by its seal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kpireport.messages import shortened

MANIFEST = "manifest.json"
SUMS = "sha256sums.txt"
LETTER = "お読みください.txt"

FORMAT: Literal[1] = 1
LATEST_MOMENT = 253_402_214_400  # 9999-12-31: the next day is past what a date can say
JAPAN = dt.timezone(dt.timedelta(hours=9))

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SUM_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")


class Role(StrEnum):
    """What a file is to the report."""

    PDF = "pdf"
    WORD = "word"
    WEB = "web"
    DATA = "data"
    SETTINGS = "settings"
    CATALOGUE = "catalogue"
    ACTUALS = "actuals"
    EARLIER = "earlier-actuals"
    TEMPLATE = "template"
    LETTER = "letter"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Entry(_Part):
    """A file; ``attachment`` is its name inside the PDF, empty where it is not there."""

    path: str
    role: Annotated[Role, Field(strict=False)]
    media_type: str
    size: int
    sha256: str
    attachment: str = ""


class Locations(_Part):
    """Where a build finds its inputs; those of a plan are the first two, and a template."""

    settings: str
    catalogue: str
    actuals: str | None
    earlier: tuple[str, ...]
    template: str | None = None


class Built(_Part):
    """The moment that the files bear (作成日): ISO 8601 and era, in Japan's time.

    ``source_date_epoch`` is what the environment had asked for; without it the moment
    is the beginning of the report's own date.
    """

    iso: str
    era: str
    source_date_epoch: Annotated[int, Field(ge=0, le=LATEST_MOMENT)] | None

    @property
    def moment(self) -> dt.datetime | None:
        """What a build is to be given to make the same bytes."""
        if self.source_date_epoch is None:
            return None
        return dt.datetime.fromtimestamp(self.source_date_epoch, JAPAN)


class Manifest(_Part):
    """Everything that an archive says of itself."""

    format: Literal[1]
    title: str
    issuer: str
    edition: str
    fiscal_year: int | None
    fiscal_year_name: str
    built: Built
    inputs: Locations
    files: tuple[Entry, ...]
    fonts: dict[str, str]
    versions: dict[str, str]

    @property
    def seal(self) -> str:
        """The SHA-256 of the list as it is written with an empty seal (封印)."""
        return _sum(self._text(""))

    def to_bytes(self) -> bytes:
        """Return ``manifest.json``."""
        return self._text(self.seal)

    def _text(self, seal: str) -> bytes:
        content = {**self.model_dump(mode="json"), "seal": seal}
        if self.inputs.template is None:  # as lists were before there were templates
            del content["inputs"]["template"]
        return f"{json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()

    def entry(self, role: Role) -> Entry | None:
        """Return the first file of that role."""
        return next((each for each in self.files if each.role is role), None)

    def sums(self) -> dict[str, str]:
        """Return what ``sha256sums.txt`` has to say, the list itself included."""
        return {each.path: each.sha256 for each in self.files} | {MANIFEST: _sum(self.to_bytes())}


@dataclass(frozen=True, slots=True)
class ReadManifest:
    """What could be read of a list; it is sealed if not one byte of it has changed."""

    manifest: Manifest | None
    is_sealed: bool


def read_manifest(data: bytes) -> ReadManifest:
    """Read ``manifest.json``; never fails, as a damaged list is a finding."""
    try:
        content = json.loads(data)
        seal = content.pop("seal")
        manifest = Manifest.model_validate_json(json.dumps(content))
        is_sealed = seal == manifest.seal and manifest.to_bytes() == data
    except (ValueError, ValidationError, KeyError, TypeError, AttributeError, RecursionError):
        return ReadManifest(None, is_sealed=False)
    return ReadManifest(manifest, is_sealed)


def maker_of(data: bytes) -> str:
    """Return the kpireport that a list of any form says it was made by; empty for none."""
    try:
        written = json.loads(data)["versions"]["kpireport"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return shortened(written) if isinstance(written, str) else ""


def is_of_later_format(data: bytes) -> bool:
    """Tell whether a later kpireport, with a later form of the list, has written it."""
    try:
        written = json.loads(data)["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return isinstance(written, int) and written > FORMAT


def entry_of(path: str, role: Role, content: bytes, attachment: str = "") -> Entry:
    """Return what the list says of a file."""
    suffix = PurePosixPath(path).suffix.lower()
    return Entry(
        path=path,
        role=role,
        media_type=_MEDIA_TYPES.get(suffix, "application/octet-stream"),
        size=len(content),
        sha256=_sum(content),
        attachment=attachment,
    )


def sums_text(sums: Mapping[str, str]) -> bytes:
    """Return ``sha256sums.txt`` as ``sha256sum`` writes it."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Read ``sha256sums.txt``; lines that are none are left out."""
    lines = data.decode("utf-8", errors="replace").splitlines()
    matches = (_SUM_LINE.fullmatch(line) for line in lines)
    return {match[2]: match[1] for match in matches if match}


def attachment_names(paths: Iterable[str]) -> dict[str, str]:
    """Return a name without folders for each path: ``reports_2021_actuals.xlsx``.

    Viewers show and save an attachment under the last part of its name alone.
    """
    names: dict[str, str] = {}
    for path in paths:
        parts = PurePosixPath(path).parts[1:]
        name = plain = "_".join(parts)
        number = 1
        while name in names.values():
            number += 1
            name = f"{number}_{plain}"
        names[path] = name
    return names


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
