"""Values put into ``report.toml``; comments, order and layout stay.

Comes in: the file's bytes and the new paragraphs, ids or switch. Goes out: the bytes with
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
_ACCEPT, _DRAFT = "accept", "draft"
_WORD, _TEMPLATE = "docx", "template"


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


def with_accepted(data: bytes, accepted: Mapping[str, str]) -> bytes:
    """Return the settings with further ids in ``accept`` of ``[review]``.

    Args:
        data: the file.
        accepted: a remark by id, which becomes the comment behind it; empty for none.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        section = cast("MutableMapping[str, object]", document[_SECTION])
        array = section.get(_ACCEPT)
        if not isinstance(array, Array):
            array = section[_ACCEPT] = tomlkit.array()
        _add_lines(cast("Array", section[_ACCEPT]), accepted)

    expected = tomllib.loads(data.decode("utf-8-sig"))
    section = expected[_SECTION]
    if _ACCEPT not in section:
        data = _with_empty_list(data)
    section[_ACCEPT] = [*section.get(_ACCEPT, ()), *accepted]
    return _checked(edited(data, edit), expected, _ACCEPT)


_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def accepted_remarks(data: bytes) -> dict[str, str]:
    """Return the ids of ``accept`` with the comment behind each, empty where there is none."""
    document = tomlkit.parse(data.decode("utf-8-sig"))
    array = cast("Mapping[str, object]", document.get(_SECTION, {})).get(_ACCEPT)
    if not isinstance(array, Array):
        return {}
    remarks = {str(id_): "" for id_ in array}
    for line in array.as_string().splitlines():
        ids, _, remark = line.partition("#")
        last = [one or other for one, other in _QUOTED.findall(ids)][-1:]
        remarks |= {id_: remark.strip() for id_ in last if id_ in remarks}
    return remarks


def with_draft(data: bytes, *, is_draft: bool) -> bytes:
    """Return the settings of a draft, or of the final edition.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        cast("MutableMapping[str, object]", document[_SECTION])[_DRAFT] = is_draft

    expected = tomllib.loads(data.decode("utf-8-sig"))
    if _DRAFT not in expected[_SECTION]:
        data = _below(data, _YEAR_LINE, f"{_DRAFT} = {str(is_draft).lower()}")
    expected[_SECTION][_DRAFT] = is_draft
    return _checked(edited(data, edit), expected, _DRAFT)


def with_template(data: bytes, template: str) -> bytes:
    """Return the settings with another Word template (様式); empty for ours.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        section = document.setdefault(_WORD, tomlkit.table())
        cast("MutableMapping[str, object]", section)[_TEMPLATE] = template

    expected = tomllib.loads(data.decode("utf-8-sig"))
    if not template and not expected.get(_WORD, {}).get(_TEMPLATE):
        return data
    if _TEMPLATE not in expected.setdefault(_WORD, {}):
        data = _below(data, _WORD_LINE, f'{_TEMPLATE} = ""')
    expected[_WORD][_TEMPLATE] = template
    return _checked(edited(data, edit), expected, f"{_WORD} の {_TEMPLATE}")


_YEAR_LINE = re.compile(rb"^[ \t]*fiscal_year[ \t]*=[^\r\n]*(\r?\n|\Z)", re.MULTILINE)
_WORD_LINE = re.compile(rb"^[ \t]*\[[ \t]*docx[ \t]*\][^\r\n]*(\r?\n|\Z)", re.MULTILINE)


def _with_empty_list(data: bytes) -> bytes:
    return _below(data, _YEAR_LINE, f"{_ACCEPT} = []")


def _below(data: bytes, above: re.Pattern[bytes], line: str) -> bytes:
    """Put a line below another: at the end of its section it may get below a comment."""
    found = above.search(data)
    if found is None:
        return data
    end = found[1] or b"\n"
    begin = data[: found.end()] + (b"" if found[1] else end)
    return begin + line.encode() + end + data[found.end() :]


def _add_lines(array: Array, accepted: Mapping[str, str]) -> None:
    written = array.as_string()
    if "\n" not in written and not any(accepted.values()):
        array.extend(accepted)
        return
    has_line_end = written[:-1].rstrip(" \t").endswith("\n")
    for id_, remark in accepted.items():
        array.add_line(id_, comment=remark or None, indent="  ")
    if not has_line_end:
        array.add_line(indent="")


def _checked(made: bytes, expected: Mapping[str, object], name: str) -> bytes:
    if tomllib.loads(made.decode("utf-8-sig")) != expected:
        raise OutputError(
            f"設定の {name} を書き換えられませんでした。書き込んでいません。手で書いてください。"
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
