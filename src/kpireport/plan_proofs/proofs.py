"""A plan set beside its original: the rows of a proof, whatever they are written as.

Comes in: the plan's file, what its workbook knows of the original, the proof so far. Goes
out: a :class:`Proof`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kpireport.errors import CellError
from kpireport.findings import refuse
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.plan_books import columns as of
from kpireport.plan_proofs.against import differences, left_over
from kpireport.plan_proofs.originals import JOINT, Original, Originals, plain, read_originals
from kpireport.plan_proofs.rows import ProofRow, proof_rows
from kpireport.plan_proofs.standings import Standing, State, standings
from kpireport.plan_proofs.ticks import Given, GivenProof, read_proof
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_file import CatalogueFile
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import read_package
from kpireport.writers.pages import generator

SIGNATURE = "kpireport plan proof"
"""Stands in every file of a proof, and tells that it is one."""

_DIGITS = 16
_HEAD = 4_096  # bytes: our pages tell at once what they are


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A row of a proof: what was read, the original's words, what differs, what was ticked."""

    standing: Standing
    original: Original
    difference: str

    @property
    def place(self) -> str:
        """Where it stands in the original, as it was read or as somebody wrote it."""
        return self.original.place or self.standing.given.paper

    @property
    def said_of_original(self) -> str:
        """The digest of the original's words; empty where they are not known."""
        return original_digest(self.original)


@dataclass(frozen=True, slots=True)
class Proof:
    """A plan set beside its original.

    Attributes:
        title: of the plan.
        issuer: of the plan.
        lines: its rows.
        names: who reads, who listens, on which day.
        left: remarks whose rows are gone.
        unread: what stands in the original and at no row's place.
        has_original: whether anything is known of an original.
    """

    title: str
    issuer: str
    lines: tuple[ProofLine, ...]
    names: tuple[str, ...]
    left: tuple[Given, ...]
    unread: tuple[Original, ...]
    has_original: bool

    @property
    def done(self) -> int:
        """How many rows are proved."""
        return sum(each.standing.is_done for each in self.lines)

    @property
    def changed(self) -> int:
        """How many rows were changed after their ticks."""
        return sum(each.standing.state is State.CHANGED for each in self.lines)

    @property
    def differing(self) -> int:
        """How many rows differ from the original's words."""
        return sum(bool(each.difference) for each in self.lines)

    def parts(self) -> Iterator[tuple[str, list[tuple[int, ProofLine]]]]:
        """Yield the parts of the document with their rows, numbered through."""
        part, lines = "", list[tuple[int, ProofLine]]()
        for number, each in enumerate(self.lines, 1):
            if each.standing.row.part != part and lines:
                yield part, lines
                lines = []
            part = each.standing.row.part
            lines.append((number, each))
        if lines:
            yield part, lines


def read_places(workbook: Path | None) -> Originals:
    """Read what a plan's workbook knows of the original; nothing without one.

    Raises:
        InputError: it cannot be used as a workbook at all.
    """
    if workbook is None:
        return Originals()
    try:
        return read_originals(workbook)
    except CellError as error:
        refuse(workbook, error.what, error.remedy)


def read_given(proof: Path) -> tuple[GivenProof, bytes | None]:
    """Read the proof so far, if there is one: what people wrote in it, and its bytes.

    Raises:
        InputError: a file of this name is there, and is no proof.
    """
    if not proof.exists():
        return GivenProof(), None
    try:
        data = read_package(proof, WORKBOOK)
    except CellError as error:
        refuse(proof, error.what, error.remedy)
    return given_in(data, proof), data


def given_in(data: bytes, proof: Path) -> GivenProof:
    """Return what people wrote in a proof.

    Args:
        data: the workbook.
        proof: what problems call it.

    Raises:
        InputError: it is no proof.
    """
    try:
        given = read_proof(data)
    except CellError as error:
        refuse(proof, error.what, error.remedy)
    if given is None:
        refuse(
            proof,
            "読み合わせのブックではないか、見出しの変わったファイルが、もうあります。"
            "上書きはしません。",
            "見出しを元に戻すか、別の名前を指定してください。",
        )
    return given


def check_page(path: Path) -> None:
    """Refuse to write a page over a file that is none of ours.

    Raises:
        InputError: a file of this name is there, and is no page of a proof.
    """
    if not path.exists():
        return
    try:
        is_ours = generator(SIGNATURE).encode() in read_ordinary(path)[:_HEAD]
    except OSError as error:
        refuse(path, *unreadable(error))
    if not is_ours:
        refuse(
            path,
            "読み合わせのページではないファイルが、もうあります。上書きはしません。",
            "別の名前を指定してください。",
        )


@dataclass(frozen=True, slots=True)
class SetBeside:
    """A plan set beside its original, before anybody ticks.

    Attributes:
        title: of the plan.
        issuer: of the plan.
        rows: each with the original at its place, and what differs.
        unread: what stands in the original and at no row's place.
        has_original: whether anything is known of an original.
    """

    title: str
    issuer: str
    rows: tuple[tuple[ProofRow, Original, str], ...]
    unread: tuple[Original, ...]
    has_original: bool

    def proof(self, given: GivenProof) -> Proof:
        """Return the proof with what people wrote in it so far, as far as that still holds."""
        digests = {(row.kind, row.id): original_digest(at) for row, at, _ in self.rows}
        told = standings((row for row, _, _ in self.rows), given, digests)
        lines = (
            ProofLine(each, original, difference)
            for each, (_, original, difference) in zip(told.rows, self.rows, strict=True)
        )
        return Proof(
            self.title,
            self.issuer,
            tuple(lines),
            given.names,
            told.left,
            self.unread,
            self.has_original,
        )


def set_beside(file: CatalogueFile, originals: Originals) -> SetBeside:
    """Set a plan beside its original.

    Args:
        file: the plan's file, found to fit together.
        originals: what is known of the original.
    """
    rows = proof_rows(file)
    found = {(row.kind, row.id): originals.of(row) for row in rows}
    beside = _beside(rows, found)
    told = (
        (row, original, differences(row, original, beside[original.place]))
        for row in rows
        for original in (found[row.kind, row.id],)
    )
    said = JOINT.join(plain(text) for row in rows for text in (row.name, *row.texts) if text)
    unread = originals.unread(each.place for each in found.values())
    return SetBeside(
        "　".join(file.cover.title),
        file.cover.issuer,
        tuple(told),
        tuple(each for each in unread if left_over(each, said)),
        originals.are_any,
    )


def _beside(
    rows: tuple[ProofRow, ...], found: Mapping[tuple[str, str], Original]
) -> Mapping[str, str]:
    """What was read of each place, whichever row it is; the plan's headings at all of them."""
    headings = [plain(row.name) for row in rows if row.kind == of.BASICS.name]
    beside: dict[str, list[str]] = {}
    for row in rows:
        place = found[row.kind, row.id].place
        beside.setdefault(place, [*headings]).extend(map(plain, row.texts))
    return {place: JOINT.join(texts) for place, texts in beside.items()}


def original_digest(original: Original) -> str:
    """The digest of the original's words, however its lines are parted; empty for none."""
    said = "|".join(map(plain, original.cells))
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS] if said else ""
