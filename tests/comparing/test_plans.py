"""Two plans: every text has its one difference, at its place, and an equal plan has none."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpireport.comparing import DifferenceKind, compare
from kpireport.comparing.plan_records import plan_records
from kpireport.comparing.records import compare_records
from kpireport.comparing.what_differs import Difference
from kpireport.domain.catalogue import Catalogue
from kpireport.errors import InputError
from kpireport.sources.catalogue import load_catalogue
from tests.comparing.helpers import differences
from tests.documents import ROOT
from tests.random_plans import catalogues as random_catalogues
from tests.reports import CALLOUT
from tests.sources.catalogues import ROWS, put, sound, write

REAL = ROOT / "catalogue.json"


def pair(folder: Path, new: Any, old: Any = None) -> tuple[Path, Path]:
    """Two plans' files."""
    for name in ("old", "new"):
        (folder / name).mkdir(exist_ok=True)
    return write(folder / "old", old or sound()), write(folder / "new", new)


def changed(*changes: tuple[str, Any]) -> dict[str, Any]:
    data = sound()
    for path, value in changes:
        put(data, path, value)
    return data


@pytest.mark.parametrize(
    ("path", "value", "place", "expected"),
    [
        (
            "cover.issued",
            "令和３年４月",
            ("表紙",),
            ("変更", "", "日付", "令和２年４月", "令和３年４月"),
        ),
        (
            "years.target",
            2023,
            ("計画の年度",),
            ("変更", "", "目標値の年度", "令和４年度", "令和５年度"),
        ),
        (
            "labels.baseline",
            "現在の値",
            ("表の見出し",),
            ("変更", "", "現状値の見出し", "現状値", "現在の値"),
        ),
        (
            "goals[0].title",
            "別の名",
            ("基本目標1　別の名",),
            ("変更", "g1", "題名", "基本目標の名", "別の名"),
        ),
        (
            "goals[0].directions[0].items",
            ["項目。", "二つ目。"],
            ("基本目標1　基本目標の名",),
            ("変更", "g1", "方向性の箇条書き", "項目。", "項目。\n二つ目。"),
        ),
        (
            "goals[0].numeric_targets[0].name",
            "満足の度合い",
            ("基本目標1　基本目標の名", "数値目標"),
            ("変更", "n1", "数値目標の名前", "満足度", "満足の度合い"),
        ),
        (
            "goals[0].plans[0].title",
            "別の計画",
            ("基本目標1　基本目標の名", "計画１　別の計画"),
            ("変更", "p1", "題名", "計画の名", "別の計画"),
        ),
        (
            f"{ROWS}[0].departments",
            ["保育課", "企画課"],
            ("基本目標1　基本目標の名", "計画１　計画の名"),
            ("変更", "i1", "所管課", None, "保育課、企画課"),
        ),
        (
            f"{ROWS}[0].target.deadline",
            2024,
            ("基本目標1　基本目標の名", "計画１　計画の名"),
            ("変更", "i1", "目標値の期限", None, "令和６年度"),
        ),
        (
            f"{ROWS}[2].indicators[0].name",
            "別の指標",
            ("基本目標1　基本目標の名", "計画１　計画の名", "まとまり"),
            ("変更", "i3", "指標の名前", "指標i3", "別の指標"),
        ),
        (
            f"{ROWS}[0].baseline.text",
            "6か所",
            ("基本目標1　基本目標の名", "計画１　計画の名"),
            None,
        ),
        (
            f"{ROWS}[0].baseline.text",
            "６ヶ所",
            ("基本目標1　基本目標の名", "計画１　計画の名"),
            ("表記", "i1", "現状値", "6か所", "６ヶ所"),
        ),
    ],
)
def test_one_change_is_one_difference_at_its_place(
    path: str, value: Any, place: tuple[str, ...], expected: Any, tmp_path: Path
) -> None:
    found = compare(*pair(tmp_path, changed((path, value)))).differences

    assert [(str(each.kind), each.id, each.item, each.old, each.new) for each in found] == (
        [expected] if expected else []
    )
    assert all(each.place == place for each in found)


def test_what_is_new_and_what_is_gone_is_told_whole(tmp_path: Path) -> None:
    data = sound()
    rows = data["goals"][0]["plans"][0]["indicators"]
    rows[0] = {**rows[0], "id": "i9", "name": "新しい指標"}

    assert differences(*pair(tmp_path, data)) == [
        ("削除", "i1", "指標", _summary("指標i1"), None),
        ("追加", "i9", "指標", None, _summary("新しい指標")),
    ]


def _summary(name: str) -> str:
    return (
        f"指標の名前: {name}\n現状値: 6か所\n現状値の数量: 6か所\n目標値: 8か所\n"
        "目標値の種類: 目標値以上にする\n目標値の数量: 8か所"
    )


def test_a_row_in_another_plan_is_moved_and_keeps_its_other_differences(tmp_path: Path) -> None:
    data = sound()
    plans = data["goals"][0]["plans"]
    row = plans[0]["indicators"].pop(0)
    plans[1]["indicators"].append({**row, "name": "改めた名前"})
    place = "基本目標1　基本目標の名　＞　計画"

    assert differences(*pair(tmp_path, data)) == [
        ("移動", "i1", "場所", f"{place}１　計画の名", f"{place}２　行のない計画"),
        ("変更", "i1", "指標の名前", "指標i1", "改めた名前"),
    ]


