"""A person's two years of asthma care as one drawing, a row for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from imp2art.asthma.year import InhalerMark, YearOfCare
from imp2art.core.period import Period
from imp2art.documents.charts.months import firsts_of_months, month_ticks
from imp2art.documents.charts.svg import INK, element, line, marked, picture, words
from imp2art.documents.charts.year_shapes import (
    BAND,
    THICK,
    THIN,
    bar,
    box,
    diamond,
    disc,
    new_year,
    notch,
    ring,
    tick,
    triangle,
)
from imp2art.documents.charts.year_words import (
    ISSUE_ROWS,
    attack_words,
    inhaler_words,
    issues_description,
    plan_words,
    relievers_in_year,
    row_titles,
    say,
    year_description,
    year_title,
)
from imp2art.documents.words import day_in_words

_WIDTH = 360
_LEFT, _RIGHT = 10, 346
_ROW = 46  # from one row's title to the next
_RELIEVERS = 1  # the place of the relievers' row
_BAND_AT = 20  # from a row's top to its band

_KeyEntry = tuple[str, str]  # a shape, and the slug of its words


@dataclass(frozen=True, slots=True)
class _Days:
    """Days of the period to units across the view box."""

    period: Period

    def x(self, day: date) -> float:
        whole = (self.period.end - self.period.start).days
        return _LEFT + (_RIGHT - _LEFT) * (day - self.period.start).days / whole

    def bar(self, covered: Period, *, filled: bool) -> str:
        start, end = max(covered.start, self.period.start), min(covered.end, self.period.end)
        return bar(self.x(start), self.x(end), filled=filled)


def draw_year(year: YearOfCare) -> str:
    """The drawing; its table is `year_words.rows_of_year`."""
    return _drawn(year, len(row_titles(year)), year_description(year))


def draw_issues(year: YearOfCare) -> str:
    """Only what was issued: preventers, relievers, steroid courses. Its table is `rows_of_issues`."""
    return _drawn(year, ISSUE_ROWS, issues_description(year))


def _drawn(year: YearOfCare, rows: int, description: str) -> str:
    """The first `rows` rows."""
    days = _Days(year.period)
    months = [(days.x(first), first) for first in firsts_of_months(year.period)]
    years = [new_year(x) for x, first in months if first.month == 1]
    foot = rows * _ROW + 4
    return picture(
        _WIDTH,
        foot + 38,
        year_title(year),
        description,
        *(_band(at, (*years, *shapes)) for at, shapes in enumerate(_rows(days, year)[:rows])),
        *_headings(year, rows),
        line(_LEFT, foot, _RIGHT, foot),
        *month_ticks(months, foot, _WIDTH),
    )


def _rows(days: _Days, year: YearOfCare) -> tuple[tuple[str, ...], ...]:
    return (
        tuple(_preventers(days, year.preventers)),
        tuple(_relievers(days, year.relievers)),
        tuple(_steroids(days, year)),
        tuple(_attacks(days, year)),
        tuple(_reviews(days, year.reviews)),
        tuple(_plans(days, year)),
    )


def _band(at: int, shapes: Iterable[str]) -> str:
    wide = _RIGHT - _LEFT
    ground = element("rect", x=_LEFT, y=0, width=wide, height=BAND, fill=INK, fill_opacity=0.08)
    return element("g", ground, *shapes, transform=f"translate(0 {at * _ROW + _BAND_AT})")


def _headings(year: YearOfCare, rows: int) -> Iterator[str]:
    """Each row's title with its count, and what its shapes mean."""
    titled = zip(row_titles(year), _keys(year), strict=True)
    for at, (title, key) in enumerate(islice(titled, rows)):
        yield words(_LEFT, at * _ROW + 14, title)
        yield from _key(key, at * _ROW + 14)
    yield words(_RIGHT, _RELIEVERS * _ROW + 14, relievers_in_year(year), anchor="end", size=12)


def _key(entries: Iterable[_KeyEntry], y: float) -> Iterator[str]:
    """From the right edge inwards."""
    x: float = _RIGHT
    for shape, slug in reversed(list(entries)):
        label = say(slug)
        yield words(x, y, label, anchor="end", size=12)
        x -= 5.9 * len(label) + 13
        yield element("g", shape, transform=f"translate({x:.1f} {y - 11:.1f}) scale(0.75)")
        x -= 15


def _keys(year: YearOfCare) -> tuple[tuple[_KeyEntry, ...], ...]:
    """For each row, the shapes that need words: only those that are drawn."""
    known = [mark.covers is not None for mark in year.preventers]
    filled, hollow = bar(-8, 8, filled=True), bar(-8, 8, filled=False)
    rows: tuple[tuple[tuple[bool, str, str], ...], ...] = (
        ((any(known), filled, "key-covered"), (not all(known), ring(0), "key-not-known")),
        (),
        (
            (bool(year.steroid_maintenance), diamond(0), "key-course"),
            (bool(year.steroid_maintenance), ring(0), "key-maintenance"),
        ),
        (
            (bool(year.attacks), triangle(0), "key-attack"),
            (bool(year.attendances), box(0, THIN), "key-attendance"),
            (bool(year.admissions), box(0, THICK), "key-admission"),
        ),
        (),
        ((bool(year.plans), filled, "key-ours"), (bool(year.plans), hollow, "key-theirs")),
    )
    return tuple(tuple((shape, slug) for drawn, shape, slug in row if drawn) for row in rows)


def _preventers(days: _Days, marks: Iterable[InhalerMark]) -> Iterator[str]:
    """A bar for the days that an issue covers; a ring where that is not known."""
    for mark in marks:
        if mark.covers is None:
            yield marked(inhaler_words(mark), ring(days.x(mark.on)))
        else:
            yield marked(inhaler_words(mark), days.bar(mark.covers, filled=True), notch(days.x(mark.on)))


def _relievers(days: _Days, marks: Iterable[InhalerMark]) -> Iterator[str]:
    """A tick for each issue, with the number of inhalers beside it where it is more than one."""
    for mark in marks:
        x = days.x(mark.on)
        many = mark.devices is not None and mark.devices > 1
        number = words(x + 3.5, 13, f"{mark.devices:f}", size=12) if many else ""
        yield marked(inhaler_words(mark), tick(x), number)


def _steroids(days: _Days, year: YearOfCare) -> Iterator[str]:
    for day in year.steroid_maintenance:
        yield marked(f"{say('row-maintenance')}: {day_in_words(day)}", ring(days.x(day)))
    for day in year.steroid_courses:
        yield marked(f"{say('row-steroid')}: {day_in_words(day)}", diamond(days.x(day)))


def _attacks(days: _Days, year: YearOfCare) -> Iterator[str]:
    """A triangle for an attack; a box around its day for emergency care, thick for an admission."""
    for attack in year.attacks:
        yield marked(attack_words(attack), triangle(days.x(attack.on)))
    for slug, width, found in (
        ("row-attendance", THIN, year.attendances),
        ("row-admission", THICK, year.admissions),
    ):
        for day in found:
            yield marked(f"{say(slug)}: {day_in_words(day)}", box(days.x(day), width))


def _reviews(days: _Days, reviews: Iterable[date]) -> Iterator[str]:
    for day in reviews:
        yield marked(f"{say('row-review')}: {day_in_words(day)}", disc(days.x(day)))


def _plans(days: _Days, year: YearOfCare) -> Iterator[str]:
    """A filled bar for a plan made here, a hollow one for a plan that is only coded."""
    for plan in year.plans:
        yield marked(plan_words(plan, year), days.bar(plan.period, filled=plan.ours))
