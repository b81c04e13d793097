"""What stands below a plan's rows: its footnotes, and what the department says of the plan.

Comes in: a review and a goal. Goes out: the signs at the values, and the rows across the
table that explain them: 実績の説明, the reasons of changed judgements (評価の修正) and what was
corrected (訂正), then the parts of its comment side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from kpireport.document.answer_columns import answer_name, answer_text, answers_below
from kpireport.document.blocks import Cell, Paragraph, Row, Span
from kpireport.document.columns import AnyColumn, across, side_by_side
from kpireport.document.corrections import notes_id
from kpireport.document.reviews import OVERRIDDEN, Review
from kpireport.document.sources import UNWRITTEN, SourceKind, source_of
from kpireport.document.styles import CellStyle, SpanStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.catalogue import Indicator, Measure
from kpireport.domain.comment_columns import CommentColumn, Evaluator
from kpireport.domain.layouts import LayoutColumn, LayoutName, YearPart
from kpireport.domain.places import Place
from kpireport.evaluation import Judgement
from kpireport.evaluation.rollups import GIVEN_KEY
from kpireport.quickly import dataclass

_USUAL_LAYOUT = tuple(map(LayoutColumn, LayoutName))


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The signs (``＊１``) of a goal's footnotes by their indicators, in order of appearance.

    Attributes:
        actuals: at the year's actual, which the department explains.
        marks: at the mark, which a person changed.
        marks_come_first: whether the marks stand at the left of the actuals.
    """

    actuals: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    marks_come_first: bool = False

    @classmethod
    def of(cls, review: Review, indicators: Iterable[Indicator]) -> Footnotes:
        """Number the footnotes of a table's rows from 1, as its columns stand."""
        actuals: dict[str, str] = {}
        marks: dict[str, str] = {}
        layout = review.catalogue.columns.review or _USUAL_LAYOUT
        named = [
            LayoutName.ACTUALS if YearPart.ACTUAL in each.parts else each.name for each in layout
        ]
        wanted = (each for each in named if each in (LayoutName.ACTUALS, LayoutName.MARK))
        signed = list(dict.fromkeys(wanted))
        for indicator in indicators:
            for column in signed:
                if column == LayoutName.ACTUALS and _explained(review, indicator):
                    actuals[indicator.id] = _sign(review, len(actuals) + len(marks) + 1)
                elif column == LayoutName.MARK and review.judgement(indicator).override:
                    marks[indicator.id] = _sign(review, len(actuals) + len(marks) + 1)
        if not actuals and not marks:
            return NO_FOOTNOTES
        return cls(actuals, marks, signed[:1] == [LayoutName.MARK])


_TEXT_SHARE, _CHOICE_SHARE = 5, 2  # of a row of a comment's parts: a choice is a word
NO_FOOTNOTES = Footnotes()


def _sign(review: Review, number: int) -> str:
    return review.numbers(f"{OVERRIDDEN}{number}")


def _explained(review: Review, measure: Measure) -> Actual | None:
    """Return a measure's actual of the year if the department explains it."""
    found = review.actuals.find(measure.id, review.evaluation.fiscal_year)
    return found if found and found.comment else None


def sign_span(sign: str) -> tuple[Span, ...]:
    """Return a footnote's sign at what it explains; nothing where there is none."""
    return (Span(sign, SpanStyle.NOTE_MARK),) if sign else ()


def note_row(
    review: Review,
    measure: Measure,
    columns: Sequence[AnyColumn],
    footnotes: Footnotes = NO_FOOTNOTES,
    *,
    has_answers: bool = True,
) -> tuple[Row, ...]:
    """Return the row below a measure's that explains it; nothing where nothing is said.

    ``has_answers`` is false where the texts of answers stand elsewhere.
    """
    corrected = review.correction_notes(measure.id)
    notes = (
        *_footnotes(review, measure, footnotes),
        *(_answers(review, measure) if has_answers else ()),
        *(_footnote(mark, Span(words)) for mark, words in corrected),
    )
    cell = Cell(notes, CellStyle.DENSE)
    id_ = notes_id(measure.id) if corrected else ""
    return (Row((across(columns, cell),), id=id_),) if notes else ()


def _footnotes(review: Review, measure: Measure, footnotes: Footnotes) -> Iterator[Paragraph]:
    said: list[tuple[str, Iterator[Span]]] = []
    if sign := footnotes.actuals.get(measure.id):
        said.append((sign, _explanation(review, measure)))
    if sign := footnotes.marks.get(measure.id):
        said.append((sign, override_spans(review.judgement(measure))))
    if footnotes.marks_come_first:
        said.reverse()
    yield from (_footnote(sign, *spans) for sign, spans in said)


