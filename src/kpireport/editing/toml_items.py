"""Values put into ``report.toml``; comments, order and layout stay.

Comes in: the file's bytes and the new paragraphs, ids or switch. Goes out: the bytes with
them. tomlkit keeps a file as it was written; what it makes is read again and compared.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import TypeAlias, cast

import tomlkit
from tomlkit.items import Array

from kpireport.errors import OutputError

Place: TypeAlias = tuple[str, ...]
"""Where an item stands: its section, if it is in one, and its name."""

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
    return with_items(data, {(_SECTION, name): list(each) for name, each in settings.items()})


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
        data = _with_line(data, (_SECTION, _ACCEPT))
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


def with_items(data: bytes, items: Mapping[Place, object]) -> bytes:
    """Return the settings with other values.

    Args:
        data: the file.
        items: the values by their places; ``None`` takes the item out.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        for (*sections, name), value in items.items():
            section: MutableMapping[str, object] = document
            for each in sections:
                inner = section.setdefault(each, tomlkit.table())
                section = cast("MutableMapping[str, object]", inner)
            if value is None:
                section.pop(name, None)
            else:
                set_value(section, name, value)

    expected = tomllib.loads(data.decode("utf-8-sig"))
    for place, value in items.items():
        table = expected
        for each in place[:-1]:
            table = table.setdefault(each, {})
        if value is None:
            table.pop(place[-1], None)
        else:
            if place[-1] not in table:
                data = _with_line(data, place)
            table[place[-1]] = value
    return _checked(edited(data, edit), expected, "、".join(each[-1] for each in items))


def with_format(data: bytes, number: int) -> bytes:
    """Return the settings with the version of their format, above all that they say.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """
    expected = tomllib.loads(data.decode("utf-8-sig"))
    if _FORMAT not in expected and (first := _FIRST_ITEM.search(data)):
        end = b"\r\n" if b"\r\n" in data else b"\n"
        line = f"{_FORMAT} = 0".encode() + end
        at = first.start(1)
        if at and first.start():  # remarks at the very beginning are on the file
            at, line = first.start(), _FORMAT_REMARK.encode() + end + line + end
        data = data[:at] + line + data[at:]
    return _checked(
        edited(data, lambda document: set_value(document, _FORMAT, number)),
        {**expected, _FORMAT: number},
        _FORMAT,
    )


_FORMAT = "format"
_FORMAT_REMARK = "# この設定の書式の版。書き換えません。"
# with the remarks right above it, which are on it
_FIRST_ITEM = re.compile(rb"^(?:[ \t]*#[^\r\n]*\r?\n)*([ \t]*[\w\"'-]+[ \t]*=)", re.MULTILINE)


def set_value(section: MutableMapping[str, object], name: str, value: object) -> None:
    """Set a value and keep the remarks behind it, of a list those behind its items."""
    old = section.get(name)
    if isinstance(value, list | tuple):
        if isinstance(old, Array) and len(old) and value:
            _replace_items(old, value)
        else:
            section[name] = _new_array(value) if value else tomlkit.array()
    else:
        section[name] = value  # whose remark tomlkit keeps


def with_draft(data: bytes, *, is_draft: bool) -> bytes:
    """Return the settings of a draft, or of the final edition.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """
    return with_items(data, {(_SECTION, _DRAFT): is_draft})


def with_template(data: bytes, template: str) -> bytes:
    """Return the settings with another Word template (様式); empty for ours.

    Raises:
        OutputError: the result would not say what it has to, whatever the reason.
    """
    written = tomllib.loads(data.decode("utf-8-sig")).get(_WORD, {}).get(_TEMPLATE, "")
    return data if template == written else with_items(data, {(_WORD, _TEMPLATE): template})


_REST = r"[^\r\n]*(\r?\n|\Z)"
_YEAR_LINE = re.compile(rf"^[ \t]*fiscal_year[ \t]*={_REST}".encode(), re.MULTILINE)


def _with_line(data: bytes, place: Place) -> bytes:
    """Put an empty item where it belongs: below its example, or at the top of its section.

    What tomlkit adds stands at the end of a section, where the remarks of the next one are.
    """
    *sections, name = place
    if len(sections) != 1:
        return data
    header = re.search(rf"^[ \t]*\[[ \t]*{sections[0]}[ \t]*\]{_REST}".encode(), data, re.MULTILINE)
    if header is None:
        return data
    following = re.search(rb"^[ \t]*\[", data[header.end() :], re.MULTILINE)
    end = header.end() + following.start() if following else len(data)
    example = re.compile(rf"^#[ \t]*{name}[ \t]*={_REST}".encode(), re.MULTILINE)
    above = example.search(data, header.end(), end) or (
        _YEAR_LINE.search(data, header.end(), end) if sections[0] == _SECTION else None
    )
    return _below(data, above or header, f'{name} = ""')


def _below(data: bytes, found: re.Match[bytes], line: str) -> bytes:
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
