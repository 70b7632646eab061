"""People on the register who were issued 6 or more reliever inhalers in the last 12 months."""

from imp2art.audit.conditions import DevicesAtLeast
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="saba-6",
    denominator=REGISTER,
    numerator=(Clause("relievers", DevicesAtLeast("saba", 6, months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("Scottish respiratory prescribing guide; gov.scot 2024–27", "2024", "F"),
    topic=Topic.MEDICINES,
    evidence=("scottish-guide",),
)
