"""How far a practice got with a list, as it may be told outside: in tenths, and never a count."""

from __future__ import annotations

from functools import lru_cache
from itertools import count

from imp2art.audit.disclosure.rounding import MOST_HIDDEN, REACH

_LEAST = MOST_HIDDEN + 1


def tenths_acted_on(acted: int, listed: int, denominator: int | None) -> int | None:
    """How many in 10 of those `listed` were acted on; `denominator` is the indicator's as it left.

    None where 7 or fewer were acted on or are left; and where it would tell of those who are not on the
    list: a tenth says how many are at least, and more than 7 others must stay possible.
    """
    if min(acted, listed - acted) < _LEAST or denominator is None:
        return None
    told = round(10 * acted / listed)
    most_others = denominator + REACH - _least_listed(told)
    return told if most_others >= _LEAST else None


@lru_cache(maxsize=11)
def _least_listed(told: int) -> int:
    """The shortest list of which this tenth can be told."""
    return next(
        listed
        for listed in count(2 * _LEAST)
        if any(round(10 * acted / listed) == told for acted in range(_LEAST, listed - _LEAST + 1))
    )
