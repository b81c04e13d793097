"""The year in sentences: how many reached their target, how many are late, what changed.

Comes in: a review. Goes out: final sentences, right for the plan's first, a middle and the
last year, for the years after it and for one year alone. Words of marks are the scheme's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from kpireport.document.corrections import what_happened
from kpireport.document.coverage import covered
from kpireport.document.judgements import rate_text
from kpireport.document.mark_words import together
from kpireport.document.provisional import provisional
from kpireport.document.reviews import Review
from kpireport.document.texts import one_line
from kpireport.domain.actuals import ReportedState
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, Mark, MarkCounts, MarkLevel, Scheme
from kpireport.evaluation.courses import Standing
from kpireport.evaluation.reasons import StateReported, is_without_survey
from kpireport.evaluation.schemes import LATENESS, ByPeople, ByRules, NoMarks, Task
from kpireport.evaluation.summaries import count_marks
from kpireport.quickly import dataclass

_NO_JUDGEMENTS = tuple(each for each in MarkLevel if not each.is_judgement)
_REACHED = ("達成", "目標達成")  # words of marks that one says as a verb
_FEW = 2  # marks that 「または」 stands between
_TARGETS = "項目"  # the counter


@dataclass(frozen=True, slots=True)
class YearSentences:
    """A year in sentences; each is empty where there is nothing to say.

    Attributes:
        standing: how many indicators reached their target, or in earlier years are on their
            way, against the year before.
        rest: how many are late, and how many stand at the marks that are left.
        changes: how many marks went up and down against the year before.
        numeric_targets: how the numeric targets stand, by the year that they are due in.
    """

    standing: str
    rest: str
    changes: str
    remarks: str
    numeric_targets: str

    @property
    def text(self) -> str:
        """All that is to be said, in one paragraph."""
        return f"{self.of_indicators}{self.numeric_targets}"

    @property
    def of_indicators(self) -> str:
        """What is to be said of the indicators."""
        return "".join((self.standing, self.rest, self.changes, self.remarks))


def year_sentences(review: Review) -> YearSentences:
    """Write the report's year in sentences."""
    match review.scheme.marking:
        case ByRules():
            return _of_rules(review)
        case ByPeople():
            return _of_people(review)
        case NoMarks():
            standing = review.numbers("".join(_of_values(review)))
            return YearSentences(standing, "", "", "", "")
        case _:
            assert_never(review.scheme.marking)


def _of_rules(review: Review) -> YearSentences:
    now, before = review.summary.now, review.summary.before
    is_due = now.fiscal_year >= review.catalogue.years.target
    standing = _standing(review, now.overall, before.overall if before else None, is_due=is_due)
    return YearSentences(
        *map(
            review.numbers,
            (
                standing,
                _rest(review, now.overall, is_due=is_due),
                _changes(review),
                "".join(_remarks(review)),
                "".join(_numeric_targets(review)),
            ),
        )
    )


# --- without rules ---------------------------------------------------------------


def _of_values(review: Review) -> Iterator[str]:
    """Yield what is covered, and how many of the indicators were reported."""
    yield _subject(review)
    name, counter = one_line(review.catalogue.labels.indicators), review.words.indicator
    judged = [review.judgement(each) for each in review.catalogue.indicators()]
    asked = [each for each in judged if not is_without_survey(each.reason)]
    missing = sum(each.mark.level is MarkLevel.UNREPORTED for each in asked)
    if len(asked) < len(judged):
        without = f"{len(judged) - len(asked)}{counter}"
        yield f"{name}のうち{without}は、調査のない{review.words.year}です。"
    whole = f"{'調査のある' if len(asked) < len(judged) else name}{len(asked)}{counter}"
    if asked and missing == len(asked):
        yield f"{whole}の実績は、まだ報告されていません。"
    elif asked and not missing:
        yield f"{whole}の{'全ての' if len(asked) > 1 else ''}実績が報告されています。"
    elif asked:
        reported = len(asked) - missing
        yield f"{whole}のうち{reported}{counter}の実績が報告されています。"
        yield f"報告のないものは{missing}{counter}です。"


def _subject(review: Review) -> str:
    """Say what is told of: ``…令和３年度末について、２つの基本目標の…実績を取りまとめました。``."""
    return f"{_when(review)}について、{covered(review)}の実績を取りまとめました。"


