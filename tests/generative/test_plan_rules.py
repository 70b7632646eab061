"""Whatever is typed into a plan, one that may be issued fits its regimen and age and can be printed."""

import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from imp2art.asthma.plan.action_plan import (
    ActionPlan,
    ActionPoint,
    Emergency,
    PlanBasis,
    PointAction,
    UsualTreatment,
    zone_of,
)
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.family import PlanCopy, PlanFamily, copies_of, family_of
from imp2art.asthma.regimen import Regimen
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.text import text_of
from tests.spec.people import CLENIL_100, FOSTAIR_100, LIBRARY, SALBUTAMOL, SYMBICORT_200, TODAY
from tests.spec.plans import PEAK_FLOW, TWO_INHALERS, inhaler

PREVENTERS = st.sampled_from([None, *map(inhaler, (CLENIL_100, SYMBICORT_200, FOSTAIR_100))])
RELIEVERS = st.sampled_from([None, *map(inhaler, (SALBUTAMOL, SYMBICORT_200, FOSTAIR_100))])
ANSWER = st.sampled_from([None, True, False])
PUFFS = st.sampled_from([None, 0, 1, 2, 4, 8])
LIMITS = st.sampled_from([None, 480, 360, 240, 180])
POINTS = st.builds(
    ActionPoint,
    order=st.just(1),
    signs=st.sampled_from([(), ("waking-at-night",), ("not-better",)]),
    peak_flow_below=LIMITS,
    action=st.sampled_from([None, *PointAction]),
    dose=st.sampled_from([None, 1, 2, 4, 40]),
    days=st.sampled_from([None, 2, 5]),
    call_within_hours=st.sampled_from([None, 24]),
)
USUAL = st.builds(
    UsualTreatment,
    preventer=PREVENTERS,
    morning_puffs=PUFFS,
    evening_puffs=PUFFS,
    reliever=RELIEVERS,
    reliever_puffs=PUFFS,
    max_puffs_a_day=st.sampled_from([None, 4, 8, 12, 13]),
    without_preventer=ANSWER,
    max_checked=ANSWER,
)
ATTACK = st.builds(
    Emergency,
    signs=st.sampled_from([(), ("breathing-fast",)]),
    peak_flow_below=LIMITS,
    puffs_each=st.sampled_from([None, 1, 2]),
    seconds_between=st.sampled_from([None, 30, 60, 120]),
    max_puffs=st.sampled_from([None, 6, 10]),
)


@st.composite
def any_plans(draw: st.DrawFn) -> ActionPlan:
    """Plans with anything in them, for anyone from 1 to 40."""
    points = tuple(replace(point, order=at) for at, point in enumerate(draw(st.lists(POINTS, max_size=5)), 1))
    age_days = draw(st.integers(365, 40 * 365))
    return replace(
        TWO_INHALERS,
        person=replace(TWO_INHALERS.person, born=TODAY - timedelta(days=age_days)),
        regimen=draw(st.sampled_from([None, *Regimen])),
        basis=draw(st.sampled_from([None, *PlanBasis])),
        usual=draw(USUAL),
        best_peak_flow=draw(st.sampled_from([None, PEAK_FLOW.best_peak_flow])),
        action_points=points,
        emergency=draw(ATTACK),
        spacer=draw(ANSWER),
        steroids_considered=draw(ANSWER),
    )


@st.composite
def lawful_plans(draw: st.DrawFn) -> ActionPlan:
    """Whole plans of every regimen, basis and age; some of them not for that age or that regimen."""
    regimen = draw(st.sampled_from(Regimen))
    one = regimen is not Regimen.PREVENTER_RELIEVER
    own = inhaler(draw(st.sampled_from([SYMBICORT_200, FOSTAIR_100]))) if one else None
    daily = None if regimen is Regimen.AIR else draw(st.sampled_from([1, 2]))
    usual = UsualTreatment(own or inhaler(CLENIL_100), daily, daily, own or inhaler(SALBUTAMOL), 1)
    age = draw(st.sampled_from([2, 4, 5, 11, 12, 16, 17, 18, 40]))
    basis = draw(st.sampled_from([PlanBasis.SYMPTOMS, PlanBasis.BOTH]))
    limits = draw(st.lists(st.integers(100, 500), min_size=3, max_size=3, unique=True).map(sorted))
    low, middle, high = limits if basis is PlanBasis.BOTH else (None, None, None)
    action = draw(st.sampled_from([PointAction.EXTRA_RELIEVER, PointAction.INCREASE_PREVENTER]))
    return replace(
        TWO_INHALERS,
        person=replace(TWO_INHALERS.person, born=TODAY.replace(year=TODAY.year - age)),
        regimen=regimen,
        basis=basis,
        usual=replace(usual, max_puffs_a_day=8 if one else None, max_checked=draw(ANSWER)),
        best_peak_flow=PEAK_FLOW.best_peak_flow if basis is PlanBasis.BOTH else None,
        action_points=(
            ActionPoint(1, ("waking-at-night",), high, action, 1, 2, 24),
            ActionPoint(2, ("not-better",), middle, PointAction.CONTACT_PRACTICE, None, None, 24),
        ),
        emergency=Emergency(("breathing-fast",), low, 1, 60, draw(st.sampled_from([6, 10]))),
        spacer=draw(ANSWER),
    )


def issuable(plan: ActionPlan) -> bool:
    return not check_plan(plan, LIBRARY)


SOME = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@SOME
@given(st.one_of(any_plans(), lawful_plans()))
def test_any_plan_is_checked_without_a_fault(plan: ActionPlan) -> None:
    assert all(gap.slug for gap in check_plan(plan, LIBRARY))


@SOME
@given(lawful_plans())
def test_h03_h12_h28_an_issued_plan_is_safe_for_its_regimen_and_age(plan: ActionPlan) -> None:
    assume(issuable(plan))
    family = family_of(plan)
    assert family is not None
    assert 2 <= len(plan.action_points) <= 4
    if plan.regimen is not Regimen.PREVENTER_RELIEVER:
        assert plan.emergency.max_puffs is not None
        assert plan.emergency.max_puffs <= 6
        assert family not in (PlanFamily.CHILD, PlanFamily.UNDER_FIVES)
    if plan.person.born > date(TODAY.year - 17, TODAY.month, TODAY.day):
        assert all(point.action is not PointAction.INCREASE_PREVENTER for point in plan.action_points)


@SOME
@given(lawful_plans(), st.integers(0, 900))
def test_h11_every_reading_of_an_issued_plan_has_one_zone(plan: ActionPlan, reading: int) -> None:
    assume(issuable(plan))
    limits = [*(point.peak_flow_below for point in plan.action_points), plan.emergency.peak_flow_below]
    below = [place for place, limit in enumerate(limits, 1) if limit is not None and reading < limit]
    assert zone_of(plan, reading) == max(below, default=0)


@SOME
@given(lawful_plans())
def test_h03_every_copy_of_an_issued_plan_can_be_written_and_never_says_ten_puffs_on_one_inhaler(
    plan: ActionPlan,
) -> None:
    assume(issuable(plan))
    for copy in {*copies_of(plan.person.born, plan.made_on), PlanCopy.OWN}:
        text = text_of(write_page(plan, copy=copy))
        stops = re.findall(r"Stop at (\d+) puffs", text)
        assert stops == [str(plan.emergency.max_puffs)]
        assert "999" in text
