"""The one collector of problems: what is noted, where, and how it is told."""

import pytest

from kpireport.errors import CellError, InputError, Severity
from kpireport.findings import Findings, refuse


def test_views_note_in_one_list_each_with_its_file_and_subject() -> None:
    found = Findings("report.toml")
    found.add("as_of", "a", "b")
    book = found.of("actuals.xlsx")
    book.about("受入率", "p01-02", "保育課").add("実績!D2", "c", "d")
    book.fault("", CellError("e", "f"))
    found.warn("review", "g", "h")
    assert [(each.file, each.about, each.measure_id, each.department) for each in found.errors] == [
        ("report.toml", "", "", ""),
        ("actuals.xlsx", "受入率", "p01-02", "保育課"),
        ("actuals.xlsx", "", "", ""),
    ]
    assert [each.severity for each in found.warnings] == [Severity.WARNING]
    assert found.problems == book.problems


def test_a_view_has_only_the_errors_since_it_was_taken() -> None:
    found = Findings("a")
    found.add("", "a", "b")
    row = found.about("x")
    row.warn("", "c", "d")
    assert found.has_errors
    assert not row.has_errors
    row.add("", "e", "f")
    assert row.has_errors


def test_a_warning_about_an_accepted_measure_is_not_noted() -> None:
    found = Findings("a", accepted=["p01"])
    found.about("", "p01").warn("", "a", "b")
    found.about("", "p02").warn("", "a", "b")
    found.about("", "p01").add("", "a", "b")
    assert [each.measure_id for each in found.problems] == ["p02", "p01"]
    assert [each.settled_by for each in found.warnings] == ["p02"]


def test_a_place_is_named_where_the_subject_has_no_name() -> None:
    found = Findings("a")
    found.naming = "何か:{}".format
    found.add("goals[0]", "a", "b")
    found.about("名").add("goals[0]", "a", "b")
    assert [each.about for each in found.errors] == ["何か:goals[0]", "名"]


def test_everything_is_told_together() -> None:
    def stage() -> None:
        stage_found = Findings("b")
        stage_found.warn("", "w", "x")
        stage_found.fail("", "c", "d")

    found = Findings("a")
    assert found.settled(1) == 1
    assert found.attempt(lambda: 2) == 2
    found.attempt(stage)
    with pytest.raises(InputError) as caught:
        found.fail("here", "e", "f")
    assert [each.file for each in caught.value.problems] == ["b", "a"]
    assert [each.what for each in caught.value.warnings] == ["w"]
    with pytest.raises(InputError):
        found.settle()


def test_one_fault_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="x\\\\n: here\n  a\n  → b"):
        refuse("x\n", "a", "b", place="here")
