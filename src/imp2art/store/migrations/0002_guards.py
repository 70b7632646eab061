"""What was written stays: triggers refuse changes that the application never makes.

An audit event is only added. A review, its codes and its plan are only added too; a plan's
`replaced_at` may be set once. SQLite drops the triggers of a table that a later migration rebuilds:
such a migration must call `raise_guards` again, and `tests/integration/test_store_guards.py` fails
until it does.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

_NEVER = {
    "store_auditevent": "an audit event is never changed",
    "store_reviewrow": "a finished review is never changed",
    "store_codedentryrow": "a coded entry is never changed",
}
_KEPT = (*_NEVER, "store_actionplanrow")
_PLAN_COLUMNS = (
    "id",
    "patient_id",
    "review_id",
    "version",
    "body",
    "pdf",
    "pdf_digest",
    "issued_by",
    "issued_at",
)


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger. Called by the migration, and by tests after they emptied the tables."""
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lower_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away."""
    with connection.cursor() as cursor:
        for table in _KEPT:
            for name in ("no_update", "no_delete", "no_truncate"):
                where = f" ON {table}" if connection.vendor == "postgresql" else ""
                if connection.vendor == "postgresql" or name != "no_truncate":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}")


def _sqlite() -> Iterator[str]:
    for table, words in _NEVER.items():
        yield _sqlite_trigger(table, "no_update", "UPDATE", "", words)
    yield _sqlite_trigger(
        "store_actionplanrow",
        "no_update",
        "UPDATE",
        f"WHEN {_plan_changed('IS NOT')}",
        "an issued plan is never changed",
    )
    for table in _KEPT:
        yield _sqlite_trigger(table, "no_delete", "DELETE", "", "what was kept is never deleted")


def _sqlite_trigger(table: str, name: str, event: str, when: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION store_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, words in _NEVER.items():
        yield _postgresql_trigger(table, "no_update", "UPDATE", "ROW", "", words)
    when = f"WHEN ({_plan_changed('IS DISTINCT FROM')})"
    yield _postgresql_trigger(
        "store_actionplanrow", "no_update", "UPDATE", "ROW", when, "an issued plan is never changed"
    )
    for table in _KEPT:
        words = "what was kept is never deleted"
        yield _postgresql_trigger(table, "no_delete", "DELETE", "ROW", "", words)
        yield _postgresql_trigger(table, "no_truncate", "TRUNCATE", "STATEMENT", "", words)


def _postgresql_trigger(table: str, name: str, event: str, level: str, when: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
        f"FOR EACH {level} {when} EXECUTE FUNCTION store_refuse('{words}')"
    )


def _plan_changed(differs: str) -> str:
    """Anything but `replaced_at` going from empty to an instant."""
    columns = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in _PLAN_COLUMNS)
    return f"{columns} OR OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("store", "0001_first")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: raise_guards(editor.connection),
            lambda apps, editor: lower_guards(editor.connection),
        )
    ]
