"""Compiled modules of matplotlib without the rest of it: its renderer (Agg), and FreeType.

They need nothing of matplotlib. Imported as usual, they have the whole package read before them,
its settings, its colours, its parsers, which takes longer than Word's pictures of ten charts.
So they are loaded by themselves, under their own names: who imports matplotlib in the same
process finds the same modules.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from itertools import accumulate
from types import ModuleType


def compiled(name: str) -> ModuleType:
    """Return a compiled module, ``"matplotlib.ft2font"``; the packages around it are not read."""
    spec = None if name in sys.modules or "matplotlib" in sys.modules else _found(name)
    if spec is None or spec.loader is None:  # it is there already, or in no folder: as usual
        return import_module(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module
    return module


def _found(name: str) -> ModuleSpec | None:
    """Find a module by the folders of the packages around it."""
    spec, folders = None, None
    for each in accumulate(name.split("."), "{}.{}".format):
        spec = PathFinder.find_spec(each, folders)
        if spec is None:
            return None
        folders = spec.submodule_search_locations
    return spec
