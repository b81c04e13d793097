"""計画の行: a row of the plan in a form.

A form is a row of the plan's workbook, taken as a workbook is: by the same checks, with the
same questions, told at the field. What is decided is asked about: a revision, or a slip.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from kpireport.domain.names import in_one_line
from kpireport.errors import Problem, Severity
from kpireport.findings import Findings
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.conducting import write_taken
from kpireport.plan_books.decided import DecidedChange, is_reported
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.plan_rows import PlanRows
from kpireport.plan_books.proposing import ASKED
from kpireport.plan_books.rows import BookRow
from kpireport.plan_books.taking import TakenPlan
from kpireport.plan_books.wording import in_words_of_the_book
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.pages.plans import KINDS, OVERVIEW, sheet_of, title_of
from kpireport.workbench.row_forms import Field, FieldGroup, field_of, groups_of, typed_columns

_MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class Form:
    """A row in a form.

    Attributes:
        rows: the plan.
        flat: the row's sheet.
        number: its number from 1; that of the row above where it is new.
        is_new: it is not in the plan yet.
        typed: what stands in the form.
        below: the first row below it, where it is new and cannot be without one: a goal's
            first plan; ``None`` else.
    """

    rows: PlanRows
    flat: FlatSheet
    number: int
    is_new: bool
    typed: BookRow
    below: BookRow | None = None

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.flat.sheet.name

    @property
    def at(self) -> int:
        """The row's number once it is in the plan."""
        return self.number + 1 if self.is_new else self.number

    @property
    def key(self) -> str:
        """What the form says of which row it is."""
        return self.rows.row(self.sheet, self.number).text(of.ID) or str(self.number)

    def edited(self) -> PlanRows:
        """The plan with the row as it was typed."""
        if self.is_new:
            added = self.rows.with_new(self.sheet, self.typed.texts, self.number)
            if self.below is None:
                return added
            name = "　".join(filter(None, map(self.typed.text, (of.NUMBER, of.NAME))))
            return added.with_new(of.PLANS.name, {**self.below.texts, of.ABOVE: name})
        return self.rows.with_texts(self.sheet, self.number, self.typed.texts)


def row(asked: Asked) -> Response:
    """Show a row in a form."""
    form = _form(asked.plan, asked.query("sheet"), asked.query("key"), asked.query("new"))
    if form.is_new and form.flat.sheet is of.INDICATORS and asked.query("plan"):
        form = replace(form, typed=BookRow({of.PLAN: asked.query("plan")}))
    return _shown(asked, form)


def save(posted: Posted) -> Response:
    """Take a row as it was typed into the plan's file."""
    with posted.desk.writing:
        rows = posted.plan
        form = _form(rows, posted.field("sheet"), posted.field("key"), posted.field("new"))
        form, faults = _with_own(posted, _typed(posted, _with_sent_columns(posted, form)))
        if faults:
            return _shown(posted, form, status=422, faults=faults)
        if posted.field("seal") != rows.seal:
            now = None if form.is_new else rows.row(form.sheet, form.number)
            return _shown(posted, form, status=409, now=now, is_outdated=True)
        if form.below is not None and not form.below.text(of.NAME):
            return _shown(posted, form, status=422, no_below=True)
        edited = form.edited()
        if posted.field("new_departments"):
            edited = edited.with_departments(form.typed.text(of.IN_CHARGE))
        taken = edited.taken()
        if taken.findings.errors:
            return _shown(posted, form, taken, status=422, edited=edited)
        back = _back(posted, form)
        if taken.is_same:
            posted.desk.note("変わったところはありません。何も書き込んでいません。")
            return posted.go(back)
        decided = taken.decided_changes() if is_reported(rows.catalogue) else ()
        if decided and not posted.field("correct"):
            return _shown(posted, form, taken, status=422, edited=edited, decided=decided)
        write_taken(taken, rows.catalogue)
    _tell_saved(posted, form, taken, edited)
    return posted.go(back)


