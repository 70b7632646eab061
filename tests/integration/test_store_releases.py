"""What the store keeps of clocks, versions, releases and table sets: added, never changed, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report_clock import Cause, Deadlines, Step
from imp2art.audit.reports.table_set import SetAction
from imp2art.core.actor import Role
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store import outbox, released
from imp2art.store import report_clock as clocks
from imp2art.store.facilitated import end_support, keep_support, practices_of
from imp2art.store.kept import OutboxIntent
from imp2art.store.models import AuditEvent, OutboxEntry, ReleasedFiguresRow, ReportStepRow
from imp2art.store.peer_figures import keep_peers, read_peers
from imp2art.store.released import Release, keep_release, keep_version, version_of
from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.store.table_sets import keep_set_step, read_set, read_sets
from tests.builders import AT
from tests.conftest import OURS, THEIRS, World

OCTOBER = date(2026, 10, 31)
KEPT = (
    "store_reportsteprow",
    "store_reportversionrow",
    "store_releasedfiguresrow",
    "store_peerfiguresrow",
    "store_tablesetsteprow",
)


def event(world: World, role: Role = Role.PROGRAMME) -> AuditEntry:
    return AuditEntry(AT, world.actors[role, None], "test")


def run_report(world: World) -> int:
    """Our October, run by the worker of the site; the row of its report."""
    clocks.open_month(OURS, OCTOBER, OCTOBER, Deadlines(), event(world, Role.OPERATOR))
    PracticeScope(OURS).keep_report(OCTOBER, {"made": 1}, {}, event(world, Role.OPERATOR))
    row = clocks.newest_report_id(OURS, OCTOBER)
    assert row is not None
    for step in (Step.RECEIVED, Step.ACCEPTED, Step.RUN):
        clocks.write_step(OURS, OCTOBER, step, event(world, Role.OPERATOR), report=row)
    keep_version(OURS, Version.STANDARD, event(world))
    return row


def release_of(row: int, version: Version = Version.STANDARD) -> Release:
    mail = OutboxIntent(f"report-email-{OURS}-2026-10", "report-email", {})
    return Release(OURS, OCTOBER, row, version, {"figures": []}, "sha256:1", mail)


def test_a_release_keeps_steps_figures_message_and_trail_together(world: World):
    assert keep_release(release_of(run_report(world)), event(world))
    assert clocks.is_released(OURS, OCTOBER)
    assert not clocks.is_released(THEIRS, OCTOBER)
    kept = clocks.release_of(OURS, OCTOBER)
    assert kept is not None
    assert (kept.by, kept.at) == (event(world).actor.name, AT)
    assert [each.body for each in released.read_released(OURS)] == [{"figures": []}]
    assert released.released_months() == (OCTOBER,)
    assert OutboxEntry.objects.get().practice_id == OURS
    assert {"report-checked", "report-released"} <= set(AuditEvent.objects.values_list("verb", flat=True))


def test_a_second_release_changes_nothing(world: World):
    release = release_of(run_report(world))
    keep_release(release, event(world))
    before = (ReportStepRow.objects.count(), AuditEvent.objects.count(), OutboxEntry.objects.count())
    assert keep_release(release, event(world)) is False
    after = (ReportStepRow.objects.count(), AuditEvent.objects.count(), OutboxEntry.objects.count())
    assert after == before


def test_a_report_made_again_meanwhile_is_not_released(world: World):
    row = run_report(world)
    PracticeScope(OURS).keep_report(OCTOBER, {"made": 2}, {}, event(world, Role.OPERATOR))
    newer = clocks.newest_report_id(OURS, OCTOBER)
    clocks.write_step(OURS, OCTOBER, Step.RUN, event(world, Role.OPERATOR), report=newer)
    with pytest.raises(Refusal, match="made again"):
        keep_release(release_of(row), event(world))
    assert not clocks.is_released(OURS, OCTOBER)


def test_a_version_changed_meanwhile_is_not_released(world: World):
    row = run_report(world)
    keep_version(OURS, Version.IMP2ART, event(world))
    with pytest.raises(Refusal, match="version changed"):
        keep_release(release_of(row), event(world))
    assert ReleasedFiguresRow.objects.count() == 0


def test_what_fails_half_way_leaves_nothing(world: World):
    row = run_report(world)
    OutboxEntry.objects.create(
        key=release_of(row).mail.key, practice_id=OURS, kind="report-email", body={}, created_at=AT, due_at=AT
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        keep_release(release_of(row), event(world))
    assert not clocks.is_released(OURS, OCTOBER)
    assert ReleasedFiguresRow.objects.count() == 0


def test_the_newest_version_counts_and_each_practice_has_its_own(world: World):
    assert version_of(OURS) is None
    keep_version(OURS, Version.STANDARD, event(world))
    keep_version(OURS, Version.IMP2ART, event(world))
    assert version_of(OURS) is Version.IMP2ART
    assert version_of(THEIRS) is None
    assert [each.version for each in released.versions_of(OURS)] == [Version.IMP2ART, Version.STANDARD]


def test_a_clock_that_was_not_started_takes_no_line(world: World):
    with pytest.raises(Refusal, match="not running"):
        clocks.write_step(OURS, OCTOBER, Step.RUN, event(world))


def test_a_clock_keeps_the_deadlines_that_it_was_started_with(world: World):
    for deadlines in (Deadlines(3, 5), Deadlines(7, 14)):
        clocks.open_month(OURS, OCTOBER, OCTOBER, deadlines, event(world))
    clock = clocks.read_clock(OURS, OCTOBER)
    assert clock is not None
    assert clock.deadlines == Deadlines(3, 5)
    assert len(clock.entries) == 1


def test_a_line_comes_back_as_it_was_written(world: World):
    clocks.open_month(OURS, OCTOBER, OCTOBER, Deadlines(), event(world))
    told = {"cause": Cause.OTHER, "owner": "Ann", "words": "away for a week", "of": Step.RECEIVED}
    clocks.write_step(OURS, OCTOBER, Step.DELAYED, event(world), **told, facts={"a": [1]})
    clock = clocks.read_clock(OURS, OCTOBER)
    assert clock is not None
    entry = clock.entries[-1]
    assert {name: getattr(entry, name) for name in told} == told
    assert entry.facts == {"a": [1]}
    assert entry.actor_id == world.actors[Role.PROGRAMME, None].id
    assert clocks.read_clocks(OCTOBER) == {OURS: clock}


@pytest.fixture
def full(world: World) -> World:
    keep_release(release_of(run_report(world)), event(world))
    keep_peers(OCTOBER, {"practices": []}, event(world))
    keep_set_step("s" * 32, SetAction.ASK, event(world, Role.RESEARCHER), {"months": []})
    return world


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("statement", ["DELETE FROM {table}", "UPDATE {table} SET id = id"])
def test_T14_the_database_refuses_to_change_what_was_kept(full, table, statement):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0]
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


def test_peers_are_kept_once_and_the_newest_month_before_counts(full):
    assert keep_peers(OCTOBER, {"practices": []}, event(full)) is False
    assert keep_peers(OCTOBER, {"practices": ["x"]}, event(full)) is True
    for month in (OCTOBER, date(2026, 12, 31)):
        kept = read_peers(month)
        assert kept is not None
        assert kept.body == {"practices": ["x"]}
    assert read_peers(date(2026, 9, 30)) is None


def test_sets_come_newest_first_and_an_unknown_one_is_not_there(full):
    keep_set_step("t" * 32, SetAction.ASK, event(full, Role.RESEARCHER), {"months": ["x"]})
    keep_set_step("s" * 32, SetAction.CHECK, event(full))
    assert [each.id[0] for each in read_sets()] == ["t", "s"]
    assert [step.action for step in read_set("s" * 32).steps] == [SetAction.ASK, SetAction.CHECK]
    assert read_set("s" * 32).body == {"months": []}
    with pytest.raises(NotHere):
        read_set("u" * 32)


def test_a_facilitator_supports_the_practices_that_they_were_given(world: World):
    facilitator = world.actors[Role.FACILITATOR, None]
    keep_support("facilitator-site", OURS, event(world))
    assert practices_of(facilitator) == (OURS,)
    end_support("facilitator-site", OURS, event(world))
    assert practices_of(facilitator) == ()


def test_a_message_about_a_practice_is_leased_sent_and_noted_like_any(full):
    (intent,) = outbox.lease_due(AT, 10)
    assert intent.kind == "report-email"
    outbox.mark_failed(intent.key, AT, intent.attempts, "disk full")
    assert OutboxEntry.objects.get().state == "waiting"
    noted = AuditEvent.objects.latest("id")
    assert (noted.verb, noted.practice_code, noted.subject) == ("outbox-failed", OURS, "")


def test_an_outbox_entry_is_about_a_patient_or_a_practice(world: World):
    with pytest.raises(DatabaseError), transaction.atomic():
        OutboxEntry.objects.create(key="k", kind="x", body={}, created_at=AT, due_at=AT)
