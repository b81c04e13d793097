"""改定: a change of the decided plan as a guided step, with its effect on the tables.

First what is changed and how; then from when, why, decided on which day. Before anything is
written the plan that is in force from that year is shown beside the one that was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.responses import Response

from kpireport.comparing import Comparison, Side, compare_plans
from kpireport.domain.histories import History
from kpireport.domain.revisions import Revision
from kpireport.errors import Problem, Severity
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.conducting import write_taken
from kpireport.plan_books.new_change import (
    CHANGE,
    HEAD,
    KINDS,
    MOST_BROUGHT,
    REASON,
    Changed,
    NewChange,
    own_columns,
    revisable,
    with_change,
    words_of_change,
)
from kpireport.plan_books.plan_rows import PlanRows
from kpireport.plan_books.proposing import ASKED
from kpireport.plan_books.rows import BookRow
from kpireport.plan_books.taking import TakenPlan
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.pages.plan_forms import problems_at
from kpireport.workbench.pages.plans import KINDS as KINDS_OF_TARGETS
from kpireport.workbench.pages.plans import title_of
from kpireport.workbench.row_forms import Field, FieldGroup, field_of, groups_of, typed_columns
from kpireport.workbench.standing import Standing, standing_of

_CELL = "cell:"
_IDS = {"計画": of.PLANS.name}
"""Which rows' ids stand under a title; under the others, any row's."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change makes of the plan, and which years it reaches.

    Attributes:
        revision: it is part of.
        comparison: the plan in force in its first year, without and with it.
        reached: the years that are in the folder and are reported by it.
    """

    revision: Revision
    comparison: Comparison
    reached: tuple[Standing, ...]


def revise(asked: Asked) -> Response:
    """Show the form of a change; without a kind, what can be changed."""
    rows = asked.plan
    kind, id_ = asked.query("change"), asked.query("id")
    known = dict(revisable(rows))
    if kind not in KINDS or not (kind == "add" or id_ in known):
        return asked.page(
            "plan_revise.html",
            name=asked.name,
            title=title_of(rows),
            known=tuple(known.items()),
            id=id_,
            change=kind,
            kinds=tuple((each, *words_of_change(each)) for each in KINDS),
            revisions=rows.plan.catalogue.revisions,
        )
    texts = {of.AFTER_TITLE: asked.query("text")} if asked.query("text") else {}
    count = {"add": 1, "split": 2}.get(kind, 0)
    change = NewChange(kind, "" if kind == "add" else id_, "", texts, ({},) * count)
    return _shown(asked, rows, change)


def preview(posted: Posted) -> Response:
    """Show a change's effect; write it, once it was shown and nothing else was typed."""
    with posted.desk.writing:
        rows = posted.plan
        change = _typed(posted, rows)
        if posted.field("do") == "more":
            more = min(len(change.brought) + 1, MOST_BROUGHT)
            brought = (*change.brought, *({},) * (more - len(change.brought)))
            return _shown(posted, rows, replace(change, brought=brought))
        changed = _changed(posted, rows, change)
        taken = changed.rows.taken()
        if taken.findings.errors:
            return _shown(posted, rows, change, taken=taken, changed=changed, status=422)
        effect = _effect(posted, rows, taken, changed.revision)
        is_shown = posted.field("shown") == _digest(rows, change)
        if posted.field("do") != "write" or not is_shown:
            return _shown(posted, rows, change, taken=taken, changed=changed, effect=effect)
        write_taken(taken, rows.catalogue)
    posted.desk.note(f"改定「{effect.revision.title}」を書き込みました。")
    return posted.go(f"{address('plans', posted.name, 'overview')}#revisions")


def _typed(posted: Posted, rows: PlanRows) -> NewChange:
    kind, id_ = posted.field("change"), posted.field("id")
    if kind not in KINDS or not (kind == "add" or id_ in dict(revisable(rows))):
        raise UnknownAddressError
    revision = posted.field("revision")
    known = {each.id for each in rows.plan.catalogue.revisions}
    titles = (*HEAD, REASON, *(each.title for each in own_columns(kind)))
    count = _number(posted.field("count")) if kind in ("add", "split") else 0
    columns = _columns_of_new(rows)
    return NewChange(
        kind,
        "" if kind == "add" else id_,
        revision if revision in known else "",
        {each: _text(posted, f"{_CELL}{each}") for each in titles},
        tuple(
            {each.title: _text(posted, f"new{number}:{each.title}") for each in columns}
            for number in range(1, min(count, MOST_BROUGHT) + 1)
        ),
        _number(posted.field("continues")),
    )


