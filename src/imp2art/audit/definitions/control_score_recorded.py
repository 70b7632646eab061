"""People on the register with the score of a validated control questionnaire in the last 12 months.

The three questions of the Royal College of Physicians are none: cluster ASTCONTASS holds only the scores
of ACT, C-ACT and ACQ.
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="control-score-recorded",
    denominator=REGISTER,
    numerator=(Clause("control-score", AnyIn("control-score", months=12)),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "NICE menu NM167; QOF cluster ASTCONTASS_COD (opensafely/asthma_sro)", "2024-02-02", "F"
    ),
    topic=Topic.CONTROL,
    evidence=("nm167", "rcp3q-children"),
)
