"""What a pull found, in words for staff.

Comes in: a :class:`~kpireport.pulling.Pulled`. Goes out: its report as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpireport.pulling import PullChange, Pulled, PullNote, PullRefusal

_NOTHING = "（なし）"


def pulled_text(pulled: Pulled) -> str:
    """Return all changes, refusals and notes, each with its place."""
    blocks = [f"調べたもの: {pulled.path}"]
    if pulled.refusals:
        blocks.append(f"書き戻せないところが{len(pulled.refusals)}か所あります。")
        blocks += map(_refusal, pulled.refusals)
    if pulled.changes:
        kind = "直された文" if pulled.is_placed else "書き戻せる文"
        blocks.append(f"{kind}が{len(pulled.changes)}件あります。")
        blocks += map(_change, pulled.changes)
    if pulled.notes:
        blocks.append(f"お知らせが{len(pulled.notes)}件あります。")
        blocks += map(_note, pulled.notes)
    return "".join(f"{block}\n\n" for block in blocks).removesuffix("\n")


def conclusion_text(pulled: Pulled) -> str:
    """Return which files were written, which copies are kept, and what to do now."""
    lines = [f"書き込みました: {path}" for path in pulled.written]
    lines += [f"元のファイルの控え: {path}" for path in pulled.backups]
    if pulled.refusals:
        lines.append(
            f"書き戻せないところが{len(pulled.refusals)}か所残っています（上の一覧）。"
            "このWordファイルを見ながら、実績・設定・計画のファイルのほうを直してください。"
        )
    lines.append("kpireport build で作り直し、この後は新しいWordファイルを使ってください。")
    return "\n".join(lines)


def _refusal(refusal: PullRefusal) -> str:
    head = f"{refusal.place}\n  " if refusal.place else ""
    texts = _texts(refusal.old, refusal.new) if refusal.old or refusal.new else ()
    return "\n".join((f"{head}{refusal.what}", *texts, f"  → {refusal.remedy}"))


def _change(change: PullChange) -> str:
    where = f"{change.name}\n  {change.file}: {change.place}"
    return "\n".join((where, *_texts(change.old, change.new)))


def _note(note: PullNote) -> str:
    lines = [note.place] if note.place else []
    return "\n".join((*lines, f"  {note.what}", *_indented(note.text)))


def _texts(old: str, new: str) -> Iterator[str]:
    yield from _labelled("前", old)
    yield from _labelled("後", new)


def _labelled(label: str, text: str) -> Iterator[str]:
    first, *others = text.split("\n") if text else [_NOTHING]
    yield f"  {label}: {first}"
    yield from (f"      {line}" for line in others)


def _indented(text: str) -> Sequence[str]:
    return [f"    {line}" for line in text.split("\n")] if text else ()
