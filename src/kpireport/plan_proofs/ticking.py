"""A proof that is ticked row by row, without opening its workbook in Excel.

Comes in: the plan's file, its workbook, the proof so far; what somebody ticked. Goes out: the
proof's workbook with it, as ``plan proof`` makes it anew.

Whoever ticks has seen what the row said, and what the others wrote beside it. Where either is
another by now it is told, and nothing is overwritten: the reader and the listener may tick at
the same time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from kpireport.errors import OutputError
from kpireport.files import NewFile, check_closed, write_files
from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.plan_books.conducting import WORKBOOK
from kpireport.plan_books.exporting import usual_moment
from kpireport.plan_proofs.places import usual_place
from kpireport.plan_proofs.proofs import (
    Proof,
    ProofLine,
    SetBeside,
    given_in,
    read_given,
    read_places,
    set_beside,
)
from kpireport.plan_proofs.ticks import (
    LISTENER,
    LONGEST_PLACE,
    LONGEST_REMARK,
    NAMES,
    PLACE,
    READER,
    REMARK,
    SIGNS,
    Given,
    GivenProof,
)
from kpireport.plan_proofs.workbooks import proof_book
from kpireport.quickly import dataclass
from kpireport.sources.catalogue import read_plan
from kpireport.sources.catalogue_text import canonical
from kpireport.writers.xlsx import write_book

TICKS = (READER, LISTENER)
WRITTEN = (*TICKS, REMARK, PLACE)
"""Titles of what people write beside a row; the place only where it is not known."""

_ATTRIBUTES = {READER: "reader", LISTENER: "listener", REMARK: "remark", PLACE: "paper"}
_LONGEST = {REMARK: LONGEST_REMARK, PLACE: LONGEST_PLACE}
_LONGEST_NAME = 100
_LOOK_AGAIN = "画面を読み込み直して、いまの内容を確かめてください。"


@dataclass(frozen=True, slots=True)
class TickedRow:
    """What somebody wrote beside a row.

    Attributes:
        kind: of the row.
        id: likewise.
        said: the digest of what the row said when it was read.
        texts: what is to stand there, by :data:`WRITTEN`; the others stay.
        seen: what stood there when ticking began.
    """

    kind: str
    id: str
    said: str
    texts: Mapping[str, str]
    seen: Mapping[str, str] = field(default_factory=dict)


def written_beside(line: ProofLine) -> dict[str, str]:
    """Return what people wrote beside a row, as far as it holds, by :data:`WRITTEN`."""
    given = line.standing.given
    return {title: getattr(given, name) for title, name in _ATTRIBUTES.items()}


def workbook_beside(catalogue: Path) -> Path | None:
    """Return the plan's workbook where plans are begun with one; ``None`` where there is none."""
    workbook = catalogue.parent / WORKBOOK
    return workbook if workbook.is_file() else None


@dataclass(frozen=True)
class OpenProof:
    """A proof, to be ticked; of the files as they were read.

    Attributes:
        path: its workbook.
        beside: the plan set beside its original.
        usual: when the workbook says that it was made, unless somebody tells.
        given: what people wrote in it.
        data: the workbook's bytes; ``None`` where there is none yet.
    """

    path: Path
    beside: SetBeside
    usual: dt.datetime
    given: GivenProof
    data: bytes | None

    @cached_property
    def proof(self) -> Proof:
        """The rows with what people wrote beside them."""
        return self.beside.proof(self.given)

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], ProofLine]:
        """The rows by their kinds and ids."""
        rows = ((each.standing.row, each) for each in self.proof.lines)
        return {(row.kind, row.id): line for row, line in rows}

    def book(self, moment: dt.datetime | None = None) -> bytes:
        """Return the workbook, made anew."""
        return write_book(proof_book(self.proof), moment=moment or self.usual)

    # --- what people write -------------------------------------------------------

    def ticked(self, rows: Iterable[TickedRow]) -> OpenProof:
        """Return the proof with what somebody wrote beside rows.

        Raises:
            InputError: a row, or what stood beside it, is another by now; a text is too long.
        """
        log, changed = Findings(self.path), dict[tuple[str, str], Given]()
        for each in rows:
            line = self.lines.get((each.kind, each.id))
            if line is None or line.standing.row.digest != each.said:
                what = f"{each.kind}{quoted(each.id)}は、画面を開いた後に、計画で変わっています。"
                log.add("", what, _LOOK_AGAIN)
                continue
            changed[each.kind, each.id] = _with(line, each, log)
        log.settle()
        lines = (
            changed.get(key) or (line.standing.given if _holds(line) else None)
            for key, line in self.lines.items()
        )
        rest = (each for each in lines if each is not None)
        return replace(self, given=replace(self.given, rows=tuple(rest), left=self.proof.left))

    def named(self, names: Sequence[str]) -> OpenProof:
        """Return the proof with who reads, who listens, on which day.

        Raises:
            InputError: one of them is too long, or has what no cell has.
        """
        log = Findings(self.path)
        for title, name in zip(NAMES, names, strict=True):
            _check(title, name, _LONGEST_NAME, log)
        log.settle()
        return replace(self, given=replace(self.given, names=tuple(names)))

    def merged(self, data: bytes, name: str, *, instead: bool = False) -> OpenProof:
        """Return the proof with what people wrote in a copy of its workbook.

        Args:
            data: the copy.
            name: what it is called.
            instead: whether it stands where both say something, and not the same.

        Raises:
            InputError: it is no proof; or both say something, and not the same.
        """
        theirs = replace(self, given=given_in(data, Path(name)))
        log, rows = Findings(Path(name)), list[TickedRow]()
        for (kind, id_), line in theirs.lines.items():
            now, said = written_beside(self.lines[kind, id_]), written_beside(line)
            texts = {title: text for title, text in said.items() if text not in ("", now[title])}
            if texts:
                rows.append(TickedRow(kind, id_, line.standing.row.digest, texts, now))
            clash = [title for title in texts if now[title]]
            if clash and not instead:
                _tell_clash(line, clash, (now, said), log)
        log.settle()
        both = self.ticked(rows)
        pairs = zip(self.given.names, theirs.given.names, strict=True)
        names = tuple(their or own if instead else own or their for own, their in pairs)
        known = {(each.kind, each.id, each.remark) for each in both.given.left}
        more = [e for e in theirs.proof.left if (e.kind, e.id, e.remark) not in known]
        return replace(both, given=replace(both.given, names=names, left=(*both.given.left, *more)))

    # --- writing -----------------------------------------------------------------

    def write(self, moment: dt.datetime | None = None) -> OpenProof:
        """Write the workbook.

        Returns:
            The proof as it is then.

        Raises:
            OutputError: it is open in Excel, or was changed since it was read; it is as it was.
        """
        data = self.book(moment)
        if self.data is None and self.path.exists():
            raise OutputError(f"{self.path} が、いま作られました。{_LOOK_AGAIN}")
        check_closed(self.path)
        write_files([NewFile(self.path, data, self.data)])
        given = replace(self.given, rows=tuple(map(_as_written, self.proof.lines)))
        return replace(self, data=data, given=replace(given, left=self.proof.left))


