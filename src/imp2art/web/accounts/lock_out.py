"""Under which name failed tries to sign in are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from imp2art.store.people import username_for


def name_tried(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The account's user name where there is one, however it was asked for; else the words tried.

    Five tries are five tries, whether by user name, by e-mail address or by turns.
    """
    given = credentials or {}
    tried = given.get("username") or given.get("email")
    if not tried and request is not None:
        tried = request.POST.get("login", "")
    words = str(tried or "").strip()
    return username_for(words) or words.casefold()[:255]
