"""The code on a plan's copies: kept with the plan, and asked by anyone who holds a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from imp2art.store.models import ActionPlanRow, PlanCodeRow


@dataclass(frozen=True, slots=True)
class CodeFound:
    """All that a code tells: when another plan took this one's place, None where none has."""

    replaced_at: datetime | None


def keep_code(plan: ActionPlanRow) -> None:
    """Keep the code that the plan's value holds. Inside the caller's transaction; older plans have none."""
    if code := plan.body.get("currency_code"):
        PlanCodeRow.objects.create(plan=plan, code=code)


def find_code(code: str) -> CodeFound | None:
    """What the code tells, whichever practice's it is; None for a code that this site never gave."""
    found = PlanCodeRow.objects.filter(code=code).values_list("plan__replaced_at", flat=True)[:1]
    return next((CodeFound(replaced_at) for replaced_at in found), None)
