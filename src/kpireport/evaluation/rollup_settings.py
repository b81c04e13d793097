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
    also = { "comments.policy" = { 順調 = 3, 遅れ = 0 } }  # what people chose, with points
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

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.layouts import ANSWERS
from kpireport.domain.levels import GOAL, PLAN
from kpireport.evaluation.given_settings import marks_of
from kpireport.evaluation.named_marks import SHARE_OF, marks_named
from kpireport.evaluation.rollup_choices import CountedColumn
from kpireport.evaluation.rollup_points import ROLLUP, PointsReader, Values
from kpireport.evaluation.rollups import (
    GIVEN_LABEL,
    NO_RULES,
    By,
    LevelRules,
    RollupRules,
    Source,
    Ties,
    Unreported,
)
from kpireport.evaluation.schemes import Mark, MarkLevel, Scheme
from kpireport.evaluation.setting_values import SettingsLog, enum_of, shown, table_of
from kpireport.quickly import dataclass

_POINTS_KEYS = ("points", "also", "value", "as_share", "bands")
_COMMENTS = "comments."
_LEVEL_KEYS = ("by", "from", *_POINTS_KEYS, "ties", "unreported")
_COMMON_KEYS = ("of", "marks", SHARE_OF, *_LEVEL_KEYS)
_LEVELS = tuple(each for each in MarkLevel if each.is_judgement)
_LEAST_MARKS = 2


def rollup_from_settings(
    settings: Mapping[str, object],
    scheme: Scheme,
    plan: Catalogue | None,
    *,
    file: str = "report.toml",
    place: str = "evaluation",
) -> RollupRules:
    """Make the rules that settings ask for; none where they say nothing of it.

    Args:
        settings: the ``[evaluation]`` table as read.
        scheme: the report's way of judging.
        plan: the plan, whose levels get marks; ``None`` where it cannot be read, and what is
            wrong without it is told all the same.
        file: the settings' file, for messages.
        place: the table's path in it, for messages.

    Raises:
        InputError: with every problem of the table, each with its path.
    """
    if ROLLUP not in settings:
        return NO_RULES
    log = SettingsLog(file, place)
    table = table_of(settings[ROLLUP], ROLLUP, log)
    keys = _level_keys(table, plan)
    log.refuse_unknown(ROLLUP, table, (*_COMMON_KEYS, *keys))
    wanted = _wanted(table, keys, log)
    known = len(log.problems)
    marks = _own_marks(table, log)
    if len(log.problems) > known:
        log.settle()  # without the marks, nothing that leads to them can be understood
    reader = _Reader(table, scheme, plan, marks or scheme.own_marks, log, has_own=bool(marks))
    found = [reader.level(each) for each in reversed(keys) if each in wanted]
    rules = tuple(each for each in found if each)
    if len(rules) == len(found):
        reader.note_unused(rules)
    if plan and any(each.by is By.GIVEN for each in rules):
        _check_titles(plan, log)
    upper = tuple(marks_named(table.get(SHARE_OF, []), f"{ROLLUP}.{SHARE_OF}", reader.marks, log))
    log.settle()
    return RollupRules(rules, reader.marks, upper)


def _level_keys(table: Mapping[str, object], plan: Catalogue | None) -> tuple[str, ...]:
    """The keys of the levels, outermost first; without a plan, those that are asked for."""
    if plan:
        return tuple(each.key for each in plan.levels)
    wanted = table.get("of")
    named = wanted if isinstance(wanted, list | tuple) else ()
    between = (each for each in named if isinstance(each, str) and each not in (GOAL, PLAN))
    return (GOAL, *dict.fromkeys(between), PLAN)


