"""Of the people who began a new kind of asthma medicine, those with a plan from that day or later.

A kind is a class of medicine; another product of the same class is no new regimen here. Issues of the
year before are looked for, so someone who joined in that year is not asked about.
"""

from imp2art.audit.conditions import Begun, SinceBegun
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

BEGUN = Begun(
    ("ics", "ics-laba", "ics-formoterol", "ics-laba-lama", "laba", "lama", "ltra", "theophylline"),
    months=12,
    clear_months=12,
)

INDICATOR = Indicator(
    slug="plan-updated-after-regimen",
    denominator=(*REGISTER, Clause("regimen-begun", BEGUN)),
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