def open_proof(
    catalogue: Path,
    workbook: Path | None = None,
    *,
    output: Path | None = None,
    beside: SetBeside | None = None,
) -> OpenProof:
    """Open a plan's proof to be ticked.

    Args:
        catalogue: the plan's file.
        workbook: the plan's workbook, which knows the original if it was read from one.
        output: the proof's workbook; where ``check`` looks for it, unless told.
        beside: the plan set beside its original, where somebody has it of the same files.

    Raises:
        InputError: one of them cannot be used.
    """
    path = usual_place(catalogue) if output is None else output
    content = read_plan(catalogue).entries
    given, data = read_given(path)
    made = beside or set_beside(content, read_places(workbook))
    return OpenProof(path, made, usual_moment(canonical(content)), given, data)


def _with(line: ProofLine, row: TickedRow, log: Findings) -> Given:
    """What stands beside a row with what somebody wrote, of what the row says now."""
    now, told = written_beside(line), _about(line, log)
    texts = {
        title: text.strip()
        for title, text in row.texts.items()
        if title in now
        and text.strip() != now[title]
        and not (title == PLACE and line.original.place)
    }
    for title, text in texts.items():
        if row.seen.get(title, now[title]) != now[title]:
            what = (
                f"「{title}」は、画面を開いた後に{_said(now[title])}に書き換えられています"
                f"（入力したのは{_said(text)}）。"
            )
            told.add("", what, "どちらが正しいかを確かめて、もう一度選んでください。")
        elif title in TICKS and text not in ("", *SIGNS):
            told.add(
                "",
                f"「{title}」の{quoted(text)}は、印ではありません。",
                "○か×を選ぶか、空けてください。",
            )
        elif title not in TICKS:
            _check(title, text, _LONGEST[title], told)
    named = {_ATTRIBUTES[title]: text for title, text in texts.items()}
    return replace(_as_written(line), **named)


def _as_written(line: ProofLine) -> Given:
    """What the workbook has beside a row once it is made: of what the row says now."""
    row = line.standing.row
    return replace(
        line.standing.given,
        kind=row.kind,
        id=row.id,
        said=row.digest,
        original=line.said_of_original,
        paper=line.place,
    )


def _holds(line: ProofLine) -> bool:
    """Whether anything that people wrote stands beside a row, ticks of what it was among it."""
    given = line.standing.given
    return bool(given.said or given.remark or given.paper)


def _check(title: str, text: str, longest: int, log: Findings) -> None:
    if len(text) > longest:
        log.add("", f"「{title}」が長すぎます。", f"{longest}字までです。短くしてください。")
    elif not text.replace("\n", "").replace("\r", "").isprintable():
        what = f"「{title}」に、使えない文字があります。"
        log.add("", what, "目に見えない文字を消してください。")


def _tell_clash(
    line: ProofLine,
    titles: Iterable[str],
    texts: tuple[Mapping[str, str], Mapping[str, str]],
    log: Findings,
) -> None:
    now, said = texts
    for title in titles:
        what = (
            f"「{title}」が、いまは{_said(now[title])}、入れるブックでは{_said(said[title])}です。"
        )
        remedy = "どちらが正しいかを確かめ、ブックのほうでよければ、その印を付けて入れてください。"
        _about(line, log).add(line.standing.given.place, what, remedy)


def _about(line: ProofLine, log: Findings) -> Findings:
    row = line.standing.row
    return log.about(about(row.name, row.id))


def _said(text: str) -> str:
    return quoted(text) if text else "空欄"
