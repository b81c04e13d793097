"""A report folder: what its settings name, read and judged, each once and when it is asked for.

Comes in: a folder, or settings for it. Goes out: a :class:`Report`. Whoever needs the plan,
the actuals, their judgements or the document of a report asks it, so that every command
reads the same with the same eyes. A part is imported when it is needed: a command's help
appears at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kpireport.domain.calendar_years import of_calendar_years
from kpireport.domain.settings import DocumentKind
from kpireport.errors import InputError, Problem
from kpireport.findings import Findings
from kpireport.stages.composing import (
    compose_digest_edition,
    compose_plan_edition,
    compose_results_edition,
    undrawable,
)

if TYPE_CHECKING:
    from kpireport.document.blocks import Document
    from kpireport.document.reviews import Review
    from kpireport.domain.actuals import Actuals
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.histories import History
    from kpireport.domain.settings import CollectionSettings, ReviewSettings, Settings
    from kpireport.domain.years import FiscalYear
    from kpireport.evaluation import Criteria, Evaluation, RollupRules, Scheme
    from kpireport.sources.actuals import FoundFact, ReadActuals
    from kpireport.sources.actuals_scope import MarkInputs
    from kpireport.sources.workbook import OpenedBooks


class Report:
    """A report folder.

    What is wrong with it, and what deserves a second look, is noted as it is found, so that a
    part that finds fault hides none of the others': staff hear of everything at once. Only
    without a plan nothing else can be said: whatever needs it then raises all that was found.

    Attributes:
        settings: those of the folder, or changed ones; once the plan is read, without the
            earlier years of folders beside this one that are not the plan's.
        folder: where ``report.toml`` is.
        settings_file: that file.
        findings: what was found in what has been read up to now.
    """

    def __init__(
        self, settings: Settings, folder: Path | str, *, with_notices: bool = False
    ) -> None:
        """Read nothing yet.

        Args:
            settings: those of the folder, or changed ones.
            folder: the folder, for the problems of its settings.
            with_notices: what looks forgotten in the plan deserves a second look, too.
        """
        from kpireport.sources.settings import SETTINGS_FILE

        self.settings = settings
        self.folder = Path(folder)
        self.settings_file = self.folder / SETTINGS_FILE
        self.findings = Findings(self.settings_file)
        self._with_notices = with_notices
        self._outside: tuple[FiscalYear, ...] = ()
        self._is_read = False
        self._is_checked = False

    @classmethod
    def open(cls, folder: Path | str, *, with_notices: bool = False) -> Self:
        """Read the settings of a folder.

        Raises:
            InputError: they cannot be used; it lists every problem.
        """
        from kpireport.sources.settings import load_settings

        return cls(load_settings(folder), folder, with_notices=with_notices)

    def in_template(self, template: Path | str) -> Report:
        """The same folder, its Word file to be made by another template (様式)."""
        word = replace(self.settings.word, template=Path(template))
        return Report(replace(self.settings, word=word), self.folder)

    def as_document(self, kind: DocumentKind) -> Report:
        """The same folder, to be made as one of its documents: itself, or one that is read anew.

        Raises:
            InputError: it is a plan's edition, which is made as a whole alone.
        """
        if kind is DocumentKind.WHOLE:
            return self
        if self.settings.review is None:
            what = f"{kind.words}は実績のある版だけのものです。"
            remedy = f"{kind.words}は、年度の報告書で作ってください。"
            self.findings.fail("edition", what, remedy)
        return Report(self.settings.of(kind), self.folder)

    def as_draft(self, *, is_draft: bool) -> Report:
        """The same folder, its review to be a draft (作成中) or final."""
        review = replace(self.review_settings, is_draft=is_draft)
        return Report(replace(self.settings, review=review), self.folder)

    @property
    def review_settings(self) -> ReviewSettings:
        """What the settings say of the review, which this is."""
        assert self.settings.review is not None  # noqa: S101 -- nobody asks it of a plan
        return self.settings.review

    @property
    def collection_settings(self) -> CollectionSettings:
        """What the settings say of how a review's answers are asked for and taken in."""
        assert self.settings.collection is not None  # noqa: S101 -- nobody asks it of a plan
        return self.settings.collection

    # --- what is read ------------------------------------------------------------

    @cached_property
    def base(self) -> bytes | None:
        """The base document of the municipality's own template; ``None`` for ours."""
        template = self.settings.word.template
        if template is None:
            return None
        from kpireport.sources.word_file import read_word_file
        from kpireport.writers.docx.templates import base_from_template

        base = self.findings.attempt(
            lambda: base_from_template(read_word_file(template), str(template))
        )
        if base is None:
            return None
        self.findings.take(base.notices)
        return base.data

    @cached_property
    def criteria(self) -> Criteria | None:
        """What a review is judged by; ``None`` where that is faulty or there is no review."""
        from kpireport.evaluation import criteria_from_settings

        review, file = self.settings.review, str(self.settings_file)
        if review is None:
            return None
        found = self.findings.attempt(lambda: criteria_from_settings(review.evaluation, file=file))
        return of_calendar_years(found) if review.fiscal_year.is_calendar else found

    @property
    def scheme(self) -> Scheme | None:
        """How the review's year is judged; ``None`` as of the criteria."""
        return self.criteria.scheme if self.criteria else None

    @property
    def mark_inputs(self) -> MarkInputs:
        """What people give of the marks."""
        from kpireport.stages.marks_asked import mark_inputs_of

        return mark_inputs_of(self.criteria, self.rollup)

    @cached_property
    def history(self) -> History:
        """The plan through the years.

        Raises:
            InputError: there is no plan to hold the rest against.
        """
        return self.findings.demand(self._read_history)

    def _read_history(self) -> History:
        from kpireport.domain.histories import History
        from kpireport.domain.wording import Words
        from kpireport.sources.catalogue import read_plan
        from kpireport.sources.catalogue_notices import note_forgotten
        from kpireport.sources.earlier_years import within_plan
        from kpireport.sources.settings import check_catalogue_exists

        try:
            check_catalogue_exists(self.settings, self.settings_file)
            plan = read_plan(self.settings.catalogue)
        except InputError:
            self._rollup_rules(None)  # what is wrong with the settings is told beside it
            raise
        if self._with_notices:
            log = self.findings.of(self.settings.catalogue)
            log.wording = Words.of(plan.catalogue).put_into
            note_forgotten(plan, log)
        self._rollup = self._rollup_rules(plan.catalogue)
        self._note_unproved()
        history = History(self._rollup.asking(plan.catalogue))
        self.settings, self._outside = within_plan(self.settings, self.folder, history)
        return history

    def _note_unproved(self) -> None:
        """Tell what two people have not read against the original: in checks, and if final."""
        from kpireport.plan_proofs.places import has_proof

        review, catalogue = self.settings.review, self.settings.catalogue
        is_told = self._with_notices or review is None or not review.is_draft
        if is_told and has_proof(catalogue):
            from kpireport.plan_proofs.notices import note_unproved

            note_unproved(catalogue, self.findings)

    def _rollup_rules(self, plan: Catalogue | None) -> RollupRules:
        from kpireport.stages.rolling import rollup_rules

        review, file = self.settings.review, self.settings_file
        return rollup_rules(review, self.scheme, plan, self.findings, file)

    @property
    def rollup(self) -> RollupRules:
        """How marks of plans and goals are made of those of indicators (集計)."""
        _ = self.history
        return self._rollup

    @property
    def catalogue(self) -> Catalogue:
        """The plan as decided, with its revisions."""
        return self.history.decided

    @property
    def plan(self) -> Catalogue:
        """The plan as the edition shows it: what is in force in its year, if it has one."""
        review = self.settings.review
        year = review.fiscal_year if review else self.settings.as_of
        return self.catalogue if year is None else self.history.in_force(year)

    @cached_property
    def books(self) -> OpenedBooks:
        """The workbooks of the actuals, of this report and earlier ones."""
        from kpireport.sources.actuals_forms import SHEETS
        from kpireport.sources.workbook import OpenedBooks

        return OpenedBooks(SHEETS)

    @cached_property
    def read(self) -> ReadActuals | None:
        """A review's actuals as far as they can be read; ``None`` for other editions."""
        if self.settings.review is None:
            return None
        from kpireport.stages.kept_values import changed_since_kept

        read = self.read_with(self.settings.review.actuals)
        self.findings.take(read.findings.problems)
        for file, what, remedy in changed_since_kept(
            read, self.review_settings, lambda kept: self.read_with(kept, earlier=()).actuals
        ):
            self.findings.of(file).warn("", what, remedy)
        return read

    def read_with(
        self,
        actuals: Path,
        *,
        books: OpenedBooks | None = None,
        earlier: Sequence[Path] | None = None,
    ) -> ReadActuals:
        """Read a review's actuals from a file in the place of its own; nothing is noted here.

        Args:
            actuals: the file.
            books: what workbooks are taken to hold; ``None`` for what they do.
            earlier: those of earlier reports, if not the review's own.
        """
        from kpireport.sources.actuals import read_reports

        review, criteria = self.review_settings, self.criteria
        return read_reports(
            actuals,
            self.history,
            review.fiscal_year,
            earlier=review.earlier if earlier is None else earlier,
            accepted=review.accepted,
            charted=review.main_charts,
            knows_mark=(lambda mark: criteria.find_mark(mark) is not None) if criteria else bool,
            marks=self.mark_inputs,
            numerals=self.settings.numerals,
            settings_file=self.settings_file,
            books=books or self.books,
        )

    def reading(self, books: OpenedBooks, read: ReadActuals) -> Report:
        """The same folder, its actuals being other ones, which were read: no more than these.

        Args:
            books: what the workbooks of the actuals hold.
            read: what that says.
        """
        report = Report(self.settings, self.folder)
        report._rollup, report._outside = self._rollup, self._outside
        vars(report).update(
            criteria=self.criteria,
            history=self.history,
            books=books,
            read=read,
        )
        return report

    @property
    def found(self) -> tuple[FoundFact, ...]:
        """A review's facts with the places that they were read from."""
        return self.read.found if self.read else ()

    @property
    def lacking(self) -> tuple[Problem, ...]:
        """What nobody has reported, if the edition may not lack it."""
        is_final = self.settings.review is not None and not self.settings.review.is_draft
        return self.read.unreported if self.read and is_final else ()

    # --- what is made of it ------------------------------------------------------

    @cached_property
    def actuals(self) -> Actuals:
        """What was reported up to and including a review's year; parts of what was split go on."""
        assert self.read is not None  # noqa: S101 -- nobody asks it of a plan
        return self.read.actuals.continuing(self.history.continued)

    @cached_property
    def evaluation(self) -> Evaluation | None:
        """The judgements; ``None`` without a way of judging, or anything to judge."""
        from kpireport.evaluation import evaluate

        if self.criteria is None or self.read is None or not self.read.has_year:
            return None
        year = self.review_settings.fiscal_year
        return evaluate(self.history, self.read.actuals, year, self.criteria)

    @cached_property
    def review(self) -> Review | None:
        """What a review's document is composed from; ``None`` where nothing is judged."""
        from kpireport.document.reviews import Review

        if self.read is None or self.evaluation is None:
            return None
        return Review.of(
            self.history,
            self.read.actuals,
            self.evaluation,
            self.settings.numerals,
            self.review_settings.orientation,
            charts=self.review_settings.charts,
            main_charts=self.review_settings.main_charts,
            shows_departments=self.review_settings.shows_departments,
            rollup=self.rollup,
            on=self.settings.date,
        )

    @cached_property
    def document(self) -> Document:
        """Every word of the report, or of its digest, which is refused what the report is.

        Raises:
            InputError: it cannot be built; with the errors of all inputs, those of what
                nobody has reported included, and apart from them the warnings.
        """
        composed = self._composed
        self.findings.take(self.lacking)  # does not keep the rest from being checked
        self._check_printing()
        whole = self.findings.settled(composed)
        if not self.settings.is_digest:
            return whole
        assert self.review is not None  # noqa: S101 -- the whole was composed of it
        return compose_digest_edition(self.review, self.settings, self.review_settings)

    @cached_property
    def _composed(self) -> Document | None:
        """The document; ``None`` where an error keeps it from being composed."""
        self._read_all()
        if self.findings.errors:
            return None
        if self.settings.review is None:
            return compose_plan_edition(self.history, self.settings)
        assert self.review is not None  # noqa: S101 -- only errors keep it from being judged
        return compose_results_edition(
            self.review,
            self.settings,
            self.review_settings,
            self.found,
            takes_comments=self.read is not None and self.read.comments is not None,
        )

    def _check_printing(self) -> None:
        """Note the characters that no font draws, and tables without room on their pages."""
        from kpireport.stages.table_widths import note_too_wide

        if self._composed is not None and not self._is_checked:
            self._is_checked = True
            found = undrawable(self._composed, self.settings, self.settings_file, self.found)
            self.findings.take(found)
            self._note_unsaid()
            log = self.findings.of(self.settings.catalogue)
            note_too_wide(self._composed, self.settings.edition, self.plan, self.review, log)

    def _note_unsaid(self) -> None:
        """Note where a department names no issue (課題) and something of it is late."""
        if self.review is not None:
            from kpireport.stages.unsaid_issues import unsaid_issues

            accepted = self.review_settings.accepted
            self.findings.take(unsaid_issues(self.review, self.found, accepted))

    # --- how far it is looked at -------------------------------------------------

    def sound(self) -> Self:
        """Return itself, everything that its settings name being read without a fault.

        What is not reported yet is no fault here, even of a final edition.

        Raises:
            InputError: the inputs cannot be used; it lists every problem.
        """
        self._read_all()
        self.findings.settle()
        return self

    def inspected(self) -> Self:
        """Return itself, everything being read and checked that a build would, as far as it can.

        What nobody has reported yet is not among what is found: ``read`` has it.

        Raises:
            InputError: the plan cannot be used; it lists every problem.
        """
        _ = self.base
        self._check_printing()
        return self

    def _read_all(self) -> None:
        """Read everything that the settings name, in the order in which problems are told."""
        from kpireport.evaluation.criteria_checks import check_criteria
        from kpireport.sources.settings_notices import (
            note_odd_years,
            note_passed_over,
            note_without_effect,
        )
        from kpireport.sources.years_in_force import outside_plan

        if self._is_read:
            return
        _ = self.criteria, self.history
        files = map(self.findings.of, (self.settings_file, self.settings.catalogue))
        check_criteria(self.criteria, self.catalogue, *files)
        note_odd_years(self.settings, self.folder, self.findings, self._outside)
        if self.scheme is not None:
            has_yearly, has_rules = self.plan.has_yearly_targets, self.scheme.has_rules
            note_without_effect(
                self.settings, self.findings, has_rules=has_rules, has_yearly=has_yearly
            )
            if has_yearly and self.scheme.counts_evenly:
                note_passed_over(self.settings, self.findings)
        as_of = self.settings.as_of
        if as_of is not None and (misplaced := outside_plan(self.history, as_of)):
            self.findings.add("as_of", *misplaced)
        _ = self.read
        self._is_read = True

    # --- how it looks in Word ----------------------------------------------------

    def word(self, *, native_charts: bool = False) -> bytes:
        """Return the Word file as far as its words are read: without what comes of its pages.

        Word draws its charts, or they are images, which are left empty.

        Raises:
            InputError: it cannot be built.
        """
        from kpireport.writers.docx import draw_nothing, write_docx

        document, base = self.document, self.base
        self.findings.settle()
        return write_docx(document, base=base, native_charts=native_charts, draw=draw_nothing)
