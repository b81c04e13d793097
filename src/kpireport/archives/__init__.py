"""What an archive is: a container of files, the list of them, and the report that they make.

Comes in: files, or what should be an archive, read without trust. Goes out: the bytes of
one, or its files, its list and its report.
"""
