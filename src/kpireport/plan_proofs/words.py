"""What a proof says above its rows, and what its columns are called.

Comes in: a proof. Goes out: final texts, the same in the workbook and on the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.plan_proofs.proofs import Proof, ProofLine
from kpireport.plan_proofs.standings import State
from kpireport.plan_proofs.ticks import ID, KIND, LISTENER, PLACE, READER, REMARK
from kpireport.quickly import dataclass

HEADING = "計画の読み合わせ"
HOW = (
    "読み手が左の原本を声に出して読み、聞き手が右の読み取りを目で追います。合っていれば○、"
    "違えば×を、二人がそれぞれの欄に付けます。"
)
HOW_TO_MEND = (
    "違うところは計画のブックで直して取り込み、もう一度読み合わせのブックを作ります。"
    "変わった行だけ、印が外れます。"
)
UNREAD, LEFT_TITLE = "行のない原本", "前の気付き"
UNREAD_HOW = (
    "原本にあって、どの行の場所でもないところです。見出しなどのほかに、読み落としがないかを見ます。"
)
LEFT_HOW = "前の読み合わせの気付きのうち、行がなくなったものです。"
WORDS = "原本の言葉"
CHANGED = "前の印の後に変わりました。もう一度読み合わせます。"


@dataclass(frozen=True, slots=True)
class ProofColumn:
    """A column of a proof: its title, its width in half widths, its share of the page."""

    title: str
    width: float
    share: float


NAME, DIFFERENCE = "名称", "原本との違い"
COLUMNS = (
    ProofColumn("番号", 6, 4),
    ProofColumn(KIND, 10, 6.5),
    ProofColumn(ID, 12, 6),
    ProofColumn(PLACE, 14, 8),
    ProofColumn(WORDS, 32, 15),
    ProofColumn("戦略計画", 14, 0),
    ProofColumn(NAME, 34, 15),
    ProofColumn("現状値", 14, 7.5),
    ProofColumn("目標値", 14, 7.5),
    ProofColumn("意味", 34, 14),
    ProofColumn(DIFFERENCE, 20, 0),
    ProofColumn(READER, 7, 4.5),
    ProofColumn(LISTENER, 7, 4.5),
    ProofColumn(REMARK, 20, 7.5),
)
"""Those without a share of the page stand below the row there, or beside its name."""


def facts(proof: Proof) -> Iterator[str]:
    """Yield what a reader has to know first."""
    yield proof.title
    yield f"全部で{len(proof.lines)}行。これまでに済んだもの {proof.done}行"
    if not proof.has_original:
        yield "原本の場所は分かっていません。紙の頁などを「原本の場所」に書いて使います。"


def told_of(line: ProofLine) -> str:
    """What differs from the original, or since the ticks."""
    changed = CHANGED if line.standing.state is State.CHANGED else ""
    return "\n".join(filter(None, (changed, line.difference)))


def texts_of(number: int, line: ProofLine) -> tuple[str, ...]:
    """The texts of a row, column by column, up to the ticks."""
    row = line.standing.row
    return (
        str(number),
        row.kind,
        row.id,
        line.place,
        line.original.text,
        row.within,
        row.name,
        row.baseline,
        row.target,
        row.meaning,
        told_of(line),
    )
