"""report.toml of a review: what it may say, and which earlier reports it finds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kpireport.domain.settings import (
    ChartScope,
    CollectionSettings,
    Edition,
    Orientation,
    ReviewSettings,
)
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.sources.settings import load_settings

ROOT = Path(__file__).parents[2]

SMALLEST = """
edition = "review"
catalogue = "../catalogue.json"
date = 2022-09-01
[output]
name = "実績"
[review]
fiscal_year = 2021
"""


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.toml").write_text(text, encoding="utf-8")
    return folder


def review(folder: Path, text: str) -> ReviewSettings:
    settings = load_settings(write(folder, text))
    assert settings.edition is Edition.REVIEW
    assert settings.review is not None
    return settings.review


def problems_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_settings(write(folder, text))
    return [f"{each.place}: {each.what} → {each.remedy}" for each in caught.value.problems]


def test_what_is_left_out_has_its_usual_value(tmp_path: Path):
    folder = tmp_path / "2021"
    assert review(folder, SMALLEST) == ReviewSettings(
        FiscalYear(2021), folder / "actuals.xlsx", finds_earlier=True
    )


def test_everything_can_be_set(tmp_path: Path):
    text = (
        SMALLEST
        + """
actuals = "実績.csv"
earlier = ["../R2/実績.csv", "/srv/R1.xlsx"]
draft = true
sample = true
title = ["みどり市計画", "実績"]
issued = "令和４年９月"
orientation = "landscape"
introduction = ["文章。"]
survey = ["調査。"]
contact = "企画課"
results = ["成果。"]
problems = ["課題。", "課題その二。"]
charts = "all"
main_charts = ["i3"]
departments = false
all_years = true
reasons = true
accept = ["i1", "i2"]
[evaluation]
scheme = "tama"
[evaluation.thresholds.approach]
fair = 70
"""
    )
    assert review(tmp_path / "R3", text) == ReviewSettings(
        fiscal_year=FiscalYear(2021),
        actuals=tmp_path / "R3/実績.csv",
        earlier=(tmp_path / "R2/実績.csv", Path("/srv/R1.xlsx")),
        is_draft=True,
        is_sample=True,
        title=("みどり市計画", "実績"),
        issued="令和４年９月",
        introduction=("文章。",),
        survey=("調査。",),
        contact="企画課",
        orientation=Orientation.LANDSCAPE,
        results=("成果。",),
        problems=("課題。", "課題その二。"),
        charts=ChartScope.ALL,
        main_charts=("i3",),
        shows_departments=False,
        lists_all_years=True,
        lists_reasons=True,
        accepted=("i1", "i2"),
        evaluation={"scheme": "tama", "thresholds": {"approach": {"fair": 70}}},
    )


def test_earlier_reports_are_those_of_earlier_years_beside_this_one(tmp_path: Path):
    for name in ("2019", "2020", "2021", "2022", "2018a", "plan"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "actuals.xlsx").touch()
    (tmp_path / "2017").mkdir()  # has no actuals
    earlier = review(tmp_path / "2021", SMALLEST).earlier
    assert earlier == (tmp_path / "2020/actuals.xlsx", tmp_path / "2019/actuals.xlsx")


def test_reports_of_another_plan_beside_this_one_do_not_count(tmp_path: Path):
    for name, plan in (("2019", "../ours.json"), ("2020", "../../other.json")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "actuals.xlsx").touch()
        (tmp_path / name / "report.toml").write_text(f'catalogue = "{plan}"\n', "utf-8")
    settings = SMALLEST.replace("../catalogue.json", "../ours.json")
    assert settings != SMALLEST
    assert review(tmp_path / "2021", settings).earlier == (tmp_path / "2019/actuals.xlsx",)


def test_no_earlier_reports_if_the_settings_say_so(tmp_path: Path):
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020/actuals.xlsx").touch()
    assert review(tmp_path / "2021", SMALLEST + "earlier = []").earlier == ()


def test_earlier_reports_are_found_from_within_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020/actuals.xlsx").touch()
    monkeypatch.chdir(write(tmp_path / "2021", SMALLEST))
    settings = load_settings(".")
    assert settings.review is not None
    assert settings.review.earlier == (Path("../2020/actuals.xlsx"),)


@pytest.mark.parametrize(
    ("folder", "name", "more", "written"),
    [
        (".", "actuals", "", "actuals.xlsx"),
        ("../2020", "actuals", 'earlier = ["../2020/actuals.xlsx"]', "actuals.xlsx"),
        ("..", "様式", '[docx]\ntemplate = "../様式.docx"', "様式.docx"),
        ("..", "様式", '[docx]\ntemplate = "../様式-digest.docx"', "様式-digest.docx"),
    ],
)
def test_no_result_is_written_over_an_input(
    tmp_path: Path, folder: str, name: str, more: str, written: str
):
    output = f'name = "{name}"\nfolder = "{folder}"\nformats = ["docx", "xlsx"]'
    text = SMALLEST.replace('name = "実績"', output) + more
    assert problems_of(tmp_path / "2021", text) == [
        (
            f"output.name: 出来上がりの {written} が、入力のファイルと同じものになります。"
            " → name か folder を変えてください。そのままでは、入力が上書きされます。"
        )
    ]


FAULTS = [
    (
        "[review]\nfiscal_year = 2021",
        "",
        ": [review] がありません。 → [review] の下に fiscal_year などを書いてください。",
    ),
    (
        '"review"',
        '"plan"',
        (
            "review: [review] は計画版（plan）にはないものです。"
            ' → edition を "review"（実績版）か "sheets"（評価シート）にするか、'
            "[review] を消してください。"
        ),
    ),
    (
        "2021",
        '"令和３年度"',
        (
            "review.fiscal_year: 年度の西暦でなければなりません（いまは文字列「令和３年度」）。"
            " → 西暦の数字で書いてください。平成30年度は 2018、令和３年度は 2021 です。"
        ),
    ),
    (
        "2021",
        '2021\norientation = "横"',
        (
            "review.orientation: 文字列「横」は選べません。"
            " → 使えるのは 「auto」、「landscape」、「portrait」 です。"
        ),
    ),
    (
        "2021",
        '2021\ndraft = "はい"',
        (
            "review.draft: true か falseでなければなりません（いまは文字列「はい」）。"
            " → 引用符を付けずに true か false と書いてください。"
        ),
    ),
    (
        "2021",
        '2021\naccept = ["ｐ０２－０１"]',
        (
            "review.accept[0]: 「ｐ０２－０１」は記号として使えません。"
            " → 半角で「p02-01」と書いてください。"
        ),
    ),
    (
        "2021",
        '2021\nresults = ["一", "二", "三", "四"]',
        "review.results: 4あります。 → 3つまでにしてください。",
    ),
    (
        "2021",
        '2021\nproblems = ["一", ""]',
        "review.problems[1]: 文字がありません。 → 印刷するとおりの文字を書いてください。",
    ),
    (
        "2021",
        '2021\ncharts = "some"',
        "review.charts: 文字列「some」は選べません。 → もしかして 「none」 ですか。",
    ),
    (
        "2021",
        '2021\nmain_charts = ["ｐ０２"]',
        (
            "review.main_charts[0]: 「ｐ０２」は記号として使えません。"
            " → 半角で「p02」と書いてください。"
        ),
    ),
    *(
        (
            "2021",
            f"2021\n{name} = 1",
            (
                f"review.{name}: true か falseでなければなりません（いまは1）。"
                " → 引用符を付けずに true か false と書いてください。"
            ),
        )
        for name in ("departments", "all_years", "reasons")
    ),
    (
        "2021",
        "1850",
        (
            "review.fiscal_year: 1850は年度としてありえません。"
            " → 1947 から 2100 までの西暦の数字で書いてください。"
            "平成30年度は 2018、令和３年度は 2021 です。"
        ),
    ),
    (
        "2021",
        "2021\naccepted = []",
        "review: 「accepted」という項目はありません。 → もしかして 「accept」 ですか。",
    ),
]


@pytest.mark.parametrize(("old", "new", "problem"), FAULTS)
def test_a_fault(tmp_path: Path, old: str, new: str, problem: str):
    assert old in SMALLEST
    assert problems_of(tmp_path / "2021", SMALLEST.replace(old, new, 1)) == [problem]


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_the_sample_reports_settings_are_read(year: int):
    settings = load_settings(ROOT / "reports" / str(year))
    assert settings.review is not None
    assert settings.review.fiscal_year == FiscalYear(year)
    assert settings.review.is_sample
    assert [path.parent.name for path in settings.review.earlier] == [
        str(each) for each in range(year - 1, 2018, -1)
    ]


# --- collecting ------------------------------------------------------------------


def test_how_actuals_are_collected_has_defaults(tmp_path: Path):
    settings = load_settings(write(tmp_path, SMALLEST + 'contact = "企画課"\n'))
    assert settings.collection == CollectionSettings(
        deadline=None,
        contact="企画課",
        sheets=tmp_path / "sheets",
        inbox=tmp_path / "inbox",
        received=tmp_path / "received",
    )


def test_how_actuals_are_collected_can_be_set(tmp_path: Path):
    section = """
[collection]
deadline = "令和４年５月31日"
contact = "企画課 計画係（内線 2345）"
inbox = "../回答"
"""
    settings = load_settings(write(tmp_path / "2021", SMALLEST + section))
    assert settings.collection is not None
    assert settings.collection.deadline == dt.date(2022, 5, 31)
    assert settings.collection.contact == "企画課 計画係（内線 2345）"
    assert settings.collection.inbox == tmp_path / "回答"
