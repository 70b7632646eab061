"""The gaps of a plan in words, for the person who is making it."""

from __future__ import annotations

from imp2art.asthma.action_plan import Gap
from imp2art.documents.words import phrase

BOOK = "plan_gaps"


def gap_in_words(gap: Gap) -> str:
    """Such as `action point 2: the dose is missing`; no capital and no full stop."""
    words = phrase(BOOK, f"{gap.why.value}-{gap.slug}")
    return words if gap.point is None else phrase(BOOK, "at-point", point=gap.point, words=words)
