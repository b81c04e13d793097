"""The sheets of a report's workbook: their names and columns.

What the departments fill in, what :mod:`kpireport.sources.actuals` reads, and what a
tool that hands out empty sheets writes.
"""

from __future__ import annotations

from kpireport.sources.titled_tables import Column, Form

ID, NAME, YEAR = "記号", "指標", "年度"
VALUE, STATE, REASON = "実績", "進捗状況", "報告できない理由"
COMMENT, DEPARTMENT = "コメント", "所管課"
PLAN = "戦略計画"
INITIATIVES, ISSUES, OUTLOOK = "主な取組", "課題", "今後の方向"
MARK, OVERRIDE_REASON = "評価", "修正の理由"

_ID = Column(ID, ("id", "指標id", "計画id", "指標の記号", "計画の記号", "指標番号", "計画番号"))
_NAME = Column(NAME, ("指標名", "名称", "指標の名称"), is_required=False)
_YEAR = Column(YEAR, ("実績年度", "報告年度", "対象年度"))

ACTUALS = Form(
    "実績",
    (
        _ID,
        _NAME,
        _YEAR,
        Column(VALUE, ("実績値",)),
        Column(STATE, ("状態", "進捗"), is_required=False),
        Column(REASON, ("未報告の理由", "未報告理由", "理由"), is_required=False),
        Column(COMMENT, ("備考",), is_required=False),
        Column(DEPARTMENT, ("担当課", "所管", "所属"), is_required=False),
    ),
)
COMMENTS = Form(
    "計画コメント",
    (
        _ID,
        Column(PLAN, ("計画名", "戦略計画名", "計画", "名称"), is_required=False),
        _YEAR,
        Column(INITIATIVES, ("主な取り組み", "取組", "取組内容")),
        Column(ISSUES, ("現状と課題",)),
        Column(OUTLOOK, ("今後の方向性", "今後の取組")),
    ),
)
OVERRIDES = Form(
    "評価の修正",
    (
        _ID,
        _NAME,
        _YEAR,
        Column(MARK, ("修正後の評価", "修正評価")),
        Column(OVERRIDE_REASON, ("理由",)),
    ),
)
FORMS = (ACTUALS, COMMENTS, OVERRIDES)
