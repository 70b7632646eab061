"""People on the register with a plan agreed or reviewed in the last 12 months.

A narrower reading than plan-12-months: a code that someone has a plan does not say that it was talked over.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="plan-agreed",
    denominator=REGISTER,
    numerator=(Clause("plan-agreed", AnyIn("plan-agreed", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "QOF cluster WRITPASTP_COD, two of its three codes (opensafely/asthma_sro)", "2024-02-02", "F"
    ),
    topic=Topic.PLAN,
    evidence=("qs25-plan", "pinnock-2017"),
)
