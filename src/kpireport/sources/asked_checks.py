"""What the columns of comments and answers mean together: keys, titles, choices, evaluators.

Comes in: the readable columns of the file, and what the plan calls a plan. Goes out:
problems in the log. Titles have to be told apart as a sheet's reader tells them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kpireport.findings import Findings
from kpireport.messages import quoted, which_key
from kpireport.sources.actuals_forms import ACTUALS, COMMENTS, ID, PLAN, YEAR, plan_title
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.asked_entries import (
    AnswerEntry,
    AnswerKind,
    AskedEntry,
    CommentEntry,
    EvaluatorEntry,
)
from kpireport.sources.catalogue_parts import Parts, Placed
from kpireport.sources.repeated import refuse_twice
from kpireport.sources.titled_tables import plain_title, whole_title

_RESERVED = ("explanation", "reason", "override", "introduction", "survey")
"""What names other texts in Word files: a text of that key would be taken for one."""

_BESIDE_ACTUALS = ("目標値", "現状値", "単位")
"""What else stands above columns of the sheets of actuals, for the eye."""

_TELL_APART = "区別できるように、どちらかを改めてください。"

_Asked = TypeVar("_Asked", bound=AskedEntry)


def check_asked(parts: Parts, plan_word: str, log: Findings) -> None:
    """Log everything in the columns that contradicts itself.

    Args:
        parts: what can be read of the file.
        plan_word: what the plan calls a plan, empty where that cannot be read.
        log: where to note it.
    """
    columns: list[Placed[CommentEntry] | Placed[AnswerEntry]] = [*parts.comments, *parts.answers]
    for column in columns:
        if column.entry.key in _RESERVED:
            what = f"{quoted(column.entry.key)}は、ほかの文に使っている名なので、使えません。"
            log.add(f"{column.place}.key", what, "別の名にしてください。")
    keys = ((f"{each.place}.key", each.entry.key) for each in columns)
    refuse_twice(keys, "名", _TELL_APART, log)
    _check_evaluators(parts.evaluators, log)
    names = {each.entry.key: each.entry.name for each in parts.evaluators}
    for column in columns:
        _check_by(column, names, log)
        refuse_twice(_words(column), "選択肢", _TELL_APART, log)
        if column.entry.is_mark and not column.entry.choices:
            log.add(
                f"{column.place}.is_mark",
                "評価として数える欄に、選択肢がありません。",
                "choices に評価の言葉を書いてください。",
            )
    own = {whole_title(plan_title(plan_word))} if plan_word else set()
    taken = own | {whole_title(each) for each in (ID, PLAN, YEAR)}
    _check_labels(parts.comments, names, taken, COMMENTS, log)
    titles = (*(each.title for each in ACTUALS.columns), *_BESIDE_ACTUALS)
    _check_labels(parts.answers, names, set(map(whole_title, titles)), ACTUALS.name, log)
    for answer in parts.answers:
        _check_kind(answer, log)


def _words(column: Placed[CommentEntry] | Placed[AnswerEntry]) -> Iterator[tuple[str, str]]:
    """Yield the words that are understood in a column, those of before they were renamed too."""
    for number, each in enumerate(column.entry.choices or ()):
        place = f"{column.place}.choices[{number}]"
        yield place, plain_name(each.word)
        yield from ((f"{place}.former[{n}]", plain_name(old)) for n, old in enumerate(each.former))


def _check_evaluators(evaluators: Sequence[Placed[EvaluatorEntry]], log: Findings) -> None:
    keys = ((f"{each.place}.key", each.entry.key) for each in evaluators)
    refuse_twice(keys, "名", _TELL_APART, log)
    names = ((f"{each.place}.name", plain_title(each.entry.name)) for each in evaluators)
    refuse_twice(names, "評価者の名前", _TELL_APART, log)


def _check_by(
    column: Placed[CommentEntry] | Placed[AnswerEntry], names: Mapping[str, str], log: Findings
) -> None:
    by = column.entry.by
    if by is None or by in names:
        return
    remedy = which_key(by, names) if names else "evaluators に評価者を書いてください。"
    log.add(f"{column.place}.by", f"{quoted(by)}という評価者はいません。", remedy)


def _check_kind(column: Placed[AnswerEntry], log: Findings) -> None:
    entry = column.entry
    for item, what, remedy in _contradictions(entry):
        log.add(f"{column.place}.{item}", what, remedy)


def _contradictions(entry: AnswerEntry) -> Iterator[tuple[str, str, str]]:
    kind, has_choices = entry.kind, bool(entry.choices)
    if has_choices and kind in (AnswerKind.AMOUNT, AnswerKind.TEXT):
        what = f"選択肢のある欄の種類が{quoted(kind)}です。"
        yield "kind", what, "選ぶ欄なら kind を消し、そうでなければ choices を消してください。"
    if not has_choices and kind is AnswerKind.CHOICE:
        yield "kind", "選ぶ欄に、選択肢がありません。", "choices に選ぶ言葉を書いてください。"
    if entry.unit and kind is not AnswerKind.AMOUNT:
        what = f"数の欄でないのに、単位{quoted(entry.unit)}があります。"
        yield (
            "unit",
            what,
            f"数の欄なら kind を{quoted(AnswerKind.AMOUNT)}とし、でなければ消してください。",
        )


def _check_labels(
    columns: Iterable[Placed[_Asked]],
    names: dict[str, str],
    taken: Collection[str],
    sheet: str,
    log: Findings,
) -> None:
    labels = []
    for column in columns:
        entry, place = column.entry, f"{column.place}.label"
        name = names.get(entry.by or "", "")
        label = whole_title(f"{name}：{entry.label}" if name else entry.label)
        labels.append((place, label))
        if label in taken:
            log.add(
                place,
                f"{quoted(entry.label)}は、{sheet}の見出しに使えません。",
                "ほかの列の見出しと区別できる言葉にしてください。",
            )
    refuse_twice(((place, label) for place, label in labels if label), "見出し", _TELL_APART, log)
