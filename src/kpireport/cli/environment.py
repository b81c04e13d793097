"""What the environment says: ``SOURCE_DATE_EPOCH``, today's date, how many cores there are.

Comes in: the environment's variables, the clock, the machine. Goes out: the moment that the files
are to bear, the day, and the cores, for the stages take them as arguments and read none themselves.
"""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import locale
import os
import re
import time
from collections.abc import Mapping, MutableMapping

from kpireport.findings import refuse

SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH"
_LOCALE = re.compile(r"[\w.@-]{1,40}", re.ASCII)
_FARTHEST = 2**33  # seconds: the year 2242; they count nanoseconds, up to 2262
_LATEST = 253_402_214_400  # 9999-12-31: the next day may be past what a date can say


_RARELY = (200_000, 10, 10)
"""When it is looked for rings of objects: see :func:`gc.set_threshold`."""


def ready(environment: MutableMapping[str, str]) -> None:
    """Make this process one that makes documents, and ends when it is done.

    Documents are large trees of facts in which nothing leads back: looking through them for
    rings again and again takes a tenth of the time of making one, and frees nothing; nor does
    looking once more at the end.

    pydantic takes no plugins of other packages, unless somebody asks for some: none has a say
    in what is read here, and to look for them it opens a file of every package that there is.
    """
    gc.set_threshold(*_RARELY)
    atexit.register(gc.freeze)
    environment.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def refuse_odd_clock() -> None:
    """Refuse a clock so far ahead that libraries cannot tell its time.

    Raises:
        InputError: it is.
    """
    try:
        is_odd = time.time() >= _FARTHEST
    except OverflowError:
        is_odd = True
    if is_odd:
        refuse(
            "このパソコンの時計",
            "時計が、ありえない先の年になっています。",
            "日付と時刻の設定を直して、もう一度実行してください。",
        )


def asked_moment(environment: Mapping[str, str]) -> dt.datetime | None:
    """Return the moment of ``SOURCE_DATE_EPOCH``; ``None`` where it is not set, or empty.

    It counts the seconds since 1970, as https://reproducible-builds.org/specs/ has it.

    Raises:
        InputError: it is not such a number.
    """
    written = environment.get(SOURCE_DATE_EPOCH, "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and int(written[:20]) <= _LATEST):
        refuse(
            f"環境変数 {SOURCE_DATE_EPOCH}",
            f"「{written[:40]}」は、1970年からの秒数として読めません。",
            "1661958000 のような半角の数字だけにするか、この環境変数を消してください。",
        )
    return dt.datetime.fromtimestamp(int(written), dt.UTC)


def now() -> dt.datetime:
    """Return what the clock here says, with its zone, whatever ``SOURCE_DATE_EPOCH`` is."""
    return dt.datetime.now().astimezone()


def today(environment: Mapping[str, str]) -> dt.date:
    """Return the day of ``SOURCE_DATE_EPOCH``, or where it is not set, that of the clock here.

    Raises:
        InputError: it is set, but is no such number.
    """
    moment = asked_moment(environment)
    return (moment or now()).date()


def this_morning(environment: Mapping[str, str]) -> dt.datetime:
    """Return when files say that they were made which are to be the same all day.

    Raises:
        InputError: ``SOURCE_DATE_EPOCH`` is set, but is no such number.
    """
    return dt.datetime.combine(today(environment), dt.time(), dt.UTC)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # some may be left to others
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def language(environment: Mapping[str, str]) -> str:
    """Return the locale that is in force, as the system calls it: ``ja_JP.UTF-8``.

    What the environment asks for beside that stands in brackets: a system that does not have
    a locale takes another, and so does Python where there is none. ``locale.getlocale`` is not
    asked: it makes ``en_US.UTF-8`` of ``C.UTF-8``.
    """
    here = locale.setlocale(locale.LC_CTYPE)  # without a second argument it changes nothing
    asked = [
        f"{name}={value}"
        for name in ("LC_ALL", "LC_CTYPE", "LANG")
        if (value := environment.get(name)) and value != here and _LOCALE.fullmatch(value)
    ]
    return f"{here}（{'、'.join(asked)}）" if asked else here
