"""The command `imp2art` and its verbs."""

from __future__ import annotations


def run() -> None:
    """Entry of the console script."""
    raise SystemExit("no verb yet")
