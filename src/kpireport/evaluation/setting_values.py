"""Reading the values of a settings' table, with what is wrong noted at its path.

Comes in: plain values as TOML has them. Goes out: checked ones, and findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from kpireport.findings import Findings
from kpireport.messages import describe, quoted

_Choice = TypeVar("_Choice", bound=StrEnum)

# 60 is meant where 0.6 is written, and nothing is asked ten times over.
_LEAST_PERCENT, _MOST_PERCENT = 1, 1000


class SettingsLog(Findings):
    """What is wrong with the table, in the order found; places are paths within it."""

    def __init__(self, file: str, table: str) -> None:
        super().__init__(file)
        self.table = table

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note a fault at a place of the table; once, even if it is met again."""
        at = f"{self.table}.{place}" if place else self.table
        if not any(each.place == at and each.what == what for each in self.problems):
            super().add(at, what, remedy)

    def refuse_unknown(self, place: str, table: Mapping[str, object], known: Iterable[str]) -> None:
        """Note the keys of a table that it cannot have."""
        names = tuple(known)
        for key in table:
            if key not in names:
                listed = "、".join(names) or "なし"
                where = f"{place}.{key}" if place else key
                self.add(where, "ここに書ける名前ではありません。", f"書けるのは：{listed}。")

    def require(self, place: str, table: Mapping[str, object], keys: Iterable[str]) -> None:
        """Note the keys that a table lacks."""
        for key in keys:
            if key not in table:
                self.add(place, f"{key} がありません。", f"{key} を書いてください。")


def table_of(value: object, place: str, log: SettingsLog) -> Mapping[str, object]:
    """A table; an empty one stands in."""
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return value
    log.add(
        place, "表ではありません。", f"[{log.table}.{place}] の下に、名前 = 値 と書いてください。"
    )
    return {}


def list_of(value: object, place: str, log: SettingsLog) -> list[object]:
    """A list; an empty one stands in."""
    if isinstance(value, (list, tuple)):
        return list(value)
    log.add(
        place, "段の並びではありません。", f"[[{log.table}.{place}]] を段ごとに書いてください。"
    )
    return []


def text_of(value: object, place: str, log: SettingsLog) -> str:
    """A text that is not empty; its place stands in."""
    if isinstance(value, str) and value.strip():
        return value
    log.add(place, "空か、文字ではありません。", "言葉か記号を書いてください。")
    return place


def one_of(choices: tuple[str, ...], value: object, place: str, log: SettingsLog) -> str:
    """One of some words; the first stands in."""
    if isinstance(value, str) and value in choices:
        return value
    listed = "、".join(choices)
    log.add(place, f"{shown(value)}は選べません。", f"次のどれかを書いてください：{listed}。")
    return choices[0]


def shown(value: object) -> str:
    """A value as messages quote it; its kind, where it is no word or number."""
    match value:
        case bool():
            return quoted(describe(value))
        case None | dict() | list() | tuple():
            return describe(value)
    return quoted(str(value))


def enum_of(kind: type[_Choice], value: object, place: str, log: SettingsLog) -> _Choice:
    """A member of an enumeration; the first stands in."""
    return kind(one_of(tuple(kind), value, place, log))


def number_of(value: object, least: int, most: int) -> Fraction | None:
    """A number exactly as written; ``None`` for anything else, or one out of bounds."""
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return None
    # TOML's 66.6 comes as the nearest binary number; what was written is its repr.
    return Fraction(str(value)) if least <= value <= most else None


def share_of(value: object, place: str, log: SettingsLog) -> Fraction:
    """A percentage as a ratio, exactly as written: 66.6 is 333/500."""
    number = number_of(value, _LEAST_PERCENT, _MOST_PERCENT)
    if number is not None:
        return number / 100
    log.add(
        place,
        f"{shown(value)}は割合（％）として使えません。",
        f"{_LEAST_PERCENT} から {_MOST_PERCENT} までの数を、60％なら 60 と書いてください。",
    )
    return Fraction(1)


def change_of(value: object, place: str, log: SettingsLog) -> Fraction:
    """A difference in per cent or points as a ratio; below 0 for what has gone back."""
    number = number_of(value, -_MOST_PERCENT, _MOST_PERCENT)
    if number is not None:
        return number / 100
    log.add(
        place,
        f"{shown(value)}は差（％、ポイント）として使えません。",
        f"-{_MOST_PERCENT} から {_MOST_PERCENT} までの数を、3％なら 3 と書いてください。",
    )
    return Fraction(0)
