"""How the pages write dates, numbers and people: dates in words, sentence case, plain words.

Source of the forms: NHS digital service manual, "Numbers, measurements, dates and time".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.timezone import localtime

_GROWN_UP = 18
_WORDS_OF_SEX = {"F": ("Girl", "Woman"), "M": ("Boy", "Man")}


def day_in_words(on: date | datetime) -> str:
    """12 November 2026."""
    day = _local(on)
    return f"{day.day} {day:%B %Y}"


def short_day(on: date | datetime) -> str:
    """12 Nov 2026, for tables."""
    day = _local(on)
    return f"{day.day} {day:%b %Y}"


def month_in_words(on: date) -> str:
    """November 2026."""
    return f"{on:%B %Y}"


def time_in_words(at: datetime) -> str:
    """10:42am, on the practice's clock."""
    local = localtime(at)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def moment_in_words(at: datetime) -> str:
    """12 November 2026 at 10:42am."""
    return f"{day_in_words(at)} at {time_in_words(at)}"


def age_in_words(then: date, now: date) -> str:
    """How long ago: `today`, `3 days ago`, `5 weeks ago`, `8 months ago`, `2 years ago`."""
    days = (now - then).days
    if days < 0:
        return "in the future"
    if days == 0:
        return "today"
    for size, unit, limit in ((1, "day", 14), (7, "week", 63), (30.44, "month", 730), (365.25, "year", 1e9)):
        if days < limit:
            return f"{counted(int(days / size), unit)} ago"
    raise AssertionError("every number of days lies below the last limit")


def counted(number: int, one: str, many: str = "") -> str:
    """`1 person`, `1,204 people`: the number with the word that fits it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def person_in_words(sex: str, age: int) -> str:
    """`Woman, 34` or `Boy, 8`; `Person, 40` where the record does not say."""
    child, grown_up = _WORDS_OF_SEX.get(sex, ("Child", "Person"))
    return f"{grown_up if age >= _GROWN_UP else child}, {age}"


def nhs_number_in_words(number: str) -> str:
    """943 476 5919."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def sentence(text: str) -> str:
    """With a capital first letter; the rest as it is, so that names keep theirs."""
    return text[:1].upper() + text[1:]


def _local(on: date | datetime) -> date:
    return localtime(on).date() if isinstance(on, datetime) else on


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "day": day_in_words,
        "short_day": short_day,
        "month": month_in_words,
        "time": time_in_words,
        "moment": moment_in_words,
        "ago": age_in_words,
        "counted": counted,
        "person": person_in_words,
        "nhs_number": nhs_number_in_words,
        "sentence": sentence,
    }
)
