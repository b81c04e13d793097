"""What others made that is inside a wheel: libraries, programs, jars, data.

Comes in: a wheel. Goes out: components, each with its licence, and its version where it can be
read; or what nobody tells of the wheel's files.

A wheel that says what it is made of is believed (PEP 770: ``.dist-info/sboms``), and so are a
jar's ``pom.properties`` and the notices of a Java runtime. The rest is told by ``inside.toml``,
whose comment says how. Nothing compiled may go untold: a library that a new release carries stops
the making of the folder, until a row says what it is.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from packaging.utils import NormalizedName

from tools.offline.contents import Contents, is_module
from tools.offline.licences import UntoldError, spdx
from tools.offline.wheels import Wheel

TABLE = Path(__file__).with_name("inside.toml")
# "## zlib v1.3.1", "## PipeWire 1.3.81": of a Java runtime's notices
_HEADING = re.compile(
    r"## (?P<name>.+?)(?:,? (?:v ?|Version |release )?(?P<version>\d[\w.-]*))?\s*\n"
)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Component:
    """Something that others made.

    Attributes:
        title: its name as its makers write it.
        licence: an SPDX expression.
        version: of the release; empty where the wheel does not say it.
        summary: what it is, in a few words; empty where its name says it.
        address: a package URL (https://github.com/package-url); empty where it has none.
        cpe: what vulnerabilities are told of it by (CPE 2.3); empty where that is not known.
        texts: of licences that its wheel does not have as such, each with a name.
    """

    title: str
    licence: str
    version: str = ""
    summary: str = ""
    address: str = ""
    cpe: str = ""
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table; see there.

    Attributes:
        files: patterns of the files that it explains.
        name: of the component; empty where the files name it.
        licence: an SPDX expression; empty where the wheel's SBOM says it.
        summary: what it is, where its name does not say it.
        version: patterns of files, each with the expression that finds the version.
        address: a package URL, without the version; empty for that of the wheel's SBOM, if any.
        cpe: the vendor and the product of its CPE.
        sbom: the name that the wheel's SBOM has for it; empty for the same.
        own: whether the files are of those who made the wheel.
    """

    files: Sequence[str]
    name: str = ""
    licence: str = ""
    summary: str = ""
    version: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    cpe: str = ""
    sbom: str = ""
    own: bool = False

    def among(self, names: Iterable[str]) -> list[str]:
        """Return the files that the row explains."""
        return [each for each in names if any(fnmatchcase(each, glob) for glob in self.files)]


def read_table(path: Path = TABLE) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each distribution, by its name as everybody writes it."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(Row(**each) for each in rows) for name, rows in table.items()}


def look_inside(wheel: Wheel, table: Mapping[str, Sequence[Row]]) -> tuple[Component, ...]:
    """Return what others made that is inside a wheel.

    Args:
        wheel: it.
        table: the rows of all distributions.

    Raises:
        UntoldError: the table does not tell whose a file is, or tells wrongly how to read a
            version.
    """
    rows = table.get(wheel.name, ())
    found: list[Component] = []
    with Contents(wheel.path) as contents:
        said = list(_of_sboms(contents, wheel.name))
        explained: set[str] = set()
        for row in rows:
            files = row.among(contents.names)
            explained.update(files)
            here = [each for each in said if _is(each, row)]
            said = [each for each in said if each not in here]
            if files and not row.own:
                found += _of_row(row, files, here, contents)
        untold = [
            each
            for each in contents.to_be_explained()
            if each not in explained and not (is_module(each) and wheel.name in table)
        ]
    if untold:
        raise UntoldError(_whose(wheel, untold))
    for each in (*said, *found):
        spdx(f"{each.title} in {wheel.name}", each.licence)
    return tuple(dict.fromkeys((*found, *said)))


def _whose(wheel: Wheel, files: Sequence[str]) -> str:
    shown = "".join(f"\n    {each}" for each in files[:_SHOWN])
    more = f"\n    and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    return (
        f"{wheel.path.name}: nobody tells who made\n{shown[1:]}{more}\n"
        f'  add to "{wheel.name}" in tools/offline/inside.toml what it is, by such a row:\n'
        f'    {{ name = "…", licence = "…", files = ["{files[0]}"] }},'
    )


