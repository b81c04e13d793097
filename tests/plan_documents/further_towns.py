"""Documents of towns that do not exist: notes, headings across, no rules, workbooks, bands."""

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

# --- (f) units in the header, figures with notes ----------------------------------------

_SURVEYED = (
    ("食生活の改善", "朝食を毎日食べる市民の割合", "84.1", "90以上", "市民健康調査"),
    ("食生活の改善", "食塩を控えている市民の割合", "62.1※１", "70以上", "市民健康調査"),
    ("身体活動の増加", "運動の習慣がある市民の割合", "35.9", "40以上", "市民健康調査"),
    (
        "身体活動の増加",
        "ロコモティブシンドロームを知っている市民の割合",
        "41.7※２",
        "80",
        "国の調査",
    ),
    ("たばこ対策", "成人の喫煙率", "16.2", "12以下", "市民健康調査"),
)
_MEASURED = (
    ("身体活動の増加", "１日の平均歩数（20～64歳）", "6,780歩", "7,780歩※３", "国民健康・栄養調査"),
    ("歯と口の健康", "12歳児の１人平均むし歯数", "0.9本", "0.7本以下", "学校保健統計"),
    (
        "歯と口の健康",
        "歯周病検診の受診者数",
        "1,034人\n（平成30年度）",
        "1,500人",
        "保健センター事業報告",
    ),
    ("こころの健康", "自殺死亡率（人口10万対）", "17.4※１", "減少", "人口動態統計"),
)


def figures_with_notes() -> Original:
    """A health plan: per cent said in the header, notes below the table."""

    def table(before: str, after: str, rows: tuple[tuple[str, ...], ...]) -> Grid:
        lines: list[Line] = [header("施策", "指標", before, after, "出典元")]
        for plan, members in groupby(rows, lambda each: each[0]):
            lines += beside([Cell(plan)], [cells(*row[1:]) for row in members])
        return Grid(tuple(lines), (16, 34, 16, 16, 22))

    def means(rows: tuple[tuple[str, ...], ...], unit: str) -> list[Expected]:
        return [
            Expected(
                above=(),
                plan=plan,
                name=name,
                unit=unit,
                baseline=before,
                target=after,
                source=source,
            )
            for plan, name, before, after, source in rows
        ]

    parts = (
        Text("海野市健康増進計画　目標一覧", 1),
        Text("１　割合で示す目標", 2),
        table("現状値（単位：％）\n令和元年度", "目標値（単位：％）\n令和６年度", _SURVEYED),
        Text("※１　平成28年度の調査による。"),
        Text("※２　全国の値"),
        Text("２　そのほかの目標", 2),
        table("現状値\n令和元年度", "目標値\n令和６年度", _MEASURED),
        Text("※１　平成29年から令和元年までの平均"),
        Text("※３　現状値から1,000歩増加"),
    )
    expected = (*means(_SURVEYED, "％"), *means(_MEASURED, ""))
    return Original("f-notes", "見出しの単位、※の注", parts, expected, is_wide=False)


# --- (g) the plan's name across the table, over three pages ------------------------------

