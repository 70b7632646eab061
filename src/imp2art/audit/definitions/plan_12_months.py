"""People on the register with a personal asthma action plan recorded in the last 12 months.

A plan expires: a code of years ago is no plan. Published figures range from 6% to 83% because their
definitions differ in just this (programme fact file §3.6).
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="plan-12-months",
    denominator=REGISTER,
    numerator=(Clause("plan", AnyIn("asthma-plan", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("QOF cluster WRITPASTP_COD (opensafely/asthma_sro codelists)", "2024-02-02", "F"),
    topic=Topic.PLAN,
    evidence=("gibson-2003", "nrad-2014", "plan-figures-differ"),
)
