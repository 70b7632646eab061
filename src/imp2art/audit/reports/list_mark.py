"""What a practice did about a person on an indicator's list."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from imp2art.core.refusal import Refusal
from imp2art.core.written import as_seen, is_in_words

# [C] a choice of this project: a year's work. Whoever is on the list after that is there anew.
HOLDS_DAYS = 365
LONGEST_REASON = 300


class Mark(StrEnum):
    """Stored names: never rename one."""

    OPEN = "open"  # nothing yet, or what was marked was taken back
    ASSIGNED = "assigned"
    DONE = "done"
    NOT_APPROPRIATE = "not-appropriate"


SEEN_TO = frozenset({Mark.DONE, Mark.NOT_APPROPRIATE})


def holds(marked_on: date, today: date) -> bool:
    """Whether a mark of that day still counts."""
    return today - marked_on <= timedelta(days=HOLDS_DAYS)


def check_mark(mark: Mark, reason: str, assignee: str) -> None:
    """Raise `Refusal` where a mark lacks who it is for, or why."""
    if mark is Mark.ASSIGNED and not assignee:
        raise Refusal("Choose the colleague to assign these people to.")
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"A reason has at most {LONGEST_REASON} characters.")
    if mark is Mark.NOT_APPROPRIATE:
        _check_reason(reason)


def _check_reason(reason: str) -> None:
    if not any(map(str.isalpha, as_seen(reason))):
        raise Refusal("Write why it is not appropriate for these people.")
    if not is_in_words(reason):
        raise Refusal(
            "Write in words why it is not appropriate for these people, so that a colleague understands it."
        )
