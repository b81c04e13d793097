"""Which files a report is made from, and where each of them is kept in its archive.

Comes in: the settings of a report folder. Goes out: the inputs with their contents,
below ``inputs/`` in the folders that they have beside each other: the relative paths
in ``report.toml`` lead to them there too, and it is kept as it was written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kpireport.archives.manifest import Locations, Role
from kpireport.archives.report import FOLDER
from kpireport.domain.settings import Settings
from kpireport.findings import refuse
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass
from kpireport.sources.actuals import files_of
from kpireport.sources.settings import SETTINGS_FILE

ELSEWHERE = FOLDER / "elsewhere"  # what shares no folder with the report

# Windows and zip programs refuse or misread these in names.
_NOT_PORTABLE = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read, and its place in the archive."""

    source: Path
    path: str
    role: Role
    content: bytes


@dataclass(frozen=True, slots=True)
class Inputs:
    """All files that a report is made from, each once."""

    files: tuple[Input, ...]
    locations: Locations

    def have_changed(self) -> bool:
        """Tell whether a file is not any more what it was when it was collected."""
        return any(_read(each.source) != each.content for each in self.files)


def collect_inputs(settings: Settings, report_dir: Path | str) -> Inputs:
    """Read the files that a build with ``settings`` reads.

    Raises:
        InputError: a file is missing or cannot be read, or its name cannot be kept.
    """
    folder = Path(os.path.abspath(report_dir))  # noqa: PTH100 - as settings: .. by name
    wanted = tuple(_wanted(settings, folder))
    layout = _Layout.of(folder, [path for path, _ in wanted])
    files: dict[str, Input] = {}
    places: dict[Role, list[str]] = {role: [] for role in Role}
    for path, role in wanted:
        place = layout.place(path)
        places[role].append(str(place))
        for file in files_of(path):
            kept = str(place if file == path else place / file.name)
            _refuse_unportable(file, kept)
            files.setdefault(kept, Input(file, kept, role, _read(file)))
    (settings_place,) = places[Role.SETTINGS]
    (catalogue_place,) = places[Role.CATALOGUE]
    locations = Locations(
        settings=settings_place,
        catalogue=catalogue_place,
        actuals=next(iter(places[Role.ACTUALS]), None),
        earlier=tuple(places[Role.EARLIER]),
        template=next(iter(places[Role.TEMPLATE]), None),
    )
    return Inputs(tuple(files.values()), locations)


def _wanted(settings: Settings, folder: Path) -> Iterator[tuple[Path, Role]]:
    """Yield what the settings name, with complete paths."""
    yield folder / SETTINGS_FILE, Role.SETTINGS
    yield _absolute(settings.catalogue), Role.CATALOGUE
    if settings.word.template is not None:
        yield _absolute(settings.word.template), Role.TEMPLATE
    if settings.review is not None:
        yield _absolute(settings.review.actuals), Role.ACTUALS
        for path in settings.review.earlier:
            yield _absolute(path), Role.EARLIER


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - symbolic links stay as written


@dataclass(frozen=True, slots=True)
class _Layout:
    """``top``: the lowest folder that holds the report and what lies near it."""

    top: Path
    far: tuple[Path, ...]

    @classmethod
    def of(cls, folder: Path, paths: list[Path]) -> _Layout:
        """Find the top; a path that meets the report only at the disk's root is far."""
        tops = {path: _common_folder(folder, path) for path in paths}
        near = [top for top in tops.values() if top is not None]
        far = tuple(path for path, top in tops.items() if top is None)
        return cls(min(near, key=lambda top: len(top.parts)), far)

    def place(self, path: Path) -> PurePosixPath:
        """Return where a file or folder is kept."""
        if path in self.far:
            return ELSEWHERE / str(self.far.index(path) + 1) / path.name
        return FOLDER / path.relative_to(self.top).as_posix()


def _common_folder(folder: Path, path: Path) -> Path | None:
    for top in (folder, *folder.parents):
        if top in path.parents and top != Path(top.anchor):
            return top
    return None


def _refuse_unportable(file: Path, kept: str) -> None:
    if bad := _NOT_PORTABLE.search(kept):
        refuse(
            file,
            f"名前に、ほかのパソコンで使えない文字{bad[0]!r}があるため、保存できません。",
            "その文字を使わないファイル名・フォルダー名にしてください。",
        )


def _read(file: Path) -> bytes:
    try:
        return read_ordinary(file)
    except OSError as error:
        refuse(file, *unreadable(error))
