"""Units and how they are written (単位): one spelling for each, and the others for it.

Comes in: the text of a unit or of a value, in any width and spelling (``ヶ所``, ``％``, ``名``).
Goes out: the canonical unit; the text as parsers compare it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kpireport.domain.numerals import fold_width

_KEPT = 4096
"""Texts that are not read again while a plan's rows are gone through: they are the same few."""


def listed_words(listed: str) -> tuple[str, ...]:
    """Return the words of a list that is parted by white space."""
    return tuple(listed.split())


# Canonical units. 年, 月, 時, 号, 級, 歳児 and the like are left out on purpose: 30年,
# ９月 and １号 name one thing rather than count several.
UNITS = listed_words(
    """
    か所 か月 か国 か年 か村 年間 日 日間 時間 分 週 週間
    人 人分 人日 人泊 泊 世帯 戸 歳 者 組 班 隊 団 分団
    件 回 通 部 冊 枚 本 点 個 台 基 棟 室 床 席 枠
    校 園 所 館 院 店 店舗 社 施設 拠点 病院 診療所 薬局
    事業所 事業者 企業 農園 農家 経営体 ステーション ユニット
    団体 組織 法人 町会 自治会 協議会 クラブ サークル グループ チーム
    会場 会議 教室 講座 コース 学級 クラス 市町村 自治体 都市 言語
    地区 地域 地点 区画 区間 街区 公園 広場 橋 駅 停留所
    路線 ルート 系統 便 隻 両 頭 羽 匹 株 筆
    事業 計画 制度 項目 種類 種目 品目 商品 作品 試合 大会
    イベント プログラム プロジェクト メニュー サービス システム 業務 手続
    アクセス ダウンロード フォロワー ページビュー
    ％ ‰ ポイント 倍 割 位 円 千円 百万円
    m ㎡ ㎥ km ㎢ ha mg g kg トン mL L kL ℃
    W kW MW kWh MWh GJ t-CO2 kg-CO2
    """
)

# What is counted, over what time: before the number.
PREFIXES = listed_words(
    """
    年間 毎年 毎年度 各年 各年度 単年度 月間 週間 年 月 週 年額 月額 日額
    平均 年平均 月平均 1日平均 最大 延べ のべ 延
    累計 合計 総数 計 実 定員 総定員 面積 延長 人数 件数 回数
    登録者 登録者数 利用者 利用者数 参加者 参加者数 受講者 受講者数
    来場者 来場者数 会員 会員数 対象者 対象者数 戸数 世帯数 床数
    """
)

# Other spellings, after fold_width, of the canonical units.
_OTHER_SPELLINGS = {
    "％": ("%", "﹪", "パーセント"),
    "ポイント": ("pt",),
    "人": ("名",),
    "人分": ("名分",),
    "手続": ("手続き",),
    "m": ("メートル",),
    "km": ("キロメートル", "㎞"),
    "㎡": ("平方メートル", "m2", "m²"),
    "㎢": ("平方キロメートル", "km2", "km²"),
    "㎥": ("立方メートル", "m3", "m³"),
    "ha": ("ヘクタール",),
    "g": ("グラム",),
    "kg": ("キログラム", "㎏"),
    "トン": ("t",),
    "L": ("リットル", "ℓ"),
    "t-CO2": ("t-CO₂",),
    "kg-CO2": ("kg-CO₂",),
}
CANONICAL_SPELLINGS = {
    spelling: unit for unit, spellings in _OTHER_SPELLINGS.items() for spelling in spellings
}

# か所, か月 … are written with any of these, kana or kanji, large or small.
_COUNTER_KA = re.compile(r"[かカヶケヵゕゖ箇個](?=[所月国年村])")

# The signs of accounts: ▲ and △ are minus, ＋ is none, and ±0 is 0.
_MINUS = re.compile(r"[▲△]\s*(?=[0-9])")
_NO_SIGN = re.compile(r"(?:^|(?<=\())\+\s*(?=[0-9])|±\s*(?=0(?![0-9.]))")
_WEEKDAY = re.compile(r"(?<=日)\([月火水木金土日](?:曜日?)?\)")

# A space between digits may part two numbers, and one after a dash a bullet from its
# item: it stays, and makes the text unreadable.
_SPACE = re.compile(r"(?<![0-9.,-])\s+|\s+(?![0-9.,\s])")


NOTHING = re.compile(r"[-‒–—―─━ー]+|なし|無し")
"""What stands in a cell that has nothing to say, as :func:`plain_text` makes it.

People draw the dash with whatever their keyboard offers, the long vowel included.
"""


def stated_unit(text: str) -> str:
    """Return the unit that a column of units states; empty where it says that there is none.

    >>> stated_unit("か所"), stated_unit("－"), stated_unit("ー"), stated_unit("（なし）")
    ('か所', '', '', '')
    """
    return "" if NOTHING.fullmatch(plain_text(text).strip("()")) else text


@lru_cache(_KEPT)
def canonical_unit(unit: str) -> str:
    """Return the one spelling of a unit: ``ヶ所``, ``カ所``, ``箇所`` are ``か所``.

    A unit that is not known is returned in its folded spelling, and ``－``, which is none, empty.

    >>> canonical_unit("ヶ所"), canonical_unit("%"), canonical_unit("名"), canonical_unit("千ｔ")
    ('か所', '％', '人', '千トン')
    """
    plain = plain_text(stated_unit(unit))
    scaled = None if plain in CANONICAL_SPELLINGS else _SCALED.fullmatch(plain)
    if scaled and scaled[2] in CANONICAL_SPELLINGS:
        return f"{scaled[1]}{CANONICAL_SPELLINGS[scaled[2]]}"
    return CANONICAL_SPELLINGS.get(plain, plain)


