"""Mails that remind: to whom, what is missing or to be confirmed, by when, whom to ask.

Comes in: a board. Goes out: for each department that has something left to do, a subject
line and a text that can be sent as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.editions import SAMPLE_NOTICE
from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import write_numerals
from kpireport.domain.units import with_unit
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import REASON
from kpireport.status.boards import Board, DepartmentStatus, MeasureState, MeasureStatus
from kpireport.status.words import (
    SIGNATURE,
    deadline_day,
    heading,
    measure_name,
    year_name,
)

_RULE = "=" * 60


@dataclass(frozen=True, slots=True)
class Reminder:
    """One mail: the department, the subject line (件名) and the text."""

    department: str
    subject: str
    body: str


def reminders(board: Board) -> tuple[Reminder, ...]:
    """Write to the departments that have not reported all, or whose values look odd.

    What no department is known to report has none to write to.
    """
    return tuple(
        Reminder(each.name, _subject(board, each), "\n".join(_body(board, each)))
        for each in board.departments
        if each.name and (_missing(each) or _doubts(each) or each.questions or each.to_mend)
    )


def reminders_text(board: Board) -> str:
    """Return all reminders as one plain text, each to be cut out between two rules."""
    lines = [f"{heading(board)}：催促文（{SIGNATURE} で作成）"]
    found = reminders(board)
    if not found:
        lines += ["", "催促するところはありません。"]
    for each in found:
        lines += ["", _RULE, f"宛先：{each.department}", f"件名：{each.subject}", "", each.body]
    return "\n".join(lines) + "\n"


def _missing(department: DepartmentStatus) -> tuple[MeasureStatus, ...]:
    """What it has not sent; nothing where what it has sent cannot be read, or is not chosen."""
    if department.is_all_refused or department.is_undecided:
        return ()
    return department.of(MeasureState.UNREPORTED)


def _doubts(department: DepartmentStatus) -> tuple[MeasureStatus, ...]:
    """What to ask about: values that look odd, and such as cannot be read."""
    returned = {*department.refusals}
    return tuple(each for each in department.measures if {*each.problems} - returned)


def _subject(board: Board, department: DepartmentStatus) -> str:
    year = year_name(board)
    if department.to_mend:
        return f"{year}実績の報告の修正について（お願い）"
    if not _missing(department):
        return f"{year}実績の内容の確認について（お願い）"
    return f"{year}実績の報告について（お願い）"


def _body(board: Board, department: DepartmentStatus) -> Iterator[str]:
    missing, doubts = _missing(department), _doubts(department)
    yield f"{department.name}　ご担当者様"
    yield ""
    yield (
        f"お世話になっております。{board.contact}です。"
        if board.contact
        else ("お世話になっております。")
    )
    yield from _request(board, department)
    if department.to_mend:
        yield ""
        yield from _list_refusals(board, department)
    if missing:
        yield ""
        yield from _list_missing(board, department, missing)
    if doubts or department.questions:
        yield ""
        yield from _list_doubts(board, department, doubts)
    yield ""
    if missing:
        yield (
            f"報告できない事情があるときは、実績を空欄にし、「{REASON}」の欄に"
            "その事情をお書きください。"
        )
    yield "行き違いですでにご対応いただいていましたら、ご容赦ください。"
    if board.contact:
        yield ""
        yield f"【照会先】{board.contact}"
    if board.is_sample:
        yield ""
        yield f"（{SAMPLE_NOTICE}）"


def _request(board: Board, department: DepartmentStatus) -> Iterator[str]:
    about = f"「{board.title}」の{year_name(board)}の実績について、"
    missing = _missing(department)
    if department.to_mend:
        yield f"{about}ご報告いただきありがとうございます。"
        yield "お送りいただいたブックに、取り込めなかったところがありました。"
        yield "お手数ですが、次のところを直して、もう一度お送りくださいますようお願いいたします。"
        if missing:
            more = "あわせて、まだいただいていない指標のご報告もお願いいたします。"
            yield board.words.put_into(more)
        return
    if not missing:
        yield f"{about}ご報告いただきありがとうございます。"
        yield "お手数ですが、次の内容をご確認のうえ、ご返答くださいますようお願いいたします。"
        return
    yield f"{about}次の{board.words.indicator}のご報告をまだいただいていません。"
    late = board.deadline and board.today and board.today > board.deadline
    if late:
        yield f"回答期限の{deadline_day(board)}を過ぎております。"
    when = "至急" if late else f"{deadline_day(board)}までに" if board.deadline else ""
    yield f"お忙しいところ恐れ入りますが、{when}ご報告くださいますようお願いいたします。"


def _list_missing(
    board: Board, department: DepartmentStatus, missing: tuple[MeasureStatus, ...]
) -> Iterator[str]:
    every = len(department.measures)
    count = write_numerals(f"{every}件のうち{len(missing)}件", board.numerals)
    yield f"■ ご報告をお願いするもの（{count}）"
    for each in missing:
        yield f"・{measure_name(each)}"
        before = f"前{board.words.year}の実績"
        yield f"　　{board.words.target}：{_target(each)}" + (
            f"　{before}：{in_one_line(each.previous)}" if each.previous else ""
        )


def _target(measure: MeasureStatus) -> str:
    """What is asked for, as the sheets say it: ``4,900百万円（最終 5,300百万円）``."""
    last, aim = (
        in_one_line(with_unit(text, measure.unit)) for text in (measure.target, measure.aim)
    )
    return f"{aim}（最終 {last}）" if aim else last


def _list_refusals(board: Board, department: DepartmentStatus) -> Iterator[str]:
    count = write_numerals(f"{len(department.to_mend)}か所", board.numerals)
    yield f"■ 修正をお願いするもの（{count}）"
    names = {each.id: measure_name(each) for each in department.measures}
    for each in department.to_mend:
        file = each.file.replace("\\", "/").rpartition("/")[2]
        yield f"・{names.get(each.measure_id) or each.about or file}"
        if each.place:
            yield f"　　場所：{each.place}（{file}）"
        yield f"　　{each.what}"
        yield f"　　→ {each.remedy}"


def _list_doubts(
    board: Board, department: DepartmentStatus, doubts: tuple[MeasureStatus, ...]
) -> Iterator[str]:
    told = department.refusals
    count = write_numerals(f"{len(doubts) + len(department.questions)}件", board.numerals)
    yield f"■ ご確認をお願いするもの（{count}）"
    for each in doubts:
        yield f"・{measure_name(each)}"
        yield from (f"　　{problem.what}" for problem in each.problems if problem not in told)
    for problem in department.questions:
        yield f"・{problem.about}"
        yield f"　　{problem.what}"
