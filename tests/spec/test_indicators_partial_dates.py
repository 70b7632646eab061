"""Dates known only to the month or the year: what can be told, and what cannot."""

from __future__ import annotations

import pytest

from tests.audit_people import entry, issue, outcome_of, someone

DIAGNOSED, TREATED = entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01")
DAY = "2026-10-31"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-06", "met"),  # all of June 2026 lies in the last 12 months
        ("2025-11", "met"),  # the window starts on 1 November 2025
        ("2025-10", "not met"),  # none of October 2025 does
        ("2025", "cannot tell"),  # some of 2025 does
        ("2026", "cannot tell"),  # some of 2026 is yet to come
        ("2024", "not met"),
    ],
)
def test_a_plan_of_an_uncertain_day(when, expected):
    record = someone(DIAGNOSED, TREATED, entry("asthma-plan", when))
    assert outcome_of("plan-12-months", record, DAY) == expected


def test_a_sure_plan_settles_what_an_unsure_one_leaves_open():
    record = someone(DIAGNOSED, TREATED, entry("asthma-plan", "2025"), entry("asthma-plan", "2026-03-01"))
    assert outcome_of("plan-12-months", record, DAY) == "met"


def test_diagnosed_and_resolved_in_years_that_do_not_touch():
    record = someone(entry("asthma-diagnosis", "2018"), TREATED, entry("asthma-resolved", "2020"))
    assert outcome_of("asthma-register", record, DAY) == "not met"


def test_diagnosed_and_resolved_in_the_same_year_cannot_be_told():
    record = someone(entry("asthma-diagnosis", "2018"), TREATED, entry("asthma-resolved", "2018-06-01"))
    assert outcome_of("asthma-register", record, DAY) == "cannot tell"


def test_what_cannot_be_told_of_the_register_is_carried_into_every_number():
    record = someone(entry("asthma-diagnosis", "2018"), TREATED, entry("asthma-resolved", "2018-06-01"))
    assert outcome_of("plan-12-months", record, DAY) == "cannot tell"


def test_someone_surely_off_the_register_is_never_unsure():
    record = someone(entry("asthma-diagnosis", "2018"), entry("asthma-plan", "2026"))
    assert outcome_of("plan-12-months", record, DAY) == "outside"


def test_a_review_and_a_plan_of_the_same_month_may_be_of_one_day():
    entries = (entry(slug, "2026-06") for slug in ("asthma-review", "asthma-plan", "exacerbation-count"))
    assert outcome_of("qof-ast007", someone(DIAGNOSED, TREATED, *entries), DAY) == "cannot tell"


def test_a_review_and_a_plan_of_different_months_are_not_of_one_day():
    entries = (entry("asthma-review", "2026-06"), entry("asthma-plan", "2026-07"))
    record = someone(DIAGNOSED, TREATED, *entries, entry("exacerbation-count", "2026-06-01"))
    assert outcome_of("qof-ast007", record, DAY) == "not met"


def test_two_invitations_known_to_the_month():
    def invited(*months: str) -> str:
        record = someone(DIAGNOSED, TREATED, *(entry("invitation", month) for month in months))
        return outcome_of("qof-ast007", record, DAY)

    assert invited("2026-02", "2026-04") == "excluded"  # at least 31 days apart
    assert invited("2026-02", "2026-03") == "cannot tell"  # 1 to 58 days apart
    assert invited("2026-02", "2026-02") == "cannot tell"
    assert invited("2026-02") == "not met"  # one invitation is not two


def test_an_exclusion_that_cannot_be_told_leaves_the_person_open():
    record = someone(DIAGNOSED, TREATED, entry("informed-dissent", "2025"))
    assert outcome_of("qof-ast007", record, DAY) == "cannot tell"


def test_a_sure_exclusion_settles_it():
    record = someone(DIAGNOSED, TREATED, entry("informed-dissent", "2025"), entry("unsuitable", "2026-03-01"))
    assert outcome_of("qof-ast007", record, DAY) == "excluded"


def test_attacks_counted_at_an_uncertain_time_may_have_been_before_the_review():
    day = (entry("asthma-review", "2026-06-10"), entry("asthma-plan", "2026-06-10"))

    def with_attacks(when: str) -> str:
        return outcome_of(
            "qof-ast007", someone(DIAGNOSED, TREATED, *day, entry("exacerbation-count", when)), DAY
        )

    assert with_attacks("2026") == "cannot tell"
    assert with_attacks("2026-06") == "cannot tell"
    assert with_attacks("2026-04") == "not met"


def test_a_first_diagnosis_of_an_uncertain_month_may_be_new():
    record = someone(entry("asthma-diagnosis", "2026"), TREATED)
    assert outcome_of("qof-ast007", record, "2026-12-31") == "cannot tell"
    assert outcome_of("qof-ast007", someone(entry("asthma-diagnosis", "2025"), TREATED), DAY) == "not met"
