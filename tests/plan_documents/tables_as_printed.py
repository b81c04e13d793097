"""Tables as municipalities print them, and their indicators in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpireport.plan_documents.tables import SourceText
from kpireport.plan_documents.understanding import Understood
from tests.plan_documents.hand_made import heading, read, table


def three_header_rows() -> Understood:
    """A welfare plan: three rows of headers, an interim and a final target, arrows."""
    return read(
        heading("みどり市地域福祉計画"),
        heading("第４章　計画の指標", 1),
        table(
            (
                ("基本目標", 3, 1),
                ("施策の方向", 3, 1),
                ("成果指標", 3, 1),
                ("現状値", 1, 1),
                ("目標値", 1, 2),
                None,
                ("方向性", 3, 1),
                ("主管部署", 3, 1),
            ),
            (
                None,
                None,
                None,
                ("令和５年度", 2, 1),
                ("中間", 1, 1),
                ("最終", 1, 1),
                None,
                None,
            ),
            (None, None, None, None, "令和８年度", "令和11年度", None, None),
            (
                ("１　支え合う\n地域づくり", 3, 1),
                ("（１）担い手の育成", 2, 1),
                "ボランティア登録者数",
                "412人",
                "450人",
                "500人",
                "↗",
                "福祉課",
            ),
            (
                None,
                None,
                "福祉教育を実施した学校の割合",
                "85.7％",
                "100％",
                "100％",
                "→",
                "教育委員会\n学校教育課",
            ),
            (
                None,
                "（２）見守り",
                "見守り協定の締結数",
                "23件",
                "30件",
                "40件",
                "↗",
                "福祉課、高齢者支援課",
            ),
            (
                ("２　安心の仕組み", 1, 1),
                "（１）相談体制",
                "孤立を感じる人の割合",
                "15.4％",
                "12.0％",
                "10.0％以下",
                "↘",
                "福祉課",
            ),
        ),
    )


def headings_inside() -> Understood:
    """An equality plan: goals and directions as rows inside, numbers ①②, 〃, notes below."""
    return read(
        heading("第３次男女共同参画プラン"),
        table(
            ("No.", "指標", "現状値\n（R4）", "目標値\n（R9）", "出典", "担当課"),
            (("基本目標Ⅰ　人権が尊重されるまち", 1, 6),) + (None,) * 5,
            (("施策の方向１　意識の改革", 1, 6),) + (None,) * 5,
            (
                "①",
                "「夫は外」という考えに同感しない人の割合※1",
                "58.2％",
                "70％以上",
                "市民意識調査",
                "人権課",
            ),
            ("②", "ＤＶ防止法を知っている人の割合", "81.3％", "増加", "〃", "〃"),
            (("施策の方向２　教育の推進", 1, 6),) + (None,) * 5,
            ("③", "男女混合名簿の実施校", "100％", "維持", "学校教育課調べ", "学校教育課"),
            (("基本目標Ⅱ　ともに働くまち", 1, 6),) + (None,) * 5,
            (("施策の方向１　登用の推進", 1, 6),) + (None,) * 5,
            ("④", "審議会等の女性委員の割合※2", "31.5％", "40％", "人権課調べ", "人権課\n全課"),
            ("⑤", "女性防災士の数", "― ", "30人", "危機管理課調べ", "危機管理課"),
        ),
        SourceText("※1　20歳以上の市民"),
        SourceText("※2　法律に基づくもの"),
    )


def targets_above_actuals() -> Understood:
    """A reform plan: targets above actuals, as the words above the table say."""
    return read(
        heading("第７次行政改革大綱　実施計画"),
        SourceText("（上段：目標値　下段：実績値）"),
        table(
            ("取組項目", "指標", "単位", "R4", "R5", "R6", "R7"),
            (("納税の推進", 2, 1), ("口座振替率", 2, 1), ("％", 2, 1), "40", "42", "44", "46"),
            (None, None, None, "39.8", "41.5", "", ""),
            (
                ("人員の適正化", 2, 1),
                ("職員数", 2, 1),
                ("人", 2, 1),
                "320",
                "318",
                "316",
                "315",
            ),
            (None, None, None, "321", "319", "", ""),
        ),
    )


def four_levels() -> Understood:
    """A comprehensive plan: four levels as merged cells."""
    return read(
        heading("第５次総合計画"),
        table(
            (
                "政策",
                "施策",
                "基本事業",
                "事務事業",
                "活動指標",
                "単位",
                "基準値\nR元",
                "めざす値\nR7",
                "所管",
            ),
            (
                ("1　健やか", 4, 1),
                ("1-1　健康づくり", 3, 1),
                ("1-1-1　予防", 2, 1),
                "健診事業",
                "受診率",
                "％",
                "35.2",
                "50",
                "健康課",
            ),
            (None, None, None, "予防接種事業", "接種率", "％", "91", "95", "健康課"),
            (None, None, "1-1-2　食育", "食育事業", "教室の開催数", "回", "12", "18", "健康課"),
            (
                None,
                "1-2　医療",
                "1-2-1　救急",
                "救急医療事業",
                "当番医の数",
                "院",
                "8",
                "8",
                "医療課",
            ),
            (
                ("2　学び", 1, 1),
                "2-1　学校",
                "2-1-1　学力",
                "学力向上事業",
                "正答率",
                "％",
                "62",
                "65",
                "教育課",
            ),
        ),
    )


def several_in_a_cell() -> Understood:
    """A strategy: several indicators in one cell, with numbers and without."""
    return read(
        heading("第２期総合戦略"),
        heading("基本目標１　しごとをつくる", 2),
        table(
            ("施策", "重要業績評価指標（KPI）", "基準値", "目標値（R6）"),
            (
                "企業の支援",
                "①創業件数\n②雇用者数\n③相談件数",
                "①12件\n②34人\n③120件",
                "①20件\n②60人\n③150件",
            ),
            ("農業の振興", "新規就農者数\n農業法人数", "3人\n14法人", "5人\n18法人"),
            ("観光の振興", "宿泊者数（延べ）", "18万人\n（H30）", "25万人"),
        ),
    )


def upright_band() -> Understood:
    """A health plan: an upright label, units in headers, values of men and women."""
    return read(
        heading("健康増進計画"),
        table(("基\n本\n目\n標", "健康寿命の延伸"), ("数値目標", "平均自立期間　79.5年 → 80.5年")),
        table(
            (
                ("分野", 2, 1),
                ("評価指標", 2, 1),
                ("対象", 2, 1),
                ("現状値（％）", 1, 2),
                None,
                ("目標値（％）", 2, 1),
            ),
            (None, None, None, "男性", "女性", None),
            (("栄養", 2, 1), "朝食を欠食する人の割合", "20歳代", "28.1", "19.5", "15"),
            (None, "野菜を350g食べる人の割合", "20歳以上", "30.2", "33.1", "増加"),
            ("運動", "運動習慣のある人の割合", "20～64歳", "22.4", "18.9", "30"),
        ),
    )


def years_alone() -> Understood:
    """A care plan: years without a word above them, a total."""
    return read(
        heading("介護保険事業計画"),
        table(
            ("区分", "単位", "令和5年度", "令和6年度", "令和7年度", "令和8年度"),
            ("通いの場の数", "か所", "45", "50", "55", "60"),
            ("認知症サポーター数", "人", "3,210", "3,400", "3,600", "3,800"),
            ("合計", "", "3,255", "3,450", "3,655", "3,860"),
        ),
    )


def planned_below_actual() -> Understood:
    """An environment plan: 実績 and 計画 above years, a level with a name of its own."""
    return read(
        heading("環境基本計画"),
        table(
            (
                ("環境目標", 2, 1),
                ("指標", 2, 1),
                ("実績", 1, 1),
                ("計画", 1, 3),
                None,
                None,
                ("担当部署", 2, 1),
            ),
            (None, None, "R5", "R6", "R7", "R8", None),
            (("脱炭素", 2, 1), "太陽光の導入量", "10kW", "12kW", "14kW", "16kW", "環境課"),
            (None, "電動車の台数", "5台", "6台", "8台", "10台", "管財課"),
        ),
    )


def list_behind() -> Understood:
    """A strategy with a list of all indicators behind it."""
    return read(
        heading("第２期総合戦略"),
        heading("基本目標１　しごとをつくる", 2),
        heading("施策１　企業の支援", 3),
        table(
            ("KPI", "基準値", "目標値（R6）"),
            ("創業件数", "12件", "20件"),
            ("雇用者数", "34人", "60人"),
        ),
        heading("施策２　農業の振興", 3),
        table(
            ("KPI", "基準値", "目標値（R6）"),
            ("新規就農者数", "3人", "5人"),
        ),
        heading("資料編", 1),
        heading("指標一覧", 2),
        table(
            ("基本目標", "施策", "KPI", "基準値", "目標値（R6）", "担当課"),
            (
                ("基本目標１　しごとをつくる", 3, 1),
                ("施策１　企業の支援", 2, 1),
                "創業件数",
                "12件",
                "20件",
                "商工課",
            ),
            (None, None, "雇用者数", "34人", "60人", "商工課"),
            (None, "施策２　農業の振興", "新規就農者数", "3人", "5人", "農政課"),
            number=3,
        ),
    )


def other_tables() -> Understood:
    """Tables that are no indicators': members, steps, money, people, goals of others, words."""
    return read(
        heading("第５次総合計画"),
        table(
            ("氏名", "所属", "役職"),
            ("山田　太郎", "商工会", "会長"),
            ("佐藤　花子", "自治会", "委員"),
        ),
        table(
            ("項目", "R4", "R5", "R6"),
            ("計画の策定", "○", "", ""),
            ("計画の推進", "", "→", "→"),
        ),
        table(
            ("事業名", "令和4年度", "令和5年度", "令和6年度", "計"),
            ("道路整備事業", "12,000", "13,000", "14,000", "39,000"),
            ("合計", "12,000", "13,000", "14,000", "39,000"),
        ),
        table(
            ("年", "総人口", "15歳未満", "65歳以上"),
            ("2015年", "12,345", "1,500", "3,500"),
            ("2020年", "12,000", "1,400", "3,700"),
        ),
        table(
            ("SDGsのゴール", "目標", "関係する施策"),
            ("3 すべての人に健康と福祉を", "あらゆる年齢の健康", "施策１"),
            ("4 質の高い教育", "公正な教育", "施策２"),
        ),
        table(("用語", "説明"), ("KPI", "重要業績評価指標のこと")),
        table(("年度", "策定委員会", "市民会議"), ("R4", "第1回", "第1回"), ("R5", "第2回", "")),
        heading("施策１　健康", 2),
        table(("指標", "現状値（R4）", "目標値（R9）"), ("受診率", "30％", "40％")),
    )


