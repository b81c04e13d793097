"""Input files changed in place: the cells, fields or items that are named, and nothing else.

Comes in: a file's bytes and what is to stand where. Goes out: the bytes with it; every
other byte stays as people and their programs wrote it.
"""
