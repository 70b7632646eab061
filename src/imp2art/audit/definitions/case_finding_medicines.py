"""Children with a medicine or a review that speaks of asthma, and no diagnosis of it.

The parts of search ASTCF00 (NICE shared learning) that need no code for a suspicion or a wheeze. ASTCF00
counts oral steroids “with no other reason”; other reasons are not looked at here. An inhaled steroid in the
last year is one issue of it, whatever its quantity.
"""

from imp2art.audit.conditions import AnyIn, Condition, DevicesAtLeast
from imp2art.audit.definitions.suspected_unconfirmed import NEVER_DIAGNOSED
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import ON_LIST, aged

MEDICINES = (
    DevicesAtLeast("saba", 2, months=12)
    | DevicesAtLeast("ics", 2, months=24)
    | AnyIn("ics", months=12)
    | AnyIn("oral-steroid", months=12)
    | AnyIn("asthma-review", months=60)
)


def case_finding(slug: str, signs: Condition) -> Indicator:
    """Of the children from 5 to 17 years with one of the signs, those without a diagnosis."""
    return Indicator(
        slug=slug,
        denominator=(
            ON_LIST,
            Clause("aged-5-to-17", aged(5) & ~aged(18)),
            Clause("sign-of-asthma", signs),
        ),
        numerator=(NEVER_DIAGNOSED,),
        direction=Direction.LOWER,
        versions=(("2020/21", "ASTCF00, ages 5 to 17"),),
        source=RuleSource("NICE shared learning, search ASTCF00", "seen 2026", "F"),
        topic=Topic.DIAGNOSIS,
        evidence=("nice-astcf00",),
    )


INDICATOR = case_finding("case-finding-medicines", MEDICINES)
