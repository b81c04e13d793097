"""What prints otherwise than in an earlier version: the samples' documents, compared.

Comes in: a tag or commit. Goes out: Markdown, a section for each sample document, of what differs
between the Word files that the version of then made of its samples and those of now: for the notes
of what changes in print (``docs/handbook/upgrading.md``), where people say why. What the
samples themselves say otherwise now is among it. Run it from the repository's root::

    python -m tools.releasing.changes v0.2.0

The old program runs with the libraries of this environment.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kpireport.comparing import compare
from kpireport.domain.names import in_one_line
from kpireport.errors import KpiReportError
from kpireport.messages import shortened

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("catalogue.json", "reports")
_MOST = 20  # differences of a document that are shown


def changes_since(old: str, names: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of the notes.

    Args:
        old: a tag or commit.
        names: the sample folders that are compared; all that both versions have without any.

    Raises:
        subprocess.CalledProcessError: there is no such version, or no program in it.
    """
    with TemporaryDirectory() as place:
        then, now = Path(place, "then"), Path(place, "now")
        _unpack(old, then, "src", "fonts", *SAMPLES)
        _unpack("HEAD", now, *SAMPLES)
        for report in names or _common(then, now):
            files = [_word(then, report, then / "src"), _word(now, report, ROOT / "src")]
            yield from section(report, *files)


def _unpack(version: str, folder: Path, *paths: str) -> None:
    done = subprocess.run(  # noqa: S603 -- git, with names that a maintainer types
        ["git", "archive", version, "--", *paths],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _common(then: Path, now: Path) -> tuple[str, ...]:
    found = (
        {each.parent.relative_to(root).as_posix() for each in root.rglob("report.toml")}
        for root in (then, now)
    )
    return tuple(sorted(set.intersection(*found)))


def _word(folder: Path, report: str, source: Path) -> Path | None:
    """Have a version's program build a sample; return the Word file, ``None`` if it refuses."""
    subprocess.run(  # noqa: S603 -- this Python
        [sys.executable, "-m", "kpireport", "build", "--quiet", folder / report],
        env={**os.environ, "PYTHONPATH": str(source)},
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return next(iter(sorted((folder / report / "out").glob("*.docx"))), None)


def section(report: str, then: Path | None, now: Path | None) -> Iterator[str]:
    """Yield what differs between two Word files of a sample, as a section."""
    yield f"## {report}\n"
    if then is None or now is None:
        yield f"{'前' if then is None else 'いま'}の版では作れません。\n"
        return
    try:
        found = compare(then, now).differences
    except KpiReportError as error:
        yield f"比べられません: {error}\n"
        return
    yield f"{len(found)}か所が違います。\n" if found else "違いはありません。\n"
    for each in found[:_MOST]:
        place = "、".join((*each.place, *filter(None, (each.name, each.item))))
        old, new = (shortened(in_one_line(text or "（なし）")) for text in (each.old, each.new))
        yield f"- {each.kind}（{place}）: {old} → {new}"
    if len(found) > _MOST:
        yield f"- ほか{len(found) - _MOST}か所"
    yield ""


if __name__ == "__main__":
    for line in changes_since(sys.argv[1], tuple(sys.argv[2:])):
        print(line)  # noqa: T201 -- it is a tool