def move(posted: Posted) -> Response:
    """Put a row before the one above it that stands in the same, or below the next."""
    with posted.desk.writing:
        rows = posted.plan
        form = _form(rows, posted.field("sheet"), posted.field("key"), "")
        if posted.field("seal") != rows.seal:
            return _shown(posted, form, status=409, is_outdated=True)
        is_up = posted.field("to") == "up"
        taken = rows.moved(form.sheet, form.number, up=is_up).taken()
        taken.findings.settle()
        if taken.is_same:
            posted.desk.note("並びは、もう端です。" if is_up else "並びは、もう終わりです。")
            return posted.go(_back(posted, form))
        write_taken(taken, rows.catalogue)
    posted.desk.note(
        f"{rows.place(form.sheet, form.number)}を、1つ{'上' if is_up else '下'}へ移しました。"
    )
    return posted.go(_back(posted, form))


def remove(posted: Posted) -> Response:
    """Take a row out of the plan's file."""
    with posted.desk.writing:
        rows = posted.plan
        form = _form(rows, posted.field("sheet"), posted.field("key"), "")
        if posted.field("seal") != rows.seal:
            return _shown(posted, form, status=409, is_outdated=True)
        if not posted.field("sure"):
            posted.desk.note("消すときは、「消してよい」に印を付けて、もう一度押してください。")
            return posted.go(_row_address(posted, form))
        taken = rows.without(form.sheet, form.number).taken()
        if not taken.findings.errors and is_reported(rows.catalogue) and taken.decided_changes():
            posted.desk.note(
                "年度の報告を始めた後なので、決定した行は消せません。改定で終了してください。"
            )
            return posted.go(_row_address(posted, form))
        taken.findings.settle()
        write_taken(taken, rows.catalogue)
    posted.desk.note(f"{rows.place(form.sheet, form.number)}を消しました。")
    return posted.go(_back(posted, form))


def _form(rows: PlanRows, name: str, key: str, new: str) -> Form:
    flat = sheet_of(rows, name)
    if flat.sheet is of.BASICS:
        return Form(rows, flat, 1, is_new=False, typed=rows.row(name, 1))
    number = rows.number(name, key)
    if new:
        above = len(flat.rows) if number is None else number
        links = [each.title for each in flat.columns if not each.path and each.names_of]
        texts = {each: rows.row(name, above).text(each) for each in links}
        below = BookRow({}) if flat.sheet in _NEVER_ALONE else None
        return Form(rows, flat, above, is_new=True, typed=BookRow(texts), below=below)
    if number is None:
        raise UnknownAddressError
    return Form(rows, flat, number, is_new=False, typed=rows.row(name, number))


_NEVER_ALONE = (of.GOALS, of.SECTIONS)
"""Sheets whose rows have at least one below them: their form asks for the first, too."""
_ASKED_BELOW = (of.NUMBER, of.NAME)


def _typed(posted: Posted, form: Form) -> Form:
    """The form with what was typed; a field that was not sent stays as it is."""
    typed = BookRow({**form.typed.texts, **_sent(posted, "cell:", form.flat.columns)})
    below = form.below
    if below is not None:
        below = BookRow(_sent(posted, "below:", of.PLANS.columns))
    return replace(form, typed=typed, below=below)


def _sent(posted: Posted, prefix: str, columns: Sequence[PlanColumn]) -> dict[str, str]:
    return {
        each.title: posted.field(f"{prefix}{each.title}").replace("\r\n", "\n")
        for each in typed_columns(columns)
        if f"{prefix}{each.title}" in posted.fields
    }


def _with_sent_columns(posted: Posted, form: Form) -> Form:
    """The form with the columns of the plan's own that were added while it was typed."""
    known = {each.title for each in form.flat.columns}
    sent = (each.removeprefix("cell:") for each in posted.fields if each.startswith("cell:"))
    return _with_columns(form, [each for each in sent if each not in known])


def _with_columns(form: Form, titles: Sequence[str]) -> Form:
    rows = form.rows.with_columns(form.sheet, titles) if titles else form.rows
    return replace(form, rows=rows, flat=sheet_of(rows, form.sheet))


