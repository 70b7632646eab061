"""F-11, F-13, F-14, F-22: two people, two clicks, two workers at once, on real connections."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from imp2art.core.refusal import Refusal
from imp2art.store.models import ActionPlanRow, AuditEvent, ReviewRow
from imp2art.store.outbox import lease_due
from imp2art.store.scope import OutboxIntent, PracticeScope, StaleDraft
from tests.builders import AT, build_record
from tests.conftest import OURS, keep_people, make_world, public_id_of
from tests.integration.reviews import a_review, entry, finish, without_plan

SCOPE = PracticeScope(OURS)
INTERLEAVINGS = 200
EDITS = 3


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs in threads that start together; a refusal counts as an answer."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def edit(person: str, name: str, count: int) -> Iterator[str]:
    """An editor: reads, adds a word, saves; on a clash merges first. Yields at each step."""
    for number in range(count):
        draft = SCOPE.draft(person)
        yield "read"
        while True:
            version, body = (draft.version, draft.body) if draft else (0, {})
            words = [*body.get("words", []), f"{name}{number}"]
            try:
                SCOPE.keep_draft(person, "d" * 32, version, {"words": words}, entry("draft", person))
                break
            except StaleDraft as stale:
                draft = stale.newer
                yield "clashed"
        yield "saved"


def interleave(editors: list[Iterator[str]], dice: random.Random) -> int:
    """Let the editors step in random turns; the number of clashes."""
    clashes = 0
    while editors:
        editor = dice.choice(editors)
        step = next(editor, None)
        clashes += step == "clashed"
        if step is None:
            editors.remove(editor)
    return clashes


def words_wanted() -> set[str]:
    return {f"{name}{number}" for name in "ab" for number in range(EDITS)}


@pytest.mark.django_db
def test_F13_no_edit_is_lost_in_200_random_interleavings():
    keep_people(OURS, [build_record(number) for number in range(INTERLEAVINGS)])
    dice, clashes = random.Random(20261123), 0
    lost = []
    for number in range(INTERLEAVINGS):
        person = public_id_of(OURS, number)
        clashes += interleave([edit(person, name, EDITS) for name in "ab"], dice)
        lost.append(words_wanted() - set(SCOPE.draft(person).body["words"]))
    assert lost == [set()] * INTERLEAVINGS
    assert clashes > INTERLEAVINGS  # the dice did make them meet


@pytest.mark.django_db(transaction=True)
def test_F13_no_edit_is_lost_between_two_real_connections():
    person = make_world().our_person
    at_once(*[lambda name=name: list(edit(person, name, 25)) for name in "ab"])
    draft = SCOPE.draft(person)
    assert draft.version == 50
    assert sorted(draft.body["words"]) == sorted(f"{name}{number}" for name in "ab" for number in range(25))


@pytest.mark.django_db(transaction=True)
def test_F11_finishing_twice_at_once_keeps_one_review_and_one_plan():
    person = make_world().our_person
    events = AuditEvent.objects.count()
    first, second = at_once(*[lambda: finish(a_review(person))] * 2)
    assert first == second
    assert (ReviewRow.objects.count(), ActionPlanRow.objects.count()) == (1, 1)
    assert len(SCOPE.outbox(person)) == len(SCOPE.written_codes(person, "a" * 32)) == 1
    assert AuditEvent.objects.count() == events + 1


@pytest.mark.django_db(transaction=True)
def test_F14_two_reviews_at_once_leave_one_current_plan():
    make_world()
    people = [build_record(number) for number in range(1, 9)]
    keep_people(OURS, people, AT.date() + timedelta(days=1))
    for number in range(1, 9):
        person = public_id_of(OURS, number)
        keys = [f"{number}{letter}" * 16 for letter in "ab"]
        answers = at_once(*[lambda key=key, person=person: finish(a_review(person, key)) for key in keys])
        assert [isinstance(answer, Refusal) for answer in answers].count(True) == 1
        (plan,) = SCOPE.plans(person)
        assert plan.replaced_at is None


@pytest.mark.django_db(transaction=True)
def test_F22_two_workers_never_lease_the_same_intent():
    person = make_world().our_person
    intents = tuple(OutboxIntent(f"key-{number}", "gp-record", {}) for number in range(20))
    finish(without_plan(person, outbox=intents))
    later = AT + timedelta(hours=1)
    leased = at_once(*[lambda: [lease_due(later, 3) for _ in range(5)]] * 2)
    keys = [intent.key for worker in leased for lease in worker for intent in lease]
    assert sorted(keys) == sorted(intent.key for intent in intents)
