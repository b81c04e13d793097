"""What a report folder has to be for its departments to be asked and their answers taken in.

Comes in: a report folder. Goes out: the same, its plan and its actuals without a fault.
"""

from __future__ import annotations

from pathlib import Path

from kpireport.reports import Report


def read_inputs(report: Report | Path | str) -> Report:
    """Read what the departments' workbooks are made of.

    Raises:
        InputError: the inputs cannot be used, or are no review's; it lists every problem.
    """
    if not isinstance(report, Report):
        report = Report.open(report)
    read = report.read
    if read is None:
        report.findings.fail(
            "edition",
            "実績版（review）の設定ではありません。",
            "reports/2021 のような、実績版の年度のフォルダーを指定してください。",
        )
    read.findings.settle()
    return report
