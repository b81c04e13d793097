"""What the name in a row of actuals says against its id.

Comes in: a row, the measure of its id, whose name it has. Goes out: faults in the findings.
"""

from __future__ import annotations

from kpireport.domain.catalogue import Measure
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import NAME
from kpireport.sources.titled_tables import Record


def note_other_name(record: Record, measure: Measure, named: list[str], log: Findings) -> None:
    """Note that a row names another measure than its id does, or none that there is."""
    if named:
        log.add(
            record.place(NAME),
            f"記号は{quoted(measure.id)}なのに、指標の名前は{quoted(named[0])}のものです。",
            "行がずれていないかを確かめ、記号か指標を直してください。",
        )
    else:
        log.warn(
            record.place(NAME),
            f"指標の名前が、計画の{quoted(measure.name)}と違います。",
            "行がずれていないかを確かめてください。",
        )
