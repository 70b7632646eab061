"""People on the register with 2 attacks or more in the last 12 months.

Counted are 2 courses of oral steroids, or 2 codes for an attack or emergency care more than 14 days apart
(15 days: up to 14 belong to one attack, clinical fact file §1.6). A course and a code are not added up,
since they are mostly of one attack; so someone with one attack of each kind is missed.
"""

from imp2art.audit.conditions import TwoApart
from imp2art.audit.definitions.attacks_1 import ATTACK_SOURCE
from imp2art.audit.definitions.oral_steroids_2 import courses
from imp2art.audit.indicator import Clause, Direction, Indicator, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="attacks-2",
    denominator=REGISTER,
    numerator=(Clause("attacked-twice", courses(2) | TwoApart("attack-coded", days=15, months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=ATTACK_SOURCE,
    topic=Topic.ATTACKS,
    evidence=("attack-after-attack", "nrad-referral"),
)
