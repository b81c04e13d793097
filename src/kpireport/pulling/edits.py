"""What was edited in the marked texts of a Word file, or why it cannot be taken.

Comes in: the composed report and the marked texts as they came back. Goes out: edits by
source; notes on what is read but has no place in the inputs; refusals. The sum in each
mark tells the text that the file was built with, so that a text that has changed in the
inputs since is neither lost nor taken for an edit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import field

from kpireport.document.blocks import Document
from kpireport.document.sources import SourceKind, editable_texts, source_sum, text_sum
from kpireport.domain.numerals import fold_width
from kpireport.messages import quoted
from kpireport.pulling.pulled import PullNote, PullRefusal, PullRefusalKind
from kpireport.quickly import dataclass
from kpireport.sources.cells import LONGEST_TEXT, TOO_LONG
from kpireport.word_files.frames import Marked
from kpireport.word_files.signs import for_people, is_only_text

_LISTED = (SourceKind.INTRODUCTION, SourceKind.SURVEY)
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that somebody corrected; ``paragraphs`` are the new ones."""

    source: str
    old: str
    paragraphs: tuple[str, ...]

    @property
    def new(self) -> str:
        """The new text."""
        return "\n".join(self.paragraphs)

    @property
    def kind(self) -> str:
        """What the text is."""
        return kind_of(self.source)


@dataclass(slots=True)
class Edits:
    """What was found."""

    edits: list[Edit] = field(default_factory=list)
    notes: list[PullNote] = field(default_factory=list)
    refusals: list[PullRefusal] = field(default_factory=list)

    def refuse(self, place: str, what: str, remedy: str, old: str = "", new: str = "") -> None:
        """Note what cannot be taken."""
        self.refusals.append(PullRefusal(PullRefusalKind.TEXT, place, what, remedy, old, new))


def kind_of(source: str) -> str:
    """Return what a source is: a kind, or the key of a comment's column."""
    return source.partition(":")[0]


def find_edits(
    document: Document, marked: Sequence[Marked], names: dict[str, str], *, is_generated: bool
) -> Edits:
    """Hold the marked texts of a file against those of the document.

    Args:
        document: composed from the inputs as they are.
        marked: the texts of the file.
        names: the sources in words for staff.
        is_generated: whether はじめに was made by us, and not written in the settings.
    """
    found = Edits()
    texts = dict(editable_texts(document))
    counts = Counter(source for source, _ in editable_texts(document))
    by_source: defaultdict[str, list[Marked]] = defaultdict(list)
    for each in marked:
        by_source[each.source].append(each)
    for source, count in counts.items():
        given = by_source.pop(source_sum(source), [])
        _check_count(names[source], count, given, found)
        edit = _edit(source, texts[source], given, names[source], found)
        if edit is None:
            continue
        is_own = is_generated and source == SourceKind.INTRODUCTION
        if not is_own or _keeps_numbers(edit, names[source], found):
            found.edits.append(edit)
    for unknown in by_source.values():
        found.refuse(
            "",
            "この報告書にはない、直せる文があります。",
            "前に作ったWordファイルか、ほかの報告書から写した文です。"
            "報告書を作り直し、そのWordファイルに書いてください。",
            new=for_people(unknown[0].text),
        )
    return found


def _check_count(name: str, count: int, given: Sequence[Marked], found: Edits) -> None:
    if len(given) < count:
        found.refuse(
            name,
            "直せる文の枠が、消えています。",
            "Wordの「元に戻す」で戻すか、報告書を作り直し、そのWordファイルに書いてください。",
        )
    elif len(given) > count:
        found.refuse(
            name,
            f"同じ枠が{len(given)}か所にあります（元は{count}か所）。",
            "写した枠を消してください。別の場所に書く文は、その場所の枠の中に書きます。",
            new="／".join(dict.fromkeys(for_people(each.text) for each in given)),
        )


