"""Prevalence: the asthma register over everyone on the list."""

from imp2art.audit.indicator import Direction, Indicator, Topic
from imp2art.audit.register import (
    DIAGNOSED,
    OLD_ENOUGH,
    ON_LIST,
    REGISTER_SOURCE,
    REGISTER_VERSIONS,
    TREATED,
)

INDICATOR = Indicator(
    slug="asthma-register",
    denominator=(ON_LIST,),
    numerator=(DIAGNOSED, TREATED, OLD_ENOUGH),
    direction=Direction.NEITHER,
    versions=REGISTER_VERSIONS,
    source=REGISTER_SOURCE,
    topic=Topic.DIAGNOSIS,
    evidence=("register-lost",),
)
