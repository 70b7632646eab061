"""Say whether a copy of a plan is the newest one, to anyone who holds it, and nothing else."""

from __future__ import annotations

from datetime import tzinfo

from imp2art.asthma.plan.currency import Currency, CurrencyState, read_code
from imp2art.core.refusal import Refusal
from imp2art.store.plan_codes import find_code


def check_currency(typed: str, zone: tzinfo) -> Currency:
    """The state of the plan of this code; the day of a replacement is that of the time zone.

    What is no code and what is nobody's code are both "not known".
    """
    try:
        found = find_code(read_code(typed))
    except Refusal:
        found = None
    if found is None:
        return Currency(CurrencyState.NOT_KNOWN)
    if found.replaced_at is None:
        return Currency(CurrencyState.CURRENT)
    return Currency(CurrencyState.REPLACED, found.replaced_at.astimezone(zone).date())