_ACROSS = (
    ("施策１　災害に強いまちをつくる", (
        ("住宅の耐震化率", "87.4％", "95.0％", "建築住宅課",
         "昭和56年以前に建てられた住宅のうち、耐震性があると認められる戸数を、住宅の総戸数で除したもの"),
        ("家具の転倒防止対策を行っている世帯の割合", "41.0％", "60.0％", "危機管理課",
         "市民意識調査で「全ての部屋で行っている」「一部の部屋で行っている」と答えた世帯の割合"),
        ("防災士の資格を持つ市民の数（累計）", "132人", "250人", "危機管理課",
         "県に登録された防災士のうち、市内に住所がある者の数（各年度末現在）"),
        ("雨水貯留施設の整備箇所数", "６か所", "９か所", "下水道課",
         "市が整備した雨水貯留施設のうち、供用を始めたものの数"),
    )),
    ("施策２　犯罪や事故のないまちをつくる", (
        ("刑法犯認知件数", "812件", "700件以下", "市民安全課",
         "１月から12月までに市内で認知された刑法犯の件数（県警察の統計による）"),
        ("防犯カメラの設置台数", "54台", "120台", "市民安全課",
         "市が設置するものと、市の補助を受けて自治会が設置するものの合計"),
        ("消費生活相談の解決率", "93.1％", "95.0％", "市民安全課",
         "年度中に受け付けた相談のうち、助言、あっせんなどにより解決したものの割合"),
    )),
    ("施策３　自然と共に生きる", (
        ("市域からの温室効果ガス排出量", "1,184千t-CO2", "945千t-CO2", "環境政策課",
         "国のマニュアルに沿って算定した、市域のエネルギー起源の二酸化炭素などの排出量（２年前の値）"),
        ("公共施設の再生可能エネルギー導入施設数", "11施設", "25施設", "環境政策課",
         "太陽光、小水力、木質バイオマスなどの設備がある公共施設の数"),
        ("市民１人１日当たりの生活系ごみ排出量", "548ｇ", "500ｇ", "資源循環課",
         "生活系ごみの排出量（資源物を除く。）を、人口と年間の日数で除したもの"),
        ("生き物調査に参加した市民の数", "延べ220人", "延べ400人", "環境政策課",
         "市が主催する観察会と調査に参加した人数（延べ人数）"),
    )),
    ("施策４　住みよい都市の基盤を整える", (
        ("都市計画道路の整備率", "68.9％", "74.0％", "都市計画課",
         "計画延長に対する、整備を終えた延長の割合"),
        ("公共交通の人口カバー率", "81.5％", "88.0％", "交通政策室",
         "鉄道駅から800ｍ、バス停留所から300ｍの範囲に住む市民の割合"),
        ("水道管路の耐震適合率", "36.2％", "48.0％", "水道課",
         "基幹管路の総延長に対する、耐震適合性がある管路の延長の割合"),
        ("空き家バンクの成約件数（累計）", "17件", "60件", "建築住宅課",
         "空き家バンクに登録した物件のうち、売買又は賃貸借の契約に至ったものの数"),
        ("公園の管理に参加する団体の数", "38団体", "50団体", "公園緑地課",
         "公園愛護会と、市と協定を結んで管理を行う団体の数"),
    )),
    ("施策５　市民と共に市政を進める", (
        ("市政に関心がある市民の割合", "58.3％", "65.0％", "広報課",
         "市民意識調査で「関心がある」「どちらかといえば関心がある」と答えた市民の割合"),
        ("自治会の加入率", "71.2％", "71.2％", "協働推進課",
         "世帯数に対する、自治会に加入している世帯の割合（各年度４月１日現在）"),
        ("オンラインで申請できる手続の数", "84件", "300件", "デジタル推進課",
         "市の手続のうち、窓口に来なくても申請を終えられるものの数"),
        ("実質公債費比率", "7.8％", "10.0％以下", "財政課",
         "標準財政規模に対する、公債費などの負担の割合（３か年の平均）"),
    )),
)  # fmt: skip


_COMMON = (
    "市の各種の計画と同じ値を用い、毎年度の末に担当課が確かめて公表する。"
    "値の確定が翌年度になるものは、速報の値を用いる。"
)


def headings_across() -> Original:
    """A basic plan in one table over pages, each measure a line across it."""
    titles = header("指標名", "基準値\n（令和３年度）", "目標値\n（令和８年度）", "担当課", "説明")
    lines: list[Line] = [titles]
    expected: list[Expected] = []
    for plan, rows in _ACROSS:
        lines.append((Cell(plan, columns=5, is_bold=True),))
        for name, before, after, department, means in rows:
            explained = f"{means}。{_COMMON}"
            lines.append(cells(name, before, after, department, explained))
            expected.append(
                Expected(
                    above=(),
                    plan=plan,
                    name=name,
                    baseline=before,
                    target=after,
                    departments=(department,),
                    definition=explained,
                )
            )
    parts = (
        Text("三笠台市基本計画（令和４年度～令和８年度）　目標指標", 1),
        Grid(tuple(lines), (20, 13, 13, 13, 20)),
    )
    return Original(
        "g-across", "施策名が表を横切る行、３ページに続く表", parts, tuple(expected), is_wide=False
    )