def _with_own(posted: Posted, form: Form) -> tuple[Form, tuple[Problem, ...]]:
    """The form with what was typed for columns that it lacks; or why there are none such."""
    log, typed, wider = Findings(form.rows.catalogue), dict[str, str](), form
    for name, title in _OWN.items():
        word, text = posted.field(f"own:{name}"), posted.field(f"own:{name}:text")
        wanted = title.format(f"{word}年度" if word.isdecimal() else word)
        wider = _with_columns(wider, [wanted] if word else [])
        columns = (each for each in wider.flat.columns if wanted in (each.title, *each.others))
        found = next(columns, None)
        if found is not None and text:
            typed[found.title] = text.replace("\r\n", "\n")
        elif word or text:
            log.add("", *_OWN_FAULTS[name])
    if log.problems:
        return form, log.problems
    return replace(wider, typed=BookRow({**form.typed.texts, **typed})), ()


_OWN = {"year": "{}の目標値", "detail": "欄：{}"}
"""What may be added beside a row of a measure, by the names of fields, with its title."""
_OWN_FAULTS = {
    "year": (
        "加える年度ごとの目標値を読めません。",
        "年度は「2025」か「令和７年度」のように、目標値と一緒に書いてください。",
    ),
    "detail": ("加える欄を読めません。", "欄の名前と、その文を、両方書いてください。"),
}


def _shown(
    asked: Asked,
    form: Form,
    taken: TakenPlan | None = None,
    *,
    status: int = 200,
    edited: PlanRows | None = None,
    now: BookRow | None = None,
    is_outdated: bool = False,
    no_below: bool = False,
    decided: tuple[DecidedChange, ...] = (),
    faults: tuple[Problem, ...] = (),
) -> Response:
    found = taken.findings.problems if taken else ()
    wrong, elsewhere = problems_at(found, edited or form.rows, form.sheet, form.at)
    if edited:  # without readings of texts that are others now: they are read again
        form = replace(form, typed=edited.row(form.sheet, form.at))
    return asked.page(
        "plan_row.html",
        status=status,
        name=asked.name,
        title=title_of(form.rows),
        form=form,
        heading=_heading(form),
        groups=_groups(form, wrong, now),
        below=tuple(_below(form)),
        no_below=no_below,
        elsewhere=(
            *faults,
            *(each for each in elsewhere if each.severity is Severity.ERROR),
        ),
        own=_own_fields(asked, form, is_typed=bool(faults)),
        rest=_rest(form),
        wrong=wrong,
        has_new_departments=any(
            each.what.startswith(ASKED) for each in wrong.get(of.IN_CHARGE, ())
        ),
        is_outdated=is_outdated,
        decided=decided,
        back=_back(asked, form),
        revise_to=_revision_of(asked, form) if decided else "",
        kinds=KINDS if form.flat.sheet in of.MEASURED else (),
        is_reported=is_reported(form.rows.catalogue),
        revisable=not form.is_new and form.flat.sheet in _REVISABLE,
    )


@dataclass(frozen=True, slots=True)
class OwnField:
    """A column of the plan's own that may be added: its name in the form, what was typed."""

    name: str
    word: str
    text: str


def _own_fields(asked: Asked, form: Form, *, is_typed: bool) -> tuple[OwnField, ...]:
    if form.flat.sheet not in of.MEASURED:
        return ()
    names = [each for each in _OWN if each != "detail" or form.flat.sheet is not of.TARGETS]
    if not (is_typed and isinstance(asked, Posted)):
        return tuple(OwnField(each, "", "") for each in names)
    return tuple(
        OwnField(each, asked.field(f"own:{each}"), asked.field(f"own:{each}:text"))
        for each in names
    )


def _rest(form: Form) -> str:
    """What a row says and no field shows, in words; it stays as it is."""
    rest = form.typed.text(of.REST)
    found = json.loads(rest) if rest.startswith("{") else {}
    names = [each for each in found if each != "$schema"]
    return "、".join(in_words_of_the_book(each) for each in names)


