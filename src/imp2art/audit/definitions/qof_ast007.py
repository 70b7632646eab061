"""QOF's review indicator: AST007, and AST015 from 2026/27, which differs in the age alone.

R1 is the numerator: someone who has it counts, whatever exclusions the year recorded. R2 to R7 then
take out of the denominator, in turn (clinical fact file §5.3).
"""

from imp2art.audit.conditions import AnyIn, FirstIn, RegisteredWithin, Together, TwoApart
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER

EXCLUSIONS = (
    Clause("unsuitable", AnyIn("unsuitable", months=12)),
    Clause("monitoring-declined", AnyIn("monitoring-declined", months=12)),
    Clause("informed-dissent", AnyIn("informed-dissent", months=12)),
    Clause("invited-twice", TwoApart("invitation", days=7, months=12)),
    Clause("newly-diagnosed", FirstIn("asthma-diagnosis", months=3)),
    Clause("newly-registered", RegisteredWithin(months=3)),
)


def ast007(control_assessed: bool) -> Indicator:
    """The indicator; with `control_assessed`, the rules of 2020 that also asked for a coded score.

    The year in which that requirement went was not found, so the current rules are used throughout.
    """
    before = ("exacerbation-count", "control-score") if control_assessed else ("exacerbation-count",)
    review = Together(
        anchor="asthma-review", same_day="asthma-plan", before=before, before_months=1, months=12
    )
    return Indicator(
        slug="qof-ast007",
        denominator=REGISTER,
        exclusions=EXCLUSIONS,
        numerator=(Clause("review-with-plan", review),),
        direction=Direction.HIGHER,
        versions=(("2020/21", "AST007, aged 6 and over"), ("2026/27", "AST015, aged 5 and over")),
        source=RuleSource(
            "opensafely/asthma_sro study_definition_ast007.py; Primary Care IT's AST015 page (no coded "
            "control assessment)",
            "2024-02-05; seen 2026",
            "F2",
        ),
        topic=Topic.CONTRACT,
        nations=("England",),
        evidence=("qof-ast007",),
    )


INDICATOR = ast007(control_assessed=False)
