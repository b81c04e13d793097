"""Values as departments write them (現状値・目標値・実績): text, and what it means.

Comes in: the text of one value cell, in any spelling (``８ヶ所``, ``９９．９％``,
``165所（定員14,760人）``). Goes out: a :class:`Value` that keeps the text verbatim
and carries what could be read from it with certainty. What cannot be read with
certainty is text, never a guess: the words for units, actions and labels are closed
lists, and a single unknown word leaves the whole cell as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property, lru_cache

from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import (
    CANONICAL_SPELLINGS,
    NOTHING,
    PREFIXES,
    UNITS,
    canonical_unit,
    listed_words,
    plain_text,
    with_unit,
)
from kpireport.domain.years import Period, parse_fiscal_year, parse_period
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``年間1,648人`` is 1648, ``人``, ``年間``.

    ``unit`` is canonical (see :func:`canonical_unit`), empty where none was written.
    ``prefix`` says what is counted or per what: ``年間``, ``定員``, ``人口10万人あたり``.
    ``approximate`` is 約 or 程度. 割 is read as ％ (``６割`` is 60 ％), 万 as a number
    (``２万人`` is 20000 人), and ``scale`` remembers that it was written with 千, 万, 億
    or 兆; it is the same quantity without.
    """

    value: Decimal
    unit: str
    prefix: str = ""
    approximate: bool = False
    scale: str = field(default="", compare=False)

    @property
    def scaled_value(self) -> Decimal:
        """The number before ``scale``: 3456 of ``3,456億円``."""
        if not self.scale:
            return self.value
        exact = self.value.scaleb(-_SCALE_EXPONENTS[self.scale])
        return Decimal(int(exact)) if exact == exact.to_integral_value() else exact.normalize()

    def of_scaled(self, number: Decimal) -> Quantity:
        """The quantity with ``number`` before its ``scale``: 3456億円 for 3456."""
        return replace(self, value=_exact(f"{number:f}", _SCALE_EXPONENTS[self.scale]))

    @property
    def scaled_unit(self) -> str:
        """The unit with ``scale`` before it: ``億円``."""
        return f"{self.scale}{self.unit}"


def scaled_quantity(value: Decimal, unit: str) -> Quantity:
    """Return a quantity of a unit that may be written with its scale.

    >>> quantity = scaled_quantity(Decimal(3456), "億円")
    >>> str(quantity.value), quantity.unit, quantity.scale
    ('345600000000', '円', '億')
    """
    plain = plain_text(unit)
    scale, rest = plain[:1], canonical_unit(plain[1:])
    counted = canonical_unit(rest.partition("/")[0])  # 人 of 人/年
    if scale in _SCALE_EXPONENTS and counted in UNITS and canonical_unit(plain) not in UNITS:
        return Quantity(_exact(str(value), _SCALE_EXPONENTS[scale]), rest, scale=scale)
    return Quantity(value, canonical_unit(unit))


def parse_in_unit(text: str, unit: str, *, units: Iterable[str] = ()) -> Value:
    """Read a value; a number that stands alone is in the unit that its indicator states.

    >>> value = parse_in_unit("1,200以上", "件/年")
    >>> value.text, value.quantities[0].unit
    ('1,200以上', '件/年')
    """
    value = parse_value(text, units=units)
    if unit and not value.quantities:
        value = replace(parse_value(with_unit(text, unit), units=(*units, unit)), text=text)
    counted = counted_in(value.quantities, unit)
    return value if counted is value.quantities else replace(value, quantities=counted)


def counted_in(quantities: tuple[Quantity, ...], unit: str) -> tuple[Quantity, ...]:
    """Return the quantities, a first one without a unit in that of its indicator."""
    if not unit or not quantities or quantities[0].unit:
        return quantities
    first = quantities[0]
    counted = scaled_quantity(first.value, unit)
    counted = replace(counted, prefix=first.prefix, approximate=first.approximate)
    return (counted, *quantities[1:])


