"""Whether a finished PDF keeps what it promises: long keeping, and reading aloud.

Comes in: PDF files. Goes out: for each a report on PDF/A (ISO 19005-2, or the part that
the file claims) and on PDF/UA-1 (ISO 14289-1), by veraPDF, the reference validator of
both; it needs the optional extra ``check``.

veraPDF runs in a process of its own, by a script (``validate.js``) for Rhino, the JavaScript
engine in the same jar that evaluates veraPDF's rules. So a Java runtime is enough: nothing is
compiled, and JAXB, which has left Java, is not needed, as the script reads the profiles itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpireport.errors import InputError
from kpireport.validation.inspection import claimed_flavour, find_flaw, no_pdf, pages_of
from kpireport.validation.reports import ACCESSIBLE, Failure, PdfReport, Verdict
from kpireport.validation.verapdf import Answer, Job, run_verapdf

__all__ = ["Failure", "PdfReport", "Verdict", "check_pdf", "check_pdfs"]


def check_pdf(path: Path | str) -> PdfReport:
    """Validate a PDF against PDF/A and PDF/UA-1.

    Args:
        path: the file. Held against PDF/A-2a (ISO 19005-2, level A), or against the
            flavour of PDF/A-1 to -3 that it claims, as archives claim 3a.

    Raises:
        InputError: the file cannot be read, is no PDF, or is encrypted.
        MissingToolError: Java or the validator is absent; it says how to get it.
    """
    (report,) = check_pdfs([Path(path)])
    return report


def check_pdfs(paths: Sequence[Path]) -> tuple[PdfReport, ...]:
    """Validate several PDFs at once, as :func:`check_pdf` does one; Java starts but once.

    Args:
        paths: the files.

    Raises:
        InputError: files cannot be read, are no PDFs, or are encrypted; it lists them all.
        MissingToolError: Java or the validator is absent; it says how to get it.
    """
    if flaws := tuple(filter(None, map(find_flaw, paths))):
        raise InputError(flaws)
    answers = run_verapdf([Job(path, (claimed_flavour(path), ACCESSIBLE)) for path in paths])
    if unread := tuple(
        no_pdf(path)
        for path, said in zip(paths, answers, strict=True)
        if any(each.error for each in said)
    ):
        raise InputError(unread)
    return tuple(_report(path, said) for path, said in zip(paths, answers, strict=True))


def _report(path: Path, answers: Sequence[Answer]) -> PdfReport:
    return PdfReport(path, tuple(_verdict(path, answer) for answer in answers))


def _verdict(path: Path, answer: Answer) -> Verdict:
    places = pages_of(path, (each.places for each in answer.broken))
    failures = (
        Failure(each.rule, each.count, each.message, pages)
        for each, pages in zip(answer.broken, places, strict=True)
    )
    return Verdict(answer.flavour, answer.compliant, answer.checks, tuple(failures))
