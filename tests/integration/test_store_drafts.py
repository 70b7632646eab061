"""F-12, F-13: a draft is kept on the server, and nobody's save silently undoes another's."""

from __future__ import annotations

import pytest

from imp2art.core.actor import Actor, Role
from imp2art.core.refusal import Refusal
from imp2art.store.models import AuditEvent
from imp2art.store.scope import KeptDraft, PracticeScope, StaleDraft
from tests.builders import AT
from tests.conftest import OURS, World
from tests.integration.reviews import entry, finish, without_plan

SCOPE = PracticeScope(OURS)
KEY = "d" * 32
GP = Actor("8", "Gus Gp", Role.GP, OURS)


def save(world: World, version: int, body: dict, key: str = KEY, actor: Actor | None = None) -> KeptDraft:
    by = {} if actor is None else {"actor": actor}
    return SCOPE.keep_draft(world.our_person, key, version, body, entry("keep-draft", world.our_person, **by))


def test_a_draft_is_kept_as_it_was_saved(world: World):
    kept = save(world, 0, {"agenda": "sleep", "score": None, "puffs": [1, 2]})
    assert kept == SCOPE.draft(world.our_person)
    assert kept == KeptDraft(KEY, 1, {"agenda": "sleep", "score": None, "puffs": [1, 2]}, "Nora Nurse", AT)


def test_each_save_counts_up(world: World):
    assert [save(world, version, {"n": version}).version for version in range(4)] == [1, 2, 3, 4]


def test_F13_the_second_of_two_savers_is_told_what_the_first_saved(world: World):
    save(world, 0, {"agenda": ""})
    first = save(world, 1, {"agenda": "hers"}, actor=GP)
    with pytest.raises(StaleDraft, match="Someone else") as stale:
        save(world, 1, {"agenda": "mine"})
    assert stale.value.newer == first
    assert SCOPE.draft(world.our_person) == first


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_save_that_builds_on_a_version_that_is_not_the_newest_is_refused(world: World, version):
    save(world, 0, {})
    with pytest.raises(StaleDraft):
        save(world, version, {"lost": True})


def test_a_second_review_of_the_same_person_does_not_overwrite_the_first(world: World):
    save(world, 0, {"first": True})
    with pytest.raises(StaleDraft) as stale:
        save(world, 0, {"second": True}, key="e" * 32)
    assert stale.value.newer.key == KEY


def test_a_draft_that_was_never_begun_cannot_be_continued(world: World):
    with pytest.raises(Refusal, match="no longer open"):
        save(world, 3, {})


def test_a_finished_review_is_not_written_to_by_a_late_save(world: World):
    save(world, 0, {})
    finish(without_plan(world.our_person, KEY))
    for version in (0, 1):
        with pytest.raises(Refusal, match="finished already"):
            save(world, version, {"late": True})
    assert SCOPE.draft(world.our_person) is None


def test_a_refused_save_leaves_no_audit_event(world: World):
    save(world, 0, {})
    before = AuditEvent.objects.count()
    with pytest.raises(StaleDraft):
        save(world, 0, {})
    assert AuditEvent.objects.count() == before
