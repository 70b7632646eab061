"""Settings that are yes or no."""

from __future__ import annotations

from imp2art.core.refusal import Refusal


def read_switch(name: str, text: str) -> bool:
    """`yes` or `no`; anything else is refused, because a guess might open what should be closed."""
    if text not in ("yes", "no"):
        raise Refusal(f"{name} must be yes or no.")
    return text == "yes"
