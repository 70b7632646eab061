"""The one Django app that holds tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Label `store`: one migration history for the whole project."""

    name = "imp2art.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
