"""Answers that a department gave once, and that its newer book leaves empty.

Comes in: the versions that count, and what earlier runs took; later, the register and what
the report's workbook says. Goes out: warnings, and what the register is to remember until
it is settled: a blank deletes nothing, for it may be a slip; so that somebody has to be
told, by every run and every check, for as long as the answer stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpireport.collection.contributions import consists_of
from kpireport.collection.expected import Expected
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import Answer
from kpireport.collection.outcomes import ConflictKind
from kpireport.collection.register import CellKey, KeptCell, WithdrawnCell, read_register
from kpireport.collection.returned import Returned, in_words
from kpireport.collection.single_line import LINE_END, one_line
from kpireport.collection.wishes import Verb
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.settings import CollectionSettings, ReviewSettings
from kpireport.errors import InputError, Problem, Severity
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.sources.actuals import ReadActuals
from kpireport.sources.actuals_forms import InputColumn, InputKind, form_of
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.titled_tables import Record

Before = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]
"""The texts that earlier runs took: by sheet, id, department and title."""

_UNKNOWN = "取り下げか、記入もれかが、わかりません。"


# --- while answers are taken in --------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """What a book says in the cells of one answer."""

    sheet: str
    id: str
    columns: tuple[InputColumn, ...]
    answer: Answer

    @property
    def title(self) -> str:
        """The first cell's, by which the register knows the answer."""
        return self.columns[0].title

    @property
    def titles(self) -> tuple[str, ...]:
        """All cells', as they are said: ``達成：全校に配備``."""
        said = sorted(self.columns, key=lambda each: each.kind is not InputKind.CHOICE)
        return tuple(each.title for each in said)

    @property
    def text(self) -> str:
        return in_words(self.answer.found.fact, self.columns)

    @property
    def key(self) -> CellKey:
        return (self.sheet, self.id, self.answer.department, self.title)


def note_withdrawn(
    answers: Sequence[Returned], before: Before, ledger: Ledger, expected: Expected
) -> None:
    """Note what was taken of a department before and is empty in all its books that count."""
    cells = [cell for returned in answers for cell in _cells(returned, expected)]
    said = {cell.key for cell in cells if cell.text}
    for key in said:
        ledger.known.withdrawn.pop(key, None)
    for cell in cells:
        if cell.key in said:
            continue
        said.add(cell.key)  # one book's cell is enough to tell of
        ledger.known.withdrawn.pop(cell.key, None)
        taken = before[cell.sheet].get(cell.id, {}).get(cell.answer.department, {})
        texts = [taken[title] for title in cell.titles if taken.get(title)]
        now = _now(cell, ledger)
        if texts and now and (cell.sheet == VALUES or _is_there(cell, texts[0], now, ledger)):
            _note(cell, texts, now, ledger)


def _is_there(cell: _Said, text: str, now: str, ledger: Ledger) -> bool:
    """Whether a shared cell has the department's text, and not just others' that is alike."""
    others = {
        each.department: each.text
        for each in ledger.known.cells.values()
        if (each.sheet, each.id, each.title) == (cell.sheet, cell.id, cell.title)
        and each.department != cell.answer.department
    }
    return plain_name(text) in plain_name(now) and not (others and consists_of(now, others))


def _cells(returned: Returned, expected: Expected) -> Iterator[_Said]:
    for id_, actual in (*returned.blank.items(), *returned.actuals.items()):
        for columns in expected.values.answers:
            yield _Said(VALUES, id_, columns, Answer(returned, actual))
    for id_, comment in (*returned.unspoken.items(), *returned.comments.items()):
        for columns in expected.comments.answers:
            yield _Said(WORDS, id_, columns, Answer(returned, comment))


def _now(cell: _Said, ledger: Ledger) -> str:
    """What the report's workbook says there, or is going to."""
    own = ledger.own
    if cell.sheet == VALUES:
        row = own.actuals.get(cell.id)
        return in_words(row.fact, cell.columns) if row else ""
    for edit in ledger.edits:
        if (edit.sheet, edit.id) == (cell.sheet, cell.id) and cell.title in edit.texts:
            return edit.texts[cell.title]
    found = own.comments.get(cell.id)
    return in_words(found.fact, cell.columns) if found else ""


