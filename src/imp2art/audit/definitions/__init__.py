"""One declaration each: file = slug = URL = column."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from imp2art.audit.definitions import (
    asthma_register,
    oral_steroids_2,
    plan_12_months,
    plan_after_attack,
    qof_ast007,
    review_12_months,
    saba_3,
    saba_6,
    saba_over_12,
    saba_without_ics,
)
from imp2art.audit.indicator import Indicator

# In the order in which a report shows them.
_ALL: tuple[Indicator, ...] = (
    plan_12_months.INDICATOR,
    plan_after_attack.INDICATOR,
    review_12_months.INDICATOR,
    qof_ast007.INDICATOR,
    saba_without_ics.INDICATOR,
    saba_3.INDICATOR,
    saba_6.INDICATOR,
    saba_over_12.INDICATOR,
    oral_steroids_2.INDICATOR,
    asthma_register.INDICATOR,
)
INDICATORS: Mapping[str, Indicator] = MappingProxyType({indicator.slug: indicator for indicator in _ALL})
# The codelists that they read between them.
CODELISTS: tuple[str, ...] = tuple(sorted({slug for indicator in _ALL for slug in indicator.codelists}))
