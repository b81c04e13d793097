"""Tables on how indicators are judged, computed by the product, as Markdown.

Comes in: examples written as they are printed, one a line::

    現状値 | 目標値 | 種類 | 期限の年度 | 報告の年度 | 実績 [| 前年度の実績]

Goes out: tables of their rates, marks and reasons, and of the rules of a scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kpireport.document.judgements import describe_reason, rate_text
from kpireport.document.scheme_rules import describe_scheme
from kpireport.domain.actuals import Actual, Actuals, ReportedState
from kpireport.domain.catalogue import Baseline, Indicator, Target
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.evaluation import SCHEMES, Judgement, Scheme
from kpireport.evaluation.judging import judge
from kpireport.evaluation.rows import row_of

_BASELINE_YEAR = FiscalYear(2018)  # of the sample plan, from which the examples are
_ID = "example"
_EXAMPLE = ("現状値", "目標値", "年度", "実績")
_BAR = r"\|"
_COMPARED = ("linear", "tama", "ino", "nagayo", "kitsuki")


@dataclass(frozen=True, slots=True)
class Example:
    """An indicator and what was reported on it, as printed."""

    baseline: str
    target: str
    kind: TargetKind
    due: FiscalYear
    year: FiscalYear
    actual: str
    before: str = ""

    def judged_by(self, scheme: Scheme) -> Judgement:
        """Return the judgement of the example."""
        indicator = Indicator(
            _ID,
            _ID,
            Baseline(self.baseline, parse_value(self.baseline).quantities),
            Target(self.target, self.kind, parse_value(self.target).quantities, self.due),
        )
        reports = (_report(self.actual, self.year), _report(self.before, self.year.previous))
        actuals = Actuals(tuple(each for each in reports if each))
        return judge(row_of(indicator, _BASELINE_YEAR, self.due), actuals, self.year, scheme)

    def words(self) -> tuple[str, str, str, str]:
        """Return what is the same under every scheme: 現状値, 目標値, the year, 実績."""
        due = f"{self.target}（{format_fiscal_year(self.due)}）"
        before = f"（前年度は{self.before}）" if self.before else ""
        return self.baseline, due, format_fiscal_year(self.year), self.actual + before


def read_example(line: str) -> Example:
    """Read a line of examples.

    Raises:
        ValueError: it is not such a line.
    """
    baseline, target, kind, due, year, *actuals = (part.strip() for part in line.split("|"))
    years = FiscalYear(int(due)), FiscalYear(int(year))
    return Example(baseline, target, TargetKind(kind), *years, *actuals)


def _report(written: str, year: FiscalYear) -> Actual | None:
    if not written:
        return None
    if written in tuple(ReportedState):
        return Actual(_ID, year, None, ReportedState(written))
    return Actual(_ID, year, parse_value(written))


def judgements(scheme: str, examples: Iterable[str]) -> list[str]:
    """Return the lines of a table of each example's rates, mark and reason under a scheme."""
    rows = [_judged(read_example(line), SCHEMES[scheme]) for line in examples]
    return [*_table((*_EXAMPLE, "達成率", "進捗率", "年度の目安", "評価", "理由"), rows)]


def _judged(example: Example, scheme: Scheme) -> tuple[str, ...]:
    found = example.judged_by(scheme)
    rates = (found.achievement_rate, found.progress_rate, found.expected)
    reason = describe_reason(found.reason)
    return (*example.words(), *map(rate_text, rates), found.mark.label, reason)


def schemes_compared(examples: Iterable[str]) -> list[str]:
    """Return the lines of a table of each example's mark under the schemes told in full."""
    return [*_table((*_EXAMPLE, *_COMPARED), [_compared(read_example(line)) for line in examples])]


def _compared(example: Example) -> tuple[str, ...]:
    marks = (example.judged_by(SCHEMES[name]).mark.label for name in _COMPARED)
    return (*example.words(), *marks)


def scheme_rules(scheme: str) -> list[str]:
    """Return the lines of a scheme's rules, in the report's own words: a table and notes."""
    rules = describe_scheme(SCHEMES[scheme])
    rows = [(each.mark.label, *(text or "―" for text in each.conditions)) for each in rules.marks]
    notes = [f"- {note}" for note in (*rules.terms, *rules.notes)]
    return [*_table(("評価", *rules.tasks), rows), "", *notes]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose first row is its header."""
    yield _row(head)
    yield f"|{'---|' * len(head)}"
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"