# --- (h) no rules ------------------------------------------------------------------------

_UNRULED = (
    ("１　産業の振興", "特産品の販売額", "3,200万円", "4,000万円"),
    ("１　産業の振興", "ふるさと納税の寄附件数", "1,850件", "3,000件"),
    ("１　産業の振興", "認定農業者数", "41経営体", "45経営体"),
    ("２　教育と文化", "図書館の入館者数", "18,400人", "20,000人"),
    ("２　教育と文化", "文化祭の出展団体数", "26団体", "30団体"),
    ("３　行財政改革", "町税の収納率", "97.8％", "98.5％"),
    ("３　行財政改革", "職員提案の件数", "なし", "年10件"),
)


def without_rules() -> Original:
    """A small town's list: columns by tabs, no lines between them."""
    parts: list[Grid | Text] = [Text("小橋町振興計画の数値目標", 1)]
    expected: list[Expected] = []
    for plan, rows in groupby(_UNRULED, lambda each: each[0]):
        parts.append(Text(plan, 2))
        lines: list[Line] = [header("指標", "現状（令和５年度）", "目標（令和10年度）")]
        for _, name, before, after in rows:
            lines.append(cells(name, before, after))
            expected.append(Expected(above=(), plan=plan, name=name, baseline=before, target=after))
        parts.append(Grid(tuple(lines), (40, 25, 25), is_ruled=False))
    return Original(
        "h-no-rules", "罫線がなく、タブで揃えた表", tuple(parts), tuple(expected), is_wide=False
    )


# --- (i) a workbook with a sheet for each goal --------------------------------------------

_SHEETS = (
    ("目標１　活力ある産業", (
        ("商工業の振興", "製造品出荷額等", "億円", "1,482", "1,600", "商工課", False),
        ("商工業の振興", "創業支援件数（累計）", "件", "36", "120", "商工課", False),
        ("商工業の振興", "中小企業振興資金の利用件数", "件", "210", "230", "商工課", True),
        ("農業の振興", "農産物直売所の売上高", "千円", "184,300", "200,000", "農政課", False),
        ("農業の振興", "耕作放棄地の面積", "ha", "61.5", "55.0", "農政課", False),
    )),
    ("目標２　誰もが健やか", (
        ("健康づくり", "がん検診の受診率", "", "18.4%", "30.0%", "健康推進課", False),
        ("健康づくり", "国保の特定保健指導の実施率", "", "24.0%", "60.0%", "健康推進課", False),
        ("地域医療", "かかりつけ医の保有率", "", "66.7%", "75.0%", "健康推進課\n国保年金課", False),
    )),
    ("目標３　快適な暮らし", (
        ("道路の整備", "市道の改良率", "", "58.13%", "60.00%", "土木課", False),
        ("道路の整備", "橋りょうの点検済み数（累計）", "橋", "0", "143", "土木課", False),
        ("上下水道", "汚水処理人口普及率", "", "88.9%", "93.0%", "上下水道課", False),
        ("上下水道", "有収率", "", "84.2%", "90.0%", "上下水道課", True),
    )),
)  # fmt: skip


