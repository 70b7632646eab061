"""Options that do not go together, or that would do nothing, are refused before any work begins."""

from __future__ import annotations

from pathlib import Path

from imp2art.core.left_over import remove_left_over
from imp2art.core.refusal import Refusal


def check_needs(option: str, given: bool, other: str, other_given: bool) -> None:
    """Refuse an option that does nothing without another."""
    if given and not other_given:
        raise Refusal(
            f"{option} goes with {other}, and does nothing without it. Give both, or leave {option} out."
        )


def check_not_both(option: str, given: bool, other: str, other_given: bool, why: str = "") -> None:
    """Refuse two options of which one would be passed over."""
    if given and other_given:
        because = f": {why}" if why else ""
        raise Refusal(f"{option} and {other} do not go together{because}. Leave one of them out.")


def check_range(option: str, number: float | None, least: int, most: int, what: str = "") -> None:
    """Refuse a number that is none from `least` to `most`; None was not given."""
    # Written so that what is not a number is refused too.
    if number is not None and not least <= number <= most:
        raise Refusal(f"{option} {number} cannot be: give {f'{least:,} to {most:,} {what}'.strip()}.")


def clear(*targets: Path) -> None:
    """Remove what killed runs left beside these targets, and say so."""
    for target in targets:
        for room in remove_left_over(target):
            print(f"· removed {room}: an earlier run that was cut off had left it", flush=True)
