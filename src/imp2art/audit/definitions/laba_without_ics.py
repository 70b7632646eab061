"""People on the register with a long-acting reliever in 12 months and no inhaled steroid in that time."""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="laba-without-ics",
    denominator=REGISTER,
    numerator=(
        Clause("laba", AnyIn("laba", months=12)),
        Clause("no-preventer", ~AnyIn("ics", months=12)),
    ),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("NRAD finding as Guidelines in Practice restates it", "2014", "F2"),
    topic=Topic.MEDICINES,
    evidence=("nrad-laba",),
)
