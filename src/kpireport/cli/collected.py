"""What a collection found and did, in words for staff.

Comes in: a :class:`~kpireport.collection.outcomes.Collected`. Goes out: its report as plain
text: the files, what is to be corrected, what was corrected, who is still missing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from kpireport.collection.outcomes import (
    Change,
    ChangeKind,
    Choice,
    Collected,
    FileResult,
    Missing,
    Version,
)
from kpireport.collection.register import ReturnOutcome
from kpireport.errors import Problem
from kpireport.messages import shortened

_MOST_IGNORED = 5
_MOST_MISSING = 10


def collected_text(collected: Collected) -> str:
    """Return everything that was found and done, in the order in which staff need it."""
    blocks = [
        _new_workbook(collected),
        _files(collected),
        _problems("直すところ", collected.errors),
        _problems("確かめていただきたいところ", (*collected.warnings, *collected.kept)),
        *map(choice_text, collected.choices),
        _corrections(collected.changes),
        _additions(collected.changes),
        _refilled(collected),
        _edited(collected),
        _missing(collected.missing, collected.words.indicator),
        _conclusion(collected),
    ]
    return "\n\n".join(block for block in blocks if block)


def _new_workbook(collected: Collected) -> str:
    if not collected.is_new_workbook:
        return ""
    return (
        f"実績のブック（{collected.workbook}）がなかったので、空のものを作りました。\n"
        "前に使っていたものがあれば、それを元の場所に戻して、もう一度実行してください。"
    )


# --- the files -------------------------------------------------------------------


def _files(collected: Collected) -> str:
    lines = [f"調べたフォルダー: {collected.inbox}（{len(collected.files)}ファイル）"]
    lines += map(_file, collected.files)
    if not collected.files:
        lines.append("  返ってきたブック（.xlsx）がありません。")
    if collected.ignored:
        names = "、".join(shortened(each.name) for each in collected.ignored[:_MOST_IGNORED])
        more = "など" if len(collected.ignored) > _MOST_IGNORED else ""
        lines.append(f"  読まなかったもの（{len(collected.ignored)}ファイル）: {names}{more}")
    return "\n".join(lines)


def _file(file: FileResult) -> str:
    likely = f"{file.likely}（ファイルの名前から）" if file.likely else "課は不明"
    return f"  {file.department or likely}　{file.name}\n      {_fate(file)}"


def _fate(file: FileResult) -> str:
    if file.same_as:
        return f"{file.same_as} と同じ内容です（{file.outcome}）。"
    match file.outcome:
        case ReturnOutcome.SUPERSEDED:
            return "使わないと決めた版です。"
        case ReturnOutcome.UNDECIDED:
            return "ほかの版があるので、まだ取り込んでいません。"
        case ReturnOutcome.REFUSED:
            return f"取り込めません（直すところ{_errors(file)}か所）。"
        case ReturnOutcome.BLANK:
            return f"まだ何も記入されていません（未記入{file.blank}行）。"
    parts = [f"取り込み{file.taken}行", f"変わりなし{file.unchanged}行"]
    if file.blank:
        parts.append(f"未記入{file.blank}行")
    if errors := _errors(file):
        parts.append(f"直すところ{errors}か所")
    return "、".join(parts)


def _errors(file: FileResult) -> int:
    return sum(each.severity == "エラー" for each in file.problems)


def _problems(what: str, problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    return "\n\n".join([f"{what}が{len(problems)}か所あります。", *map(str, problems)])


# --- several versions ------------------------------------------------------------


def choice_text(choice: Choice) -> str:
    """Return a department's versions, numbered, each with what sets it apart."""
    lines = [
        f"{choice.department}のブックが{len(choice.versions)}つあり、内容が違います。",
        "どれを使うかが決まるまで、この課の分は取り込みません。",
    ]
    for number, version in enumerate(choice.versions, start=1):
        lines += _version(number, version)
    lines.append(
        f'  → 使うほうを選び、--use "{choice.versions[0].name}" のように付けて実行するか、'
    )
    lines.append("    使わないほうを受付のフォルダーから移して、もう一度実行してください。")
    return "\n".join(lines)


def _version(number: int, version: Version) -> Iterator[str]:
    saved = moment_words(version.modified)
    faults = f"、直すところ{version.faults}か所" if version.faults else ""
    in_use = "　いま使っている版" if version.is_in_use else ""
    yield f"  {number}  {version.name}（保存 {saved}、記入{version.answered}行{faults}）{in_use}"
    yield from (f"       {each}" for each in version.differences)


