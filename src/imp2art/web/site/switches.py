"""Settings that are yes or no, or a number of days."""

from __future__ import annotations

from imp2art.core.refusal import Refusal


def read_switch(name: str, text: str) -> bool:
    """`yes` or `no`; anything else is refused, because a guess might open what should be closed."""
    if text not in ("yes", "no"):
        raise Refusal(f"{name} must be yes or no.")
    return text == "yes"


def read_days(name: str, text: str) -> int:
    """A whole number of days, 1 to 366; anything else is refused."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 366:
        raise Refusal(f"{name} must be a number of days, 1 to 366.")
    return int(text)
