"""Blocks → Word. One function: :func:`write_docx`."""

from kpireport.writers.docx.writer import write_docx

__all__ = ["write_docx"]
