"""How far a plan is proved: each of its rows, with what was ticked beside it.

Comes in: the plan's rows, and what people wrote in the proof. Goes out: each row with its
ticks as far as they still hold; the remarks whose rows are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum, auto

from kpireport.plan_proofs.rows import ProofRow
from kpireport.plan_proofs.ticks import Given, GivenProof
from kpireport.quickly import dataclass
from kpireport.sources.tick_words import Sign, sign_in


class State(Enum):
    """How far a row is proved."""

    DONE = auto()
    OPEN = auto()  # a tick is missing
    NEW = auto()  # it is not in the proof yet
    CHANGED = auto()  # it, or its original, says something else than when it was ticked
    WRONG = auto()  # somebody says that it is wrong
    UNCLEAR = auto()  # somebody wrote something else than a tick


@dataclass(frozen=True, slots=True)
class Standing:
    """A row, and what holds of what people wrote beside it.

    Attributes:
        row: the row.
        state: how far it is proved.
        given: what was written beside it; the ticks of a changed row hold no more.
    """

    row: ProofRow
    state: State
    given: Given

    @property
    def is_done(self) -> bool:
        """Whether both people have ticked what it says now."""
        return self.state is State.DONE


@dataclass(frozen=True, slots=True)
class Standings:
    """All rows of a plan, and the remarks whose rows are gone."""

    rows: tuple[Standing, ...]
    left: tuple[Given, ...] = ()

    def of(self, state: State) -> tuple[Standing, ...]:
        """The rows of a state."""
        return tuple(each for each in self.rows if each.state is state)


def standings(
    rows: Iterable[ProofRow],
    proof: GivenProof,
    originals: Mapping[tuple[str, str], str] | None = None,
) -> Standings:
    """Find what was ticked beside each row, as far as it still holds.

    Args:
        rows: the plan's.
        proof: what people wrote.
        originals: the digests of the original's words by the rows' kinds and ids, where they
            are looked at: a row whose original is another now was not read against it.
    """
    rows = tuple(rows)
    found = _matched(rows, proof.rows)
    told = tuple(
        _standing(row, given, (originals or {}).get((row.kind, row.id), ""))
        for row, given in zip(rows, found, strict=True)
    )
    used = {id(each) for each in found if each}
    left = [each for each in proof.rows if id(each) not in used and each.remark]
    return Standings(told, (*proof.left, *left))


def _matched(rows: tuple[ProofRow, ...], given: tuple[Given, ...]) -> list[Given | None]:
    """What was written beside each row, once for each.

    What has an id is known by it. Of the rest each is known by what it says, first at its own
    number, then at any; one that says something new has what stood at its number.
    """
    by_key = {(each.kind, each.id): each for each in given}
    by_said: dict[tuple[str, str], list[Given]] = {}
    for each in given:
        by_said.setdefault((each.kind, each.said), []).append(each)
    found: list[Given | None] = [None] * len(rows)
    used: set[int] = set()

    def take(at: int, each: Given | None) -> None:
        if found[at] is None and each is not None and id(each) not in used:
            found[at] = each
            used.add(id(each))

    for at, row in enumerate(rows):
        same = by_key.get((row.kind, row.id))
        if same is not None and (row.has_own_id or same.said == row.digest):
            take(at, same)
    for at, row in enumerate(rows):
        for each in () if row.has_own_id else by_said.get((row.kind, row.digest), ()):
            take(at, each)
    for at, row in enumerate(rows):
        take(at, by_key.get((row.kind, row.id)))
    return found


def _standing(row: ProofRow, given: Given | None, original: str) -> Standing:
    if given is None:
        return Standing(row, State.NEW, Given(row.kind, row.id))
    has_ticks = bool(given.reader or given.listener)
    is_other = given.said != row.digest or bool(
        original and given.original and given.original != original
    )
    if is_other and has_ticks:
        bare = replace(given, reader="", listener="")
        return Standing(row, State.CHANGED, bare)
    return Standing(row, _state(given), given)


def _state(given: Given) -> State:
    signs = {sign_in(given.reader), sign_in(given.listener)}
    for sign, state in (
        (Sign.NO, State.WRONG),
        (Sign.UNCLEAR, State.UNCLEAR),
        (Sign.NOT_YET, State.OPEN),
    ):
        if sign in signs:
            return state
    return State.DONE
