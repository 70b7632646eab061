"""F-20..F-27: what must leave the site is kept with its cause and handed to one worker at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from imp2art.core.refusal import Refusal
from imp2art.store import reviews as reviews_module
from imp2art.store.models import OutboxEntry
from imp2art.store.outbox import LEASE, lease_due, mark_failed, mark_sent, wait_after
from imp2art.store.scope import OutboxIntent, PracticeScope
from tests.builders import AT
from tests.conftest import OURS, World
from tests.integration.reviews import finish, without_plan

SCOPE = PracticeScope(OURS)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def two(world: World) -> World:
    intents = tuple(OutboxIntent(f"key-{number}", "gp-record", {"n": number}) for number in (1, 2))
    finish(without_plan(world.our_person, outbox=intents))
    return world


def state_of(key: str) -> OutboxEntry:
    return OutboxEntry.objects.get(key=key)


def test_F20_nothing_is_queued_when_its_cause_is_not_kept(world: World, monkeypatch):
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(reviews_module, "append", broken)
    with pytest.raises(OSError, match="full"):
        finish(without_plan(world.our_person, outbox=(OutboxIntent("key", "gp-record", {}),)))
    assert lease_due(LATER, 10) == ()


def test_F21_what_is_due_is_leased_oldest_first_up_to_the_limit(two: World):
    assert [intent.key for intent in lease_due(LATER, 1)] == ["key-1"]
    assert [(intent.key, intent.body, intent.attempts) for intent in lease_due(LATER, 5)] == [
        ("key-2", {"n": 2}, 1)
    ]
    assert lease_due(LATER, 5) == ()


def test_nothing_is_leased_before_it_is_due(two: World):
    assert lease_due(AT, 5) == ()


def test_F22_a_dead_workers_intent_goes_to_another_when_the_lease_ends(two: World):
    lease_due(LATER, 1)
    assert "key-1" not in [intent.key for intent in lease_due(LATER + LEASE - timedelta(seconds=1), 5)]
    again = {intent.key: intent.attempts for intent in lease_due(LATER + LEASE, 5)}
    assert again["key-1"] == 2


def test_F23_what_was_sent_is_never_leased_again(two: World):
    for intent in lease_due(LATER, 5):
        mark_sent(intent.key, LATER, intent.attempts)
    assert lease_due(LATER + timedelta(days=30), 5) == ()
    assert [(kept.state, kept.sent_at) for kept in SCOPE.outbox(two.our_person)] == [("sent", LATER)] * 2


def test_F27_a_worker_that_outlived_its_lease_cannot_report(two: World):
    (old,) = lease_due(LATER, 1)
    new = next(intent for intent in lease_due(LATER + LEASE, 5) if intent.key == old.key)
    for report in (
        lambda: mark_sent(old.key, LATER + LEASE, old.attempts),
        lambda: mark_failed(old.key, LATER + LEASE, old.attempts, "slow"),
    ):
        with pytest.raises(Refusal, match="no longer holds"):
            report()
    mark_sent(new.key, LATER + LEASE, new.attempts)
    assert state_of(old.key).state == "sent"


def test_what_was_sent_cannot_be_reported_again(two: World):
    (intent,) = lease_due(LATER, 1)
    mark_sent(intent.key, LATER, intent.attempts)
    with pytest.raises(Refusal):
        mark_failed(intent.key, LATER, intent.attempts, "late")
    assert state_of(intent.key).state == "sent"


def test_a_failure_is_told_and_tried_again_later_and_later(two: World):
    (intent,) = lease_due(LATER, 1)
    mark_failed(intent.key, LATER, intent.attempts, "no space left")
    kept = next(kept for kept in SCOPE.outbox(two.our_person) if kept.key == intent.key)
    assert (kept.state, kept.last_error) == ("waiting", "no space left")
    assert state_of(intent.key).due_at == LATER + timedelta(minutes=1)
    assert [wait_after(number) for number in (1, 2, 5)] == [timedelta(minutes=m) for m in (1, 2, 16)]
    assert wait_after(5000) == timedelta(hours=6)


def test_each_report_of_the_worker_stands_in_the_persons_trail(two: World):
    first, second = lease_due(LATER, 2)
    mark_sent(first.key, LATER, first.attempts)
    mark_failed(second.key, LATER, second.attempts, "no")
    trail = SCOPE.audit_events(two.our_person)[:2]
    assert [(event.verb, event.role, event.detail["key"]) for event in trail] == [
        ("outbox-failed", "system", "key-2"),
        ("outbox-sent", "system", "key-1"),
    ]
