"""People on the register whose asthma control was recorded in the last 12 months, in one way or another.

A questionnaire's score, the score of the three questions of the Royal College of Physicians, or an answer
to each of the three.
"""

from imp2art.audit.conditions import AnyIn, Condition
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS


def _answered(question: str) -> Condition:
    return AnyIn(f"rcp3q-{question}-yes", months=12) | AnyIn(f"rcp3q-{question}-no", months=12)


CONTROL = (
    AnyIn("control-score", months=12)
    | AnyIn("rcp3q-score", months=12)
    | (_answered("sleep") & _answered("day") & _answered("activities"))
)
INDICATOR = Indicator(
    slug="control-recorded",
    denominator=REGISTER,
    numerator=(Clause("control", CONTROL),),
    direction=Direction.HIGHER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("clinical fact file §1.1-§1.3, §6.1", "2026", "C"),
    topic=Topic.CONTROL,
    evidence=("ng245-review", "nm167"),
)
