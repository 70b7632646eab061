"""T-14, F-14: the database itself refuses to change or delete what was kept, on whichever engine."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from imp2art.audit.reports.list_mark import Mark
from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Role
from imp2art.store.list_marks import NewMark
from imp2art.store.readings import Reading
from imp2art.store.scope import AuditEntry, PracticeScope
from tests.builders import AT, OPERATOR
from tests.conftest import OURS, World, make_world
from tests.integration.reviews import a_review, finish

KEPT = (
    "store_auditevent",
    "store_reviewrow",
    "store_codedentryrow",
    "store_actionplanrow",
    "store_reportrow",
    "store_listmarkrow",
    "store_reportreadingrow",
)
OCTOBER = date(2026, 10, 31)


@pytest.fixture
def full(world: World) -> World:
    return fill(world)


def fill(world: World) -> World:
    """A finished review; and a report that was kept, opened and worked."""
    finish(a_review(world.our_person))
    nurse, scope = world.actors[Role.NURSE, OURS], PracticeScope(OURS)
    event = AuditEntry(AT, nurse, "test")
    scope.keep_report(OCTOBER, {"made": 1}, {}, AuditEntry(AT, OPERATOR, "report-made"))
    scope.keep_list_marks([world.our_person], NewMark("plan-12-months", Mark.DONE), event)
    scope.keep_reading(nurse, Reading(OCTOBER, Opened.REPORT), AT)
    return world


def execute(sql: str) -> int:
    """Run a statement as someone with the database open would; the number of rows that it changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def all_rows(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()


@pytest.mark.parametrize("table", KEPT)
def test_T14_nothing_kept_is_deleted(full, table):
    before = all_rows(table)
    with pytest.raises(DatabaseError, match="never deleted"):
        execute(f"DELETE FROM {table}")
    assert all_rows(table) == before != []


@pytest.mark.parametrize("table", [name for name in KEPT if name != "store_actionplanrow"])
def test_T14_no_column_of_what_was_kept_is_changed(full, table):
    before = all_rows(table)
    for column in columns_of(table):
        quoted = connection.ops.quote_name(column)
        with pytest.raises(DatabaseError, match="never changed"):
            execute(f"UPDATE {table} SET {quoted} = {quoted}")
    assert all_rows(table) == before


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "id + 1000"),
        ("version", "version + 1"),
        ("body", "'{}'"),
        ("pdf", "NULL"),
        ("pdf_digest", "'x'"),
        ("issued_by", "'x'"),
        ("issued_at", "'2020-01-01 00:00:00+00:00'"),
        ("review_id", "'x'"),
        ("patient_id", "patient_id + 1"),
    ],
)
def test_F14_an_issued_plan_is_never_changed(full, column, value):
    before = all_rows("store_actionplanrow")
    with pytest.raises(DatabaseError, match="never changed"):
        execute(
            f"UPDATE store_actionplanrow SET {column} = {value}, replaced_at = '2026-12-01 00:00:00+00:00'"
        )
    assert all_rows("store_actionplanrow") == before


def test_the_guard_of_plans_knows_every_column(db):
    tried = {
        "id",
        "version",
        "body",
        "pdf",
        "pdf_digest",
        "issued_by",
        "issued_at",
        "review_id",
        "patient_id",
    }
    assert set(columns_of("store_actionplanrow")) == tried | {"replaced_at"}


def test_a_report_made_again_stands_beside_the_one_before(full):
    made_again = AuditEntry(AT, OPERATOR, "report-made")
    kept = PracticeScope(OURS).keep_report(OCTOBER, {"made": 2}, {}, made_again)
    assert PracticeScope(OURS).report(OCTOBER) == kept
    assert len(all_rows("store_reportrow")) == 2


def test_F14_a_replaced_plan_stays_replaced(full):
    finish(a_review(full.our_person, "b" * 32, version=2))
    for value in ("NULL", "'2026-12-01 00:00:00+00:00'"):
        with pytest.raises(DatabaseError, match="never changed"):
            execute(f"UPDATE store_actionplanrow SET replaced_at = {value} WHERE version = 1")
    newest, older = PracticeScope(OURS).plans(full.our_person)
    assert newest.replaced_at is None
    assert older.replaced_at == newest.issued_at


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_T14_no_table_is_emptied_at_once():
    fill(make_world())
    for table in KEPT:
        before = all_rows(table)
        with pytest.raises(DatabaseError, match="never deleted"):
            execute(f"TRUNCATE {table} CASCADE")
        assert all_rows(table) == before != []