def sheet_of_each_goal() -> Original:
    """A workbook: titles above the tables, merged cells, hidden rows, numbers as numbers."""
    parts: list[Grid | Text] = []
    expected: list[Expected] = []
    hidden: list[Expected] = []
    titles = header("施策", "指標", "単位", "現状値（R4）", "目標値（R9）", "所管課")
    for goal, rows in _SHEETS:
        lines: list[Line] = [titles]
        for plan, members in groupby(rows, lambda each: each[0]):
            of_plan = list(members)
            lines += beside([Cell(plan)], [cells(*row[1:-1]) for row in of_plan])
            for _, name, unit, before, after, departments, is_hidden in of_plan:
                row = Expected(
                    above=(goal,),
                    plan=plan,
                    name=name,
                    unit=unit,
                    baseline=before,
                    target=after,
                    departments=tuple(departments.split("\n")),
                )
                (hidden if is_hidden else expected).append(row)
        hidden_lines = frozenset(1 + at for at, row in enumerate(rows) if row[-1])
        parts += [
            Text(goal, 1),
            Text("大和田市総合計画　指標管理シート"),
            Text("最終更新　令和５年４月１日"),
            Grid(tuple(lines), (20, 40, 10, 15, 15, 20), hidden=hidden_lines),
        ]
    return Original(
        "i-sheets",
        "基本目標ごとのシート、隠れた行、数の書式",
        tuple(parts),
        tuple(expected),
        tuple(hidden),
        formats=("xlsx", "xlsx.pdf"),
        has_sheet_of_each_goal=True,
        has_numbers=True,
    )


# --- (j) goals as bands -------------------------------------------------------------------

_BANDS = (
    ("基本目標１　子どもが育つまち", (
        ("戦略計画１　子育ての支援", (
            ("保育所の定員", "165所（定員14,760人）", "185所（定員16,500人）"),
            ("ファミリーサポートの提供会員数", "482人", "現状値から増加"),
        )),
        ("戦略計画２　学びの充実", (
            ("不登校の児童・生徒の割合", "1.8％", "1.5％以下（令和７年９月末）"),
            ("学校の大規模改修", "12校完了", "20校完了"),
            ("学習支援教室", "検討", "開設"),
        )),
    )),
    ("基本目標２　いきいき暮らせるまち", (
        ("戦略計画３　介護と医療", (
            ("特別養護老人ホームの整備", "14施設（1,020床）", "16施設（1,220床）"),
            ("在宅医療相談窓口の相談件数", "―", "600件（５年間）"),
        )),
        ("戦略計画４　文化とスポーツ", (
            ("スポーツを週１回以上行う区民の割合", "52.3％", "65.0％"),
        )),
    )),
)  # fmt: skip


def goals_as_bands() -> Original:
    """A ward's strategy: a band for each goal, plans over their rows, state targets."""
    lines: list[Line] = [
        header("戦略計画", "取組の指標", "現状値\n（平成30年度末）", "目標値\n（令和５年度末）")
    ]
    expected: list[Expected] = []
    for goal, plans in _BANDS:
        lines.append((Cell(goal, columns=4, is_bold=True),))
        for plan, rows in plans:
            lines += beside([Cell(plan)], [cells(*row) for row in rows])
            expected += [
                Expected(above=(goal,), plan=plan, name=name, baseline=before, target=after)
                for name, before, after in rows
            ]
    parts = (
        Text("花岡区まちづくり戦略", 1),
        Grid(tuple(lines), (22, 32, 24, 24)),
    )
    return Original("j-bands", "基本目標の帯", parts, tuple(expected), is_wide=False)


# --- (k) a small table below each measure, other tables between ---------------------------

_SMALL = (
    ("第１章　人を育てる", "第１節　就学前教育", (
        ("認定こども園", "カ所", "1", "3", "子ども・子育て支援新制度により計画的に整備する。"),
        ("母子・父子相談件数", "件", "943", "1,000", "多様な相談に細やかに対応する。"),
    )),
    ("第１章　人を育てる", "第２節　生涯スポーツ", (
        ("総合型地域スポーツクラブの加入者数", "人", "1,170", "1,300", "参加できる種目を増やす。"),
        ("スポーツ少年団の加入者数", "人", "261", "280", "指導者の養成を続ける。"),
        ("体育施設の利用者数", "千人", "88", "100", "夜間の開放を広げる。"),
    )),
    ("第２章　まちを守る", "第１節　消防・防災", (
        ("自主防災組織の結成率", "%", "68", "90", "未結成の自治会に働きかける。"),
        ("消防水利の充足率", "%", "81.5", "85.0", "耐震性の貯水槽を毎年２基設ける。"),
    )),
    ("第２章　まちを守る", "第２節　文化財", (
        ("出前授業", "校", "3", "9", "市内の全小学校で行う。"),
    )),
)  # fmt: skip


