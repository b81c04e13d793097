"""What staff change in ``report.toml`` from year to year: item by item, to be typed in a form.

Comes in: what the file says. Goes out: texts to be typed, and values of what was typed. Whether
a value can be used is for the settings' reader to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from enum import Enum, auto
from typing import assert_never

from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import (
    DOCUMENTS,
    ChartKind,
    ChartScope,
    Edition,
    Orientation,
    OutputFormat,
)
from kpireport.domain.years import parse_date
from kpireport.quickly import dataclass

YES, NO = "true", "false"


class SettingKind(Enum):
    """How an item is typed."""

    LINE = auto()
    LINES = auto()  # a list, one a line
    DAY = auto()
    SWITCH = auto()
    CHOICE = auto()
    CHOICES = auto()  # a list, some of what there is


@dataclass(frozen=True, slots=True)
class SettingItem:
    """An item of the settings.

    Attributes:
        place: its section, if it is in one, and its name.
        title: what people call it.
        explains: what it is for, with an example.
        kind: how it is typed.
        words: what can be chosen, each with what it means.
        usual: what it is where the file does not say.
        is_long: its texts are paragraphs.
    """

    place: tuple[str, ...]
    title: str
    explains: str = ""
    kind: SettingKind = SettingKind.LINE
    words: Mapping[str, str] = field(default_factory=dict)
    usual: str = ""
    is_long: bool = False

    @property
    def key(self) -> str:
        """Its place as problems name it."""
        return ".".join(self.place)

    def has(self, place: str) -> bool:
        """Whether a problem's place is it, or in it."""
        return place == self.key or place.startswith((f"{self.key}[", f"{self.key}."))

    def text(self, written: Mapping[str, object]) -> str:
        """What the file says, as it is typed; lists have an item a line."""
        value: object = written
        for step in self.place:
            value = value.get(step) if isinstance(value, Mapping) else None
        match value:
            case None:
                return self.usual
            case bool():
                return YES if value else NO
            case list():
                return "\n".join(map(str, value))
        return str(value)

    def value(self, text: str) -> object:
        """What was typed, as the file says it; ``None`` for no day."""
        match self.kind:
            case SettingKind.LINE | SettingKind.CHOICE:
                return text
            case SettingKind.LINES | SettingKind.CHOICES:
                return [each.strip() for each in text.split("\n") if each.strip()]
            case SettingKind.SWITCH:
                return text == YES
            case SettingKind.DAY:
                return _day(text)
        assert_never(self.kind)


