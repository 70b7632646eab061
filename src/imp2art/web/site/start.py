"""What is looked at before the site opens its door."""

from __future__ import annotations

from django.conf import settings

from imp2art.core.refusal import Refusal


def check_is_safe_to_serve() -> None:
    """Refuse to serve with the secret that stands in the source, or showing faults to visitors."""
    if settings.SECRET_KEY == settings.NO_SECRET:
        raise Refusal("Set IMP2ART_SECRET_KEY to at least 50 random characters before serving the site.")
    if settings.DEBUG:
        raise Refusal("The site does not serve with DEBUG on: its fault pages show what they should not.")
