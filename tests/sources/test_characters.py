"""Characters that the fonts lack are found where they stand in the inputs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpireport.conductor import build, check
from kpireport.errors import InputError
from kpireport.sources.characters import find_characters
from tests.reports import SETTINGS, files_in, write_report


def test_every_string_with_the_character_is_named_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps({"a": ["よし", {"b": "𠮷野"}], "c": "吉𠮷"}), encoding="utf-8")
    found = list(find_characters(path, {"𠮷"}))
    assert [problem.place for problem in found] == ["a[1].b", "c"]
    assert "「𠮷」（U+20BB7）" in found[0].what


def test_a_character_of_a_catalogue_names_the_row(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    goal = {"id": "g1", "title": "よし", "plans": [{"id": "p1", "title": "𠮷のまち"}]}
    path.write_text(json.dumps({"goals": [goal]}), encoding="utf-8")
    (problem,) = find_characters(path, {"𠮷"})
    assert str(problem).startswith(f"{path}: goals[0].plans[0].title（𠮷のまち、記号 p1）\n")


def test_an_invisible_character_is_written_as_its_code(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text('[cover]\ncommittee = "会\u202e議"\n', encoding="utf-8")
    (problem,) = find_characters(path, {"\u202e"})
    assert problem.place == "cover.committee"
    assert "\u202e" not in str(problem)
    assert "会（U+202E）議" in problem.what


@pytest.mark.parametrize("run", [build, check])
def test_a_report_names_all_of_them_and_writes_nothing(run: object, tmp_path: Path) -> None:
    report = write_report(tmp_path, ("goals[0].title", "𠮷のまち"))
    settings = SETTINGS + '\n[cover]\ncommittee = "会議😀"\n'
    (report / "report.toml").write_text(settings, encoding="utf-8")
    before = files_in(report)
    with pytest.raises(InputError) as caught:
        run(report)  # type: ignore[operator]
    places = [(Path(each.file).name, each.place) for each in caught.value.problems]
    assert places == [("report.toml", "cover.committee"), ("catalogue.json", "goals[0].title")]
    assert files_in(report) == before