def _is(component: Component, row: Row) -> bool:
    return component.title.casefold() == (row.sbom or row.name).casefold()


# --- what the table tells ---------------------------------------------------------


def _of_row(
    row: Row, files: Sequence[str], said: Sequence[Component], contents: Contents
) -> Iterator[Component]:
    if not row.name:
        for file in files:
            yield from _named_by(file, contents, row.licence)
        return
    version = _version(row, contents) or next((each.version for each in said), "")
    licence = row.licence or _joined([each.licence for each in said])
    address = f"{row.address}@{version}" if row.address and version else row.address
    address = address or next((each.address for each in said if each.version == version), "")
    # those of a distribution, "1.5.3-14.el8", are not what the database has
    is_plain = re.fullmatch(r"\d[\d.]*[a-z]?", version)
    cpe = f"cpe:2.3:a:{row.cpe}:{version}:*:*:*:*:*:*:*" if row.cpe and is_plain else ""
    yield Component(row.name, licence, version, row.summary, address, cpe)


def _named_by(file: str, contents: Contents, licence: str) -> Iterator[Component]:
    """Yield what a file names: a jar's part by its properties, else by its heading or its name."""
    folder, _, name = file.rpartition("/")
    if name == "pom.properties":
        lines = contents.read(file).decode().splitlines()
        about = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        group, artifact, version = (about[key] for key in ("groupId", "artifactId", "version"))
        address = f"pkg:maven/{group}/{artifact}@{version}"
        yield Component(f"{group}:{artifact}", licence, version, address=address)
    elif "!/" not in folder:
        heading = _HEADING.match(contents.read(file).decode("utf-8", "replace"))
        title, version = heading.group("name", "version") if heading else (Path(name).stem, "")
        yield Component(title, licence, version or "")


def _version(row: Row, contents: Contents) -> str:
    """Return the version, looked for in the files that may have it, as bytes and as UTF-16.

    An expression also sees the file's name, as a first line.
    """
    looked_at = ""
    for glob, expression in row.version.items():
        for name in contents.names:
            if not fnmatchcase(name, glob):
                continue
            looked_at = looked_at or name
            content = contents.read(name)
            # Windows keeps what a library says of itself as UTF-16
            for text in (content.decode("latin-1"), content.decode("utf-16-le", "replace")):
                if match := re.search(expression, f"{name}\n{text}"):
                    return ".".join(match.groups())
    if looked_at:
        raise UntoldError(
            f"{row.name}: its version is not where tools/offline/inside.toml says, in {looked_at}"
        )
    return ""


# --- what the wheel tells ---------------------------------------------------------


def _of_sboms(contents: Contents, wheel: NormalizedName) -> Iterator[Component]:
    """Yield the components of the wheel's own SBOMs, but for those that are itself."""
    for name in contents.sboms():
        said = json.loads(contents.read(name))
        if said.get("bomFormat") != "CycloneDX":
            raise UntoldError(f"{wheel}: {name} is no SBOM that tools/offline/inside.py can read")
        for each in said.get("components", ()):
            address = each.get("purl", "")
            if each.get("scope") == "excluded" or address.startswith(f"pkg:pypi/{wheel}@"):
                continue
            licence = _joined([_licence(choice) for choice in each.get("licenses", ())])
            yield Component(each["name"], licence, each.get("version", ""), address=address)


def _licence(choice: Mapping[str, Any]) -> str:
    licence = choice.get("license", {})
    return str(choice.get("expression") or licence.get("id") or licence.get("name", ""))


def _joined(licences: Sequence[str]) -> str:
    """Return the expression of what is under each of some licences."""
    alone = len(licences) < 2
    return " AND ".join(each if alone or " OR " not in each else f"({each})" for each in licences)
