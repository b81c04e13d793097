"""The sheets of a report's workbook: their names and columns.

What the departments fill in, what :mod:`kpireport.sources.actuals` reads, and what a
tool that hands out empty sheets writes. All that is to know of a column that people fill
in is said here, once, as an :class:`InputColumn`: whoever reads, hands out, takes in,
compares or writes such a column goes through its form's ``inputs``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import Enum, auto
from functools import cache, cached_property
from typing import TypeAlias, assert_never

from kpireport.domain.actuals import Actual, Override, PlanComment, ReportedState
from kpireport.domain.catalogue import Catalogue, Measure, NumericTarget
from kpireport.domain.comment_columns import USUAL_COMMENTS, AskedKind, CommentColumn
from kpireport.domain.layouts import ANSWERS
from kpireport.domain.values import Value
from kpireport.quickly import dataclass
from kpireport.sources.titled_tables import Column, Form, Record, plain_title

Fact: TypeAlias = Actual | PlanComment | Override
"""What a row of one of the sheets says."""

ID, NAME, YEAR = "記号", "指標", "年度"
VALUE, STATE, REASON = "実績", "進捗状況", "報告できない理由"
COMMENT, DEPARTMENT = "コメント", "所管課"
PLAN = "戦略計画"
MARK, OVERRIDE_REASON = "評価", "修正の理由"
CHOSEN = "評価"
"""Of the actuals: the mark that people choose."""

LONGEST_NAME = 200


class InputKind(Enum):
    """How the content of an input is understood."""

    VALUE = auto()  # numbers and words together, as the measure's target asks for them
    CHOICE = auto()  # one of some words
    AMOUNT = auto()  # a number of a unit that is known
    WORDS = auto()  # taken as it is written


@dataclass(frozen=True, slots=True, kw_only=True)
class InputColumn(Column):
    """A column that people fill in, and the field of a fact that its cells become.

    Attributes:
        field: the fact's attribute; of a plan's comment the key of its text, of what else an
            indicator is asked its name in layouts (``answers.予算``).
        kind: how its content is understood.
        longest: how many characters it may have.
        width: in the report's own workbook, in characters.
        asked_width: in a department's workbook; those of a plan's comments share its room.
        prompt: the words beside a department's cell while it is selected.
        choices: the words of a choice, as far as they are the same in every report.
        completes: the title of the column whose answer it is part of, decided on with it;
            empty for an answer of its own.
        called: its name where its sheet is not in sight, if that is not its title.
        is_of_scheme: its words are the marks of the report's way of judging.
        unit: what an amount counts; stands below its title.
        is_of_targets: whether rows of numeric targets have it too, where it is an answer.
        former: of a choice, words of before they were renamed, each with that of today.
    """

    field: str
    kind: InputKind = InputKind.WORDS
    longest: int = LONGEST_NAME
    width: float
    asked_width: float = 0.0
    prompt: str = ""
    choices: tuple[str, ...] = ()
    completes: str = ""
    called: str = ""
    is_of_scheme: bool = False
    unit: str = ""
    is_of_targets: bool = False
    former: tuple[tuple[str, str], ...] = ()

    @property
    def answer(self) -> str:
        """The key of what else an indicator is asked; empty for every other column."""
        return self.field.removeprefix(ANSWERS) if self.field.startswith(ANSWERS) else ""

    def is_asked_of(self, measure: Measure) -> bool:
        """Whether there is anything to fill in for a measure."""
        return not self.answer or self.is_of_targets or not isinstance(measure, NumericTarget)

    @property
    def heading(self) -> str:
        """Its title as sheets show it, with the unit that readers of titles pass over."""
        return f"{self.title}\n（{self.unit}）" if self.unit else self.title

    @property
    def name(self) -> str:
        """What it is called where its sheet is not in sight: 実績の説明."""
        return self.called or self.title

    def content(self, fact: Fact) -> object:
        """What a fact has of this column: a text, a choice or a value."""
        if isinstance(fact, PlanComment):
            return fact.text(self.field)
        if self.answer and isinstance(fact, Actual):
            return fact.answer(self.answer)
        return getattr(fact, self.field)

    def text(self, fact: Fact | None) -> str:
        """What a fact says in this column; empty where there is none, or it says nothing."""
        content = self.content(fact) if fact else None
        return content.text if isinstance(content, Value) else str(content or "")


@dataclass(frozen=True)  # without slots: its inputs, which every row asks for, are found once
class InputForm(Form):
    """A sheet that people fill in."""

    @cached_property
    def inputs(self) -> tuple[InputColumn, ...]:
        """The columns that are filled in, in their order."""
        return tuple(each for each in self.columns if isinstance(each, InputColumn))

    def asked(self, *, has_choices: bool) -> tuple[InputColumn, ...]:
        """Those that a fresh sheet has: of the actuals a mark only where people choose it."""
        return tuple(
            each
            for each in self.inputs
            if has_choices or self.name != ACTUALS.name or not each.is_of_scheme
        )

    @cached_property
    def input_titles(self) -> tuple[str, ...]:
        """Their titles."""
        return tuple(each.title for each in self.inputs)

    @cached_property
    def answers(self) -> tuple[tuple[InputColumn, ...], ...]:
        """The same, those together that are one answer."""
        groups: dict[str, list[InputColumn]] = {}
        for each in self.inputs:
            groups.setdefault(each.completes or each.title, []).append(each)
        return tuple(map(tuple, groups.values()))

    def input(self, title: str) -> InputColumn:
        """Return the column of a title that is filled in."""
        return next(each for each in self.inputs if each.title == title)

    def optional(self) -> InputForm:
        """The same sheet as an earlier report has it: what was asked then may be other columns."""
        columns = (
            replace(each, is_required=False) if isinstance(each, InputColumn) else each
            for each in self.columns
        )
        return replace(self, columns=tuple(columns))

    def is_filled_in(self, record: Record) -> bool:
        """Whether anybody wrote into one of a row's inputs."""
        return any(map(record.is_filled, self.input_titles))

    def texts(self, fact: Fact | None) -> dict[str, str]:
        """What a fact says in each of them, by their titles."""
        return {each.title: each.text(fact) for each in self.inputs}


