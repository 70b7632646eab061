"""Of the people on the register issued a reliever in the last 12 months, those without any preventer.

Any medicine with an inhaled steroid is a preventer here, alone or combined.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="saba-without-ics",
    denominator=(*REGISTER, Clause("reliever", AnyIn("saba", months=12))),
    numerator=(Clause("no-preventer", ~AnyIn("ics", months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "MHRA Drug Safety Update and NG245 as NHS Highland's formulary quotes them", "2025-04", "F2"
    ),
    topic=Topic.MEDICINES,
    evidence=("mhra-2025",),
)
