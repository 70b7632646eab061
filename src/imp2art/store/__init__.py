"""Everything that is kept: Django models, one migration history, queries scoped to a practice."""
