"""Report folders for the board: some departments have reported, some not, some wrongly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kpireport.status import Board, board
from tests.review_reports import FIGURES, small_rows, write_review

DEADLINE = dt.date(2022, 6, 30)  # a Thursday
COLLECTION = """
[collection]
deadline = 2022-06-30
contact = "企画課計画担当（内線1234）"
"""
DEPARTMENTS = {
    "survey": "企画課",
    "calls": "相談課",
    "crime": "相談課",
    "two": "保育課",
    "share": "保育課",
    "tablets": "学務課",
    "boards": "学務課",
}
HEALTH = "健康課"
SILENT, WRONG, ODD = ("calls", "boards"), ("tablets",), ("visits",)


def half_reported() -> list[list[Any]]:
    """The rows of 2020 and 2021: some are missing, one state is wrong, one number is odd."""
    figures = {
        **FIGURES,
        "calls": ("6,402件", ""),
        "boards": ("未着手：", ""),
        "visits": ("10,000件", "120,000件"),
        "two": ("171所（定員15,093人）", "176所（定員15,200人）"),
    }
    departments = {id_: DEPARTMENTS.get(id_, HEALTH) for id_ in FIGURES}
    rows = small_rows(2021, figures, **departments)
    rows.append(["survey", None, 2021, None, None, "調査の結果を集計中のため", None, "企画課"])
    for row in rows:
        if row[:1] == ["tablets"] and row[2] == 2021:
            row[4] = "完了"
    return rows


def write(folder: Path, rows: Sequence[Sequence[Any]] | None = None, **options: Any) -> Path:
    """Write a report folder of 2021 with a deadline."""
    review = options.pop("review", "") + COLLECTION
    return write_review(folder, rows=half_reported() if rows is None else rows, review=review)


def board_of(folder: Path, today: dt.date | None = None, **options: Any) -> Board:
    return board(write(folder, **options), today=today)
