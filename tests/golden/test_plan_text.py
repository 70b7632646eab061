"""The whole text of each example plan, as a clinician would sign it.

A changed word fails here first. Read the difference, have it signed, then write the file anew:
`imp2art plan --example mart` shows the plan behind it.
"""

from pathlib import Path

import pytest

from imp2art.asthma.regimen import Regimen
from imp2art.documents.action_plan import render_plan
from imp2art.documents.plan_file import example_plan, read_plan

TEXTS = Path(__file__).parent / "plan_text"


@pytest.mark.parametrize("regimen", Regimen)
def test_the_text_of_the_plan_is_the_one_that_was_read_and_kept(regimen: Regimen) -> None:
    kept = (TEXTS / f"{regimen.value}.txt").read_text(encoding="utf-8")
    assert render_plan(read_plan(example_plan(regimen))).text == kept
