"""The clock of a practice's month: what is late, since when, why, and what a newer step undoes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from imp2art.audit.reports.report_clock import (
    ORDER,
    PROGRAMME_OFFICE,
    Cause,
    ClockEntry,
    Deadlines,
    MonthClock,
    Step,
    check_delay,
    days_from,
    lateness,
    months_to_open,
    urgency,
)
from imp2art.core.refusal import Refusal

OCTOBER = date(2026, 10, 31)
EXTRACT_DUE, RELEASE_DUE = date(2026, 11, 7), date(2026, 11, 14)


def entry(step: Step, on: date = date(2026, 11, 3), **more: object) -> ClockEntry:
    return ClockEntry(step, datetime.combine(on, time(9), UTC), "Somebody", "7", **more)


def clock(*entries: ClockEntry) -> MonthClock:
    return MonthClock(OCTOBER, OCTOBER, (entry(Step.DUE, date(2026, 11, 1)), *entries))


def through(last: Step, on: date = date(2026, 11, 3)) -> list[ClockEntry]:
    return [entry(step, on) for step in ORDER[1 : ORDER.index(last) + 1]]


@pytest.mark.parametrize("step", ORDER)
def test_the_furthest_step_is_where_the_month_stands(step):
    assert clock(*through(step)).step is step


@pytest.mark.parametrize(
    ("reached", "due", "waits_for"),
    [
        (Step.DUE, EXTRACT_DUE, Step.RECEIVED),
        (Step.RECEIVED, EXTRACT_DUE, Step.ACCEPTED),
        (Step.ACCEPTED, RELEASE_DUE, Step.RUN),
        (Step.RUN, RELEASE_DUE, Step.CHECKED),
        (Step.CHECKED, RELEASE_DUE, Step.RELEASED),
    ],
)
def test_a_month_is_late_at_the_step_it_waits_for_from_the_day_after_it_was_due(reached, due, waits_for):
    month = clock(*through(reached))
    assert lateness(month, due) == ()
    (late,) = lateness(month, due + timedelta(days=1))
    assert (late.step, late.due, late.is_open) == (waits_for, due, True)


def test_a_delay_without_a_cause_says_so_and_belongs_to_the_programme_office():
    (late,) = lateness(clock(), date(2026, 11, 20))
    assert late.is_silent
    assert late.owner == PROGRAMME_OFFICE


def test_a_named_cause_goes_with_the_step_and_with_those_that_it_made_late():
    named = entry(Step.DELAYED, cause=Cause.AGREEMENT, owner="Practice manager", of=Step.RECEIVED)
    month = clock(named, *through(Step.RUN, date(2026, 11, 18)))
    late = lateness(month, date(2026, 11, 20))
    assert [each.step for each in late] == [Step.RECEIVED, Step.ACCEPTED, Step.RUN, Step.CHECKED]
    assert {(each.cause, each.owner) for each in late} == {(Cause.AGREEMENT, "Practice manager")}
    assert [each.is_open for each in late] == [False, False, False, True]


def test_a_cause_named_for_a_later_step_does_not_explain_an_earlier_one():
    named = entry(Step.DELAYED, cause=Cause.NOT_CHECKED, owner="Programme", of=Step.CHECKED)
    month = clock(*through(Step.RUN, date(2026, 11, 12)), named)
    causes = {each.step: each.cause for each in lateness(month, date(2026, 11, 20))}
    assert causes == {Step.RECEIVED: None, Step.ACCEPTED: None, Step.CHECKED: Cause.NOT_CHECKED}


def test_what_is_released_in_time_is_never_late():
    assert lateness(clock(*through(Step.RELEASED)), date(2027, 3, 1)) == ()


def test_a_release_that_came_late_stays_known_as_late():
    month = clock(*through(Step.CHECKED), entry(Step.RELEASED, date(2026, 11, 20)))
    (late,) = lateness(month, date(2027, 3, 1))
    assert (late.step, late.reached, late.is_open) == (Step.RELEASED, date(2026, 11, 20), False)


def test_a_newer_extract_undoes_run_and_check():
    month = clock(*through(Step.CHECKED), entry(Step.ACCEPTED, date(2026, 11, 10)))
    assert month.step is Step.ACCEPTED
    assert lateness(month, date(2026, 11, 10)) == ()  # the first extract came in time


def test_a_newer_run_undoes_the_check_but_nothing_undoes_a_release():
    assert clock(*through(Step.CHECKED), entry(Step.RUN)).step is Step.RUN
    assert clock(*through(Step.RELEASED), entry(Step.ACCEPTED), entry(Step.RUN)).step is Step.RELEASED


def test_a_month_that_is_held_stays_held_until_resumed():
    held = entry(Step.HELD, cause=Cause.REGISTER_MOVED, owner="Programme")
    assert clock(*through(Step.RUN), held).held == held
    assert clock(*through(Step.RUN), held, entry(Step.RESUMED)).held is None


def test_deadlines_of_a_practice_that_joins_count_from_the_day_it_joined():
    assert days_from(OCTOBER, date(2026, 11, 20), is_first=True) == date(2026, 11, 20)
    assert days_from(OCTOBER, date(2026, 11, 20), is_first=False) == OCTOBER


def test_no_month_is_skipped_while_the_worker_stood_still():
    assert months_to_open([date(2026, 7, 31)], date(2026, 11, 24)) == (
        date(2026, 8, 31),
        date(2026, 9, 30),
        OCTOBER,
    )
    assert months_to_open([], date(2026, 11, 24)) == (OCTOBER,)
    assert months_to_open([OCTOBER], date(2026, 11, 24)) == ()
    assert months_to_open([OCTOBER], date(2026, 12, 1)) == (date(2026, 11, 30),)


def test_other_causes_are_said_in_words_and_every_delay_has_an_owner():
    check_delay(Cause.NOT_SENT, "Practice manager", "")
    with pytest.raises(Refusal, match="Say the cause"):
        check_delay(Cause.OTHER, "Practice manager", "no")
    with pytest.raises(Refusal, match="who sees to it"):
        check_delay(Cause.NOT_SENT, " ", "")


@pytest.mark.parametrize(("extract", "release"), [(0, 14), (15, 14), (-1, 3)])
def test_deadlines_that_make_no_sense_are_refused(extract, release):
    with pytest.raises(Refusal):
        Deadlines(extract, release)


def test_what_is_late_without_a_cause_comes_first_and_what_is_released_last():
    late, today = date(2026, 11, 20), date(2026, 11, 20)
    cause = entry(Step.DELAYED, cause=Cause.NOT_SENT, owner="Practice", of=Step.RECEIVED)
    months = [
        clock(),
        clock(cause),
        clock(cause, *through(Step.RUN, late), entry(Step.RELEASED, late)),
        clock(*through(Step.RELEASED)),
    ]
    assert [urgency(month, today) for month in months] == [0, 1, 6, 6]
    assert urgency(clock(*through(Step.RUN)), EXTRACT_DUE) == 4
    assert urgency(clock(), EXTRACT_DUE) == 5
