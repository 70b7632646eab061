"""People on the register with a course of oral steroids in the last 12 months."""

from imp2art.audit.definitions.oral_steroids_2 import courses
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="oral-steroids-1",
    denominator=REGISTER,
    numerator=(Clause("course", courses(1)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("attack as in the clinical fact file §1.6, its oral steroids", "2026", "C"),
    topic=Topic.ATTACKS,
    evidence=("prescribing-markers", "attack-after-attack"),
)
