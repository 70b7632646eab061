"""People on the register who were issued 3 or more reliever inhalers in the last 12 months."""

from imp2art.audit.conditions import DevicesAtLeast
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="saba-3",
    denominator=REGISTER,
    numerator=(Clause("relievers", DevicesAtLeast("saba", 3, months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("Scottish respiratory prescribing guide; SABINA (gponline)", "2024", "F"),
    topic=Topic.MEDICINES,
    evidence=("sabina", "ng245-high-risk"),
)
