"""People on the register who were issued more than 12 reliever inhalers in the last 12 months."""

from imp2art.audit.conditions import DevicesAtLeast
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="saba-over-12",
    denominator=REGISTER,
    numerator=(Clause("relievers", DevicesAtLeast("saba", 12, months=12, or_more=False)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("NRAD 2014 as the Scottish respiratory prescribing guide quotes it", "2024", "F2"),
    topic=Topic.MEDICINES,
    evidence=("nrad-saba",),
)
