"""Of the people in whom asthma was first suspected more than 12 months ago, those never diagnosed with it.

Someone in whom it was ruled out counts too: no code for that was found. The code for a suspicion was not
found either; a site imports it (codes/slots.py). 12 months is the longer end of the time in which tests are
to be tried again (clinical fact file §2) [F2].
"""

from imp2art.audit.conditions import AnyIn, FirstIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import ON_LIST

SUSPECTED = AnyIn("suspected-asthma", months=None) & ~FirstIn("suspected-asthma", months=12)
NEVER_DIAGNOSED = Clause("never-diagnosed", ~AnyIn("asthma-diagnosis", months=None))

INDICATOR = Indicator(
    slug="suspected-unconfirmed",
    denominator=(ON_LIST, Clause("suspected-long-ago", SUSPECTED)),
    numerator=(NEVER_DIAGNOSED,),
    direction=Direction.LOWER,
    versions=(("2020/21", "suspected more than 12 months ago"),),
    source=RuleSource("clinical fact file §2; the indicator is this project's own", "2026", "C"),
    topic=Topic.DIAGNOSIS,
    evidence=("nrap-objective-tests",),
)
