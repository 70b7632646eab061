"""Of the people whose control was scored in the last 12 months, those in whom the latest score was poor.

Poor is ACT or C-ACT of 19 or less (PMC10336001, PMC7924476) [F], ACQ of 1.5 or more (PMC7924476) [F], and
2 or 3 of the three questions (Pinnock 2012, PMC6547952) [F]. The three questions alone are not used under
17 years (Leicester repository 10202531) [F]. Where a day has two scores, one that is poor is enough.
"""

from decimal import Decimal

from imp2art.audit.conditions import AnyIn, Band, LatestIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS, aged

QUESTIONNAIRES = ("act-score", "cact-score", "acq-score")
POOR = (
    Band("act-score", high=Decimal(19)),
    Band("cact-score", high=Decimal(19)),
    Band("acq-score", low=Decimal("1.5")),
)
THREE_QUESTIONS = "rcp3q-score"
GROWN = aged(17)
POOR_IN_ANY = LatestIn(
    (*POOR, Band(THREE_QUESTIONS, low=Decimal(2))), among=(*QUESTIONNAIRES, THREE_QUESTIONS), months=12
)
POOR_IN_QUESTIONNAIRE = LatestIn(POOR, among=QUESTIONNAIRES, months=12)

INDICATOR = Indicator(
    slug="control-poor",
    denominator=(
        *REGISTER,
        Clause("scored", AnyIn("control-score", months=12) | (GROWN & AnyIn(THREE_QUESTIONS, months=12))),
    ),
    numerator=(Clause("poor-control", (GROWN & POOR_IN_ANY) | (~GROWN & POOR_IN_QUESTIONNAIRE)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource("cut-points of the clinical fact file §1.1-§1.3", "2026", "F"),
    topic=Topic.CONTROL,
    evidence=("act-cut-point", "acq-cut-point", "rcp3q-cut-point", "rcp3q-children"),
)
