"""Settling what is to be confirmed (要確認): ids into ``accept`` of the settings.

Comes in: a report folder, ids, a board's workbook with ticks. Goes out: the settings with the
ids, their comments and order as they were. Everything that cannot be accepted is told at
once, and nothing is written then. What was accepted before stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import fold_width
from kpireport.domain.places import commented
from kpireport.editing.toml_items import with_accepted
from kpireport.errors import Problem
from kpireport.files import NewFile, write_files
from kpireport.findings import Findings, refuse
from kpireport.messages import UNPRINTABLE, did_you_mean, quoted
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.years_in_force import ending_of_plan, not_in_force
from kpireport.status.boards import Board
from kpireport.status.saving import is_board
from kpireport.status.surveying import board_of
from kpireport.status.ticks import Tick, read_ticks


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of it.

    Attributes:
        settings_file: where it was written.
        added: what the settings accept now and did not before, by id: its questions.
        before: ids that they accepted already.
        passed: ticks on what is not asked any more.
        open: what is still to be confirmed, and can be accepted.
    """

    settings_file: Path
    added: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    passed: tuple[Tick, ...] = ()
    open: tuple[Problem, ...] = ()


def accept(
    report_dir: Path | str,
    ids: Sequence[str] = (),
    *,
    board: Path | str | None = None,
    note: str = "",
) -> Accepted:
    """Accept what somebody has confirmed; without anything, tell what is to be confirmed.

    Args:
        report_dir: the folder of a review's ``report.toml``.
        ids: indicators, numeric targets and plans whose odd values are right.
        board: a workbook that ``check`` wrote, with ticks.
        note: who confirmed it and how: a comment in the settings, behind each of ``ids``.

    Raises:
        InputError: an id or a tick cannot be accepted, or the inputs cannot be read; with
            everything that is wrong.
        OutputError: the settings cannot be written; they are as they were.
    """
    report = Report.open(report_dir, with_notices=True)
    data = report.settings_file.read_bytes()
    report.inspected()
    review = report.settings.review
    if review is None:
        refuse(
            report.settings_file,
            "実績版ではないので、確かめるところはありません。",
            "年度のフォルダーを指定してください。",
            place="edition",
        )
    asked = _questions(board_of(report))
    log = Findings("")
    remark = _remark(note, log)
    wanted = dict.fromkeys(map(fold_width, ids), remark)
    _check_ids(wanted, report, log)
    passed: list[Tick] = []
    if board is not None:
        ticks = read_ticks(Path(board), review.fiscal_year, log)
        ticked = _Ticked(Path(board), asked, review.accepted, log)
        wanted |= ticked.accepted(ticks, besides=wanted)
        passed = ticked.passed
    log.settle()
    new = {id_: each for id_, each in wanted.items() if id_ not in review.accepted}
    if new:
        write_files([NewFile(report.settings_file, with_accepted(data, new), before=data)])
    return Accepted(
        settings_file=report.settings_file,
        added={id_: asked.get(id_, ()) for id_ in new},
        before=tuple(id_ for id_ in wanted if id_ in review.accepted),
        passed=tuple(passed),
        open=tuple(
            each for id_, questions in asked.items() if id_ not in new for each in questions
        ),
    )


def find_boards(report_dir: Path | str, *besides: Path) -> list[Path]:
    """Find the boards in a report's folder, and in further ones: workbooks that check wrote."""
    folders = dict.fromkeys(each.absolute() for each in (Path(report_dir), *besides))
    return [
        path
        for folder in folders
        for path in sorted(folder.glob("*.xlsx"))
        if not path.name.startswith("~$") and path.is_file() and is_board(path)
    ]


def _questions(board: Board) -> dict[str, tuple[Problem, ...]]:
    """What can be accepted, by the id that settles it."""
    asked: dict[str, tuple[Problem, ...]] = {}
    for each in board.warnings:
        if each.settled_by:
            asked[each.settled_by] = (*asked.get(each.settled_by, ()), each)
    return asked


def _remark(note: str, log: Findings) -> str:
    remark = in_one_line(note.strip())
    if bad := UNPRINTABLE.search(remark):
        log.of("確かめた理由").add(
            "",
            f"使えない文字（U+{ord(bad[0]):04X}）があります。",
            "見えない文字を消して、書き直してください。",
        )
        return ""
    return remark


def _check_ids(ids: Collection[str], report: Report, log: Findings) -> None:
    """Note ids that the plan does not have, or has no more in the year."""
    history, year = report.history, report.review_settings.fiscal_year
    plans = {each.id for known in (report.catalogue, report.plan) for each in commented(known)}
    for id_ in ids:
        about = log.of(id_)
        if id_ in plans:
            if ended := ending_of_plan(history, id_, year):
                about.add("", *ended)
        elif id_ not in history.ids():
            about.add(
                "",
                f"記号が{quoted(id_)}の指標は、計画にありません。",
                did_you_mean(id_, (*history.ids(), *plans)),
            )
        elif history.find(id_, year) is None:
            about.add("", *not_in_force(history, id_, year))


@dataclass(slots=True)
class _Ticked:
    """Holds the ticks of a board against what is asked today."""

    path: Path
    asked: Mapping[str, Sequence[Problem]]
    before: Collection[str]
    log: Findings
    passed: list[Tick] = field(default_factory=list)

    def accepted(self, ticks: Sequence[Tick], *, besides: Collection[str]) -> dict[str, str]:
        """The remarks by the ids that are to be accepted.

        An id settles all questions of its row: each of them has to be ticked, or the id to
        be among ``besides``, which somebody gave.
        """
        by_id: dict[str, list[Tick]] = {}
        for each in ticks:
            by_id.setdefault(each.id, []).append(each)
        found = {}
        for id_, its in by_id.items():
            if id_ in self.before:
                found[id_] = ""
            elif id_ in self.asked:
                if id_ not in besides:
                    self._check_rest(id_, its)
                found[id_] = "、".join(dict.fromkeys(filter(None, (one.remark for one in its))))
            else:
                self.passed += its
        return {id_: remark for id_, remark in found.items() if id_ not in besides}

    def _check_rest(self, id_: str, ticks: Sequence[Tick]) -> None:
        ticked = {plain_name(each.what) for each in ticks}
        left = [each for each in self.asked[id_] if plain_name(each.what) not in ticked]
        for each in left:
            self.log.of(self.path).add(
                ticks[0].place,
                f"{quoted(id_)}には、印の付いていないところもあります：{each.what}",
                "それも確かめて印を付けるか、直してください。古いブックなら、作り直してください。",
            )
