"""One declaration each: file = slug = URL = column."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from imp2art.audit.indicator import Indicator

# In the order in which a report shows them: plans first, and each topic in one place.
_IN_ORDER: tuple[str, ...] = (
    "plan-12-months",
    "plan-after-attack",
    "plan-updated-after-attack",
    "plan-updated-after-regimen",
    "plan-in-review",
    "plan-agreed",
    "plan-ever",
    "education-12-months",
    "review-12-months",
    "invited-12-months",
    "technique-12-months",
    "control-recorded",
    "control-score-recorded",
    "control-poor",
    "attacks-1",
    "attacks-2",
    "exacerbations-recorded",
    "unscheduled-care",
    "follow-up-2-days",
    "emergency-admissions",
    "oral-steroids-1",
    "oral-steroids-2",
    "saba-without-ics",
    "saba-3",
    "saba-6",
    "saba-over-12",
    "ics-under-use",
    "laba-without-ics",
    "ics-high-dose",
    "beta-blocker-non-selective",
    "smoking-recorded",
    "smoking-current",
    "cessation-offered",
    "asthma-register",
    "suspected-unconfirmed",
    "case-finding-medicines",
    "case-finding",
    "qof-ast007",
    "qof-ast012",
    "carbon-salbutamol",
)


def _declared_in(slug: str) -> Indicator:
    module = import_module(f"{__name__}.{slug.replace('-', '_')}")
    declared: Indicator = module.INDICATOR
    return declared


INDICATORS: Mapping[str, Indicator] = MappingProxyType({slug: _declared_in(slug) for slug in _IN_ORDER})
# The codelists that they read between them.
CODELISTS: tuple[str, ...] = tuple(
    sorted({slug for indicator in INDICATORS.values() for slug in indicator.codelists})
)
