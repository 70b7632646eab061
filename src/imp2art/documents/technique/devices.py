"""The inhalers themselves, drawn with the mouthpiece to the left at 0, 0; each some 50 wide, 60 high."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from imp2art.asthma.technique import TechniqueKind
from imp2art.documents.charts.svg import BLUE, INK, Number, element

PAPER = "#ffffff"
WIDE = 2.2  # width of an outline


def shape(path: str, *, fill: str = PAPER) -> str:
    """An outline in the page's ink, so that it is seen on a light and on a dark page."""
    return element("path", d=path, fill=fill, stroke=INK, stroke_width=WIDE, stroke_linejoin="round")


def block(
    x: Number, y: Number, width: Number, height: Number, *, round_by: Number = 2, fill: str = PAPER
) -> str:
    """A rectangle with an outline."""
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=round_by,
        fill=fill,
        stroke=INK,
        stroke_width=WIDE,
    )


def pressurised() -> tuple[str, ...]:
    """An L with its canister on top."""
    return (
        block(18, -40, 14, 22, fill=BLUE),
        shape("M0 -6 L14 -8 L14 -24 L36 -24 L36 6 L14 8 L0 6 Z"),
    )


def with_spacer() -> tuple[str, ...]:
    """A chamber with the inhaler in its far end."""
    inhaler = element("g", *pressurised(), transform="translate(46 0) scale(0.8)")
    return (inhaler, shape("M0 -4 L8 -5 L14 -12 L46 -12 L48 -6 L48 6 L46 12 L14 12 L8 5 L0 4 Z"))


def breath_actuated() -> tuple[str, ...]:
    """An L with a closed top: nothing to press."""
    return (
        shape("M14 -36 C14 -42 36 -42 36 -36 L36 6 L14 8 L0 6 L0 -6 L14 -8 Z"),
        element("path", d="M14 -26 L36 -26", stroke=INK, stroke_width=WIDE),
        block(19, -36, 12, 5, round_by=2.5, fill=BLUE),
    )


def dry_powder() -> tuple[str, ...]:
    """A tube that is loaded at its base."""
    return (
        block(0, -7, 12, 14),
        block(12, -11, 26, 22),
        block(38, -13, 12, 26, fill=BLUE),
        *(element("path", d=f"M{x} -10 L{x} 10", stroke=PAPER, stroke_width=1.4) for x in (42, 46)),
    )


def with_capsule() -> tuple[str, ...]:
    """A body with a button on either side and a capsule within."""
    return (
        block(0, -6, 14, 12),
        block(20, -19, 10, 38, fill=BLUE),
        block(14, -14, 26, 28, round_by=6),
        block(20, -4, 14, 8, round_by=4, fill=BLUE),
    )


def soft_mist() -> tuple[str, ...]:
    """A tube with a clear base that is turned, and a button at its side."""
    return (
        block(0, -6, 10, 12),
        block(22, -14, 8, 6, fill=BLUE),
        block(10, -10, 24, 20),
        block(34, -9, 18, 18, round_by=4),
        block(37, -5, 10, 10, fill=BLUE),
    )


DEVICES: Mapping[TechniqueKind, Callable[[], tuple[str, ...]]] = MappingProxyType(
    {
        TechniqueKind.PMDI: pressurised,
        TechniqueKind.PMDI_SPACER: with_spacer,
        TechniqueKind.BREATH_ACTUATED: breath_actuated,
        TechniqueKind.DRY_POWDER: dry_powder,
        TechniqueKind.DRY_POWDER_CAPSULE: with_capsule,
        TechniqueKind.SOFT_MIST: soft_mist,
    }
)
# Held with the mouthpiece on top while they are got ready.
TURNED = frozenset({TechniqueKind.DRY_POWDER, TechniqueKind.DRY_POWDER_CAPSULE, TechniqueKind.SOFT_MIST})