def small_tables() -> Original:
    """A comprehensive plan: chapters and sections as headings, a table of two to three rows."""
    parts: list[Grid | Text] = [Text("鳴瀬市総合計画　後期基本計画", 1)]
    expected: list[Expected] = []
    for chapter, sections in groupby(_SMALL, lambda each: each[0]):
        parts.append(Text(chapter, 1))
        for _, plan, rows in sections:
            titles = header(
                "目標（指標）名", "単位", "現状", "目標（令和６年度）", "目標（指標）の説明"
            )
            parts += [
                Text(plan, 2),
                Text("市民と行政が力を合わせ、次の目標の達成に取り組みます。"),
                Grid((titles, *(cells(*row) for row in rows)), (30, 8, 10, 14, 38)),
            ]
            expected += [
                Expected(
                    above=(chapter,),
                    plan=plan,
                    name=name,
                    unit=unit,
                    baseline=before,
                    target=after,
                    definition=means,
                )
                for name, unit, before, after, means in rows
            ]
    schedule = Grid(
        (
            header("年度", "策定", "見直し"),
            cells("令和元年度", "前期計画の評価", ""),
            cells("令和２年度", "後期計画の開始", ""),
            cells("令和４年度", "", "中間の見直し"),
        ),
        (20, 30, 30),
    )
    parts += [Text("計画の進め方", 1), schedule]
    return Original("k-small", "節ごとの小さな表、指標でない表", tuple(parts), tuple(expected))


# --- (l) an order of columns and names of their own, departments first --------------------

_OTHER_ORDER = (
    (
        "市民課",
        "窓口サービスの向上",
        "窓口の待ち時間に満足した市民の割合",
        "75%",
        "70%",
        "63.5%",
        "58.9%",
    ),
    ("市民課", "窓口サービスの向上", "証明書のコンビニ交付率", "50%", "40%", "28.1%", "15.0%"),
    ("税務課", "納税の推進", "口座振替の利用率", "45%", "43%", "41.2%", "40.7%"),
    (
        "税務課",
        "納税の推進",
        "滞納繰越額",
        "1億2,000万円",
        "1億3,500万円",
        "1億5,210万円",
        "1億6,830万円",
    ),
    ("環境課", "脱炭素の推進", "公用車に占める電動車の割合", "30%", "15%", "4.2%", "2.0%"),
    ("環境課", "脱炭素の推進", "家庭用蓄電池の補助件数（５年間の計）", "500件", "250件", "―", "―"),
)


def other_order() -> Original:
    """A reform plan: department first, target before baseline, an interim target, a past value."""
    titles = header(
        "主管課", "取組項目", "評価指標", "最終目標\n（令和９年度）", "中間目標\n（令和７年度）",
        "直近値\n（令和４年度）", "過去値\n（平成30年度）",
    )  # fmt: skip
    lines: list[Line] = [titles]
    expected: list[Expected] = []
    for department, of_department in groupby(_OTHER_ORDER, lambda each: each[0]):
        inner: list[Line] = []
        for plan, rows in groupby(of_department, lambda each: each[1]):
            members = list(rows)
            inner += beside([Cell(plan)], [cells(*row[2:]) for row in members])
            expected += [
                Expected(
                    above=(),
                    plan=plan,
                    name=name,
                    baseline=before,
                    target=after,
                    yearly={2025: interim},
                    departments=(department,),
                    other={"過去値": past},
                )
                for _, _, name, after, interim, before, past in members
            ]
        lines += beside([Cell(department)], inner)
    parts = (
        Text("松ヶ浦市行政改革プラン　評価指標", 1),
        Grid(tuple(lines), (12, 18, 34, 16, 16, 16, 16)),
    )
    return Original("l-order", "列の順序、中間目標、過去値", parts, tuple(expected))