def _of_people(review: Review) -> YearSentences:
    """List how many stand at each mark; what these amount to, people need not have said."""
    counts, labels = review.summary.overall, review.catalogue.labels
    name, counter = one_line(labels.indicators), review.words.indicator
    standing = _standing_of_people(name, counter, counts)
    targets = _standing_of_people(
        one_line(labels.numeric_targets), _TARGETS, review.summary.numeric_targets
    )
    remarks = "".join(_remarks(review))
    said = (f"{_when(review)}に、{standing}", "", _changes(review), remarks, targets)
    alone = (_subject(review), "", "", "", targets)
    return YearSentences(*map(review.numbers, said if standing else alone))


def _standing_of_people(name: str, counter: str, counts: MarkCounts) -> str:
    """Return ``指標12指標の評価は、「順調」が９指標（75.0％）、…です``; empty for none."""
    total = counts.total
    if not total:
        return ""
    if counts.at(MarkLevel.UNREPORTED) == total:
        return f"{name}{total}{counter}の実績は、まだ報告されていません。"
    if total == 1:
        return f"{name}{total}{counter}の評価は、{_standing_at(counts)}です。"
    listed = "、".join(
        f"「{each.mark.word}」が{each.count}{counter}"
        + ("" if not each.mark.level.is_judgement else f"（{_share(counts, each.count)}）")
        for each in counts.counts
        if each.count
    )
    is_part = 0 < counts.judged < total
    of = f"割合は、評価した{counts.judged}{counter}に対するものです。" if is_part else ""
    return f"{name}{total}{counter}の評価は、{listed}です。{of}"


# --- indicators ------------------------------------------------------------------


def _standing(
    review: Review, counts: MarkCounts, before: MarkCounts | None, *, is_due: bool
) -> str:
    name, when = one_line(review.catalogue.labels.indicators), _when(review)
    if not any(review.catalogue.indicators()):
        return _subject(review)
    if not counts.total:
        return f"{when}に、評価する{name}はありません。"
    if counts.at(MarkLevel.UNREPORTED) == counts.total:
        whole = f"{name}{counts.total}{review.words.indicator}"
        return f"{when}の{whole}の実績は、まだ報告されていません。"
    if not _is_judged(counts):
        whole = f"{name}{counts.total}{review.words.indicator}"
        listed = _listed(review, counts, _NO_JUDGEMENTS)
        return f"{when}に、{whole}のうち評価できるものはありません（{listed}）。"
    aim = "目標" if is_due or not review.is_held_against_years else "年度の目標"
    scheme, counter = review.evaluation.scheme, review.words.indicator
    said = _said(scheme, counts, before, counter, is_due=is_due, aim=aim)
    return f"{when}に、{review.words.dated(said)}。"


def _when(review: Review) -> str:
    """Say where in the plan the year stands: ``計画の目標年度である令和３年度末``."""
    year, years = review.evaluation.fiscal_year, review.catalogue.years
    name = f"{review.words.year_name(year, NumeralStyle.HALF)}末"
    target = review.words.year_name(years.target, NumeralStyle.HALF)
    if year > years.target:
        past = f"{year.year - years.target.year}年後"
        return f"計画の目標{year.word}（{target}）の{past}である{name}"
    if year == years.target:
        return f"計画の目標{review.words.year}である{name}"
    number = year.year - years.baseline.year
    if number < 1:
        return name
    return f"計画期間の{f'初{year.word}' if number == 1 else f'{number}年目'}である{name}"


def _said(
    scheme: Scheme,
    counts: MarkCounts,
    before: MarkCounts | None,
    counter: str,
    *,
    is_due: bool,
    aim: str = "目標",
) -> str:
    """Say how many stand well: ``61指標（63.5％）が目標を達成しました（前年度は…）``."""
    marks = _good_marks(scheme, is_due=is_due)
    words = _any_of(marks)
    found, total = _count(counts, marks), counts.total
    is_reached = all(mark.word in _REACHED for mark in marks)
    if total == 1 or not marks:
        is_known = before and before.total == total and _is_judged(before)
        was = f"（前年度は{_standing_at(before)}）" if before and is_known else ""
        return f"{total}{counter}の評価は{_standing_at(counts)}でした{was}"
    whole = f"{total}{counter}"
    if counts.judged < total:
        whole += f"のうち評価した{counts.judged}{counter}"
    among = f"{whole}のうち" if counts.judged == total else f"{whole}では、"
    if not found:
        what = f"{aim}を達成したもの" if is_reached else f"評価が{words}のもの"
        said = f"{among.rstrip('、')}、{what}はありませんでした"
    else:
        part = f"{among}{found}{counter}（{_share(counts, found)}）"
        end = f"が{aim}を達成しました" if is_reached else f"の評価が{words}でした"
        said = f"{f'{whole}の全て' if found == counts.judged else part}{end}"
    return f"{said}{_last_year(before, counts.judged, marks, counter)}"


