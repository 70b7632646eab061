"""QOF AST012: of the people first diagnosed from 1 April 2025 on, those with an objective test near it.

From 3 months before to 3 months after (business rules v50, Primary Care IT). From 16 years: eosinophils in
the blood, FeNO, reversibility, peak flow variability or bronchial challenge; under 16: FeNO, reversibility,
peak flow variability, skin prick for house dust mite, bronchial challenge, or total IgE with eosinophils.
Most of these tests have no code in a public source, so a site imports them first (codes/slots.py). What
2026/27 has in its place was not found; its exclusions neither.
"""

from datetime import date

from imp2art.audit.conditions import AgeAtFirst, FirstSince, NearFirst
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER

DIAGNOSIS = "asthma-diagnosis"
GROWN = AgeAtFirst(DIAGNOSIS, years=16)


def _near(tests: str) -> NearFirst:
    return NearFirst(tests, DIAGNOSIS, before_months=3, after_months=3)


INDICATOR = Indicator(
    slug="qof-ast012",
    denominator=(
        *REGISTER,
        Clause("diagnosed-since", FirstSince(DIAGNOSIS, (("2025/26", date(2025, 4, 1)),))),
    ),
    numerator=(
        Clause(
            "tested",
            (GROWN & _near("asthma-test-adult"))
            | (~GROWN & (_near("asthma-test-child") | (_near("total-ige") & _near("blood-eosinophils")))),
        ),
    ),
    direction=Direction.HIGHER,
    versions=(("2025/26", "AST012, diagnosis from 1 April 2025 on"),),
    source=RuleSource("Primary Care IT, business rules v50; Pulse; primarycarepathways", "2025", "F2"),
    topic=Topic.CONTRACT,
    nations=("England",),
    evidence=("qof-ast012", "nrap-objective-tests"),
)
