"""Tables on how indicators are judged, computed by the product when the site is built.

Comes in: examples written as they are printed, one a line::

    現状値 | 目標値 | 種類 | 期限の年度 | 報告の年度 | 実績 [| 前年度の実績]

Goes out: tables of their rates, marks and reasons, and of the rules of a scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from kpireport.document.judgements import describe_reason, rate_text
from kpireport.document.scheme_rules import describe_scheme
from kpireport.domain.actuals import Actual, Actuals, ReportedState
from kpireport.domain.catalogue import Baseline, Indicator, Target
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.evaluation import LINEAR, SCHEMES, Judgement, Scheme
from kpireport.evaluation.judging import judge
from kpireport.evaluation.rows import row_of

_BASELINE_YEAR = FiscalYear(2018)  # of the sample plan, from which the examples are
_ID = "example"


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
    """Read a line of the directive.

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


class Judgements(SphinxDirective):
    """``{judgements}``: each example's rates, mark and reason under one scheme."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {"scheme": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        scheme = SCHEMES[self.options.get("scheme", LINEAR.name)]
        head = (
            "現状値",
            "目標値",
            "年度",
            "実績",
            "達成率",
            "進捗率",
            "年度の目安",
            "評価",
            "理由",
        )
        return [_table(head, [_judged(read_example(line), scheme) for line in self.content])]


def _judged(example: Example, scheme: Scheme) -> tuple[str, ...]:
    found = example.judged_by(scheme)
    rates = (found.achievement_rate, found.progress_rate, found.expected)
    reason = describe_reason(found.reason)
    return (*example.words(), *map(rate_text, rates), found.mark.label, reason)


class SchemesCompared(SphinxDirective):
    """``{schemes-compared}``: each example's mark under every scheme."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        head = ("現状値", "目標値", "年度", "実績", *SCHEMES)
        return [_table(head, [_compared(read_example(line)) for line in self.content])]


def _compared(example: Example) -> tuple[str, ...]:
    marks = (example.judged_by(scheme).mark.label for scheme in SCHEMES.values())
    return (*example.words(), *marks)


class SchemeRules(SphinxDirective):
    """``{scheme-rules} linear``: the rules of a scheme, in the report's own words."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table and the notes below it."""
        rules = describe_scheme(SCHEMES[self.arguments[0]])
        rows = [
            (each.mark.label, *(text or "―" for text in each.conditions)) for each in rules.marks
        ]
        notes = nodes.bullet_list()
        for note in (*rules.terms, *rules.notes):
            notes += nodes.list_item("", nodes.paragraph(text=note))
        return [_table(("評価", *rules.tasks), rows), notes]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.Element:
    """Return a table whose first row is its header."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    table = nodes.table("", group)
    table["classes"] += ["computed"]
    return table


def _row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives with Sphinx."""
    app.add_directive("judgements", Judgements)
    app.add_directive("schemes-compared", SchemesCompared)
    app.add_directive("scheme-rules", SchemeRules)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