def _text(posted: Posted, name: str) -> str:
    return posted.field(name).replace("\r\n", "\n")


def _number(text: str) -> int:
    return int(text) if text in map(str, range(MOST_BROUGHT + 1)) else 0


def _columns_of_new(rows: PlanRows) -> tuple[PlanColumn, ...]:
    """What is typed for a new indicator."""
    flat = rows.sheet(of.BROUGHT.name)
    columns = typed_columns(flat.columns if flat else of.BROUGHT.columns)
    return tuple(each for each in columns if each.title not in (of.REVISION_ID, of.SOURCE))


def _changed(posted: Posted, rows: PlanRows, change: NewChange) -> Changed:
    changed = with_change(rows, change)
    if not posted.field("new_departments"):
        return changed
    cells = [each.get(of.IN_CHARGE, "") for each in change.brought]
    if change.kind == "departments":
        cells.append(change.texts.get(of.AFTER_TITLE, ""))
    more = changed.rows
    for each in cells:
        more = more.with_departments(each) if each else more
    return replace(changed, rows=more)


def _effect(asked: Asked, rows: PlanRows, taken: TakenPlan, id_: str) -> Effect:
    before, after = taken.plans()
    assert before is not None  # noqa: S101 - there is one
    revision = next(each for each in after.revisions if each.id == id_)
    year = revision.first_year
    plans = [History(each).in_force(year) for each in (before, after)]
    old, new = Side(rows.catalogue, "改める前"), Side(rows.catalogue, "改めた後")
    catalogue = rows.catalogue.resolve()
    standings = (standing_of(name, folder) for name, folder in asked.found.reports.items())
    reached = (each for each in standings if each.catalogue == catalogue and each.year >= year.year)
    comparison = compare_plans(old, plans[0], new, plans[1])
    return Effect(revision, comparison, tuple(sorted(reached, key=lambda each: each.year)))


def _digest(rows: PlanRows, change: NewChange) -> str:
    """Tells a change of a plan from another: what is written has been shown."""
    return hashlib.sha256(f"{rows.seal}{change!r}".encode()).hexdigest()


# --- the form ----------------------------------------------------------------------


def _shown(
    asked: Asked,
    rows: PlanRows,
    change: NewChange,
    *,
    taken: TakenPlan | None = None,
    changed: Changed | None = None,
    effect: Effect | None = None,
    status: int = 200,
) -> Response:
    found = taken.findings.problems if taken else ()
    wrong: dict[str, list[Problem]] = {}
    wrong_new: list[dict[str, list[Problem]]] = [{} for _ in change.brought]
    rest: Sequence[Problem] = found
    if changed:
        wrong, rest = problems_at(rest, changed.rows, of.REVISIONS.name, changed.number)
        for index, number in enumerate(changed.brought):
            wrong_new[index], rest = problems_at(rest, changed.rows, of.BROUGHT.name, number)
    told = [each for below in (wrong, *wrong_new) for all_ in below.values() for each in all_]
    known = dict(revisable(rows))
    own = [_own_field(each, change, rows, wrong) for each in own_columns(change.kind)]
    rarely = of.RARELY_REVISED.get(change.kind, ())
    return asked.page(
        "plan_change.html",
        status=status,
        name=asked.name,
        title=title_of(rows),
        change=change,
        words=words_of_change(change.kind),
        target=known.get(change.id, ""),
        decided=_in_words(rows, change.id),
        revisions=rows.plan.catalogue.revisions,
        head=[_head_field(each, change.texts, rows, wrong) for each in HEAD],
        own=[each for each in own if each.title not in rarely],
        rarely=[each for each in own if each.title in rarely],
        reason=_head_field(REASON, change.texts, rows, wrong),
        brought=[
            _new_groups(rows, texts, below)
            for texts, below in zip(change.brought, wrong_new, strict=True)
        ],
        may_be_more=change.kind == "split" and len(change.brought) < MOST_BROUGHT,
        elsewhere=[
            each
            for each in (*wrong.get(CHANGE, ()), *wrong.get("どれを", ()), *rest)
            if each.severity is Severity.ERROR
        ],
        has_errors=any(each.severity is Severity.ERROR for each in found),
        has_new_departments=any(
            each.what.startswith(ASKED) and of.DEPARTMENTS.name in each.what for each in told
        ),
        effect=effect,
        digest=_digest(rows, change) if effect else "",
        kinds=KINDS_OF_TARGETS if change.kind in ("target", "add", "split") else (),
    )