class Bound(StrEnum):
    """On which side of the quantity the value is to lie; 以内 is 以下."""

    AT_LEAST = "以上"
    AT_MOST = "以下"


NOTHING_TO_MEASURE = ("対象外", "該当なし", "非該当")
"""Words that may stand where a number is due: there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Value:
    """The text of a value cell, verbatim, and what was read from it.

    Attributes:
        text: as written, line breaks included.
        quantities: what was counted or measured; the first decides, the others
            stand in brackets after it (``定員14,760人``). Empty for text.
        change: the difference that the text states (``90床増``; negative for 減).
            Alone in a cell it says nothing of the value itself: no quantities then.
        bound: 以上 or 以下 after the first quantity.
        action: what is done so many times (``３か所移転``, ``再編（４ルート）``);
            quantities of different actions need not be comparable.
        movement: the target in words, where the text is one (``現状値から増加``).
        period: the time that the text gives (``（平成30年９月末）``, ``※令和4年度``):
            of a baseline or an actual, when it was measured; of a target, when it
            is due. The text does not say which; the cell that it stands in does.
        is_none_yet: a dash, for a thing of which there is none yet; not zero.
        is_no_survey: the cell says that there is no survey in its year (調査なし).
        qualifier: why the value is not the final one (見込み, 速報値, 9月30日現在), as the
            text says it; empty for a final one.
    """

    text: str
    quantities: tuple[Quantity, ...] = ()
    change: Quantity | None = None
    bound: Bound | None = None
    action: str = ""
    movement: TargetKind | None = None
    period: Period | None = None
    is_none_yet: bool = False
    is_no_survey: bool = False
    qualifier: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the value is a state, a list or anything else in words (状態)."""
        return not (self.quantities or self.change or self.movement or self.is_none_yet)


# --- words that are understood ---------------------------------------------------


# What is done so many times, each word indivisible so that no two divide one text in
# two ways. Words that change a number rather than count (増設, 拡大, 削減) are left out:
# ３か所拡大 may mean three or three more. So are those of what is not yet done (検討).
_ACTIONS = listed_words(
    """
    移転 選定 作成 整備 完了 基本 協定 締結 導入 再編 実施 開催
    開設 開園 開校 開業 開所 開館 開通 開始 新設 設置 設立 結成
    配備 配置 指定 認定 認可 策定 公表 公開 発行 配布 構築 移行
    改修 改築 建替え 建替 建設 竣工 供用 運用 稼働 着手 更新
    事業 工事 計画 登録 加入 参加 支援 達成 維持 統合 廃止 撤去
    """
)

_SCALE_EXPONENTS = {"": 0, "千": 3, "万": 4, "億": 8, "兆": 12}

# At most 15 digits before the point and ten after: more is no count of anything, and
# arithmetic with them would leave the precision of Decimal's context.
_NUMBER = r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?"

# After 億 or 万 the rest of a number, in ever smaller steps: 396万 of 2億396万円.
_REST = (
    r"(?:(?<=兆)[0-9][0-9,]*億)?(?:(?<=[兆億])[0-9][0-9,]*万)?"
    r"(?:(?<=[兆億万])[0-9][0-9,]*(?:千(?!円)|(?![0-9,千百万億])))?"
)

# 千円 is a unit of accounts, 千人 a thousand people.
_SCALE = r"(?:[万億兆]|千(?!円))?"

_MOVEMENT = re.compile(
    r"(?:(?P<baseline>現状値?|基準値)|前年度(?:実績)?値?)(?:からの?|よりも?|に?比べて?|比)"
    r"(?:(?P<up>増加|上昇|増)|減少|低下|減)"
)

# The value itself, then notes in brackets or after ※.
_CELL = re.compile(r"(?P<core>[^()※]+)(?P<notes>(?:\([^()※]+\)|※[^()※]+)*)")
_NOTE = re.compile(r"\(([^()※]+)\)|※([^()※]+)")

