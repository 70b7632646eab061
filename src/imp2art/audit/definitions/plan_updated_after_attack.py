"""Of the people with an attack in 12 months, those with a plan from the day of the latest one or later.

The latest attack is the latest attack code, emergency code or issue of oral steroids. Unlike in the
denominator, issues of one course are not joined here, nor long-term use left out.
"""

from imp2art.audit.conditions import SinceLatest
from imp2art.audit.definitions.attacks_1 import ATTACKED
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="plan-updated-after-attack",
    denominator=(*REGISTER, ATTACKED),
    numerator=(
        Clause(
            "plan-since-attack",
            SinceLatest("asthma-plan", of=("attack-coded", "oral-steroid"), months=12),
        ),
    ),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "attack as in the clinical fact file §1.6; NG245 1.14.2, when a plan is to be reviewed",
        "2024-11-27",
        "C",
    ),
    topic=Topic.PLAN,
    evidence=("ng245-plan-review", "attack-after-attack", "cd003000"),
)
