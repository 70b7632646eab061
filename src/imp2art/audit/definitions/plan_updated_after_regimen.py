"""Of the people who began a new kind of asthma medicine, those with a plan from that day or later.

A kind is a class of medicine; another product of the same class is no new regimen here. Issues of the
12 months before the beginning are looked for, so only people registered here for 24 months are asked about:
what others had elsewhere is not known.
"""

from imp2art.audit.conditions import Begun, RegisteredWithin, SinceBegun
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

BEGUN = Begun(
    ("ics", "ics-laba", "ics-formoterol", "ics-laba-lama", "laba", "lama", "ltra", "theophylline"),
    months=12,
    clear_months=12,
)

INDICATOR = Indicator(
    slug="plan-updated-after-regimen",
    denominator=(
        *REGISTER,
        Clause("here-2-years", ~RegisteredWithin(months=24)),
        Clause("regimen-begun", BEGUN),
    ),
    numerator=(Clause("plan-since-begun", SinceBegun("asthma-plan", BEGUN)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "NG245 1.14 as SIGN 245's page restates it; classes and 12 months are this project's own",
        "2024-11-27",
        "C",
    ),
    topic=Topic.PLAN,
    evidence=("ng245-plan-review",),
)
