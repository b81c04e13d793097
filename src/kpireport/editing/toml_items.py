"""Paragraphs put into ``report.toml``; comments, order and layout stay.

Comes in: the file's bytes and the new paragraphs by setting. Goes out: the bytes with
them. tomlkit keeps a file as it was written; what it makes is read again and compared.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import cast

import tomlkit
from tomlkit.items import Array

from kpireport.errors import OutputError

_SECTION = "review"


def edited(data: bytes, edit: Callable[[tomlkit.TOMLDocument], None]) -> bytes:
    """Return a TOML file as ``edit`` changes it; byte-order mark and line ends stay."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.decode("utf-8-sig")
    document = tomlkit.parse(text)
    edit(document)
    made = tomlkit.dumps(document)
    if "\r\n" in text:
        made = re.sub(r"(?<!\r)\n", "\r\n", made)
    return mark + made.encode()


def with_paragraphs(data: bytes, settings: Mapping[str, Sequence[str]]) -> bytes:
    """Return the settings with other paragraphs in lists of ``[review]``.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        section = cast("MutableMapping[str, object]", document[_SECTION])
        for name, paragraphs in settings.items():
            array = section.get(name)
            if isinstance(array, Array) and len(array):
                _replace_items(array, paragraphs)
            else:
                section[name] = _new_array(paragraphs)

    made = edited(data, edit)
    expected = tomllib.loads(data.decode("utf-8-sig"))
    expected[_SECTION].update({name: list(each) for name, each in settings.items()})
    if tomllib.loads(made.decode("utf-8-sig")) != expected:
        raise OutputError(
            f"設定の {'、'.join(settings)} を書き換えられませんでした。書き込んでいません。"
            "表示された文を、手で書き写してください。"
        )
    return made


def _replace_items(array: Array, paragraphs: Sequence[str]) -> None:
    """Change what differs, so that the lines of the others and their comments stay."""
    old = list(array)
    for number, paragraph in enumerate(paragraphs[: len(old)]):
        if old[number] != paragraph:
            array[number] = paragraph
    for _ in old[len(paragraphs) :]:
        del array[len(array) - 1]
    for paragraph in paragraphs[len(old) :]:
        array.insert(len(array), paragraph)


def _new_array(paragraphs: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(paragraphs)
    return array.multiline(multiline=True)