def _any_of(marks: Sequence[Mark]) -> str:
    """Name marks of which each will do: many of them in a row."""
    named = [f"「{mark.word}」" for mark in marks]
    return "または".join(named) if len(named) <= _FEW else f"{''.join(named)}のいずれか"


def _is_judged(counts: MarkCounts) -> bool:
    return counts.judged > 0


def _standing_at(counts: MarkCounts) -> str:
    return "、".join(f"「{each.mark.word}」" for each in counts.counts if each.count)


def _last_year(before: MarkCounts | None, judged: int, marks: Sequence[Mark], counter: str) -> str:
    """Say in brackets how many there were the year before; nothing where none was judged."""
    if before is None or not _is_judged(before):
        return ""
    found = _count(before, marks)
    which = "評価した" if before.judged < before.total else ""
    of = "" if before.judged == judged else f"{which}{before.judged}{counter}のうち"
    return f"（前年度は{of}{found}{counter}、{_share(before, found)}）"


def _good_marks(scheme: Scheme, *, is_due: bool) -> tuple[Mark, ...]:
    """The marks of what is as it should be: at the target where that is due."""
    reached, on_track = scheme.of_level(MarkLevel.REACHED), scheme.of_level(MarkLevel.ON_TRACK)
    return reached if is_due and reached else (*reached, *on_track)


def _rest(review: Review, counts: MarkCounts, *, is_due: bool) -> str:
    """Say how many are late, and how many are neither that nor as they should be."""
    scheme = review.evaluation.scheme
    late = tuple(mark for mark in scheme.marks if mark.level in LATENESS)
    if counts.total < 2 or not _is_judged(counts) or not late:
        return ""
    found, words = _count(counts, late), "".join(f"「{mark.word}」" for mark in late)
    together = "は合わせて" if len(late) > 1 else "は"
    said = (
        f"{words}{together}{found}{review.words.indicator}（{_share(counts, found)}）です。"
        if found
        else f"{words}はありません。"
    )
    good = {mark.key for mark in _good_marks(scheme, is_due=is_due)}
    levels = {
        each.mark.level
        for each in counts.counts
        if each.mark.level not in LATENESS and each.mark.key not in good
    }
    others = _listed(review, counts, tuple(levels))
    return f"{said}このほか、{others}です。" if others else said


def _listed(review: Review, counts: MarkCounts, levels: Sequence[MarkLevel]) -> str:
    return "、".join(
        f"「{each.mark.word}」が{each.count}{review.words.indicator}"
        for each in counts.counts
        if each.count and each.mark.level in levels
    )


def _changes(review: Review) -> str:
    """Say how many marks went up and down; nothing where no two years can be compared."""
    indicators = {each.id for each in review.catalogue.indicators()}
    changed = review.summary.changed
    up = sum(each.measure_id in indicators for each in changed.up)
    down = sum(each.measure_id in indicators for each in changed.down)
    compared = sum(_is_comparable(review, each) for each in indicators)
    if not compared or len(indicators) == 1:  # of one alone both marks are said already
        return ""
    total = len(indicators)
    start = (
        f"前{review.words.year}から"
        if compared == total
        else f"前{review.words.year}と比べられる{compared}{review.words.indicator}のうち、"
    )
    if not up and not down:
        return f"{start}評価の変わったものはありません。"
    same = compared - up - down
    return (
        f"{start}評価の上がったものは{up}{review.words.indicator}、下がったものは{down}{review.words.indicator}、"
        f"変わらないものは{same}{review.words.indicator}です。"
    )


def _remarks(review: Review) -> Iterator[str]:
    """Say what the counts hold that no rule gave, or that last year's report had otherwise."""
    indicators = {each.id for each in review.catalogue.indicators()}
    year, noun = review.evaluation.fiscal_year, review.words.indicator
    upper, counts = review.scheme.upper_marks, review.summary.overall
    if upper and counts.judged:
        yield f"{together(upper)}は{rate_text(counts.share(upper), NumeralStyle.HALF)}です。"
    set_by_hand = sum(
        each.fiscal_year == year and each.measure_id in indicators
        for each in review.evaluation.overridden()
    )
    if set_by_hand:
        yield f"評価のうち{set_by_hand}{noun}は、理由を付けて修正したものです。"
    count = sum(each.id in indicators for each in provisional(review))
    if count:
        yield f"評価のうち{count}{noun}は、見込みや速報値によるもので、確定した値ではありません。"
    if any(each.measure_id in indicators for each in review.corrections.found):
        happened = what_happened(review.corrections)
        after = f"その{year.word}の報告書の後に{happened}した実績"
        yield f"前{year.word}までの数は、{after}によるものです。"


