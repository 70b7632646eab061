"""Signing in and out stands in the audit trail, and starts the session's clock."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.utils import timezone

from imp2art.store.audit_trail import AuditEntry, note
from imp2art.store.people import actor_of_account
from imp2art.web.accounts.middleware import start_clock


def connect() -> None:
    """Listen to Django's signals, once."""
    user_logged_in.connect(_signed_in, dispatch_uid="imp2art-signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="imp2art-signed-out")


def _signed_in(request: HttpRequest, user: Any, **_: object) -> None:  # noqa: ANN401 - a model of the store
    start_clock(request, timezone.now())
    _note(user, "sign-in")


def _signed_out(user: Any, **_: object) -> None:  # noqa: ANN401 - a model of the store
    if user is not None:
        _note(user, "sign-out")


def _note(user: Any, verb: str) -> None:  # noqa: ANN401 - a model of the store
    actor = actor_of_account(user.pk)
    if actor is not None:
        note(actor.practice, AuditEntry(timezone.now(), actor, verb))