def _note(cell: _Said, texts: Sequence[str], now: str, ledger: Ledger) -> None:
    found, department = cell.answer.found, cell.answer.department
    withdrawn = WithdrawnCell(
        sheet=cell.sheet,
        id=cell.id,
        title=cell.title,
        department=department,
        text="：".join(map(one_line, texts)),
        file=cell.answer.returned.original.name,
        place=found.record.place(cell.title),
        about=found.about,
    )
    own = ledger.own.path.name
    place = ledger.place_in_own(cell.sheet, cell.id, cell.titles)
    is_untouched = plain_name(now) == plain_name("：".join(texts))
    is_shared = cell.sheet == WORDS and not is_untouched
    if _is_kept(cell, ledger):
        what = f"{withdrawn.what}{own} の {place} は、そのまま残します。"
        remedy = f"取り下げに改めるなら、{_deletion(own, place, withdrawn, is_shared=is_shared)}。"
        ledger.notes.append(
            Problem(found.file, withdrawn.place, what, remedy, Severity.WARNING, about=found.about)
        )
        return
    if is_untouched or cell.sheet == WORDS:
        ledger.known.withdrawn[cell.key] = withdrawn
    stays = "" if is_untouched else f"（いまは{quoted(one_line(now))}）"
    told = ledger.problem(
        cell.answer,
        withdrawn.place,
        f"{withdrawn.what}空欄では消さないので、{own} の {place} はそのまま残しています{stays}。",
        _settling(own, place, withdrawn, is_shared=is_shared),
        Severity.WARNING,
    )
    row = (cell.sheet, cell.id)
    ledger.dispute(ConflictKind.WITHDRAWN, told, cell.answer, row, cell.titles, now, "")


def _is_kept(cell: _Said, ledger: Ledger) -> bool:
    """Whether somebody said, now or before, that the earlier answer stays although it is empty."""
    key = (cell.sheet, cell.id, cell.title)
    if ledger.wishes.on_row(cell.id, cell.titles) is Verb.KEEP:
        ledger.known.kept[key] = KeptCell(sheet=cell.sheet, id=cell.id, title=cell.title, answer=())
    return key in ledger.known.kept and not any(ledger.known.kept[key].answer)


# --- until somebody settles it ---------------------------------------------------


def still_open(
    collection: CollectionSettings,
    review: ReviewSettings,
    read: ReadActuals,
    plan: Catalogue,
) -> Iterator[Problem]:
    """Yield a question for each answer that may have been withdrawn."""
    try:
        register = read_register(collection.received, review.fiscal_year)
    except InputError:
        return  # it is for collect to say what is the matter with it
    for cell in register.withdrawn:
        if standing := _standing(cell, review, read, plan):
            row, is_shared = standing
            place = row.place(cell.title)
            yield Problem(
                str(collection.inbox / cell.file),
                cell.place,
                f"{cell.what}{_UNKNOWN}",
                _settling(review.actuals.name, place, cell, is_shared=is_shared),
                Severity.WARNING,
                cell.about,
                cell.id if cell.sheet == VALUES else "",
                cell.department,
            )


def _standing(
    cell: WithdrawnCell,
    review: ReviewSettings,
    read: ReadActuals,
    plan: Catalogue,
) -> tuple[Record, bool] | None:
    """The row that still says what may have been withdrawn, and whether it says more there."""
    for found in read.found:
        fact = found.fact
        if isinstance(fact, Override) or fact.fiscal_year != review.fiscal_year:
            continue
        text = _words(fact, cell, plan)
        if text and isinstance(fact, Actual):
            return found.record, False
        # of a plan's words, in which others have theirs, to the letter
        lines = map(plain_name, cell.text.split(LINE_END))
        if text and all(line in plain_name(text) for line in lines):
            return found.record, plain_name(one_line(text)) != plain_name(cell.text)
    return None


def _words(fact: Actual | PlanComment, cell: WithdrawnCell, plan: Catalogue) -> str:
    """What a row says in the cells of an answer; empty where it is another row."""
    form = form_of(fact, plan)
    id_ = fact.measure_id if isinstance(fact, Actual) else fact.plan_id
    if (cell.sheet, cell.id) != (form.name, id_):
        return ""
    columns = next((each for each in form.answers if each[0].title == cell.title), ())
    return in_words(fact, columns) if columns else ""


# --- in words --------------------------------------------------------------------


def _settling(own: str, place: str, withdrawn: WithdrawnCell, *, is_shared: bool) -> str:
    """How to settle an answer that may have been withdrawn.

    Args:
        own: the report's workbook.
        place: its cell, as far as that is known.
        withdrawn: the answer.
        is_shared: other texts are in the cell, and stay.
    """
    return (
        f"取り下げなら、{_deletion(own, place, withdrawn, is_shared=is_shared)}。"
        f"記入もれなら、{withdrawn.department}に確かめて、"
        "送り直してもらってください。前の回答のままでよければ、いまのまま残すことを選んで、"
        "もう一度取り込んでください。"
    )


def _deletion(own: str, place: str, withdrawn: WithdrawnCell, *, is_shared: bool) -> str:
    cell = f"{own} の {place}" if place else f"{own} のその欄"
    if not is_shared:
        return f"{cell} を手で空にしてください"
    return (
        f"{cell} から、{withdrawn.department}の{quoted(withdrawn.text)}だけを、"
        "課の名とともに手で消し、ほかの文はそのまま残してください"
    )
