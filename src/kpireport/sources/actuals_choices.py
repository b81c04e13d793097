"""What a row of 実績 has of words to choose among: 進捗状況, and a mark that people choose.

Comes in: a row, and the text of the cell. Goes out: the choice; faults in the findings.
"""

from __future__ import annotations

from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Measure
from kpireport.domain.values import Value
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import CHOSEN, STATE
from kpireport.sources.actuals_scope import MarkInputs
from kpireport.sources.titled_tables import Record


def read_chosen(
    record: Record, text: str, marks: MarkInputs, log: Findings, *, is_settled: bool
) -> str:
    """Return the mark that was chosen, as it is listed; nothing where nobody is asked.

    What is settled (an earlier year) may have been chosen among other marks.
    """
    if not text or not marks.choices:
        return ""
    found = marks.find(text)
    if not found and is_settled:
        log.warn(
            record.place(CHOSEN),
            f"{quoted(text)}は、この報告書の評価にないので、未評価とします。",
            f"この報告書の評価（{'、'.join(marks.choices)}）のどれかに当たれば、書き直してください。",
        )
    elif not found:
        log.add(
            record.place(CHOSEN),
            f"{quoted(text)}という評価はありません。",
            f"次のどれかを選んでください：{'、'.join(marks.choices)}。",
        )
    return found


def read_state(
    record: Record, text: str, measure: Measure, value: Value | None, log: Findings
) -> ReportedState | None:
    """Return the state that a row says; what it should not say, or lacks, is noted."""
    is_state = measure.target.is_state
    choices = "、".join(ReportedState)
    if text and not is_state:
        log.warn(
            record.place(STATE),
            "数で報告する指標なので、進捗状況は使いません。",
            "進捗状況の欄を空にしてください。",
        )
        return None
    if text in list(ReportedState):
        return ReportedState(text)
    if text:
        log.add(
            record.place(STATE),
            f"{quoted(text)}という進捗状況はありません。",
            f"{choices} のどれかを選んでください。",
        )
    elif is_state and value is not None and not value.is_none_yet:
        log.add(
            record.place(STATE),
            "進捗状況がありません。",
            f"{choices} のどれかを選んでください。",
        )
    return None
