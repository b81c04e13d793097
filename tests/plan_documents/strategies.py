"""Documents of towns that do not exist: goals with targets of their own, a form an indicator."""

from __future__ import annotations

from tests.plan_documents.originals import (
    Cell,
    Expected,
    Grid,
    Original,
    Text,
    cells,
    header,
)

# --- (m) a table of numeric targets below each goal, tables of KPIs below its measures -------

_GOALS = (
    ("基本目標１　稼ぐ地域をつくる", (
        ("市内総生産", "1,204億円（平成28年度）", "1,300億円（令和６年度）"),
        ("20～34歳の転出超過数", "△182人（平成30年）", "△90人（令和６年）"),
    ), (
        ("施策⑴　地域産業の強化", (
            ("新製品・新技術の開発支援件数", "３件（平成30年度）", "20件（５年間の累計）"),
            ("事業承継の相談件数", "11件/年", "30件/年"),
        )),
        ("施策⑵　働きやすい環境づくり", (
            ("女性（25～44歳）の就業率", "71.4％（平成27年）", "77.0％"),
            ("えるぼし・くるみんの認定企業数", "―", "10社"),
        )),
    )),
    ("基本目標２　ひとが集う地域をつくる", (
        ("年間延べ宿泊者数", "18万４千人（平成30年）", "25万人（令和６年）"),
    ), (
        ("施策⑴　関係人口の拡大", (
            ("ワーケーションの受入施設数", "０か所", "５か所"),
            ("ふるさと会員の登録者数", "2,150人", "5,000人"),
        )),
        ("施策⑵　移住・定住の推進", (
            ("移住支援金の交付件数", "―", "25件（累計）"),
            ("お試し住宅の利用組数", "14組", "現状値以上"),
        )),
    )),
)  # fmt: skip


def goals_with_targets() -> Original:
    """A strategy: headings for goals and measures, numeric targets and KPIs in tables apart."""
    parts: list[Grid | Text] = [Text("日向台市 第２期総合戦略", 1)]
    expected: list[Expected] = []
    for goal, targets, plans in _GOALS:
        parts += [
            Text(goal, 2),
            Text("【数値目標】"),
            Grid(
                (header("指標", "基準値", "目標値"), *(cells(*row) for row in targets)),
                (40, 30, 30),
            ),
        ]
        expected += [
            Expected(above=(goal,), plan="", name=name, baseline=before, target=after)
            for name, before, after in targets
        ]
        for plan, rows in plans:
            parts += [
                Text(plan, 3),
                Text("国や県、関係する団体と力を合わせて、次の取組を進めます。"),
                Grid(
                    (
                        header("重要業績評価指標（ＫＰＩ）", "基準値", "目標値（R6）"),
                        *(cells(*row) for row in rows),
                    ),
                    (40, 30, 30),
                ),
            ]
            expected += [
                Expected(above=(goal,), plan=plan, name=name, baseline=before, target=after)
                for name, before, after in rows
            ]
    return Original(
        "m-goals",
        "基本目標の数値目標と、施策ごとのKPI",
        tuple(parts),
        tuple(expected),
        is_wide=False,
    )


# --- (n) a form for each indicator ----------------------------------------------------------

_FORMS = (
    ("住民主体のまちづくり", "地域運営組織の設立数", "団体", "４", "12", "地域振興課",
     "おおむね小学校区を単位とする組織の数"),
    ("住民主体のまちづくり", "まちづくり交付金の活用件数", "件", "31", "45", "地域振興課",
     "年度ごとの交付決定の数"),
    ("持続可能な行財政運営", "経常収支比率", "％", "94.8", "92.0", "財政課", "普通会計決算の値"),
    ("持続可能な行財政運営", "公共施設の延床面積", "㎡", "182,400", "171,000", "管財課",
     "普通財産を除く。"),
)  # fmt: skip


def forms() -> Original:
    """A book of sheets: labels beside their values, one table an indicator."""
    parts: list[Grid | Text] = [Text("霧ヶ原市総合計画　評価シート", 1)]
    for number, (plan, name, unit, before, after, department, means) in enumerate(_FORMS, 1):
        lines = (
            (Cell("施策名", is_bold=True), Cell(plan, columns=3)),
            (Cell("指標名", is_bold=True), Cell(name, columns=3)),
            (*header("単位"), Cell(unit), *header("担当課"), Cell(department)),
            (*header("現状値（R3）"), Cell(before), *header("目標値（R8）"), Cell(after)),
            (Cell("指標の説明", is_bold=True), Cell(means, columns=3)),
        )
        parts += [Text(f"評価シート　№{number}"), Grid(lines, (18, 32, 18, 32), header_lines=0)]
    expected = tuple(
        Expected(
            above=(),
            plan=plan,
            name=name,
            unit=unit,
            baseline=before,
            target=after,
            departments=(department,),
            definition=means,
        )
        for plan, name, unit, before, after, department, means in _FORMS
    )
    return Original("n-forms", "指標ごとの評価シート", tuple(parts), expected, is_wide=False)
