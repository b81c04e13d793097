"""Workbooks as data to .xlsx."""

from __future__ import annotations

from kpireport.writers.xlsx.writer import write_book

__all__ = ["write_book"]
