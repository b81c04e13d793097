"""What is typed in the form of settings: each item is one of the file's, with all its choices."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest

from kpireport.sources.settings import SettingsFile
from kpireport.sources.settings_items import SettingItem, SettingKind, setting_groups

ITEMS = [item for group in setting_groups({}) for item in group.items]


def annotation(item: SettingItem) -> object:
    model: object = SettingsFile
    for step in item.place:
        models = [model, *get_args(model)]
        (fields,) = (each.model_fields for each in models if hasattr(each, "model_fields"))
        assert step in fields, item.key
        model = fields[step].annotation
    return model


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_items_are_those_of_the_file(item: SettingItem) -> None:
    kind = annotation(item)
    if item.kind in (SettingKind.CHOICE, SettingKind.CHOICES):
        (choices,) = (
            each
            for each in (kind, *get_args(kind), *(x for y in get_args(kind) for x in get_args(y)))
            if isinstance(each, type) and issubclass(each, Enum)
        )
        assert [str(each) for each in choices] == [*item.words]
    else:
        expected = {SettingKind.LINES: "list", SettingKind.SWITCH: "bool"}.get(item.kind, "")
        assert expected in str(kind)


def test_keys_are_no_others() -> None:
    assert len({each.key for each in ITEMS}) == len({each.title for each in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_what_is_usual_says_what_the_file_leaves_out(item: SettingItem) -> None:
    assert item.text({}) == item.usual
    assert item.text(dict.fromkeys(item.place[:1], 5)) in ("5", item.usual)


def test_texts_become_values_of_the_file() -> None:
    by_key = {each.key: each for each in ITEMS}
    assert by_key["date"].value("令和４年９月１日") == dt.date(2022, 9, 1)
    assert by_key["date"].value("いつか") == "いつか"
    assert by_key["collection.deadline"].value("") is None
    assert by_key["review.results"].value(" 一 \n\n二") == ["一", "二"]
    assert by_key["review.sample"].value("true") is True
    assert by_key["review.results"].text({"review": {"results": ["一", "二"]}}) == "一\n二"
    assert by_key["review.sample"].text({"review": {"sample": True}}) == "true"


def test_the_first_settings_name_every_item() -> None:
    """Whoever has only a text editor finds each item, with what it is for, in the file."""
    import kpireport.collection

    folder = Path(kpireport.collection.__file__).parent
    text = (folder / "report-template.toml").read_text("utf-8")
    text += (folder / "next_settings.py").read_text("utf-8")
    assert [each.key for each in ITEMS if f"{each.place[-1]} = " not in text] == []
