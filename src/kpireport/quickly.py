"""Dataclasses with slots, as ``dataclasses`` makes them, in a third of the time.

There are 700 of them, of which a build loads half: ``dataclasses`` writes and compiles six
functions for each, one after the other, which takes a sixth of the time of a short document.
Here three are compiled, at once; the others are the same for all classes. ``__init__`` sets
each slot by its own setter, which takes half of the time also for each cell, word and quantity
that is made, by the 100,000.

The name, the arguments and what is made are those of :func:`dataclasses.dataclass`, which type
checkers are told that it is, and which makes what is asked for otherwise: classes without slots
or with an order, with methods of their own in the place of these, that go on from another.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Never

_Method = Callable[..., Any]
_METHODS = ("__init__", "__repr__", "__eq__", "__hash__", "__getstate__", "__setstate__")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 -- known by this name too
else:

    def dataclass(
        kind: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        **otherwise: bool,
    ) -> type | Callable[[type], type]:
        """Return what makes a class a dataclass; see :func:`dataclasses.dataclass`."""

        def made(kind: type) -> type:
            goes_on = any(map(dataclasses.is_dataclass, kind.__bases__))
            if otherwise or not slots or goes_on or not vars(kind).keys().isdisjoint(_METHODS):
                return dataclasses.dataclass(frozen=frozen, slots=slots, **otherwise)(kind)
            return _made(kind, frozen=frozen)

        return made if kind is None else made(kind)


def _made(kind: type, *, frozen: bool) -> type:
    """Return the class with its fields in slots, and with what all dataclasses can do.

    Raises:
        TypeError: a field is given by its name alone (``kw_only``), or is none of an instance
            (``InitVar``, ``ClassVar``).
    """
    bare: type = dataclasses.dataclass(init=False, repr=False, eq=False)(kind)
    fields = dataclasses.fields(bare)
    all_of_instances = len(fields) == len(vars(bare)["__dataclass_fields__"])
    if not all_of_instances or any(field.kw_only for field in fields):
        raise TypeError(f"{kind.__name__} is more than fields, given one after the other")
    names = tuple(field.name for field in fields)
    body = dict(vars(bare))
    for name in (*names, "__dict__", "__weakref__"):  # a default stands where its slot will
        body.pop(name, None)
    body |= {"__slots__": names, "__repr__": _repr}
    if frozen:
        body |= _FROZEN
        body["__dataclass_params__"].frozen = True  # asked where another goes on from this one
    made = type(kind)(kind.__name__, kind.__bases__, body)
    made.__qualname__ = kind.__qualname__
    for name, method in _compiled(made, fields):
        setattr(made, name, method)
    if not frozen:
        made.__hash__ = None  # type: ignore[assignment] # as whatever is equal and may change
    return made


def _compiled(kind: type, fields: Sequence[Field[Any]]) -> Iterator[tuple[str, _Method]]:
    """Yield the methods that name each field: written as one text, and compiled once."""
    known: dict[str, Any] = {"__unset": MISSING}
    parameters, lines = ["self"], []
    for field in fields:
        name = field.name
        known[f"__set_{name}"] = vars(kind)[name].__set__
        known[f"__usual_{name}"], known[f"__make_{name}"] = field.default, field.default_factory
        is_made, has_default = field.default_factory is not MISSING, field.default is not MISSING
        value = f"__make_{name}()" if is_made else f"__usual_{name}"
        if field.init:
            usual = "__unset" if is_made else f"__usual_{name}"
            parameters.append(f"{name}={usual}" if is_made or has_default else name)
            value = f"{value} if {name} is __unset else {name}" if is_made else name
        if field.init or is_made or has_default:
            lines.append(f" __set_{name}(self, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append(" self.__post_init__()")
    compared = [field for field in fields if field.compare]
    hashed = [each for each in fields if (each.compare if each.hash is None else each.hash)]
    text = (
        f"def __init__({', '.join(parameters)}):",
        *(lines or (" pass",)),
        "def __eq__(self, other):",
        " if other.__class__ is self.__class__:",
        f"  return {_values('self', compared)} == {_values('other', compared)}",
        " return NotImplemented",
        "def __hash__(self):",
        f" return hash({_values('self', hashed)})",
    )
    exec("\n".join(text), known)  # noqa: S102 -- as dataclasses does: of the fields' names alone
    known["__init__"].__annotations__ = {each.name: each.type for each in fields if each.init}
    known["__init__"].__annotations__["return"] = None
    for name in ("__init__", "__eq__", "__hash__"):
        method = known[name]
        method.__module__, method.__qualname__ = kind.__module__, f"{kind.__qualname__}.{name}"
        yield name, method


def _values(of: str, fields: Iterable[Field[Any]]) -> str:
    """Return the text of a tuple of their values."""
    return f"({''.join(f'{of}.{field.name},' for field in fields)})"


@recursive_repr()
def _repr(self: Any) -> str:  # noqa: ANN401 -- of any dataclass
    shown = (each.name for each in dataclasses.fields(self) if each.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({values})"


def _refuse_set(self: object, name: str, value: object) -> Never:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleted(self: object, name: str) -> Never:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:  # noqa: ANN401
    """Return the fields' values, to be pickled: setting them one by one is refused."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:  # noqa: ANN401
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN: Mapping[str, _Method] = {
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_deleted,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
