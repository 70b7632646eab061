"""People on the register with an attack in the last 12 months.

An attack is a code for one, emergency care for asthma, or a course of oral steroids (clinical fact file
§1.6, constructed from its three sources). A number of attacks recorded at a review is not counted: it
speaks of the year before the review.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.definitions.oral_steroids_2 import courses
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

ATTACKED = Clause("attacked", AnyIn("attack-coded", months=12) | courses(1))
ATTACK_SOURCE = RuleSource("attack as in the clinical fact file §1.6", "2026", "C")

INDICATOR = Indicator(
    slug="attacks-1",
    denominator=REGISTER,
    numerator=(ATTACKED,),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=ATTACK_SOURCE,
    topic=Topic.ATTACKS,
    evidence=("attack-after-attack", "bts-sign-risk"),
)
