"""Names of files that Windows takes (Win32, Naming Files, Paths, and Namespaces).

Comes in: any text. Goes out: whether it will do, or a name made of it that will.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST_NAME = 80  # characters; 255 bytes is the limit, and a character takes three
_LONGEST_TRIED = 500  # characters that a name is made of
NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\n]')

_DEVICE_NAME = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
_WIDE = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def is_file_name(name: str) -> bool:
    """Whether Windows takes the name, without ``NOT_IN_FILE_NAMES``, for a file."""
    return not (device_of(name) or has_loose_ends(name) or len(name) > LONGEST_NAME)


def device_of(name: str) -> str:
    """Return the device of Windows that a name would be taken for: ``CON``; empty for none."""
    found = _DEVICE_NAME.fullmatch(name)
    return found[1].upper() if found else ""


def has_loose_ends(name: str) -> bool:
    """Whether a name begins or ends with spaces or full stops, which Windows drops."""
    return name != name.strip(" .")


def file_name(text: str, taken: Collection[str] = (), *, longest: int = LONGEST_NAME) -> str:
    """Return a file's name, without extension, made of any text.

    What is forbidden becomes its wide twin; a name that is taken, whatever its case, is
    numbered; one of more than ``longest`` characters is cut.

    >>> file_name("../保育課", ["..／保育課"])
    '／保育課'
    >>> file_name("保育課", ["保育課"])
    '保育課（2）'
    """
    plain = _INVISIBLE.sub(" ", unicodedata.normalize("NFC", text[:_LONGEST_TRIED])).translate(
        _WIDE
    )
    plain = _cut(plain.strip(" ."), longest) or "名称なし"
    if not is_file_name(plain):
        plain = f"_{plain}"
    known = {name.casefold() for name in taken}
    name, number = plain, 1
    while name.casefold() in known:
        number += 1
        suffix = f"（{number}）"
        name = _cut(plain, longest - len(suffix)) + suffix
    return name


def _cut(name: str, most: int) -> str:
    """The name with so many characters at most, of which some outside the BMP count twice."""
    kept = name.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")
    return kept.rstrip(" .")
