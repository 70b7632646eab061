"""Who opened a report, one indicator of it or a list behind it: one row a reader, a day and a thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils.timezone import get_current_timezone, localtime

from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.store.models import ReportReadingRow, User


@dataclass(frozen=True, slots=True)
class Reading:
    """Something opened. `slug` is the indicator's; empty for the report as a whole."""

    month_end: date
    what: Opened
    slug: str = ""


@dataclass(frozen=True, slots=True)
class ReadingRates:
    """People who opened anything of one month's report, of the accounts that may sign in now.

    `by_thing` holds how many different people opened what, of which indicator. No name is in it.
    """

    accounts: int
    readers: int
    by_thing: Mapping[tuple[Opened, str], int]

    @property
    def rate(self) -> float | None:
        """The share of accounts that read it, from 0 to 1; None where nobody can sign in."""
        return self.readers / self.accounts if self.accounts else None


def keep_reading(practice: PracticeCode, actor: Actor, reading: Reading, at: datetime) -> bool:
    """Count this reader once for this day; False where they were counted before."""
    start = datetime.combine(localtime(at).date(), time(), get_current_timezone())
    row = {
        "practice_id": practice,
        "month_end": reading.month_end,
        "slug": reading.slug,
        "what": reading.what.value,
        "reader": actor.id,
    }
    today = ReportReadingRow.objects.filter(**row, at__gte=start, at__lt=start + timedelta(days=1))
    if today.exists():
        return False
    ReportReadingRow.objects.create(**row, role=actor.role.value, at=at)
    return True


def reading_rates(practice: PracticeCode, month_end: date) -> ReadingRates:
    """How widely one month's report is read in the practice. Asks nobody's leave: counts only."""
    staff = User.objects.filter(practice_id=practice, is_active=True).values_list("id", flat=True)
    accounts = [str(each) for each in staff]
    rows = ReportReadingRow.objects.filter(practice_id=practice, month_end=month_end, reader__in=accounts)
    counted = rows.values("what", "slug").annotate(people=Count("reader", distinct=True))
    by_thing = {(Opened(each["what"]), each["slug"]): each["people"] for each in counted}
    return ReadingRates(len(accounts), rows.values("reader").distinct().count(), by_thing)
