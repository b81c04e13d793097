"""The files of an inbox as they came: read, told apart by their sums, kept as copies.

Comes in: the files' places. Goes out: what each has; its copy beside the register, under a
name that every system can bear; what the register is to know of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from kpireport.collection.expected import Expected
from kpireport.collection.outcomes import FileResult
from kpireport.collection.reading import read_returned
from kpireport.collection.register import ReceivedFile, Register, ReturnOutcome, ToldProblem
from kpireport.collection.returned import Original, Returned, open_original
from kpireport.domain.names import composed
from kpireport.errors import Severity
from kpireport.files import NewFile, is_same_file
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted
from kpireport.quickly import dataclass
from kpireport.sources.file_names import file_name

_SUM = 12  # characters of a sum that tell files apart
_LONGEST_STEM = 60  # characters of three bytes: with the sum before it 255 bytes would be full


@dataclass(slots=True)
class Received:
    """What came back.

    Attributes:
        returned: what each file has; of equal files the first.
        repetitions: files that are byte for byte another: with that one's name.
    """

    returned: list[Returned] = field(default_factory=list)
    repetitions: list[tuple[Original, Returned]] = field(default_factory=list)

    @property
    def originals(self) -> list[Original]:
        """Every file, in the order of their names."""
        files = [each.original for each in self.returned]
        files += [original for original, _ in self.repetitions]
        return sorted(files, key=lambda each: each.name)


def receive(paths: Sequence[Path], inbox: Path, expected: Expected) -> Received:
    """Read all workbooks of an inbox."""
    received = Received()
    by_sum: dict[str, Returned] = {}
    for path in paths:
        original, fault = open_original(path, inbox)
        if original.sha256 in by_sum:
            received.repetitions.append((original, by_sum[original.sha256]))
            continue
        returned = read_returned(original, fault, expected)
        received.returned.append(returned)
        if original.sha256:
            by_sum[original.sha256] = returned
    return received


def sums_of(use: Collection[Path | str], received: Received, inbox: Path) -> frozenset[str]:
    """Return the sums of the files that somebody says count.

    Args:
        use: paths, or names below the inbox.
        received: what came back.
        inbox: the folder.

    Raises:
        InputError: there is no such file in the inbox.
    """
    by_place = {_place(each.path): each.sha256 for each in received.originals}
    found, log = set(), Findings("使うブック")
    for name in use:
        places = (_place(Path(name)), _place(inbox / name))
        sum_ = next((by_place[place] for place in places if place in by_place), "")
        if sum_:
            found.add(sum_)
        else:
            remedy = did_you_mean(str(name), [each.name for each in received.originals])
            what = f"{quoted(str(name))}というブックは、受付のフォルダーにありません。"
            log.add("", what, remedy)
    log.settle()
    return frozenset(found)


def _place(path: Path) -> str:
    """Where a file is, however its name is written: Macs part カ and its ゛."""
    return composed(str(path.resolve()))


def copies(received: Received, folder: Path, register: Register) -> list[NewFile]:
    """Return the copies that are not there yet; only what was read as an answer is kept."""
    files = []
    for returned in received.returned:
        if returned.is_form:
            path = folder / copy_name(returned.original, register)
            if not is_same_file(path, returned.original.data):
                files.append(NewFile(path, returned.original.data))
    return files


def copy_name(original: Original, register: Register) -> str:
    """Return the name of a file's copy: the beginning of its sum, then its own name, cut.

    A file that is known keeps the name that its copy has.
    """
    known = register.find_file(original.sha256)
    if known and known.copy_name:
        return Path(known.copy_name).name
    return kept_name(original.path, original.sha256)


def kept_name(path: Path, sha256: str) -> str:
    """Return the name under which a file of the inbox is kept: its sum's beginning, its own."""
    name = file_name(path.stem, longest=_LONGEST_STEM)
    return f"{sha256[:_SUM]}-{name}{path.suffix.lower()}"


def is_kept_as(kept: Path, sha256: str) -> bool:
    """Whether a file has a name that :func:`kept_name` gives to one of a sum."""
    return kept.name.startswith(f"{sha256[:_SUM]}-")


def own_name(kept: Path) -> str:
    """Return the name that a file had before it was kept."""
    return kept.name[_SUM + 1 :]


def known_files(
    register: Register, received: Received, results: Mapping[str, FileResult]
) -> list[ReceivedFile]:
    """Return what the register is to know of all files, those of earlier runs included.

    Args:
        register: what it knew before.
        received: what came back.
        results: what became of each file, by its sum.
    """
    known = {each.sha256: each for each in register.files}
    names = {
        each.original.sha256: copy_name(each.original, register)
        for each in received.returned
        if each.is_form
    }
    for original in received.originals:
        result = results.get(original.sha256)
        if result is None:  # it could not even be read: its sum is not known
            continue
        before = known.get(original.sha256)
        known[original.sha256] = ReceivedFile(
            sha256=original.sha256,
            size=original.size,
            names=tuple(sorted({original.name, *(before.names if before else ())})),
            modified=before.modified if before else original.modified,
            department=result.department,
            copy_name=names.get(original.sha256, ""),
            outcome=str(result.outcome),
            problems=tuple(
                ToldProblem.of(each) for each in result.problems if each.severity is Severity.ERROR
            ),
            doubts=tuple(ToldProblem.of(each) for each in result.problems if each.settled_by),
        )
    return list(known.values())


def has_sent(register: Register, department: str) -> bool:
    """Whether a workbook of a department has come in, of whatever use."""
    return any(each.department == department for each in register.files)


def has_answered(register: Register, department: str) -> bool:
    """Whether a sheet of a department has come in with something in it."""
    silent = (ReturnOutcome.REFUSED, ReturnOutcome.BLANK)
    return any(
        each.department == department and each.outcome not in silent for each in register.files
    )
