"""Dataclasses with slots, as ``dataclasses`` makes them, in a third of the time.

There are 700 of them, of which a build loads half and makes objects of a quarter: ``dataclasses``
writes and compiles six functions for each, which takes a sixth of the time of a short document.
Here three are, each when it is first used; the others are the same for all classes.
``__init__`` sets each slot by its own setter, which takes half of the time also for each cell,
word and quantity that is made, by the 100,000.

The name, the arguments and what is made are those of :func:`dataclasses.dataclass`, which type
checkers are told that it is, and which makes what is asked for otherwise: classes without slots
or with an order, with methods of their own in the place of these, that go on from another.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    body |= {name: _Late(write, fields) for name, write in _WRITTEN.items()}
    if frozen:
        body |= _FROZEN
        body["__dataclass_params__"].frozen = True  # asked where another goes on from this one
    else:
        body["__hash__"] = None  # as whatever is equal and may change
    made = type(kind)(kind.__name__, kind.__bases__, body)
    made.__qualname__ = kind.__qualname__
    return made


class _Late:
    """A method that is compiled when it is first used: of most classes one is, or none."""

    __slots__ = ("_fields", "_kind", "_name", "_write")

    def __init__(self, write: _Write, fields: Sequence[Field[Any]]) -> None:
        self._write, self._fields = write, fields

    def __set_name__(self, kind: type, name: str) -> None:
        self._kind, self._name = kind, name

    def __get__(self, instance: object, owner: type | None = None) -> _Method:
        """Put the method where this stood, and return it as it is asked for."""
        kind, name = self._kind, self._name
        text, known = self._write(kind, self._fields)
        exec(text, known)  # noqa: S102 -- as dataclasses does: of the fields' names alone
        method = known[name]
        method.__module__, method.__qualname__ = kind.__module__, f"{kind.__qualname__}.{name}"
        setattr(kind, name, method)
        bound: _Method = method.__get__(instance, owner)
        return bound


def _init(kind: type, fields: Sequence[Field[Any]]) -> tuple[str, dict[str, Any]]:
    """Return the text of a class's ``__init__``, and what it names."""
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
    known["__types"] = {each.name: each.type for each in fields if each.init} | {"return": None}
    header, types = f"def __init__({', '.join(parameters)}):", "__init__.__annotations__ = __types"
    return "\n".join((header, *(lines or (" pass",)), types)), known


def _eq(_: type, fields: Sequence[Field[Any]]) -> tuple[str, dict[str, Any]]:
    compared = [field for field in fields if field.compare]
    return (
        f"""\
def __eq__(self, other):
 if other.__class__ is self.__class__:
  return {_values("self", compared)} == {_values("other", compared)}
 return NotImplemented""",
        {},
    )


def _hash(_: type, fields: Sequence[Field[Any]]) -> tuple[str, dict[str, Any]]:
    hashed = [each for each in fields if (each.compare if each.hash is None else each.hash)]
    return f"def __hash__(self):\n return hash({_values('self', hashed)})", {}


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


_Write = Callable[[type, Sequence[Field[Any]]], tuple[str, dict[str, Any]]]
_WRITTEN: Mapping[str, _Write] = {"__init__": _init, "__eq__": _eq, "__hash__": _hash}
_FROZEN: Mapping[str, _Method] = {
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_deleted,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