def _column(title: str) -> PlanColumn:
    return next(each for each in of.REVISIONS.columns if each.title == title)


def _head_field(
    title: str,
    texts: Mapping[str, str],
    rows: PlanRows,
    wrong: Mapping[str, Sequence[Problem]],
) -> object:
    return field_of(_column(title), BookRow(texts), rows, wrong=wrong)


def _own_field(
    column: PlanColumn,
    change: NewChange,
    rows: PlanRows,
    wrong: Mapping[str, Sequence[Problem]],
) -> Field:
    made = field_of(column, BookRow(change.texts), rows, wrong=wrong)
    if column.title == of.AFTER_TITLE:
        word = of.CHANGES.words[change.kind]
        return replace(made, label=f"改めた後の{word}", help=_HELP.get(change.kind, ""))
    if column.title in ("計画", "置く所"):
        sheets = (_IDS[column.title],) if column.title in _IDS else _BELOW
        return replace(made, options=_ids(rows, sheets))
    return made


_BELOW = (of.PLANS.name, of.GROUPS.name, of.INDICATORS.name, of.BROUGHT.name)
_HELP = {
    "target": "計画に印刷するとおりに書きます。例：150人",
    "yearly_targets": (
        "改める年度だけを、1行に1年度、「2025：150人」か「令和７年度：150人」のように書きます。"
        "ほかの年度は変わりません。定めない年度は ― です。"
    ),
    "baseline": "計画に印刷するとおりに書きます。例：120人",
    "rename": "新しい名称です。記号は変わりません。",
    "departments": "変更の後の課を、すべて書きます。2つ以上なら 、 で続け、最初が主管課です。",
    "details": "1行に1つ、「定義：年度末の数」のように書きます。",
    "category": "シート「区分」の名です。空ければ、どの区分でもなくなります。",
}


def _ids(rows: PlanRows, sheets: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = (flat for each in sheets if (flat := rows.sheet(each)))
    return tuple(
        (row.text(of.ID), f"{row.text(of.ID)} {row.text(of.NAME)}")
        for flat in found
        for row in flat.rows
    )


def _new_groups(
    rows: PlanRows, texts: Mapping[str, str], wrong: Mapping[str, Sequence[Problem]]
) -> tuple[FieldGroup, ...]:
    flat = rows.sheet(of.BROUGHT.name)
    if flat is None:
        return ()
    row = BookRow({title: text for title, text in texts.items() if text})
    return groups_of(
        flat, [field_of(each, row, rows, wrong=wrong) for each in _columns_of_new(rows)]
    )


def _in_words(rows: PlanRows, id_: str) -> tuple[tuple[str, str], ...]:
    """What is decided of a row so far."""
    for name in (of.INDICATORS, of.TARGETS, of.BROUGHT, of.PLANS, of.SECTIONS, of.GROUPS):
        flat = rows.sheet(name.name)
        if flat is None:
            continue
        for row in flat.rows:
            if id_ and row.text(of.ID) == id_:
                titles = (of.NAME, of.BASELINE, of.TARGET, of.KIND, of.IN_CHARGE)
                yearly = (
                    each.title for each in flat.columns if each.path[:1] == ("yearly_targets",)
                )
                return tuple(
                    (each, row.text(each)) for each in (*titles, *yearly) if row.text(each)
                )
    return ()