def _edit(source: str, old: str, given: Sequence[Marked], name: str, found: Edits) -> Edit | None:
    """Return the one edit of a text that may stand in several places."""
    current = "\n".join(_paragraphs(source, old.split("\n")))
    changed = {}
    stale = 0
    for each in given:
        paragraphs = _paragraphs(source, each.paragraphs)
        if "\n".join(paragraphs) == current:
            continue
        if each.written != text_sum(old) and each.written == text_sum(each.text):
            stale += 1  # untouched in Word, but the inputs have another text by now
        else:
            changed[paragraphs] = each
    if stale == len(given) > 0:
        note = "Wordファイルを作った後に、入力の文が直されています。入力の文をそのまま残します。"
        found.notes.append(PullNote(name, note, old))
    if len(changed) > 1:
        found.refuse(
            name,
            "同じ文が、場所によって違うように直されています。",
            "どれか一つに決め、同じ文にしてください（一か所だけ直せば、ほかの場所も変わります）。",
            old,
            "／".join(for_people("\n".join(each)) for each in changed),
        )
        return None
    _tell_passed_over(given, name, found)
    if unkept := dict.fromkeys(lost for each in given for lost in each.unkept):
        note = f"{'と、'.join(unkept)}は入力に書けません。文だけを読み取りました。"
        found.notes.append(PullNote(name, note))
    for paragraphs, each in changed.items():
        if sum(map(len, paragraphs)) > LONGEST_TEXT:
            found.refuse(name, TOO_LONG.what, TOO_LONG.remedy, old)
        elif _is_usable(each, paragraphs, old, name, found):
            return Edit(source, old, paragraphs)
    return None


def _tell_passed_over(given: Sequence[Marked], name: str, found: Edits) -> None:
    told = dict.fromkeys(what for each in given for what in each.passed_over.told("背景"))
    found.notes.extend(PullNote(name, what) for what in told)


def _paragraphs(source: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs as the inputs have them; blank ones are only for the eye."""
    kept = tuple(each.replace("\t", " ") for each in paragraphs if each.strip())
    if kind_of(source) in _LISTED:
        return kept
    return tuple("\n".join(kept).strip().split("\n")) if kept else ()


def _is_usable(
    marked: Marked, paragraphs: tuple[str, ...], old: str, name: str, found: Edits
) -> bool:
    new = "\n".join(paragraphs)
    if marked.written != text_sum(old):
        found.refuse(
            name,
            "Wordファイルを作った後に、入力の文も直されています。",
            "どちらにするかを決め、報告書を作り直して、そのWordファイルに書いてください。",
            old,
            new,
        )
        return False
    if not new:
        found.refuse(
            name,
            "".join(("文が空になっています。", *marked.passed_over.told("背景"))),
            "文を残すか、入力のほうで消してください（表の行などもなくなります）。",
            old,
        )
        return False
    if not is_only_text(new):
        found.refuse(
            name,
            "文の中に、文でないものがあります（［　］で示したところ）。入力には文しか書けません。",
            "消すか、文に打ち直してください。",
            old,
            for_people(new),
        )
        return False
    return True


def _keeps_numbers(edit: Edit, name: str, found: Edits) -> bool:
    """Refuse other figures in a text that we make from the plan's and the actuals'.

    Numbers in words that were added are as welcome as the words.
    """
    old, new = (set(_NUMBER.findall(fold_width(text))) for text in (edit.old, edit.new))
    if new - old and old - new:
        found.refuse(
            name,
            f"自動で作る文の数が変わっています（{'、'.join(map(quoted, sorted(new - old)))}）。",
            "数は計画と実績から作られます。別の文にするなら、設定の introduction に書きます。",
            edit.old,
            edit.new,
        )
        return False
    note = "自動で作っていた文です。書き込むと、これからは設定の文がそのまま印刷されます。"
    found.notes.append(PullNote(name, note))
    return True
