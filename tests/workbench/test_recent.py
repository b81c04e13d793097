"""What was put in last is kept, and no more."""

from __future__ import annotations

from kpireport.workbench.recent import Recent


def test_the_first_that_was_put_in_is_gone() -> None:
    kept: Recent[str, int] = Recent(2)
    for number, key in enumerate("abacb"):
        kept[key] = number
    assert dict(kept) == {"c": 3, "b": 4}