def _check_titles(plan: Catalogue, log: SettingsLog) -> None:
    """Note that the plan has a column of its own where people would give the marks."""
    if any(each.label == GIVEN_LABEL for each in plan.comments):
        log.add(
            f"{ROLLUP}.by",
            f"計画のコメントの欄に「{GIVEN_LABEL}」があるので、評価を書く欄と見分けがつきません。",
            "計画のファイルの comments で、その欄の label を変えてください。",
        )


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


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reads the rules of each level.

    ``marks`` are those that places have; ``has_own`` tells that they are not the scheme's.
    """

    table: Mapping[str, object]
    scheme: Scheme
    plan: Catalogue | None
    marks: tuple[Mark, ...]
    log: SettingsLog
    has_own: bool
    _shared: dict[Source, LevelRules] = field(default_factory=dict)

    def level(self, key: str) -> LevelRules | None:
        """The rules of a level: its own, and for the rest those of all; ``None`` without a way."""
        own = table_of(self.table.get(key, {}), f"{ROLLUP}.{key}", self.log)
        values = Values(key, self.table, own)
        self.log.refuse_unknown(values.place_of(""), own, _LEVEL_KEYS)
        if values.get("by") not in tuple(By):  # without it, nothing else can be understood
            if values.get("by") is None:
                self.log.require(ROLLUP, self.table, ("by",))
            else:
                enum_of(By, values.get("by"), values.place_of("by"), self.log)
            return None
        by = By(str(values.get("by")))
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

    def _refuses(self, rules: LevelRules, values: Values) -> bool:
        """Note what cannot be at this level; whether anything."""
        known = len(self.log.problems)
        if rules.by is By.GIVEN:
            if self.plan and rules.level != (commented := self.plan.levels.comments_of):
                self.log.add(
                    values.place_of("by"),
                    f"所管課が評価を書くのは、コメントを書く階層（{commented}）です。"
                    f"{rules.level} の評価は、書く欄がありません。",
                    f'of を ["{commented}"] にするか、[{self.log.table}.{ROLLUP}.'
                    f"{rules.level}] に別の by を書いてください。",
                )
            if not self.marks:
                self._require_marks()
        elif rules.source is Source.PLANS:
            self._check_plans(rules, values)
        elif rules.source is Source.NUMERIC_TARGETS and (why := self._lacks_targets(rules)):
            self.log.add(values.place_of("from"), *why)
        elif not (self.scheme.has_marks or self._counts_choices(rules, values)):
            self.log.add(
                values.place_of("by"),
                "指標に評価を付けない報告書なので、まとめる評価がありません。",
                '[evaluation] の scheme を変えるか、by = "given" と marks を書いてください。',
            )
        elif not self.marks:
            self._require_marks()
        if rules.by in (By.MAJORITY, By.WORST) and rules.source is not Source.PLANS:
            self._check_same_marks(rules, values)
        return len(self.log.problems) > known

    def _require_marks(self) -> None:
        self.log.add(
            ROLLUP,
            "選ぶ評価（marks）がありません。",
            'marks = [ { symbol = "A", word = "順調" }, … ] を書いてください。',
        )

    def _check_plans(self, rules: LevelRules, values: Values) -> None:
        wanted = self.table.get("of", [PLAN])
        if rules.level == PLAN or not (isinstance(wanted, list | tuple) and PLAN in wanted):
            self.log.add(
                values.place_of("from"),
                f"{rules.level} の評価の元になる、{PLAN} の評価がありません。",
                f'of に "{PLAN}" を加え、from = "plans" は {PLAN} より上の階層の表に書きます。',
            )

    def _lacks_targets(self, rules: LevelRules) -> tuple[str, str] | None:
        """What is wrong where numeric targets shall count that are not there."""
        if rules.level != GOAL:
            return (
                f"数値目標があるのは {GOAL} だけなので、{rules.level} の評価は決まりません。",
                f'from = "{rules.source}" は [{self.log.table}.{ROLLUP}.{GOAL}] に書きます。',
            )
        if self.plan and not any(self.plan.numeric_targets()):
            remedy = f'from = "{Source.INDICATORS}" とするか、計画に数値目標を書いてください。'
            return "計画に数値目標がありません。", remedy
        return None

    def _check_same_marks(self, rules: LevelRules, values: Values) -> None:
        if self.has_own:
            self.log.add(
                values.place_of("by"),
                f"{rules.level} の評価は指標の評価と同じものになるので、marks の評価は付きません。",
                'marks を消すか、by = "points" か from = "plans" にしてください。',
            )

    def _with_points(self, rules: LevelRules, values: Values) -> LevelRules:
        if rules.by is not By.POINTS:
            return rules
        if values.own.keys().isdisjoint(_POINTS_KEYS):  # those of all levels are told once
            known = self._shared.get(rules.source) or self._points().read(rules, values)
            self._shared[rules.source] = known
            found = replace(
                rules,
                points=known.points,
                also=known.also,
                value=known.value,
                bands=known.bands,
            )
        else:
            found = self._points().read(rules, values)
        self._check_depth(found, values)
        return found

    def _points(self) -> PointsReader:
        return PointsReader(self.marks, self.log, self._columns())

    def _columns(self) -> dict[str, CountedColumn] | None:
        """What people choose in, by its name; ``None`` where the plan cannot be read."""
        if self.plan is None:
            return None
        asked = [(_COMMENTS, self.plan.levels.comments_of, self.plan.comments)]
        asked.append((ANSWERS, "", self.plan.answers))
        return {
            f"{kind}{column.key}": CountedColumn(column, {}, level)
            for kind, level, columns in asked
            for column in columns
            if column.choices
        }

    def _counts_choices(self, rules: LevelRules, values: Values) -> bool:
        return rules.by is By.POINTS and bool(values.get("also"))

    def _check_depth(self, rules: LevelRules, values: Values) -> None:
        """Note comments that are written further out than the level that they would count at."""
        keys = _level_keys(self.table, self.plan)
        for each in rules.also:
            if each.level and keys.index(each.level) < keys.index(rules.level):
                self.log.add(
                    f"{values.place_of('also')}.{_COMMENTS}{each.column.key}",
                    f"コメントを書く階層（{each.level}）が {rules.level} より上なので、"
                    f"{rules.level} の評価に加えるものがありません。",
                    f"[{self.log.table}.{ROLLUP}.{rules.level}] に also = {{}} を書くか、"
                    f"of から {rules.level} を除いてください。",
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
