"""People on the register whose smoking status was recorded in the last 12 months.

AST008 asked it up to 19 years, for the person or the household; here it is asked at all ages, and only
the person's own status is read.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="smoking-recorded",
    denominator=REGISTER,
    numerator=(
        Clause(
            "smoking-recorded",
            AnyIn("smoking-current", months=12)
            | AnyIn("smoking-ex", months=12)
            | AnyIn("smoking-never", months=12),
        ),
    ),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "smoking sets of UoM-Data-Science-Platforms/gm-sde; the indicator is this project's own",
        "2025-01-15",
        "C",
    ),
    topic=Topic.SMOKING,
    evidence=("nrap-wales-smoking", "bts-sign-risk"),
)
