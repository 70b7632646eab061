"""The whole text of each example plan, as a clinician would sign it.

A changed word fails here first. Read the difference, have it signed, then write the file anew:
`imp2art plan --example mart` shows the plan behind it.
"""

from pathlib import Path

import pytest

from imp2art.asthma.plan.family import PlanCopy, PlanFamily
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.text import text_of

TEXTS = Path(__file__).parent / "plan_text"


COPIES = [
    *((family, PlanCopy.OWN) for family in PlanFamily),
    (PlanFamily.CHILD, PlanCopy.CARER),
    (PlanFamily.CHILD, PlanCopy.SCHOOL),
    (PlanFamily.UNDER_FIVES, PlanCopy.SCHOOL),
    (PlanFamily.AIR, PlanCopy.SCHOOL),
]


@pytest.mark.parametrize(("family", "copy"), COPIES, ids=lambda given: given.value)
def test_the_text_of_the_plan_is_the_one_that_was_read_and_kept(family: PlanFamily, copy: PlanCopy) -> None:
    name = family.value if copy is PlanCopy.OWN else f"{family.value}-{copy.value}"
    kept = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    assert text_of(write_page(read_plan(example_plan(family)), copy=copy)) == kept
