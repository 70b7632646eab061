"""People on the register whose inhaler technique was seen in the last 12 months.

The code says that it was observed. Codes for how good it was were not found (clinical fact file §6.1).
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="technique-12-months",
    denominator=REGISTER,
    numerator=(Clause("technique", AnyIn("technique-observed", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "NG245 1.5-1.6 as a GP revision file restates it; code from clinical fact file §6.1",
        "2024-11-27",
        "F2",
    ),
    topic=Topic.REVIEW,
    evidence=("ng245-technique",),
)
