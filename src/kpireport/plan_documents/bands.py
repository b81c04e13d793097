"""A goal's band (基本目標の帯): its title, its numeric targets, its directions.

Comes in: the lines of a table with labels to the left. Goes out: what they say, or nothing for
a table of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kpireport.plan_documents.joining import BULLET, lines_of, name_of, one_line
from kpireport.plan_documents.stretches import Line
from kpireport.plan_documents.vocabulary import BAND_WORDS, squeezed
from kpireport.quickly import dataclass

_NOTE = re.compile(r"[（(].*[)）]|※.*", re.DOTALL)
_BEHIND_NAME = re.compile(r"\s*[：:]\s*")
_FROM_TO = re.compile(
    r"(?:現状値?|基準値?)?[：:\s]*(?P<before>\S.*?)\s*(?:→|⇒|➡|⇨|->)\s*(?:目標値?)?[：:\s]*(?P<after>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Band:
    """A line of a band.

    Attributes:
        kind: ``goal``, ``targets`` or ``directions``.
        label: the word to the left, as printed.
        text: what stands beside it.
        place: where.
        page: the page, if it is known.
    """

    kind: str
    label: str
    text: str
    place: str
    page: int = 0


def band_kind(label: str) -> str | None:
    """What stands beside a label."""
    words = squeezed(_NOTE.sub("", one_line(label)))
    return next((kind for kind, words_of in BAND_WORDS if re.fullmatch(words_of, words)), None)


def band_in(line: Line) -> Band | None:
    """The band's line that a table's row is, if it is one."""
    cells = line.filled()
    if len(cells) != 2 or cells[0].column > cells[1].column:
        return None
    kind = band_kind(cells[0].text)
    if kind is None:
        return None
    return Band(kind, cells[0].text, cells[1].text, line.place)


def label_and_note(label: str) -> tuple[str, str]:
    """A band's label and its note: 数値目標, （令和５年度末）."""
    match = _NOTE.search(label)
    if match is None:
        return label.strip(), ""
    return label[: match.start()].strip(), one_line(match[0])


# --- numeric targets ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BandTarget:
    """A numeric target in words: its name, what it is now, what it shall be."""

    name: str
    baseline: str
    target: str


def targets_in(text: str) -> Iterator[BandTarget]:
    """Yield the numeric targets of a band's text.

    Each is a name, then its target behind a colon or on a line that begins with one:
    ``…の満足度`` ``：　62.1％から上昇``; or ``…の満足度　62.1％ → 70％``.
    """
    name: list[str] = []
    for line in _entries(text):
        if re.match(r"[：:→⇒]", line):
            yield _target("\n".join(name), re.sub(r"^[：:→⇒\s]+", "", line))
            name = []
            continue
        if name and (whole := _complete(" ".join(name))):
            yield whole
            name = []
        name.append(line)
    if name:
        yield _complete(one_line("\n".join(name))) or BandTarget(name_of("\n".join(name)), "", "")


def _entries(text: str) -> Iterator[str]:
    """Yield lines, each with those that continue it: a target's line goes on without a sign."""
    held = ""
    for line in lines_of(text):
        begins = bool(BULLET.match(line)) or bool(re.match(r"[：:→⇒]", line))
        if held and (re.match(r"[：:→⇒]", held) and not begins and _is_rest(held, line)):
            held = one_line(f"{held}\n{line}")
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _is_rest(held: str, line: str) -> bool:
    return bool(re.search(r"[、，のをにへとがはや]$", held)) or len(line) <= 4


def _complete(text: str) -> BandTarget | None:
    """A target that a line says by itself."""
    plain = BULLET.sub("", text, count=1).strip()
    name, sign, rest = _split(plain)
    if not sign:
        return None
    return _target(name, rest)


def _split(text: str) -> tuple[str, str, str]:
    if match := _BEHIND_NAME.search(text):
        return text[: match.start()], match[0], text[match.end() :]
    if match := re.search(r"[\s　]+(?=[^\s]*[0-9０-９])", text):
        return text[: match.start()], match[0], text[match.end() :]
    return text, "", ""


def _target(name: str, rest: str) -> BandTarget:
    plain = name_of(BULLET.sub("", name, count=1).strip())
    if match := _FROM_TO.fullmatch(rest):
        return BandTarget(plain, match["before"].strip(), match["after"].strip())
    return BandTarget(plain, "", rest.strip())


# --- directions --------------------------------------------------------------------------


_FULL = 30  # characters of a line that may have been merely full
_PART = re.compile(
    r"\s*([①-⑳⑴-⒇]|[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．])[\s　]*(\S[^。]{0,39})"
)


def parts_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of directions, each with its label, its title and its text.

    A part begins with a line that is numbered and no sentence, before prose.
    """
    label, title = "", ""
    held: list[str] = []
    lines = lines_of(text)
    for at, line in enumerate(lines):
        match = _PART.fullmatch(line)
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if match and after and not BULLET.match(after):
            if held or label:
                yield label, title, "\n".join(held)
            label, title, held = match[1], match[2], []
        else:
            held.append(line)
    yield label, title, "\n".join(held)


def prose_in(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs and the bulleted items of a text."""
    paragraphs: list[str] = []
    items: list[str] = []
    last = ""
    for line in lines_of(text):
        is_over = paragraphs_end(last)
        if BULLET.match(line):
            items.append(BULLET.sub("", line, count=1).strip())
        elif items and not is_over:
            items[-1] = one_line(f"{items[-1]}\n{line}")
        elif paragraphs and not is_over and not items:
            paragraphs[-1] = one_line(f"{paragraphs[-1]}\n{line}")
        else:
            paragraphs.append(line)
        last = line
    return paragraphs, items


def paragraphs_end(line: str) -> bool:
    """Whether a line ends as a sentence does; a bracket may close where it was full."""
    return bool(re.search(r"[。．.]$", line)) or bool(
        len(line) < _FULL and re.search(r"[」』）)]$", line)
    )


def are_items(texts: Sequence[str]) -> bool:
    """Whether a cell's sentences are a list: several, each short and of one sentence."""
    return len(texts) > 1 and all(len(each) <= 60 and each.count("。") <= 1 for each in texts)
