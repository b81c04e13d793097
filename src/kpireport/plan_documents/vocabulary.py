"""The words of plans' tables, as data: which column is what, which heading is which level.

Comes in: nothing. Goes out: for each role of a column the words that its header has, as
patterns over texts in half width without white space (:func:`squeezed`); the words of levels.
Municipalities' words differ: a word that is missing is one more in its row.
"""

from __future__ import annotations

import re
from enum import StrEnum

from kpireport.domain.numerals import fold_width
from kpireport.quickly import dataclass


class Role(StrEnum):
    """What a column of a document's table is; the value is the word that staff say for it."""

    GOAL = "基本目標"
    SECTION = "中間の階層"
    PLAN = "戦略計画"
    NUMBER = "番号"
    INDICATOR = "指標"
    UNIT = "単位"
    PAST = "過去値"
    BASELINE = "現状値"
    BASELINE_TIME = "現状値の時点"
    YEARLY = "年度ごとの目標値"
    TARGET = "目標値"
    TARGET_TIME = "期限"
    ACTUAL = "実績値"
    SERIES = "目標と実績の別"
    DEPARTMENTS = "所管課"
    PERIOD = "期間・時点"
    DIRECTION = "方向性"
    DEFINITION = "定義"
    BASIS = "設定根拠"
    SOURCE = "出典"
    REMARKS = "備考"
    DETAIL = "欄"
    LEFT = "置かない"


LEVELS = (Role.GOAL, Role.SECTION, Role.PLAN)
"""What a row stands in, from outside in."""

VALUES = (Role.PAST, Role.BASELINE, Role.YEARLY, Role.TARGET, Role.ACTUAL)
"""Columns of figures."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a role: ``whole`` is all that a header says, ``part`` is in it somewhere."""

    role: Role
    whole: str = ""
    part: str = ""


