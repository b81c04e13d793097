"""Documents of towns that do not exist, laid out as published ones are: lists and yearly tables.

Each function is a document: the data of its rows, and the layout that sets them.
"""

from __future__ import annotations

from itertools import groupby

from tests.plan_documents.originals import (
    Cell,
    Expected,
    Grid,
    Line,
    Original,
    Text,
    beside,
    cells,
    header,
)

# --- (a) unit and direction in columns of their own -----------------------------------

_LIST = (
    ("安全・安心", "地域防災の充実", "1101", "自主防災組織数", "組織", "16", "21", "↑",
     "年度末の数"),
    ("安全・安心", "地域防災の充実", "1102", "防災訓練への参加団体数", "団体", "16", "21", "↑",
     "市が毎年実施する訓練に参加した団体の数"),
    ("安全・安心", "消防・救急体制の強化", "1201", "火災発生件数", "件/年", "27", "25", "↓",
     "暦年の件数"),
    ("安全・安心", "消防・救急体制の強化", "1202", "消防団員数の条例定数に対する充足率", "％",
     "95.2", "96", "↑", "団員数÷条例定数×100"),
    ("安全・安心", "消防・救急体制の強化", "1203", "救急車の平均到着時間", "分", "8.5", "8.0", "↓",
     "119番の受信から到着まで"),
    ("安全・安心", "交通安全の推進", "1301", "交通事故死傷者数", "人/年", "357", "334", "↓",
     "1月から12月までの人数"),
    ("健康・福祉", "健康づくりの推進", "2101", "特定健康診査の受診率", "％", "38.4", "60", "↑",
     "法定報告の値"),
    ("健康・福祉", "健康づくりの推進", "2102", "健康寿命", "歳", "79.8", "81.0", "↑", "男女の平均"),
    ("健康・福祉", "高齢者福祉の充実", "2201", "認知症サポーター養成者数（累計）", "人", "4,210",
     "6,000", "↑", "事業開始からの累計"),
    ("健康・福祉", "高齢者福祉の充実", "2202", "要介護認定率", "％", "17.9", "17.9", "→",
     "第１号被保険者に占める割合"),
    ("健康・福祉", "子育て支援の充実", "2301", "待機児童数", "人", "0", "0", "→", "４月１日現在"),
    ("健康・福祉", "子育て支援の充実", "2302", "市民千人当たりの出生数", "‰", "6.8", "7.2", "↑",
     "人口動態統計"),
)  # fmt: skip


def list_with_units() -> Original:
    """A list of a comprehensive plan: number, measure, unit, direction and definition."""
    parts: list[Grid | Text] = [Text("青葉野市総合計画　成果指標一覧表", 1)]
    expected: list[Expected] = []
    titles = header(
        "番号", "施策名", "成果指標名", "単位", "現状値\n（令和４年度）", "目標値\n（令和９年度）",
        "方向性", "指標の定義・算出方法",
    )  # fmt: skip
    for index, (goal, rows) in enumerate(groupby(_LIST, lambda each: each[0]), 1):
        parts.append(Text(f"{index}　{goal}", 2))
        lines: list[Line] = [titles]
        for plan, members in groupby(rows, lambda each: each[1]):
            of_plan = list(members)
            for at, (_, _, number, name, unit, before, after, arrow, means) in enumerate(of_plan):
                first = (Cell(plan, len(of_plan)),) if at == 0 else ()
                lines.append(
                    (Cell(number), *first, *cells(name, unit, before, after, arrow, means))
                )
                expected.append(
                    Expected(
                        above=(goal,),
                        plan=plan,
                        name=name,
                        number=number,
                        unit=unit,
                        baseline=before,
                        target=after,
                        direction=arrow,
                        definition=means,
                    )
                )
        parts.append(Grid(tuple(lines), (6, 14, 24, 7, 10, 10, 7, 26)))
    return Original("a-list", "単位・番号・方向性の列", tuple(parts), tuple(expected))


# --- (b) targets and actuals of each year under a header of two lines ------------------

