"""Random plan's files, drawn from the models of the file themselves.

Every item that a model knows may be there, also one that is added to it later, with texts that
cells are known to lose: white space at their ends, line feeds, formulas, escapes, signs that
the notations of cells use, characters beyond the first plane.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AfterValidator, BeforeValidator

from kpireport.domain.layouts import OF_KEYS, LayoutName
from kpireport.sources.catalogue_file import FORMAT, CatalogueFile, SectionEntry
from kpireport.sources.fields import Entry
from kpireport.sources.layout_entries import LayoutColumnEntry

_PARTS = [
    *("計画", "指標", "１", "12", "350人", "50％", "（令和４年度）", "以上", "ｶﾞ", "Ａ", "é"),
    *("、", "：", "／", "※", "―", "・", "～", " ", "\u3000", "\n", "🎉", "𠮷", '"', "'", "\\"),
    *("=1+1", "+1", "-3", "@a", "_x000D_", "&amp;", "<b>", "{}", "null", "はい", "欄：", "年度"),
    *("約", ",", ".", "60件（５年間）", "現状値から増加", "検討"),
]
_OPTIONAL = st.lists(st.sampled_from(_PARTS), max_size=4).map("".join)
_TEXTS = _OPTIONAL.filter(str.strip)
_LABELS = _TEXTS.map(lambda text: text.replace("\n", "").strip()[:20].strip()).filter(bool)
_IDS = st.sampled_from(["p01", "p01-01", "g1", "n1", "A-b_c", "1"])
_COLUMNS = st.sampled_from([str(each) for each in LayoutName]) | st.builds(
    str.__add__, st.sampled_from(tuple(OF_KEYS)), _LABELS
)
"""Names of columns: what is none of them means, in a workbook, what the plan calls its columns."""
_NUMBERS = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=2).map(Decimal)
_YEARS = st.integers(1990, 2060)
_DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31)).map(str)
_MOST = 3


def catalogue_files() -> st.SearchStrategy[CatalogueFile]:
    """Plan's files that fit their model, whatever they mean; no two things share an id."""
    return _entries(CatalogueFile, 0).map(_finished).map(CatalogueFile.model_validate)


def _finished(raw: dict[str, Any]) -> dict[str, Any]:
    raw["format"] = FORMAT
    for number, entry in enumerate(_identified(raw["goals"])):
        entry["id"] = f"i{number}"
    for number, revision in enumerate(raw.get("revisions", ())):
        revision["id"] = f"r{number}"
    brought = (each for revision in raw.get("revisions", ()) for each in _identified([revision]))
    for number, entry in enumerate(brought):
        if "name" in entry and "baseline" in entry:
            entry["id"] = f"new-{number}"
    return raw


def _identified(value: Any) -> Iterator[dict[str, Any]]:
    match value:
        case dict():
            if "id" in value:
                yield value
            for each in value.values():
                yield from _identified(each)
        case list():
            for each in value:
                yield from _identified(each)


def _entries(model: type[Entry], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        values = _values(field.annotation, field.metadata, depth)
        (needed if field.is_required() else optional)[field.alias or name] = values
    if model is LayoutColumnEntry:
        needed["column"] = _COLUMNS
    if depth > 2 and model is SectionEntry:
        del optional["sections"]
    return st.fixed_dictionaries(needed, optional=optional)


def _values(annotation: Any, metadata: Sequence[Any], depth: int) -> st.SearchStrategy[Any]:
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata = (*more, *metadata)
    while hasattr(annotation, "__value__"):
        annotation = annotation.__value__
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        parts = [each for each in arguments if each is not NoneType]
        return st.one_of(*(_values(each, metadata, depth) for each in parts))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        least, most = _bounds(metadata)
        return st.lists(_values(arguments[0], (), depth), min_size=least, max_size=most)
    if origin is dict:
        keys, values = (_values(each, (), depth) for each in arguments)
        return st.dictionaries(keys, values, min_size=_bounds(metadata)[0], max_size=_MOST)
    if issubclass(annotation, Entry):
        return st.deferred(lambda: _entries(annotation, depth + (annotation is SectionEntry)))
    return _scalars(annotation, {each.func.__name__ for each in _checks(metadata)}, metadata)


def _checks(metadata: Sequence[Any]) -> Iterator[AfterValidator | BeforeValidator]:
    return (each for each in metadata if isinstance(each, AfterValidator | BeforeValidator))


def _bounds(metadata: Sequence[Any]) -> tuple[int, int]:
    least = max((each.min_length for each in metadata if hasattr(each, "min_length")), default=0)
    return least or 0, max(_MOST, least or 0)


def _scalars(kind: type, checks: set[str], metadata: Sequence[Any]) -> st.SearchStrategy[Any]:
    if issubclass(kind, StrEnum):
        return st.sampled_from([str(each) for each in kind])
    if kind is bool:
        return st.booleans()
    if kind is str:
        if "_check_identifier" in checks:
            return _IDS
        if "_check_comment_label" in checks:
            return _LABELS
        return _TEXTS if "_check_not_blank" in checks else _OPTIONAL
    if kind is Decimal:
        return _NUMBERS
    if kind is dt.date:
        return _DAYS
    if kind is int:
        return _YEARS if "_read_year" in checks else st.integers(2, 20)
    raise AssertionError(kind, metadata)
