"""What is looked at before a release: each check's grade, what forbids it, and that author is not checker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.chance import draw_chart
from imp2art.audit.reports.release import (
    CheckCode,
    ExtractRows,
    Grade,
    ReleaseCheck,
    Version,
    check_given,
    check_may_release,
    check_prepared,
    check_report,
    checks_now,
)
from imp2art.audit.reports.report import (
    AuditReport,
    Checks,
    IndicatorSeries,
    MonthFigure,
    ReportManifest,
    Verdict,
)
from imp2art.audit.reports.report_clock import ORDER, Cause, ClockEntry, MonthClock, Step
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal

OCTOBER, SEPTEMBER = date(2026, 10, 31), date(2026, 9, 30)
TAKEN, TODAY = date(2026, 11, 2), date(2026, 11, 10)
CLEAN = ExtractRows(rows=10_000, rejected=3)
GOOD = (ReleaseCheck(CheckCode.ENGINES, Grade.OK, 0),)


def series(before: int, now: int, verdict: Verdict = Verdict.WITHIN_CHANCE) -> IndicatorSeries:
    figures = tuple(
        MonthFigure(on, 1000, count, 0, 0, "1") for on, count in ((SEPTEMBER, before), (OCTOBER, now))
    )
    chart = draw_chart(figures)
    return IndicatorSeries("asthma-register", Direction.NEITHER, figures, chart, verdict)


def report(*, before: int = 100, now: int = 101, differences: int = 0, **more: object) -> AuditReport:
    made = AuditReport(
        PracticeCode("A12345"),
        "Harbour Lane Surgery",
        (SEPTEMBER, OCTOBER),
        (series(before, now),),
        (),
        Checks(100, 100, 2, 200, differences),
        ReportManifest("sha256:1", TAKEN, {}, {}, "0", None, None),
    )
    return replace(made, **more)


def grades(made: AuditReport, rows: ExtractRows = CLEAN, version: Version | None = Version.STANDARD) -> dict:
    checks = checks_now(check_report(made, rows), made.manifest.extract_taken_on, version, TODAY)
    return {check.code: check.grade for check in checks}


def test_a_report_in_order_asks_for_nothing():
    assert grades(report()) == dict.fromkeys(CheckCode, Grade.OK)


@pytest.mark.parametrize(
    ("made", "rows", "version", "code", "grade"),
    [
        (report(differences=1), CLEAN, Version.STANDARD, CheckCode.ENGINES, Grade.STOP),
        (report(checks=Checks(100, 0, 0, 0, 0)), CLEAN, Version.STANDARD, CheckCode.ENGINES, Grade.STOP),
        (report(now=121), CLEAN, Version.STANDARD, CheckCode.REGISTER, Grade.LOOK),
        (report(now=79), CLEAN, Version.STANDARD, CheckCode.REGISTER, Grade.LOOK),
        (report(now=120), CLEAN, Version.STANDARD, CheckCode.REGISTER, Grade.OK),
        (report(), ExtractRows(1000, 11), Version.STANDARD, CheckCode.REJECTED, Grade.LOOK),
        (report(), ExtractRows(1000, 10), Version.STANDARD, CheckCode.REJECTED, Grade.OK),
        (
            report(series=(series(100, 101, Verdict.WORSE),)),
            CLEAN,
            Version.STANDARD,
            CheckCode.JUMPED,
            Grade.LOOK,
        ),
        (report(), CLEAN, None, CheckCode.VERSION, Grade.STOP),
        (
            report(not_configured={"qof-ast012": ("feno",)}),
            CLEAN,
            Version.STANDARD,
            CheckCode.NOT_CONFIGURED,
            Grade.NOTE,
        ),
    ],
)
def test_each_check_has_its_grade(made, rows, version, code, grade):
    found = grades(made, rows, version)
    assert found.pop(code) is grade
    assert set(found.values()) == {Grade.OK}


@pytest.mark.parametrize(("days", "grade"), [(45, Grade.OK), (46, Grade.LOOK)])
def test_old_data_ask_for_a_look(days, grade):
    (age,) = (
        check
        for check in checks_now((), TODAY - timedelta(days=days), Version.STANDARD, TODAY)
        if check.code is CheckCode.DATA_AGE
    )
    assert (age.grade, age.number) == (grade, days)


def test_an_extract_taken_before_the_month_ended_forbids_the_release():
    early = replace(report().manifest, extract_taken_on=date(2026, 10, 28))
    (covered,) = (c for c in check_report(report(manifest=early), CLEAN) if c.code is CheckCode.COVERED)
    assert (covered.grade, covered.number) == (Grade.STOP, 3)


def clock(*steps: Step, actor_id: str = "worker", held: bool = False) -> MonthClock:
    at = datetime(2026, 11, 3, tzinfo=UTC)
    entries = [ClockEntry(step, at, "Somebody", actor_id) for step in steps]
    if held:
        entries.append(ClockEntry(Step.HELD, at, "Ann", "9", cause=Cause.NOT_CHECKED, owner="Ann"))
    return MonthClock(OCTOBER, OCTOBER, tuple(entries))


RUN = ORDER[:4]


def test_a_report_that_is_run_and_in_order_may_be_released():
    check_may_release(clock(*RUN), GOOD, "7")


@pytest.mark.parametrize(
    ("month", "checks", "sentence"),
    [
        (clock(*ORDER[:3]), GOOD, "not made yet"),
        (clock(Step.DUE), GOOD, "not made yet"),
        (clock(*RUN, held=True), GOOD, "held back"),
        (clock(*RUN, actor_id="7"), GOOD, "someone else must check"),
        (clock(*RUN), (ReleaseCheck(CheckCode.ENGINES, Grade.STOP, 2),), "A check forbids it: engines"),
    ],
)
def test_what_forbids_a_release_says_so(month, checks, sentence):
    with pytest.raises(Refusal, match=sentence):
        check_may_release(month, checks, "7")


def test_the_version_is_given_and_is_the_one_that_was_prepared():
    assert check_given(Version.STANDARD) is Version.STANDARD
    assert check_prepared(Version.IMP2ART, Version.IMP2ART) is Version.IMP2ART
    with pytest.raises(Refusal, match="Nobody said"):
        check_given(None)
    for given, prepared in ((Version.STANDARD, Version.IMP2ART), (Version.IMP2ART, Version.STANDARD)):
        with pytest.raises(Refusal, match="not of the version"):
            check_prepared(given, prepared)


def test_rows_are_counted_over_all_tables():
    counts = {"tables": {"events": {"rows": 10, "rejected": 1}, "issues": {"rows": 5, "rejected": 2}}}
    assert ExtractRows.of(counts) == ExtractRows(15, 3)
    assert ExtractRows.of({}) == ExtractRows(0, 0)
