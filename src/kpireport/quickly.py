"""Frozen dataclasses that are made by the hundred thousand: cells, words, quantities.

``dataclasses`` sets each field of a frozen one by ``object.__setattr__``, which looks for it by
its name; a slot's own setter knows where it stands, and takes half of the time.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TypeVar

_Kind = TypeVar("_Kind", bound=type)


def quickly_made(kind: _Kind) -> _Kind:
    """Return a frozen dataclass with slots, its ``__init__`` setting each slot by its setter.

    Raises:
        TypeError: it has a field of its own making (``default_factory``, ``init=False``), or
            something is done once it is made (``__post_init__``).
    """
    names: dict[str, object] = {}
    parameters, lines = ["self"], []
    for field in fields(kind):
        if field.default_factory is not MISSING or not field.init or field.kw_only:
            raise TypeError(f"{kind.__name__}.{field.name} is more than what it is given")
        names[f"set_{field.name}"] = getattr(kind, field.name).__set__
        names[f"usual_{field.name}"] = field.default
        is_given = field.default is MISSING
        parameters.append(field.name if is_given else f"{field.name}=usual_{field.name}")
        lines.append(f"    set_{field.name}(self, {field.name})")
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} does more than it is given")
    text = "\n".join((f"def __init__({', '.join(parameters)}):", *lines))
    exec(text, names)  # noqa: S102 -- as dataclasses does: of the fields' names alone
    init, given = names["__init__"], vars(kind)["__init__"]
    for name in ("__module__", "__qualname__", "__annotations__"):
        setattr(init, name, getattr(given, name))
    kind.__init__ = init  # type: ignore[misc] # in the place of one that does the same
    return kind
