"""What is made quickly is what ``dataclasses`` makes: as given, compared, frozen, replaced."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, InitVar, field, fields, is_dataclass, replace

import pytest

from kpireport.quickly import dataclass


@dataclasses.dataclass(frozen=True, slots=True)
class _Usual:
    """A quantity."""

    text: str
    unit: str = ""
    scale: str = field(default="", compare=False)
    notes: list[str] = field(default_factory=list, repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class _Quick:
    """A quantity."""

    text: str
    unit: str = ""
    scale: str = field(default="", compare=False)
    notes: list[str] = field(default_factory=list, repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class _Longer(_Quick):
    size: int = 0


@dataclass(slots=True)
class _Open:
    text: str
    length: int = field(init=False)
    seen: set[str] = field(init=False, default_factory=set)
    parent: _Open | None = None

    def __post_init__(self) -> None:
        self.length = len(self.text)


def test_it_has_the_fields_that_it_is_given():
    made = _Quick("12", scale="千")
    assert (made.text, made.unit, made.scale, made.notes) == ("12", "", "千", [])
    assert made.notes is not _Quick("12").notes  # each has its own
    assert made == _Quick("12") != _Quick("12", notes=["注"])
    assert hash(made) == hash(_Quick("12", notes=["注"])) == hash(_Usual("12"))
    assert replace(made, unit="人") == _Quick("12", "人") != made
    assert repr(made) == "_Quick(text='12', unit='', scale='千')"


def test_what_is_not_of_its_kind_is_not_equal_to_it():
    other: object = _Usual("12")
    assert _Quick("12") != other
    assert _Quick("12").__eq__("12") is NotImplemented


def test_it_stays_frozen_and_has_no_more_than_its_fields():
    made = _Quick("12")
    with pytest.raises(FrozenInstanceError, match="text"):
        made.text = "13"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="text"):
        del made.text
    assert made == _Quick("12")
    assert not hasattr(made, "__dict__")


def test_it_is_told_what_is_missing_and_what_it_has_no_field_for():
    with pytest.raises(TypeError, match=r"_Quick\.__init__\(\) .*'text'"):
        _Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="size"):
        _Quick("12", size=1)  # type: ignore[call-arg]


def test_what_asks_a_class_for_its_fields_is_told_the_same():
    quick, usual = inspect.signature(_Quick), inspect.signature(_Usual)
    assert list(quick.parameters) == list(usual.parameters)
    assert [each.annotation for each in quick.parameters.values()] == [
        each.annotation for each in usual.parameters.values()
    ]
    assert is_dataclass(_Quick)
    assert [each.name for each in fields(_Quick)] == [each.name for each in fields(_Usual)]
    assert (_Quick.__match_args__, _Quick.__doc__) == (_Usual.__match_args__, _Usual.__doc__)


def test_it_goes_through_pickles_and_copies():
    made = _Quick("12", "人", notes=["注"])
    for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert (again, again.notes) == (made, ["注"])


def test_one_goes_on_from_another():
    made = _Longer("12", "人", size=3)
    assert (made.text, made.unit, made.size) == ("12", "人", 3)
    assert made != _Longer("12", "人", size=4)
    with pytest.raises(FrozenInstanceError):
        made.text = "13"  # type: ignore[misc]


def test_one_that_may_change_is_finished_once_it_is_made():
    made = _Open("十二")
    made.seen.add("二")
    assert (made.length, made.seen, _Open("十二").seen) == (2, {"二"}, set())
    made.text = "二"
    assert made != _Open("十二")
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)
    made.parent = made
    assert repr(made) == "_Open(text='二', length=2, seen={'二'}, parent=...)"


def test_what_is_asked_for_otherwise_is_made_by_the_library():
    @dataclass(frozen=True, order=True, slots=True)
    class Ordered:
        size: int

    @dataclass(frozen=True)
    class Open:
        size: int

    @dataclass
    class Bare:
        size: int

    @dataclass(slots=True)
    class Own:
        size: int

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert Ordered(1) < Ordered(2)
    assert vars(Open(1)) == {"size": 1}
    assert vars(Bare(1)) == {"size": 1}
    assert Own(1) == Own(2)


def test_what_is_more_than_its_fields_is_refused():
    with pytest.raises(TypeError, match="Named"):

        @dataclass(frozen=True, slots=True)
        class Named:
            text: str = field(kw_only=True)

    with pytest.raises(TypeError, match="Given"):

        @dataclass(slots=True)
        class Given:
            text: InitVar[str]