# What stands behind a value to say that a note explains it, and no note itself: ※３, （注1）.
_NOTE_MARKS = re.compile(
    r"(?<=.)(?:[※*†‡](?:注?[0-9]{1,2}\)?)?|\(注?[※*]?[0-9]{0,2}(?<=[注※*0-9])(?<!\([0-9])(?<!\([0-9]{2})\)|注[0-9]{0,2}\)?){1,3}$"
)


def parse_value(text: str, *, units: Iterable[str] = ()) -> Value:
    """Read the text of one value cell; whatever is not certain stays text.

    Never fails: a text in which any word is unknown, any number malformed
    (``1,23人``) or any date impossible is a :class:`Value` without quantities. A
    number without a unit is a quantity whose unit is empty.

    Args:
        text: the cell's text; line breaks count as spaces.
        units: units to understand beside the common ones, such as a catalogue's own.

    >>> value = parse_value("165所（定員14,760人）")
    >>> [(quantity.prefix, str(quantity.value), quantity.unit) for quantity in value.quantities]
    [('', '165', '所'), ('定員', '14760', '人')]
    """
    known = frozenset(units)
    return _kept(text, known) if len(text) <= _LONGEST_KEPT else _read(text, known)


_LONGEST_KEPT = 100
"""Characters of a text that is remembered: longer ones are no numbers, and seldom said again."""


def _read(text: str, units: frozenset[str]) -> Value:
    cell = _CELL.fullmatch(_NOTE_MARKS.sub("", plain_text(text)))
    if cell is None:
        return Value(text)
    grammar = _grammar(frozenset(map(plain_text, units)) - _KNOWN_UNITS)
    value = _read_core(cell["core"], text, grammar)
    for bracketed, starred in _NOTE.findall(cell["notes"]):
        if value is not None:
            value = _add_note(value, bracketed or starred, grammar)
    if value is None:
        return Value(text)
    return value if value.quantities else replace(value, action="")


_kept = lru_cache(4096)(_read)  # a value is read where it stands, and where it is held against


# --- reading ---------------------------------------------------------------------


@dataclass(frozen=True)  # without slots: few plans tell changes, whose pattern takes its time
class _Grammar:
    """The patterns of a quantity and of a change, over one set of units."""

    quantity: str
    counted: re.Pattern[str]

    @cached_property
    def change(self) -> re.Pattern[str]:
        """That of a change."""
        return re.compile(rf"{self.quantity}(?:の?(?P<more>増加?)|の?減少?)")


_ENDS_OF_CHANGES = ("増", "増加", "減", "減少")


_KNOWN_UNITS = frozenset((*map(plain_text, UNITS), *CANONICAL_SPELLINGS))


