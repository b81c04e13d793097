"""A document understood: the plan that it says, and all that it says besides.

Comes in: a document as tables and texts. Goes out: the values of the plan's file with ids and
with what the printed texts allow one reading of; where each stood; what is left, what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kpireport.plan_books.ids import Ids
from kpireport.plan_books.parts import GOALS, INDICATORS, PLANS, SECTIONS, Part, objects, parts
from kpireport.plan_books.proposals import Proposals
from kpireport.plan_books.rows import Object, item_at, put
from kpireport.plan_documents.basics import basics_of
from kpireport.plan_documents.building import Builder, is_of_goal
from kpireport.plan_documents.built import Built, Left
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.headers import assign
from kpireport.plan_documents.laying_out import lay_out
from kpireport.plan_documents.levels import heading_of
from kpireport.plan_documents.missing import Kept
from kpireport.plan_documents.outline import Note
from kpireport.plan_documents.places import Places
from kpireport.plan_documents.stretches import Piece, Stretch, pieces_of
from kpireport.plan_documents.tables import SourceDocument, SourceText
from kpireport.plan_documents.telling import Told, as_told, tables_told
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table with a header, or a part of one, and what its columns were taken for."""

    stretch: Stretch
    columns: tuple[Assigned, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document says.

    Attributes:
        raw: the values of the plan's file, as far as it says them.
        notes: places and doubts of objects, by their ids.
        left: what was not placed.
        went: the ids that the rows of tables became, by their places.
        tables: what the columns of each table were taken for.
        open_basics: what is to be looked at in 基本情報.
        unused: what was told of columns and fits none.
    """

    raw: Object
    notes: dict[str, Note]
    left: tuple[Left, ...]
    went: dict[str, tuple[str, ...]]
    tables: tuple[TableRead, ...]
    open_basics: tuple[str, ...]
    unused: tuple[Told, ...]

    @property
    def goals(self) -> list[Object]:
        """The goals."""
        return objects(self.raw.get("goals"))

    def rows(self, key: str) -> Iterator[Object]:
        """Yield the objects of a kind: ``plans``, ``indicators``, …."""
        yield from _below(self.raw.get("goals"), key)

    def count(self, key: str) -> int:
        """How many of them there are."""
        return sum(1 for _ in self.rows(key))

    @property
    def asked(self) -> int:
        """How much a person has to look at."""
        unsure = {
            (column.caption.texts, column.role)
            for table in self.tables
            for column in table.columns
            if not column.is_sure
        }
        doubts = sum(len(each.doubts) for each in self.notes.values())
        return doubts + len(self.open_basics) + len(unsure)


def understand(document: SourceDocument, title: str, told: Sequence[Told] = ()) -> Understood:
    """Understand a document.

    Args:
        document: it.
        title: that it has where it says none.
        told: what somebody says that columns are.
    """
    pieces = pieces_of(document, tables_told(told))
    columns, used = _columns(pieces, told)
    places, labels = Places(document), _page_labels(document)
    built = _build(pieces, columns, title, places, labels, may_be_of_goals=True)
    if not any(objects(each.get("indicators")) for each in _plans(built.outline.goals)):
        built = _build(pieces, columns, title, places, labels, may_be_of_goals=False)
    tables = tuple(
        TableRead(each, columns[id(each)])
        for each in pieces
        if isinstance(each, Stretch) and each.has_header
    )
    basics, open_basics = basics_of(built, places)
    raw: Object = {**basics, "goals": [*built.outline.goals]}
    indicators = [*_below(raw["goals"], "indicators")]
    section = built.outline.word("section") or "基本施策"
    lay_out(raw, built.tables, indicators, section, built.outline.goal_labels)
    _finish(raw, built)
    kept = Kept(built, [*_everything(raw)])
    for each in pieces:
        if isinstance(each, Stretch):
            built.left += kept.missing(each, columns.get(id(each), ()))
    ids = {id(entry): str(entry.get("id", "")) for entry in _everything(raw)}
    return Understood(
        raw,
        {ids[key]: note for key, note in built.notes.items() if key in ids},
        (*_left(built), *_running(document, places)),
        {
            place: tuple(ids[id(each)] for each in entries if id(each) in ids)
            for place, entries in built.went.items()
        },
        tables,
        open_basics,
        tuple(each for each in told if each not in used),
    )


# --- columns -----------------------------------------------------------------------------


def _columns(
    pieces: Sequence[Piece], told: Sequence[Told]
) -> tuple[dict[int, tuple[Assigned, ...]], set[Told]]:
    """What the columns of each stretch are: of all that have the same header together."""
    alike: dict[object, list[Stretch]] = {}
    for piece in pieces:
        if isinstance(piece, Stretch) and piece.has_header:
            key: object = piece.signature if any(piece.signature) else id(piece)
            alike.setdefault(key, []).append(piece)
    columns: dict[int, tuple[Assigned, ...]] = {}
    used: set[Told] = set()
    for stretches in alike.values():
        captions = stretches[0].captions
        contents = [
            [text for each in stretches for text in _contents(each, index)]
            for index in range(len(captions))
        ]
        assigned = assign(captions, contents)
        for each in stretches:
            columns[id(each)], fitting = as_told(assigned, each.order, told)
            used |= fitting
    return columns, used


def _contents(stretch: Stretch, column: int) -> Iterator[str]:
    """Yield what begins below a header; rows that are one cell are none of the column's."""
    for line in stretch.lines:
        filled = line.filled()
        cell = line.cells[column]
        if cell is None or (len(filled) == 1 and filled[0].columns > 1):
            continue
        yield cell.text if cell.row == line.number and cell.columns == 1 else ""


# --- building -----------------------------------------------------------------------------


def _build(
    pieces: Sequence[Piece],
    columns: dict[int, tuple[Assigned, ...]],
    title: str,
    places: Places,
    page_labels: dict[int, str],
    *,
    may_be_of_goals: bool,
) -> Built:
    builder = Builder(title, columns, places, page_labels, may_be_of_goals=may_be_of_goals)
    was_of_goal = False
    for index, piece in enumerate(pieces):
        if isinstance(piece, SourceText):
            builder.text(piece)
            continue
        if piece.has_header and not piece.continues:
            of_goal = is_of_goal(columns[id(piece)], builder.caption)
            was_of_goal = may_be_of_goals and of_goal
        builder.stretch(piece, is_of_goal=was_of_goal)
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if not isinstance(after, Stretch) or after.order != piece.order:
            builder.end_of_table()
    return builder.built


def _running(document: SourceDocument, places: Places) -> Iterator[Left]:
    for each in document.running:
        yield Left(places.of(each), "文", each.text, "各ページにある文字です")


def _page_labels(document: SourceDocument) -> dict[int, str]:
    """Numbers that stand by themselves at the heads of pages, large: of the goals on them."""
    return {
        each.page: heading.label
        for each in document.running
        if each.is_large and (heading := heading_of(f"{each.text}　")).label and not heading.title
    }


def _left(built: Built) -> Iterator[Left]:
    yield from built.left
    for each in built.outline.headings:
        if not each.is_used:
            said = "　".join(filter(None, (each.heading.label, each.heading.title)))
            yield Left(each.place, "見出し", said, "下に指標の表がありません")


# --- ids, shared cells, readings -----------------------------------------------------------


def _finish(raw: Object, built: Built) -> None:
    ids = Ids({})
    for part in parts(raw):
        _identify(part.entry, ids, _stem(part))
    for entry in _everything(raw):
        above = built.shared.get(id(entry))
        if above is not None:
            put(entry, ("baseline", "shared_with"), above["id"])
    _propose(raw, built)


def _identify(entry: Object, ids: Ids, stem: str) -> None:
    rest = dict(entry)
    given = ids.give(entry, stem)
    entry.clear()
    entry |= {"id": given, **rest}


def _stem(part: Part) -> str:
    """What an id begins with: of what has a value, with the id of its goal or plan."""
    above = part.above
    while above and above.kind == INDICATORS:
        above = above.above
    return _STEMS.get(part.kind) or f"{above.id if above else ''}-"


_STEMS = {GOALS: "g", SECTIONS: "s", PLANS: "p"}


def _propose(raw: Object, built: Built) -> None:
    """Fill in what the texts allow one reading of; note what they allow two of."""
    of_plans = [each for each in _below(raw.get("goals"), "indicators") if "indicators" not in each]
    of_goals = [*_below(raw.get("goals"), "numeric_targets")]
    year = item_at(raw, ("years", "target"))
    of_goal = item_at(raw, ("years", "numeric_target")) or year
    for entries, due in ((of_plans, year), (of_goals, of_goal)):
        proposals = Proposals([*of_plans, *of_goals], due if isinstance(due, int) else None)
        for entry in entries:
            reading = proposals.read(entry)
            entry.update(_without_guessed_deadline(reading.entry, entry, due))
            note = built.notes[id(entry)]
            note.doubts += [f"{each.what}{each.remedy}" for each in reading.doubts]


def _without_guessed_deadline(read: Object, entry: Object, due: object) -> Object:
    """Without the plan's own year nobody can say which deadline is another."""
    has_own = item_at(entry, ("target", "deadline")) is not None
    target = read.get("target")
    if due is None and not has_own and isinstance(target, dict):
        return {**read, "target": {k: v for k, v in target.items() if k != "deadline"}}
    return read


# --- walking -------------------------------------------------------------------------------


def _plans(goals: Sequence[Object]) -> Iterator[Object]:
    yield from _below([*goals], PLANS)


def _below(goals: Json, kind: str) -> Iterator[Object]:
    """Yield the parts of a kind, in order."""
    yield from (each.entry for each in parts({GOALS: goals}) if each.kind == kind)


def _everything(raw: Object) -> Iterator[Object]:
    """Yield the parts of the plan, and the directions of its goals."""
    for part in parts(raw):
        yield part.entry
        yield from objects(part.entry.get("directions"))


def by_columns(tables: Iterable[TableRead]) -> list[tuple[TableRead, list[int]]]:
    """Tables with the same columns together, each with the numbers of all of them."""
    found: dict[object, tuple[TableRead, list[int]]] = {}
    for each in tables:
        key = tuple((one.caption.shown, one.role, one.year) for one in each.columns)
        orders = found.setdefault(key, (each, []))[1]
        if each.stretch.order not in orders:
            orders.append(each.stretch.order)
    return list(found.values())
