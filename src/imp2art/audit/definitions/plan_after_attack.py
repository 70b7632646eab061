"""Of the people on the register with an attack in the last 12 months, those with a plan of that time.

It is not asked that the plan came after the attack: plan-updated-after-attack asks that.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.definitions.attacks_1 import ATTACKED
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="plan-after-attack",
    denominator=(*REGISTER, ATTACKED),
    numerator=(Clause("plan", AnyIn("asthma-plan", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("attack as in the clinical fact file §1.6; plan as in plan-12-months", "2026", "C"),
    topic=Topic.PLAN,
    evidence=("attack-after-attack", "ng245-plan-review", "cd003000"),
)
