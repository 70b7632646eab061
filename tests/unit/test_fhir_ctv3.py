"""The fields of a plan that have a CTV3 code: what is covered comes back, what is not is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp2art.core.refusal import Refusal
from imp2art.fhir.ctv3 import CoveredPlan, covered_of, not_covered, plan_fields, read_table, write_table
from tests.spec.plans import MART, PEAK_FLOW, with_usual

PUFFS = st.none() | st.integers(0, 999_999_999)
SIGNS = st.lists(st.sampled_from(("reliever-within-four-hours", "breathing-fast", "not-better")), max_size=3)
TABLE = write_table(plan_fields(covered_of(PEAK_FLOW)))


def test_the_table_of_a_peak_flow_plan() -> None:
    assert TABLE.splitlines() == [
        "code,field,value,unit",
        "Y139e,preventer-morning,2,{puff}",
        "Y13a6,preventer-evening,2,{puff}",
        "Y139f,reliever-if-needed,2,{puff}",
        "Y139d,attack-signs,reliever-within-four-hours,",
        "Y13a9,attack-peak-flow-below,240,L/min",
        "Y13a8,reliever-more-often-than-every,4,h",
    ]


def test_a_blank_has_no_row_and_nought_has_one() -> None:
    plan = with_usual(MART, morning_puffs=None, evening_puffs=0)
    codes = {row.code: row.value for row in plan_fields(covered_of(plan))}
    assert "Y139e" not in codes
    assert codes["Y13a6"] == "0"


def test_what_the_fields_do_not_hold_is_named() -> None:
    left = not_covered(PEAK_FLOW)
    assert {"usual.preventer", "best_peak_flow", "action_points", "emergency.max_puffs", "goal"} <= set(left)
    assert not {"usual.morning_puffs", "emergency.signs", "usual.max_puffs_a_day"} & set(left)


@given(st.builds(CoveredPlan, PUFFS, PUFFS, PUFFS, SIGNS.map(tuple), PUFFS))
def test_what_is_covered_comes_back_as_it_was(covered: CoveredPlan) -> None:
    assert read_table(write_table(plan_fields(covered))) == covered


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code,field", "field,code", "Line 1"),
        ("Y139e", "Y139x", "Line 2"),
        ("preventer-morning,2,{puff}", "preventer-morning,2,mg", "Line 2"),
        ("preventer-morning,2", "preventer-morning,", "no value"),
        ("preventer-morning,2", "preventer-morning,two", "digits"),
        ("Y13a6,preventer-evening", "Y139e,preventer-morning", "Line 3"),
        ("more-often-than-every,4", "more-often-than-every,3", "contradict"),
        (",reliever-within-four-hours", ",=SUM(A1)", "contradict"),
        ("attack-signs,reliever-within-four-hours", 'attack-signs,"', "not CSV"),
        ("{puff}\r\n", "{puff},\r\n", "Line 2"),
    ],
)
def test_a_table_that_is_not_ours_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_table(TABLE.replace(old, new, 1))


def test_a_sign_that_a_spreadsheet_would_run_is_not_written() -> None:
    plan = replace(PEAK_FLOW, emergency=replace(PEAK_FLOW.emergency, signs=("=SUM(A1)",)))
    with pytest.raises(Refusal):
        plan_fields(covered_of(plan))
