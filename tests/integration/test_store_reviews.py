"""Finishing a review keeps review, plan, codes, messages and audit event together, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from imp2art.core.partial_date import PartialDate
from imp2art.core.refusal import Refusal
from imp2art.store import reviews as reviews_module
from imp2art.store.models import ActionPlanRow, AuditEvent, CodedEntryRow, OutboxEntry, ReviewRow
from imp2art.store.scope import PracticeScope, StaleDraft, WrittenCode
from tests.builders import AT, PEAK_FLOW, REVIEW, build_event
from tests.conftest import OURS, World
from tests.integration.reviews import DONE_ON, PAGE, a_review, entry, finish, without_plan, written

SCOPE = PracticeScope(OURS)
KEPT = (ReviewRow, ActionPlanRow, CodedEntryRow, OutboxEntry, AuditEvent)


def counts() -> list[int]:
    return [model.objects.count() for model in KEPT]


def test_everything_of_a_finished_review_is_kept(world: World):
    codes = (written(REVIEW, "2026-11-23"), written(PEAK_FLOW, "2026-11-23", "430"))
    kept = finish(a_review(world.our_person, entries=codes))
    (review,), (plan,) = SCOPE.reviews(world.our_person), SCOPE.plans(world.our_person)
    assert kept == review
    assert (review.done_on, review.body["act_score"], review.done_by) == (DONE_ON, None, "Nora Nurse")
    assert (plan.version, plan.review_id, plan.body) == (1, review.review_id, {"version": 1})
    assert review.plan_version == 1
    assert SCOPE.plan_pdf(world.our_person, 1) == PAGE
    sources = (
        replace(codes[0].event, source="review:" + "a" * 32),
        replace(codes[1].event, source="review:" + "a" * 32),
    )
    assert SCOPE.written_codes(world.our_person, "a" * 32) == tuple(
        WrittenCode(event, code.term) for event, code in zip(sources, codes, strict=True)
    )
    assert [(kept.kind, kept.state) for kept in SCOPE.outbox(world.our_person)] == [("gp-record", "waiting")]
    assert [event.verb for event in SCOPE.audit_events(world.our_person)] == ["finish-review"]


def test_F11_the_same_key_again_writes_nothing_and_answers_what_was_kept_first(world: World):
    first = finish(a_review(world.our_person))
    before = counts()
    again = finish(a_review(world.our_person, version=2, body={"other": True}, by="Someone else"))
    assert again == first
    assert counts() == before


def test_F14_a_new_plan_replaces_the_current_one(world: World):
    finish(a_review(world.our_person))
    finish(a_review(world.our_person, "b" * 32, version=2))
    newest, older = SCOPE.plans(world.our_person)
    assert (newest.version, newest.replaced_at) == (2, None)
    assert (older.version, older.replaced_at) == (1, AT + timedelta(minutes=2))


def test_a_review_without_a_plan_leaves_the_current_plan(world: World):
    finish(a_review(world.our_person))
    kept = finish(without_plan(world.our_person))
    assert kept.plan_version is None
    assert [plan.replaced_at for plan in SCOPE.plans(world.our_person)] == [None]


@pytest.mark.parametrize("version", [1, 3])
def test_a_plan_whose_printed_version_is_taken_or_ahead_is_refused(world: World, version):
    finish(a_review(world.our_person))
    before = counts()
    with pytest.raises(Refusal, match="another plan"):
        finish(a_review(world.our_person, "b" * 32, version=version))
    assert counts() == before


def test_a_page_that_is_not_the_digests_page_is_refused(world: World):
    with pytest.raises(ValueError, match="digest"):
        finish(a_review(world.our_person, pdf=PAGE + b" "))
    assert SCOPE.reviews(world.our_person) == ()


def test_half_a_plan_is_refused(world: World):
    with pytest.raises(ValueError, match="none of them"):
        finish(a_review(world.our_person, pdf=None))
    assert SCOPE.reviews(world.our_person) == ()


@pytest.mark.parametrize("step", ["issue_plan", "_keep_codes", "queue", "append"])
def test_F14_a_fault_at_any_step_leaves_nothing(world: World, monkeypatch, step):
    finish(a_review(world.our_person))
    before, plans = counts(), SCOPE.plans(world.our_person)

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(reviews_module, step, broken)
    with pytest.raises(OSError, match="full"):
        finish(a_review(world.our_person, "b" * 32, version=2))
    assert counts() == before
    assert SCOPE.plans(world.our_person) == plans


def test_finishing_ends_its_draft_and_no_other(world: World):
    for key, ends in (("c" * 32, False), ("a" * 32, True)):
        draft = SCOPE.draft(world.our_person)
        if draft is None:
            SCOPE.keep_draft(world.our_person, "a" * 32, 0, {}, entry("draft", world.our_person))
        finish(without_plan(world.our_person, key))
        assert (SCOPE.draft(world.our_person) is None) is ends


def test_F13_a_draft_saved_by_a_colleague_meanwhile_stops_the_finish(world: World):
    for version in (0, 1):
        SCOPE.keep_draft(
            world.our_person, "a" * 32, version, {"n": version}, entry("draft", world.our_person)
        )
    with pytest.raises(StaleDraft) as stale:
        finish(a_review(world.our_person, draft_version=1))
    assert (stale.value.newer.version, stale.value.newer.body) == (2, {"n": 1})
    assert SCOPE.reviews(world.our_person) == ()
    assert finish(a_review(world.our_person, draft_version=2)).plan_version == 1


def test_a_code_without_its_day_is_refused(world: World):
    code = WrittenCode(replace(build_event(REVIEW, "2026-11-23"), on=PartialDate.parse("2026")), "a term")
    with pytest.raises(Refusal, match="needs its day"):
        finish(without_plan(world.our_person, entries=(code,)))
    assert SCOPE.reviews(world.our_person) == ()


def test_reviews_come_newest_first(world: World):
    days = [DONE_ON - timedelta(days=back) for back in (30, 0, 10)]
    for number, day in enumerate(days):
        finish(without_plan(world.our_person, f"{number:032}", done_on=day))
    assert [review.done_on for review in SCOPE.reviews(world.our_person)] == sorted(days, reverse=True)
