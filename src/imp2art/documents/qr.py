"""A text as a square that a camera reads (QR code, ISO/IEC 18004), drawn as SVG."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET_BORDER = 4  # modules: readers need it white


@lru_cache(maxsize=256)
def draw_qr(text: str) -> str:
    """The SVG of the text, black on white, without a size of its own.

    Level M still reads with some 15% of the square worn off, as paper in a pocket is.
    """
    rows = tuple(segno.make_qr(text, error="m").matrix)
    side = len(rows) + 2 * QUIET_BORDER
    dark = "".join(
        f"M{x + QUIET_BORDER} {y + QUIET_BORDER}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>'
    )
