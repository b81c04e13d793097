"""What a look finds, and all of it as a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from kpireport.errors import Problem, Severity
from kpireport.quickly import dataclass

_NOTHING_OF_YOURS = (
    "この文には、報告書の中身、計画や人の名前、フォルダーの場所は入っていません。"
    "詳しい人に送れます。"
)

CHECK_INPUTS = "入力を調べ、示されたところを直してください。"
"""The remedy where faults are counted: whoever tells them quotes what people wrote."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is that a problem tells of, by its name: for whoever asked.

    Attributes:
        what: the problem's sentence.
        paths: the files and folders; they are in no text that is sent.
    """

    what: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at.

    Attributes:
        subject: what it is, in words: 書体.
        found: what there is of it, in words.
        problems: what is wrong with it; their file is the subject.
        report: the folder of the report that it is about; ``None`` of anything else. It is for
            whoever asked, and in no text.
        spots: where its problems are, as far as they are not of a report; likewise.
    """

    subject: str
    found: str
    problems: tuple[Problem, ...] = ()
    report: Path | None = None
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Checkup:
    """Everything that was looked at, in the order in which it was.

    Attributes:
        points: what was found of each.
        moment: when.
    """

    points: tuple[Point, ...]
    moment: dt.datetime

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended."""
        return tuple(self._problems(Severity.ERROR))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What deserves a second look."""
        return tuple(self._problems(Severity.WARNING))

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where problems are whose texts hide it."""
        return tuple(spot for point in self.points for spot in point.spots)

    @property
    def reports(self) -> tuple[Path, ...]:
        """The folders of the reports that were looked at."""
        return tuple(each.report for each in self.points if each.report is not None)

    @property
    def reports_to_check(self) -> tuple[Path, ...]:
        """The folders of those whose inputs have faults that are counted here, not told."""
        return tuple(
            each.report
            for each in self.points
            if each.report is not None
            and any(problem.remedy == CHECK_INPUTS for problem in each.problems)
        )

    def _problems(self, severity: Severity) -> Iterator[Problem]:
        for point in self.points:
            yield from (each for each in point.problems if each.severity is severity)

    @property
    def verdict(self) -> str:
        """What was found, as one sentence."""
        counts = (("直すところ", len(self.errors)), ("確かめるところ", len(self.warnings)))
        told = "、".join(f"{words}が{count}か所" for words, count in counts if count)
        return f"{told}あります。" if told else "直すところはありません。"

    def __str__(self) -> str:
        """Everything as a text that can be sent to whoever helps."""
        parts = [f"kpireport の点検（{_told(self.moment)}）\n{self.verdict}"]
        for heading, problems in (("直すところ", self.errors), ("確かめるところ", self.warnings)):
            if problems:
                parts.append("\n\n".join((f"■ {heading}", *map(str, problems))))
        parts.append("\n".join(("■ 調べたこと", *_lines(self.points))))
        parts.append(_NOTHING_OF_YOURS)
        return "\n\n".join(parts)


def _told(moment: dt.datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def _lines(points: Iterable[Point]) -> Iterator[str]:
    for each in points:
        yield f"{each.subject}: {each.found}"
