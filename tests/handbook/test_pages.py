"""The handbook is true: its commands print what its pages say, its settings are the program's."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pydantic import BaseModel

from kpireport.domain.layouts import DETAIL_WORDS, LayoutName
from kpireport.domain.target_kinds import TargetKind
from kpireport.evaluation import SCHEMES, criteria_from_settings
from kpireport.evaluation.bands import Measured
from kpireport.evaluation.schemes import Test
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.catalogue_file import catalogue_schema
from kpireport.sources.settings import SettingsFile, load_settings
from tools.handbook.__main__ import pages
from tools.handbook.computed import with_computed
from tools.handbook.pages import Typing, matches, steps_of
from tools.handbook.people import type_rows
from tools.handbook.renewing import renew
from tools.handbook.samples import ROOT
from tools.handbook.sessions import run_steps

HANDBOOK = ROOT / "docs/handbook"
RUNNING = [page for page in pages() if steps_of(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", RUNNING, ids=lambda page: page.stem)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    for printed in run_steps(steps_of(page.read_text(encoding="utf-8")), tmp_path):
        commands = printed.commands
        where = f"{page.name}:{commands.line}: {commands.lines}"
        assert printed.status == commands.status, f"{where}\n{printed.text}"
        if commands.expected:
            message = f"{where}: run python -m tools.handbook\n{printed.text}"
            assert matches(commands.expected.texts, printed.text), message


COMPUTED = [page for page in pages() if "<!-- computed:" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", COMPUTED, ids=lambda page: page.stem)
def test_what_a_page_says_is_computed_is_what_is_computed(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    assert with_computed(written) == written, "run python -m tools.handbook"


def test_pages_with_computed_parts_are_read_as_files(tmp_path: Path) -> None:
    assert {page.stem for page in COMPUTED} == {"evaluation", "rooms"}
    for page in COMPUTED:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"^(```\{|\.\. )|:\w+:`", text, re.MULTILINE)
        assert text.count("<!-- computed:") == text.count("<!-- end -->")


def test_a_part_is_computed_anew_from_what_its_comment_says() -> None:
    example = "13校 | 35校 | at_least | 2021 | 2019 | 20校"
    page = f"前\n\n<!-- computed: judgements linear\n{example}\n-->\n古い表\n<!-- end -->\n\n後\n"
    made = with_computed(page)
    assert "| 13校 | 35校（令和３年度） | 令和元年度 | 20校 |" in made
    assert "31.8％" in made
    assert "古い表" not in made
    assert with_computed(made) == made
    with pytest.raises(ValueError, match="nothing computes"):
        with_computed("<!-- computed: something -->\n<!-- end -->")


def test_what_is_left_out_may_be_anything_and_nothing_else_may() -> None:
    assert matches(("前", "（略）", "後は…です"), "前\n中\n中\n後は3です")
    assert matches(("前", "（略）", "後"), "前\n後")
    assert not matches(("前", "後"), "前\n中\n後")


def test_a_renewed_output_leaves_out_what_the_page_left_out() -> None:
    shown = ["見出し", "（略）", "合計 …件", "終わり"]
    printed = ["見出し", "甲", "乙", "合計 12件", "新しい行", "終わり"]

    assert renew(shown, printed) == ["見出し", "（略）", "合計 …件", "新しい行", "終わり"]
    assert renew(["古い行"], printed) == printed


def test_an_output_without_commands_is_refused() -> None:
    with pytest.raises(ValueError, match="without commands"):
        steps_of("```output\n作成しました\n```")


_TABLE = """\
| 用語 | 説明 |
|---|---|
| 指標 | 数 |

<!-- type: みどり市/計画.xlsx 指標 -->

| 戦略計画 | 名称 |
|---|---|
| 子育て | 定員<br>（人） |
| | 待機児童 |
"""


def test_tables_that_people_type_are_steps_and_others_are_not() -> None:
    (step,) = steps_of(_TABLE)

    assert step == Typing(
        7,
        "みどり市/計画.xlsx",
        "指標",
        (("戦略計画", "名称"), ("子育て", "定員\n（人）"), ("", "待機児童")),
    )


def test_what_is_typed_stands_below_its_titles_or_beside_its_item(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["指標"], ["書き方"], ["記号", "戦略計画", "名称"], ["p1", "前の計画", "前の指標"]):
        book.active.append(row)
    for row in (["項目", "内容"], ["自治体名"], ["発行者"]):
        (book["基本"] if "基本" in book.sheetnames else book.create_sheet("基本")).append(row)
    book.save(tmp_path / "計画.xlsx")

    rows = (("戦略計画", "名称"), ("子育て", "定員"), ("", "待機児童"))
    type_rows(tmp_path / "計画.xlsx", "Sheet", rows)
    type_rows(tmp_path / "計画.xlsx", "基本", (("項目", "内容"), ("発行者", "市")))

    typed = load_workbook(tmp_path / "計画.xlsx")
    assert [*typed["Sheet"].values][4:] == [(None, "子育て", "定員"), (None, None, "待機児童")]
    assert [*typed["基本"].values] == [("項目", "内容"), ("自治体名", None), ("発行者", "市")]


# --- settings --------------------------------------------------------------------

_SECTION = re.compile(r"^## (?:`\[(?P<name>\w+)\]`|(?P<first>はじめの項目))", re.MULTILINE)
_ROW = re.compile(r"^\| `(?P<key>\w+)` \|.*\| (?P<default>[^|]*) \|$", re.MULTILINE)
_CODE = re.compile("`([^`]*)`")
REQUIRED = "必ず書きます"


def _documented() -> dict[str, dict[str, str]]:
    """What the page says of each section's keys when they are left out."""
    text = (HANDBOOK / "settings.md").read_text(encoding="utf-8")
    titles = [*_SECTION.finditer(text)]
    ends = [*(title.start() for title in titles[1:]), len(text)]
    return {
        title["name"] or "": {
            row["key"]: row["default"] for row in _ROW.finditer(text, title.end(), end)
        }
        for title, end in zip(titles, ends, strict=True)
    }


