"""Reminders as drafts: what a mail program reads is what the text says, to nobody yet."""

from __future__ import annotations

import email
import io
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from kpireport.status.mails import mail_bytes, mail_names, mails_zip
from kpireport.status.reminders import Reminder, reminders
from tests.status.reports import board_of


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_draft_has_the_subject_and_the_text_and_no_address(tmp_path: Path) -> None:
    for each in reminders(board_of(tmp_path)):
        data = mail_bytes(each)
        message = read(data)
        assert message["Subject"] == each.subject
        assert message.get_content().replace("\r\n", "\n") == f"{each.body}\n"
        assert not {"from", "to", "cc", "bcc", "date"} & {name.lower() for name in message}
        assert all(len(line) <= 998 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert data.isascii()
        assert mail_bytes(each) == data


def test_no_header_is_smuggled_in(tmp_path: Path) -> None:
    message = read(mail_bytes(Reminder("課", "件名\r\nTo: a@example.com", "本文\n.\n")))
    assert message["To"] is None
    assert "本文" in message.get_content()


def test_all_drafts_are_in_one_file_under_names_that_windows_takes(tmp_path: Path) -> None:
    board = board_of(tmp_path)
    found = reminders(board)
    with zipfile.ZipFile(io.BytesIO(mails_zip(board))) as archive:
        assert sorted(archive.namelist()) == sorted(mail_names(found))
        assert {archive.read(name) for name in archive.namelist()} == set(map(mail_bytes, found))
    assert mails_zip(board) == mails_zip(board)
    odd = [Reminder("子育て/保育:課", "", ""), Reminder("子育て／保育：課", "", "")]
    assert mail_names(odd) == ("催促_子育て／保育：課.eml", "催促_子育て／保育：課（2）.eml")
