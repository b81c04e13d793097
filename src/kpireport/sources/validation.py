"""Checking a file's values against pydantic models, in words for staff.

Comes in: plain values from JSON or TOML and the model that they should fit.
Goes out: an instance of the model, or one problem per fault. Every fault is
put in Japanese here; pydantic's own English never reaches the user.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import islice
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from kpireport.findings import MOST_FAULTS, Findings
from kpireport.messages import (
    PathStep,
    describe,
    did_you_mean,
    path_text,
    quoted,
)

_Model = TypeVar("_Model", bound=BaseModel)
_Explanation = tuple[str, str]

_FAULT = "kpireport_fault"


def fault(what: str, remedy: str) -> PydanticCustomError:
    """The error that a validator of ours raises: what is wrong, and how to mend it."""
    return PydanticCustomError(_FAULT, "{what}", {"what": what, "remedy": remedy})


def validate(model: type[_Model], data: object, log: Findings) -> _Model | None:
    """Fit ``data`` to ``model``; ``None`` where it does not fit, with its faults in ``log``.

    Raises:
        InputError: there is more in it than in any file that people write.
    """
    _refuse_many(data, log)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        count = error.error_count()
        details = error.errors(include_url=False) if count <= MOST_FAULTS else _first(model, data)
    for detail in details:
        place, what, remedy = _explain(model, detail)
        log.add(place, what, remedy)
    log.add_more(count - len(details))
    return None


_MOST_ITEMS = 500_000  # a plan of ten thousand indicators has some two hundred thousand
_NAMES = 100  # more than any table of a file has
_FEWER = (100, 30, 10, 3, 1)


def _refuse_many(data: object, log: Findings) -> None:
    """Refuse what was made to fill the memory: each item may be a fault."""
    waiting, count = [data], 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict | list):
            count += len(item)
            if count > _MOST_ITEMS:
                what = f"項目が多すぎます（{_MOST_ITEMS:,}を超えます）。"
                log.fail("", what, "正しいファイルかどうかを確かめてください。")
            waiting.extend(item.values() if isinstance(item, dict) else item)


def _first(model: type[BaseModel], data: object) -> list[ErrorDetails]:
    """Return the first of too many faults: those in the beginnings of the file's lists.

    To have all put into words would take gigabytes.
    """
    details: list[ErrorDetails] = []
    for most in _FEWER:
        try:
            model.model_validate(_beginning(data, most))
        except ValidationError as error:
            if error.error_count() <= MOST_FAULTS:
                return error.errors(include_url=False)
            if most == _FEWER[-1]:
                details = error.errors(include_url=False)[:MOST_FAULTS]
    return details


def _beginning(data: object, most: int) -> object:
    """Return the data with so many items of each list, and no more unknown names than that."""
    match data:
        case list():
            return [_beginning(each, most) for each in data[:most]]
        case dict():
            return {key: _beginning(data[key], most) for key in islice(data, most * _NAMES)}
        case _:
            return data


def fit(model: type[_Model], data: object) -> _Model | None:
    """Fit ``data`` to ``model``; ``None`` where it does not fit, which is logged elsewhere."""
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str, str]:
    loc = detail["loc"]
    match detail["type"]:
        case "extra_forbidden":
            name = str(loc[-1])
            _, holders = _walk(model, loc[:-1])
            remedy = did_you_mean(name, _names(holders))
            return _place(model, loc[:-1]), f"{quoted(name)}という項目はありません。", remedy
        case "missing":
            name = quoted(str(loc[-1]))
            what = f"項目{name}{_title(model, loc)}がありません。"
            remedy = f"{name}を書き足してください。{_choices(model, loc)}"
            return _place(model, loc[:-1]), what, remedy
        case kind:
            what, remedy = _EXPLANATIONS.get(kind, _unknown_fault)(detail)
            return _place(model, loc), what, remedy


def _title(model: type[BaseModel], loc: Sequence[PathStep]) -> str:
    """What a field is called in Japanese, in brackets, where its model says so."""
    _, holders = _walk(model, loc[:-1])
    fields = (holder.model_fields.get(str(loc[-1])) for holder in holders)
    return next((f"（{field.title}）" for field in fields if field and field.title), "")


def _choices(model: type[BaseModel], loc: Sequence[PathStep]) -> str:
    """Name the values that a missing field takes, if they are a closed list."""
    _, holders = _walk(model, loc[:-1])
    fields = (holder.model_fields.get(str(loc[-1])) for holder in holders)
    for annotation in (field.annotation for field in fields if field):
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return f"使えるのは{'、'.join(quoted(str(each.value)) for each in annotation)}です。"
    return ""


def _place(model: type[BaseModel], loc: Sequence[PathStep]) -> str:
    steps, _ = _walk(model, loc)
    return path_text(steps)


def _walk(
    model: type[BaseModel], loc: Sequence[PathStep]
) -> tuple[list[PathStep], list[type[BaseModel]]]:
    """Follow pydantic's location: the steps that the file has, and the models at its end.

    Where a union decides between models, pydantic's location names the model
    chosen (its tag is the class name): it narrows the models and is no step.
    """
    steps: list[PathStep] = []
    models: list[type[BaseModel]] = [model]
    for step in loc:
        chosen = [each for each in models if each.__name__ == step]
        if chosen:
            models = chosen
            continue
        steps.append(step)
        if isinstance(step, str):
            models = [inner for each in models for inner in _models_of(each, step)]
    return steps, models


def _models_of(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    for field_name, field in model.model_fields.items():
        if name == (field.alias or field_name):
            return list(_models_in(field.annotation))
    return []


def _models_in(annotation: object) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _names(models: Iterable[type[BaseModel]]) -> set[str]:
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def _our_fault(detail: ErrorDetails) -> _Explanation:
    context = detail["ctx"]
    return context["what"], context["remedy"]


def _wrong_type(expected: str, remedy: str) -> Callable[[ErrorDetails], _Explanation]:
    def explain(detail: ErrorDetails) -> _Explanation:
        return f"{expected}でなければなりません（いまは{describe(detail['input'])}）。", remedy

    return explain


def _wrong_choice(detail: ErrorDetails) -> _Explanation:
    choices = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
    given = detail["input"]
    remedy = did_you_mean(given if isinstance(given, str) else "", choices)
    return f"{describe(given)}は選べません。", remedy


def _not_unicode(detail: ErrorDetails) -> _Explanation:
    # pydantic reports so only of an item's name; values are checked by our own types
    name = quoted(str(detail["input"]))
    return f"項目名{name}に、使えない文字があります。", "その文字を消してください。"


def _too_few(detail: ErrorDetails) -> _Explanation:
    fewest = detail["ctx"]["min_length"]
    return "中身がありません。", f"{fewest}つ以上書いてください。"


def _too_many(detail: ErrorDetails) -> _Explanation:
    most, found = detail["ctx"]["max_length"], detail["ctx"]["actual_length"]
    return f"{found}あります。", f"{most}つまでにしてください。"


def _too_small(detail: ErrorDetails) -> _Explanation:
    least = detail["ctx"]["ge"]
    return f"{describe(detail['input'])}は小さすぎます。", f"{least}以上にしてください。"


def _too_large(detail: ErrorDetails) -> _Explanation:
    most = detail["ctx"]["le"]
    return f"{describe(detail['input'])}は大きすぎます。", f"{most}以下にしてください。"


def _unknown_fault(detail: ErrorDetails) -> _Explanation:
    return f"{describe(detail['input'])}は使えません。", "書き方の例と見比べてください。"


_NOT_AN_OBJECT = _wrong_type("項目の組", "項目名と値を組にして書いてください。")
_NOT_AN_INTEGER = _wrong_type("整数", "引用符も小数点も付けずに、半角の数字で書いてください。")

_EXPLANATIONS: dict[str, Callable[[ErrorDetails], _Explanation]] = {
    _FAULT: _our_fault,
    "string_type": _wrong_type("文字列", '半角の " で囲んで書いてください。'),
    "string_unicode": _not_unicode,
    "int_type": _NOT_AN_INTEGER,
    "int_from_float": _NOT_AN_INTEGER,
    "bool_type": _wrong_type("true か false", "引用符を付けずに true か false と書いてください。"),
    "list_type": _wrong_type("配列", "[ ] で囲み、コンマで区切って書いてください。"),
    "model_type": _NOT_AN_OBJECT,
    "model_attributes_type": _NOT_AN_OBJECT,
    "enum": _wrong_choice,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "too_short": _too_few,
    "too_long": _too_many,
}
