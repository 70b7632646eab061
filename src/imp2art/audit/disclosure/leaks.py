"""Whether a page or a picture that outsiders see holds an exact count (trust file S-45).

A chart leaks by what stands behind it: a title, a label, an alternative text, a data attribute, a script.
This reads all of these and the text of cells, and looks for what only an exact count can have put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html.parser import HTMLParser

from imp2art.audit.disclosure.rounding import TO
from imp2art.audit.reports.report import AuditReport

_TOLD_IN = {"td", "th", "text", "tspan", "title", "desc", "caption", "figcaption", "dd", "script"}
_ATTRIBUTES = {"title", "alt", "value", "content"}
_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/-]|\.\d)")
_DATE = re.compile(r"\d+ [A-Z][a-z]+ \d{4}")
_SHARE_DIGITS = 4  # a share with so many decimals tells both counts behind it


def exact_counts(report: AuditReport) -> frozenset[Decimal]:
    """Every number of the report that may not leave and cannot be a rounded one: counts that are no
    multiple of 5 (1 stands everywhere and is left out), and shares of such counts to four decimals."""
    figures = [figure for series in report.series for figure in series.figures]
    counts = {count for figure in figures for count in (figure.excluded, figure.cannot_tell)}
    shares: set[Decimal] = set()
    for denominator, numerator in _pairs(report):
        counts |= {denominator, numerator, denominator - numerator}
        if denominator > 0 and (numerator % TO or denominator % TO):
            shares.add(_rounded(Decimal(numerator) / denominator))
    return frozenset({Decimal(count) for count in counts if count % TO} | shares) - {Decimal(1)}


def find_leaks(markup: str, exact: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Which of these numbers stand in the HTML or SVG, in order; none, if it may be shown outside."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    shown = {number for text in reader.told for number in _numbers(text)}
    return tuple(sorted(shown & frozenset(exact)))


def _pairs(report: AuditReport) -> Iterator[tuple[int, int]]:
    for series in report.series:
        for figure in series.figures:
            yield figure.denominator, figure.numerator
        for split in series.equity:
            for group in split.groups:
                yield group.denominator, group.numerator


def _numbers(text: str) -> Iterator[Decimal]:
    for found in _NUMBER.findall(_DATE.sub("", text)):
        number = Decimal(found.replace(",", ""))
        places = -number.as_tuple().exponent  # type: ignore[operator]
        if places == 0:
            yield number
        elif places >= _SHARE_DIGITS:
            yield _rounded(number)


def _rounded(number: Decimal) -> Decimal:
    return round(number, _SHARE_DIGITS).normalize()


class _Reader(HTMLParser):
    """Collects the text of cells, labels and scripts, comments, and what attributes say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        for name, value in attrs:
            if value and (name in _ATTRIBUTES or name.startswith(("aria-", "data-"))):
                self.told.append(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._inside.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if _TOLD_IN.intersection(self._inside):
            self.told.append(data)

    def handle_comment(self, data: str) -> None:
        self.told.append(data)
