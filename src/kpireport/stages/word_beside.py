"""The Word file made by a process of its own, while this one makes the PDF.

Comes in: what the Word file is made of, then the pages that the PDF was laid out on. Goes out: the
file; or nothing where that process ended without: whoever asked then makes it, or meets what is
wrong with it, in words of its own.

The process begins before there is anything to make, and loads what it needs while this one reads.
It is this interpreter begun anew (a copy would have threads and locks of this one in it), without
:mod:`multiprocessing`, which begins a third process and runs the caller's program once more. What
both say is pickled, over pipes that nobody else has. It hears nothing of an interrupt at the
console, ends with the block that began it, and at the latest when its input does.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import IO, Any

from kpireport.stages.word import ExpectedPages, MadeWord, WordJob

_PROGRAM = (
    "import pickle, sys\n"
    "sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "from kpireport.stages.word_beside import serve\n"
    "serve()"
)
_COMMAND = ("-P", "-c", _PROGRAM)  # -P: a folder that is worked in has no modules for us


class WordBeside:
    """A process that makes one Word file."""

    def __init__(self, said: IO[bytes], answer: IO[bytes], sending: Executor) -> None:
        """Talk to a process.

        Args:
            said: its input.
            answer: its output.
            sending: one thread: pipes hold little, and what is sent must not wait for a process
                that still loads.
        """
        self._said = said
        self._answer = answer
        self._sending = sending
        self._sent: list[Future[None]] = []

    def begin(self, job: WordJob) -> None:
        """Hand over what the file is made of."""
        self.send(job)

    def go_on(self, pages: ExpectedPages) -> None:
        """Hand over the pages of the PDF."""
        self.send(pages)

    def done(self) -> MadeWord | None:
        """Return the file once it is made; ``None`` if the process could not make it."""
        try:
            for each in self._sent:
                each.result()
            made = pickle.load(self._answer)  # noqa: S301 -- from ourselves
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return made if isinstance(made, MadeWord) else None

    def send(self, message: object) -> None:
        """Have the process told something, without waiting for it."""
        self._sent.append(self._sending.submit(_put, message, self._said))


def _put(message: object, stream: IO[bytes]) -> None:
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


@contextmanager
def word_beside(*, draws: bool) -> Iterator[WordBeside | None]:
    """Have a process ready while the body runs; ``None`` where none can be begun.

    Args:
        draws: it is likely to draw charts.
    """
    process = _begun()
    if process is None or process.stdin is None or process.stdout is None:
        yield None
        return
    sending = ThreadPoolExecutor(1, thread_name_prefix="word")
    try:
        beside = WordBeside(process.stdin, process.stdout, sending)
        beside.send(sys.path)
        beside.send((draws, gc.get_threshold()))
        yield beside
    finally:
        process.kill()  # it may have ended
        sending.shutdown()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # of what it never took
                stream.close()
        process.wait()


def _begun() -> subprocess.Popen[bytes] | None:
    try:
        return subprocess.Popen(  # noqa: S603 -- the command is ours
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
    except OSError:
        return None


def _apart() -> dict[str, Any]:
    """Return how a process is begun that an interrupt at the console does not reach."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}


# --- in the other process ---------------------------------------------------------

_LOADED = (
    *("writers.docx.writer", "writers.docx.ahead", "writers.charts.kept_images"),
    "evaluation.reasons",  # of which there are words in documents
)


def serve() -> None:
    """Make a Word file of what the input says."""
    said, answer = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    draws, thresholds = pickle.load(said)  # noqa: S301 -- from ourselves
    gc.set_threshold(*thresholds)
    _load(draws=draws)
    job: WordJob = pickle.load(said)  # noqa: S301

    def pages_of_pdf() -> ExpectedPages:
        pages: ExpectedPages = pickle.load(said)  # noqa: S301
        return pages

    pickle.dump(job.done(pages_of_pdf, works_ahead=True), answer, pickle.HIGHEST_PROTOCOL)
    answer.flush()


def _load(*, draws: bool) -> None:
    """Load what is needed, while there is nothing to be made yet."""
    from importlib import import_module

    from kpireport.writers.fonts import load_font
    from kpireport.writers.theme import Typeface

    drawing = ("writers.charts.png", "writers.charts.svg") if draws else ()
    for name in (*_LOADED, *drawing):
        import_module(f"kpireport.{name}")
    for typeface in Typeface:
        load_font(typeface)
        load_font(typeface, bold=True)
