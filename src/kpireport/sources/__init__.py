"""Readers of the input files: each collects all problems of its file in one run.

Files come from many hands, so nothing in them is trusted, run, followed or opened. A file is
bounded where it is read: in bytes, in parts of its package, in cells, rows and styles.

A problem says where, what, and how to mend it, and which measure and department it is about
where that is known. Readers go on after a fault, so that staff get one list instead of one
fault at a time.

Beside errors there are doubts (確かめていただきたいところ): values that are possible, but
look wrong. A rule for them earns its place only where a coincidence is rare, for staff stop
reading what cries wolf.
"""
