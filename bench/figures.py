"""How every bench tells its figures: a row each with its target, and an exit code when one is short."""

from __future__ import annotations

from collections.abc import Sequence

# name, value, target in words, whether it is met; a figure without a target is only told.
Figure = tuple[str, float, str, bool]


def at_most(name: str, value: float, most: float) -> Figure:
    return (name, value, f"<= {most:,.0f}", value <= most)


def at_least(name: str, value: float, least: float) -> Figure:
    return (name, value, f">= {least:,.1f}", value >= least)


def told(name: str, value: float) -> Figure:
    return (name, value, "", True)


def print_figures(figures: Sequence[Figure]) -> int:
    """Print them; 1 where one is short, else 0."""
    print(f"{'name':46}{'value':>14}{'target':>12}")
    for name, value, target, is_met in figures:
        print(f"{name:46}{value:>14,.1f}{target:>12}  {'ok' if is_met else 'short'}")
    return 0 if all(is_met for *_, is_met in figures) else 1
