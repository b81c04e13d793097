"""What runs on the computer that kpireport is carried to: the standard library alone.

These files go into the folder as they are. They are run from a share that may be read-only,
by a Python of which nothing is known yet.
"""
