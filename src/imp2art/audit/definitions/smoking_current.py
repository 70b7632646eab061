"""Of the people on the register whose smoking status is known, those who smoke by the latest entry."""

from imp2art.audit.conditions import AnyIn, Band, LatestIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

SMOKES = Clause(
    "smokes",
    LatestIn(
        (Band("smoking-current"),),
        among=("smoking-current", "smoking-ex", "smoking-never"),
        months=None,
    ),
)
SMOKING_SOURCE = RuleSource("smoking sets of UoM-Data-Science-Platforms/gm-sde", "2025-01-15", "C")

INDICATOR = Indicator(
    slug="smoking-current",
    denominator=(
        *REGISTER,
        Clause(
            "smoking-known",
            AnyIn("smoking-current", months=None)
            | AnyIn("smoking-ex", months=None)
            | AnyIn("smoking-never", months=None),
        ),
    ),
    numerator=(SMOKES,),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=SMOKING_SOURCE,
    topic=Topic.SMOKING,
    evidence=("bts-sign-risk",),
)
