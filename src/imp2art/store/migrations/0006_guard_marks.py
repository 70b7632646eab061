"""What was done about people on a list, and who read a report, is only added.

As `0002_guards`: SQLite drops the triggers of a table that a later migration rebuilds.
"""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

_guards = import_module("imp2art.store.migrations.0002_guards")
_NEVER = {
    "store_listmarkrow": "a mark on a list is never changed",
    "store_reportreadingrow": "a reading is never changed",
}
_EVENTS = {"no_update": "UPDATE", "no_delete": "DELETE", "no_truncate": "TRUNCATE"}


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger of these tables."""
    with connection.cursor() as cursor:
        for table, words in _NEVER.items():
            for name, event in _EVENTS.items():
                sentence = words if event == "UPDATE" else "what was kept is never deleted"
                if connection.vendor == "postgresql":
                    level = "STATEMENT" if event == "TRUNCATE" else "ROW"
                    cursor.execute(_guards._postgresql_trigger(table, name, event, level, "", sentence))
                elif event != "TRUNCATE":
                    cursor.execute(_guards._sqlite_trigger(table, name, event, "", sentence))


def lower_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger of these tables away."""
    with connection.cursor() as cursor:
        for table in _NEVER:
            for name in _EVENTS:
                where = f" ON {table}" if connection.vendor == "postgresql" else ""
                if connection.vendor == "postgresql" or name != "no_truncate":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}")


class Migration(migrations.Migration):
    dependencies = [("store", "0005_release_steps")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: raise_guards(editor.connection),
            lambda apps, editor: lower_guards(editor.connection),
        )
    ]
