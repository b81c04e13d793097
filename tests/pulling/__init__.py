"""Edits read back from Word files."""