_YEARLY = (
    ("しごとをつくる", "創業の支援", "新規創業件数（累計）", "12件",
     ("15件", "30件", "45件", "60件", "75件"), ("14件", "27件"), "商工観光課"),
    ("しごとをつくる", "創業の支援", "空き店舗の活用件数", "2件/年",
     ("3件/年", "3件/年", "4件/年", "4件/年", "5件/年"), ("2件/年", "―"), "商工観光課"),
    ("しごとをつくる", "農業の担い手の確保", "新規就農者数", "4人",
     ("5人", "5人", "6人", "6人", "6人"), ("3人", "5人"), "農林課"),
    ("人の流れをつくる", "移住の促進", "移住相談件数", "85件",
     ("100件", "120件", "140件", "160件", "180件"), ("131件", "142件"), "企画政策課"),
    ("人の流れをつくる", "移住の促進", "社会増減数", "△126人",
     ("△110人", "△95人", "△80人", "△65人", "△50人"), ("△98人", "△102人"), "企画政策課\n住民課"),
    ("人の流れをつくる", "観光の振興", "観光入込客数", "48.2万人",
     ("50万人", "52万人", "54万人", "56万人", "58万人"), ("31.7万人", "36.0万人"), "商工観光課"),
    ("人の流れをつくる", "観光の振興", "町の公式ＳＮＳの登録者数", "―",
     ("500人", "700人", "900人", "1,100人", "1,300人"), ("612人", "845人"), "総務課"),
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2020, 2024


def yearly_columns() -> Original:
    """A strategy with five targets and two actuals of each indicator beside each other."""
    parts: list[Grid | Text] = [Text("白瀬町まち・ひと・しごと創生総合戦略　進捗管理表", 1)]
    expected: list[Expected] = []
    for index, (goal, rows) in enumerate(groupby(_YEARLY, lambda each: each[0]), 1):
        parts.append(Text(f"基本目標{index}　{goal}", 2))
        lines = list(_yearly_header())
        for plan, members in groupby(rows, lambda each: each[1]):
            of_plan = list(members)
            body = [
                cells(name, before, *targets, *actuals, department)
                for _, _, name, before, targets, actuals, department in of_plan
            ]
            lines += beside([Cell(plan)], body)
            for _, _, name, before, targets, actuals, department in of_plan:
                expected.append(
                    Expected(
                        above=(goal,),
                        plan=plan,
                        name=name,
                        baseline=before,
                        target=targets[-1],
                        yearly=dict(zip(range(_FIRST_YEAR, _LAST_YEAR + 1), targets, strict=True)),
                        departments=tuple(department.split("\n")),
                        other=dict(
                            zip(("実績値 令和２年度", "実績値 令和３年度"), actuals, strict=True)
                        ),
                    )
                )
        parts.append(Grid(tuple(lines), (14, 20, *[9] * 8, 12), header_lines=2))
    return Original(
        "b-yearly", "年度ごとの目標値と実績値、２段の見出し", tuple(parts), tuple(expected)
    )


def _yearly_header() -> tuple[Line, Line]:
    def tall(text: str) -> Cell:
        return Cell(text, rows=2, is_bold=True)

    years = ("令和２年度", "令和３年度", "令和４年度", "令和５年度", "令和６年度")
    above = (
        tall("具体的な施策"),
        tall("重要業績評価指標（KPI）"),
        tall("基準値\n（令和元年度）"),
        Cell("目標値", columns=5, is_bold=True),
        Cell("実績値", columns=2, is_bold=True),
        tall("担当課"),
    )
    return above, header(*years, *years[:2])


# --- (c) four levels, each a cell that spans -------------------------------------------

_LEVELS = (
    ("基本目標１　港の仕事をつくる", (
        ("（１）水産業の成長", (
            ("①　漁業の担い手の育成", (
                ("新規漁業就業者数", "人", "6", "30", "水産課"),
                ("漁業研修の受講者数", "人", "18", "40", "水産課"),
            )),
            ("②　水産物のブランド化", (
                ("認証品の出荷額", "千円", "85,400", "120,000", "水産課"),
            )),
        )),
        ("（２）港湾を生かした企業の立地", (
            ("①　企業誘致の推進", (
                ("企業立地件数", "社", "2", "10", "産業立地室"),
                ("立地企業の新規雇用者数", "人", "43", "200", "産業立地室"),
            )),
        )),
    )),
    ("基本目標２　安心して産み育てる", (
        ("（１）出会いと結婚の支援", (
            ("①　出会いの場づくり", (
                ("成婚数（累計）", "組", "―", "25", "こども家庭課"),
            )),
        )),
        ("（２）子育ての支援", (
            ("①　保育の充実", (
                ("待機児童数", "人", "14", "0", "こども家庭課"),
                ("病児保育の実施箇所数", "か所", "1", "3", "こども家庭課"),
            )),
            ("②　放課後の居場所づくり", (
                ("放課後児童クラブの待機児童数", "人", "22", "0", "学校教育課、こども家庭課"),
                ("放課後子ども教室の実施校数", "校", "7", "12", "生涯学習課"),
            )),
        )),
    )),
)  # fmt: skip


_FOREWORD = (
    "本市の人口は、昭和60年の４万８千人を頂点に減り続けており、令和２年には３万９千人となりました。",
    "この戦略は、本市の強みを生かし、若い世代が安心して暮らせるまちとするための取組を定めるものです。",
    "１　位置付け",
    "まち・ひと・しごと創生法に基づく市町村の総合戦略であり、市の総合計画の重点的な取組に当たります。",
    "２　期間",
    "令和２年度から令和６年度までの５年間とします。",
    "３　進め方",
    "毎年度、次の表の指標により進み具合を確かめ、有識者による会議の意見を聴いて、必要な見直しを行います。",
    "４　推進体制",
    "市長を本部長とする本部を置き、全ての課が連携して取り組みます。",
    "５　人口の見通し",
    "何もしなければ令和42年に２万人を割る人口を、２万６千人に保つことを目指します。",
    "６　財源",
    "国の交付金、企業版ふるさと納税などを活用します。",
    "７　市民との協働",
    "市民、事業者、学校、金融機関など、まちに関わる全ての人と目標を分かち合います。",
)  # fmt: skip


def four_levels() -> Original:
    """A strategy with goal, policy, measure and indicator in columns that span."""
    lines: list[Line] = [
        header("基本目標", "基本施策", "個別施策", "KPI", "単位", "従前値", "目標値", "担当部署")
    ]
    expected: list[Expected] = []
    for goal, policies in _LEVELS:
        of_goal: list[Line] = []
        for policy, measures in policies:
            of_policy: list[Line] = []
            for measure, rows in measures:
                of_policy += beside([Cell(measure)], [cells(*row) for row in rows])
                expected += [
                    Expected(
                        above=(goal, policy),
                        plan=measure,
                        name=name,
                        unit=unit,
                        baseline=before,
                        target=after,
                        departments=tuple(departments.split("、")),
                    )
                    for name, unit, before, after, departments in rows
                ]
            of_goal += beside([Cell(policy)], of_policy)
        lines += beside([Cell(goal, is_bold=True)], of_goal)
    parts: tuple[Grid | Text, ...] = (
        Text("みなと川市総合戦略　施策体系と重要業績評価指標", 1),
        *(Text(each) for each in _FOREWORD),  # the table goes on over a page, within a goal
        Grid(tuple(lines), (12, 14, 14, 22, 7, 10, 10, 12)),
    )
    return Original("c-levels", "４階層のセル結合", parts, tuple(expected))


# --- (d) the plan's name from top to bottom in a merged first column --------------------

_UPRIGHT = (
    ("子育て支援", (
        ("保育サービスの充実", "保育所の定員", "120人", "150人", "村立保育所と認定こども園の計"),
        ("保育サービスの充実", "一時預かりの利用者数", "延べ310人", "延べ400人", ""),
        ("相談体制の充実", "子育て相談の件数", "96件", "120件", "来所と電話の計"),
    )),
    ("健康長寿", (
        ("介護予防の推進", "いきいき教室の参加者数", "1,240人", "1,500人", ""),
        ("介護予防の推進", "65歳以上の通いの場の数", "８か所", "12か所", "各集落に１か所"),
    )),
    ("環境保全", (
        ("ごみの減量", "１人１日当たりのごみ排出量", "812ｇ", "750ｇ", "家庭系と事業系の計"),
        ("ごみの減量", "資源化率", "18.6％", "25.0％", ""),
        ("森林の整備", "間伐面積", "42ha", "60ha", "村有林"),
    )),
)  # fmt: skip


def upright_labels() -> Original:
    """A village's plan whose measures stand from top to bottom beside their indicators."""
    lines: list[Line] = [
        header(
            "施策名", "主な取組", "指標名", "現状\n（令和５年度）", "目標\n（令和10年度）", "備考"
        )
    ]
    expected: list[Expected] = []
    for plan, rows in _UPRIGHT:
        body: list[Line] = []
        for work, members in groupby(rows, lambda each: each[0]):
            body += beside([Cell(work)], [cells(*row[1:]) for row in members])
        lines += beside([Cell(plan, is_bold=True, is_upright=True)], body)
        expected += [
            Expected(
                above=(plan,),
                plan=work,
                name=name,
                baseline=before,
                target=after,
                remarks=remarks,
            )
            for work, name, before, after, remarks in rows
        ]
    parts = (
        Text("第３次北里村基本計画", 1),
        Text("本計画の成果を測る指標を、次のとおり定めます。"),
        Grid(tuple(lines), (7, 22, 26, 16, 16, 26)),
    )
    return Original(
        "d-upright", "縦書きの施策名、結合した列", parts, tuple(expected), is_wide=False
    )


# --- (e) an indicator over two lines: targets and actuals -------------------------------

_TWO_LINES = (
    ("１　豊かな学び", "確かな学力の育成", "授業の内容がよく分かる児童の割合", "％", "78.2",
     ("79", "80", "81", "82", "83"), ("78.9", "79.6", "", "", "")),
    ("１　豊かな学び", "確かな学力の育成", "学校図書館の年間貸出冊数（１人当たり）", "冊", "31",
     ("32", "34", "36", "38", "40"), ("33", "33", "", "", "")),
    ("１　豊かな学び", "生涯学習の推進", "公民館講座の受講者数", "人", "2,415",
     ("2,500", "2,600", "2,700", "2,800", "2,900"), ("1,120", "1,873", "", "", "")),
    ("２　支え合う暮らし", "地域福祉の推進", "ボランティア登録者数", "人", "640",
     ("660", "680", "700", "720", "740"), ("651", "648", "", "", "")),
    ("２　支え合う暮らし", "障害者の自立支援", "福祉施設から一般就労への移行者数", "人", "3",
     ("4", "4", "5", "5", "6"), ("2", "5", "", "", "")),
    ("２　支え合う暮らし", "障害者の自立支援", "施設入所者数", "人", "58",
     ("57", "57", "56", "56", "55"), ("58", "57", "", "", "")),
)  # fmt: skip


def two_lines() -> Original:
    """A plan that sets an indicator's targets above its actuals."""
    titles = header(
        "施策の柱", "施策", "指標", "単位", "策定時\n（R2）", "区分", "R3", "R4", "R5", "R6", "R7"
    )
    lines: list[Line] = [titles]
    expected: list[Expected] = []
    for goal, of_goal in groupby(_TWO_LINES, lambda each: each[0]):
        inner: list[Line] = []
        for plan, rows in groupby(of_goal, lambda each: each[1]):
            of_plan: list[Line] = []
            for _, _, name, unit, before, targets, actuals in rows:
                body = [cells("目標", *targets), cells("実績", *actuals)]
                of_plan += beside(cells(name, unit, before), body)
                expected.append(
                    Expected(
                        above=(goal,),
                        plan=plan,
                        name=name,
                        unit=unit,
                        baseline=before,
                        target=targets[-1],
                        yearly=dict(zip(range(2021, 2026), targets, strict=True)),
                        other={"実績 R3": actuals[0], "実績 R4": actuals[1]},
                    )
                )
            inner += beside([Cell(plan)], of_plan)
        lines += beside([Cell(goal)], inner)
    parts = (
        Text("遠山市総合計画　実施状況", 1),
        Grid(tuple(lines), (12, 14, 24, 6, 10, 7, 8, 8, 8, 8, 8)),
    )
    return Original("e-two-lines", "１指標が２行（目標・実績）", parts, tuple(expected))
