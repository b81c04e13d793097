"""Finished files opened again, without trust: what a Word file says, what an archive keeps.

Comes in: paths of files that were built or kept, and may have been edited since. Goes
out: a Word file's words; an archive's list, its files, and the report that they make.
"""
