"""The words of a person's two years: titles of the rows, what each mark says, and the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from imp2art.asthma.attacks import Attack
from imp2art.asthma.year import InhalerMark, PlanSpan, YearOfCare
from imp2art.documents.words import day_in_words, month_in_words, phrase


@dataclass(frozen=True, slots=True)
class YearRow:
    """One line of the table beside the drawing: what, on which day, and more about it."""

    what: str
    on: date
    day: str
    detail: str


ISSUE_ROWS = 3  # preventers, relievers, steroid courses


def say(slug: str, **values: object) -> str:
    """A phrase of the charts."""
    return phrase("charts", slug, **values)


def rows_of_year(year: YearOfCare) -> tuple[YearRow, ...]:
    """Everything that the drawing shows, newest first."""
    return tuple(sorted(_rows(year), key=lambda row: (row.on, row.what), reverse=True))


def rows_of_issues(year: YearOfCare) -> tuple[YearRow, ...]:
    """What was issued, newest first: preventers, relievers, steroid tablets."""
    return tuple(sorted(_issued(year), key=lambda row: (row.on, row.what), reverse=True))


def issues_description(year: YearOfCare) -> str:
    """The titles of the rows of issues as one sentence."""
    return "; ".join(row_titles(year)[:ISSUE_ROWS]) + "."


def year_title(year: YearOfCare) -> str:
    """Such as `Asthma care from November 2024 to November 2026`."""
    last = year.period.end - timedelta(days=1)
    return say("year-title", first=month_in_words(year.period.start), last=month_in_words(last))


def year_description(year: YearOfCare) -> str:
    """The titles of the rows as one sentence, and the count that is of the last 12 months alone."""
    preventers, relievers, *others = row_titles(year)
    return "; ".join((preventers, f"{relievers}, {relievers_in_year(year)}", *others)) + "."


def row_titles(year: YearOfCare) -> tuple[str, ...]:
    """Preventer, reliever, steroid courses, attacks, reviews, plans: each with its count of what is drawn."""
    return (
        say("preventers", count=len(year.preventers)),
        say("relievers", count=len(year.relievers)),
        say("steroids", count=len(year.steroid_courses)),
        say("attacks", count=len(year.attacks)),
        say("reviews", count=len(year.reviews)),
        say("plans", count=len(year.plans)),
    )


def relievers_in_year(year: YearOfCare) -> str:
    """Such as `last 12 months: 8 inhalers`: the number that the rules ask for, of half of the drawing."""
    count = year.relievers_in_year
    if count.not_countable:
        return say("relievers-in-year-at-least", devices=f"{count.devices:f}")
    if count.devices == 1:
        return say("relievers-in-year-one")
    return say("relievers-in-year", devices=f"{count.devices:f}")


def inhaler_words(mark: InhalerMark) -> str:
    """An issue with its day, as a pointer finds it in the drawing."""
    return f"{day_in_words(mark.on)}: {_inhaler_detail(mark)}"


def attack_words(attack: Attack) -> str:
    """An attack with its day and what told of it."""
    return f"{say('row-attack')}: {day_in_words(attack.on)}, {_attack_detail(attack)}"


def plan_words(plan: PlanSpan, year: YearOfCare) -> str:
    """A plan with the days for which it was current."""
    return f"{say('row-plan')}: {day_in_words(plan.period.start)}, {_plan_detail(plan, year)}"


def _rows(year: YearOfCare) -> Iterator[YearRow]:
    yield from _issued(year)
    for slug, days in (
        ("row-attendance", year.attendances),
        ("row-admission", year.admissions),
        ("row-review", year.reviews),
    ):
        for day in days:
            yield _row(slug, day, "")
    for attack in year.attacks:
        yield _row("row-attack", attack.on, _attack_detail(attack))
    for plan in year.plans:
        yield _row("row-plan", plan.period.start, _plan_detail(plan, year))


def _issued(year: YearOfCare) -> Iterator[YearRow]:
    for slug, marks in (("row-preventer", year.preventers), ("row-reliever", year.relievers)):
        for mark in marks:
            yield _row(slug, mark.on, _inhaler_detail(mark))
    for slug, days in (
        ("row-steroid", year.steroid_courses),
        ("row-maintenance", year.steroid_maintenance),
    ):
        for day in days:
            yield _row(slug, day, "")


def _row(slug: str, on: date, detail: str) -> YearRow:
    return YearRow(say(slug), on, day_in_words(on), detail)


def _inhaler_detail(mark: InhalerMark) -> str:
    if mark.devices is None:
        issued = say("issued-not-known", name=mark.name)
    else:
        issued = say("issued", name=mark.name, count=int(mark.devices) if mark.devices == 1 else mark.devices)
    if mark.covers is None:
        return issued
    return f"{issued}, {say('covers-until', last=_last_day(mark.covers.end))}"


def _attack_detail(attack: Attack) -> str:
    signs = [say(f"sign-{sign.value}") for sign in sorted(attack.signs)]
    return ", ".join(signs if attack.day_known else [*signs, say("day-not-known")])


def _plan_detail(plan: PlanSpan, year: YearOfCare) -> str:
    """A plan that lasts to the end of the drawing is current still."""
    ends = plan.period.end < year.period.end
    until = say("current-until", last=_last_day(plan.period.end)) if ends else say("still-current")
    return f"{say('made-here')}, {until}" if plan.ours else until


def _last_day(end: date) -> str:
    return day_in_words(end - timedelta(days=1))
