"""Values of earlier years that were changed where they had been kept (保存した版).

Comes in: the actuals of a review as read. Goes out: for each earlier report what nobody would
see in the document: that its values were corrected, and how that is to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpireport.domain.years import format_fiscal_year

if TYPE_CHECKING:
    from kpireport.domain.actuals import Actuals
    from kpireport.domain.settings import ReviewSettings
    from kpireport.sources.actuals import ReadActuals


def changed_since_kept(
    read: ReadActuals, review: ReviewSettings, read_kept: Callable[[Path], Actuals]
) -> Iterator[tuple[Path, str, str]]:
    """Yield each earlier report's file with what was changed in it, and how to mend it.

    Args:
        read: the review's actuals.
        review: its settings.
        read_kept: what reads a kept file alone.
    """
    from kpireport.archives.beside import kept_otherwise
    from kpireport.domain.corrections import find_corrections
    from kpireport.messages import quoted
    from kpireport.sources.actuals_merge import shown

    year = review.fiscal_year
    marked = {each.actual for each in find_corrections(read.actuals, year)}
    for file in review.earlier:
        kept = kept_otherwise(file)
        if kept is None:
            continue
        now = replace(read.actuals, before=read_kept(kept))
        changed = [
            f"{each.actual.measure_id}　{format_fiscal_year(each.actual.fiscal_year)}："
            f"{shown(each.before) if each.before else '未報告'} → {shown(each.actual)}"
            for each in find_corrections(now, year)
            if each.actual not in marked
        ]
        if changed:
            what = (
                f"保存した版（{quoted(str(kept.parent))}）と、実績が違います"
                f"（{'、'.join(changed)}）。報告書には、訂正と書かれません。"
            )
            remedy = (
                "訂正と書くには、このファイルを保存したときの値に戻し、今の値の行を、"
                "今年度の実績のブックに加えてください。"
            )
            yield file, what, remedy
