"""Readers of the input files: each collects all problems of its file in one run."""