def test_of_another_order_the_fewest_moves_are_told(tmp_path: Path) -> None:
    data = sound()
    rows = data["goals"][0]["plans"][0]["indicators"]
    more = [{**copy.deepcopy(rows[0]), "id": f"x{n}", "name": f"追加{n}"} for n in range(4)]
    old = changed((ROWS, [*rows, *more]))
    new = changed((ROWS, [more[3], *rows, *more[:3]]))

    assert differences(*pair(tmp_path, new, old)) == [
        ("移動", "x3", "順番", "「追加2」の次", "はじめ")
    ]


def test_a_part_that_comes_or_goes_is_one_difference(tmp_path: Path) -> None:
    old = changed(("how_to_read.callouts", [CALLOUT]))
    data = sound()
    del data["how_to_read"]
    found = differences(*pair(tmp_path, data, old))

    assert [each[:3] for each in found] == [("削除", "", "表の見方")]


def test_both_faulty_files_are_told_of(tmp_path: Path) -> None:
    old, new = pair(tmp_path, {"format": 1}, {"format": 2})
    with pytest.raises(InputError) as caught:
        compare(old, new)

    assert {each.file for each in caught.value.problems} == {str(old), str(new)}


def test_the_real_plan_is_equal_to_itself(tmp_path: Path) -> None:
    again = write(tmp_path, json.loads(REAL.read_text(encoding="utf-8")))

    assert compare(REAL, again).is_same


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a plan's file that is words and not an id, a kind or a unit."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in _NO_WORDS:
                yield from _texts(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path, value


_NO_WORDS = ("$schema", "id", "goal_id", "kind", "quantities", "column", "plans_shown")


def _words_of_the_real_plan() -> list[str]:
    data = json.loads(REAL.read_text(encoding="utf-8"))
    sample = data["how_to_read"]
    for key in ("goal", "plans"):
        del sample[key]
    return [path for path, _ in _texts(data) if not path.endswith("shared_with")]


def test_every_word_of_the_real_plan_has_its_own_difference(tmp_path: Path) -> None:
    original = json.loads(REAL.read_text(encoding="utf-8"))
    base = load_catalogue(REAL)
    before = plan_records(base)
    paths = _words_of_the_real_plan()
    for path in paths[:: max(1, len(paths) // 120)]:  # each kind of text many times over
        data = copy.deepcopy(original)
        put(data, path, f"{_at(original, path)}改")
        try:
            after = plan_records(load_catalogue(write(tmp_path, data)))
        except InputError:
            continue  # no such unit, mark or note any more
        found = list(compare_records(before, after))

        assert len(found) == 1, path
        assert "改" in (found[0].new or ""), path


def _at(value: Any, path: str) -> Any:
    for step in path.replace("[", ".").replace("]", "").split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    return value


@given(random_catalogues())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_plan_is_equal_to_itself_and_differs_from_another(catalogue: Catalogue) -> None:
    records = plan_records(catalogue)

    assert list(compare_records(records, records)) == []
    assert len({each.key for each in records}) == len(records)
    all_gone = list(compare_records(records, ()))
    assert {each.kind for each in all_gone} <= {DifferenceKind.REMOVED}
    assert len(all_gone) == len(records)


@given(random_catalogues(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_there_and_back_are_as_many_differences(catalogue: Catalogue, random: Any) -> None:
    records = list(plan_records(catalogue))
    kept = [each for each in records if random.random() < 0.7]

    there, back = list(compare_records(records, kept)), list(compare_records(kept, records))
    assert len(there) == len(back) == len(records) - len(kept)


def test_the_texts_beside_an_indicator_are_compared(tmp_path: Path):
    row = f"{ROWS}[0]"
    old = changed((f"{row}.unit", "か所"), (f"{row}.details", {"委員会": "総務"}))
    new = changed(
        (f"{row}.unit", "箇所"),
        (f"{row}.details", {"委員会": "文教"}),
        (f"{row}.definition", "届出の数"),
        (f"{row}.past", "4"),
    )
    told = [(each.item, each.old, each.new) for each in _differing(tmp_path, new, old)]
    assert told == [
        ("単位", "か所", "箇所"),
        ("定義・計算方法", None, "届出の数"),
        ("過去値", None, "4"),
        ("委員会", "総務", "文教"),
    ]


def test_the_columns_of_the_tables_are_compared(tmp_path: Path):
    old = changed(("layout", {"review": ["indicator", "target"]}))
    column = {"column": "target", "header": "目標", "width": 20}
    new = changed(("layout", {"review": ["indicator", column]}))
    told = [(each.place, each.item, each.old, each.new) for each in _differing(tmp_path, new, old)]
    assert told == [(("表の列",), "実績版の列", "指標、目標値", "指標、目標値「目標」（20）")]


def test_categories_are_compared_by_what_they_are_called(tmp_path: Path):
    named = ("categories", [{"key": "objective", "label": "客観指標"}])
    old = changed(named)
    new = changed(named, ("goals[0].plans[0].indicators[0].category", "objective"))
    told = {(each.item, each.new) for each in _differing(tmp_path, new, old)}
    assert ("区分", "客観指標") in told


def _differing(folder: Path, new: Any, old: Any) -> list[Difference]:
    before, after = (plan_records(load_catalogue(each)) for each in pair(folder, new, old))
    return list(compare_records(before, after))
