"""Workbooks as data to .xlsx."""
