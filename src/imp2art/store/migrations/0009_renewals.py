"""A plan may be renewed without a review: what is kept with it says so.

The column may be empty and has no default, so that SQLite adds it without making the table anew: the
triggers of `0002_guards` stay.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0008_plan_links")]
    operations = [
        migrations.AddField("reviewrow", "kind", models.CharField(max_length=10, null=True)),
    ]
