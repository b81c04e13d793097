"""What ``kpireport plan read`` is told of columns, and what it says on the console.

Comes in: a plan that was read from a document. Goes out: how many of what there is, and which
column was taken for what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kpireport.plan_documents.reading import ReadPlan
    from kpireport.plan_documents.understanding import TableRead

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="列=役",
        help="列が何かを指定します。「列1=指標」か「見出し=現状値」を , で続けます。"
        "1つの表だけなら「表2:」を前に付けます。くり返し指定できます。",
    ),
]
_MOST_TABLES = 12


def read_text(read: ReadPlan) -> str:
    """What was read, in words."""
    from kpireport.plan_documents.books import counts_of
    from kpireport.plan_documents.understanding import by_columns

    counted = [f"{word}: {number}" for word, number in counts_of(read.understood)]
    kinds = by_columns(read.understood.tables)
    tables = [line for columns, orders in kinds[:_MOST_TABLES] for line in _told(columns, orders)]
    if len(kinds) > _MOST_TABLES:
        tables.append(
            f"  ほか{len(kinds) - _MOST_TABLES}種類は、シート「読み取りの報告」にあります。"
        )
    basics = [f"要確認：{each}" for each in read.understood.open_basics]
    return "\n".join(("列の読み方", *tables, "", *counted, *basics))


def _told(table: TableRead, orders: list[int]) -> list[str]:
    from kpireport.plan_documents.books import shown_role

    numbers = "、".join(f"表{each}" for each in orders[:10])
    more = f" ほか{len(orders) - 10}" if len(orders) > 10 else ""
    return [
        f"  {numbers}{more}（{table.stretch.table.place(0)}から）",
        *(
            f"    列{each.index + 1}「{each.caption.shown}」→ {shown_role(each)}"
            f"{'' if each.is_sure else '　要確認'}"
            for each in table.columns
        ),
    ]
