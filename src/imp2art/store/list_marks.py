"""What a practice did about people on the lists behind its report. Only added; the newest counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from imp2art.audit.reports.list_mark import Mark
from imp2art.core.actor import Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.models import ListMarkRow, User
from imp2art.store.patient_rows import lock_people

_READ = ("patient__public_id", "slug", "mark", "reason", "assignee_id", "assignee__name", "by", "at")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the practice who may sign in. `account` is what `Actor.id` holds."""

    account: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class KeptMark:
    """`assignee` and `assignee_name` are empty where the mark assigns nobody."""

    public_id: str
    slug: str
    mark: Mark
    reason: str
    assignee: str
    assignee_name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewMark:
    """What to say of some people on the list of `slug`."""

    slug: str
    mark: Mark
    reason: str = ""
    assignee: str = ""


def colleagues(practice: PracticeCode) -> tuple[Colleague, ...]:
    """Everyone of the practice who may sign in, by name."""
    rows = User.objects.filter(practice_id=practice, is_active=True).order_by("name", "id")
    return tuple(Colleague(str(row.pk), row.name, Role(row.role)) for row in rows)


def marks_by_list(practice: PracticeCode) -> Mapping[str, Mapping[str, KeptMark]]:
    """The newest mark of each person on every list, by indicator and public id."""
    return _by_list(ListMarkRow.objects.filter(practice_id=practice))


def newest_marks(practice: PracticeCode, slug: str) -> Mapping[str, KeptMark]:
    """The newest mark of each person on one indicator's list, by public id."""
    return _by_list(ListMarkRow.objects.filter(practice_id=practice, slug=slug)).get(slug, {})


def _by_list(rows: QuerySet[ListMarkRow]) -> Mapping[str, Mapping[str, KeptMark]]:
    marks: dict[str, dict[str, KeptMark]] = {}
    for mark in _marks_of(rows):
        marks.setdefault(mark.slug, {})[mark.public_id] = mark
    return marks


def newest_marks_about(practice: PracticeCode, public_id: str) -> tuple[KeptMark, ...]:
    """The newest mark of one person on each list; empty for nobody of this practice."""
    rows = ListMarkRow.objects.filter(practice_id=practice, patient__public_id=public_id)
    return tuple({mark.slug: mark for mark in _marks_of(rows)}.values())


def newest_marks_of(
    practice: PracticeCode, public_ids: Collection[str]
) -> Mapping[str, Mapping[str, KeptMark]]:
    """The newest mark of each of these people on every list, by public id and indicator."""
    marks: dict[str, dict[str, KeptMark]] = {}
    rows = ListMarkRow.objects.filter(practice_id=practice, patient__public_id__in=set(public_ids))
    for mark in _marks_of(rows):
        marks.setdefault(mark.public_id, {})[mark.slug] = mark
    return marks


def keep_marks(practice: PracticeCode, public_ids: Collection[str], new: NewMark, event: AuditEntry) -> int:
    """Mark these people, all or none, with a line in the trail of each; how many were marked.

    Whoever bears the same mark by the same person from the same day is left as they are: a form that is
    sent twice says nothing new. `NotHere` where one of them is not of this practice, `Refusal` where the
    colleague is not.
    """
    wanted = sorted(set(public_ids))
    with transaction.atomic():
        people = lock_people(practice, wanted)
        assignee, held = _account_of(practice, new.assignee), newest_marks_of(practice, wanted)
        marked = [each for each in wanted if not _says(held.get(each, {}).get(new.slug), new, event)]
        for public_id in marked:
            _add(practice, people[public_id], new, assignee, event)
            append(replace(event, subject=public_id), practice)
    return len(marked)


def _says(kept: KeptMark | None, new: NewMark, event: AuditEntry) -> bool:
    """Whether the kept mark says the same already."""
    if kept is None or localtime(kept.at).date() != localtime(event.at).date():
        return False
    said = (kept.mark, kept.reason, kept.assignee, kept.by)
    return said == (new.mark, new.reason, new.assignee, event.actor.name)


def _add(practice: PracticeCode, patient: int, new: NewMark, assignee: int | None, event: AuditEntry) -> None:
    ListMarkRow.objects.create(
        practice_id=practice,
        patient_id=patient,
        slug=new.slug,
        mark=new.mark.value,
        reason=new.reason,
        assignee_id=assignee,
        by=event.actor.name,
        at=event.at,
    )


def _account_of(practice: PracticeCode, account: str) -> int | None:
    if not account:
        return None
    known = {each.account: int(each.account) for each in colleagues(practice)}
    if account not in known:
        raise Refusal("That colleague is not in your practice any more. Choose another.")
    return known[account]


def _marks_of(rows: QuerySet[ListMarkRow]) -> Iterator[KeptMark]:
    """Oldest first. Only what a mark holds is read: of a person no more than their id."""
    read = rows.order_by("id").values_list(*_READ)
    for public_id, slug, mark, reason, assignee, name, by, at in read:
        account = "" if assignee is None else str(assignee)
        yield KeptMark(public_id, slug, Mark(mark), reason, account, name or "", by, at)