_SCALED = re.compile("([十百千万億兆]+)(.+)")


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings name the same unit (``㎡`` and ``平方メートル``).

    Units of different scale (``円`` and ``千円``) are not the same.
    """
    return canonical_unit(one) == canonical_unit(other)


def unit_written(unit: str, text: str) -> str:
    """How a text spells a unit after a number: ``名`` of ``12名``, empty where it does not.

    か所 and its like, which differ in the letter か alone, are one spelling.

    >>> unit_written("人", "12名"), unit_written("g", "９００ｇ"), unit_written("人", "12校")
    ('名', 'ｇ', '')
    """
    for spelling in (unit, *_OTHER_SPELLINGS.get(unit, ())):
        for written in (spelling, spelling.translate(_FULL_WIDTH)):
            behind = rf"[0-9０-９千万億兆]\s*{re.escape(written)}(?![A-Za-zＡ-Ｚａ-ｚ])"
            if written in text and re.search(behind, text):
                return written
    return ""


def spelling_in(unit: str, *texts: str) -> str:
    """How the first of the texts that has a unit after a number spells it; else as it is.

    >>> spelling_in("か所", "８カ所", "６ヶ所"), spelling_in("か所", "検討")
    ('カ所', 'か所')
    """
    if not unit:
        return unit
    for text in texts:
        if found := unit_written(unit, text):
            return found
        if _COUNTER_KA.match(unit):
            counters = rf"[0-9０-９千万億兆]\s*({_COUNTER_KA.pattern}{re.escape(unit[1:])})"
            if match := re.search(counters, text):
                return match[1]
    return unit


def in_letters_of(spelt: str, unit: str) -> str:
    """A spelling of a unit, in the unit's own width where they differ in nothing else.

    >>> in_letters_of("カ所", "か所"), in_letters_of("%", "％")
    ('カ所', '％')
    """
    return unit if fold_width(spelt) == fold_width(unit) else spelt


# A number at the beginning of a text that nothing counts yet: 1,200 / 約30以上 / 25（H24）.
_BARE = re.compile(
    rf"^(\s*(?:(?:{'|'.join(sorted(PREFIXES, key=len, reverse=True))}){{1,2}}[:：]?"
    r"|[^\s（(]{1,20}?(?:あたり|当たり|当り))?約?\s*[-−－‐▲△+＋]?\s*[0-9０-９][0-9０-９,，.．]*[十百千万億兆]*)"
    r"(?=\s*(?:$|[\n（(]|以上|以下|程度|超|未満))"
)


def with_unit(text: str, unit: str) -> str:
    """The text with the unit of its indicator where its number has none.

    >>> with_unit("1,200", "人"), with_unit("30以上", "件/年"), with_unit("12校", "校")
    ('1,200人', '30件/年以上', '12校')
    >>> with_unit("98万", "人"), with_unit("年間1,200（見込み）", "人")
    ('98万人', '年間1,200人（見込み）')
    """
    return _BARE.sub(lambda match: f"{match[1]}{unit}", text, count=1) if unit else text


_EACH_TIME = re.compile(r"(?<=.)[/／](?:1?(?:年度?|か?月|ヶ月|カ月|週|日)間?|1?時間)$")


def per_time_left_out(unit: str) -> str:
    """What is counted in a time (人 of 人/年), as people write it beside a number; else the unit.

    >>> per_time_left_out("人/年"), per_time_left_out("件／月"), per_time_left_out("㎡/人")
    ('人', '件', '㎡/人')
    """
    return _EACH_TIME.sub("", unit)


_COUNTED = re.compile(r"^(約?[-−－▲△]?[0-9０-９][0-9０-９,，.．]*)([^\n（(]+)")


def without_unit(text: str, unit: str) -> str:
    """The text without the unit of its indicator, which stands in a column of its own.

    >>> without_unit("1,200人", "人"), without_unit("３件/年（速報値）", "件/年")
    ('1,200', '３（速報値）')
    >>> without_unit("85万人", "人"), without_unit("120人", "人/年"), without_unit("12校", "人")
    ('85万', '120', '12校')
    """
    found = _COUNTED.match(text)
    if not unit or found is None:
        return text
    own = (unit, per_time_left_out(unit))
    scaled = None if any(same_unit(found[2], each) for each in own) else _SCALED.match(found[2])
    counted = scaled[2] if scaled else found[2]
    if not any(same_unit(counted, each) for each in own):
        return text
    return f"{found[1]}{scaled[1] if scaled else ''}{text[found.end() :]}"


_BELOW_NOUGHT = re.compile(r"(?<![0-9０-９])([▲△－])\s*(?=[0-9０-９])")
MINUS = "−"


def minus_in(texts: Iterable[str]) -> str:
    """Return the sign that the first of the texts with a number below nought has; else −.

    >>> minus_in(["120人", "△1,577人"]), minus_in(["第１－２号", "―"])
    ('△', '−')
    """
    found = (match[1] for text in texts if (match := _BELOW_NOUGHT.search(text)))
    return next(found, MINUS)


_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

MONEY = {"円": 1, "千円": 1_000, "百万円": 1_000_000}
"""Units of money that differ in nothing but their size, and that size in 円."""


@lru_cache(_KEPT)
def plain_text(text: str) -> str:
    """The text in half-width, without spaces, its か counters alike: for reading only.

    ▲ and △ before a number are the minus of accounts (``▲170人``).
    """
    folded = _NO_SIGN.sub("", _MINUS.sub("-", fold_width(text).strip()))
    return _COUNTER_KA.sub("か", _WEEKDAY.sub("", _SPACE.sub("", folded)))
