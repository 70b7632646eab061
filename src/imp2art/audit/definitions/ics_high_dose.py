"""Of the people with an inhaled steroid in the last 12 months, those with a product of a high-dose strength.

A strength, not a daily dose: it does not say how much is taken (OpenPrescribing measure icsdose).
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="ics-high-dose",
    denominator=(*REGISTER, Clause("preventer", AnyIn("ics", months=12))),
    numerator=(Clause("high-dose", AnyIn("ics-high-dose", months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "strengths of OpenPrescribing measure icsdose (bennettoxford/openprescribing)", "2026-02-09", "F"
    ),
    topic=Topic.MEDICINES,
    evidence=("openprescribing-icsdose", "high-dose-safety"),
)
