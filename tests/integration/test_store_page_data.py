"""Needs, reports, practices and the audit trail: kept with who kept them, and read in their order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from imp2art.core.actor import Role
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Sex
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.models import AuditEvent
from imp2art.store.practices import keep_practice, practice_codes
from imp2art.store.scope import KeptNeed, PracticeFacts, PracticeScope
from tests.builders import AT, OPERATOR, build_record
from tests.conftest import OURS, THEIRS, World, keep_people, public_id_of
from tests.integration.reviews import NURSE, entry

pytestmark = pytest.mark.django_db
SCOPE = PracticeScope(OURS)


def need_of(number: int, priority: int, **changes) -> KeptNeed:
    fields = {
        "public_id": public_id_of(OURS, number),
        "name": "",
        "sex": Sex.UNKNOWN,
        "born": date(1900, 1, 1),
        "priority": priority,
        "last_review": date(2025, 1, 31),
        "plan_state": "stale",
        "body": {"clauses": ["no-review"]},
        "as_at": date(2026, 11, 23),
    }
    return KeptNeed(**{**fields, **changes})


def test_needs_come_most_urgent_first_with_the_persons_own_facts():
    keep_people(OURS, [build_record(number) for number in (1, 2, 3)])
    SCOPE.keep_needs([need_of(1, 30), need_of(2, 10), need_of(3, 20, last_review=None)], entry("rank"))
    needs = SCOPE.needs()
    assert [need.name for need in needs] == ["Zzyzx Canary2", "Zzyzx Canary3", "Zzyzx Canary1"]
    assert needs[0] == need_of(2, 10, name="Zzyzx Canary2", sex=Sex.FEMALE, born=date(1980, 6, 15))
    assert needs[1].last_review is None


def test_new_needs_take_the_place_of_all_old_ones():
    keep_people(OURS, [build_record(number) for number in (1, 2)])
    SCOPE.keep_needs([need_of(1, 1), need_of(2, 2)], entry("rank"))
    SCOPE.keep_needs([need_of(2, 5)], entry("rank"))
    assert [need.priority for need in SCOPE.needs()] == [5]


def test_needs_of_a_stranger_among_them_keep_the_old_ones():
    keep_people(OURS, [build_record(1)])
    SCOPE.keep_needs([need_of(1, 1)], entry("rank"))
    with pytest.raises(NotHere):
        SCOPE.keep_needs([need_of(1, 2), need_of(99, 3)], entry("rank"))
    assert [need.priority for need in SCOPE.needs()] == [1]


def test_who_left_the_extract_has_no_need_on_the_page():
    keep_people(OURS, [build_record(number) for number in (1, 2)])
    SCOPE.keep_needs([need_of(1, 1), need_of(2, 2)], entry("rank"))
    keep_people(OURS, [build_record(2)], date(2026, 11, 22))
    assert [need.public_id for need in SCOPE.needs()] == [public_id_of(OURS, 2)]


def test_the_newest_report_of_a_month_is_the_one_shown(world: World):
    september, october = date(2026, 9, 30), date(2026, 10, 31)
    for month, figure in ((october, 1), (september, 2), (october, 3)):
        SCOPE.keep_report(month, {"figure": figure}, {"engine": "e"}, entry("audit"))
    assert SCOPE.report(october).body == {"figure": 3}
    assert [report.body["figure"] for report in SCOPE.reports()] == [3, 2]
    assert (SCOPE.report(september).made_by, SCOPE.report(september).made_at) == ("Nora Nurse", AT)
    assert SCOPE.report(date(2026, 8, 31)) is None
    assert SCOPE.report_months() == (october, september)
    assert (PracticeScope(THEIRS).reports(), PracticeScope(THEIRS).report_months()) == ((), ())


def test_a_practice_is_kept_and_corrected(db):
    facts = PracticeFacts(THEIRS, "Mill Road", "scotland", "0131 496 0000", "111")
    for kept in (PracticeFacts(THEIRS, "Mil Road", "scotland"), facts):
        keep_practice(kept, AuditEntry(AT, OPERATOR, "keep-practice"))
    assert PracticeScope(THEIRS).facts() == facts
    assert practice_codes() == (THEIRS,)
    assert AuditEvent.objects.count() == 2


def test_a_practice_that_the_site_has_not_is_not_here():
    with pytest.raises(NotHere):
        SCOPE.facts()


def test_the_accepted_import_says_who_and_what():
    keep_people(OURS, [build_record(1)], date(2026, 11, 21))
    accepted = SCOPE.latest_import()
    assert (accepted.taken_on, accepted.accepted_by, accepted.accepted_at) == (
        date(2026, 11, 21),
        "Olive Operator",
        AT,
    )
    assert accepted.digest.startswith("sha256:")
    assert PracticeScope(THEIRS).latest_import() is None


def test_the_trail_of_a_person_comes_newest_first_and_whole(world: World):
    nora = world.actor(Role.NURSE)
    SCOPE.note(AuditEntry(AT, nora, "open-record", world.our_person, {"page": "year", "on": AT.date()}))
    SCOPE.note(AuditEntry(AT + timedelta(hours=1), nora, "see-plan", world.our_person))
    newest, oldest = SCOPE.audit_events(world.our_person)
    assert (newest.verb, oldest.verb) == ("see-plan", "open-record")
    assert (oldest.actor_id, oldest.actor_name, oldest.role) == (nora.id, nora.name, "nurse")
    assert oldest.detail == {"page": "year", "on": "2026-11-23"}


@pytest.mark.django_db(transaction=True)
def test_T14_an_event_without_the_transaction_of_its_change_is_a_fault():
    with pytest.raises(RuntimeError, match="one transaction"):
        append(entry("alone", actor=NURSE), OURS)
    assert AuditEvent.objects.count() == 0
