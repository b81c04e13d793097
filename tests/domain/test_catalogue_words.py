"""What a plan's labels make of goals' numbers."""

from __future__ import annotations

from dataclasses import replace

from tests.documents import real_catalogue


def test_a_number_that_says_its_word_is_not_called_by_it_twice() -> None:
    labels = replace(real_catalogue().labels, goal="政策")
    assert replace(labels, goal="分\n野").called("１") == "分野１"
    assert [labels.called(each) for each in ("政策１", "１", "")] == ["政策１", "政策１", "政策"]
