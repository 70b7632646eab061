"""Of the people on the register who smoke, those offered help to stop in the last 12 months.

Advice, an offer of a referral, and either of them declined: all say that it was offered.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.definitions.smoking_current import SMOKES
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="cessation-offered",
    denominator=(*REGISTER, SMOKES),
    numerator=(Clause("cessation-offered", AnyIn("smoking-advice", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("clinical fact file §5.6 and §6.1; the indicator is this project's own", "2026", "C"),
    topic=Topic.SMOKING,
    evidence=("bts-sign-risk", "step-up-checks"),
)
