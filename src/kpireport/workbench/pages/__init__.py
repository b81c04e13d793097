"""The pages, each with what it shows and what can be done on it; all their addresses.

Comes in: an :class:`~kpireport.workbench.asking.Asked` or
:class:`~kpireport.workbench.asking.Posted`. Goes out: a response.

An address leads to a function by its name, not by itself: its module, and with it the rooms
that this stands on, is loaded when somebody first asks for it. So the first page is there
before all that the others need is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from starlette.responses import Response

SHOWN: Mapping[str, str] = {
    "/": "home.home",
    "/alive": "running.alive",
    "/jobs/{id}": "running.job",
    "/reports/{name:path}/summary": "home.summary",
    "/reports/{name:path}/board": "years.year",
    "/reports/{name:path}/collecting": "collecting.collecting",
    "/reports/{name:path}/collecting/reminders": "reminding.reminding",
    "/reports/{name:path}/values": "values.values",
    "/reports/{name:path}/values/{id}": "values.edit",
    "/reports/{name:path}/values/{id}/years/{year}": "values.edit",
    "/reports/{name:path}/document": "documents.document",
    "/reports/{name:path}/document/pages": "documents.pages",
    "/reports/{name:path}/preview": "documents.preview",
    "/reports/{name:path}/facts": "documents.facts",
    "/reports/{name:path}/facts/{id}": "documents.facts",
    "/reports/{name:path}/differences/{id}": "differences.show",
    "/reports/{name:path}/edits/{id}": "word_edits.show",
    "/reports/{name:path}/template": "word_templates.show",
    "/reports/{name:path}/finishing": "finishing.finishing",
    "/compare": "comparing.comparing",
    "/compare/{id}": "comparing.show",
    "/checkup": "checkup.checkup",
    "/reports/{name:path}/settings": "settings.show",
    "/plans/new": "exchanging.begin",
    "/plans/new/read/{id}": "exchanging.show_read",
    "/plans/new/book/{id}": "exchanging.show_taken",
    "/plans/{name:path}/import/{id}": "exchanging.show_taken",
    "/plans/{name:path}/import": "exchanging.show_import",
    "/plans/{name:path}/overview": "plans.overview",
    "/plans/{name:path}/sheet": "plans.sheet",
    "/plans/{name:path}/row": "plan_forms.row",
    "/plans/{name:path}/revise": "revising.revise",
    "/plans/{name:path}/proof": "proving.proving",
}
"""Addresses that show something and change nothing; ``{name:path}`` is a report's or plan's."""

GIVEN: Mapping[str, str] = {
    "/reports/{name:path}/board/workbook": "years.as_workbook",
    "/reports/{name:path}/board/page": "years.as_page",
    "/reports/{name:path}/collecting/sheets.zip": "collecting.sheets",
    "/reports/{name:path}/collecting/sheet": "collecting.sheet",
    "/reports/{name:path}/collecting/reminders.zip": "reminding.mails",
    "/reports/{name:path}/collecting/reminder.eml": "reminding.mail",
    "/reports/{name:path}/files/{file}": "documents.file",
    "/reports/{name:path}/differences/{id}/workbook": "differences.workbook",
    "/reports/{name:path}/template/page.png": "word_templates.picture",
    "/compare/{id}/workbook": "comparing.workbook",
    "/plans/new/empty": "exchanging.empty_book",
    "/plans/new/read/{id}/book": "exchanging.give_read",
    "/plans/new/book/{id}/marked": "exchanging.give_marked",
    "/plans/{name:path}/import/{id}/marked": "exchanging.give_marked",
    "/plans/{name:path}/export": "exchanging.export",
    "/plans/{name:path}/proof/book": "proving.book",
    "/plans/{name:path}/proof/print": "proving.print_out",
}
"""Those that give a file, which change nothing either."""

ACTED: Mapping[str, str] = {
    "/stop": "running.stop",
    "/jobs/{id}/cancel": "running.cancel",
    "/years": "home.begin_year",
    "/reports/{name:path}/accept": "years.confirm",
    "/reports/{name:path}/collecting/sheets": "collecting.make_sheets",
    "/reports/{name:path}/collecting/drop": "collecting.drop",
    "/reports/{name:path}/collecting/try": "collecting.try_again",
    "/reports/{name:path}/collecting/take": "collecting.take",
    "/reports/{name:path}/collecting/aside": "collecting.set_aside",
    "/reports/{name:path}/collecting/back": "collecting.put_back",
    "/reports/{name:path}/collecting/undo": "collecting.undo",
    "/reports/{name:path}/values/begin": "values.begin",
    "/reports/{name:path}/values/book": "values.to_book",
    "/reports/{name:path}/values/{id}/check": "values.check",
    "/reports/{name:path}/values/{id}/years/{year}/check": "values.check",
    "/reports/{name:path}/values/{id}/years/{year}/save": "values.save",
    "/reports/{name:path}/values/{id}/comment": "values.save_comment",
    "/reports/{name:path}/values/{id}/mark": "values.save_mark",
    "/reports/{name:path}/values/{id}/mark/check": "values.check_mark",
    "/reports/{name:path}/values/{id}/save": "values.save",
    "/reports/{name:path}/build": "documents.build",
    "/reports/{name:path}/check-files": "documents.check_files",
    "/reports/{name:path}/differences": "differences.find",
    "/reports/{name:path}/edits": "word_edits.find",
    "/reports/{name:path}/edits/{id}": "word_edits.write",
    "/reports/{name:path}/template": "word_templates.choose",
    "/reports/{name:path}/template/new": "word_templates.begin",
    "/reports/{name:path}/finish": "finishing.finish",
    "/reports/{name:path}/keep": "finishing.keep",
    "/reports/{name:path}/verify": "finishing.check_kept",
    "/compare": "comparing.find",
    "/reports/{name:path}/settings": "settings.save",
    "/reports/{name:path}/settings/renew": "settings.renew",
    "/plans/new/document": "exchanging.read_document",
    "/plans/new/read/{id}/again": "exchanging.read_again",
    "/plans/new/read/{id}/take": "exchanging.take_read",
    "/plans/new/book": "exchanging.take_first",
    "/plans/new/book/{id}/apply": "exchanging.apply_first",
    "/plans/{name:path}/import/{id}/apply": "exchanging.apply_again",
    "/plans/{name:path}/import": "exchanging.take_again",
    "/plans/{name:path}/row": "plan_forms.save",
    "/plans/{name:path}/row/move": "plan_forms.move",
    "/plans/{name:path}/row/remove": "plan_forms.remove",
    "/plans/{name:path}/proof/begin": "proving.begin",
    "/plans/{name:path}/proof/tick": "proving.tick",
    "/plans/{name:path}/proof/names": "proving.name_people",
    "/plans/{name:path}/proof/take": "proving.take",
    "/plans/{name:path}/revise": "revising.preview",
}
"""Those that forms are sent to."""


def loaded(function: str) -> Callable[..., Response]:
    """Return a function of the lists above; it takes a request for a page, or a form."""
    module, _, name = function.partition(".")
    found: Callable[..., Response] = getattr(import_module(f"{__name__}.{module}"), name)
    return found
