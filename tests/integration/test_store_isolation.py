"""T-01: each door of the store, asked with the public id of another practice, answers as for nobody."""

from __future__ import annotations

import inspect

import pytest

from imp2art.audit.reports.list_mark import Mark
from imp2art.core.actor import Role
from imp2art.core.refusal import NotHere
from imp2art.store.list_marks import NewMark
from imp2art.store.models import (
    AuditEvent,
    CodedEntryRow,
    ListMarkRow,
    NeedRow,
    OutboxEntry,
    PlanLinkRow,
    PlanLinkStepRow,
    ReviewDraft,
    ReviewRow,
)
from imp2art.store.scope import KeptNeed, PracticeScope
from tests.builders import AT
from tests.conftest import OURS, THEIRS, World
from tests.integration.reviews import DONE_ON, a_review, entry

NOBODY = "f" * 32
READS = {
    "record": lambda scope, person: scope.record(person),
    "draft": lambda scope, person: scope.draft(person),
    "plans": lambda scope, person: scope.plans(person),
    "plan_pdf": lambda scope, person: scope.plan_pdf(person, 1),
    "plan_links": lambda scope, person: scope.plan_links(person),
    "reviews": lambda scope, person: scope.reviews(person),
    "renewals": lambda scope, person: scope.renewals(person),
    "written_codes": lambda scope, person: scope.written_codes(person, "a" * 32),
    "outbox": lambda scope, person: scope.outbox(person),
    "some_records": lambda scope, person: list(scope.some_records([person])),
    "list_marks_about": lambda scope, person: scope.list_marks_about(person),
    "list_marks_of": lambda scope, person: scope.list_marks_of([person]),
    "people_named": lambda scope, person: scope.people_named([person]),
    "first_in_need": lambda scope, person: scope.first_in_need([person]),
}
REFUSED = {
    "keep_draft": lambda scope, person: scope.keep_draft(person, "k", 0, {}, entry("draft", person)),
    "keep_finished_review": lambda scope, person: scope.keep_finished_review(
        a_review(person, "e" * 32), entry("finish", person)
    ),
    "keep_needs": lambda scope, person: scope.keep_needs([need_of(person)], entry("rank")),
    "keep_need": lambda scope, person: scope.keep_need(need_of(person), entry("rank", person)),
    "keep_list_marks": lambda scope, person: scope.keep_list_marks(
        [person], NewMark("plan-12-months", Mark.DONE), entry("list-marked")
    ),
    "keep_plan_link": lambda scope, person: scope.keep_plan_link(person, "t" * 8, AT, entry("link", person)),
    "withdraw_plan_link": lambda scope, person: scope.withdraw_plan_link(person, 1, entry("end", person)),
    "audit_events": lambda scope, person: scope.audit_events(person),
    "open_record": lambda scope, person: scope.open_record(person, entry("open-record", person)),
}
OF_NO_PERSON = {
    "facts", "latest_import", "public_ids", "records", "clean_tables", "needs", "reports", "report",
    "report_months", "keep_report", "note", "import_in_force", "is_report_behind",
    "report_shelf", "report_body", "colleagues", "list_marks", "person_keys",
    "report_stamp", "marks_by_list", "keep_reading", "reading_rates", "reviews_since",
}  # fmt: skip
KEPT = (
    AuditEvent,
    CodedEntryRow,
    ListMarkRow,
    NeedRow,
    OutboxEntry,
    PlanLinkRow,
    PlanLinkStepRow,
    ReviewDraft,
    ReviewRow,
)


def need_of(person: str) -> KeptNeed:
    return KeptNeed(person, "", "F", DONE_ON, 1, None, "none", {}, DONE_ON)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in KEPT}


@pytest.fixture
def full(world: World) -> World:
    """Their person has a review, a plan, codes, messages, a draft and audit events."""
    theirs = PracticeScope(THEIRS)
    actor = world.actor(Role.NURSE, THEIRS)
    person = world.their_person
    theirs.keep_finished_review(a_review(person), entry("finish-review", person, actor))
    renewal = a_review(person, "c" * 32, version=2, kind="renewal")
    theirs.keep_finished_review(renewal, entry("plan-renewed", person, actor))
    theirs.keep_plan_link(person, "their token", AT, entry("link", person, actor))
    theirs.keep_draft(person, "d" * 32, 0, {"note": "Theircanary"}, entry("keep-draft", person, actor))
    theirs.keep_needs([need_of(person)], entry("rank", "", actor))
    theirs.keep_list_marks([person], NewMark("plan-12-months", Mark.DONE), entry("list-marked", "", actor))
    return world


def test_every_door_of_the_scope_is_tried():
    doors = {name for name, _ in inspect.getmembers(PracticeScope, inspect.isfunction) if name[0] != "_"}
    assert doors == {*READS, *REFUSED, *OF_NO_PERSON}


@pytest.mark.parametrize("door", READS)
def test_T01_reading_in_the_own_practice_finds_something(full, door):
    assert READS[door](PracticeScope(THEIRS), full.their_person)


@pytest.mark.parametrize("door", READS)
def test_T01_reading_a_person_of_another_practice_finds_nobody(full, door):
    scope = PracticeScope(OURS)
    assert READS[door](scope, full.their_person) == READS[door](scope, NOBODY)
    assert not READS[door](scope, full.their_person)


@pytest.mark.parametrize("door", REFUSED)
def test_T01_what_needs_a_person_is_refused_for_another_practices_as_for_nobody(full, door):
    scope, before = PracticeScope(OURS), counts()
    with pytest.raises(NotHere) as theirs:
        REFUSED[door](scope, full.their_person)
    with pytest.raises(NotHere) as nobody:
        REFUSED[door](scope, NOBODY)
    assert str(theirs.value) == str(nobody.value)
    assert counts() == before


def test_T01_lists_of_a_practice_hold_its_own_people_only(full):
    scope = PracticeScope(OURS)
    assert scope.public_ids() == (full.our_person,)
    assert [kept.public_id for kept in scope.records()] == [full.our_person]
    assert scope.clean_tables()["patients"]["family_name"].to_pylist() == ["Ourcanary"]
    assert scope.needs() == ()


def test_T01_no_table_of_ours_holds_a_row_of_theirs(full):
    both = {name: table.num_rows for name, table in PracticeScope(THEIRS).clean_tables().items()}
    assert min(both.values()) > 0  # there was something to leak
    for name, table in PracticeScope(OURS).clean_tables().items():
        assert set(table["patient_id"].to_pylist()) <= {"p00001"}, name


def test_T01_a_report_of_theirs_is_none_of_ours(full):
    PracticeScope(THEIRS).keep_report(DONE_ON, {}, {}, entry("audit", "", full.actor(Role.NURSE, THEIRS)))
    assert PracticeScope(OURS).report(DONE_ON) is None
    assert PracticeScope(OURS).reports() == ()


def test_T01_keeping_our_needs_leaves_theirs(full):
    PracticeScope(OURS).keep_needs([need_of(full.our_person)], entry("rank"))
    assert [need.public_id for need in PracticeScope(THEIRS).needs()] == [full.their_person]


def test_T01_an_actor_of_another_practice_cannot_write_through_our_scope(full):
    stranger = full.actor(Role.NURSE, THEIRS)
    with pytest.raises(NotHere):
        PracticeScope(OURS).keep_draft(full.our_person, "k", 0, {}, entry("draft", full.our_person, stranger))
    assert PracticeScope(OURS).draft(full.our_person) is None
