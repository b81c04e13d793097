"""Where a plan's proof is looked for: beside its file, by its name.

Comes in: the plan's file. Goes out: a place. Whoever only asks whether there is a proof loads
nothing that reads one.
"""

from __future__ import annotations

import os
from pathlib import Path

PROOF_FILE = "読み合わせ.xlsx"
"""The proof that is looked for beside a plan's file."""


def usual_place(catalogue: Path) -> Path:
    """Return where a plan's proof is kept unless somebody says otherwise."""
    return catalogue.parent / PROOF_FILE


def has_proof(catalogue: Path) -> bool:
    """Whether a proof of a plan was begun; a link that leads nowhere is told as one."""
    return os.path.lexists(usual_place(catalogue))
