"""People on the register with a day in the last 12 months that has both a review and an action plan."""

from imp2art.audit.conditions import Together
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="plan-in-review",
    denominator=REGISTER,
    numerator=(
        Clause(
            "plan-in-review",
            Together("asthma-review", "asthma-plan", before=(), before_months=1, months=12),
        ),
    ),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("clinical fact file §5.6, the set recommended for this product", "2026", "C"),
    topic=Topic.PLAN,
    evidence=("pinnock-2017", "qs25-plan"),
)
