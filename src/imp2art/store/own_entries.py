"""The codes that our own reviews wrote: part of the record, until the extract brings them back.

Once the practice's system holds an entry, the next extract contains it; ours then steps aside, so
that nothing is counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from imp2art.codes.identifiers import Code, parse_code
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.record.events import CodedEvent
from imp2art.store.models import CodedEntryRow

# One read of a code is enough: a practice's events hold some hundred different ones.
code_of = lru_cache(maxsize=4096)(parse_code)

OwnEntries = dict[int, list[CodedEvent]]
EntryKey = tuple[date, Code, Quantity | None]


def own_entries(person_ids: Iterable[int]) -> OwnEntries:
    """What reviews wrote for these people, by the key of their row."""
    entries: OwnEntries = defaultdict(list)
    for row in CodedEntryRow.objects.filter(patient_id__in=person_ids).order_by("on", "id"):
        entries[row.patient_id].append(event_of(row))
    return entries


def event_of(row: CodedEntryRow) -> CodedEvent:
    """The entry as an event of the record, its source naming the review."""
    code = code_of(row.system, row.code)
    return CodedEvent(
        PartialDate.on(row.on), code, quantity_of(row.value, row.unit), f"review:{row.review_id}"
    )


def quantity_of(value: str, unit: str) -> Quantity | None:
    """The number with its unit, or None where the entry holds no number."""
    return Quantity(Decimal(value), unit) if value else None


def entry_key(event: CodedEvent) -> EntryKey | None:
    """What makes two entries the same one: day, code and value. None where the day is not known."""
    return (event.on.first, event.code, event.value) if event.on.is_whole else None


def without_doubles(own: list[CodedEvent], extract: Iterable[CodedEvent]) -> Iterable[CodedEvent]:
    """Our entries, each once, that the extract does not hold already."""
    if not own:
        return ()
    known = {entry_key(event) for event in extract}
    return {entry_key(event): event for event in own if entry_key(event) not in known}.values()
