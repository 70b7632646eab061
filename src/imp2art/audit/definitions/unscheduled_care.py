"""People on the register with emergency care for asthma in the last 12 months: attendance or admission.

Contacts out of hours have no code of their own in the lists found, and are not counted.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="unscheduled-care",
    denominator=REGISTER,
    numerator=(
        Clause(
            "emergency-care",
            AnyIn("emergency-attendance", months=12) | AnyIn("emergency-admission", months=12),
        ),
    ),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "codes of the clinical fact file §6.1; the indicator is this project's own", "2026", "C"
    ),
    topic=Topic.ATTACKS,
    evidence=("nrad-2014-emergency", "gibson-2003"),
)
