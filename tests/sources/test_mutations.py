"""However a catalogue is mangled, it is read or refused with reasons, never anything else."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import History
from kpireport.errors import InputError
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import sound
from tests.sources.revised import revised

REAL = json.loads((Path(__file__).parents[2] / "catalogue.json").read_text(encoding="utf-8"))

# words that mean something somewhere, so that a mutation reaches the checks of meaning
WORDS = (
    *("i1", "i2", "g1", "p1", "p01-01", "６か所", "年間226人", "80%", "―", "現状値から増加"),
    *("457床（115床増）※令和4年度", "21.9％以下（平成33年９月末）", "検討", "か所", "％", "年間"),
    *("at_most", "keep_at_least", "above_baseline", "new_count", "state", "baseline", "\u0000"),
    *("i4", "i3a", "p2", "gr", "end", "add", "move", "split", "rename", "target"),
    *("\ud800", "", "令和元年度", "9" * 400),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 3000),
    st.integers(),
    st.floats(),
    st.sampled_from(WORDS),
    st.text(max_size=20),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += nodes(value[key])
    return found


def mutate(data: st.DataObject, catalogue: Any) -> None:
    holder, key = data.draw(st.sampled_from(nodes(catalogue)))
    match data.draw(st.sampled_from(["replace", "remove", "copy", "add", "exchange"])):
        case "replace":
            holder[key] = data.draw(VALUES)
        case "remove":
            del holder[key]
        case "copy":
            other, other_key = data.draw(st.sampled_from(nodes(catalogue)))
            holder[key] = json.loads(json.dumps(other[other_key]))
        case "add" if isinstance(holder, dict):
            holder[data.draw(st.text(max_size=8) | st.sampled_from(WORDS))] = data.draw(VALUES)
        case _ if isinstance(holder, list):
            holder.insert(key, holder[-1])


def read(text: str) -> None:
    """Read the text as a catalogue; anything but a catalogue or reasons fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.json"
        path.write_text(text, encoding="utf-8")
        try:
            catalogue = load_catalogue(path)
            assert isinstance(catalogue, Catalogue)
            History(catalogue)  # what the checks let pass can be applied
        except InputError as error:
            for problem in error.problems:
                assert problem.what
                assert problem.remedy
                assert str(problem).encode()
                assert "の例と見比べて" not in problem.remedy, "a fault that has no words yet"


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_mangled_small_catalogue(data: st.DataObject):
    catalogue = sound()
    for _ in range(data.draw(st.integers(1, 4))):
        if nodes(catalogue):
            mutate(data, catalogue)
    read(json.dumps(catalogue))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mangled_revisions(data: st.DataObject):
    catalogue = revised()
    for _ in range(data.draw(st.integers(1, 3))):
        if nodes(catalogue["revisions"]):
            mutate(data, catalogue["revisions"])
    read(json.dumps(catalogue))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_mangled_real_catalogue(data: st.DataObject):
    catalogue = json.loads(json.dumps(REAL))
    mutate(data, catalogue)
    read(json.dumps(catalogue))


@given(VALUES)
@settings(deadline=None)
def test_any_json(value: Any):
    read(json.dumps(value))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_text_cut_or_overwritten_anywhere(data: st.DataObject):
    text = json.dumps(sound(), ensure_ascii=False)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 20, len(text))))
    filler = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
    read(text[:start] + filler + text[end:])
