"""What a style of a Word file has, its own or inherited, read from the XML alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.writers.docx.reader import W, value


@dataclass(frozen=True)
class Styles:
    """The styles of a file by their ids."""

    by_id: Mapping[str, Any]
    defaults: Any

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> Styles:
        root = parts["word/styles.xml"]
        by_id = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        return cls(by_id, root.find(f"{W}docDefaults"))

    def chain(self, style_id: str) -> Iterator[str]:
        """Yield a style's id and those of the styles that it is based on."""
        while style_id:
            yield style_id
            style_id = value(self.by_id[style_id], "basedOn")

    def has(self, style_id: str, path: str, attribute: str = "val") -> str:
        """Return what a style has, be it from another or from the defaults."""
        kind = f"{path.split('/')[0]}Default"
        places = [self.by_id[each] for each in self.chain(style_id)]
        for place in (*places, self.defaults.find(f"{W}{kind}")):
            found = value(place, path, attribute)
            if found:
                return found
        return ""

    def names(self, ids: set[str]) -> set[str]:
        """Return the names of styles."""
        return {value(self.by_id[each], "name") for each in ids}

    def followers(self, name: str) -> set[str]:
        """Return the names of the style and of all that are based on it."""
        ids = {each for each in self.by_id if name in self.names(set(self.chain(each)))}
        return self.names(ids)
