"""The sentences beside a report's figures: comparison, best and worst, groups, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imp2art.audit.indicator import Topic
from imp2art.audit.reports.report import (
    Dimension,
    EquitySplit,
    ExtremeReason,
    Extremes,
    Fact,
    FactCode,
    GroupFigure,
    PeerPoint,
)
from imp2art.documents.report_words import (
    comparison_in_words,
    equity_in_words,
    fact_in_words,
    funnel_in_words,
    not_configured_in_words,
    place_in_words,
    say,
)
from tests.compared import COMPARED
from tests.unit.test_audit_report import REPORT

PLANS = COMPARED.series_of("plan-12-months")
BESIDE = PLANS.comparison


@pytest.mark.parametrize(
    ("better", "told"),
    [
        (0.7, "Better than 7 in 10 similar practices in October 2026."),
        (0.66, "Better than 7 in 10 similar practices in October 2026."),
        (1.0, "Better than nearly all similar practices in October 2026."),
        (0.02, "Nearly all similar practices did better in October 2026."),
    ],
)
def test_the_place_in_tenths(better, told):
    assert place_in_words(replace(BESIDE, better_than=better)) == told


def test_without_a_good_direction_only_the_spread_is_told():
    assert "Half of similar practices lay between" in place_in_words(replace(BESIDE, better_than=None))


def test_nobody_counted_is_said():
    nobody = replace(BESIDE, better_than=None, own=PeerPoint(0, 0))
    told = "Nobody was counted here in October 2026, so there is nothing to compare."
    assert place_in_words(nobody) == told


def test_the_comparison_says_who_the_others_are_and_that_they_are_rounded():
    told = " ".join(comparison_in_words(PLANS, COMPARED))
    assert "Similar practices: 20 in England with fewer than 5,000 people on the list" in told
    assert "second most deprived fifth" in told
    assert "Figures to October 2026" in told
    assert "rounded to 5" in told


def test_the_funnel_says_what_its_limits_allow_for():
    told = " ".join(funnel_in_words(replace(BESIDE, spread=None)))
    assert "allow for chance in who is counted" in told
    assert "do not allow for differences between practices" in told
    assert "times as far apart" not in told


def test_a_spread_beyond_chance_is_said_as_a_number():
    told = " ".join(funnel_in_words(replace(BESIDE, spread=2.34)))
    assert "about 2.3 times as far apart as chance alone would put them" in told


def test_too_few_others_and_none_at_all_are_different():
    alone = replace(PLANS, comparison=None)
    assert "too few similar practices" in comparison_in_words(alone, COMPARED)[0]
    assert "No figures of other practices are at hand" in comparison_in_words(alone, REPORT)[0]


@pytest.mark.parametrize("reason", ExtremeReason)
def test_best_and_worst_never_stand_without_the_reason(reason):
    found = Extremes(date(2026, 8, 31), date(2026, 10, 31), reason, worst_of_similar=False)
    both = replace(PLANS, comparison=replace(BESIDE, extremes=found))
    told = comparison_in_words(both, COMPARED)
    stands = "the best tenth of similar practices (August 2026) and in the worst tenth of all practices"
    place = next(at for at, sentence in enumerate(told) if stands in sentence)
    assert told[place + 1] == say(f"extremes-{reason}")
    assert told[place + 1].startswith("Why: ")


def test_groups_that_differ_come_first_and_are_named():
    large = (GroupFigure("female", 100, 20), GroupFigure("male", 100, 60), GroupFigure("not-known", 50, 50))
    series = replace(
        PLANS,
        equity=(
            EquitySplit(Dimension.AGE, large[:1], False, True),
            EquitySplit(Dimension.DEPRIVATION, large[:2], False),
            EquitySplit(Dimension.SEX, large, True),
        ),
    )
    told = equity_in_words(series)
    assert told[0].startswith("Sex: the groups differ by more than chance")
    assert "from 20% (female) to 60% (male)" in told[0]
    assert told[1:] == (
        "Age: too few people to tell.",
        "Deprivation: the groups differ by no more than chance alone would give.",
    )


def test_what_is_not_counted_is_named():
    assert "no codelist is loaded" in not_configured_in_words(REPORT)
    assert not_configured_in_words(replace(REPORT, not_configured={})) == ""


def test_none_is_said_as_none():
    told = fact_in_words(Fact(FactCode.ARE_WORSE, "", 0))
    assert told == "No indicator is worse than chance alone would give."


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_its_words(topic):
    assert say(f"topic-{topic}")
