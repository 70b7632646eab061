"""Sets of tables for researchers; an outbox entry about a practice; and what was released stays.

Clock lines, versions, released figures, peers' figures and steps of table sets are only added:
triggers refuse the rest, as `0002_guards` does for reviews.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper

_guards = import_module("imp2art.store.migrations.0002_guards")
_NEVER = {
    "store_reportsteprow": "a line of the report clock is never changed",
    "store_reportversionrow": "a given version is never changed",
    "store_releasedfiguresrow": "released figures are never changed",
    "store_peerfiguresrow": "figures of other practices are never changed",
    "store_tablesetsteprow": "a step of a table set is never changed",
}


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger of these tables."""
    with connection.cursor() as cursor:
        for table, words in _NEVER.items():
            for name, event in (
                ("no_update", "UPDATE"),
                ("no_delete", "DELETE"),
                ("no_truncate", "TRUNCATE"),
            ):
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
            for name in ("no_update", "no_delete", "no_truncate"):
                where = f" ON {table}" if connection.vendor == "postgresql" else ""
                if connection.vendor == "postgresql" or name != "no_truncate":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}")


class Migration(migrations.Migration):
    dependencies = [("store", "0003_reporting")]
    operations = [
        migrations.CreateModel(
            name="TableSetStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_set", models.CharField(max_length=32)),
                ("action", models.CharField(max_length=20)),
                ("body", models.JSONField(default=dict)),
                ("actor_id", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["table_set"], name="store_table_table_s_e4d490_idx")]},
        ),
        migrations.AddField(
            model_name="outboxentry",
            name="practice",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="store.practice"
            ),
        ),
        migrations.AlterField(
            model_name="outboxentry",
            name="patient",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="store.patientrow"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("patient__isnull", True), ("practice__isnull", False)),
                    models.Q(("patient__isnull", False), ("practice__isnull", True)),
                    _connector="OR",
                ),
                name="about_a_patient_or_a_practice",
            ),
        ),
        migrations.RunPython(
            lambda apps, editor: raise_guards(editor.connection),
            lambda apps, editor: lower_guards(editor.connection),
        ),
    ]
