"""Chapter 9. How a plan is begun: from the inhalers in use and the last plan, each part with its source.

Doses come from the label or the last plan; what neither tells is left for the signer. Numbers of guidance
stand beside the fields and never in them.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import ActionPlan, ActionPoint, BestPeakFlow, PointAction
from imp2art.asthma.plan.changes import compare_plans
from imp2art.asthma.plan.draft import PlanDraft, PlanPractice, draft_plan
from imp2art.asthma.plan.suggestions import suggest_numbers
from imp2art.asthma.regimen import Regimen
from imp2art.codes.library import Library
from tests.spec.people import (
    BEST_PEAK_FLOW,
    CLENIL_100,
    LIBRARY,
    POLLEN,
    SALBUTAMOL,
    SALBUTAMOL_TEVA,
    SERETIDE_100,
    SYMBICORT_200,
    TODAY,
    Life,
    person,
    someone_with_asthma,
)
from tests.spec.plans import MART, PEAK_FLOW, TWO_INHALERS, said_of

PRACTICE = PlanPractice("Harbour Lane Surgery", "01632 960001", "111")
MART_LABEL = "1 puff twice a day and 1 puff when required"
LAST = replace(TWO_INHALERS, made_on=date(2026, 5, 11))


def begun(life: Life, last: ActionPlan | None = None, taken_on: date = TODAY) -> PlanDraft:
    return draft_plan(life.record, LIBRARY, TODAY, last, PRACTICE, "Nell Nurse", taken_on)


def cautions_of(draft: PlanDraft) -> list[str]:
    return [caution.clause for caution in draft.cautions]


class TestAFirstPlan:
    def test_the_inhalers_and_puffs_come_from_the_last_issue_and_its_label(self):
        usual = begun(someone_with_asthma()).plan.usual
        assert usual.preventer is not None
        assert usual.reliever is not None
        assert (usual.preventer.code, usual.morning_puffs, usual.evening_puffs) == (CLENIL_100, 2, 2)
        assert (usual.reliever.code, usual.reliever_puffs) == (SALBUTAMOL, 2)

    def test_each_of_them_says_where_it_is_from(self):
        sources = {
            source.field: (source.source, source.on) for source in begun(someone_with_asthma()).sources
        }
        assert sources["usual.morning_puffs"] == ("issue", date(2026, 9, 1))
        assert sources["usual.reliever"] == ("issue", date(2026, 6, 1))

    def test_a_label_that_cannot_be_read_leaves_the_puffs_to_the_signer(self):
        life = person().took(CLENIL_100, "2026-10-05", label="as directed").took(SALBUTAMOL, "2026-10-05")
        usual = begun(life).plan.usual
        assert (usual.morning_puffs, usual.evening_puffs, usual.reliever_puffs) == (None, None, None)

    def test_the_most_puffs_a_day_come_from_the_label_of_a_one_inhaler_plan(self):
        life = person().took(SYMBICORT_200, "2026-10-05", label=MART_LABEL + ", maximum 8 puffs a day")
        assert begun(life).plan.usual.max_puffs_a_day == 8

    def test_an_inhaler_of_which_only_the_code_is_known_has_its_name_from_the_list(self):
        life = someone_with_asthma().record
        unknown = Library(LIBRARY.lists, {})
        draft = draft_plan(life, unknown, TODAY, None, PRACTICE, "Nell Nurse", TODAY)
        assert draft.plan.usual.preventer is not None
        assert (draft.plan.usual.preventer.name[:6], draft.plan.usual.preventer.strength) == ("Clenil", "")

    def test_h03_where_the_kind_cannot_be_told_there_is_none_and_the_reason_comes_first(self):
        draft = begun(person().took(SALBUTAMOL, "2026-10-05"))
        assert draft.plan.regimen is None
        assert draft.plan.action_points == ()
        assert cautions_of(draft) == ["reliever-only"]

    def test_its_steps_are_left_to_the_one_who_signs(self):
        assert begun(someone_with_asthma()).plan.action_points == ()

    def test_the_attack_part_is_empty(self):
        emergency = begun(someone_with_asthma()).plan.emergency
        assert (emergency.puffs_each, emergency.seconds_between, emergency.max_puffs) == (None, None, None)

    def test_it_may_not_be_issued_as_it_is_begun(self):
        assert said_of(begun(someone_with_asthma()).plan) != []

    def test_triggers_in_the_record_are_taken_over(self):
        assert begun(someone_with_asthma().coded(POLLEN, "2020-05-01")).plan.triggers == ("pollen",)

    def test_h10_a_coded_best_peak_flow_has_no_scale_until_the_signer_says_which(self):
        life = someone_with_asthma().coded(BEST_PEAK_FLOW, "2026-05-01", value="600", unit="L/min")
        assert begun(life).plan.best_peak_flow == BestPeakFlow(600, date(2026, 5, 1), None)

    def test_it_is_version_1_due_in_a_year_with_the_practice_and_the_signer_on_it(self):
        plan = begun(someone_with_asthma()).plan
        assert (plan.version, plan.made_on, plan.review_due) == (1, TODAY, date(2027, 11, 23))
        assert (plan.practice_phone, plan.out_of_hours_phone, plan.made_by) == (
            "01632 960001",
            "111",
            "Nell Nurse",
        )


class TestWhatGuidanceSuggests:
    def test_80_60_and_40_percent_of_the_best_stand_beside_the_limits_not_in_them(self):
        draft = begun(someone_with_asthma().coded(BEST_PEAK_FLOW, "2026-05-01", value="740", unit="L/min"))
        suggested = {suggestion.field: suggestion.value for suggestion in draft.suggestions}
        assert suggested["action_points.1.peak_flow_below"] == 590
        assert suggested["action_points.2.peak_flow_below"] == 440
        assert suggested["emergency.peak_flow_below"] == 300

    @pytest.mark.parametrize(
        ("born", "days"), [("2009-11-24", None), ("2009-11-23", 5)], ids=["at 16", "at 17"]
    )
    def test_five_days_of_steroid_tablets_from_17(self, born, days):
        plan = begun(someone_with_asthma(born)).plan
        step = ActionPoint(1, ("not-better",), None, PointAction.START_STEROID_TABLETS, None, None, None)
        suggested = suggest_numbers(replace(plan, action_points=(step,)), LIBRARY)
        found = {suggestion.field: suggestion.value for suggestion in suggested}
        assert found.get("action_points.1.days") == days

    def test_six_puffs_with_one_inhaler_and_no_time_between_them(self):
        draft = begun(person().took(SYMBICORT_200, "2026-10-05", label=MART_LABEL))
        suggested = {suggestion.field: suggestion.value for suggestion in draft.suggestions}
        assert suggested["emergency.max_puffs"] == 6
        assert suggested["usual.max_puffs_a_day"] == 8
        assert "emergency.seconds_between" not in suggested

    def test_ten_puffs_with_a_separate_reliever(self):
        suggested = {
            suggestion.field: suggestion.value for suggestion in begun(someone_with_asthma()).suggestions
        }
        assert suggested["emergency.max_puffs"] == 10


class TestARenewal:
    def test_the_same_treatment_keeps_the_whole_plan_but_its_dates_and_its_tick(self):
        draft = begun(someone_with_asthma(), LAST)
        assert compare_plans(LAST, draft.plan) == ()
        assert (draft.plan.version, draft.plan.made_on) == (2, TODAY)
        assert said_of(draft.plan) == ["steroids-considered"]
        assert cautions_of(draft) == []

    def test_another_brand_of_the_same_reliever_is_the_same_treatment(self):
        draft = begun(
            someone_with_asthma().took(SALBUTAMOL_TEVA, "2026-10-05", label="2 puffs when required"), LAST
        )
        assert draft.plan.action_points == LAST.action_points
        assert draft.plan.usual.reliever is not None
        assert draft.plan.usual.reliever.code == SALBUTAMOL_TEVA

    @pytest.mark.parametrize(
        "life",
        [
            someone_with_asthma().took(SERETIDE_100, "2026-10-05", label="1 puff twice a day"),
            someone_with_asthma().took(CLENIL_100, "2026-10-05", label="1 puff twice a day"),
            person().took(SYMBICORT_200, "2026-10-05", label=MART_LABEL),
        ],
        ids=["another preventer", "another dose", "another kind of plan"],
    )
    def test_h03_another_treatment_keeps_no_dose_and_says_so(self, life):
        draft = begun(life, LAST)
        assert draft.plan.emergency.max_puffs is None
        assert all(point.dose is None for point in draft.plan.action_points)
        assert cautions_of(draft) == ["treatment-changed-since-plan"]
        assert (draft.plan.goal, draft.plan.triggers) == (LAST.goal, LAST.triggers)

    def test_mart_is_renewed_as_mart(self):
        life = person().took(SYMBICORT_200, "2026-10-05", label=MART_LABEL)
        draft = begun(life, replace(MART, made_on=date(2026, 5, 11)))
        assert draft.plan.regimen is Regimen.MART
        assert draft.plan.emergency == MART.emergency

    def test_h10_a_newer_best_peak_flow_warns_that_every_limit_rests_on_the_old_one(self):
        life = someone_with_asthma().coded(BEST_PEAK_FLOW, "2026-10-01", value="500", unit="L/min")
        draft = begun(life, replace(PEAK_FLOW, made_on=date(2026, 5, 11)))
        assert draft.plan.best_peak_flow == BestPeakFlow(500, date(2026, 10, 1), None)
        assert cautions_of(draft) == ["best-peak-flow-changed-since-plan"]

    def test_an_older_coded_best_peak_flow_leaves_the_plans_own(self):
        life = someone_with_asthma().coded(BEST_PEAK_FLOW, "2020-10-01", value="500", unit="L/min")
        draft = begun(life, replace(PEAK_FLOW, made_on=date(2026, 5, 11)))
        assert draft.plan.best_peak_flow == BestPeakFlow(600, date(2026, 5, 11), PeakFlowScale.EU)


class TestCautions:
    @pytest.mark.parametrize(("days", "said"), [(7, []), (8, ["medicines-old"])])
    def test_h22_medicines_more_than_a_week_old_are_to_be_checked_again(self, days, said):
        assert cautions_of(begun(someone_with_asthma(), taken_on=TODAY - timedelta(days=days))) == said

    def test_h05_a_separate_reliever_beside_mart(self):
        life = person().took(SYMBICORT_200, "2026-03-02", "2026-10-05", label=MART_LABEL)
        assert cautions_of(begun(life.took(SALBUTAMOL, "2026-09-01"))) == ["separate-saba"]


def test_what_a_new_version_changes_is_told_part_by_part():
    new = replace(
        LAST,
        usual=replace(LAST.usual, morning_puffs=1),
        action_points=LAST.action_points[:1],
        triggers=("pollen", "smoke"),
        version=2,
    )
    changes = [(change.field, change.point) for change in compare_plans(LAST, new)]
    assert changes == [("usual-morning-puffs", None), ("action-point", 2), ("triggers", None)]