def moment_words(modified: str) -> str:
    """Return a file's time as people write it: ``2022年5月10日 9:30``."""
    try:
        moment = dt.datetime.fromisoformat(modified)
    except ValueError:
        return "日時不明"
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}"


# --- what was done ---------------------------------------------------------------


def _corrections(changes: Sequence[Change]) -> str:
    told_elsewhere = (ChangeKind.TAKEN, ChangeKind.ADDED, ChangeKind.REFILLED)
    corrected = [each for each in changes if each.kind not in told_elsewhere]
    if not corrected:
        return ""
    lines = [f"前の値を改めたところが{len(corrected)}か所あります。"]
    for each in corrected:
        lines.append(f"  {each.about or each.id}（{each.title}、{each.kind}）")
        if each.kind is ChangeKind.REPLACED:  # somebody's own words go: they may be wanted again
            lines += [f"      前: {each.old}", f"      後: {each.new}"]
        else:
            lines.append(f"      {shortened(each.old)} → {shortened(each.new)}")
        lines.append(f"      {each.file} の {each.place}")
    return "\n".join(lines)


def _additions(changes: Sequence[Change]) -> str:
    added = [each for each in changes if each.kind is ChangeKind.ADDED]
    if not added:
        return ""
    lines = [f"ほかの課の文に書き足したところが{len(added)}か所あります。"]
    for each in added:
        lines.append(f"  {each.about or each.id}（{each.title}、{each.department}の分）")
        lines.append(f"      {shortened(each.new)}")
        lines.append(f"      {each.file} の {each.place}")
    return "\n".join(lines)


def _refilled(collected: Collected) -> str:
    refilled = [each for each in collected.changes if each.kind is ChangeKind.REFILLED]
    if not refilled:
        return ""
    name = collected.workbook.name
    lines = [
        f"{name} で空にしてあり、回答をもう一度書き込んだところが{len(refilled)}か所あります。"
    ]
    for each in refilled:
        lines.append(f"  {each.about or each.id}（{each.title}）")
        lines.append(f"      {shortened(each.new)}")
        lines.append(f"      {each.file} の {each.place}")
        lines.append(
            f"      → 空のままにするなら、もう一度空にして、--keep {each.id}:{each.title} を付けて"
            "実行してください。"
        )
    return "\n".join(lines)


def _edited(collected: Collected) -> str:
    if not collected.edited:
        return ""
    name = collected.workbook.name
    return f"取り込んだあとに {name} で手で直したところ{collected.edited}か所を、残しています。"


def _missing(missing: Sequence[Missing], indicator: str) -> str:
    if not missing:
        return f"未報告の{indicator}はありません。"
    silent = [each for each in missing if not each.has_answered]
    partial = [each for each in missing if each.has_answered]
    lines = []
    if silent:
        count = sum(len(each.measures) for each in silent)
        lines.append(f"まだ回答のない課（{len(silent)}課、{indicator}{count}件）")
        lines += [_missing_line(each, with_names=False) for each in silent]
    if partial:
        count = sum(len(each.measures) for each in partial)
        lines.append(
            f"回答があっても、報告のない{indicator}がある課（{len(partial)}課、{indicator}{count}件）"
        )
        lines += [_missing_line(each, with_names=True) for each in partial]
    return "\n".join(lines)


def _missing_line(missing: Missing, *, with_names: bool) -> str:
    words = [
        f"{id_} {shortened(''.join(name.split()))}" if with_names else id_
        for id_, name in missing.measures[:_MOST_MISSING]
    ]
    rest = len(missing.measures) - len(words)
    more = f"、ほか{rest}件" if rest else ""
    is_useless = missing.has_sent and not missing.has_answered
    sent = "（届いていますが、使える回答がありません）" if is_useless else ""
    return f"  {missing.department or '所管課の記入なし'}: {'、'.join(words)}{more}{sent}"


def _conclusion(collected: Collected) -> str:
    counts = Counter(each.kind for each in collected.changes)
    said = "、".join(f"{kind}{counts[kind]}か所" for kind in ChangeKind if counts[kind])
    if said:
        rows = {(each.sha256, each.sheet, each.id) for each in collected.changes}
        said = f"{len(rows)}行の{said}"
    if collected.is_trial:
        return f"何も書き込んでいません（取り込むとすれば、{said or '新しいものはありません'}）。"
    if not collected.written:
        return "新しいものはありません。何も書き込んでいません。"
    lines = [f"{collected.workbook} に書き込みました（{said}）。"] if said else []
    lines.append(f"受付の記録: {collected.written[-1].parent}")
    return "\n".join(lines)
