"""催促: the mails to who has not reported all, as text to copy and as drafts for a mail program."""

from __future__ import annotations

from starlette.responses import Response

from kpireport.workbench.asking import Asked, UnknownAddressError
from kpireport.workbench.pages.answers import ZIP, sent

_MAIL = "message/rfc822"


def reminding(asked: Asked) -> Response:
    """Show the mails."""
    from kpireport.status.reminders import reminders
    from kpireport.status.words import year_name

    board = asked.desk.shelf.board(asked.folder)
    return asked.page(
        "reminders.html", name=asked.name, year=year_name(board), reminders=reminders(board)
    )


def mails(asked: Asked) -> Response:
    """Send all of them as one file."""
    from kpireport.status.mails import mails_zip
    from kpireport.status.words import year_name

    board = asked.desk.shelf.board(asked.folder)
    return sent(mails_zip(board), f"{year_name(board)}実績_催促.zip", ZIP)


def mail(asked: Asked) -> Response:
    """Send the one to a department."""
    from kpireport.status.mails import mail_bytes, mail_names
    from kpireport.status.reminders import reminders

    all_ = reminders(asked.desk.shelf.board(asked.folder))
    for each, name in zip(all_, mail_names(all_), strict=True):
        if each.department == asked.query("department"):
            return sent(mail_bytes(each), name, _MAIL)
    raise UnknownAddressError