_ID = Column(ID, ("id", "指標id", "計画id", "指標の記号", "計画の記号", "指標番号", "計画番号"))
_NAME = Column(NAME, ("指標名", "名称", "指標の名称"), is_required=False)
_YEAR = Column(YEAR, ("実績年度", "報告年度", "対象年度", "年", "実績年", "報告年", "対象年"))

_PLAN_TITLES = (
    *("計画名", "戦略計画名", "計画", "名称", "施策", "施策名", "基本施策", "個別施策", "主要施策"),
    *("政策", "政策名", "事業", "事業名", "取組", "取組名", "重点施策", "重点事業", "プロジェクト"),
)


def plan_title(word: str) -> str:
    """Return the title of the column of the plans' names, given what the plan calls them."""
    return word if word == PLAN or word in _PLAN_TITLES else f"計画（{word}）"


ACTUALS = InputForm(
    "実績",
    (
        _ID,
        _NAME,
        _YEAR,
        InputColumn(
            VALUE,
            ("実績値",),
            field="value",
            kind=InputKind.VALUE,
            width=26.0,
            asked_width=16.0,
        ),
        InputColumn(
            STATE,
            ("状態", "進捗"),
            is_required=False,
            field="state",
            kind=InputKind.CHOICE,
            width=11.0,
            asked_width=10.0,
            prompt=f"{'、'.join(ReportedState)} のどれかを選びます。",
            choices=tuple(ReportedState),
            completes=VALUE,
        ),
        InputColumn(
            CHOSEN,
            ("評価結果", "所管課評価", "自己評価"),
            is_required=False,
            field="mark",
            kind=InputKind.CHOICE,
            width=10.0,
            asked_width=14.0,
            prompt="評価を一覧から選びます。",
            is_of_scheme=True,
        ),
        InputColumn(
            REASON,
            ("未報告の理由", "未報告理由", "理由"),
            is_required=False,
            field="reason",
            longest=500,
            width=28.0,
            asked_width=19.0,
            prompt="報告できないときだけ書きます。",
            completes=VALUE,
        ),
        InputColumn(
            COMMENT,
            ("備考",),
            is_required=False,
            field="comment",
            longest=2_000,
            width=42.0,
            asked_width=26.0,
            prompt="実績についての説明（大きく変わった理由など）があれば書きます。",
            called="実績の説明",
        ),
        Column(DEPARTMENT, ("担当課", "所管", "所属"), is_required=False),
    ),
)
COMMENTS = "計画コメント"
"""The sheet of the plans' comments; its columns are the plan's own, see :func:`comment_form`."""

