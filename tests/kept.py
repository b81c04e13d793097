"""What takes seconds to make and many tests read: made once, kept on disk by its sources' hash.

Kept below pytest's own cache, in a folder named by the hash of everything that can change
what is made (the product, the fonts, the samples' inputs, the tests' helpers, the versions of
all packages): what any of it would make otherwise is made anew. The processes of one run wait
for each other's work. Whoever tests the making itself makes things anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TypeVar, cast

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
# pytest --cache-clear empties it, and make clean removes it
KEPT = ROOT / ".pytest_cache" / "d" / "kpireport"
GENERATIONS = 3  # of sources: going back and forth between two versions costs nothing


def kept(name: str, make: Callable[[], T], *made_of: bytes) -> T:
    """Return what ``make`` returns; it is not called where that is kept.

    Args:
        name: tells it from all else that is kept.
        make: a function of the sources and ``made_of`` alone.
        made_of: what is no source and makes a difference.
    """
    path = _folder() / hashlib.sha256(b"\0".join((name.encode(), *made_of))).hexdigest()
    with suppress(FileNotFoundError):
        return cast("T", pickle.loads(path.read_bytes()))
    with _alone(path.with_suffix(".lock")):
        with suppress(FileNotFoundError):  # made while we waited
            return cast("T", pickle.loads(path.read_bytes()))
        made = make()
        whole = path.with_suffix(f".{os.getpid()}")
        whole.write_bytes(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        whole.replace(path)
    return made


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other processes out; a killed one holds no lock."""
    try:
        import fcntl
    except ImportError:  # Windows: both make it, and one of the two equal files stays
        yield
        return
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@cache
def _folder() -> Path:
    """The folder of what is made of the sources as they are; earlier ones are removed."""
    folder = KEPT / sources_hash(ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    except OSError:  # a checkout that nobody may write into
        return Path(tempfile.mkdtemp(prefix="kpireport-kept-"))
    by_age = sorted(KEPT.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in by_age[GENERATIONS:]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def sources_hash(root: Path) -> str:
    """Return the hash of the project below ``root`` and of what it runs on."""
    found = hashlib.sha256()
    for path in sorted(_sources(root)):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    versions = sorted(f"{each.metadata['Name']} {each.version}" for each in distributions())
    about = (sys.version, platform.platform(), str(root), *versions)
    found.update("\0".join(about).encode())
    return found.hexdigest()


def _sources(root: Path) -> Iterable[Path]:
    """All files that can make a difference; test modules make nothing that is kept."""
    yield root / "catalogue.json"
    yield from (path for path in (root / "reports").glob("*/*") if path.is_file())
    for part in ("src", "fonts", "tools", "tests"):
        for path in (root / part).rglob("*"):
            is_test = path.name.startswith("test_")
            if path.is_file() and not is_test and path.parent.name != "__pycache__":
                yield path
