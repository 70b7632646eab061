"""Chapter 10. Which family of plan fits an age, what a child's plan needs, and when it is outgrown.

NICE NG245 1.14.1–1.14.4: a plan from 5 years, one for the family under 5; no more inhaled steroid under
17. The treatment of 5–11 stands apart from 12 and over. Hazards H-03, H-08 and H-28.
"""

from dataclasses import replace
from datetime import date

import pytest

from imp2art.asthma.plan.action_plan import ActionPlan, PlanBasis, PointAction
from imp2art.asthma.plan.family import (
    PlanCopy,
    PlanFamily,
    classify_family,
    copies_of,
    family_of,
    outgrown_on,
)
from imp2art.asthma.plan.state import PlanState, plan_standing
from imp2art.asthma.regimen import Regimen, classify_regimen
from tests.spec.people import ATTACK, CLENIL_100, LIBRARY, PLAN, SALBUTAMOL, SYMBICORT_200, TODAY, person
from tests.spec.plans import (
    AIR,
    CALL,
    MART,
    PEAK_FLOW,
    TWO_INHALERS,
    WORSE,
    born,
    inhaler,
    said_of,
    with_point,
    with_usual,
)

OWN, CARER, SCHOOL = PlanCopy.OWN, PlanCopy.CARER, PlanCopy.SCHOOL
SEPARATE, UNDER, CHILD = PlanFamily.PREVENTER_RELIEVER, PlanFamily.UNDER_FIVES, PlanFamily.CHILD
STEPS = (WORSE, CALL)


def at(age: int, *, tomorrow: bool = False) -> str:
    """The birthday of someone who is that old today, or only tomorrow."""
    return TODAY.replace(year=TODAY.year - age, day=TODAY.day + tomorrow).isoformat()


def child_of(age: int, plan: ActionPlan = TWO_INHALERS) -> ActionPlan:
    """The plan for a child of this age, by symptoms, with steps that fit one."""
    return born(replace(plan, action_points=STEPS, spacer=True), at(age))


class TestTheFamily:
    @pytest.mark.parametrize(
        ("born_on", "family", "copies"),
        [
            (at(5, tomorrow=True), UNDER, (OWN, SCHOOL)),
            (at(5), CHILD, (OWN, CARER, SCHOOL)),
            (at(12, tomorrow=True), CHILD, (OWN, CARER, SCHOOL)),
            (at(12), SEPARATE, (OWN, CARER, SCHOOL)),
            (at(16, tomorrow=True), SEPARATE, (OWN, CARER, SCHOOL)),
            (at(16), SEPARATE, (OWN, SCHOOL)),
            (at(17), SEPARATE, (OWN, SCHOOL)),
            (at(18, tomorrow=True), SEPARATE, (OWN, SCHOOL)),
            (at(18), SEPARATE, (OWN,)),
        ],
        ids=["4", "5", "11", "12", "15", "16", "17", "17 and a year less a day", "18"],
    )
    def test_h28_each_birthday_gives_its_family_and_its_copies(self, born_on, family, copies):
        day = date.fromisoformat(born_on)
        assert classify_family(Regimen.PREVENTER_RELIEVER, day, TODAY).family is family
        assert copies_of(day, TODAY) == copies

    @pytest.mark.parametrize("regimen", [Regimen.MART, Regimen.AIR])
    def test_h28_one_inhaler_for_both_jobs_is_from_12(self, regimen):
        young = classify_family(regimen, date.fromisoformat(at(12, tomorrow=True)), TODAY)
        assert (young.family, young.finding.clause) == (None, f"{regimen.value}-under-12")
        assert classify_family(regimen, date.fromisoformat(at(12)), TODAY).family == regimen.value

    def test_h03_without_a_regimen_there_is_no_family(self):
        assert family_of(replace(TWO_INHALERS, regimen=None)) is None


class TestAChildsPlan:
    @pytest.mark.parametrize("age", [4, 5, 11, 12, 16])
    def test_a_whole_plan_of_any_age_may_be_issued(self, age):
        assert said_of(child_of(age)) == []

    @pytest.mark.parametrize(("age", "gap"), [(4, ["spacer"]), (11, ["spacer"]), (12, [])])
    def test_h15_whether_a_spray_is_used_with_a_spacer_is_asked_under_12(self, age, gap):
        spray = replace(inhaler(CLENIL_100), device="pMDI")
        assert said_of(replace(with_usual(child_of(age), preventer=spray), spacer=None)) == gap

    @pytest.mark.parametrize("basis", [PlanBasis.PEAK_FLOW, PlanBasis.BOTH])
    def test_under_5_nobody_goes_by_peak_flow(self, basis):
        assert "peak-flow-under-5" in said_of(replace(child_of(4, PEAK_FLOW), basis=basis))

    @pytest.mark.parametrize("age", [4, 5, 11, 12, 16])
    def test_h08_no_child_takes_more_preventer(self, age):
        more = with_point(child_of(age), 1, action=PointAction.INCREASE_PREVENTER)
        assert said_of(more) == ["increase-under-17"]

    @pytest.mark.parametrize("plan", [MART, AIR], ids=["MART", "AIR"])
    def test_h28_one_inhaler_for_both_jobs_is_refused_under_12(self, plan):
        kept = replace(plan, action_points=(plan.action_points[0], CALL))
        assert said_of(born(kept, at(12, tomorrow=True))) == [f"{plan.regimen.value}-under-12"]
        assert said_of(born(kept, at(12))) == []


