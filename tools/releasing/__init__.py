"""What a release is made with: the wheel and the sdist with their sums, and what prints otherwise.

``python -m tools.releasing.distributions`` builds both files, the same bytes whenever and
wherever; ``python -m tools.releasing.changes OLD`` compares the samples as the version of a tag or
commit makes them with those of now, for the notes of what changes in print.
"""
