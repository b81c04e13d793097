"""The levels of a plan as they come: its goals, what is between, its plans.

Comes in: headings, in the order of the pages. Goes out: the plan's file with its goals, whose
parts are found again when their names come again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace

from kpireport.plan_books.rows import Object
from kpireport.plan_documents.levels import Heading
from kpireport.plan_documents.vocabulary import GOAL_RANK
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

_FEWEST_LETTERS = 6


@dataclass(slots=True)
class Note:
    """What is told of an object: where it stood, what a person should look at."""

    places: list[str]
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Placed:
    """A heading where it stands; ``is_used`` once something of the plan is below it."""

    heading: Heading
    place: str
    key: float
    level: int = 0
    is_used: bool = False


class Outline:
    """The goals and what is below them."""

    def __init__(self, title: str) -> None:
        """Begin without goals.

        Args:
            title: of the document: the goal's, where nothing else is one.
        """
        self.goals: list[Object] = []
        self.notes: dict[int, Note] = {}
        self.headings: list[Placed] = []
        self.words: dict[str, Counter[str]] = {
            kind: Counter() for kind in ("goal", "section", "plan")
        }
        self.goal_labels: dict[int, str] = {}  # with their words, which numerals lack
        self._title = title
        self._stack: list[Placed] = []
        self._children: dict[tuple[int, str, tuple[str, str]], Object] = {}

    # --- headings ------------------------------------------------------------------

    def head(self, heading: Heading, place: str, level: int = 0) -> None:
        """Take a heading: it ends all that is not outside it.

        Args:
            heading: it.
            place: where it stands.
            level: that the document gives it, from 1; 0 for none.
        """
        key = self._key(heading, level)
        twin = self._twin(heading)
        if twin is not None:
            self._stack = self._stack[: self._stack.index(twin) + 1]
            return
        self._stack = [each for each in self._stack if each.key < key]
        placed = Placed(heading, place, key, level)
        self._stack.append(placed)
        self.headings.append(placed)

    def _key(self, heading: Heading, level: int) -> float:
        """How far out a heading stands: as its word says, or as its level beside the others."""
        if heading.is_ranked or not level:
            return float(heading.rank)
        for each in self._stack[::-1]:
            if each.level == level:
                return each.key
            if 0 < each.level < level:
                return each.key + 4
        return float(min((heading.rank, 5 * level)))

    def _twin(self, heading: Heading) -> Placed | None:
        """The heading above that says the same: a band repeats its chapter's title."""
        for each in self._stack:
            one, other = each.heading.key, heading.key
            is_same_label = one[0] == other[0] or not one[0] or not other[0]
            if one[1] and is_same_label and one[1] == other[1]:
                return each
            if is_same_label and not each.is_used and _are_the_same_letters(one[1], other[1]):
                each.heading = replace(each.heading, title=heading.title)
                return each
        return None

    def word(self, kind: str) -> str:
        """What most of ``goal``, ``section`` or ``plan`` are called; empty where none says."""
        words = self.words[kind]
        return words.most_common(1)[0][0] if words else ""

    @property
    def is_empty(self) -> bool:
        """Whether no heading has come yet."""
        return not self.headings

    # --- what a row stands in --------------------------------------------------------

    def goal(self) -> Object:
        """The goal that is open; one of the document's title, where none is."""
        index = self._goal_index()
        if index is None:
            return self._goal_of(Placed(Heading("", self._title), "", 0), is_made_up=True)
        return self._goal_of(self._stack[index])

    def goal_named(self, heading: Heading, place: str) -> Object:
        """The goal that a column says."""
        return self._goal_of(Placed(heading, place, 0))

    def rename(self, before: Heading, after: Heading) -> None:
        """A name goes on behind the end of a page."""
        for (above, items, key), entry in list(self._children.items()):
            if key == before.key:
                del self._children[above, items, key]
                self._children[above, items, after.key] = entry
                entry["title"] = after.title
                self._doubt(entry, "ページの境で切れた名称をつなぎました。確かめてください。")

    def plan(self, columns: Sequence[tuple[str, Heading, str]]) -> Object:
        """The plan of a row.

        Args:
            columns: the levels that its columns say, from outside in, with their places: each
                ``goal``, ``section`` or ``plan``.
        """
        by_column = [(kind, Placed(heading, place, 0)) for kind, heading, place in columns]
        goals = [placed for kind, placed in by_column if kind == "goal"]
        index = self._goal_index()
        if not goals and self._has_title_alone() and by_column and by_column[0][0] == "section":
            goals = [by_column.pop(0)[1]]
        if goals and len(by_column) == 1 and index is not None and self._is_of_goal(index):
            by_column = [("plan", goals.pop())]  # 分野 below a goal that stands above the table
        outer: list[Placed] = []
        if goals:
            goal = self._goal_of(goals[0])
        elif index is None:
            goal = self.goal()
        else:
            goal, outer = self._goal_of(self._stack[index]), self._stack[index + 1 :]
        inner = [*outer, *(placed for kind, placed in by_column if kind == "section")]
        plans = [placed for kind, placed in by_column if kind == "plan"]
        if not plans and inner:
            plans = [inner.pop()]
        above = goal
        for each in inner:
            above = self._child(above, "sections", "section", each)
        if plans:
            return self._child(above, "plans", "plan", plans[0])
        return self._plan_of_goal(goal)

    def _has_title_alone(self) -> bool:
        """Whether no heading is open but the document's title."""
        return len(self._stack) <= 1 and not any(each.heading.label for each in self._stack)

    def _goal_index(self) -> int | None:
        """Which of the open headings is the goal: one that says so, or the outermost."""
        if not self._stack:
            return None
        ranks = [each.heading.rank for each in self._stack]
        for index, each in enumerate(self._stack):
            if each.heading.word and ranks[index] == GOAL_RANK:
                return index
        for index, each in enumerate(self._stack):
            if each.heading.label:
                return index
        return 0

    def _is_of_goal(self, index: int) -> bool:
        """Whether an open heading says by itself that it is a goal."""
        return self._stack[index].heading.rank == GOAL_RANK

    def _goal_of(self, placed: Placed, *, is_made_up: bool = False) -> Object:
        placed.is_used = True
        heading = placed.heading
        key = (0, "goals", heading.key)
        if key not in self._children:
            goal: Object = {"title": heading.title or heading.label}
            if heading.label and heading.title:
                goal = {"numeral": heading.number, **goal}
                self.goal_labels[id(goal)] = heading.label
            self.goals.append(goal)
            self._know(key, goal, placed, "goal")
            if is_made_up:
                self._doubt(goal, "基本目標にあたる見出しがないので、文書の題で置きました。")
        return self._children[key]

    def _child(self, above: Object, items: str, kind: str, placed: Placed) -> Object:
        placed.is_used = True
        heading = placed.heading
        key = (id(above), items, heading.key)
        if key not in self._children:
            child: Object = {"title": heading.title or heading.label}
            if heading.label and heading.title:
                child = {"label": heading.label, **child}
            append(above, items, child)
            self._know(key, child, placed, kind)
        return self._children[key]

    def _plan_of_goal(self, goal: Object) -> Object:
        key = (id(goal), "plans", ("", ""))
        if key not in self._children:
            plan: Object = {"title": goal.get("title", "")}
            append(goal, "plans", plan)
            places = self.notes[id(goal)].places
            self._know(key, plan, Placed(Heading("", ""), "".join(places[:1]), 0), "plan")
            self._doubt(plan, "施策にあたる見出しや列がないので、基本目標の名称で置きました。")
        return self._children[key]

    def _know(
        self, key: tuple[int, str, tuple[str, str]], entry: Object, placed: Placed, kind: str
    ) -> None:
        self._children[key] = entry
        self.notes[id(entry)] = Note([placed.place] if placed.place else [])
        if placed.heading.word:
            self.words[kind][placed.heading.word] += 1

    def _doubt(self, entry: Object, what: str) -> None:
        self.notes[id(entry)].doubts.append(what)


def _are_the_same_letters(one: str, other: str) -> bool:
    """Whether texts have the same letters: a PDF's large heading may have lost their order."""
    return len(one) >= _FEWEST_LETTERS and sorted(one) == sorted(other)


def append(above: Object, key: str, entry: Json) -> None:
    """Put something into a list of an object."""
    items = above.setdefault(key, [])
    if isinstance(items, list):
        items.append(entry)
