"""A practice for the tests of the pages: one woman on two inhalers, ranked on the register today.

Days are counted back from today, because the pages take the day from the clock.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

from django.test import Client

from imp2art.codes.library import read_library
from imp2art.record.patient_record import PatientRecord
from imp2art.web.practice.form import Texts
from imp2art.web.practice.on_site import today
from imp2art.web.practice.plan_form import texts_of_plan
from tests.builders import OPERATOR
from tests.conftest import OURS, keep_people, public_id_of
from tests.spec.people import CLENIL_100, SALBUTAMOL, Life, person
from tests.spec.plans import TWO_INHALERS

LIBRARY = read_library()
NAME = "Zzyzx Ourcanary"


def back(days: int) -> str:
    """The day so many days ago."""
    return (today() - timedelta(days=days)).isoformat()


def woman_on_two_inhalers(number: int = 1, family_name: str = "Ourcanary") -> Life:
    """Diagnosed years ago, never given a plan, reviewed 14 months ago, with an attack last month."""
    return (
        person(family_name=family_name, patient_id=f"p{number:05}")
        .diagnosed(back(2500))
        .reviewed(back(430))
        .coded("708038006", back(30))
        .took(CLENIL_100, back(200), back(110), back(20), label="2 puffs twice a day")
        .took(SALBUTAMOL, back(300), back(200), back(90), back(20), label="2 puffs when required")
    )


def keep_and_rank(*records: PatientRecord, taken_on: date | None = None) -> str:
    """Put these people in our practice and rank them; returns the public id of the first."""
    from imp2art.flows.rank_register import rank_register
    from imp2art.store.practices import keep_practice
    from imp2art.store.scope import AuditEntry, PracticeFacts

    now = datetime.now(UTC)
    keep_people(OURS, records, taken_on or today())
    facts = PracticeFacts(OURS, "Harbour Lane Surgery", "england", "0131 496 0000", "111")
    keep_practice(facts, AuditEntry(now, OPERATOR, "practice-kept"))
    rank_register(OPERATOR, OURS, LIBRARY, today(), now)
    return public_id_of(OURS)


def text_of(answer) -> str:
    """The words of a page, without its tags."""
    page = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def names_of_fields(answer) -> set[str]:
    """Every id of the page: where a link to a field can lead."""
    return set(re.findall(r'id="([^"]+)"', answer.content.decode()))


def draft_named(client: Client, person_id: str) -> dict[str, str]:
    """The hidden fields of a freshly opened review."""
    page = client.get(f"/people/{person_id}/review/").content.decode()
    found = re.findall(r'type="hidden" name="(version|key)" value="([^"]*)"', page)
    return dict(found)


def whole_form(**changes: str) -> Texts:
    """A review and a plan with nothing missing."""
    due = today() + timedelta(days=300)
    plan = replace(TWO_INHALERS, review_due=due, practice_phone="0131 496 0000")
    answers = {
        "mode": "face to face",
        "agenda": "Run for the bus",
        "rcp_sleep": "no",
        "rcp_day": "no",
        "rcp_activities": "no",
        "attacks_12_months": "1",
        "days_off": "2",
        "medicines_checked": "yes",
        "adherence_good": "yes",
        "technique_observed": "yes",
        "smoking": "never",
        "agenda_met": "yes",
        "teach_back_done": "yes",
    }
    return texts_of_plan(plan) | {name: (text,) for name, text in {**answers, **changes}.items()}
