"""Codes of plans, links to them, and what happened to a link: only added.

As `0002_guards`: SQLite drops the triggers of a table that a later migration rebuilds.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper

_guards = import_module("imp2art.store.migrations.0002_guards")
_NEVER = {
    "store_plancoderow": "the code of a plan is never changed",
    "store_planlinkrow": "a link to a plan is never changed",
    "store_planlinksteprow": "what happened to a link is never changed",
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
    dependencies = [
        ("store", "0007_guard_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanCodeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True)),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="store.actionplanrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanLinkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=71, unique=True)),
                ("made_by", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.actionplanrow"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanLinkStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=12)),
                ("version", models.IntegerField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.planlinkrow"),
                ),
            ],
        ),
        migrations.RunPython(
            lambda apps, editor: raise_guards(editor.connection),
            lambda apps, editor: lower_guards(editor.connection),
        ),
    ]
