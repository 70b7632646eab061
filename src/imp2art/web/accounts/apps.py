"""Signing in as a Django app: its signals are wired when the site starts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """No tables of its own: accounts are in the store."""

    name = "imp2art.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Write each sign-in and sign-out into the audit trail."""
        from imp2art.web.accounts import trail

        trail.connect()
