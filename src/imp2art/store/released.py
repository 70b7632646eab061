"""Which version of the report a practice gets; the release of a month; and what left the practice with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report_clock import ORDER, Step
from imp2art.core.digest import digest_of
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store import outbox
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import Json, OutboxIntent
from imp2art.store.models import Practice, ReleasedFiguresRow, ReportVersionRow
from imp2art.store.report_clock import read_clock, write_step


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """Which version, who said so and when."""

    version: Version
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleasedFigures:
    """A month's protected figures as they left the practice."""

    practice: PracticeCode
    month_end: date
    body: Json
    digest: str
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """All that one release keeps. `report` is the row that was checked; `figures` are protected."""

    practice: PracticeCode
    month_end: date
    report: int
    version: Version
    figures: Json
    digest: str
    mail: OutboxIntent


def version_of(practice: PracticeCode) -> Version | None:
    """The version of the report that this practice gets; None where nobody said yet.

    A released month keeps the version of its release (`ReportOnShelf.version`). Every page, document and
    e-mail of any other report asks here, and nothing in an address can change it.
    """
    word = _versions(practice).values_list("version", flat=True).first()
    return None if word is None else Version(word)


def version_at(practice: PracticeCode, at: datetime) -> Version | None:
    """The version that the practice got at that instant; None where nobody had said yet."""
    word = _versions(practice).filter(at__lte=at).values_list("version", flat=True).first()
    return None if word is None else Version(word)


def version_of_release(practice: PracticeCode, facts: Mapping[str, Any], at: datetime) -> Version | None:
    """The version that a month was released in, as its release keeps it in `facts`.

    A release that was kept before it said so is of the version that the practice got at its instant.
    """
    return Version(facts["version"]) if "version" in facts else version_at(practice, at)


def versions_of(practice: PracticeCode) -> tuple[KeptVersion, ...]:
    """Every version the practice was ever given, newest first."""
    return tuple(KeptVersion(Version(row.version), row.by, row.at) for row in _versions(practice))


def keep_version(practice: PracticeCode, version: Version, event: AuditEntry) -> None:
    """From now on the practice gets this version. The event says why."""
    with transaction.atomic():
        ReportVersionRow.objects.create(
            practice_id=practice, version=version.value, by=event.actor.name, at=event.at
        )
        append(event, practice)


def keep_release(release: Release, event: AuditEntry) -> bool:
    """Checked and released, figures and e-mail, in one transaction; False where it was released before.

    Raises `Refusal` where the report or the version changed since it was looked at.
    """
    practice, month_end = release.practice, release.month_end
    with transaction.atomic():
        Practice.objects.select_for_update().get(pk=practice)  # two who release one month take turns
        clock = read_clock(practice, month_end)
        run = clock.standing.get(Step.RUN) if clock else None
        if clock and clock.step is Step.RELEASED:
            return False
        if run is None or run.report != release.report or version_of(practice) is not release.version:
            raise Refusal("This report was made again, or its version changed, since the list was opened.")
        facts = {"version": release.version.value}
        for step in ORDER[-2:]:
            write_step(practice, month_end, step, event, report=release.report, facts=facts)
        _keep_figures(release, event)
        outbox.queue_for_practice(practice, release.mail, event.at)
    return True


def digest_of_body(body: Json) -> str:
    """The name of figures that were kept, whatever order a database keeps their keys in."""
    return digest_of(json.dumps(body, sort_keys=True).encode())


def read_released(practice: PracticeCode) -> tuple[ReleasedFigures, ...]:
    """All protected figures that ever left this practice, oldest month first."""
    rows = ReleasedFiguresRow.objects.filter(practice_id=practice).order_by("month_end")
    return tuple(map(_figures_of, rows))


def released_of(practice: PracticeCode, month_end: date) -> ReleasedFigures | None:
    """The protected figures that left one practice with the report of one month."""
    row = ReleasedFiguresRow.objects.filter(practice_id=practice, month_end=month_end).first()
    return None if row is None else _figures_of(row)


def released_in(month_end: date) -> tuple[ReleasedFigures, ...]:
    """The protected figures of every practice whose report of this month was released."""
    rows = ReleasedFiguresRow.objects.filter(month_end=month_end).order_by("practice_id")
    return tuple(map(_figures_of, rows))


def released_months() -> tuple[date, ...]:
    """The ends of the months of which any figures left a practice, newest first."""
    months = ReleasedFiguresRow.objects.order_by("-month_end").values_list("month_end", flat=True)
    return tuple(months.distinct())


def _keep_figures(release: Release, event: AuditEntry) -> None:
    ReleasedFiguresRow.objects.create(
        practice_id=release.practice,
        month_end=release.month_end,
        body=release.figures,
        digest=release.digest,
        released_by=event.actor.name,
        released_at=event.at,
    )


def _figures_of(row: ReleasedFiguresRow) -> ReleasedFigures:
    practice = PracticeCode(row.practice_id)
    return ReleasedFigures(practice, row.month_end, row.body, row.digest, row.released_at)


def _versions(practice: PracticeCode) -> QuerySet[ReportVersionRow]:
    return ReportVersionRow.objects.filter(practice_id=practice).order_by("-id")
