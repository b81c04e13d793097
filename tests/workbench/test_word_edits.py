"""Word で直した文: shown side by side before it is written, then written as pull writes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from kpireport.pulling import pull
from kpireport.sources.package_kinds import EDITED_WORD
from kpireport.workbench.jobs import JobState
from kpireport.workbench.pages.word_edits import own_name
from tests.pulling.edited import (
    built,
    control,
    edited,
    find_text,
    typed,
    with_part,
    word_of,
    write,
    write_into,
)
from tests.workbench.windows import Window, said

EDITS = "/reports/2021/edits"
NAME = "直した案.docx"
KPI = "重要業績評価指標の実績"


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Window]:
    """A window on a draft whose Word file somebody edits."""
    write(tmp_path / "町")
    opened = Window(tmp_path / "町")
    yield opened
    opened.close()


def drop(window: Window, data: bytes, name: str = NAME) -> Response:
    """Drop a file on the page; return what is told of the job."""
    answer = window.post(EDITS, files=[("word", (name, data))])
    return window.get(answer.url.path)


def found(window: Window, data: bytes, name: str = NAME) -> str:
    """Drop a file, and return the address of what was found in it."""
    job = drop(window, data, name)
    assert JobState.DONE in said(job), said(job)
    return f"{EDITS}/{job.url.path.rpartition('/')[2]}"


def inputs(town: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in town.rglob("*") if each.is_file()}


def with_a_figure(root: Any) -> None:
    """An edit that can be taken, and one of a number that cannot."""
    write_into(control(root, "issues:p1:2021"), "用地がない。")
    find_text(root, "98.6％", KPI).text = "99.9％"


def test_what_would_be_written_is_shown_and_written_as_pull_does(
    ready: Window, tmp_path: Path
) -> None:
    twin = tmp_path / "町と同じ"
    shutil.copytree(tmp_path / "町", twin)
    before = inputs(tmp_path / "町")
    data = typed("issues:p1:2021", "土地がなく、探しています。")
    address = found(ready, data)
    page = ready.page(address)
    assert inputs(tmp_path / "町") == before
    words = said(page)
    for each in ("書き戻せる文（1件）", "actuals.xlsx：計画コメント!E2", "土地がない。", NAME):
        assert each in words
    assert "土地がなく、探しています。" in words
    answer = ready.post(address)
    assert "1件を actuals.xlsx に書き戻しました" in said(answer)
    (tmp_path / NAME).write_bytes(data)
    pull(tmp_path / NAME, twin / "2021", apply=True)
    assert inputs(tmp_path / "町") == inputs(twin) != before


def test_what_is_another_in_long_texts_is_marked(tmp_path: Path) -> None:
    text = "増設の計画は令和二年度に決まり、工事は翌年の春から始まる予定です。"
    report = write(tmp_path / "町", comments=[["p1", None, 2021, None, text, None]])
    window = Window(tmp_path / "町")

    def change(root: Any) -> None:
        write_into(control(root, "issues:p1:2021"), text.replace("翌年の春", "翌年の秋"))

    page = window.page(found(window, edited(change, word_of(report))))
    assert [each.text for each in page.iter("del")] == ["春"]
    assert [each.text for each in page.iter("ins")] == ["秋"]
    window.close()


def test_refusals_are_shown_beside_and_keep_everything_from_being_written(
    ready: Window, tmp_path: Path
) -> None:
    before = inputs(tmp_path / "町")
    data = edited(with_a_figure)
    address = found(ready, data)
    words = said(ready.page(address))
    for each in (
        "書き戻せないところ（1か所）",
        "98.6％",
        "99.9％",
        "枠の外の文や数です",
        "用地がない。",
    ):
        assert each in words
    assert "何も書き込んでいません" in said(ready.post(address))
    assert inputs(tmp_path / "町") == before
    told = said(ready.post(address, {"keep_refused": "1"}))
    assert "1か所、Word に残っています" in told
    after = inputs(tmp_path / "町")
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"actuals.xlsx", "actuals（書き戻し前）.xlsx"}


def test_an_unedited_file_has_nothing_to_write(ready: Window, tmp_path: Path) -> None:
    before = inputs(tmp_path / "町")
    address = found(ready, built())
    assert "書き戻すものはありません" in said(ready.page(address))
    assert "書き戻すものはありません" in said(ready.post(address))
    assert inputs(tmp_path / "町") == before


def test_what_changed_meanwhile_is_not_overwritten(ready: Window, tmp_path: Path) -> None:
    address = found(ready, typed("issues:p1:2021", "用地がない。"))
    actuals = tmp_path / "町" / "2021" / "actuals.xlsx"
    actuals.write_bytes(with_part(actuals.read_bytes(), "mimetype", b"x"))
    before = inputs(tmp_path / "町")
    answer = ready.post(address)
    assert answer.status_code == 409
    assert "ほかの人が書き換えました" in said(answer)
    assert inputs(tmp_path / "町") == before


def test_the_same_is_not_written_twice(ready: Window, tmp_path: Path) -> None:
    address = found(ready, typed("issues:p1:2021", "用地がない。"))
    ready.post(address)
    before = inputs(tmp_path / "町")
    assert ready.post(address).status_code == 409
    assert inputs(tmp_path / "町") == before


def test_without_a_file_nothing_begins(ready: Window) -> None:
    assert "選ばれていません" in said(ready.post(EDITS))
    assert ready.desk.jobs.unfinished == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "ファイルが空です"),
        (b"%PDF-1.7\n", "ではありません"),
        (built()[:4000], "壊れています"),
        (with_part(built(), "word/document.xml", b"<!DOCTYPE d [<!ENTITY a 'b'>]><d>&a;</d>"), ""),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "保存してください"),
    ],
    ids=["empty", "another", "cut", "entities", "old"],
)
def test_hostile_files_are_refused_in_words(
    data: bytes, told: str, ready: Window, tmp_path: Path
) -> None:
    before = inputs(tmp_path / "町")
    job = drop(ready, data)
    words = said(job)
    assert JobState.FAILED in words
    assert "プログラムの誤り" not in words
    assert NAME in words
    assert told in words
    assert inputs(tmp_path / "町") == before


def test_a_file_that_is_too_large_is_refused(ready: Window) -> None:
    data = built() + bytes(EDITED_WORD.largest_file)
    words = said(drop(ready, data))
    assert JobState.FAILED in words
    assert "100 MB を超えます" in words


def test_a_plans_edition_takes_nothing(tmp_path: Path) -> None:
    report = write(tmp_path / "町")
    settings = report / "report.toml"
    settings.write_text(
        'edition = "plan"\ncatalogue = "../catalogue.json"\ndate = 2020-04-01\n'
        '[output]\nname = "計画"\n',
        encoding="utf-8",
    )
    window = Window(tmp_path / "町")
    assert "Wordファイルからは書き戻せません" in said(drop(window, built()))
    window.close()


def test_what_was_found_is_that_reports_alone(ready: Window, tmp_path: Path) -> None:
    address = found(ready, built())
    shutil.copytree(tmp_path / "町" / "2021", tmp_path / "町" / "2020")
    assert ready.get(address.replace("2021", "2020")).status_code == 404
    assert ready.get(address.replace("edits", "differences")).status_code == 404
    assert ready.get(f"{EDITS}/nothing").status_code == 404


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\案\\直した.docx", "直した.docx"),
        ("../../etc/直した.docx", "直した.docx"),
        ("", "Word のファイル"),
        ("..", "Word のファイル"),
    ],
)
def test_only_the_last_part_of_a_name_is_shown(given: str, shown: str) -> None:
    assert own_name(given) == shown
