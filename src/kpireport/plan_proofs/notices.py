"""What is left to prove of a report's plan, as notices of a check or a final build.

Comes in: the plan's file; the proof beside it. Goes out: one warning for
each way in which rows are not proved, with the first of them. A plan without a proof is
nothing to tell: not every city proves a plan of ten rows.
"""

from __future__ import annotations

from pathlib import Path

from kpireport.errors import CellError, InputError
from kpireport.findings import Findings
from kpireport.messages import quoted, unreadable
from kpireport.plan_proofs.places import usual_place
from kpireport.plan_proofs.rows import proof_rows
from kpireport.plan_proofs.standings import Standing, State, standings
from kpireport.plan_proofs.ticks import GivenProof, read_proof
from kpireport.sources.catalogue import read_plan

_MOST_NAMED = 3
_MAKE_ANEW = "読み合わせのブックを作り直し、"
_TOLD = {
    State.OPEN: (
        "行は、読み合わせの印が、まだそろっていません",
        "二人で原本と読み合わせ、読み手と聞き手の欄の両方に○を付けてください。",
    ),
    State.NEW: (
        "行は、読み合わせのブックに、まだありません",
        f"{_MAKE_ANEW}読み合わせてください。",
    ),
    State.CHANGED: (
        "行は、読み合わせの印の後に、計画が変わっています",
        f"{_MAKE_ANEW}変わった行を読み合わせてください。",
    ),
    State.WRONG: (
        "行に、読み合わせで、違う（×）という印があります",
        "計画を直して、読み合わせのブックを作り直すか、正しければ○に改めてください。",
    ),
    State.UNCLEAR: (
        "行は、読み合わせの印を読めません",
        "合っていれば○、違えば×とし、言葉は「気付き」に書いてください。",
    ),
}
"""What is told of each state after the count, and what is to be done."""


def note_unproved(catalogue: Path, findings: Findings) -> None:
    """Tell how many rows of a plan are not proved yet.

    Args:
        catalogue: the plan's file, which was read without a fault, and has a proof.
        findings: where it is noted.
    """
    path = usual_place(catalogue)
    findings = findings.of(path)
    proof = _read(path, findings)
    if proof is None:
        return
    try:
        rows = proof_rows(read_plan(catalogue).entries)
    except InputError:  # told by whoever needs the plan
        return
    told = standings(rows, proof)
    for state, (what, remedy) in _TOLD.items():
        if found := told.of(state):
            counts = f"計画の{len(rows):,}行のうち{len(found):,}"
            findings.warn(found[0].given.place, f"{counts}{what}{_named(found)}。", remedy)


def _read(path: Path, findings: Findings) -> GivenProof | None:
    try:
        proof = read_proof(path)
    except CellError as error:
        findings.warn("", f"読み合わせのブックを読めません。{error.what}", error.remedy)
        return None
    except OSError as error:
        findings.warn("", *unreadable(error))
        return None
    if proof is None:
        findings.warn(
            "",
            "読み合わせのブックではないか、表の見出しが変わっています。",
            "見出しを元に戻すか、別の名前で作り直してください。",
        )
    return proof


def _named(found: tuple[Standing, ...]) -> str:
    named = "、".join(_name(each) for each in found[:_MOST_NAMED])
    more = len(found) - _MOST_NAMED
    return f"（{named}{f'、ほか{more:,}行' if more > 0 else ''}）"


def _name(standing: Standing) -> str:
    row, given = standing.row, standing.given
    place = given.place.rpartition("!")[2]
    name = row.name if row.has_own_id else row.id
    at = "、".join(filter(None, (place, given.paper)))
    return f"{row.kind}{quoted(name)}" + (f"［{at}］" if at else "")
