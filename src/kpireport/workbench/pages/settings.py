"""設定: what staff change in a report's settings from year to year, in a form.

What is typed is put into ``report.toml`` item by item, if the settings' reader takes the file
as it is then; remarks and layout stay. Items that another page changes (final, accepted, the
template) are not here, nor those that are set once for a plan.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from kpireport.conductor import change_settings
from kpireport.errors import InputError, Problem
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.settings import SETTINGS_FILE, load_settings
from kpireport.sources.settings_items import (
    SettingGroup,
    SettingItem,
    SettingKind,
    setting_groups,
)
from kpireport.upgrading import former_settings, upgrade
from kpireport.workbench.asking import Asked, Posted
from kpireport.workbench.pages.answers import check_not_kept
from kpireport.workbench.row_forms import Control, Field, FieldGroup
from kpireport.workbench.standing import standing_of, steps_page

_FIELD = "item:"


@dataclass(frozen=True, slots=True)
class _File:
    """The settings' file as it was read: its bytes, what it says, what may be typed of it."""

    data: bytes
    written: Mapping[str, object]
    groups: tuple[SettingGroup, ...]

    @property
    def seal(self) -> str:
        """Tells the file from what it becomes."""
        return hashlib.sha256(self.data).hexdigest()

    def items(self) -> Iterable[SettingItem]:
        """All items."""
        return (item for group in self.groups for item in group.items)

    def texts(self) -> dict[str, str]:
        """What the items say, by their keys."""
        return {each.key: each.text(self.written) for each in self.items()}


def show(asked: Asked) -> Response:
    """Show the settings in a form, with what is wrong with them."""
    file = _read(asked)
    return _shown(asked, file, file.texts(), _problems(asked))


def save(posted: Posted) -> Response:
    """Write what was typed otherwise."""
    with posted.desk.writing:
        check_not_kept(posted)
        file = _read(posted)
        now = file.texts()
        typed = {each.key: _typed(posted, each, now[each.key]) for each in file.items()}
        changed = [
            each
            for each in file.items()
            if each.value(typed[each.key]) != each.value(now[each.key])
        ]
        if posted.field("seal") != file.seal:
            return _shown(posted, file, typed, (), status=409, now=now)
        if changed:
            values = {each.place: each.value(typed[each.key]) for each in changed}
            try:
                change_settings(posted.folder, values, before=file.data)
            except InputError as error:
                return _shown(posted, file, typed, error.problems, status=422, is_refused=True)
    if changed:
        named = "、".join(each.title for each in changed)
        posted.desk.note(f"設定を改めました：{named}")
    else:
        posted.desk.note("変わったところはありません。何も書き込んでいません。")
    return posted.go(steps_page(posted.name, "settings"))


def renew(posted: Posted) -> Response:
    """Bring the settings' file to today's format, and keep what it was."""
    with posted.desk.writing:
        check_not_kept(posted)
        done = upgrade(posted.folder, apply=True)
    if done.copy is None:
        posted.desk.note("設定は、もういまの書式です。何も書き込んでいません。")
    else:
        name = posted.desk.workplace.name_of(done.copy)
        posted.desk.note(f"設定を、いまの書式にしました。書き換える前のファイル：{name}")
    return posted.go(steps_page(posted.name, "settings"))


def _read(asked: Asked) -> _File:
    """The settings' file.

    Raises:
        InputError: nobody can tell what it says.
    """
    try:
        data = read_ordinary(asked.folder / SETTINGS_FILE)
        written = tomllib.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        load_settings(asked.folder)  # which tells what is wrong
        raise
    return _File(data, written, setting_groups(written))


def _problems(asked: Asked) -> tuple[Problem, ...]:
    try:
        load_settings(asked.folder)
    except InputError as error:
        return error.problems
    return ()


def _typed(posted: Posted, item: SettingItem, now: str) -> str:
    """What was typed of an item; what it says where it was not in the form."""
    name = f"{_FIELD}{item.key}"
    if item.kind is SettingKind.CHOICES:
        chosen = posted.all(name)
        ordered = dict.fromkeys((*(each for each in item.words if each in chosen), *chosen))
        return "\n".join(ordered)
    return posted.field(name).replace("\r\n", "\n") if name in posted.fields else now


def _shown(
    asked: Asked,
    file: _File,
    texts: Mapping[str, str],
    problems: Sequence[Problem],
    *,
    status: int = 200,
    now: Mapping[str, str] | None = None,
    is_refused: bool = False,
) -> Response:
    standing = standing_of(asked.name, asked.folder)
    groups = [
        FieldGroup(
            group.title,
            "",
            tuple(_field(each, texts[each.key], problems, now) for each in group.items),
        )
        for group in file.groups
    ]
    elsewhere = [
        problem for problem in problems if not any(each.has(problem.place) for each in file.items())
    ]
    return asked.page(
        "settings.html",
        status=status,
        name=asked.name,
        standing=standing,
        groups=groups,
        seal=file.seal,
        elsewhere=elsewhere,
        has_problems=bool(problems),
        is_refused=is_refused,
        is_outdated=now is not None,
        prefix=_FIELD,
        former=former_settings(asked.folder),
    )


def _field(
    item: SettingItem,
    text: str,
    problems: Sequence[Problem],
    now: Mapping[str, str] | None,
) -> Field:
    latest = None if now is None else now[item.key]
    return Field(
        item.key,
        text,
        item.explains,
        _control(item, text),
        tuple(item.words.items()),
        wrong=tuple(each for each in problems if item.has(each.place)),
        now=None if latest == text else latest,
        label=item.title,
        is_required=True,
    )


def _control(item: SettingItem, text: str) -> Control:
    match item.kind:
        case SettingKind.CHOICE | SettingKind.SWITCH:
            return Control.CHOICE
        case SettingKind.CHOICES:
            return Control.CHOICES
        case SettingKind.LINES:
            return Control.TEXT
        case SettingKind.DAY:
            return Control.LINE
        case SettingKind.LINE:
            return Control.TEXT if "\n" in text else Control.WIDE
