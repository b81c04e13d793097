"""What a collection found and did, in words for staff.

Comes in: a :class:`~kpireport.collection.outcomes.Collected`. Goes out: its report as plain
text: the files, what is to be corrected, what was corrected, who is still missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from kpireport.cli.common import listed
from kpireport.collection.outcomes import (
    Change,
    ChangeKind,
    Choice,
    Collected,
    Conflict,
    FileResult,
    Missing,
    Version,
)
from kpireport.collection.single_line import one_line
from kpireport.collection.telling import counted, fate, moment_words
from kpireport.collection.undoing import Undone
from kpireport.errors import Problem
from kpireport.messages import shortened

_MOST_DIFFERENCES = 3
_MOST_IGNORED = 5
_MOST_MISSING = 10


def collected_text(collected: Collected) -> str:
    """Return everything that was found and done, in the order in which staff need it."""
    blocks = [
        _new_workbook(collected),
        _files(collected),
        _problems("直すところ", collected.errors, collected.conflicts),
        _problems(
            "確かめていただきたいところ",
            (*collected.warnings, *collected.kept, *collected.unfulfilled),
            collected.conflicts,
        ),
        *map(choice_text, collected.choices),
        _corrections(collected.changes),
        _additions(collected.changes),
        _refilled(collected),
        _edited(collected),
        _missing(collected.missing, collected.words.indicator),
        _conclusion(collected),
    ]
    return "\n\n".join(block for block in blocks if block)


def undone_text(undone: Undone) -> str:
    """Return what was undone, and what remains to be done."""
    lines = [f"最後の取り込み（{len(undone.taking.books)}ファイル）を元に戻しました。"]
    lines += [f"  取り込む前に戻したもの: {each}" for each in undone.restored]
    lines += [f"  取り除いたもの: {each}" for each in undone.removed]
    lines.append(
        f"返ってきたブックは {undone.inbox} に残っています。もう一度 collect を実行すると、"
        "また取り込みます。取り込まないものは、別の場所に移してください。"
    )
    return "\n".join(lines)


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
    return f"  {file.department or likely}　{file.name}\n      {fate(file)}"


def _problems(what: str, problems: Sequence[Problem], conflicts: Sequence[Conflict]) -> str:
    if not problems:
        return ""
    options = {each.told: _options(each) for each in conflicts}
    return listed(f"{what}が{len(problems)}か所あります。", problems, options)


def _options(conflict: Conflict) -> str:
    replace = f"差し替える: --replace {conflict.cell}" if conflict.can_replace else ""
    keep = "" if conflict.is_kept else f"いまのまま残す: --keep {conflict.cell}"
    return "　".join(filter(None, (replace, keep)))


# --- several versions ------------------------------------------------------------


def choice_text(choice: Choice) -> str:
    """Return a department's versions, numbered, each with what sets it apart."""
    lines = [
        f"{choice.department}のブックが{len(choice.versions)}つあり、内容が違います。",
        "どれを使うかが決まるまで、この課の分は取り込みません。",
    ]
    for number, version in enumerate(choice.versions, start=1):
        lines += _version(number, version, choice)
    lines.append(
        f'  → 使うほうを選び、--use "{choice.versions[0].name}" のように付けて実行するか、'
    )
    lines.append("    使わないほうを受付のフォルダーから移して、もう一度実行してください。")
    return "\n".join(lines)


def _version(number: int, version: Version, choice: Choice) -> Iterator[str]:
    saved = moment_words(version.modified)
    faults = f"、直すところ{version.faults}か所" if version.faults else ""
    in_use = "　いま使っている版" if version.is_in_use else ""
    yield f"  {number}  {version.name}（保存 {saved}、記入{version.answered}行{faults}）{in_use}"
    said = ((each.what, each.said[number - 1]) for each in choice.differences)
    apart = (f"       {what}：{shortened(one_line(text))}" for what, text in said if text)
    yield from islice(apart, _MOST_DIFFERENCES)


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
    return (
        f"取り込んだあとに {name} で手で直したところ{len(collected.edited)}か所を、残しています。"
    )


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
    said = counted(collected.changes)
    if collected.is_trial:
        return f"何も書き込んでいません（取り込むとすれば、{said or '新しいものはありません'}）。"
    if not collected.written:
        return "新しいものはありません。何も書き込んでいません。"
    lines = [f"{collected.workbook} に書き込みました（{said}）。"] if said else []
    lines.append(f"受付の記録: {collected.written[-1].parent}")
    return "\n".join(lines)
