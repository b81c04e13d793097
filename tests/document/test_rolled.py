"""Marks of plans and goals in print: below names, in their chapter, and how they are made."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import replace

import pytest

from kpireport.document.blocks import Document, Heading, Table
from kpireport.document.sources import editable_texts
from kpireport.domain.actuals import Override, PlanComment
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import LINEAR, rollup_from_settings, scheme_from_settings
from kpireport.evaluation.rollups import GIVEN_KEY
from tests.review_reports import (
    PLAN,
    actuals_of,
    chapter,
    part,
    read_plan,
    row_text,
    shown,
    small_document,
    small_plan,
    small_review,
)
from tests.rollups import GIVEN, SHARES, rolled_review, rules

YEAR = FiscalYear(2021)
OVERRIDE = Override("p3", YEAR, "A", "窓口の移転が早まったため。")
MAJORITY = 'of = ["plan"]\nby = "majority"'


def rolled(review=None, **more) -> Document:
    return small_document(review=review or rolled_review(**more))


def tables(document: Document) -> list[Table]:
    blocks = (block for each in document.sections for block in each.blocks)
    return [block for block in blocks if isinstance(block, Table)]


def test_the_chapter_tells_all_levels_and_what_their_marks_are_made_of():
    assert shown(chapter(rolled(overrides=[OVERRIDE]), "rolled")) == [
        "# 基本目標・戦略計画ごとの評価",
        "## 基本目標ごとの評価",
        "基本目標２件の評価は、「B 注意」が１件、「C 問題」が１件です。A・Bの割合は50.0％です。",
        "表１　基本目標の評価の数",
        "= 年度 | A よい | B 注意 | C 問題 | 計 | A・Bの割合",
        "令和２年度 | ０ | ０ | ２ | ２ | 0.0％",
        "令和３年度 | ０ | １ | １ | ２ | 50.0％",
        "表２　基本目標ごとの評価と、その内訳",
        "= 基本目標 | 令和２年度 | 令和３年度 | 内訳",
        # 3 + 3×2 + 3×1 = 12 of 8×3
        "Ⅰ　安心のまち | C（問題） | C（問題） | ◎１・○３・△３・×１＝12点（満点24点の50.0％）",
        (
            "Ⅱ　つながるまち | C（問題） | B（注意） | "
            "◎２・△１・×１＝７点（満点12点の58.3％、未報告１件を除く）"
        ),
        "## 戦略計画ごとの評価",
        (
            "戦略計画４件の評価は、「A よい」が１件、「C 問題」が２件、"
            "評価のないもの（―）が１件です。"
            "A・Bの割合は33.3％です（―を除く）。人が改めた評価（＊）は１件です。"
        ),
        "表３　戦略計画の評価の数",
        "= 年度 | A よい | B 注意 | C 問題 | ― / 評価なし | 計 | A・Bの割合",
        "令和２年度 | ０ | ０ | ３ | １ | ４ | 0.0％",
        "令和３年度 | １ | ０ | ２ | １ | ４ | 33.3％",
        "表４　戦略計画ごとの評価と、その内訳",
        "= 基本目標 | 戦略計画 | 令和２年度 | 令和３年度 | 内訳",
        "Ⅰ | 計画１　居場所 | C（問題） | C（問題） | ◎１・○２・△２・×１＝９点（満点18点の50.0％）",
        "Ⅰ | 計画２　端末 | C（問題） | C（問題） | ○１・△１＝３点（満点６点の50.0％）",
        (
            "Ⅱ | 計画３　窓口 | C（問題） | A（よい）＊ | "
            "◎２・△１・×１＝７点（満点12点の58.3％、未報告１件を除く）。"
            "求めた評価は「B 注意」。窓口の移転が早まったため。（「A よい」に修正）"
        ),
        "Ⅱ | 計画４　検討中 | ― | ― | 評価の対象がない",
    ]


def test_counts_stand_apart_from_symbols_that_end_in_a_digit():
    marks = [("A-1", "reached"), ("A-2", "on_track"), ("C", "behind"), ("D", "late")]
    table = {level: {"symbol": symbol, "word": symbol, "level": level} for symbol, level in marks}
    scheme = scheme_from_settings({"scheme": "linear", "marks": table})
    made = rollup_from_settings({"rollup": tomllib.loads(SHARES)}, scheme, small_plan())
    known = actuals_of(2021, overrides=())
    review = small_review(2021, scheme, actuals=known, rollup=made)
    lines = shown(chapter(small_document(2021, review=review), "rolled"))
    told = next(line for line in lines if line.startswith("Ⅰ | 計画１"))
    assert "A-1：１・A-2：１・C2・D2＝７点" in told


def test_marks_stand_below_names_and_in_captions_and_contents():
    document = rolled(overrides=[OVERRIDE])
    first, second = (each for each in tables(document) if "の実績" in (each.title or ""))
    assert "計画１ / 居場所 / 評価 C（問題） / ９点／18点" in "".join(map(row_text, first.rows))
    assert "計画３ / 窓口 / 評価 A（よい）＊ / ７点／12点" in "".join(map(row_text, second.rows))
    assert second.caption is not None
    assert second.caption.text.endswith("評価B")
    headings = [heading for row in second.rows for heading in row.headings]
    assert [heading.status for heading in headings] == ["評価A＊ ◎２ △１ ×１ …１", "評価―"]


def test_how_marks_are_made_is_told_from_the_rules():
    assert shown(part(chapter(rolled(overrides=[OVERRIDE]), "how-to-read"), "rolled-rules")) == [
        (
            "・ 基本目標・戦略計画の評価は、それぞれにある指標の評価を点数に置き換え、"
            "点数の合計の、満点に対する割合で決めます。"
        ),
        "・ 指標の点数：◎ 達成 ３点、○ 順調 ２点、△ やや遅れ １点、× 遅れ ０点。",
        "・ 基本目標・戦略計画の評価：A よい 80％以上、B 注意 55％以上80％未満、C 問題 55％未満。",
        "・ 対象外、未報告の指標は、数に入れません。",
        "・ 「＊」の付いたものは、求めた評価を人が改めたものです。",
    ]


def test_what_people_chose_is_told_beside_the_marks_that_it_counts_with():
    progress = CommentColumn("progress", "進捗", ("順調", "遅れ"))
    plan = replace(small_plan(), comments=(progress,))
    said = [
        PlanComment.of(f"p{n}", YEAR, {"progress": word}) for n, word in ((1, "順調"), (2, "遅れ"))
    ]
    also = 'also = { "comments.progress" = { "順調" = 3, "遅れ" = 0 } }'
    settings = tomllib.loads(f"{SHARES}{also}".replace('["plan", "goal"]', '["goal"]'))
    made = rollup_from_settings({"rollup": settings}, LINEAR, plan)
    known = replace(actuals_of(2021), comments=tuple(said))
    document = rolled(small_review(2021, plan=plan, actuals=known, rollup=made))
    lines = shown(chapter(document, "rolled"))
    # 12 of 24 as without it, 順調 3 and 遅れ 0 of 6
    assert lines[-2:] == [
        (
            "Ⅰ　安心のまち | C（問題） | C（問題） | "
            "◎１・○３・△３・×１、「進捗」順調１・遅れ１＝15点（満点30点の50.0％）"
        ),
        (
            "Ⅱ　つながるまち | C（問題） | B（注意） | "
            "◎２・△１・×１＝７点（満点12点の58.3％、未報告１件・「進捗」の未記入２件を除く）"
        ),
    ]
    assert shown(part(chapter(document, "how-to-read"), "rolled-rules"))[:3] == [
        (
            "・ 基本目標の評価は、その基本目標にある指標の評価と、"
            "戦略計画の「進捗」（所管課が選んだもの）を点数に置き換え、"
            "点数の合計の、満点に対する割合で決めます。"
        ),
        "・ 指標の点数：◎ 達成 ３点、○ 順調 ２点、△ やや遅れ １点、× 遅れ ０点。",
        "・ 「進捗」の点数：順調 ３点、遅れ ０点。「進捗」が未記入のものは、数に入れません。",
    ]


@pytest.mark.parametrize(
    ("rollup", "told"),
    [
        (
            MAJORITY,
            [
                (
                    "・ 戦略計画の評価は、その戦略計画にある指標の評価のうち、最も多いものです。"
                    "同じ数のものがあるときは、低いほうの評価とします。"
                ),
                "・ 対象外、未報告の指標は、数に入れません。",
            ],
        ),
        (
            'of = ["plan"]\nby = "worst"\nunreported = "worst"',
            [
                "・ 戦略計画の評価は、その戦略計画にある指標の評価のうち、最も低いものです。",
                "・ 対象外の指標は、数に入れません。未報告の指標は、「× 遅れ」として数えます。",
            ],
        ),
        (GIVEN, ["・ 戦略計画の評価は、所管課が付けたものです。"]),
        (
            (
                'of = ["plan", "goal"]\nby = "worst"\ngoal = { from = "plans", by = "majority", '
                'ties = "better" }'
            ),
            [
                (
                    "・ 基本目標の評価は、その基本目標にある戦略計画の評価のうち、"
                    "最も多いものです。"
                    "同じ数のものがあるときは、高いほうの評価とします。"
                ),
                "・ 評価のない戦略計画は、数に入れません。",
                "・ 戦略計画の評価は、その戦略計画にある指標の評価のうち、最も低いものです。",
                "・ 対象外、未報告の指標は、数に入れません。",
            ],
        ),
    ],
)
def test_each_way_has_its_words(rollup, told):
    document = rolled(rolled_review(rollup))
    assert shown(part(chapter(document, "how-to-read"), "rolled-rules")) == told


def test_a_mean_is_never_rounded_up_into_a_higher_band():
    # (3 + 2×2 + 2×1 + 0)/6 = 1.5; (2+1)/2 = 1.5; (3+3+1+0)/4 = 1.75
    mean = SHARES.replace("as_share = true", "").replace("from = 80", "from = 1.751")
    mean = mean.replace("from = 55", "from = 1.5")
    texts = shown(chapter(rolled(rolled_review(mean)), "rolled"))
    assert "＝７点（平均1.75点、未報告１件を除く）" in texts[-2]
    third = SHARES.replace("as_share = true", "").replace("reached = 3", "reached = 2.996")
    third = third.replace("from = 80", "from = 1.75").replace("from = 55", "from = 1")
    # (2.996×2 + 1 + 0)/4 = 1.748, which is not 1.75
    texts = shown(chapter(rolled(rolled_review(third)), "rolled"))
    assert "Ⅱ | 計画３　窓口 | B（注意） | B（注意）" in texts[-2]
    assert "（平均1.74点、" in texts[-2]


def test_marks_that_people_give_stand_at_the_plan_and_not_among_the_comments():
    said = PlanComment.of("p1", YEAR, {GIVEN_KEY: "B 注意", "issues": "費用の増"})
    document = rolled(rolled_review(GIVEN, comments=[said]))
    assert shown(chapter(document, "rolled"))[-5:] == [
        "= 基本目標 | 戦略計画 | 令和２年度 | 令和３年度",
        "Ⅰ | 計画１　居場所 | ― | B（注意）",
        "Ⅰ | 計画２　端末 | ― | ―",
        "Ⅱ | 計画３　窓口 | ― | ―",
        "Ⅱ | 計画４　検討中 | ― | ―",
    ]
    first, _ = (each for each in tables(document) if "の実績" in (each.title or ""))
    texts = "".join(map(row_text, first.rows))
    assert "居場所 / 評価 B（注意）" in texts
    assert texts.count("B（注意）") == 1
    assert "費用の増" in texts


def test_the_first_page_tells_the_marks_in_a_line():
    assert "戦略計画ごとの評価は、A0・B1・C2です（計３件、A・Bの割合は33.3％）。" in shown(
        chapter(rolled(), "glance")
    )


def test_the_first_page_tells_the_worst_beside_the_marks_that_are_rolled_up():
    lines = shown(chapter(rolled(), "glance"))
    at = lines.index("= 遅れの大きい指標")
    # two of each, since the page has more to tell
    assert lines[at + 1].count(" / ") == 2
    assert lines[at + 1].endswith("ほか４件")
    assert any(line.startswith("戦略計画ごとの評価は、") for line in lines)


def test_marks_that_people_chose_of_plans_are_counted_on_the_first_page():
    progress = CommentColumn("progress", "進捗", ("順調", "遅れ"), is_mark=True)
    plan = replace(small_plan(), comments=(progress,))
    said = PlanComment.of("p1", YEAR, {"progress": "順調"})
    known = replace(actuals_of(2021), comments=(said,))
    document = small_document(review=small_review(2021, plan=plan, actuals=known))
    lines = shown(chapter(document, "glance"))
    at = lines.index("= 基本目標 | 順調 | 遅れ | 未記入 | 計")
    assert lines[at - 1].endswith("進捗（戦略計画の数）")
    assert lines[at + 1 : at + 4] == [
        "Ⅰ　安心のまち | １ | ０ | １ | ２",
        "Ⅱ　つながるまち | ０ | ０ | ２ | ２",
        "計 | １ | ０ | ３ | ４",
    ]
    assert "進捗（戦略計画の数）" not in "".join(shown(chapter(document, "appendix")))


def test_without_a_rollup_nothing_is_told():
    document = small_document(review=small_review())
    blocks = [block for each in document.sections for block in each.blocks]
    headings = [each.id for each in blocks if isinstance(each, Heading)]
    assert not [each for each in headings if each.startswith("rolled")]
    assert "評価 " not in "".join(row_text(row) for each in tables(document) for row in each.rows)


def test_a_section_s_mark_stands_behind_its_name_in_its_row_across():
    data = deepcopy(PLAN)
    for number, goal in enumerate(data["goals"], start=1):
        goal["sections"] = [
            {"id": f"s{number}", "label": f"{number}", "title": "施策", "plans": goal.pop("plans")}
        ]
    data["levels"] = [
        {"key": "goal"},
        {"key": "policy", "name": "基本施策", "show": "heading"},
        {"key": "plan"},
    ]
    plan = read_plan(data)
    rollup = SHARES.replace('"plan", "goal"', '"policy"')
    document = rolled(small_review(plan=plan, rollup=rules(rollup, plan)))
    first, _ = (each for each in tables(document) if "の実績" in (each.title or ""))
    assert "1　施策　評価 C（問題）（12点／24点）" in "".join(map(row_text, first.rows))
    texts = shown(chapter(document, "rolled"))
    assert texts[0] == "# 基本施策ごとの評価"
    assert texts[-1].startswith("Ⅱ | 2　施策 | C（問題） | B（注意） | ◎２・△１・×１＝７点")


def test_what_people_changed_is_listed_with_its_reason_which_may_be_edited():
    document = rolled(overrides=[OVERRIDE])
    rows = shown(chapter(document, "appendix"))
    assert (
        "令和３年度 | 戦略計画 | 計画３　窓口 | "
        "求めた評価は「B 注意」。窓口の移転が早まったため。（「A よい」に修正）"
    ) in rows
    assert "override:p3:2021" in dict(editable_texts(document))
    assert document.source_names["override:p3:2021"] == "計画３ 評価の修正の理由"


def test_it_is_not_said_that_nothing_was_changed_where_a_plans_mark_was():
    known = replace(actuals_of(2021), overrides=(OVERRIDE,))
    review = small_review(actuals=known, rollup=rules(SHARES))
    assert "修正した評価はありません。" not in shown(chapter(rolled(review), "appendix"))


def test_the_rules_keep_the_digits_of_marks_in_any_numerals():
    toml = SHARES.replace('symbol = "A"', 'symbol = "A-1"').replace('mark = "A"', 'mark = "A-1"')
    toml = toml.replace('share_of = ["A", "B"]', 'share_of = ["A-1"]')
    words = "\n".join(shown(chapter(rolled(rolled_review(toml)), "how-to-read")))
    assert "基本目標・戦略計画の評価：A-1 よい 80％以上、B 注意 55％以上80％未満、" in words