def _sections() -> dict[str, type[BaseModel]]:
    """The sections of the settings' file that are models of their own."""
    fields = SettingsFile.model_fields
    found = {name: _model(field.annotation) for name, field in fields.items()}
    return {"": SettingsFile, **{name: model for name, model in found.items() if model}}


def _model(annotation: Any) -> type[BaseModel] | None:
    choices = getattr(annotation, "__args__", (annotation,))
    return next((each for each in choices if _is_model(each)), None)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


@pytest.mark.parametrize("section", _sections(), ids=lambda name: name or "first")
def test_every_setting_is_documented_with_its_default(section: str) -> None:
    fields = {
        name: field
        for name, field in _sections()[section].model_fields.items()
        if section or not (_model(field.annotation) or name == "evaluation")
    }
    said = _documented()[section]

    assert set(said) == set(fields)
    for name, field in fields.items():
        if field.is_required():
            assert said[name] == REQUIRED, name
        else:
            code = _CODE.match(said[name])
            written = tomllib.loads(f"value = {code[1]}")["value"] if code else None
            assert written == field.default, name


def test_every_section_is_documented() -> None:
    assert {*_documented()} == {*_sections(), "evaluation"}


def _toml_blocks(page: str) -> list[str]:
    text = (HANDBOOK / page).read_text(encoding="utf-8")
    return re.findall(r"```toml\n(.*?)```", text, re.DOTALL)


def test_the_example_of_settings_can_be_read(tmp_path: Path) -> None:
    (example,) = _toml_blocks("settings.md")
    (tmp_path / "report.toml").write_text(example, encoding="utf-8")

    assert load_settings(tmp_path).review is not None


@pytest.mark.parametrize("example", _toml_blocks("evaluation.md"))
def test_the_examples_of_schemes_can_be_used(example: str) -> None:
    assert criteria_from_settings(tomllib.loads(example)["evaluation"])


def test_every_scheme_and_every_test_is_told() -> None:
    page = (HANDBOOK / "evaluation.md").read_text(encoding="utf-8")
    lacking = {name for name in (*SCHEMES, *Test, *Measured) if f"`{name}`" not in page}
    assert {name for name in lacking if f'`"{name}"`' not in page} == set()


# --- the plan's file -------------------------------------------------------------


def _catalogue_page() -> str:
    return (HANDBOOK / "catalogue.md").read_text(encoding="utf-8")


def test_the_example_of_a_plan_can_be_read(tmp_path: Path) -> None:
    example, *_ = re.findall(r"```json\n(.*?)```", _catalogue_page(), re.DOTALL)
    (tmp_path / "catalogue.json").write_text(example, encoding="utf-8")

    assert [*load_catalogue(tmp_path / "catalogue.json").indicators()]


def test_every_kind_of_target_is_explained() -> None:
    assert _explained("kind") == {str(kind): kind.facts.meaning for kind in TargetKind}


def test_every_column_of_a_layout_is_explained() -> None:
    page = _catalogue_page()

    assert [name for name in LayoutName if f"`{name}`" not in page] == []
    # with its words, which titles of the file and headings of tables are
    assert [name for name, word in DETAIL_WORDS.items() if f"| `{name}` | {word}" not in page] == []


def test_every_kind_of_change_is_explained() -> None:
    schema = json.loads(catalogue_schema())
    changes = (each["properties"].get("change") for each in schema["$defs"].values())

    assert {*_explained("change")} == {each["const"] for each in changes if each}


def _explained(item: str) -> dict[str, str]:
    """The values that the table under this item explains, each with its meaning."""
    table = _catalogue_page().partition(f"\n| `{item}` |")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE))


def test_every_column_of_a_layout_has_an_example_in_the_recipe() -> None:
    page = (HANDBOOK / "table.md").read_text(encoding="utf-8")
    named = "".join(line.split("|")[2] for line in page.splitlines() if line.startswith("|"))

    assert [name for name in LayoutName if f"`{name}`" not in named] == []
