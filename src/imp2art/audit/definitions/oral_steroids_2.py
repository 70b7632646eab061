"""People on the register with 2 or more courses of oral steroids in the last 12 months.

Issues up to 14 days after a course began belong to it, and long-term use (4 issues in 120 days) is
none: parameters that the clinical fact file §1.6 sets [C], and the same as the clinic's own
(asthma/reference); 7 days is used elsewhere too. A course before the first diagnosis is not counted.
"""

from imp2art.audit.conditions import CoursesAtLeast
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS


def courses(count: int) -> CoursesAtLeast:
    """At least so many courses of oral steroids in the last 12 months."""
    return CoursesAtLeast(
        "oral-steroid",
        count,
        months=12,
        since="asthma-diagnosis",
        joined_days=14,
        steady_issues=4,
        steady_days=120,
    )


INDICATOR = Indicator(
    slug="oral-steroids-2",
    denominator=REGISTER,
    numerator=(Clause("courses", courses(2)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("NG245's high-risk list as a GP revision file restates it", "2024-11-27", "F2"),
    topic=Topic.ATTACKS,
    evidence=("ng245-high-risk", "nrad-referral"),
)
