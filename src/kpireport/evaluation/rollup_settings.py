"""How marks are rolled up, from a report's settings (``[evaluation.rollup]``).

Comes in: the settings' ``[evaluation]`` table, the report's scheme, the plan's levels. Goes
out: the rules, or what is wrong with them, all at once.

::

    [evaluation.rollup]
    of = ["plan", "goal"]              # the levels that get a mark
    by = "points"                      # or "majority", "worst", "given"
    points = { reached = 3, on_track = 2, behind = 1, late = 0 }  # by a mark's key or symbol
    value = "mean"                     # or "sum"
    as_share = false                   # true: the points per cent of the most possible
    bands = [ { from = 2.5, mark = "A" }, { from = 1.5, mark = "B" }, { mark = "C" } ]
    marks = [ { symbol = "A", word = "順調", level = "reached" }, … ]  # or the scheme's
    unreported = "left_out"            # or "worst"
    share_of = ["A", "B"]              # whose share is told
    [evaluation.rollup.goal]           # what is otherwise at a level
    from = "plans"
    by = "majority"
    ties = "worse"                     # or "better"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kpireport.domain.levels import PLAN, Levels
from kpireport.evaluation.given_settings import marks_of
from kpireport.evaluation.rollups import (
    NO_JUDGEMENTS,
    NO_RULES,
    Band,
    By,
    LevelRules,
    PointsValue,
    RollupRules,
    Source,
    Ties,
    Unreported,
)
from kpireport.evaluation.schemes import Mark, MarkLevel, Scheme, find_mark
from kpireport.evaluation.setting_values import SettingsLog, enum_of, shown, table_of

ROLLUP = "rollup"
"""The key of the table in ``[evaluation]``."""

_POINTS_KEYS = ("points", "value", "as_share", "bands")
_LEVEL_KEYS = ("by", "from", *_POINTS_KEYS, "ties", "unreported")
_COMMON_KEYS = ("of", "marks", "share_of", *_LEVEL_KEYS)
_LEVELS = tuple(each for each in MarkLevel if each not in NO_JUDGEMENTS)
_LEAST_MARKS = 2


def rollup_from_settings(
    settings: Mapping[str, object],
    scheme: Scheme,
    levels: Levels,
    *,
    file: str = "report.toml",
    place: str = "evaluation",
) -> RollupRules:
    """Make the rules that settings ask for; none where they say nothing of it.

    Args:
        settings: the ``[evaluation]`` table as read.
        scheme: the report's way of judging.
        levels: the plan's levels.
        file: the settings' file, for messages.
        place: the table's path in it, for messages.

    Raises:
        InputError: with every problem of the table, each with its path.
    """
    if ROLLUP not in settings:
        return NO_RULES
    log = SettingsLog(file, place)
    table = table_of(settings[ROLLUP], ROLLUP, log)
    keys = tuple(each.key for each in levels)
    log.refuse_unknown(ROLLUP, table, (*_COMMON_KEYS, *keys))
    wanted = _wanted(table, keys, log)
    marks = _own_marks(table, log)
    log.settle()  # without the levels and the marks nothing else can be understood
    reader = _Reader(table, scheme, levels, marks or scheme.own_marks, log, has_own=bool(marks))
    rules = tuple(reader.level(each) for each in reversed(keys) if each in wanted)
    reader.note_unused(rules)
    upper = tuple(_marks_named(table.get("share_of", []), f"{ROLLUP}.share_of", reader.marks, log))
    log.settle()
    return RollupRules(rules, reader.marks, upper)


def _wanted(table: Mapping[str, object], keys: tuple[str, ...], log: SettingsLog) -> list[str]:
    """The levels that get a mark."""
    place = f"{ROLLUP}.of"
    wanted = table.get("of", [PLAN])
    if not isinstance(wanted, list | tuple) or not wanted:
        log.add(place, "評価をまとめる階層の並びではありません。", f'["{PLAN}"] のように書きます。')
        return []
    for number, each in enumerate(wanted):
        if each not in keys:
            listed = "、".join(keys)
            log.add(
                f"{place}[{number}]",
                f"{shown(each)}という階層は、計画にありません。",
                f"次のどれかを書いてください：{listed}。",
            )
        elif each in wanted[:number]:
            log.add(f"{place}[{number}]", f"{shown(each)}が２度あります。", "１つにしてください。")
    for key in keys:
        if key in table and key not in wanted:
            log.add(
                f"{ROLLUP}.{key}",
                f"of に {key} がないので、使われません。",
                f'of に "{key}" を加えるか、この表を消してください。',
            )
    return [each for each in wanted if isinstance(each, str)]


def _own_marks(table: Mapping[str, object], log: SettingsLog) -> tuple[Mark, ...]:
    """The marks that only places have; nothing where these have the scheme's."""
    if "marks" not in table:
        return ()
    place, entries = f"{ROLLUP}.marks", table["marks"]
    if not isinstance(entries, list | tuple) or len(entries) < _LEAST_MARKS:
        log.add(
            place,
            f"評価が、{_LEAST_MARKS}つ以上並んでいません。",
            'marks = [ { symbol = "A", word = "順調", level = "reached" }, … ] のように、'
            "よいものから並べてください。",
        )
        return ()
    return marks_of(entries, log, place, levels=_LEVELS, keys="rolled")


