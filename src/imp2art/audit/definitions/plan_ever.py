"""People on the register with a personal asthma action plan recorded at any time.

It never expires, so it is always higher than plan-12-months: the two stand side by side because published
figures differ in just this (programme fact file §3.6).
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="plan-ever",
    denominator=REGISTER,
    numerator=(Clause("plan-ever", AnyIn("asthma-plan", months=None)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("QOF cluster WRITPASTP_COD (opensafely/asthma_sro codelists)", "2024-02-02", "F"),
    topic=Topic.PLAN,
    evidence=("plan-figures-differ", "nrad-2014"),
)
