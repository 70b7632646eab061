"""Of the people on the register with an attack in the last 12 months, those with a plan of that time.

An attack is a code for one, emergency care for asthma, or a course of oral steroids (clinical fact
file §1.6, constructed from its three sources). It is not asked that the plan came after the attack.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.definitions.oral_steroids_2 import courses
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

ATTACKED = Clause(
    "attacked",
    AnyIn("exacerbation", months=12)
    | AnyIn("emergency-admission", months=12)
    | AnyIn("emergency-attendance", months=12)
    | courses(1),
)

INDICATOR = Indicator(
    slug="plan-after-attack",
    denominator=(*REGISTER, ATTACKED),
    numerator=(Clause("plan", AnyIn("asthma-plan", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("attack as in the clinical fact file §1.6; plan as in plan-12-months", "2026", "C"),
)
