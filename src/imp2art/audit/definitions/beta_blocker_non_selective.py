"""PINCER AS_P3G: people with asthma who were issued a non-selective beta-blocker in the last 3 months.

As published, of everyone with asthma coded 3 months ago or longer and not resolved since, treated or not.
The list holds eye drops too.
"""

from imp2art.audit.conditions import AnyIn, FirstIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import DIAGNOSED, ON_LIST

INDICATOR = Indicator(
    slug="beta-blocker-non-selective",
    denominator=(
        ON_LIST,
        DIAGNOSED,
        Clause("diagnosed-3-months-ago", ~FirstIn("asthma-diagnosis", months=3)),
    ),
    numerator=(Clause("beta-blocker", AnyIn("beta-blocker-non-selective", months=3)),),
    direction=Direction.LOWER,
    versions=(("2020/21", "PINCER AS_P3G"),),
    source=RuleSource("PINCER AS_P3G (opensafely/pincer-measures)", "2023-09-21", "F"),
    topic=Topic.MEDICINES,
    evidence=("pincer-beta-blocker",),
)