_LONGEST_COMMENT, _COMMENTS_WIDTH = 2_000, 150.0
_CHOICE_WIDTH, _LEAST_TEXT = 14.0, 24.0
_AMOUNT_WIDTH, _ANSWER_WIDTH = 12.0, 30.0
_LONGEST_PROMPT = 200  # characters that Excel shows beside a cell, with what else stands there


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a usual column: other titles that are understood, and its prompt."""

    others: tuple[str, ...]
    prompt: str


_KNOWN = {
    "主な取組": _Known(
        ("主な取り組み", "取組", "取組内容"), "この年度に行った主な取組を書きます。"
    ),
    "課題": _Known(("現状と課題",), "残っている課題を書きます。"),
    "今後の方向": _Known(("今後の方向性", "今後の取組"), "次の年度からどう進めるかを書きます。"),
}


@cache
def comment_form(columns: tuple[CommentColumn, ...]) -> InputForm:
    """The sheet of the plans' comments, with a plan's own columns.

    What else a usual column may be called gives way to the plan's own labels.
    """
    labels = {plain_title(each.title) for each in columns}
    texts = [each for each in columns if not each.choices]
    room = _COMMENTS_WIDTH - _CHOICE_WIDTH * (len(columns) - len(texts))
    width = max(room / max(len(texts), 1), _LEAST_TEXT)
    before = (_ID, Column(PLAN, _PLAN_TITLES, is_required=False), _YEAR)
    return InputForm(
        COMMENTS,
        (
            *(replace(each, others=_besides(each.others, labels)) for each in before),
            *(_comment_input(each, labels, width) for each in columns),
        ),
    )


def _besides(titles: tuple[str, ...], labels: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in titles if plain_title(each) not in labels)


def _comment_input(column: CommentColumn, labels: Collection[str], width: float) -> InputColumn:
    if column.choices:
        return InputColumn(
            column.title,
            is_required=column.is_required,
            field=column.key,
            kind=InputKind.CHOICE,
            width=_CHOICE_WIDTH,
            prompt=_choice_prompt(column),
            choices=column.choices,
            former=column.former,
        )
    known = _KNOWN.get(column.title, _Known((), f"この年度の「{column.label}」を書きます。"))
    return InputColumn(
        column.title,
        _besides(known.others, labels),
        field=column.key,
        longest=_LONGEST_COMMENT,
        width=width,
        prompt=known.prompt,
    )


def _choice_prompt(column: CommentColumn) -> str:
    """The words beside a choice: what there is to choose, with what it means where told."""
    said = [*column.explains, *[""] * len(column.choices)]
    words = (
        f"{word}（{means}）" if means else word
        for word, means in zip(column.choices, said, strict=False)
    )
    text = f"{'、'.join(words)} のどれかを選びます。"
    plain = f"{'、'.join(column.choices)} のどれかを選びます。"
    return text if len(text) <= _LONGEST_PROMPT else plain


@cache
def actuals_form(columns: tuple[CommentColumn, ...], *, are_needed: bool = True) -> InputForm:
    """The sheet of the actuals, with what else a plan asks of its indicators.

    Args:
        columns: the plan's own; those that give way are as of :func:`comment_form`.
        are_needed: whether these have to be there; what an earlier report asked may be others.
    """
    if not columns:
        return ACTUALS
    labels = {plain_title(each.title) for each in columns}
    *before, department = (
        replace(each, others=_besides(each.others, labels)) for each in ACTUALS.columns
    )
    own = (_answer_input(each, is_required=are_needed) for each in columns)
    return InputForm(ACTUALS.name, (*before, *own, department))


def _answer_input(column: CommentColumn, *, is_required: bool) -> InputColumn:
    match column.kind:
        case AskedKind.CHOICE:
            kind, width, prompt = InputKind.CHOICE, _CHOICE_WIDTH, _choice_prompt(column)
        case AskedKind.AMOUNT:
            unit = f"{column.unit}を単位に、" if column.unit else ""
            kind, width = InputKind.AMOUNT, _AMOUNT_WIDTH
            prompt = f"{unit}数だけを書きます。ないときは空欄にします。"
        case AskedKind.TEXT:
            kind, width = InputKind.WORDS, _ANSWER_WIDTH
            prompt = f"この年度の「{column.label}」を書きます。"
        case _:
            assert_never(column.kind)
    return InputColumn(
        column.title,
        is_required=is_required,
        field=f"{ANSWERS}{column.key}",
        kind=kind,
        longest=_LONGEST_COMMENT if kind is InputKind.WORDS else LONGEST_NAME,
        width=width,
        asked_width=width,
        prompt=prompt,
        choices=column.choices,
        unit=column.unit,
        is_of_targets=column.is_of_targets,
        former=column.former,
    )


USUAL_COMMENT_FORM = comment_form(USUAL_COMMENTS)
OVERRIDES = InputForm(
    "評価の修正",
    (
        _ID,
        _NAME,
        _YEAR,
        InputColumn(
            MARK,
            ("修正後の評価", "修正評価"),
            field="mark",
            kind=InputKind.CHOICE,
            width=10.0,
            called="評価の修正",
            is_of_scheme=True,
        ),
        InputColumn(
            OVERRIDE_REASON,
            ("理由",),
            field="reason",
            longest=500,
            width=72.0,
            called="評価の修正の理由",
        ),
    ),
)
SHEETS = (ACTUALS.name, COMMENTS, OVERRIDES.name)


def form_of(fact: Fact, plan: Catalogue) -> InputForm:
    """The sheet that a fact is a row of, with the plan's own columns."""
    match fact:
        case Actual():
            return actuals_form(plan.answers)
        case PlanComment():
            return comment_form(plan.comments)
        case Override():
            return OVERRIDES
        case _:
            assert_never(fact)
