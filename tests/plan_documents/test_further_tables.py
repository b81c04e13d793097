"""Tables as municipalities print them: every row, each value where it belongs, the rest kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kpireport.plan_documents.understanding import Understood
from tests.plan_documents.hand_made import Value, heading, read, table
from tests.plan_documents.tables_as_printed import (
    four_levels,
    headings_inside,
    lines,
    list_behind,
    other_tables,
    planned_below_actual,
    several_in_a_cell,
    targets_above_actuals,
    three_header_rows,
    upright_band,
    years_alone,
)

HEAD = ("施策", "指標", "現状値（R3）", "目標値（R8）")


@pytest.mark.parametrize(
    ("read_table", "expected"),
    [
        pytest.param(
            three_header_rows,
            {
                "１ 支え合う地域づくり > （１） 担い手の育成": [
                    "ボランティア登録者数｜412人｜2026:450人｜500人｜direction=↗｜福祉課",
                    "福祉教育を実施した学校の割合｜85.7％｜2026:100％｜100％｜direction=→｜教育委員会｜学校教育課",
                ],
                "１ 支え合う地域づくり > （２） 見守り": [
                    "見守り協定の締結数｜23件｜2026:30件｜40件｜direction=↗｜福祉課｜高齢者支援課",
                ],
                "２ 安心の仕組み > （１） 相談体制": [
                    "孤立を感じる人の割合｜15.4％｜2026:12.0％｜10.0％以下｜direction=↘｜福祉課",
                ],
            },
            id="three_header_rows",
        ),
        pytest.param(
            headings_inside,
            {
                "Ⅰ 人権が尊重されるまち > 施策の方向１ 意識の改革": [
                    "「夫は外」という考えに同感しない人の割合※1｜58.2％｜70％以上｜number=①｜source=市民意識調査｜人権課",
                    "ＤＶ防止法を知っている人の割合｜81.3％｜増加｜number=②｜source=市民意識調査｜人権課",
                ],
                "Ⅰ 人権が尊重されるまち > 施策の方向２ 教育の推進": [
                    "男女混合名簿の実施校｜100％｜維持｜number=③｜source=学校教育課調べ｜学校教育課",
                ],
                "Ⅱ ともに働くまち > 施策の方向１ 登用の推進": [
                    "審議会等の女性委員の割合※2｜31.5％｜40％｜number=④｜source=人権課調べ｜人権課｜全課",
                    "女性防災士の数｜―｜30人｜number=⑤｜source=危機管理課調べ｜危機管理課",
                ],
            },
            id="headings_inside",
        ),
        pytest.param(
            targets_above_actuals,
            {
                "第７次行政改革大綱　実施計画 > 納税の推進": [
                    "口座振替率｜｜2022:40｜2023:42｜2024:44｜46｜unit=％",
                ],
                "第７次行政改革大綱　実施計画 > 人員の適正化": [
                    "職員数｜｜2022:320｜2023:318｜2024:316｜315｜unit=人",
                ],
            },
            id="targets_above_actuals",
        ),
        pytest.param(
            four_levels,
            {
                "1 健やか > 1-1 健康づくり > 1-1-1 予防 > 健診事業": [
                    "受診率｜35.2｜50｜unit=％｜健康課",
                ],
                "1 健やか > 1-1 健康づくり > 1-1-1 予防 > 予防接種事業": [
                    "接種率｜91｜95｜unit=％｜健康課",
                ],
                "1 健やか > 1-1 健康づくり > 1-1-2 食育 > 食育事業": [
                    "教室の開催数｜12｜18｜unit=回｜健康課",
                ],
                "1 健やか > 1-2 医療 > 1-2-1 救急 > 救急医療事業": [
                    "当番医の数｜8｜8｜unit=院｜医療課",
                ],
                "2 学び > 2-1 学校 > 2-1-1 学力 > 学力向上事業": [
                    "正答率｜62｜65｜unit=％｜教育課",
                ],
            },
            id="four_levels",
        ),
        pytest.param(
            several_in_a_cell,
            {
                "１ しごとをつくる > 企業の支援": [
                    "①創業件数｜12件｜20件",
                    "②雇用者数｜34人｜60人",
                    "③相談件数｜120件｜150件",
                ],
                "１ しごとをつくる > 農業の振興": [
                    "新規就農者数｜3人｜5人",
                    "農業法人数｜14法人｜18法人",
                ],
                "１ しごとをつくる > 観光の振興": [
                    "宿泊者数（延べ）｜18万人（H30）｜25万人",
                ],
            },
            id="several_in_a_cell",
        ),
        pytest.param(
            upright_band,
            {
                "健康寿命の延伸": [
                    "平均自立期間｜79.5年｜80.5年",
                ],
                "健康寿命の延伸 > 栄養": [
                    "朝食を欠食する人の割合｜28.1｜15｜unit=％｜対象=20歳代｜現状値・％・女性=19.5",
                    "野菜を350g食べる人の割合｜30.2｜増加｜unit=％｜対象=20歳以上｜現状値・％・女性=33.1",
                ],
                "健康寿命の延伸 > 運動": [
                    "運動習慣のある人の割合｜22.4｜30｜unit=％｜対象=20～64歳｜現状値・％・女性=18.9",
                ],
            },
            id="upright_band",
        ),
        pytest.param(
            years_alone,
            {
                "介護保険事業計画 > 介護保険事業計画": [
                    "通いの場の数｜｜2023:45｜2024:50｜2025:55｜60｜unit=か所",
                    "認知症サポーター数｜｜2023:3,210｜2024:3,400｜2025:3,600｜3,800｜unit=人",
                ],
            },
            id="years_alone",
        ),
        pytest.param(
            planned_below_actual,
            {
                "脱炭素 > 脱炭素": [
                    "太陽光の導入量｜10kW｜2024:12kW｜2025:14kW｜16kW｜環境課",
                    "電動車の台数｜5台｜2024:6台｜2025:8台｜10台｜管財課",
                ],
            },
            id="planned_below_actual",
        ),
        pytest.param(
            list_behind,
            {
                "１ しごとをつくる > 施策１ 企業の支援": [
                    "創業件数｜12件｜20件｜商工課",
                    "雇用者数｜34人｜60人｜商工課",
                ],
                "１ しごとをつくる > 施策２ 農業の振興": [
                    "新規就農者数｜3人｜5人｜農政課",
                ],
            },
            id="list_behind",
        ),
        pytest.param(
            other_tables,
            {
                "１ 健康 > 健康": [
                    "受診率｜30％｜40％",
                ],
            },
            id="other_tables",
        ),
    ],
)
def test_every_row_is_read_as_it_is_meant(
    read_table: Callable[[], Understood], expected: dict[str, list[str]]
) -> None:
    assert lines(read_table()) == expected


@pytest.mark.parametrize(
    ("rows_of_table", "expected"),
    [
        pytest.param(
            (
                (
                    "分野",
                    "環境指標",
                    "単位",
                    "基準年度\n（2013）",
                    "現状\n（2020）",
                    "目標\n（2030）",
                ),
                ("地球環境", "排出量", "千t", "1,234", "1,020", "640"),
            ),
            {"地球環境 > 地球環境": ["排出量｜1,020｜640｜unit=千t｜past=基準年度（2013）:1,234"]},
            id="基準年度 above figures",
        ),
        pytest.param(
            (
                ("基本目標", "重点課題", "指標", "現状値", "年度", "目標値", "年度"),
                ("Ⅰ 意識改革", "1 啓発", "認知度", "52.1%", "R3", "70%", "R9"),
                ("", "2 教育", "参加者数", "120人", "R4", "200人", "R9"),
            ),
            {
                "Ⅰ 意識改革 > 1 啓発": ["認知度｜52.1%（R3）｜70%（2027）"],
                "Ⅰ 意識改革 > 2 教育": ["参加者数｜120人（R4）｜200人（2027）"],
            },
            id="年度 behind each figure",
        ),
        pytest.param(
            (
                ("目標", ("評価指標", 1, 2), None, "現況値", "目標値（R9）"),
                ("目標１\n利用しやすい交通", ("①利用者数", 2, 1), "鉄道", "1.2万人", "現状維持"),
                ("", None, "バス", "3,400人", "3,600人"),
                ("目標２\n持続可能な交通", ("②収支率", 1, 2), None, "42％", "50％"),
            ),
            {
                "文書 > 目標１ 利用しやすい交通": [
                    "①利用者数｜1.2万人｜現状維持｜評価指標=鉄道",
                    "①利用者数｜3,400人｜3,600人｜評価指標=バス",
                ],
                "文書 > 目標２ 持続可能な交通": ["②収支率｜42％｜50％"],
            },
            id="目標 as a level, names in two columns",
        ),
        pytest.param(
            (
                ("事業名", "事業内容", "現状（R1）", "目標（R6）", "担当課"),
                ("児童クラブ", "児童を預かる。", "12か所", "15か所", "子育て課"),
                ("一時預かり", "一時的に預かる。", "3か所", "4か所", "保育課"),
            ),
            {
                "文書 > 文書": [
                    "児童クラブ｜12か所｜15か所｜事業内容=児童を預かる。｜子育て課",
                    "一時預かり｜3か所｜4か所｜事業内容=一時的に預かる。｜保育課",
                ]
            },
            id="what is done beside its name",
        ),
        pytest.param(
            (
                (("基本目標1：安定した雇用を創出する", 1, 4), None, None, None),
                ("数値目標", "", "基準値", "目標値"),
                (("市内就業者数", 1, 2), None, "21,000人（H27）", "21,500人（R6）"),
                ("具体的な施策", "重要業績評価指標（KPI）", "基準値", "目標値"),
                ("（ア）企業誘致", "誘致企業数", "2社", "10社"),
            ),
            {
                "1 安定した雇用を創出する": ["市内就業者数｜21,000人（H27）｜21,500人（R6）"],
                "1 安定した雇用を創出する > （ア） 企業誘致": ["誘致企業数｜2社｜10社"],
            },
            id="two headers in one table",
        ),
        pytest.param(
            (
                (("基本目標", 2, 1), ("数値目標", 1, 2), None, ("KPI", 1, 3), None, None),
                (None, "指標", "目標値", "指標名", "基準値", "目標値"),
                (
                    ("１ しごと", 2, 1),
                    ("就業者数", 2, 1),
                    ("1,000人", 2, 1),
                    "創業数",
                    "5人",
                    "10人",
                ),
                (None, None, None, "相談件数", "20件", "40件"),
            ),
            {
                "１ しごと > しごと": [
                    "創業数｜5人｜10人｜数値目標・指標=就業者数｜数値目標・目標値=1,000人",
                    "相談件数｜20件｜40件｜数値目標・指標=就業者数｜数値目標・目標値=1,000人",
                ]
            },
            id="targets of goals beside those of plans",
        ),
        pytest.param(
            (
                ("目標", "指標", "対象", "策定時", "最終目標"),
                ("適正体重", "肥満者の割合", "男性", "31.2%", "28%"),
                ("", "", "女性", "18.1%", "15%"),
            ),
            {
                "文書 > 適正体重": [
                    "肥満者の割合｜31.2%｜28%｜対象=男性",
                    "肥満者の割合｜18.1%｜15%｜対象=女性",
                ]
            },
            id="rows without a name, whose figures say whose they are",
        ),
        pytest.param(
            (
                ("成果指標", ("実績値", 1, 2), None, ("目標値", 1, 2), None),
                ("", "2021年", "2022年", "2025年", "2028年"),
                ("宿泊者数", "5万人", "6万人", "8万人", "10万人"),
            ),
            {"文書 > 文書": ["宿泊者数｜6万人｜2025:8万人｜10万人｜past=2021年:5万人"]},
            id="actuals before all targets",
        ),
        pytest.param(
            (
                ("指標", "説明", "現状値", "目標値", "県", "県"),
                ("人口", "人の数", "10", "12", "1", "2"),
            ),
            {"文書 > 文書": ["人口｜10｜12｜県=1｜県・2=2"]},
            id="two columns with one header",
        ),
    ],
)
def test_columns_are_what_stands_in_them(
    rows_of_table: tuple[tuple[Value, ...], ...], expected: dict[str, list[str]]
) -> None:
    assert lines(read(table(*rows_of_table))) == expected


def test_four_levels_as_headings_and_a_column() -> None:
    understood = read(
        heading("政策１　子育て"),
        heading("施策１－１　保育"),
        heading("基本事業①　保育所"),
        table(
            ("事務事業名", "活動指標", "R4実績", "R5計画", "R6計画"),
            ("保育所運営", "定員", "100人", "110人", "120人"),
        ),
    )
    assert lines(understood) == {
        "１ 子育て > 施策１－１ 保育 > 基本事業① 保育所 > 保育所運営": [
            "定員｜100人｜2023:110人｜120人"
        ]
    }