def lines(understood: Understood) -> dict[str, list[str]]:
    """Below what they stand in, the indicators as lines: name, values, what else they say."""
    found: dict[str, list[str]] = {}
    for goal in understood.goals:
        for above, line in _lines(goal, []):
            found.setdefault(above, []).append(line)
    return found


def _lines(node: Any, above: list[str]) -> Iterator[tuple[str, str]]:
    label = node.get("label") or node.get("numeral") or ""
    path = [*above, f"{label} {node['title']}".strip()]
    for each in node.get("numeric_targets", []):
        yield " > ".join(path), _line(each)
    for each in node.get("sections", []):
        yield from _lines(each, path)
    for plan in node.get("plans", []):
        name = f"{plan.get('label', '')} {plan['title']}".strip()
        for each in plan["indicators"]:
            yield " > ".join((*path, name)), _line(each)


def _line(entry: Any) -> str:
    yearly = [f"{each['fiscal_year']}:{each['text']}" for each in entry.get("yearly_targets", [])]
    known = ("number", "unit", "direction", "source", "remarks")
    said = [
        entry["name"],
        _value(entry.get("baseline", {}), "as_of"),
        *yearly,
        _value(entry.get("target", {}), "deadline"),
        *(f"{key}={entry[key]}" for key in known if key in entry),
        *(f"past={each['label']}:{each['text']}" for each in entry.get("past", [])),
        *(f"{key}={text}" for key, text in entry.get("details", {}).items()),
        *entry.get("departments", []),
    ]
    return "｜".join(said)


def _value(value: Any, time: str) -> str:
    return f"{value.get('text', '')}（{value[time]}）" if time in value else value.get("text", "")
