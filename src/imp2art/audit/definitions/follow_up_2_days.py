"""Of the people with emergency care for asthma in the last 12 months, those seen within 2 working days.

The latest care that is due counts: that whose 2 working days have passed. Seen is an asthma review code,
follow-up among them.
"""

from imp2art.audit.conditions import DueForFollowUp, FollowedUp
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

CARE = ("emergency-attendance", "emergency-admission")

INDICATOR = Indicator(
    slug="follow-up-2-days",
    denominator=(*REGISTER, Clause("follow-up-due", DueForFollowUp(CARE, working_days=2, months=12))),
    numerator=(Clause("followed-up", FollowedUp(CARE, by=("asthma-review",), working_days=2, months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "NICE QS25 statement 4 (transformationpartners London asthma toolkit)", "seen 2026", "F"
    ),
    topic=Topic.ATTACKS,
    evidence=("qs25-follow-up", "nrad-discharge"),
)