_KPI = (
    r"(?:重要業績評価|重要業績|重要成果|成果|活動|達成|評価|数値|進捗|管理|代表|主な|主要な?|客観|主観"
    r"|取組|事業|施策|政策|計画|目標|行政|モニタリング|アウト(?:カム|プット))"
)
HEADER_WORDS = (
    Words(Role.BASIS, r"根拠|算定根拠|積算根拠|理由", r"(?:根拠|考え方|設定理由|理由|積算)$"),
    Words(
        Role.PAST,
        r"過去値|従前値?|前回値?|前計画(?:値|策定時)|前期(?:値|策定時)",
        r"過去値|従前値|前回値|前計画",
    ),
    Words(
        Role.BASELINE_TIME,
        r"基準年度?|基準年次|(?:現状|基準)値?(?:の)?(?:年度?|年次|時点)|現状年度",
    ),
    Words(
        Role.BASELINE,
        r"現状値?|基準値?|現況値?|現在値?|策定時(?:点)?(?:の?値)?|当初値?|初期値|直近値?|スタート値|ベースライン|最新値|計画当初|開始時(?:の値)?|計画策定時",
        r"現状|現況|基準値|基準時|策定時|当初値|計画当初|初期値|直近値|直近の値|基準年度の値",
    ),
    Words(
        Role.TARGET_TIME,
        r"期限|目標(?:の)?(?:年度?|年次|時期|期限|期日)|達成(?:年度?|年次|時期|期限)",
    ),
    Words(
        Role.YEARLY,
        r"中間(?:目標)?値?|中間年度?(?:の?目標値?)?|(?:各)?年度?(?:別|ごとの|毎の)目標値?",
        r"中間目標|中間値|年度別目標|年度ごとの目標|年次目標",
    ),
    Words(
        Role.TARGET,
        r"目標値?|数値目標|達成目標値?|到達目標値?|最終目標値?|計画目標値?|計画値|めざそう値|目指そう値|(?:めざす|目指す)(?:値|水準|姿)|目標水準|期待値|将来値|ゴール|目標数値|目標事業量|最終年(?:度|次)?|見込(?:量|値)",
        r"年(?:間の?)?目標|(?:期間|前期|後期|中期)目標|見込量|目標値|最終目標|達成目標|到達目標|計画目標|めざそう値|目標水準",
    ),
    Words(
        Role.ACTUAL,
        r"実績値?|実数|推移|達成(?:率|度|状況|値)|進捗(?:率|度|状況)|実績の推移|評価|判定",
        r"実績|推移|達成率|達成度|達成状況|進捗|増減率|対前年|^見込み?$",
    ),
    Words(
        Role.DEFINITION,
        r"定義|算出方法|算定方法|算式|計算式|算出式|計算方法|指標の(?:説明|定義|内容|概要|見方)|説明|指標説明|内容説明|測定方法",
        r"定義|算出|算定方法|計算(?:式|方法)|指標の(?:説明|内容|概要)|指標説明|測定方法",
    ),
    Words(
        Role.SOURCE,
        r"出典|出所|資料|資料名|データ(?:元|ソース|の?出典)|把握方法|根拠資料|入手先|統計資料|統計名|取得(?:方法|元)|調査名|データ",
        r"出典|出所|資料名|データ(?:元|ソース|の出典)|把握方法|入手",
    ),
    Words(
        Role.DEPARTMENTS,
        r"(?:所管|担当|主管|関係|実施|所属|関連|主担当|推進|記入)?(?:課|部課|部署|部局|課室|室課|課等|所属|課名|部署名|組織|課・?係|部・?課)|所管|担当|主管|担当(?:課室等|部課名|部局課)|課名|所管課名|担当課名|担当(?:グループ|係|班)",
        r"(?:所管|担当|主管|関係|実施)(?:課|部|室|所属|組織)",
    ),
    Words(Role.UNIT, r"単位(?:等|名)?"),
    Words(
        Role.NUMBER,
        r"番号|no\.?|№|#|項番|連番|通番|指標(?:番号|no\.?|id)|整理番号|kpi(?:番号|no\.?)|id|通し番号",
    ),
    Words(
        Role.DIRECTION,
        r"方向性?|(?:望ましい|目指す|めざす|指標の|目標の|増減の|数値の|望む)方向性?|向き|増減|傾向|目標の?傾向",
        r"(?:望ましい|期待する|目標)(?:方向|傾向)|(?:目指す|めざす|指標の|目標の|増減の|数値の)方向|増減の?別",
    ),
    Words(Role.PERIOD, r"(?:調査)?(?:時期|時点|期間)|集計(?:期間|時点|時期)|把握時期|年・年度"),
    Words(Role.REMARKS, r"備考|摘要|注記?|特記事項|補足|参考|備考欄"),
    Words(Role.SERIES, r"区分|種別|目標・?実績|目標/実績|計画・?実績"),
    Words(
        Role.INDICATOR,
        rf"{_KPI}?指標(?:名|名称|項目|等|の名称|の名前|\(kpi\))?|{_KPI}*指標(?:名|名称)?|kpi(?:名|指標|項目|\(.*\))?|評価項目|項目名?|指標・?目標|成果目標|目標項目|測定項目|目標指標(?:名)?|指標\(単位\)|ベンチマーク",
        r"指標|kpi",
    ),
    Words(
        Role.GOAL,
        r"(?:重点|政策|基本|大)?目標名?\(大\)|基本目標名?|政策目標名?|政策(?:名|の柱|分野)?|(?:基本)?分野(?:名|別)?|大項目|基本方針|柱|大柱|施策の柱|まちづくりの(?:目標|柱)|基本政策|大分類|章|将来像",
        r"(?:(?<!数値)(?<!成果)目標|テーマ|分野|の柱|政策)$",
    ),
    Words(
        Role.SECTION,
        r"基本施策(?:名)?|中項目|中分類|施策分野|施策目標|施策の?(?:方向|大綱)|基本的方向|方針|主要施策|節|小分野|大施策|基本事業(?:名)?",
        r"(?:方針|方向性?|課題)$",
    ),
    Words(
        Role.PLAN,
        r"(?:戦略|個別|実施|行動|アクション)?計画(?:名)?|(?:個別|具体的な?|重点|単位|小|細)?施策(?:名|名称|の名称|項目)?|(?:主要|主な|関連|具体的な?|重点|主要な)?(?:事業|取組|取り組み|取組み|プロジェクト|アクション|プログラム|活動)(?:名|名称|項目|内容)?|事務事業(?:名)?|小項目|小分類|取組方針|目標",
        r"施策名|事業名|取組名",
    ),
)
"""The first row whose words a header has tells what its column is."""

LABELS_OF_PLACES = ("数値", "値", "数", "数量", "実数値")
"""Headers that say no more than the one above them."""

TIMES_OF_PLACES = ("年度", "年", "年次", "時点", "調査年度", "調査年", "調査時点", "期限", "年月")
"""Headers that, below one of figures, tell its time."""

