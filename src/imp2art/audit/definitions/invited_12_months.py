"""Of the people on the register without a review in 12 months, those who were invited in that time."""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="invited-12-months",
    denominator=(*REGISTER, Clause("not-reviewed", ~AnyIn("asthma-review", months=12))),
    numerator=(Clause("invited", AnyIn("invitation", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "QOF cluster ASTINVITE_COD (opensafely/asthma_sro); the indicator is this project's own",
        "2024-02-02",
        "C",
    ),
    topic=Topic.REVIEW,
    evidence=("ng245-review",),
)
