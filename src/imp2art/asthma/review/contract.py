"""What the contract's indicator looks for in a review, and what of it a review as it stands would fail.

QOF AST007, and AST015 from 2026/27, ask for a review, a plan of the same day and the number of attacks, all
coded; a measure of control and inhaler technique stand in the indicator's text (clinical fact file §5.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.missing import control_known, technique_was_seen


@dataclass(frozen=True, slots=True)
class ContractItem:
    """`coded`: the indicator counts its code; otherwise it is in the text alone. `met`: as things stand."""

    slug: str
    coded: bool
    met: bool


def contract_items(review: Review, plan: ActionPlan | None) -> tuple[ContractItem, ...]:
    """The five parts, as a finish of this moment would leave them. `plan` is None unless it can be issued.

    A coded score of ACT, C-ACT or ACQ was once counted and no longer is, so that the three questions will do.
    """
    return (
        ContractItem("review", coded=True, met=True),
        ContractItem("plan", coded=True, met=plan is not None),
        ContractItem("attacks", coded=True, met=review.attacks_12_months is not None),
        ContractItem("control", coded=False, met=control_known(review)),
        ContractItem("technique", coded=False, met=technique_was_seen(review)),
    )
