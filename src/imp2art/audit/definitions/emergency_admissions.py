"""People on the register with an emergency admission for asthma in the last 12 months."""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="emergency-admissions",
    denominator=REGISTER,
    numerator=(Clause("admitted", AnyIn("emergency-admission", months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("PRIMIS list astadm (opensafely/vaccine-effectiveness-in-kids)", "2024-01-12", "F"),
    topic=Topic.ATTACKS,
    evidence=("gibson-2003", "nrad-discharge"),
)
