"""読み合わせ: two people read the plan against its original, and tick it row by row.

What is ticked goes into the proof's workbook beside the plan's file, made as ``plan proof``
makes it. Each tick goes with what stood there when the page was made, so that both people can
tick at the same time, each in a window of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from kpireport.domain.settings import OutputFormat
from kpireport.errors import InputError, KpiReportError, Problem
from kpireport.plan_proofs.pages import write_page
from kpireport.plan_proofs.places import PROOF_FILE
from kpireport.plan_proofs.proofs import Proof, ProofLine
from kpireport.plan_proofs.proving import prove_plan
from kpireport.plan_proofs.standings import State
from kpireport.plan_proofs.ticking import (
    TICKS,
    WRITTEN,
    OpenProof,
    TickedRow,
    workbook_beside,
    written_beside,
)
from kpireport.plan_proofs.ticks import LISTENER, NAMES, PLACE, READER
from kpireport.plan_proofs.words import told_of
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted, address
from kpireport.workbench.dropped import Dropped
from kpireport.workbench.editions import media_type
from kpireport.workbench.pages.answers import sent

_ROWS_ON_A_PAGE = 30
_PAGE = "読み合わせ.html"
_STATES = {
    State.DONE: ("済み", "good"),
    State.OPEN: ("まだ", "plain"),
    State.NEW: ("まだ", "plain"),
    State.CHANGED: ("印の後に変わりました", "doubt"),
    State.WRONG: ("違う（×）", "bad"),
    State.UNCLEAR: ("印を読めません", "doubt"),
}
ROLES = {"": "二人一緒に", "reader": READER, "listener": LISTENER}
_TICKED_AS = {"": TICKS, "reader": (READER,), "listener": (LISTENER,)}
ONLY = {"": "すべての行", "open": "印のそろわない行", "other": "原本と違う行", "wrong": "×の行"}
_SIGN_WORDS = {"○": "○ 合う", "×": "× 違う", "": "まだ"}


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick of a row: its title, what it says, and what may be chosen, each with its words."""

    title: str
    text: str
    is_own: bool

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What may be chosen; what somebody wrote instead of a sign stays."""
        written = {self.text: self.text} if self.text not in _SIGN_WORDS else {}
        return tuple({**_SIGN_WORDS, **written}.items())


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the page.

    Attributes:
        number: its own in the proof, from 1.
        line: the row.
        ticks: of the reader and of the listener.
        texts: what people wrote beside it.
        told: what differs from the original, or since the ticks.
    """

    number: int
    line: ProofLine
    ticks: tuple[Tick, ...]
    texts: dict[str, str]
    told: str

    @property
    def state(self) -> tuple[str, str]:
        """How far it is, in words, and how that looks."""
        return _STATES[self.line.standing.state]

    @property
    def has_paper(self) -> bool:
        """Whether its place in the original is not known, so that one on paper may be written."""
        return not self.line.original.place

    @property
    def seen(self) -> dict[str, str]:
        """What stands by now in the fields that it has."""
        has = {**{each.title: each.is_own for each in self.ticks}, PLACE: self.has_paper}
        now = written_beside(self.line)
        return {title: text for title, text in now.items() if has.get(title, True)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who ticks, and what is looked for; each is empty for all."""

    role: str = ""
    only: str = ""
    part: str = ""

    @classmethod
    def of(cls, asked: Asked) -> Wanted:
        """Return what an address says, as far as there is such a thing."""
        role, only = asked.query("as"), asked.query("only")
        return cls(role if role in ROLES else "", only if only in ONLY else "", asked.query("part"))

    def has(self, part: str, line: ProofLine) -> bool:
        """Whether a row is among it."""
        fits = {
            "": True,
            "open": not line.standing.is_done,
            "other": bool(line.difference),
            "wrong": line.standing.state is State.WRONG,
        }
        return fits[self.only] and self.part in ("", part)

    def query(self, page: int = 1) -> str:
        """Return it as an address says it."""
        said = {"as": self.role, "only": self.only, "part": self.part}
        said["page"] = str(page) if page > 1 else ""
        return urlencode({name: text for name, text in said.items() if text})


def proving(asked: Asked) -> Response:
    """Show the rows to be ticked, or what of them is looked for."""
    opened = asked.desk.shelf.proof(asked.plan_file)
    return _shown(asked, opened, Wanted.of(asked), asked.query("page"))


def _shown(
    asked: Asked,
    opened: OpenProof,
    wanted: Wanted,
    page: str = "",
    *,
    typed: dict[int, RowView] | None = None,
    status: int = 200,
    problems: tuple[Problem, ...] = (),
    clash: bool = False,
) -> Response:
    proof = opened.proof
    found = [
        (part, number, line)
        for part, lines in proof.parts()
        for number, line in lines
        if wanted.has(part, line)
    ]
    if typed:  # what was sent is shown again, whatever is looked for
        found = [each for each in _all(proof) if each[1] in typed]
    pages = max(1, ceil(len(found) / _ROWS_ON_A_PAGE))
    at = min(pages, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    at = max(1, at)
    shown = found[(at - 1) * _ROWS_ON_A_PAGE : at * _ROWS_ON_A_PAGE]
    return asked.page(
        "plan_proof.html",
        status=status,
        name=asked.name,
        proof=proof,
        has_begun=opened.data is not None,
        workbook=workbook_beside(asked.plan_file),
        file=PROOF_FILE,
        lines=[
            (part, (typed or {}).get(number) or _view(number, line, wanted.role))
            for part, number, line in shown
        ],
        all_parts=[part for part, _ in proof.parts()],
        wanted=wanted,
        roles=ROLES,
        only=ONLY,
        count=len(found),
        page=at,
        pages=pages,
        queries=[wanted.query(number + 1) for number in range(pages)],
        query=wanted.query(at),
        names=list(zip(NAMES, proof.names, strict=True)),
        problems=problems,
        clash=clash,
    )


def _all(proof: Proof) -> Iterator[tuple[str, int, ProofLine]]:
    for part, lines in proof.parts():
        yield from ((part, number, line) for number, line in lines)


def _view(number: int, line: ProofLine, role: str) -> RowView:
    texts = written_beside(line)
    own = _TICKED_AS[role]
    ticks = tuple(Tick(title, texts[title], title in own) for title in TICKS)
    return RowView(number, line, ticks, texts, told_of(line))


# --- what is done ----------------------------------------------------------------


def begin(posted: Posted) -> Response:
    """Make the workbook; what was ticked in one that is there stays."""
    catalogue = posted.plan_file
    with posted.desk.writing:
        proved = prove_plan(
            catalogue, workbook_beside(catalogue), moment=posted.desk.clock.moment()
        )
    posted.desk.note(
        f"読み合わせを始めました。印は、計画の隣の {PROOF_FILE} に残ります。", proved.warnings
    )
    return posted.go(address("plans", posted.name, "proof"))


def tick(posted: Posted) -> Response:
    """Write what was ticked: of one row as it is ticked, or of all that were sent."""
    shelf, catalogue = posted.desk.shelf, posted.plan_file
    wanted = _wanted(posted)
    with posted.desk.writing:
        opened = shelf.proof(catalogue)
        rows = tuple(_sent(posted))
        try:
            ticked = _written(posted, opened.ticked(rows), opened)
        except KpiReportError as error:
            return _refused(posted, opened, rows, wanted, error)
    if posted.is_part:
        return _part(posted, ticked, rows)
    posted.desk.note("印を保存しました。")
    query = posted.field("back")
    return posted.go(f"{address('plans', posted.name, 'proof')}?{urlencode(parse_qsl(query))}#rows")


def _written(posted: Posted, ticked: OpenProof, opened: OpenProof) -> OpenProof:
    if opened.data is not None and ticked.given == opened.given:
        return opened
    made = ticked.write(posted.desk.clock.moment())
    posted.desk.shelf.proved(posted.plan_file, made)
    return made


def _wanted(posted: Posted) -> Wanted:
    said = dict(parse_qsl(posted.field("back")))
    role = said.get("as", "")
    return Wanted(role if role in ROLES else "")


def _sent(posted: Posted) -> Iterator[TickedRow]:
    """Yield the rows that a form has."""
    for number in posted.all("row"):
        kind, _, id_ = posted.field(f"key:{number}").partition("\t")
        texts = {
            title: posted.field(f"{title}:{number}").replace("\r\n", "\n")
            for title in WRITTEN
            if f"{title}:{number}" in posted.fields
        }
        seen = {
            title: posted.field(f"seen:{title}:{number}").replace("\r\n", "\n") for title in texts
        }
        yield TickedRow(kind, id_, posted.field(f"said:{number}"), texts, seen)


def _problems(posted: Posted, error: KpiReportError) -> tuple[Problem, ...]:
    if isinstance(error, InputError):
        return error.problems
    root = f"{posted.desk.workplace.root}/"
    return (Problem("", "", str(error).replace(root, ""), ""),)


def _part(
    posted: Posted,
    opened: OpenProof,
    rows: tuple[TickedRow, ...],
    problems: tuple[Problem, ...] = (),
) -> Response:
    """What is told of the one row that was ticked, and how far all are."""
    wanted = {(each.kind, each.id) for each in rows}
    views = [
        _view(number, line, _wanted(posted).role)
        for _, number, line in _all(opened.proof)
        if (line.standing.row.kind, line.standing.row.id) in wanted
    ]
    return posted.page(
        "plan_proof_told.html",
        status=422 if problems else 200,
        proof=opened.proof,
        view=views[0] if views else None,
        problems=problems,
    )


def _refused(
    posted: Posted,
    opened: OpenProof,
    rows: tuple[TickedRow, ...],
    wanted: Wanted,
    error: KpiReportError,
) -> Response:
    """The page with what was ticked, and why it was not written."""
    problems = _problems(posted, error)
    if posted.is_part:
        return _part(posted, opened, rows, problems)
    sent_rows = {(each.kind, each.id): each for each in rows}
    typed = {}
    for _, number, line in _all(opened.proof):
        row = sent_rows.get((line.standing.row.kind, line.standing.row.id))
        if row is not None:
            view = _view(number, line, wanted.role)
            texts = {**view.texts, **row.texts}
            ticks = tuple(Tick(each.title, texts[each.title], each.is_own) for each in view.ticks)
            typed[number] = RowView(number, line, ticks, texts, view.told)
    return _shown(posted, opened, wanted, typed=typed, status=422, problems=problems)


def name_people(posted: Posted) -> Response:
    """Write who reads, who listens, on which day."""
    with posted.desk.writing:
        opened = posted.desk.shelf.proof(posted.plan_file)
        named = opened.named([posted.field(f"name:{title}") for title in NAMES])
        _written(posted, named, opened)
    posted.desk.note("読み手、聞き手、読み合わせた日を保存しました。")
    return posted.go(address("plans", posted.name, "proof"))


def take(posted: Posted) -> Response:
    """Take what was ticked in a copy of the workbook."""
    uploads = posted.files.get("book", ())
    if not uploads:
        posted.desk.note("ブックが選ばれていません。選んで、もう一度押してください。")
        return posted.go(f"{address('plans', posted.name, 'proof')}#book")
    copy = Dropped(uploads[0].name, uploads[0].data)
    with posted.desk.writing:
        opened = posted.desk.shelf.proof(posted.plan_file)
        before = opened.proof.done
        try:
            merged = opened.merged(copy.data, copy.shown, instead=posted.field("instead") == "1")
            made = _written(posted, merged, opened)
        except InputError as error:
            return _shown(posted, opened, Wanted(), status=422, problems=error.problems, clash=True)
    posted.desk.note(
        f"{copy.shown} の印と気付きを入れました（印のそろった行：{before}行→{made.proof.done}行）。"
    )
    return posted.go(address("plans", posted.name, "proof"))


# --- files -----------------------------------------------------------------------


def book(asked: Asked) -> Response:
    """Send the workbook, to be ticked in Excel."""
    opened = asked.desk.shelf.proof(asked.plan_file)
    data = opened.book(asked.desk.clock.moment())
    return sent(data, PROOF_FILE, media_type(OutputFormat.XLSX))


def print_out(asked: Asked) -> Response:
    """Send a page to print and tick with a pencil."""
    opened = asked.desk.shelf.proof(asked.plan_file)
    return sent(write_page(opened.proof), _PAGE, media_type(OutputFormat.HTML))
