"""People on the register with education about asthma recorded in the last 12 months."""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="education-12-months",
    denominator=REGISTER,
    numerator=(Clause("educated", AnyIn("self-management-education", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("clinical fact file §6.1, codes; the indicator is this project's own", "2026", "C"),
    topic=Topic.PLAN,
    evidence=("pinnock-2017",),
)
