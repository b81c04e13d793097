"""Packages whose names are loaded when somebody first uses them.

The front of a package has names of many of its modules; who wants one of them does not wait
for what the others stand on. Type checkers, which run nothing, are told the names by imports
under ``TYPE_CHECKING``.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType


def homes(package: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the module of each name.

    Args:
        package: the package's name.
        names: those of each of its modules, with spaces between them.
    """
    return {name: f"{package}.{home}" for home, all_ in names.items() for name in all_.split()}


def finding(
    package: str,
    homes: Mapping[str, str],
    former: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package (PEP 562), by the module of each name.

    Args:
        package: the package's name.
        homes: the module of each name.
        former: names of before, each with its name of today and the version since when. They
            work on; whoever uses one is warned.
    """

    def find(name: str) -> object:
        if name in former:
            new, since = former[name]
            told = f"{package}.{name} is called {new} since {since}, and will go"
            warnings.warn(told, DeprecationWarning, stacklevel=2)
            name = new
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return find
