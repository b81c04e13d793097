"""What an object has beyond another, as a JSON Merge Patch (RFC 7396).

Comes in: an object as the cells of a row say it, and the object that they are to say. Goes
out: what is to be merged into the first to get the second. A sheet has columns for what
staff write; all else of the plan's file stands in the row's last cell as such a patch, so
that a plan goes through a workbook and nothing of it is lost.
"""

from __future__ import annotations

from kpireport.sources.json_file import Json


def patch_between(before: dict[str, Json], after: dict[str, Json]) -> dict[str, Json]:
    """The patch that makes ``after`` of ``before``; empty where they are the same.

    The plan's file has no ``null`` that says anything: it can stand for what is taken away.
    """
    patch: dict[str, Json] = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(old, dict) and isinstance(value, dict) and value:
            if inner := patch_between(old, value):
                patch[key] = inner
        elif key not in before or not _same(old, value):
            patch[key] = value
    return patch


def _same(one: Json, other: Json) -> bool:
    """Whether two values are equal, ``1`` and ``True`` apart."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def merged(target: dict[str, Json], patch: dict[str, Json]) -> dict[str, Json]:
    """The object with the patch merged into it (RFC 7396, 2)."""
    result = dict(target)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            below = result.get(key)
            result[key] = merged(below if isinstance(below, dict) else {}, value)
        else:
            result[key] = value
    return result
