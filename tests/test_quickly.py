"""What is made quickly is what ``dataclasses`` makes: as given, compared, frozen, replaced."""

from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from kpireport.quickly import quickly_made


@dataclass(frozen=True, slots=True)
class _Plain:
    text: str
    unit: str = ""
    scale: str = field(default="", compare=False)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Quick:
    text: str
    unit: str = ""
    scale: str = field(default="", compare=False)


def test_it_has_the_fields_that_it_is_given():
    made = _Quick("12", scale="千")
    assert (made.text, made.unit, made.scale) == ("12", "", "千")
    assert made == _Quick("12")
    assert hash(made) == hash(_Quick("12"))
    assert replace(made, unit="人") == _Quick("12", "人")
    assert repr(made) == "_Quick(text='12', unit='', scale='千')"


def test_it_stays_frozen():
    with pytest.raises(FrozenInstanceError):
        _Quick("12").text = "13"  # type: ignore[misc]


def test_it_is_told_what_is_missing_and_what_it_has_no_field_for():
    with pytest.raises(TypeError, match="text"):
        _Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="size"):
        _Quick("12", size=1)  # type: ignore[call-arg]


def test_its_signature_is_the_same():
    assert inspect.signature(_Quick) == inspect.signature(_Plain)


def test_what_does_more_than_it_is_given_is_refused():
    @dataclass(frozen=True, slots=True)
    class Counted:
        found: list[str] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Checked:
        text: str

        def __post_init__(self) -> None:
            raise AssertionError

    for kind in (Counted, Checked):
        with pytest.raises(TypeError, match=kind.__name__):
            quickly_made(kind)