def _marks_named(
    written: object, place: str, marks: Iterable[Mark], log: SettingsLog
) -> Iterator[Mark]:
    known = tuple(marks)
    if not isinstance(written, list | tuple):
        log.add(place, "評価の並びではありません。", '["A", "B"] のように書いてください。')
        return
    for number, each in enumerate(written):
        if mark := _mark_named(each, f"{place}[{number}]", known, log):
            yield mark


def _mark_named(
    written: object, place: str, marks: tuple[Mark, ...], log: SettingsLog
) -> Mark | None:
    mark = find_mark(marks, written) if isinstance(written, str) and written.strip() else None
    if mark is None:
        listed = "、".join(each.label for each in marks)
        log.add(
            place,
            f"{shown(written)}という評価はありません。",
            f"次のどれかを、記号か言葉で書いてください：{listed}。",
        )
    return mark


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reads the rules of each level.

    ``marks`` are those that places have; ``has_own`` tells that they are not the scheme's.
    """

    table: Mapping[str, object]
    scheme: Scheme
    levels: Levels
    marks: tuple[Mark, ...]
    log: SettingsLog
    has_own: bool
    _shared: dict[Source, LevelRules] = field(default_factory=dict)

    def level(self, key: str) -> LevelRules:
        """The rules of a level: its own, and for the rest those of all levels."""
        own = table_of(self.table.get(key, {}), f"{ROLLUP}.{key}", self.log)
        values = _Values(key, self.table, own)
        self.log.refuse_unknown(values.place_of(""), own, _LEVEL_KEYS)
        if values.get("by") is None:
            self.log.require(ROLLUP, self.table, ("by",))
            return LevelRules(key, By.WORST, Source.INDICATORS, self.marks)
        by = enum_of(By, values.get("by"), values.place_of("by"), self.log)
        source = enum_of(
            Source,
            values.get("from", Source.INDICATORS),
            values.place_of("from"),
            self.log,
        )
        rules = LevelRules(key, by, source, self._source_marks(source))
        rules = replace(
            rules,
            ties=enum_of(Ties, values.get("ties", rules.ties), values.place_of("ties"), self.log),
            unreported=enum_of(
                Unreported,
                values.get("unreported", rules.unreported),
                values.place_of("unreported"),
                self.log,
            ),
        )
        return rules if self._refuses(rules, values) else self._with_points(rules, values)

    def _source_marks(self, source: Source) -> tuple[Mark, ...]:
        return self.marks if source is Source.PLANS else self.scheme.own_marks

    def _refuses(self, rules: LevelRules, values: _Values) -> bool:
        """Note what cannot be at this level; whether anything."""
        known = len(self.log.problems)
        if rules.by is By.GIVEN:
            if rules.level != self.levels.comments_of:
                self.log.add(
                    values.place_of("by"),
                    f"所管課が評価を書くのは、コメントを書く階層（{self.levels.comments_of}）です。"
                    f"{rules.level} の評価は、書く欄がありません。",
                    f'of を ["{self.levels.comments_of}"] にするか、[{self.log.table}.{ROLLUP}.'
                    f"{rules.level}] に別の by を書いてください。",
                )
            if not self.marks:
                self._require_marks()
        elif rules.source is Source.PLANS:
            self._check_plans(rules, values)
        elif not self.scheme.has_marks:
            self.log.add(
                values.place_of("by"),
                "指標に評価を付けない報告書なので、まとめる評価がありません。",
                '[evaluation] の scheme を変えるか、by = "given" と marks を書いてください。',
            )
        if rules.by in (By.MAJORITY, By.WORST) and rules.source is Source.INDICATORS:
            self._check_same_marks(rules, values)
        return len(self.log.problems) > known

    def _require_marks(self) -> None:
        self.log.add(
            ROLLUP,
            "選ぶ評価（marks）がありません。",
            'marks = [ { symbol = "A", word = "順調" }, … ] を書いてください。',
        )

    def _check_plans(self, rules: LevelRules, values: _Values) -> None:
        wanted = self.table.get("of", [PLAN])
        if rules.level == PLAN or not (isinstance(wanted, list | tuple) and PLAN in wanted):
            self.log.add(
                values.place_of("from"),
                f"{rules.level} の評価の元になる、{PLAN} の評価がありません。",
                f'of に "{PLAN}" を加え、from = "plans" は {PLAN} より上の階層の表に書きます。',
            )

    def _check_same_marks(self, rules: LevelRules, values: _Values) -> None:
        if self.has_own:
            self.log.add(
                values.place_of("by"),
                f"{rules.level} の評価は指標の評価と同じものになるので、marks の評価は付きません。",
                'marks を消すか、by = "points" か from = "plans" にしてください。',
            )

    def _with_points(self, rules: LevelRules, values: _Values) -> LevelRules:
        if rules.by is not By.POINTS:
            return rules
        if values.own.keys().isdisjoint(_POINTS_KEYS):  # those of all levels are told once
            known = self._shared.get(rules.source) or self._read_points(rules, values)
            self._shared[rules.source] = known
            return replace(rules, points=known.points, value=known.value, bands=known.bands)
        return self._read_points(rules, values)

    def _read_points(self, rules: LevelRules, values: _Values) -> LevelRules:
        points = self._points(rules, values)
        value = self._value(values)
        known = len(self.log.problems)
        bands = tuple(self._bands(values))
        if bands and points and len(self.log.problems) == known:
            self._check_bands(bands, value, points.values(), values)
        return replace(rules, points=points, value=value, bands=bands)

    def _points(self, rules: LevelRules, values: _Values) -> dict[str, Fraction]:
        """The points of every mark; nothing where one is wrong."""
        place, known = values.place_of("points"), len(self.log.problems)
        points: dict[str, Fraction] = {}
        for name, value in table_of(values.get("points", {}), place, self.log).items():
            mark = _mark_named(name, f"{place}.{name}", rules.marks, self.log)
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

    def _value(self, values: _Values) -> PointsValue:
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

    def _bands(self, values: _Values) -> Iterator[Band]:
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
            mark = _mark_named(named, f"{at}.mark", self.marks, self.log) if named else None
            if mark:
                yield Band(least / 100 if least is not None and is_share else least, mark)

    def _check_bands(
        self,
        bands: tuple[Band, ...],
        value: PointsValue,
        points: Iterable[Fraction],
        values: _Values,
    ) -> None:
        """Note bands that overlap, that nothing reaches, and what is in none."""
        place, numbers = values.place_of("bands"), tuple(points)
        for number, (upper, lower) in enumerate(pairwise(bands), start=1):
            if upper.least is not None and lower.least is not None and upper.least <= lower.least:
                than = "と同じ" if upper.least == lower.least else "より大きい"
                self.log.add(
                    f"{place}[{number}].from",
                    f"上の段の from {than}数です。",
                    "from の大きい段から順に並べてください。",
                )
        if value is PointsValue.SHARE and max(numbers) <= 0:
            self.log.add(
                values.place_of("points"),
                "満点が０点以下なので、満点に対する割合になりません。",
                "いちばん高い点を０より大きくするか、as_share を消してください。",
            )
            return
        least, most = _range(value, numbers)
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

    def note_unused(self, rules: Iterable[LevelRules]) -> None:
        """Note what is stated, and not used by any level."""
        ways = {each.level: each.by for each in rules}
        tables = [(ROLLUP, self.table, {*ways.values()})]
        for key, by in ways.items():
            own = self.table.get(key)
            if isinstance(own, Mapping):
                tables.append((f"{ROLLUP}.{key}", own, {by}))
        users = {**dict.fromkeys(_POINTS_KEYS, By.POINTS), "ties": By.MAJORITY}
        for place, table, found in tables:
            for key, user in users.items():
                if key in table and user not in found:
                    self.log.add(
                        f"{place}.{key}",
                        f'by = "{user}" でないので、使われません。',
                        f'この項目を消すか、by を "{user}" にしてください。',
                    )


@dataclass(frozen=True, slots=True)
class _Values:
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


def _number(value: object, place: str, log: SettingsLog) -> Fraction | None:
    """A number exactly as written."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
        if number.is_finite():
            return Fraction(number)
    log.add(place, f"{shown(value)}は数ではありません。", "3 や 2.5 のように書いてください。")
    return None


def _range(
    value: PointsValue, points: tuple[Fraction, ...]
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value that there can be; ``None`` for no limit."""
    least, most = min(points), max(points)
    if value is PointsValue.SHARE:
        return least / most, Fraction(1)
    if value is PointsValue.SUM:  # of one mark at least, of any number of them
        return (None if least < 0 else least), (None if most > 0 else most)
    return least, most


def _told(value: Fraction, kind: PointsValue) -> str:
    if kind is PointsValue.SHARE:
        return f"{float(value * 100):g}％"
    return f"{float(value):g}点"
