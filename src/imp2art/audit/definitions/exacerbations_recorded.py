"""People on the register whose number of attacks in the past year was recorded in the last 12 months."""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="exacerbations-recorded",
    denominator=REGISTER,
    numerator=(Clause("attacks-counted", AnyIn("exacerbation-count", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("QOF cluster ASTEXACB_COD (opensafely/asthma_sro codelists)", "2024-02-02", "F"),
    topic=Topic.ATTACKS,
    evidence=("nm167", "attack-after-attack"),
)
