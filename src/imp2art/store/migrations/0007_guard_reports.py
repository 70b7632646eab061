"""A kept report is only added: what was checked, released and read is what stays.

As `0002_guards`: SQLite drops the triggers of a table that a later migration rebuilds.
"""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

_guards = import_module("imp2art.store.migrations.0002_guards")
_TABLE = "store_reportrow"
_KEPT = "what was kept is never deleted"
_GUARDS = (
    ("no_update", "UPDATE", "ROW", "a kept report is never changed"),
    ("no_delete", "DELETE", "ROW", _KEPT),
    ("no_truncate", "TRUNCATE", "STATEMENT", _KEPT),
)


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger of the table."""
    with connection.cursor() as cursor:
        for name, event, level, sentence in _GUARDS:
            if connection.vendor == "postgresql":
                cursor.execute(_guards._postgresql_trigger(_TABLE, name, event, level, "", sentence))
            elif event != "TRUNCATE":
                cursor.execute(_guards._sqlite_trigger(_TABLE, name, event, "", sentence))


def lower_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger of the table away."""
    with connection.cursor() as cursor:
        for name, event, *_ in _GUARDS:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_{name} ON {_TABLE}")
            elif event != "TRUNCATE":
                cursor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_{name}")


class Migration(migrations.Migration):
    dependencies = [("store", "0006_guard_marks")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: raise_guards(editor.connection),
            lambda apps, editor: lower_guards(editor.connection),
        )
    ]
