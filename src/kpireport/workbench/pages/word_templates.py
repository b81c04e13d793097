"""Word の様式: which template the Word file is made by, one chosen or begun, and what it sets.

How a Word file looks only Word tells; what is shown here is what the program takes of a
template: its paper, margins and sizes, a page laid out with them, and what it had to leave.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from starlette.responses import Response

from kpireport.conductor import begin_template, choose_template
from kpireport.errors import InputError, Problem
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.editions import outputs_of
from kpireport.workbench.standing import standing_of
from kpireport.workbench.template_facts import TemplateFacts, template_facts, template_page

_MOST = 50
NEW_NAME = "様式.docx"


def show(asked: Asked) -> Response:
    """Show the templates that there are, and what the wanted one sets."""
    files = templates_of(asked)
    chosen = name_of_template(asked)
    wanted = asked.query("of") or chosen
    facts: TemplateFacts | None = None
    faults: tuple[Problem, ...] = ()
    if not wanted or wanted in files:
        try:
            facts = template_facts(asked.report, files.get(wanted))
        except InputError as error:
            faults = error.problems
    return asked.page(
        "template.html",
        name=asked.name,
        standing=standing_of(asked.name, asked.folder),
        files=tuple(files),
        chosen=chosen,
        wanted=wanted,
        facts=facts,
        faults=faults,
        new_name=NEW_NAME,
        can_begin=not (asked.folder / NEW_NAME).exists(),
    )


def picture(asked: Asked) -> Response:
    """Send a page laid out by a template, as a picture."""
    wanted = asked.query("of")
    files = templates_of(asked)
    if wanted and wanted not in files:
        raise UnknownAddressError
    return Response(template_page(asked.report, files.get(wanted)), media_type="image/png")


def choose(posted: Posted) -> Response:
    """Have the Word file made by another template from now on."""
    wanted = posted.field("template")
    files = templates_of(posted)
    if wanted and wanted not in files:
        raise UnknownAddressError
    with posted.desk.writing:
        notices = choose_template(posted.folder, files.get(wanted))
    named = f"「{wanted}」" if wanted else "標準の見た目"
    posted.desk.note(f"Word を、{named}で作るようにしました。", notices)
    return posted.go(address("reports", posted.name, "template"))


def begin(posted: Posted) -> Response:
    """Make a Word file to begin a template from, beside the report's settings."""
    with posted.desk.writing:
        begin_template(posted.folder / NEW_NAME)
    posted.desk.note(
        f"{NEW_NAME} を、報告書のフォルダーに作りました。"
        "Word で開いて書体・大きさ・余白・ヘッダーなどを直して保存し、この画面で選んでください。"
    )
    return posted.go(address("reports", posted.name, "template"))


def name_of_template(asked: Asked) -> str:
    """Return what the settings' template is called here; empty for none."""
    template = asked.report.settings.word.template
    return _name(asked, template) if template else ""


def templates_of(asked: Asked) -> dict[str, Path]:
    """Return the Word files that may be templates, by name: the chosen one and those near."""
    settings = asked.report.settings
    outputs = {each.path.resolve() for each in outputs_of(asked.report, asked.desk.workplace.root)}
    folders = (asked.folder, asked.folder.parent, settings.catalogue.parent)
    found = (
        path
        for folder in dict.fromkeys(each.resolve() for each in folders)
        for path in _word_files(folder, asked.desk.workplace.root)
    )
    own = (settings.word.template,) if settings.word.template else ()
    files = [*own, *islice((each for each in found if each.resolve() not in outputs), _MOST)]
    return {_name(asked, path): path for path in files}


def _word_files(folder: Path, root: Path) -> Iterator[Path]:
    if not folder.is_relative_to(root):
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for each in entries:
        is_open = each.name.startswith(("~$", "."))
        if each.name.lower().endswith(".docx") and each.is_file() and not is_open:
            yield Path(each.path)


def _name(asked: Asked, path: Path) -> str:
    root = asked.desk.workplace.root
    whole = path.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path.name
