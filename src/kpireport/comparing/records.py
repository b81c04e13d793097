"""Records: what a plan or a report says of each of its things; and two sets of them compared.

Comes in: the records of both sides in reading order. Goes out: the differences, in the
order of the second side, what only the first has after what stood before it there. A
thing is known by its key, whatever it is called and wherever it stands. Time and memory
grow with the number of facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpireport.comparing.what_differs import Difference, DifferenceKind
from kpireport.domain.numerals import fold_width
from kpireport.domain.values import parse_value
from kpireport.quickly import dataclass
from kpireport.word_differences.alignment import longest_rise

NOT_REPORTED = "未報告"
_SAYS_NOTHING = ("", NOT_REPORTED)
_LONGEST_VALUE = 60  # characters; longer texts are no values


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said.

    Attributes:
        key: what it is, for the program: the same on both sides.
        item: what it is called.
        text: what is said, empty for nothing.
        nature: what a difference in it is.
    """

    key: str
    item: str
    text: str
    nature: DifferenceKind = DifferenceKind.CHANGED


@dataclass(frozen=True, slots=True)
class Record:
    """A thing: a goal, a plan, an indicator, はじめに, the settings.

    Attributes:
        key: what tells it from all others of its side.
        kind: what sort of thing it is: 戦略計画.
        place: where it stands, from the outside in, its own heading included if it has one.
        parent: the key of what it stands in; empty where order and place are fixed.
        id: its id in the plan, empty for none.
        name: its name, empty where the place says it.
        facts: what is said of it.
    """

    key: str
    kind: str
    place: tuple[str, ...]
    parent: str = ""
    id: str = ""
    name: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def called(self) -> str:
        """What it is called where it is spoken of."""
        return self.name or self.place[-1]

    def summary(self) -> str:
        """Return what is said, for a thing that is wholly new or gone.

        What follows from the rest, or would say that nothing is said, is left out.
        """
        said = (
            each
            for each in self.facts
            if each.text not in _SAYS_NOTHING and each.nature is not DifferenceKind.COMPUTED
        )
        return "\n".join(f"{each.item}: {each.text}" for each in said)


def compare_records(olds: Sequence[Record], news: Sequence[Record]) -> Iterator[Difference]:
    """Yield what differs between two sets of records."""
    before = {each.key: each for each in olds}
    after = {each.key: each for each in news}
    moves = _moves(olds, news, before)
    for old, new in _paired(olds, news, before, after):
        if new is None and old is not None:
            yield _whole(old, DifferenceKind.REMOVED)
        elif old is None and new is not None:
            yield _whole(new, DifferenceKind.ADDED)
        elif old is not None and new is not None:
            if new.key in moves:
                yield _moved(new, moves[new.key])
            yield from _facts(old, new)


def _paired(
    olds: Sequence[Record],
    news: Sequence[Record],
    before: Mapping[str, Record],
    after: Mapping[str, Record],
) -> Iterator[tuple[Record | None, Record | None]]:
    """Yield each thing once, with what it is on the sides that have it."""
    gone: defaultdict[str, list[Record]] = defaultdict(list)
    last = ""
    for old in olds:
        if old.key in after:
            last = old.key
        else:
            gone[last].append(old)
    yield from ((old, None) for old in gone[""])
    for new in news:
        yield before.get(new.key), new
        yield from ((old, None) for old in gone.get(new.key, ()))


def _whole(record: Record, kind: DifferenceKind) -> Difference:
    is_new = kind is DifferenceKind.ADDED
    said = record.summary()
    return Difference(
        kind,
        record.place,
        record.id,
        record.name,
        record.kind,
        None if is_new else said,
        said if is_new else None,
    )


# --- order -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    item: str
    old: str
    new: str


def _moved(record: Record, move: _Move) -> Difference:
    moved, place = DifferenceKind.MOVED, record.place
    return Difference(moved, place, record.id, record.name, move.item, move.old, move.new)


def _moves(
    olds: Sequence[Record],
    news: Sequence[Record],
    before: Mapping[str, Record],
) -> dict[str, _Move]:
    """Find what stands elsewhere: under another parent, or in another order under the same.

    Of an order as few things as possible are told as moved.
    """
    moves = {}
    for new in news:
        old = before.get(new.key)
        if old is not None and new.parent and old.parent != new.parent:
            moves[new.key] = _Move("場所", _place_text(old), _place_text(new))
    ranks = {each.key: rank for rank, each in enumerate(olds)}
    stood, stands = _positions(olds), _positions(news)
    families: defaultdict[str, list[str]] = defaultdict(list)
    for new in news:
        if new.parent and new.key in before and new.key not in moves:
            families[new.parent].append(new.key)
    for family in families.values():
        for key in _out_of_order(family, ranks):
            moves[key] = _Move("順番", stood[key], stands[key])
    return moves


def _place_text(record: Record) -> str:
    return "　＞　".join(record.place)


def _positions(records: Iterable[Record]) -> dict[str, str]:
    """Return what each comes after in what it stands in."""
    last: dict[str, str] = {}
    positions = {}
    for each in records:
        above = last.get(each.parent)
        positions[each.key] = f"「{above}」の次" if above is not None else "はじめ"
        last[each.parent] = each.called
    return positions


def _out_of_order(keys: Sequence[str], ranks: Mapping[str, int]) -> Iterator[str]:
    """Yield the keys outside a longest run that kept its order."""
    kept = set(longest_rise([ranks[key] for key in keys]))
    yield from (key for at, key in enumerate(keys) if at not in kept)


# --- facts -----------------------------------------------------------------------


def _facts(old: Record, new: Record) -> Iterator[Difference]:
    before = {each.key: each for each in old.facts}
    after = {each.key: each for each in new.facts}
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key), after.get(key)
        said, says = (each.text if each else "" for each in (one, other))
        fact = other or one
        if said != says and fact is not None:
            kind = nature_of(said, says, fact.nature)
            place, name = new.place, new.name
            yield Difference(kind, place, new.id, name, fact.item, said or None, says or None)


def nature_of(old: str, new: str, nature: DifferenceKind) -> DifferenceKind:
    """Return what a difference is: one of characters alone is of another kind."""
    is_same = _folded(old) == _folded(new) or _mean_the_same(old, new)
    return DifferenceKind.NOTATION if is_same else nature


def _folded(text: str) -> str:
    return "".join(fold_width(text).split())


def _mean_the_same(old: str, new: str) -> bool:
    """Tell whether two values are one in different spellings: ５か所 and 5ヶ所."""
    if not old or not new or max(len(old), len(new)) > _LONGEST_VALUE:
        return False
    one, other = (replace(parse_value(text), text="") for text in (old, new))
    return one == other and not one.is_text
