"""Chapter 8b. After an attack: the clock of two working days, and what a review left due.

NICE QS25 statement 4. The chapters are read on Monday 23 November 2026.
"""

from datetime import date

import pytest

from imp2art.asthma.attack_clock import FollowUpClock, follow_up_clock
from imp2art.asthma.risk.flags import flags
from tests.spec.people import ATTACK, LIBRARY, REVIEW, TECHNIQUE, TODAY, Life, someone_with_asthma

FRIDAY, SATURDAY = "2026-11-20", "2026-11-21"


def raised(life: Life, taken_on: date = TODAY) -> set[str]:
    return {flag.rule for flag in flags(life.record, LIBRARY, TODAY, taken_on)}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-11-20", (2, False)),
        ("2026-11-22", (2, False)),
        ("2026-11-23", (1, False)),
        ("2026-11-24", (0, False)),
        ("2026-11-25", (1, True)),
        ("2026-11-29", (3, True)),
    ],
    ids=[
        "the day itself",
        "at the weekend",
        "one day left",
        "the last day",
        "one day late",
        "late at a weekend",
    ],
)
def test_the_clock_of_an_attack_on_a_friday(on, expected):
    days, late = expected
    began = date.fromisoformat(FRIDAY)
    due = date(2026, 11, 24)
    assert follow_up_clock(began, date.fromisoformat(on)) == FollowUpClock(began, due, days, late)


class TestAnAttackWhoseClockRuns:
    def test_it_is_told_at_once_and_is_not_called_late(self):
        assert raised(someone_with_asthma().coded(ATTACK, FRIDAY)) & {
            "attack-to-follow-up",
            "attack-not-followed-up",
        } == {"attack-to-follow-up"}

    def test_the_only_attack_is_not_told_twice(self):
        assert "attacks" not in raised(someone_with_asthma().coded(ATTACK, FRIDAY))

    def test_a_review_since_takes_it_away(self):
        seen = someone_with_asthma().coded(ATTACK, FRIDAY).coded(REVIEW, "2026-11-23")
        assert "attack-to-follow-up" not in raised(seen)

    def test_where_the_data_end_before_it_was_due_it_stays_and_is_not_late(self):
        old_data = someone_with_asthma().coded(ATTACK, "2026-11-10")
        assert "attack-to-follow-up" in raised(old_data, taken_on=date(2026, 11, 11))
        assert "attack-not-followed-up" not in raised(old_data, taken_on=date(2026, 11, 11))

    def test_once_it_is_late_it_is_only_late(self):
        late = someone_with_asthma().coded(ATTACK, "2026-11-10")
        assert "attack-not-followed-up" in raised(late)
        assert "attack-to-follow-up" not in raised(late)


class TestTechniqueLeftDue:
    """Hazard H-37."""

    def reviewed_here(self) -> Life:
        return someone_with_asthma().coded(REVIEW, SATURDAY, source="review:0002")

    def test_a_review_made_here_without_it_is_told(self):
        assert "technique-due" in raised(self.reviewed_here())

    @pytest.mark.parametrize("day", [SATURDAY, "2026-11-23"], ids=["in the review", "since"])
    def test_once_it_was_watched_it_is_gone(self, day):
        assert "technique-due" not in raised(self.reviewed_here().coded(TECHNIQUE, day))

    def test_watched_before_the_review_does_not_count(self):
        assert "technique-due" in raised(self.reviewed_here().coded(TECHNIQUE, "2026-05-11"))

    def test_a_review_made_elsewhere_says_nothing_of_it(self):
        assert "technique-due" not in raised(someone_with_asthma())

    def test_a_newer_review_made_elsewhere_ends_it(self):
        assert "technique-due" not in raised(self.reviewed_here().coded(REVIEW, "2026-11-22"))