class TestWithoutAPreventer:
    """Under 5, suspected asthma: a reliever with or without a preventer (NG245 1.14.3)."""

    urgent = replace(WORSE, action=PointAction.EXTRA_RELIEVER)
    alone = replace(
        with_usual(
            child_of(4), preventer=None, morning_puffs=None, evening_puffs=None, without_preventer=True
        ),
        action_points=(urgent, CALL),
    )

    def test_it_may_be_issued_under_5(self):
        assert said_of(self.alone) == []

    def test_from_5_it_may_not(self):
        assert said_of(born(self.alone, at(5))) == ["no-preventer-from-5"]

    def test_h15_a_blank_is_not_the_word_that_there_is_none(self):
        assert said_of(with_usual(self.alone, without_preventer=None)) == ["preventer", "preventer-puffs"]

    def test_none_and_one_at_once_is_refused(self):
        assert said_of(with_usual(self.alone, preventer=inhaler(CLENIL_100))) == ["preventer-contradicts"]

    def test_no_step_asks_for_what_is_not_there(self):
        assert said_of(replace(self.alone, action_points=STEPS)) == ["no-preventer-to-take"]

    def test_the_record_begins_it_for_a_child_with_a_reliever_only(self):
        found = classify_regimen(person(at(4)).took(SALBUTAMOL, "2026-10-05").record, LIBRARY, TODAY)
        assert (found.regimen, found.finding.clause) == (Regimen.PREVENTER_RELIEVER, "reliever-only-under-5")
        assert found.preventer is None

    def test_a_childs_label_for_both_jobs_is_not_read_as_mart(self):
        label = "1 puff twice a day and 1 puff when required"
        life = person(at(8)).took(SYMBICORT_200, "2026-10-05", label=label)
        assert classify_regimen(life.record, LIBRARY, TODAY).finding.clause == "mart-under-12"


class TestWhatOvertakesAPlan:
    """Each of them alone marks the plan as one to renew."""

    @staticmethod
    def standing(life):
        from imp2art.asthma.attacks import attacks

        return plan_standing(life.record, LIBRARY, TODAY, attacks(life.record, LIBRARY, TODAY))

    @pytest.mark.parametrize("age", [5, 12])
    def test_h28_a_birthday_to_another_family(self, age):
        life = person(at(age)).coded(PLAN, "2026-11-22", source="review:1")
        found = self.standing(life)
        assert (found.state, found.outgrown_on) == (PlanState.REPLACED, TODAY)
        assert [(why.clause, why.on) for why in found.overtaken_by] == [("birthday", TODAY)]

    @pytest.mark.parametrize("age", [16, 17, 18])
    def test_no_other_birthday(self, age):
        assert self.standing(person(at(age)).coded(PLAN, "2026-11-22", source="review:1")).state is (
            PlanState.CURRENT
        )

    def test_a_birthday_on_the_day_of_the_plan_is_not_after_it(self):
        assert outgrown_on(date(2014, 11, 23), date(2026, 11, 23), date(2026, 12, 1)) is None

    def test_a_child_of_29_february_ages_on_1_march(self):
        assert outgrown_on(date(2016, 2, 29), date(2028, 2, 28), date(2028, 3, 1)) == date(2028, 2, 29)
        assert outgrown_on(date(2020, 2, 29), date(2025, 1, 1), date(2025, 3, 1)) == date(2025, 3, 1)

    def test_an_attack_a_new_treatment_and_twelve_months_are_told_with_their_days(self):
        life = (
            person()
            .coded(PLAN, "2025-11-01", source="review:1")
            .coded(ATTACK, "2026-03-01")
            .took(CLENIL_100, "2026-10-01")
        )
        found = self.standing(life)
        assert found.state is PlanState.STALE
        assert [(why.clause, why.on) for why in found.overtaken_by] == [
            ("attack", date(2026, 3, 1)),
            ("change", date(2026, 10, 1)),
            ("age", date(2025, 11, 1)),
        ]
