"""The pages before the goals: cover, はじめに, 表の見方.

Comes in: the catalogue. Goes out: the blocks of these pages.
"""

from __future__ import annotations

from kpireport.document.blocks import (
    Block,
    Cover,
    Heading,
    ItemList,
    ListItem,
    Note,
    SampleCallout,
    SamplePage,
)
from kpireport.document.columns import position
from kpireport.document.goal_bands import compose_band, goals_with_bands
from kpireport.document.kpi_columns import plan_columns
from kpireport.document.kpi_tables import compose_kpi_table
from kpireport.document.samples import cut_to_sample, numeral_of_sample
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import paragraph, with_note_marks
from kpireport.domain.catalogue import (
    Callout,
    Catalogue,
    Goal,
    HowToRead,
    Introduction,
    LabelledText,
)


def compose_cover(
    catalogue: Catalogue,
    *,
    council_label: str,
    committee: str,
    notices: tuple[str, ...] = (),
    revised: str = "",
) -> Cover:
    """Return the cover: date and title verbatim, the issuer, the council's label if any.

    ``revised`` is the day of the last revision, which stands beside the plan's own date.
    """
    return Cover(
        date=f"{catalogue.issued}策定（{revised}改定）" if revised else catalogue.issued,
        title=catalogue.title,
        issuer=catalogue.issuer,
        council_label=council_label,
        committee=committee,
        notices=notices,
    )


def compose_introduction(introduction: Introduction) -> tuple[Block, ...]:
    """Return はじめに: prose, numbered points, and the ※ notes their marks refer to."""
    targets = {
        note.label: f"note-{number}" for number, note in enumerate(introduction.notes, start=1)
    }
    heading = Heading("introduction", 1, introduction.title, HeadingStyle.CHAPTER)
    subtitle = (
        (Heading("introduction-subject", 2, introduction.heading, HeadingStyle.PLAIN),)
        if introduction.heading
        else ()
    )
    prose = (with_note_marks(text, targets, TextStyle.BODY) for text in introduction.paragraphs)
    points = _compose_points(introduction.points, targets)
    notes = (_compose_note(note, targets[note.label]) for note in introduction.notes)
    return (heading, *subtitle, *prose, *points, *notes)


def _compose_points(
    points: tuple[LabelledText, ...], targets: dict[str, str]
) -> tuple[ItemList, ...]:
    style = TextStyle.LIST_ITEM
    items = tuple(
        ListItem(point.label, tuple(with_note_marks(line, targets, style) for line in point.lines))
        for point in points
    )
    return (ItemList(items, style),) if items else ()


def _compose_note(note: LabelledText, note_id: str) -> Note:
    content = tuple(paragraph(line, TextStyle.NOTE) for line in note.lines)
    return Note(note_id, note.label, content)


def compose_how_to_read(catalogue: Catalogue, how_to_read: HowToRead) -> tuple[Block, ...]:
    """Return 表の見方: the reduced page of one goal and the explanation of its callouts.

    The page has no marks of changes: their notes are elsewhere.
    """
    whole = next(goal for goal in catalogue.goals if goal.id == how_to_read.goal_id)
    goal = cut_to_sample(whole, how_to_read.plan_ids)
    columns = plan_columns(catalogue, plans=goal.plans).all
    has_band = not catalogue.levels.is_one_table or goal in goals_with_bands(catalogue)
    heading = Heading("how-to-read", 1, how_to_read.title, HeadingStyle.PLAIN)
    sample = SamplePage(
        numeral=numeral_of_sample(catalogue, goal),
        tables=(
            *([compose_band(goal, catalogue.labels)] if has_band else []),
            *compose_kpi_table(catalogue, goal, goal.plans),
        ),
        callouts=tuple(
            SampleCallout(callout.mark, position(columns, callout.column))
            for callout in how_to_read.callouts
        ),
        alternative_text=_describe_sample(goal, how_to_read.callouts),
    )
    return (heading, sample, *_compose_callouts(how_to_read.callouts))


def _describe_sample(goal: Goal, callouts: tuple[Callout, ...]) -> str:
    page = f"「{goal.title}」のページを縮小した見本。"
    marks = "、".join(f"{callout.mark}は{callout.label}" for callout in callouts)
    return f"{page}{marks}を指す。" if callouts else page


def _compose_callouts(callouts: tuple[Callout, ...]) -> tuple[ItemList, ...]:
    style = TextStyle.CALLOUT
    items = tuple(
        ListItem(
            callout.mark,
            (paragraph(callout.label, style), paragraph(f"：{callout.text}", style)),
        )
        for callout in callouts
    )
    return (ItemList(items, style),) if items else ()