_TIER = r"[^上下]{0,6}?(?P<%s>目標|計画|見込|実績)"
TIERS = "上段" + _TIER % "upper" + "[^上]{0,12}?下段" + _TIER % "lower"
"""What says that each row has targets above actuals, or the other way about."""

DITTO = r"[〃″”々\"]|同上|上に同じ"
"""What says that a cell has what the one above it has."""

TOTALS = r"(?:総|合|小|累)?計|総合計|合計値|総数計"
"""Names of rows that sum up those above them."""

SUMMARIES = r"一覧|総括|総覧|まとめ|再掲"
"""Headings of tables that repeat what stands in others."""

OTHER_TABLES = (
    r"事業費|予算|決算|財政(?:計画|見通し|推計)|経費|財源|スケジュール|工程|年次計画|ロードマップ"
    r"|委員名簿|名簿|策定(?:の)?(?:経過|経緯|体制)|推進体制|人口推計|将来人口"
)
"""Headings of tables that are no indicators': what they have by year is money, steps, people."""

SERIES_OF_TARGETS, SERIES_OF_ACTUALS = r"目標値?|計画値?|見込値?", r"実績値?|実数|結果|達成率"

# --- levels ----------------------------------------------------------------------

RANKS = (
    (10, "編 部 章 分野別 序章"),
    (
        20,
        (
            "基本目標 政策目標 まちづくりの目標 重点目標 政策の柱 施策の柱 大綱 基本政策 政策 "
            "基本方針 分野 柱 目標 ビジョン 将来像 基本戦略"
        ),
    ),
    (30, "節 基本施策 施策目標 施策の大綱 施策分野 方針 大施策 基本的方向 重点戦略 主要課題"),
    (
        40,
        (
            "戦略計画 個別施策 主要施策 重点施策 施策の方向性 施策の方向 取組の方向性 "
            "取組の方向 取組の柱 施策 戦略 計画 推進項目 方向 課題 項"
        ),
    ),
    (45, "基本事業"),
    (
        50,
        (
            "実施計画 具体的施策 主要事業 重点事業 事務事業 事業 取組 取り組み "
            "取組み 重点プロジェクト プロジェクト アクション プログラム"
        ),
    ),
)
"""Words of levels before their numbers, from outside in."""

GOAL_RANK = 20
PLAN_RANK = 38
"""Ranks of goals, and of headings within a table that tell none: within goals, above plans."""
RANK_OF_WORD = {word: rank for rank, words in RANKS for word in words.split()}

BAND_WORDS = (
    ("goal", r"基本目標|政策目標|目標名|政策名?|基本政策|分野|柱"),
    ("targets", r"数値目標|全体目標|基本目標(?:の|に係る)数値目標|成果目標|目標\(数値\)"),
    (
        "directions",
        r"基本的な?方向性?|基本的な考え方|基本方針|方向性?|取組の?方向性?|施策の?(?:基本的)?方向性?|目指す姿|めざす姿|取組方針|講ずべき施策に関する基本的方向",
    ),
)
"""What stands to the left in a goal's band, by what stands beside it."""

BAND_TEXTS = "|".join(words for _, words in BAND_WORDS)

INTRODUCTIONS = r"はじめに|序章?|まえがき|策定(?:の趣旨|にあたって)|趣旨|目的|本書について"
SAMPLES = r"[【\[(]?(?:表|指標|一覧|シート)?の?(?:見方|読み方|凡例)[】\])]?|(?:記載|記入)例"
CAPTIONS = r"一覧|指標|kpi|数値目標|目標値|成果目標|について$|別表|参考|資料編|付表|表[0-9]"


def squeezed(text: str) -> str:
    """A text as words are looked for in it: half width, without white space, in small letters."""
    return re.sub(r"\s", "", fold_width(text)).lower()


_WHOLE = re.compile(
    "|".join(f"(?P<{each.role.name}>{each.whole})" for each in HEADER_WORDS if each.whole)
)
_PARTS = tuple((each.role, re.compile(each.part)) for each in HEADER_WORDS if each.part)
_ANY_PART = re.compile("|".join(each.part for each in HEADER_WORDS if each.part))


def role_of_whole(words: str) -> Role | None:
    """The role whose header is just these words."""
    match = _WHOLE.fullmatch(words)
    return Role[match.lastgroup] if match and match.lastgroup else None


def role_of_part(words: str) -> Role | None:
    """The role whose words are among these."""
    if not _ANY_PART.search(words):
        return None
    return next((role for role, pattern in _PARTS if pattern.search(words)), None)
