"""The trail of one record as people read it: what one person did on one day is one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localtime

from imp2art.store.kept import KeptEvent

_VERBS = {
    "record-opened": "Opened the record",
    "figure-explained": "Saw why a figure counts them as it does",
    "list-marked": "Marked them on a list",
    "year-seen": "Saw their year beside the month’s message",
    "review-opened": "Opened the review",
    "review-saved": "Wrote in the review",
    "plan-issued": "Finished a review",
    "renewal-opened": "Opened the page that renews the plan",
    "plan-renewed": "Issued a plan without a review",
    "plan-copy-opened": "Opened a copy of a plan for a carer or a school",
    "plan-opened": "Opened a finished review",
    "plan-page-opened": "Opened the page of a plan",
    "plan-sharing-opened": "Opened the page that sends or prints the plan",
    "plan-form-opened": "Opened another form of a plan",
    "plan-link-made": "Made a link to the plan",
    "plan-link-withdrawn": "Withdrew a link to the plan",
    "plan-link-opened": "Opened the plan by a link and the date of birth",
    "plan-link-wrong-date": "Tried a wrong date of birth at a link to the plan",
    "plan-link-read": "Said that they have read the plan and agree",
    "plan-link-used": "Said that they used the plan in an attack",
    "plan-link-tried": "Said that they tried to use the plan in an attack",
    "plan-link-did-not-use": "Said that they did not use the plan in an attack",
    "need-ranked": "Ranked anew on the register, after a review",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's doings of one kind on one day; `first` and `last` are the same where it was once."""

    who: str
    role: str
    did: str
    first: datetime
    last: datetime
    times: int


def visits(events: Iterable[KeptEvent]) -> tuple[Visit, ...]:
    """The lines, newest day first; of one day by person."""
    ordered = sorted(events, key=lambda event: (_day(event), event.actor_name, event.actor_id, event.verb))
    grouped = groupby(ordered, key=lambda event: (_day(event), event.actor_id, event.verb))
    found = (_visit(list(group)) for _, group in grouped)
    return tuple(sorted(found, key=lambda visit: visit.last, reverse=True))


def _day(event: KeptEvent) -> date:
    return localtime(event.at).date()


def _visit(events: list[KeptEvent]) -> Visit:
    first = events[0]
    did = _VERBS.get(first.verb, first.verb.replace("-", " ").capitalize())
    moments = [event.at for event in events]
    return Visit(first.actor_name, first.role, did, min(moments), max(moments), len(events))