def _day(text: str) -> dt.date | str | None:
    with suppress(ValueError):
        return parse_date(text)
    return text or None  # the reader tells what is wrong with it


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Items that stand together; some are of editions with actuals alone."""

    title: str
    items: tuple[SettingItem, ...]


_FORMATS: Mapping[str, str] = {
    OutputFormat.DOCX: "Word",
    OutputFormat.PDF: "PDF",
    OutputFormat.HTML: "ウェブページ",
    OutputFormat.XLSX: "指標ごとのデータ（Excel）",
}
_SWITCH = {YES: "はい", NO: "いいえ"}

_COLLECTION = SettingGroup(
    "回答を集める",
    (
        SettingItem(
            ("collection", "deadline"),
            "各課の回答期限",
            "記入用のブックの表紙と催促の文に入ります。例：2022-05-13、令和４年５月13日",
            SettingKind.DAY,
        ),
        SettingItem(
            ("collection", "contact"),
            "各課からの照会先",
            "記入用のブックの表紙に入ります。空なら、報告書の問い合わせ先です。",
        ),
    ),
)
_FRONT = SettingGroup(
    "表紙",
    (
        SettingItem(
            ("review", "title"),
            "表題",
            "1行に1行分ずつ書きます。空なら、計画の表題と年度から作ります。",
            SettingKind.LINES,
        ),
        SettingItem(
            ("review", "issued"), "表紙の日付", "書いたとおりに印刷します。例：令和４年９月"
        ),
        SettingItem(
            ("date",),
            "文書の日付",
            "ファイルの情報（プロパティ）に入ります。例：2022-09-01、令和４年９月１日",
            SettingKind.DAY,
        ),
        SettingItem(("cover", "council_label"), "資料番号", "要らなければ空にします。例：資料３"),
        SettingItem(("cover", "committee"), "会議の名前", "要らなければ空にします。"),
        SettingItem(
            ("review", "sample"),
            "見本のデータ",
            "「はい」なら、すべてのページに「見本：数値は架空」と出ます。",
            SettingKind.SWITCH,
            _SWITCH,
            NO,
        ),
    ),
)
_TEXTS = SettingGroup(
    "文章",
    (
        SettingItem(
            ("review", "introduction"),
            "はじめに",
            "1行が1段落です。空なら、自動で作ります。",
            SettingKind.LINES,
            is_long=True,
        ),
        SettingItem(
            ("review", "results"),
            "主な成果",
            "1行に1つ、3つまで。空なら、評価が大きく上がった指標を挙げます。",
            SettingKind.LINES,
            is_long=True,
        ),
        SettingItem(
            ("review", "problems"),
            "主な課題",
            "1行に1つ、3つまで。空なら、評価が大きく下がった指標を挙げます。",
            SettingKind.LINES,
            is_long=True,
        ),
        SettingItem(
            ("review", "survey"),
            "数値目標の調査の説明",
            "資料編に載せます。1行が1段落です。",
            SettingKind.LINES,
            is_long=True,
        ),
        SettingItem(
            ("review", "contact"), "問い合わせ先", "報告書に載せます。要らなければ空にします。"
        ),
    ),
)
_LOOKS = SettingGroup(
    "見せ方",
    (
        SettingItem(
            ("numerals",),
            "自動で作る文の数字",
            "計画や所管課の書いた文字は、どちらでも変わりません。",
            SettingKind.CHOICE,
            {
                NumeralStyle.MIXED: "1桁は全角、2桁以上は半角",
                NumeralStyle.HALF: "すべて半角",
            },
            NumeralStyle.MIXED,
        ),
        SettingItem(
            ("review", "orientation"),
            "用紙の向き",
            "",
            SettingKind.CHOICE,
            {
                Orientation.AUTO: "自動（実績が2年度分までは縦、それを超えると横）",
                Orientation.PORTRAIT: "縦",
                Orientation.LANDSCAPE: "横",
            },
            Orientation.AUTO,
        ),
        SettingItem(
            ("review", "charts"),
            "グラフにする指標",
            "",
            SettingKind.CHOICE,
            {
                ChartScope.MAIN: "目標ごとに、主な指標だけ",
                ChartScope.ALL: "すべて（資料編）",
                ChartScope.NONE: "なし",
            },
            ChartScope.MAIN,
        ),
        SettingItem(
            ("review", "main_charts"),
            "主な指標の記号",
            "1行に1つ。空なら、評価の変わったもの、遅れているもの、増減の大きいものから選びます。",
            SettingKind.LINES,
        ),
        SettingItem(
            ("docx", "charts"),
            "Word のグラフ",
            "PDF のグラフは、どちらでも変わりません。",
            SettingKind.CHOICE,
            {
                ChartKind.IMAGE: "画像（どのソフトでも同じに見えます）",
                ChartKind.NATIVE: "Word のグラフ（数値や色を Word で直せます）",
            },
            ChartKind.IMAGE,
        ),
        SettingItem(
            ("review", "departments"),
            "所管課を載せる",
            "表に所管課を印刷し、資料編に所管課ごとの一覧を付けます。",
            SettingKind.SWITCH,
            _SWITCH,
            YES,
        ),
        SettingItem(
            ("review", "all_years"),
            "全年度の実績の表を資料編に付ける",
            "",
            SettingKind.SWITCH,
            _SWITCH,
            NO,
        ),
        SettingItem(
            ("review", "reasons"),
            "すべての評価の理由の表を資料編に付ける",
            "",
            SettingKind.SWITCH,
            _SWITCH,
            NO,
        ),
    ),
)
_OUTPUT = SettingGroup(
    "できるファイル",
    (
        SettingItem(
            ("output", "formats"),
            "作る種類",
            "",
            SettingKind.CHOICES,
            _FORMATS,
            "\n".join(DOCUMENTS),
        ),
        SettingItem(("output", "name"), "ファイルの名前", "「.docx」などは書きません。"),
        SettingItem(
            ("metadata", "author"),
            "作成者",
            "ファイルの情報に入ります。空なら、計画の発行者です。",
        ),
        SettingItem(("metadata", "subject"), "件名", "ファイルの情報に入ります。"),
        SettingItem(
            ("metadata", "keywords"),
            "検索の言葉",
            "ファイルの情報に入ります。1行に1つ書きます。",
            SettingKind.LINES,
        ),
    ),
)

_GROUPS = (_COLLECTION, _FRONT, _TEXTS, _LOOKS, _OUTPUT)
_OF_ACTUALS = ("review", "collection")


def item_at(place: str) -> SettingItem | None:
    """Return the item that a problem's place is in; ``None`` where it is none of these."""
    items = (item for group in _GROUPS for item in group.items)
    return next((each for each in items if each.has(place)), None)


def setting_groups(written: Mapping[str, object]) -> tuple[SettingGroup, ...]:
    """Return the items that a report's settings may have, in groups.

    Args:
        written: what the file says, of which only the edition counts here.
    """
    if written.get("edition") != Edition.PLAN:
        return _GROUPS
    groups = (
        SettingGroup(
            each.title, tuple(item for item in each.items if item.place[0] not in _OF_ACTUALS)
        )
        for each in _GROUPS
    )
    return tuple(each for each in groups if each.items)