def comment_row(
    review: Review, place: Place, columns: Sequence[AnyColumn], *, is_open: bool
) -> tuple[Row, ...]:
    """Return the rows below a place's own across the columns; nothing without a comment.

    What several evaluators say stands in blocks, each below its evaluator's name. Where
    comments are still open, what nobody has said yet has a place to be written in.
    """
    year = review.evaluation.fiscal_year
    comment = review.actuals.find_comment(place.id, year) or PlanComment(place.id, year)
    asked = (each for each in review.catalogue.comments if each.key != GIVEN_KEY)
    said = [each for each in asked if is_open or comment.text(each.key)]
    blocks: dict[Evaluator | None, list[CommentColumn]] = {}
    for column in said:
        blocks.setdefault(column.by, []).append(column)
    return tuple(row for by, block in blocks.items() for row in _block(by, block, comment, columns))


def _block(
    by: Evaluator | None,
    block: Sequence[CommentColumn],
    comment: PlanComment,
    columns: Sequence[AnyColumn],
) -> Iterator[Row]:
    """Yield the rows of what one evaluator says, a single text beside the evaluator's name."""
    name = in_lenticulars(by.name) if by else ""
    if by and len(block) > 1:
        head = Paragraph((Span(name, SpanStyle.STRONG),), TextStyle.DENSE_LABEL)
        yield Row((across(columns, Cell((head,), CellStyle.PROSE)),), keep_with_next=True)
        name = ""
    cells = [_comment_cell(each, comment, name) for each in block]
    if len(cells) > len(columns):
        yield from (Row((across(columns, each),)) for each in cells)
        return
    shares = [_CHOICE_SHARE if each.choices else _TEXT_SHARE for each in block]
    yield Row(tuple(side_by_side(columns, cells, shares)))


def in_lenticulars(name: str) -> str:
    """Return an evaluator's name as it heads what is said: ``【外部評価】``."""
    return f"【{name}】"


def _answers(review: Review, measure: Measure) -> Iterator[Paragraph]:
    """Yield the texts on an indicator that have no column, each behind what it is called."""
    for column in answers_below(review, measure):
        if text := answer_text(review, measure.id, column):
            name = f"{in_lenticulars(column.by.name) if column.by else ''}{column.label}"
            source = source_of(answer_name(column), measure.id, review.evaluation.fiscal_year)
            spans = (Span(name, SpanStyle.STRONG), Span("　"), Span(text, source=source))
            yield Paragraph(spans, TextStyle.DENSE_TEXT)


def _footnote(sign: str, *spans: Span) -> Paragraph:
    return Paragraph((Span(f"{sign}　"), *spans), TextStyle.DENSE_TEXT)


def _explanation(review: Review, indicator: Measure) -> Iterator[Span]:
    entry = _explained(review, indicator)
    if entry is not None:
        source = source_of(SourceKind.EXPLANATION, entry.measure_id, entry.fiscal_year)
        yield Span(entry.comment, source=source)


def override_spans(judgement: Judgement) -> Iterator[Span]:
    """Say from which mark a person changed a judgement to which, and why."""
    if judgement.override is None:
        return
    about = (judgement.measure_id, judgement.fiscal_year)
    yield Span(f"計算では「{judgement.computed.label}」。")
    yield Span(judgement.override.reason, source=source_of(SourceKind.OVERRIDE, *about))
    yield Span(f"（「{judgement.mark.label}」に修正）")


def _comment_cell(column: CommentColumn, comment: PlanComment, by: str) -> Cell:
    """Return what was said in a column, or that nothing was yet, below what it is called."""
    name = Paragraph((Span(f"{by}{column.label}", SpanStyle.STRONG),), TextStyle.DENSE_LABEL)
    # a choice is counted elsewhere in the document: it is no text to be edited in its place
    word = (paragraph(comment.text(column.key) or UNWRITTEN, TextStyle.DENSE_TEXT),)
    return Cell((name, *(word if column.choices else said_of(column, comment))), CellStyle.PROSE)


def said_of(column: CommentColumn, comment: PlanComment) -> tuple[Paragraph, ...]:
    """Return the text of a column, or that there is none yet: it may be edited."""
    source = source_of(column.key, comment.plan_id, comment.fiscal_year)
    return prose(comment.text(column.key), source)


def prose(text: str, source: str) -> tuple[Paragraph, ...]:
    """Return a text of the inputs, or what keeps its place while there is none."""
    if not text:
        unwritten = paragraph(UNWRITTEN, TextStyle.COMMENT, source)
        return (replace(unwritten, is_unwritten=True),)
    parts = (each for each in text.split("\n") if each.strip())
    return tuple(paragraph(each, TextStyle.COMMENT, source) for each in parts)
