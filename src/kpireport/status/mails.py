"""Reminders as files that a mail program opens as drafts (.eml, RFC 5322).

Comes in: reminders. Goes out: a message each, the same bytes for the same text; all of them as
one .zip. They have no sender, no recipient and no date: nobody has told us an address, and
a draft gets the others when it is sent. ``X-Unsent`` makes Outlook open it to be written on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from kpireport.archives.container import zip_bytes
from kpireport.domain.names import in_one_line
from kpireport.sources.file_names import file_name
from kpireport.status.boards import Board
from kpireport.status.reminders import Reminder, reminders

ENDING = ".eml"


def mail_bytes(reminder: Reminder) -> bytes:
    """Return one reminder as a message, in UTF-8."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = in_one_line(reminder.subject)
    message["X-Unsent"] = "1"
    message.set_content(reminder.body, charset="utf-8", cte="base64")
    return message.as_bytes()


def mail_names(all_: Sequence[Reminder]) -> tuple[str, ...]:
    """Return a file's name for each reminder: ``催促_保育課.eml``."""
    stems: list[str] = []
    for each in all_:
        stems.append(file_name(f"催促_{each.department}", stems))
    return tuple(f"{stem}{ENDING}" for stem in stems)


def mails_zip(board: Board) -> bytes:
    """Return all reminders as one .zip."""
    all_ = reminders(board)
    files = dict(zip(mail_names(all_), map(mail_bytes, all_), strict=True))
    return zip_bytes(files, dt.datetime.combine(board.date, dt.time(), dt.UTC))
