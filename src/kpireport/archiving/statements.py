"""What an archive's list says of its report, held against what the inputs say.

Comes in: the files of an archive and its list, whose sums all fit. Goes out: findings. Sums
vouch for files, not for the words of the list beside them: its edition, its years, its date,
and where it says that the inputs lie are read from the kept settings again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from kpireport.archives.manifest import JAPAN, MANIFEST, Built, Locations, Manifest
from kpireport.archives.report import FOLDER, OpenedReport, opened_report
from kpireport.archiving.checks import ArchiveFinding, ArchiveFindingKind
from kpireport.archiving.inputs import ELSEWHERE
from kpireport.domain.settings import Settings
from kpireport.domain.years import format_date, format_fiscal_year
from kpireport.messages import quoted


def year_name(settings: Settings) -> str:
    """Return the reported year as the list names it, empty for a plan."""
    if settings.review is None:
        return ""
    return format_fiscal_year(settings.review.fiscal_year, settings.numerals)


def built_at(settings: Settings, moment: dt.datetime | None) -> Built:
    """Return the moment that the files bear: the given one to the second, or the report's day."""
    day = dt.datetime.combine(settings.date, dt.time(), JAPAN)
    epoch = None if moment is None else int(moment.timestamp())
    shown = day if epoch is None else dt.datetime.fromtimestamp(epoch, JAPAN)
    try:
        era = format_date(shown.date(), settings.numerals)
    except ValueError:  # before the eras that are known: the report bears an odd date
        era = ""
    return Built(iso=shown.isoformat(), era=era, source_date_epoch=epoch)


def false_statements(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[ArchiveFinding]:
    """Yield what the list says otherwise than the inputs.

    Raises:
        InputError: the inputs are not complete, or cannot be used.
        OutputError: there is no room for working files.
    """
    with opened_report(files, manifest) as opened:
        said = [*_said(manifest, opened.written), *_places(manifest.inputs, opened)]
    yield from (_finding(*each) for each in said)


def false_names(manifest: Manifest, title: str, issuer: str) -> Iterator[ArchiveFinding]:
    """Yield what the list says otherwise than the document that was made again."""
    for what, listed, meant in (
        ("題名", manifest.title, title),
        ("発行者", manifest.issuer, issuer),
    ):
        if listed != meant:
            yield _finding(what, listed, meant)


def _said(manifest: Manifest, settings: Settings) -> Iterator[tuple[str, str, str]]:
    review, built = settings.review, built_at(settings, manifest.built.moment)
    for what, listed, meant in (
        ("版", manifest.edition, str(settings.edition)),
        ("年度", manifest.fiscal_year, review.fiscal_year.year if review else None),
        ("年度の名前", manifest.fiscal_year_name, year_name(settings)),
        ("作成日", manifest.built.iso, built.iso),
        ("作成日の元号", manifest.built.era, built.era),
    ):
        if listed != meant:
            yield what, str(listed or "なし"), str(meant or "なし")


def _places(listed: Locations, opened: OpenedReport) -> Iterator[tuple[str, str, str]]:
    settings, review = opened.written, opened.written.review
    actuals = [review.actuals] if review else []
    template = [settings.word.template] if settings.word.template else []
    for what, places, paths in (
        ("計画の場所", [listed.catalogue], [settings.catalogue]),
        ("実績の場所", [listed.actuals] if listed.actuals else [], actuals),
        ("前の年度の実績", [*listed.earlier], [*(review.earlier if review else ())]),
        ("様式の場所", [listed.template] if listed.template else [], template),
    ):
        are_alike = len(places) == len(paths) and all(
            _leads_to(path, place, opened.top) for path, place in zip(paths, places, strict=True)
        )
        if not are_alike:
            names = (_seen_from(path, opened.top) for path in paths)
            yield what, "、".join(places) or "なし", "、".join(names) or "なし"


def _leads_to(path: Path, place: str, top: Path) -> bool:
    """Whether a path of the settings leads to a place of the archive.

    What lay far from the report is kept elsewhere, under its name; and another system's
    paths cannot be followed.
    """
    seen = _seen_from(path, top)
    is_far = PurePosixPath(place).is_relative_to(ELSEWHERE)
    if PurePosixPath(seen).is_relative_to(FOLDER) and "\\" not in seen and not is_far:
        return seen == place
    return re.split(r"[/\\]", seen)[-1] == PurePosixPath(place).name


def _seen_from(path: Path, top: Path) -> str:
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else str(path)


def _finding(what: str, listed: str, meant: str) -> ArchiveFinding:
    told = (
        f"照合値は合いますが、{what}が、保存した入力と合いません"
        f"（目録は{quoted(listed)}、入力からは{quoted(meant)}）。"
    )
    return ArchiveFinding(ArchiveFindingKind.MANIFEST, MANIFEST, told)
