"""Revisions of the catalogue: what is wrong with them, each at its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from kpireport.errors import InputError
from kpireport.sources.catalogue import load_catalogue
from tests.layered import layered_data
from tests.sources.catalogues import GONE, problems_of, put, write
from tests.sources.revised import FIRST, SECOND, change, places, revised, revision, row

TARGET = {"id": "i1", "target": places(10, kind="at_least")}


def problems(folder: Path, *revisions: dict[str, Any]) -> list[str]:
    return problems_of(write(folder, revised(*revisions)))


def spoilt(item: dict[str, Any], *changes: tuple[str, Any]) -> dict[str, Any]:
    copied = copy.deepcopy(item)
    for path, value in changes:
        put(copied, path, value)
    return copied


def test_sound_revisions_have_no_problem(tmp_path: Path):
    assert problems(tmp_path) == []


def test_a_revision_is_read_with_its_day_in_any_spelling(tmp_path: Path):
    days = []
    for written in ("2021-03-25", "令和３年３月25日", "R3.3.25"):
        first = spoilt(FIRST, ("decided", written))
        days.append(load_catalogue(write(tmp_path, revised(first))).revisions[0].decided)
    assert len(set(days)) == 1


# --- single changes --------------------------------------------------------------

CHANGES = {
    "an id that there is not": (
        change("target", **{**TARGET, "id": "i9"}),
        "id: 記号が「i9」の指標か数値目標は、計画にありません。 → もしかして ",
    ),
    "an id of another kind": (
        change("split", id="p1", into=[row("a", 1, 2), row("b", 1, 2)]),
        "id: 「p1」は戦略計画の記号です。 → 指標の記号を書いてください。",
    ),
    "the same target": (
        change("target", id="i1", target=places(8, kind="at_least")),
        "target: 目標値が、いまのものと同じです。",
    ),
    "the same name": (
        change("rename", id="i1", name="指標i1"),
        "name: 名称が、いまのものと同じです。",
    ),
    "the same baseline": (
        change("baseline", id="i1", baseline=places(6)),
        "baseline: 現状値が、いまのものと同じです。",
    ),
    "another unit": (
        change(
            "target",
            id="i1",
            target={
                "text": "10人",
                "kind": "at_least",
                "quantities": [{"value": 10, "unit": "人"}],
            },
        ),
        (
            "target.quantities[0]: 単位が、変更の前の「8か所」と違います（「10人」）。 → "
            "数えるものが変わるなら、指標を終了（end）にして、新しい指標を追加（add）してください。"
        ),
    ),
    "a kind that the text contradicts": (
        change("target", id="i1", target=places(10, kind="above_baseline")),
        "target.kind: 「10か所」と種類（above_baseline）が食い違っています。",
    ),
    "a target below its baseline": (
        change("target", id="i1", target=places(4, kind="at_least")),
        "target.kind: 目標値「4か所」が現状値「6か所」より小さいのに、",
    ),
    "a deadline before it is in force": (
        change("target", id="i1", target=places(10, kind="at_least", deadline=2020)),
        "target.deadline: 期限の令和２年度（2020）が、適用年度の令和３年度（2021）より前です。",
    ),
    "a quantity that the text contradicts": (
        change("baseline", id="i1", baseline={**places(7), "text": "８か所"}),
        "baseline.quantities[0]: 「８か所」と数量が食い違っています",
    ),
    "a baseline of no earlier year": (
        change("baseline", id="i1", baseline=places(7, year=2021)),
        "baseline.year: 現状値の令和３年度（2021）が、適用年度の令和３年度（2021）より前では",
    ),
    "a baseline shared with the row above": (
        change("baseline", id="i2", baseline=places(7, shared_with="i1")),
        "baseline.shared_with: 改定では、現状値の欄を上の行とつなげられません。",
    ),
    "an id that is used already": (
        change("add", plan="p2", indicator=row("i1", 1, 2)),
        "indicator.id: 記号「i1」は、もう使われています。",
    ),
    "a plan that there is not": (
        change("add", plan="p9", indicator=row("new", 1, 2)),
        "plan: 記号が「p9」の戦略計画は、計画にありません。 → もしかして ",
    ),
    "a row of another plan": (
        change("add", plan="p2", after="i1", indicator=row("new", 1, 2)),
        "after: 「i1」は、戦略計画「p2」の行ではありません。",
    ),
    "a new indicator that contradicts itself": (
        change("add", plan="p2", indicator=row("new", 3, 2)),
        "indicator.target.kind: 目標値「2か所」が現状値「3か所」より小さいのに、",
    ),
    "a part that there is not": (
        change("split", id="i3", into=[row("a", 1, 2), row("b", 1, 2)], continues="c"),
        "continues: 分けた指標に、記号が「c」のものはありません。 → 「a」、「b」のどれかを",
    ),
    "a row below itself": (
        change("move", id="i1", plan="p1", after="i1"),
        "after: 「i1」は、「i1」の下に置けません。",
    ),
    "a group in itself": (
        change("move", id="gr", plan="p1", after="i3"),
        "after: 「gr」は、「i3」の下に置けません。",
    ),
    "the same departments": (
        change("departments", id="i1", departments=[]),
        "departments: 中身がありません。",
    ),
    "no reason": (
        {"change": "end", "id": "i1"},
        ": 項目「reason」（理由）がありません。",
    ),
    "an item of another change": (
        change("end", id="i1", target=places(9, kind="at_least")),
        ": 「target」という項目はありません。",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_that_does_not_fit_is_told_at_its_place(case: str, tmp_path: Path):
    spoilt_change, expected = CHANGES[case]
    (told,) = problems(tmp_path, revision(1, 2021, spoilt_change))
    dot = "" if expected.startswith(":") else "."
    assert told.startswith(f"revisions[0].changes[0]{dot}{expected}")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": "i1"}, "項目「change」（変更の種類）がありません。"),
        (change("targets", id="i1"), "「targets」という変更の種類はありません。 → もしかして "),
        ({"change": 3}, "変更の種類（change）が"),
        ("i1", "項目の組でなければなりません"),
    ],
)
def test_a_change_has_to_say_what_it_is(value: Any, expected: str, tmp_path: Path):
    (told,) = problems(tmp_path, revision(1, 2021, value))
    assert told.startswith(f"revisions[0].changes[0]: {expected}")


def test_an_unknown_kind_is_answered_with_all_of_them(tmp_path: Path):
    (told,) = problems(tmp_path, revision(1, 2021, {"id": "i1"}))
    assert (
        '"target"（目標の変更）、"baseline"（現状値の訂正）、"category"（区分の変更）、"end"（終了）'
        in told
    )


# --- one after the other ---------------------------------------------------------


def test_what_has_ended_cannot_be_changed(tmp_path: Path):
    second = revision(2, 2022, change("target", **TARGET), change("rename", id="i3", name="別"))
    first = revision(1, 2021, change("end", id="i1"), change("end", id="gr"))
    assert problems(tmp_path, first, second) == [
        (
            "revisions[1].changes[0].id: 「i1」は、「第1次改定」で終わっています。 → "
            "終わったものは改められません。記号を確かめてください。"
        ),
        (
            "revisions[1].changes[1].id: 「i3」は、「第1次改定」で終わっています。 → "
            "終わったものは改められません。記号を確かめてください。"
        ),
    ]


def test_what_has_not_come_yet_cannot_be_changed(tmp_path: Path):
    first = revision(1, 2021, change("rename", id="new", name="別"))
    second = revision(2, 2022, change("add", plan="p2", indicator=row("new", 1, 2)))
    assert problems(tmp_path, first, second) == [
        (
            "revisions[0].changes[0].id: 「new」が加わるのは、この後（「第2次改定」）です。 → "
            "加えるよりも後に書くか、記号を確かめてください。"
        )
    ]


def test_the_id_of_an_ended_indicator_is_not_used_again(tmp_path: Path):
    first = revision(1, 2021, change("end", id="i1"))
    second = revision(2, 2022, change("add", plan="p2", indicator=row("i1", 1, 2)))
    (told,) = problems(tmp_path, first, second)
    assert told.startswith("revisions[1].changes[0].indicator.id: 記号「i1」は、もう使われています")


def test_a_change_is_held_against_the_plan_as_it_is_then(tmp_path: Path):
    first = revision(1, 2021, change("baseline", id="i1", baseline=places(7)))
    second = revision(2, 2022, change("target", id="i1", target=places(6, kind="at_least")))
    (told,) = problems(tmp_path, first, second)
    assert "目標値「6か所」が現状値「7か所」より小さい" in told


def test_a_faulty_change_makes_no_fault_of_those_that_rest_on_it(tmp_path: Path):
    faulty = change("add", plan="p2", indicator=spoilt(row("new", 1, 2), ("target.kind", "?")))
    rests = change("rename", id="new", name="別の名")
    (told,) = problems(tmp_path, revision(1, 2021, faulty, rests))
    assert told.startswith("revisions[0].changes[0].indicator.target.kind")


def test_the_same_change_twice_is_one_too_many(tmp_path: Path):
    again = change("target", id="i1", target=places(11, kind="at_least"))
    (told,) = problems(tmp_path, revision(1, 2021, change("target", **TARGET), again))
    assert told.startswith(
        "revisions[0].changes[1].id: 「i1」の同じ種類の変更が、同じ改定に2つあります。"
    )


# --- revisions -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (
            "from",
            2019,
            "適用年度の令和元年度（2019）は、計画の年度ではありません。 → 令和２年度（2",
        ),
        ("from", 2026, "適用年度の令和８年度（2026）は、計画の年度ではありません。"),
        ("decided", "2023-04-01", "決定日の令和５年４月１日が、適用年度の令和３年度（2021）の報告"),
        ("decided", "令和３年３月", "「令和３年３月」は日付として読めません。"),
        ("from", "2021", "年度の西暦でなければなりません"),
    ],
)
def test_the_years_of_a_revision_are_the_plans(
    place: str, value: Any, expected: str, tmp_path: Path
):
    told = problems(tmp_path, spoilt(FIRST, (place, value)))
    assert [each.startswith(f"revisions[0].{place}: {expected}") for each in told] == [True]


def test_revisions_stand_in_the_order_of_their_years(tmp_path: Path):
    first = revision(1, 2022, change("target", **TARGET))
    second = revision(2, 2021, change("end", id="i2"))
    assert [each.partition(" →")[0] for each in problems(tmp_path, first, second)] == [
        "revisions[1].from: 「第2次改定」の適用年度が、その前の「第1次改定」より前です。"
    ]


def test_revisions_have_ids_of_their_own(tmp_path: Path):
    (told,) = problems(tmp_path, FIRST, spoilt(SECOND, ("id", "r1")))
    assert told.startswith("revisions[1].id: 記号「r1」は revisions[0].id でも使われています。")


def test_all_problems_are_told_at_once_with_the_revision_and_the_row(tmp_path: Path):
    first = spoilt(FIRST, ("changes[0].id", "i8"), ("changes[3].plan", "p8"), ("title", GONE))
    path = write(tmp_path, revised(first, spoilt(SECOND, ("changes[3].id", "i7"))))
    with pytest.raises(InputError) as error:
        load_catalogue(path)
    assert [(each.place, each.about) for each in error.value.problems] == [
        ("revisions[0]", "記号 r1"),
        ("revisions[0].changes[0].id", "記号 i8"),
        ("revisions[0].changes[3].plan", "記号 i4"),
        ("revisions[1].changes[3].id", "第2次改定、記号 i7"),
    ]


# --- classes and sections ----------------------------------------------------------


CLASSES = [("categories", [{"key": "hard", "label": "客観"}])]


def test_a_class_that_there_is_not_is_refused_wherever_a_revision_names_it(tmp_path: Path):
    changes = (
        change("category", id="i1", category="soft"),
        change("add", plan="p2", indicator=row("i4", 4, 8, category="soft")),
        change("split", id="i2", into=[row("i5", 4, 8), row("i6", 4, 8, category="soft")]),
    )
    data = revised(revision(1, 2021, *changes), changes=tuple(CLASSES))
    told = problems_of(write(tmp_path, data))
    places = ("changes[0]", "changes[1].indicator", "changes[2].into[1]")
    assert [each.partition(": ")[0] for each in told] == [
        f"revisions[0].{place}.category" for place in places
    ]
    assert "「soft」という区分がありません。" in told[0]


def test_a_class_that_it_has_already_is_refused(tmp_path: Path):
    again = change("category", id="i1", category="hard")
    first, second = revision(1, 2021, again), revision(2, 2022, again)
    data = revised(first, second, changes=tuple(CLASSES))
    (told,) = problems_of(write(tmp_path, data))
    assert told.startswith("revisions[1].changes[0].category: 区分が、いまのものと同じです。")


def test_what_was_in_a_section_that_ended_cannot_be_changed(tmp_path: Path):
    data = layered_data("heading", "column", "column", "column")
    ended = change("end", id="s1")
    data["revisions"] = [
        revision(1, 2022, ended, change("rename", id="farmers", name="新規就農者"), title="改定"),
        revision(2, 2023, change("rename", id="f1", name="農業")),
    ]
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    told = problems_of(path)
    assert [each.partition(" →")[0] for each in told] == [
        "revisions[0].changes[1].id: 「farmers」は、「改定」で終わっています。",
        "revisions[1].changes[0].id: 「f1」は、「改定」で終わっています。",
    ]
