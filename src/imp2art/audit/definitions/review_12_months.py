"""People on the register with an asthma review in the last 12 months."""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="review-12-months",
    denominator=REGISTER,
    numerator=(Clause("reviewed", AnyIn("asthma-review", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("QOF cluster REV_COD (opensafely/asthma_sro codelists)", "2024-02-02", "F"),
    topic=Topic.REVIEW,
    evidence=("ng245-review", "hodkinson-2020"),
)
