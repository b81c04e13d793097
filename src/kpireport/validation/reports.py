"""What the validator says of a PDF, as data and in words for staff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpireport.quickly import dataclass
from kpireport.validation.meanings import rule_meaning

ACCESSIBLE = "ua1"
_SHOWN_PAGES = 10


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that a file breaks.

    ``rule`` is the clause of the standard and veraPDF's number of the test, as in
    ``7.3-1``; ``count`` how often it is broken; ``message`` the requirement in
    English; ``pages`` where, counted from 1, none for the document as a whole.
    """

    rule: str
    count: int
    message: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file conforms to one standard, and which rules it breaks.

    ``flavour`` is ``1a`` … ``3u`` of PDF/A (ISO 19005-1 to -3), or ``ua1`` for
    PDF/UA-1 (ISO 14289-1); ``checks`` counts what was looked at.
    """

    flavour: str
    conforms: bool
    checks: int
    failures: tuple[Failure, ...] = ()

    @property
    def standard(self) -> str:
        """The standard's name: ``PDF/A-2a`` or ``PDF/UA-1``."""
        return "PDF/UA-1" if self.flavour == ACCESSIBLE else f"PDF/A-{self.flavour}"

    def __str__(self) -> str:
        if self.conforms:
            return f"{self.standard}: 適合しています"
        lines = [
            f"{self.standard}: 適合していません（満たしていない決まり{len(self.failures)}種類）"
        ]
        for failure in self.failures:
            meaning = rule_meaning(self.flavour, failure.rule)
            lines.append(f"  {meaning or f'（英語の説明）{failure.message}'}")
            lines.append(f"    {failure.count}か所、{_where(failure)}（規格の項番 {failure.rule}）")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class PdfReport:
    """The verdicts on one file: PDF/A (ISO 19005), then PDF/UA-1 (ISO 14289-1)."""

    path: Path
    verdicts: tuple[Verdict, ...]

    @property
    def conforms(self) -> bool:
        """Whether the file conforms to all the standards."""
        return all(verdict.conforms for verdict in self.verdicts)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield str(self.path)
        for verdict in self.verdicts:
            for line in str(verdict).splitlines():
                yield f"  {line}"


def _where(failure: Failure) -> str:
    """Return the pages of a failure: 「3・5ページ目」, the first ten of them."""
    if not failure.pages:
        return "文書全体"
    pages = "・".join(map(str, failure.pages[:_SHOWN_PAGES]))
    return f"{pages}ページ目{'ほか' if len(failure.pages) > _SHOWN_PAGES else ''}"
