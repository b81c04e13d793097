"""Points and bands of rolled-up marks, from a report's settings (点数による集計).

Comes in: the values of one level. Goes out: its rules with points and bands, or what is
wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kpireport.evaluation.named_marks import mark_named
from kpireport.evaluation.rollup_choices import CountedColumn
from kpireport.evaluation.rollups import Band, LevelRules, PointsValue
from kpireport.evaluation.schemes import Mark
from kpireport.evaluation.setting_values import SettingsLog, shown, table_of
from kpireport.quickly import dataclass

ROLLUP = "rollup"
"""The key of the table in ``[evaluation]``."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a level, with the places where they are written."""

    level: str
    common: Mapping[str, object]
    own: Mapping[str, object]

    def get(self, key: str, usual: object = None) -> object:
        """The level's own value, or that of all levels."""
        return self.own.get(key, self.common.get(key, usual))

    def place_of(self, key: str) -> str:
        """Where it is written."""
        place = f"{ROLLUP}.{self.level}" if key in self.own or not key else ROLLUP
        return f"{place}.{key}" if key else place


@dataclass(frozen=True, slots=True)
class PointsReader:
    """What reads the points and bands of a level.

    Attributes:
        marks: the marks that places have.
        log: is told what is wrong.
        columns: what people choose in, by the names that settings have for it; ``None``
            where the plan cannot be read.
    """

    marks: tuple[Mark, ...]
    log: SettingsLog
    columns: Mapping[str, CountedColumn] | None

    def read(self, rules: LevelRules, values: Values) -> LevelRules:
        """The rules of a level with its points and bands."""
        started = len(self.log.problems)
        points, also = self._points(rules, values), tuple(self._also(values))
        value = self._value(values)
        has_points = len(self.log.problems) == started
        known = len(self.log.problems)
        bands = tuple(self._bands(values))
        has_points = has_points and not (self.columns is None and values.get("also"))
        groups = [tuple(each.points.values()) for each in also]
        groups = [each for each in (tuple(points.values()), *groups) if each]
        if bands and groups and has_points and len(self.log.problems) == known:
            self._check_bands(bands, value, groups, values)
        return replace(rules, points=points, value=value, bands=bands, also=also)

    def _points(self, rules: LevelRules, values: Values) -> dict[str, Fraction]:
        """The points of every mark; nothing where one is wrong."""
        place, known = values.place_of("points"), len(self.log.problems)
        points: dict[str, Fraction] = {}
        for name, value in table_of(values.get("points", {}), place, self.log).items():
            mark = mark_named(name, f"{place}.{name}", rules.marks, self.log)
            number = _number(value, f"{place}.{name}", self.log)
            if mark and mark.key in points:
                self.log.add(
                    f"{place}.{name}", f"{mark.label}の点が２つあります。", "１つにしてください。"
                )
            elif mark and number is not None:
                points[mark.key] = number
        if len(self.log.problems) == known:
            for mark in rules.marks:
                if mark.key not in points:
                    remedy = f'"{mark.symbol}" = 点 のように書いてください。'
                    self.log.add(place, f"{mark.label}の点がありません。", remedy)
        return points if len(self.log.problems) == known else {}

    def _also(self, values: Values) -> Iterator[CountedColumn]:
        """What people choose that counts too, with the points of each word."""
        place = values.place_of("also")
        if self.columns is None:
            return
        for name, written in table_of(values.get("also", {}), place, self.log).items():
            at = f"{place}.{name}"
            column = self.columns.get(name)
            if column is None:
                listed = "、".join(self.columns) or "なし"
                self.log.add(
                    at,
                    f"{shown(name)}という、選ぶ欄は計画にありません。",
                    f"計画の comments か answers の、choices のある欄を書きます：{listed}。",
                )
                continue
            points = self._points_of_words(column, table_of(written, at, self.log), at)
            if len(points) == len(column.column.choices):
                yield replace(column, points=points)

    def _points_of_words(
        self, column: CountedColumn, written: Mapping[str, object], place: str
    ) -> dict[str, Fraction]:
        """The points of the words of a column, of which each has to have some."""
        points: dict[str, Fraction] = {}
        for word, value in written.items():
            if word not in column.column.choices:
                listed = "、".join(column.column.choices)
                self.log.add(
                    f"{place}.{word}",
                    f"{shown(word)}は、「{column.column.title}」の選ぶ言葉にありません。",
                    f"選ぶ言葉のすべてに点を書きます：{listed}。",
                )
            elif (number := _number(value, f"{place}.{word}", self.log)) is not None:
                points[word] = number
        for word in column.column.choices:
            if word not in written:
                remedy = f'"{word}" = 点 のように書いてください。'
                self.log.add(place, f"{shown(word)}の点がありません。", remedy)
        return points

    def _value(self, values: Values) -> PointsValue:
        choices = (PointsValue.MEAN, PointsValue.SUM)
        written, place = values.get("value", PointsValue.MEAN), values.place_of("value")
        if written not in choices:
            self.log.add(
                place, f"{shown(written)}は選べません。", f"{'、'.join(choices)}のどちらかです。"
            )
        share = values.get("as_share", False)
        if not isinstance(share, bool):
            self.log.add(
                values.place_of("as_share"),
                f"{shown(share)}は選べません。",
                "true か false を書いてください。",
            )
        if share is True:
            return PointsValue.SHARE
        return PointsValue(str(written)) if written in choices else PointsValue.MEAN

    def _bands(self, values: Values) -> Iterator[Band]:
        place, entries = values.place_of("bands"), values.get("bands", [])
        is_share = values.get("as_share", False) is True
        if not isinstance(entries, list | tuple) or not entries:
            self.log.add(
                place,
                "点数から評価への段がありません。",
                'bands = [ { from = 2.5, mark = "A" }, … , { mark = "D" } ] のように、'
                "高い段から並べてください。",
            )
            return
        for number, entry in enumerate(entries):
            at = f"{place}[{number}]"
            table = table_of(entry, at, self.log)
            self.log.refuse_unknown(at, table, ("from", "mark"))
            self.log.require(at, table, ("mark",))
            least = _number(table["from"], f"{at}.from", self.log) if "from" in table else None
            if "from" not in table and number < len(entries) - 1:
                remedy = "from を省けるのは、いちばん下の段だけです。"
                self.log.add(at, "from がありません。", remedy)
            named = table.get("mark")
            mark = mark_named(named, f"{at}.mark", self.marks, self.log) if named else None
            if mark:
                yield Band(least / 100 if least is not None and is_share else least, mark)

    def _check_bands(
        self,
        bands: tuple[Band, ...],
        value: PointsValue,
        groups: Sequence[tuple[Fraction, ...]],
        values: Values,
    ) -> None:
        """Note bands that overlap, that nothing reaches, and what is in none.

        ``groups`` are the points of indicators' marks, and of each column's words.
        """
        place = values.place_of("bands")
        for number, (upper, lower) in enumerate(pairwise(bands), start=1):
            if upper.least is not None and lower.least is not None and upper.least <= lower.least:
                than = "と同じ" if upper.least == lower.least else "より大きい"
                self.log.add(
                    f"{place}[{number}].from",
                    f"上の段の from {than}数です。",
                    "from の大きい段から順に並べてください。",
                )
        if value is PointsValue.SHARE and any(max(each) <= 0 for each in groups):
            self.log.add(
                values.place_of("points"),
                "満点が０点以下なので、満点に対する割合になりません。",
                "いちばん高い点を０より大きくするか、as_share を消してください。",
            )
            return
        least, most = _range(value, groups)
        top, last = bands[0].least, bands[-1].least
        if top is not None and most is not None and top > most:
            self.log.add(
                f"{place}[0].from",
                f"最も高くても{_told(most, value)}なので、この段になるものがありません。",
                "from を小さくしてください。",
            )
        if last is not None and (least is None or last > least):
            lowest = "いくらでも低い点" if least is None else f"最も低い{_told(least, value)}"
            self.log.add(
                f"{place}[{len(bands) - 1}].from",
                f"{lowest}が、どの段にも入りません。",
                "いちばん下の段の from を消してください（それより低いものがすべて入ります）。",
            )


def _number(value: object, place: str, log: SettingsLog) -> Fraction | None:
    """A number exactly as written."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
        if number.is_finite():
            return Fraction(number)
    log.add(place, f"{shown(value)}は数ではありません。", "3 や 2.5 のように書いてください。")
    return None


def _range(
    value: PointsValue, groups: Sequence[tuple[Fraction, ...]]
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value that there can be; ``None`` for no limit."""
    least, most = min(map(min, groups)), max(map(max, groups))
    if value is PointsValue.SHARE:
        return min(min(each) / max(each) for each in groups), Fraction(1)
    if value is PointsValue.SUM:  # of one mark at least, of any number of them
        return (None if least < 0 else least), (None if most > 0 else most)
    return least, most


def _told(value: Fraction, kind: PointsValue) -> str:
    if kind is PointsValue.SHARE:
        return f"{float(value * 100):g}％"
    return f"{float(value):g}点"
