"""What holds for any plan and any report, and not only for the examples."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from kpireport.document.judgements import describe_reason, rate_text
from kpireport.domain.actuals import Actual, Actuals, ReportedState
from kpireport.domain.catalogue import Baseline, Indicator, Target
from kpireport.domain.target_kinds import HeldAgainst, TargetKind
from kpireport.domain.values import Quantity, Value, parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.judgements import Judgement
from kpireport.evaluation.judging import judge
from kpireport.evaluation.presets import INO, KITSUKI, LINEAR, NAGAYO, SCHEMES, TAMA
from kpireport.evaluation.reasons import AgainstExpected, AgainstShare, NothingToJudge
from kpireport.evaluation.rows import row_of
from kpireport.evaluation.schemes import MarkLevel, Scheme

NUMBERS = st.decimals(-(10**6), 10**6, places=2)
UNITS = st.sampled_from(["校", "％", ""])
QUANTITIES = st.builds(
    Quantity, NUMBERS, UNITS, st.sampled_from(["", "年間", "定員"]), st.booleans()
)
YEARS = st.integers(2015, 2026)
ANY_SCHEME = st.sampled_from(list(SCHEMES.values()))

UPWARD = [
    kind
    for kind in TargetKind
    if kind.facts.upward and kind.facts.held_against is HeldAgainst.NUMBER
]


def value(number: Decimal, unit: str = "校") -> Value:
    return Value(f"{number}{unit}", (Quantity(number, unit),))


def row(kind: TargetKind, baseline: Decimal | None, target: Decimal) -> Indicator:
    first = () if baseline is None else (Quantity(baseline, "校"),)
    return Indicator("i", "指標", Baseline("", first), Target("", kind, (Quantity(target, "校"),)))


def judged(indicator: Indicator, reported: Value, year: int, scheme: Scheme):
    entry = Actual("i", FiscalYear(year), reported)
    return judge(
        row_of(indicator, FiscalYear(2018), FiscalYear(2021)),
        Actuals((entry,)),
        FiscalYear(year),
        scheme,
    )


LEVELS = list(MarkLevel)


def rank(judgement: Judgement) -> int:
    """0 is the best level."""
    return LEVELS.index(judgement.mark.level)


@given(
    ANY_SCHEME,
    st.sampled_from(UPWARD),
    st.none() | NUMBERS,
    NUMBERS,
    YEARS,
    NUMBERS,
    NUMBERS,
)
@example(LINEAR, TargetKind.AT_LEAST, Decimal(13), Decimal(35), 2019, Decimal(20), Decimal(21))
def test_more_is_never_worse_where_more_is_asked(scheme, kind, baseline, target, year, one, other):
    less, more = sorted((one, other))
    indicator = row(kind, baseline, target)
    assert rank(judged(indicator, value(more), year, scheme)) <= rank(
        judged(indicator, value(less), year, scheme)
    )


@given(ANY_SCHEME, st.none() | NUMBERS, NUMBERS, YEARS, NUMBERS, NUMBERS)
def test_less_is_never_worse_where_less_is_asked(scheme, baseline, target, year, one, other):
    less, more = sorted((one, other))
    indicator = row(TargetKind.AT_MOST, baseline, target)
    assert rank(judged(indicator, value(less), year, scheme)) <= rank(
        judged(indicator, value(more), year, scheme)
    )


@given(ANY_SCHEME, st.none() | NUMBERS, NUMBERS, NUMBERS, YEARS)
def test_the_same_actual_never_looks_better_as_years_go_by(scheme, baseline, target, actual, year):
    indicator = row(TargetKind.AT_LEAST, baseline, target)
    now = judged(indicator, value(actual), year, scheme)
    later = judged(indicator, value(actual), year + 1, scheme)
    is_first = now.mark.level is MarkLevel.NOT_APPLICABLE  # held against a year that is none
    assert is_first or rank(now) <= rank(later)


@given(
    ANY_SCHEME,
    st.sampled_from([*UPWARD, TargetKind.AT_MOST]),
    st.none() | NUMBERS,
    NUMBERS,
    NUMBERS,
    YEARS,
    st.sampled_from([Decimal(1000), Decimal("0.001"), Decimal(7)]),
)
def test_the_scale_does_not_matter(scheme, kind, baseline, target, actual, year, scale):
    plain = judged(row(kind, baseline, target), value(actual), year, scheme)
    scaled_baseline = None if baseline is None else baseline * scale
    scaled = judged(row(kind, scaled_baseline, target * scale), value(actual * scale), year, scheme)
    assert (plain.mark, plain.rate, plain.expected) == (scaled.mark, scaled.rate, scaled.expected)


@given(
    st.sampled_from(list(TargetKind)),
    st.lists(QUANTITIES, max_size=3),
    st.lists(QUANTITIES, max_size=3),
    st.sampled_from(["", "導入２か所", "８校", "再編（４ルート）", "現状値から増加"]),
    st.none() | st.builds(parse_value, st.text(max_size=12)) | st.builds(value, NUMBERS, UNITS),
    st.none() | QUANTITIES,
    st.none() | st.sampled_from(ReportedState),
    st.none() | st.integers(2010, 2030),
    YEARS,
    ANY_SCHEME,
)
def test_nothing_that_is_reported_makes_judging_or_writing_fail(
    kind, baselines, targets, text, reported, before, state, due, year, scheme
):
    indicator = Indicator(
        "i",
        "指標",
        Baseline("", tuple(baselines)),
        Target(text, kind, tuple(targets), due and FiscalYear(due)),
    )
    entries = [Actual("i", FiscalYear(year), reported, state)]
    if before:
        entries.append(Actual("i", FiscalYear(year - 1), Value("", (before,))))
    judgement = judge(
        row_of(indicator, FiscalYear(2018), FiscalYear(2021)),
        Actuals(tuple(entries)),
        FiscalYear(year),
        scheme,
    )
    assert judgement.mark in scheme.marks
    assert describe_reason(judgement.reason)
    assert rate_text(judgement.rate)
    if isinstance(judgement.reason, NothingToJudge):
        assert judgement.mark.level is MarkLevel.NOT_APPLICABLE


@given(ANY_SCHEME, st.sampled_from(UPWARD), st.none() | NUMBERS, NUMBERS, NUMBERS, YEARS)
def test_reached_is_reached_and_short_never_shows_full(
    scheme, kind, baseline, target, actual, year
):
    judgement = judged(row(kind, baseline, target), value(actual), year, scheme)
    is_short = actual < target
    if is_short:
        assert judgement.mark.level is not MarkLevel.REACHED
        assert rate_text(judgement.rate) != "100.0％"
    elif scheme is LINEAR:
        assert judgement.mark.level is MarkLevel.REACHED
    elif scheme in (INO, KITSUKI, NAGAYO):
        assert (judgement.mark.level is MarkLevel.REACHED) == (actual > target)


@given(
    st.sampled_from([LINEAR, TAMA, KITSUKI]),
    st.sampled_from(UPWARD),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    YEARS,
)
def test_a_reason_says_what_is_so(scheme, kind, baseline, target, actual, year):
    reason = judged(row(kind, baseline, target), value(actual), year, scheme).reason
    if isinstance(reason, AgainstExpected):
        assert reason.holds == (reason.rate >= reason.share * reason.expected)
    if isinstance(reason, AgainstShare):
        assert reason.holds == (reason.rate >= reason.share)
    text = describe_reason(reason)
    if "＜" in text:
        left, right = text.split(" ＜ ")
        assert left[-len(right) :] != right  # never 90.0％（90.0％未満）
