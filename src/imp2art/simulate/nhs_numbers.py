"""NHS numbers of people who do not exist: the range 9xx, which is never issued to anyone."""

from __future__ import annotations

import numpy as np

from imp2art.core.refusal import Refusal
from imp2art.simulate.arrays import Ints

# Ten numbers share their first eight digits. At most one of the ten has no check digit, so nine can
# always be used: 10 million beginnings make 90 million numbers.
MOST_PEOPLE = 90_000_000
# Shares no factor with 90,000,000, so that it only shuffles: neighbours get numbers far apart.
_STRIDE = 38_196_601


def nhs_numbers(first_person: int, count: int) -> Ints:
    """The numbers of `count` people from the global index `first_person` on; no two people share one."""
    if first_person + count > MOST_PEOPLE:
        raise Refusal(f"The test range has NHS numbers for {MOST_PEOPLE:,} people. Simulate fewer.")
    place = (np.arange(first_person, first_person + count, dtype=np.int64) * _STRIDE) % MOST_PEOPLE
    beginning, turn = 90_000_000 + place // 9, place % 9
    # The digits before the ninth have the weights 10 down to 3, the ninth has 2.
    total = sum((beginning // 10**power % 10) * (power + 3) for power in range(8))
    without = (6 * (1 - total)) % 11  # the ninth digit for which the computed check would be 10
    ninth = turn + (turn >= without)
    check = (-(total + 2 * ninth)) % 11
    return np.asarray((beginning * 10 + ninth) * 10 + check, dtype=np.int64)
