"""``kpireport plan proof``: rows beside the original, ticks that are kept as long as they hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.plan_proofs.rows import proof_rows
from kpireport.sources.catalogue import read_plan
from tests.documents import ROOT
from tests.plan_proofs.proofs import (
    BOTH,
    SHEET,
    add_original,
    columns,
    edit,
    proof_of,
    prove,
    rows,
    tick_all,
    title_row,
    town,
    write,
)
from tests.sources import catalogues

PLANS = (ROOT / "catalogue.json", *sorted(ROOT.glob("reports/towns/*/catalogue.json")))


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return town(tmp_path)


def _change(plan: Path, *changes: tuple[str, object]) -> None:
    data = json.loads(plan.read_bytes())
    for path, new in changes:
        catalogues.put(data, path, new)
    catalogues.write(plan.parent, data)


def test_every_part_of_the_plan_is_a_row(plan: Path) -> None:
    assert prove(plan) == 0

    read = rows(proof_of(plan))
    kinds = [each["種類"] for each in read.values()]
    assert kinds.count("基本情報") == 18
    assert [each for each in kinds if each != "基本情報"] == [
        *("表の見方", "基本目標", "数値目標", "方向性", "方向性", "戦略計画"),
        *("指標", "指標", "まとまり", "指標", "戦略計画", "基本目標"),
    ]
    row = read["指標 i3"]
    assert row["戦略計画"] == "計画１　計画の名　まとまり"
    assert (row["名称"], row["現状値"], row["目標値"]) == ("指標i3", "1か所", "2か所")
    assert row["意味"] == "現状値１か所から２か所以上に増やす。期限　令和４年度末。"
    assert read["基本情報 目標値の年度"]["名称"] == "2022"


@pytest.mark.parametrize("file", PLANS, ids=lambda each: each.parent.name)
def test_all_indicators_and_texts_of_real_plans_are_rows(file: Path) -> None:
    made = proof_rows(read_plan(file).entries)
    data = json.loads(file.read_bytes())
    ids = {each.id for each in made if each.has_own_id}
    said = "".join(text for each in made for text in each.texts)

    assert len({(each.kind, each.id) for each in made}) == len(made)
    for goal in data["goals"]:
        assert goal["id"] in ids
        for target in goal.get("numeric_targets", []):
            assert target["id"] in ids
        for part in goal.get("directions", []):
            assert all(each in said for each in part.get("paragraphs", []))
    assert sum(each.kind in ("指標", "数値目標") for each in made) == file.read_text().count(
        '"baseline": {'
    )


def test_the_shipped_plan_has_its_96_indicators_and_17_numeric_targets() -> None:
    kinds = [each.kind for each in proof_rows(read_plan(ROOT / "catalogue.json").entries)]

    assert (kinds.count("指標"), kinds.count("数値目標")) == (96, 17)
    assert (kinds.count("戦略計画"), kinds.count("基本目標"), kinds.count("まとまり")) == (21, 6, 1)


# --- the original ------------------------------------------------------------------


def _with_original(plan: Path) -> Path:
    book = plan.parent / "計画.xlsx"
    assert main(["plan", "export", str(plan), str(book)]) == 0
    cells = {
        "2ページ 表1 1行目": ("計画", "指標", "現状値", "目標値"),
        "2ページ 表1 2行目": ("計画１　計画の名", "指標i1", "6か所", "8か所"),
        "2ページ 表1 3行目": ("計画１　計画の名", "指標i2", "5か所"),
        "2ページ 表1 4行目": ("計画１　計画の名", "9か所"),
        "3ページ 表1 1行目": ("どこにもない行", "1", "2"),
    }
    places = {"i1": "2ページ 表1 2行目", "i2": "2ページ 表1 3行目、2ページ 表1 4行目"}
    add_original(book, cells, places)
    return book


def test_rows_stand_beside_the_originals_words(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove(_with_original(plan), plan) == 0
    printed = capsys.readouterr()

    read = rows(proof_of(plan))
    assert read["指標 i1"]["原本の場所"] == "2ページ 表1 2行目"
    assert read["指標 i1"]["原本の言葉"] == "計画１　計画の名 ｜ 指標i1 ｜ 6か所 ｜ 8か所"
    assert read["指標 i1"]["原本との違い"] == ""
    assert read["指標 i2"]["原本の言葉"].count("計画１　計画の名") == 2
    assert read["指標 i2"]["原本との違い"] == "現状値：原本は「【5】か所」、読み取りは「【6】か所」"
    assert read["戦略計画 p1"]["原本の場所"] == "2ページ 表1 2行目"
    assert read["指標 i3"]["原本の場所"] == ""
    assert "原本の言葉と違う行: 1\n行のない原本の場所: 1\n" in printed.out
    assert printed.err == ""
    unread = load_workbook(proof_of(plan))["行のない原本"]
    assert [each.value for each in unread[3]] == ["3ページ 表1 1行目", "どこにもない行 ｜ 1 ｜ 2"]


def test_a_workbook_that_was_not_taken_in_is_told(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = _with_original(plan)
    _change(plan, (f"{catalogues.ROW}.name", "新しい名"))

    assert prove(book) == 0
    assert "読み合わせるのは、計画のファイルです。" in capsys.readouterr().err
    assert rows(proof_of(plan))["指標 i1"]["名称"] == "新しい名"


def test_without_an_original_there_is_room_for_the_place_on_paper(plan: Path) -> None:
    prove(plan)
    write(proof_of(plan), "指標 i1", {"原本の場所": "冊子12ページ"})
    prove(plan)

    assert rows(proof_of(plan))["指標 i1"]["原本の場所"] == "冊子12ページ"


def test_another_original_unticks_the_rows_that_it_says_otherwise(plan: Path) -> None:
    book = _with_original(plan)
    prove(book)
    tick_all(proof_of(plan), *BOTH)

    def correct(workbook: object) -> None:
        sheet = workbook["原本"]  # type: ignore[index]
        sheet.cell(3, 4).value = "7か所"

    edit(book, correct)
    prove(book)

    read = rows(proof_of(plan))
    assert [key for key, each in read.items() if not each["読み手"]] == ["指標 i1"]


# --- ticks -------------------------------------------------------------------------


def test_ticks_remarks_and_names_are_kept_while_rows_say_the_same(plan: Path) -> None:
    prove(plan)
    proof = proof_of(plan)
    tick_all(proof, *BOTH)
    write(proof, "指標 i1", {"気付き": "字が薄い"})

    def sign(book: object) -> None:
        sheet = book[SHEET]  # type: ignore[index]
        found = next(each for row in sheet["A1:J6"] for each in row if each.value == "読み手の名前")
        sheet.cell(found.row, found.column + 1).value = "山田"

    edit(proof, sign)
    before = rows(proof)
    prove(plan)

    assert rows(proof) == before
    assert "山田" in [each.value for row in load_workbook(proof)[SHEET]["A1:J6"] for each in row]


def test_a_changed_row_is_to_be_read_again_and_keeps_its_remark(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prove(plan)
    tick_all(proof_of(plan), *BOTH)
    write(proof_of(plan), "指標 i1", {"気付き": "8では？"})
    seven = {"text": "7か所", "quantities": [{"value": 7, "unit": "か所"}]}
    _change(plan, (f"{catalogues.ROW}.baseline", seven))
    prove(plan)

    read = rows(proof_of(plan))
    bare = {key for key, each in read.items() if not each["読み手"] or not each["聞き手"]}
    assert bare == {"指標 i1"}
    assert read["指標 i1"]["気付き"] == "8では？"
    assert read["指標 i1"]["原本との違い"] == "前の印の後に変わりました。もう一度読み合わせます。"
    assert "印の後に変わった行: 1\n" in capsys.readouterr().out


def test_the_plans_year_is_a_part_of_what_rows_mean(plan: Path) -> None:
    prove(plan)
    tick_all(proof_of(plan), *BOTH)
    _change(plan, ("years.target", 2023))
    prove(plan)

    bare = {key for key, each in rows(proof_of(plan)).items() if not each["読み手"]}
    assert bare == {"基本情報 目標値の年度", "指標 i1", "指標 i2", "指標 i3"}


def test_a_paragraph_that_comes_between_unticks_no_other(plan: Path) -> None:
    prove(plan)
    tick_all(proof_of(plan), *BOTH)
    _change(plan, ("goals[0].directions[0].paragraphs", ["新しい段落。", "文章。"]))
    prove(plan)

    bare = [each["名称"] for each in rows(proof_of(plan)).values() if not each["読み手"]]
    assert bare == ["新しい段落。"]


def test_a_remark_whose_row_is_gone_is_kept_apart(plan: Path) -> None:
    prove(plan)
    write(proof_of(plan), "指標 i2", {"気付き": "二重では"})
    _change(plan, (f"{catalogues.ROWS}[1]", catalogues.GONE))
    prove(plan)
    prove(plan)

    left = load_workbook(proof_of(plan))["前の気付き"]
    assert [each.value for each in left[3]] == ["指標", "i2", "二重では"]
    assert left.max_row == 3


def test_only_what_people_write_can_be_written(plan: Path) -> None:
    prove(plan)
    sheet = load_workbook(proof_of(plan))[SHEET]
    names, row = columns(sheet), title_row(sheet) + 1
    open_ = {title for title, at in names.items() if not sheet.cell(row, at).protection.locked}

    assert sheet.protection.sheet
    assert open_ == {"原本の場所", "読み手", "聞き手", "気付き"}
    hidden = [each for each in sheet.column_dimensions.values() if each.hidden]
    assert [(each.min, each.max) for each in hidden] == [(names["照合"], names["原本の照合"])]


# --- the page ----------------------------------------------------------------------


def test_the_page_needs_nothing_else_and_says_the_same(plan: Path) -> None:
    page = plan.parent / "読み合わせ.html"
    prove(plan)
    write(proof_of(plan), "指標 i1", {"読み手": "○"})
    assert prove(plan, "--html", page) == 0

    root = html.fromstring(page.read_bytes())
    assert not root.xpath("//script|//link|//img|//*[@src]")
    assert "size: A4 landscape" in root.xpath("string(//style)")
    (row,) = root.xpath("//tr[td='i1']")
    assert [each.text_content() for each in row[-3:]] == ["○", "□", ""]
    assert "指標i1" in row.xpath("string(th)")
    assert root.xpath("//tr[td='自治体名']/th/@colspan") == ["4"]
    assert [each.text for each in root.xpath("//h2")] == [
        *("基本情報", "表の見方", "基本目標1", "基本目標2"),
    ]


def test_texts_of_the_plan_are_no_part_of_the_page(plan: Path) -> None:
    _change(plan, (f"{catalogues.ROW}.name", "<script>alert(1)</script>=1+1"))
    page = plan.parent / "読み合わせ.html"
    prove(plan, "--html", page)

    assert b"<script" not in page.read_bytes()
    assert rows(proof_of(plan))["指標 i1"]["名称"] == "<script>alert(1)</script>=1+1"


# --- what is refused -----------------------------------------------------------------


def _refused(capsys: pytest.CaptureFixture[str], plan: Path, *options: object) -> str:
    before = {each: each.read_bytes() for each in plan.parent.iterdir() if each.is_file()}
    assert prove(plan, *options) == 2
    after = {each: each.read_bytes() for each in plan.parent.iterdir() if each.is_file()}
    assert after == before
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    return printed.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"PK\x03\x04broken", "読み合わせ.xlsx"),
        (b"no workbook", "読み合わせ.xlsx"),
    ],
)
def test_a_file_that_is_no_proof_is_not_overwritten(
    plan: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    proof_of(plan).write_bytes(content)

    assert said in _refused(capsys, plan)


def test_somebody_elses_workbook_is_not_overwritten(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["plan", "export", str(plan), str(proof_of(plan))])
    capsys.readouterr()

    assert "上書きはしません" in _refused(capsys, plan)


def test_somebody_elses_page_is_not_overwritten(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = plan.parent / "page.html"
    page.write_text("<p>mine</p>")

    assert "上書きはしません" in _refused(capsys, plan, "--html", page)


def test_the_plans_file_has_to_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "計画.xlsx"
    book.write_bytes(b"")

    assert "計画のブックを取り込んで" in _refused(capsys, book)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--output", "読み合わせ.csv"), "「読み合わせ.xlsx」のように"),
        (("--html", "読み合わせ.pdf"), "「読み合わせ.html」のように"),
        (("計画.xlsx",), "計画のファイルが、先に書かれています"),
    ],
)
def test_names_that_cannot_be_are_refused(
    plan: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert said in _refused(capsys, plan, *options)


def test_a_broken_workbook_of_the_plan_is_refused(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = plan.parent / "計画.xlsx"
    book.write_bytes(b"PK\x03\x04broken")

    assert "計画.xlsx" in _refused(capsys, book)


def test_a_pipe_is_not_waited_for(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(proof_of(plan))

    assert prove(plan) == 2
    assert "読み合わせ.xlsx" in capsys.readouterr().err


def test_the_tables_shape_is_said_in_words(tmp_path: Path) -> None:
    plan = town(
        tmp_path,
        ("labels.goal", "政策"),
        ("levels", [{"key": "goal", "show": "column"}, {"key": "plan", "show": "column"}]),
        ("layout", {"plan": [{"column": "goal", "group": ""}, "plan", "indicator"]}),
        ("how_to_read.callouts", []),
    )
    assert prove(plan) == 0
    read = rows(proof_of(plan))
    assert read["階層 1"]["名称"] == "名：政策　示し方：左に立つ列"
    assert read["表の列 1"]["名称"] == "版：計画版　列：政策　まとめの見出し：なし"
