"""Of the people with a preventer in the last 12 months, those without one in the last 6.

A preventer that is no longer collected. Six months is this project's own [C]: a device of 120 doses lasts
4 at one dose a day. People with an inhaled steroid and formoterol are left out, since it may be taken
only when needed. Fewer than 12 preventers a year is a threshold from memory, and is not used.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="ics-under-use",
    denominator=(
        *REGISTER,
        Clause("preventer", AnyIn("ics", months=12)),
        Clause("not-as-needed", ~AnyIn("ics-formoterol", months=12)),
    ),
    numerator=(Clause("preventer-stopped", ~AnyIn("ics", months=6)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "MHRA Drug Safety Update as NHS Highland's formulary quotes it; the 6 months are our own",
        "2025-04",
        "C",
    ),
    topic=Topic.MEDICINES,
    evidence=("mhra-2025", "ng245-high-risk"),
)