@cache
def _grammar(further_units: frozenset[str]) -> _Grammar:
    """Return the patterns with units beside the known ones: most plans have few, if any."""
    units = _any_of(_KNOWN_UNITS | further_units)
    # 人口10万人あたり, 1人1日あたり: nouns, each with a number or 千, 万 and a unit.
    per = (
        rf"(?:[^\W0-9_]{{0,8}}?(?:[0-9,]{{1,12}}[千万億]?|[千万])?(?:{units})){{1,2}}"
        r"(?:あたり|当たり|当り)"
    )
    rate = (
        rf"(?:{units})(?:/(?:10+|[0-9]*[千万])?(?:{units}|年度?|月|日|週|時))?"  # 人/年, 人/10万人
    )
    quantity = (
        rf"(?P<prefix>(?:{_any_of(PREFIXES)}){{1,2}}:?|{per})?"
        rf"(?P<about>約|およそ|おおよそ|おおむね|概ね)?"
        rf"(?P<number>{_NUMBER})(?P<scale>{_SCALE})(?P<rest>{_REST})"
        rf"(?P<unit>{rate})?(?P<degree>程度)?"
    )
    action = rf"(?:{_any_of(_ACTIONS)}){{1,4}}"
    return _Grammar(
        quantity,
        counted=re.compile(
            rf"(?P<before>{action})?{quantity}(?P<bound>以上|以下|以内)?(?:[をのでに]?(?P<after>{action}))?"
        ),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ACTION_ALONE = re.compile(rf"(?:{_any_of(_ACTIONS)}){{1,4}}")
_DIGIT = re.compile(r"\d")


def _read_core(core: str, text: str, grammar: _Grammar) -> Value | None:
    """Read a cell's text before its notes; ``None`` where a number in it is unclear."""
    if NOTHING.fullmatch(core):
        return Value(text, is_none_yet=True)
    if match := _MOVEMENT.fullmatch(core):
        return Value(text, movement=_movement(match))
    if value := _read_counted(core, text, grammar):
        return value
    if change := _read_change(core, grammar):
        return Value(text, change=change)
    if _ACTION_ALONE.fullmatch(core):
        return Value(text, action=core)  # the number may follow in brackets: 再編（４ルート）
    return None if _DIGIT.search(core) else Value(text)


def _movement(match: re.Match[str]) -> TargetKind:
    if match["baseline"]:
        return TargetKind.ABOVE_BASELINE if match["up"] else TargetKind.BELOW_BASELINE
    return TargetKind.ABOVE_PREVIOUS if match["up"] else TargetKind.BELOW_PREVIOUS


def _read_counted(core: str, text: str, grammar: _Grammar) -> Value | None:
    match = grammar.counted.fullmatch(core)
    if match is None:
        return None
    quantity = _quantity(match)
    action = (match["before"] or "") + (match["after"] or "")
    # ８移転 lacks the thing counted; ５日開催 may name the fifth day.
    if action and quantity.unit in ("", "日"):
        return None
    bound = Bound(match["bound"].replace("以内", "以下")) if match["bound"] else None
    return Value(text, (quantity,), bound=bound, action=action)


def _read_change(part: str, grammar: _Grammar) -> Quantity | None:
    match = grammar.change.fullmatch(part) if part.endswith(_ENDS_OF_CHANGES) else None
    if match is None:
        return None
    change = _quantity(match)
    # 10％増 may be a tenth more or ten points more.
    if change.unit in ("", "％") or change.value < 0:
        return None
    return change if match["more"] else replace(change, value=change.value.copy_negate())


def _quantity(match: re.Match[str]) -> Quantity:
    unit = canonical_unit(match["unit"] or "")
    scale = match["scale"]
    exponent = _SCALE_EXPONENTS[scale]
    if unit == "割":
        unit, scale, exponent = "％", "", exponent + 1
    value = _exact(match["number"].replace(",", ""), exponent)
    if match["rest"]:
        value, scale = _with_rest(value, scale, match["rest"])
    return Quantity(
        value=value,
        unit=unit,
        prefix=_canonical_prefix(match["prefix"] or ""),
        approximate=bool(match["about"] or match["degree"]),
        scale=scale,
    )


_REST_PART = re.compile(r"([0-9][0-9,]*)([兆億万千]?)")


def _with_rest(value: Decimal, scale: str, rest: str) -> tuple[Decimal, str]:
    """The number with its smaller steps, and the smallest of them: 20396, 万 of 2億396万."""
    sign = -1 if value < 0 else 1
    for digits, step in _REST_PART.findall(rest):
        value += sign * _exact(digits.replace(",", ""), _SCALE_EXPONENTS[step])
        scale = step
    return value, scale


def _exact(digits: str, exponent: int) -> Decimal:
    """The number times ten to the ``exponent``, without rounding, in plain notation."""
    value = Decimal(f"{digits}E{exponent}")
    return Decimal(int(value)) if value == value.to_integral_value() and exponent else value


def _canonical_prefix(prefix: str) -> str:
    per = re.sub(r"(?:当たり|当り)$", "あたり", prefix.removesuffix(":"))
    per = re.sub(r"^(?:毎年度?|各年度?|単年度|年)$", "年間", per)
    per = re.sub(r"^[月週]$", r"\g<0>間", per)
    return re.sub(r"のべ|延(?![べ長])", "延べ", per)


def _add_note(value: Value, note: str, grammar: _Grammar) -> Value | None:
    """Add what a note in brackets or after ※ says; ``None`` where that is unclear."""
    if qualifier := _PROVISIONAL.fullmatch(note):
        is_final = qualifier["final"] is not None
        return value if is_final else replace(value, qualifier=value.qualifier or note)
    if note in _COUNTED_AS:
        return _counted_as(value, _canonical_prefix(note))
    if _is_span(note):
        return value  # over how long it was counted (60件（５年間）) is no second number
    if period := _read_period(note):
        return None if value.period not in (None, period) else replace(value, period=period)
    if _OF_A_YEAR.fullmatch(note):
        return value  # when it was measured, in an era or a year that only the reader knows
    if change := _read_change(note, grammar):
        return replace(value, change=change) if _is_change_of(value, change) else None
    match = grammar.counted.fullmatch(note)
    if match is None or match["bound"] or match["before"] or match["after"]:
        return None
    quantity = _quantity(match)
    if not _is_further_quantity(value, quantity):
        return None
    return replace(value, quantities=(*value.quantities, quantity))


# What says that a value will be replaced by the final one. The end of the year is none.
_PROVISIONAL = re.compile(
    r"(?P<final>3月(?:末日?|31日)(?:現在|時点)?|4月1日(?:現在|時点)?|年度末(?:現在|時点)?|確定値?)"
    r"|(?:年度末|年度|年末|月末|期末|決算|予算|当初予算|補正後)?(?:の)?"
    r"(?:見込み?[値数量]?|速報[値版]?|推計値?|推定値?|暫定値?|概算値?|概数|仮集計|集計中|途中経過)"
    r"|(?:[0-9]{1,2}月から)?[0-9]{1,2}月(?:末日?|[0-9]{1,2}日)?(?:現在|時点|まで|分まで)(?:の?見込み?)?"
    r"|上半期(?:分|実績)?|第[1-3]四半期(?:まで|分)?"
)
_OF_A_YEAR = re.compile(
    r"[0-9]{1,2}年度末?|(?:[MTSHR]|明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)年?末?"
)
_COUNTED_AS = ("延べ", "のべ", "延べ人数", "延べ数", "実数", "実人数", "累計", "年間", "合計")


def _counted_as(value: Value, prefix: str) -> Value | None:
    """The value with what its note says of how it was counted: 延べ of 1,200人（延べ）."""
    prefix = re.sub("(?:人数|数)$", "", prefix)
    if not value.quantities or value.quantities[0].prefix not in ("", prefix):
        return None
    first, *others = value.quantities
    return replace(value, quantities=(replace(first, prefix=prefix), *others))


_SPAN = re.compile(
    r"(?:過去|直近)?[0-9]{1,2}(?:年間|か年|か月間?|年度?分)(?:の?(?:累計|合計|計|平均))?"
)


def _is_span(note: str) -> bool:
    """Whether a note says how long something was counted: so many years, from one to another."""
    first, mark, last = re.sub("から", "~", note).partition("~")
    if not mark:
        return bool(_SPAN.fullmatch(note))
    try:
        return parse_fiscal_year(first) < parse_fiscal_year(re.sub("まで?$", "", last))
    except ValueError:
        return False


def _read_period(note: str) -> Period | None:
    try:
        return parse_period(note)
    except ValueError:
        return None


def _is_change_of(value: Value, change: Quantity) -> bool:
    if not value.quantities or value.change is not None:
        return False
    unit = value.quantities[0].unit
    return change.unit == ("ポイント" if unit == "％" else unit)


def _is_further_quantity(value: Value, quantity: Quantity) -> bool:
    """Whether a number in brackets measures something else than those before it."""
    if not quantity.unit or not (value.quantities or value.action):
        return False
    # ６か所（８か所） without a word between them may be anything: planned, last year's …
    return bool(quantity.prefix) or all(quantity.unit != q.unit for q in value.quantities)