def _is_comparable(review: Review, measure_id: str) -> bool:
    year = review.evaluation.fiscal_year
    before = review.evaluation.get(measure_id, year.previous)
    after = review.evaluation.find(measure_id)
    return (
        before is not None
        and before.measure_id == measure_id
        and all(each.mark.level.is_judgement for each in (before, after))
    )


# --- numeric targets -------------------------------------------------------------


def _numeric_targets(review: Review) -> Iterator[str]:
    """Yield a sentence for every year that numeric targets are due in, earliest first."""
    judged = [review.judgement(each) for each in review.catalogue.numeric_targets()]
    name = one_line(review.catalogue.labels.numeric_targets)
    dues = sorted({each.due for each in judged})
    for due in dues:
        group = [each for each in judged if each.due == due]
        when = f"{review.words.year_name(due, NumeralStyle.HALF)}が目標{review.words.year}"
        size = f"{'のうち' if len(dues) > 1 else ''}{len(group)}{_TARGETS}"
        levels = {each.mark.level for each in group}
        if levels == {MarkLevel.UNREPORTED}:
            yield f"{name}{size}（{when}）の実績は、まだ報告されていません。"
        elif levels <= set(_NO_JUDGEMENTS):
            yield f"{name}{size}（{when}）の実績は、まだありません。"
        elif due > review.evaluation.fiscal_year:
            yield f"{name}{size}は{when}で、{_so_far(review, group)}。"
        else:
            of = f"のうち{when}のもの" if len(dues) > 1 else ""
            yield f"{name}{of}{'の' if len(group) == 1 else 'は、'}{_reached(review, group, due)}。"


def _reached(review: Review, group: Sequence[Judgement], due: FiscalYear) -> str:
    """Say how many reached what was due, against a year in which it was due too."""
    scheme, year_before = review.evaluation.scheme, review.evaluation.fiscal_year.previous
    judged = [review.evaluation.get(each.measure_id, year_before) for each in group]
    before = count_marks(scheme, (each for each in judged if each)) if year_before >= due else None
    said = _said(scheme, count_marks(scheme, group), before, _TARGETS, is_due=True)
    return review.words.dated(said)


def _so_far(review: Review, group: Sequence[Judgement]) -> str:
    """Say how many are where they are to be in the end; of 達成 nothing is said before."""
    met = [each for each in group if _is_met(each)]
    how = review.words.put_into(_how(met or group))
    if len(group) == 1:
        return f"現在、{how}{'います' if met else 'いません'}"
    counts = count_marks(review.evaluation.scheme, group)
    unjudged = "、".join(
        f"{each.count}{_TARGETS}は{each.mark.word}"
        for each in counts.counts
        if each.count and not each.mark.level.is_judgement
    )
    beside = f"（{unjudged}）" if unjudged else ""
    if not met:
        return f"現在、{how}いるものはありません{beside}"
    return f"現在、{len(met)}{_TARGETS}（{_share(counts, len(met))}）が{how}います{beside}"


def _is_met(judgement: Judgement) -> bool:
    if isinstance(judgement.reason, StateReported):
        return judgement.reason.state is ReportedState.DONE
    standing = judgement.standing
    if standing is None:
        return False
    if standing.course.task is Task.DIRECTION:
        return standing.beside_reference == 1
    return standing.beside_target in (0, 1)


def _how(judgements: Sequence[Judgement]) -> str:
    """How one says that these are met, up to いる: ``目標値を上回って``."""
    standings = [each.standing for each in judgements if each.standing]
    ways = {
        (
            each.course.reference_kind if each.course.task is Task.DIRECTION else _aim(each),
            each.course.upward,
        )
        for each in standings
    }
    if len(ways) != 1 or len(standings) < len(judgements):
        return "目標の水準を満たして"
    ((what, upward),) = ways
    if any(each.beside_target == 0 for each in standings):
        return f"{what}{'以上' if upward else '以下'}になって"
    return f"{what}を{'上回って' if upward else '下回って'}"


def _aim(standing: Standing) -> str:
    return "年度の目標値" if standing.course.of_year else "目標値"


# --- counts ----------------------------------------------------------------------


def _count(counts: MarkCounts, marks: Sequence[Mark]) -> int:
    return sum(each.count for each in counts.counts if each.mark in marks)


def _share(counts: MarkCounts, part: int) -> str:
    """Return ``63.5％`` of what was judged; the digits are given their final width later."""
    return rate_text(Fraction(part, counts.judged), NumeralStyle.HALF)