_REVISABLE = (of.SECTIONS, of.PLANS, of.GROUPS, of.INDICATORS, of.TARGETS, of.BROUGHT)


def problems_at(
    found: Sequence[Problem], rows: PlanRows, sheet: str, number: int
) -> tuple[dict[str, list[Problem]], list[Problem]]:
    """What is wrong with a row by the titles of its columns, and what is wrong elsewhere."""
    flat = sheet_of(rows, sheet)
    titles = {rows.place(sheet, number, each.title): each.title for each in flat.columns}
    wrong: dict[str, list[Problem]] = {}
    elsewhere = []
    for each in found:
        if each.place in titles:
            wrong.setdefault(titles[each.place], []).append(each)
        else:
            elsewhere.append(each)
    return wrong, elsewhere


def _groups(
    form: Form, wrong: Mapping[str, Sequence[Problem]], now: BookRow | None
) -> tuple[FieldGroup, ...]:
    fields = [
        field_of(each, form.typed, form.rows, wrong=wrong, now=now)
        for each in typed_columns(form.flat.columns)
    ]
    return groups_of(form.flat, fields)


def _below(form: Form) -> Iterator[Field]:
    """The fields of the first row below a new one, where it has to have one."""
    if form.below is not None:
        for each in of.PLANS.columns:
            if each.title in _ASKED_BELOW:
                yield field_of(each, form.below, form.rows)


def _heading(form: Form) -> str:
    if form.is_new:
        return f"{form.sheet}を加える"
    name = form.rows.row(form.sheet, form.number).text(of.NAME)
    return f"{form.sheet}：{in_one_line(name)}" if name else form.sheet


def _row_address(asked: Asked, form: Form) -> str:
    query = urlencode({"sheet": form.sheet, "key": form.key})
    return f"{address('plans', asked.name, 'row')}?{query}"


def _back(asked: Asked, form: Form) -> str:
    if form.flat.sheet in OVERVIEW:
        return f"{address('plans', asked.name, 'overview')}#row-{form.key}"
    return f"{address('plans', asked.name, 'sheet')}?{urlencode({'sheet': form.sheet})}"


def _revision_of(asked: Asked, form: Form) -> str:
    """The address of the revision that says what was typed, where one change does."""
    before = form.rows.row(form.sheet, form.number)
    fit = [
        (kind, title) for kind, title in _CHANGED if form.typed.text(title) != before.text(title)
    ]
    if form.is_new:
        query = {"change": "add"} if form.flat.sheet is of.INDICATORS else {}
    elif fit:
        kind, title = fit[0]
        query = {"change": kind, "id": form.key, "text": form.typed.text(title)}
    else:
        query = {"id": form.key}
    return f"{address('plans', asked.name, 'revise')}?{urlencode(query)}"


_CHANGED = (
    ("target", of.TARGET),
    ("baseline", of.BASELINE),
    ("rename", of.NAME),
    ("departments", of.IN_CHARGE),
    ("category", "区分"),
)
"""Which change says what was typed under a title."""


def _tell_saved(posted: Posted, form: Form, taken: TakenPlan, edited: PlanRows) -> None:
    """Tell what is another now, and what deserves a second look in the row."""
    from kpireport.comparing import Side, compare_plans

    before, after = taken.plans()
    assert before is not None  # noqa: S101 - there is one
    side = Side(form.rows.catalogue, "")
    found = compare_plans(side, before, side, after).differences
    told = [
        f"{each.item or each.kind}：{each.old or '（なし）'} → {each.new or '（なし）'}"
        for each in found[:_MOST_TOLD]
    ]
    if len(found) > _MOST_TOLD:
        told.append(f"ほか{len(found) - _MOST_TOLD}か所")
    wrong, _ = problems_at(taken.findings.problems, edited, form.sheet, form.at)
    warnings = tuple(each for below in wrong.values() for each in below)
    words = f"（{'、'.join(told)}）" if told else ""
    posted.desk.note(f"保存しました{in_one_line(words)}。", warnings)
