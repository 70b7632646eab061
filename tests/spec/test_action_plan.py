"""Chapter 7. When an action plan may be issued.

A complete plan is the person's own, says when and how and for how long to change treatment and when to get
help, in two to four steps (Gibson & Powell 2004). Doses are the signer's; what is checked here is that
they are there and fit. Hazards are those of the safety file.
"""

from dataclasses import replace
from datetime import date

import pytest

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import NO_KNOWN_TRIGGER, BestPeakFlow, GapReason, PlanBasis, PointAction
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.regimen import Regimen
from imp2art.codes.library import Library
from tests.spec.people import (
    CLENIL_100,
    FOSTAIR_100,
    LIBRARY,
    SALBUTAMOL,
    SALMETEROL,
    SERETIDE_100,
    SYMBICORT_200,
    SYMBICORT_400,
)
from tests.spec.plans import (
    AIR,
    CALL,
    MART,
    ONE_INHALER_ATTACK,
    PEAK_FLOW,
    STEROIDS,
    TWO_INHALERS,
    WHOLE_PLANS,
    WORSE,
    born,
    inhaler,
    said_of,
    with_attack,
    with_point,
    with_usual,
)


@pytest.mark.parametrize("name", WHOLE_PLANS)
def test_a_whole_plan_may_be_issued(name):
    assert said_of(WHOLE_PLANS[name]) == []


class TestNothingIsLeftOut:
    @pytest.mark.parametrize(
        ("plan", "gap"),
        [
            (replace(TWO_INHALERS, regimen=None), "regimen"),
            (replace(TWO_INHALERS, basis=None), "basis"),
            (with_usual(TWO_INHALERS, preventer=None), "preventer"),
            (with_usual(TWO_INHALERS, reliever=None), "reliever"),
            (with_usual(TWO_INHALERS, morning_puffs=None), "preventer-puffs"),
            (with_usual(TWO_INHALERS, morning_puffs=0, evening_puffs=0), "preventer-puffs"),
            (with_usual(TWO_INHALERS, reliever_puffs=None), "reliever-puffs"),
            (with_usual(MART, max_puffs_a_day=None), "max-puffs-a-day"),
            (with_usual(AIR, max_puffs_a_day=None), "max-puffs-a-day"),
            (replace(TWO_INHALERS, triggers=()), "triggers"),
            (replace(TWO_INHALERS, practice_phone=" "), "practice-phone"),
            (replace(TWO_INHALERS, out_of_hours_phone=""), "out-of-hours-phone"),
            (replace(TWO_INHALERS, made_by=""), "made-by"),
            (replace(TWO_INHALERS, version=0), "version"),
            (replace(TWO_INHALERS, review_due=None), "review-due"),
            (with_attack(TWO_INHALERS, signs=()), "emergency-signs"),
            (with_attack(TWO_INHALERS, puffs_each=None), "emergency-puffs"),
            (with_attack(TWO_INHALERS, seconds_between=None), "emergency-seconds"),
            (with_attack(TWO_INHALERS, max_puffs=None), "emergency-most-puffs"),
            (replace(PEAK_FLOW, best_peak_flow=None), "best-peak-flow"),
        ],
        ids=lambda given: given if isinstance(given, str) else "",
    )
    def test_each_missing_part_is_named(self, plan, gap):
        assert said_of(plan) == [gap]

    @pytest.mark.parametrize(
        ("change", "gap"),
        [
            ({"signs": ()}, "point-sign"),
            ({"action": None}, "point-action"),
            ({"dose": None}, "point-dose"),
            ({"days": None}, "point-days"),
            ({"call_within_hours": None}, "point-if-no-better"),
        ],
        ids=["sign", "action", "dose", "days", "if-no-better"],
    )
    def test_each_missing_part_of_a_step_is_named_with_its_step(self, change, gap):
        (found,) = check_plan(with_point(TWO_INHALERS, 1, **change), LIBRARY)
        assert (found.slug, found.point, found.why) == (gap, 1, GapReason.MISSING)

    def test_calling_the_practice_needs_no_dose(self):
        assert said_of(replace(TWO_INHALERS, action_points=(WORSE, CALL))) == []

    def test_getting_help_now_needs_no_waiting_time(self):
        urgent = replace(CALL, action=PointAction.GET_URGENT_HELP, call_within_hours=None)
        assert said_of(replace(TWO_INHALERS, action_points=(WORSE, urgent))) == []

    @pytest.mark.parametrize(
        ("steps", "gap"),
        [(0, ["points-too-few"]), (1, ["points-too-few"]), (2, []), (4, []), (5, ["points-too-many"])],
    )
    def test_two_to_four_steps(self, steps, gap):
        points = tuple(replace(WORSE, order=place) for place in range(1, steps + 1))
        assert said_of(replace(TWO_INHALERS, action_points=points)) == gap

    def test_steps_are_numbered_from_1_upwards(self):
        assert said_of(replace(TWO_INHALERS, action_points=(STEROIDS, WORSE))) == ["points-out-of-order"]

    def test_h15_no_known_trigger_is_an_answer_of_its_own(self):
        assert said_of(replace(TWO_INHALERS, triggers=(NO_KNOWN_TRIGGER,))) == []
        assert said_of(replace(TWO_INHALERS, triggers=(NO_KNOWN_TRIGGER, "pollen"))) == [
            "triggers-contradict"
        ]

    @pytest.mark.parametrize(
        ("due", "gap"),
        [
            (date(2026, 11, 23), ["review-due"]),
            (date(2026, 11, 24), []),
            (date(2027, 11, 23), []),
            (date(2027, 11, 24), ["review-too-late"]),
        ],
    )
    def test_the_next_review_is_within_twelve_months(self, due, gap):
        assert said_of(replace(TWO_INHALERS, review_due=due)) == gap


# Hazard H-03: every kind of inhaler against every kind of plan.
_PRODUCTS = {
    "steroid alone": CLENIL_100,
    "steroid with salmeterol": SERETIDE_100,
    "steroid with formoterol, MART and AIR": SYMBICORT_200,
    "steroid with formoterol, MART only": FOSTAIR_100,
    "steroid with formoterol, neither": SYMBICORT_400,
    "reliever": SALBUTAMOL,
    "long-acting reliever alone": SALMETEROL,
}
_FITS = {
    ("steroid alone", Regimen.PREVENTER_RELIEVER),
    ("steroid with salmeterol", Regimen.PREVENTER_RELIEVER),
    ("steroid with formoterol, MART and AIR", Regimen.PREVENTER_RELIEVER),
    ("steroid with formoterol, MART only", Regimen.PREVENTER_RELIEVER),
    ("steroid with formoterol, neither", Regimen.PREVENTER_RELIEVER),
    ("steroid with formoterol, MART and AIR", Regimen.MART),
    ("steroid with formoterol, MART only", Regimen.MART),
    ("steroid with formoterol, MART and AIR", Regimen.AIR),
}


@pytest.mark.parametrize("regimen", Regimen)
@pytest.mark.parametrize("product", _PRODUCTS)
def test_h03_the_kind_of_plan_fits_the_preventer(product, regimen):
    plan = {Regimen.PREVENTER_RELIEVER: TWO_INHALERS, Regimen.MART: MART, Regimen.AIR: AIR}[regimen]
    own = inhaler(_PRODUCTS[product])
    reliever = plan.usual.reliever if regimen is Regimen.PREVENTER_RELIEVER else own
    assert (said_of(with_usual(plan, preventer=own, reliever=reliever, max_checked=True)) == []) == (
        (product, regimen) in _FITS
    )


def test_h04_a_preventer_is_no_reliever():
    assert said_of(with_usual(TWO_INHALERS, reliever=inhaler(CLENIL_100))) == ["reliever-is-not-one"]


def test_an_inhaler_that_only_an_imported_list_knows_may_be_a_preventer_but_not_used_for_both_jobs():
    imported = Library(LIBRARY.lists, {})
    assert check_plan(TWO_INHALERS, imported) == ()
    assert [gap.slug for gap in check_plan(MART, imported)] == ["not-licensed-for-this-use"]


@pytest.mark.parametrize("part", ["morning_puffs", "evening_puffs", "reliever_puffs"])
def test_h07_puffs_beyond_any_sense_are_caught(part):
    assert "puffs-mistyped" in said_of(with_usual(TWO_INHALERS, **{part: 21}))


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"days": 32}, "point-days-mistyped"),
        ({"days": 0}, "point-days-mistyped"),
        ({"call_within_hours": -1}, "point-hours-mistyped"),
        ({"dose": 21}, "point-dose-mistyped"),
    ],
)
def test_h07_a_step_beyond_any_sense_is_caught(change, gap):
    assert said_of(with_point(TWO_INHALERS, 1, **change)) == [gap]


class TestOneInhaler:
    def test_the_plan_has_one_inhaler_not_two(self):
        assert said_of(with_usual(MART, preventer=inhaler(CLENIL_100))) == [
            "two-inhalers-on-one-inhaler-plan"
        ]

    def test_an_inhaler_the_library_does_not_know_is_refused(self):
        unknown = replace(inhaler(SYMBICORT_200), code="not a code")
        assert said_of(with_usual(MART, preventer=unknown, reliever=unknown)) == ["needs-formoterol"]

    @pytest.mark.parametrize(("day", "gap"), [("2014-11-24", ["air-under-12"]), ("2014-11-23", [])])
    def test_h28_air_is_from_12_years(self, day, gap):
        plan = replace(born(AIR, day), action_points=(AIR.action_points[0], CALL))
        assert said_of(plan) == gap

    @pytest.mark.parametrize(
        ("day", "gap"), [("2008-11-24", ["beclometasone-mart-under-18"]), ("2008-11-23", [])]
    )
    def test_h28_mart_with_beclometasone_is_from_18_years(self, day, gap):
        own = inhaler(FOSTAIR_100)
        assert said_of(born(with_usual(MART, preventer=own, reliever=own, max_checked=True), day)) == gap

    def test_air_has_no_daily_puffs(self):
        assert said_of(with_usual(AIR, morning_puffs=1)) == ["air-with-daily-puffs"]

    def test_mart_has_daily_puffs(self):
        assert said_of(with_usual(MART, morning_puffs=None)) == ["preventer-puffs"]

    @pytest.mark.parametrize(
        ("most", "gap"),
        [(3, []), (2, ["max-puffs-a-day-too-few"]), (12, []), (13, ["max-puffs-a-day-too-many"])],
    )
    def test_the_most_puffs_a_day_count_all_puffs_and_are_bounded_by_their_source(self, most, gap):
        assert said_of(with_usual(MART, max_puffs_a_day=most)) == gap

    @pytest.mark.parametrize(("most", "gap"), [(12, []), (13, ["max-puffs-a-day-beyond-any"])])
    def test_where_no_source_bounds_the_day_the_highest_of_any_does(self, most, gap):
        own = inhaler(FOSTAIR_100)
        usual = {"preventer": own, "reliever": own, "max_puffs_a_day": most, "max_checked": True}
        assert said_of(with_usual(MART, **usual)) == gap

    @pytest.mark.parametrize("checked", [None, False])
    def test_h07_where_the_products_own_maximum_is_not_held_the_signer_has_read_it(self, checked):
        own = inhaler(FOSTAIR_100)
        usual = {"preventer": own, "reliever": own, "max_checked": checked}
        assert said_of(with_usual(MART, **usual)) == ["max-puffs-a-day-not-held"]

    def test_an_inhaler_of_another_name_than_its_code_is_refused(self):
        wrong = replace(MART.usual.reliever, name="Ventolin")
        assert said_of(with_usual(MART, preventer=wrong, reliever=wrong)) == ["inhaler-misnamed"]


class TestTheAttackPart:
    @pytest.mark.parametrize("plan", [MART, AIR], ids=["MART", "AIR"])
    @pytest.mark.parametrize(
        ("most", "gap"), [(6, []), (7, ["emergency-too-many-puffs"]), (10, ["emergency-too-many-puffs"])]
    )
    def test_h03_with_one_inhaler_it_is_six_puffs_and_never_ten(self, plan, most, gap):
        assert said_of(with_attack(plan, max_puffs=most)) == gap

    @pytest.mark.parametrize(("most", "gap"), [(10, []), (11, ["emergency-too-many-puffs"])])
    def test_with_a_separate_reliever_it_is_ten_puffs_at_most(self, most, gap):
        assert said_of(with_attack(TWO_INHALERS, max_puffs=most)) == gap

    @pytest.mark.parametrize(
        ("seconds", "gap"),
        [(29, ["emergency-seconds-unusual"]), (30, []), (60, []), (61, ["emergency-seconds-unusual"])],
    )
    def test_with_a_separate_reliever_30_to_60_seconds_lie_between_puffs(self, seconds, gap):
        assert said_of(with_attack(TWO_INHALERS, seconds_between=seconds)) == gap

    def test_with_one_inhaler_the_signer_sets_the_time_between_puffs(self):
        assert said_of(with_attack(MART, seconds_between=180)) == []
        assert said_of(with_attack(MART, seconds_between=None)) == ["emergency-seconds"]

    def test_the_attack_part_of_one_kind_does_not_fit_the_other(self):
        assert said_of(replace(MART, emergency=TWO_INHALERS.emergency)) == ["emergency-too-many-puffs"]
        assert said_of(replace(TWO_INHALERS, emergency=ONE_INHALER_ATTACK)) == ["emergency-seconds-unusual"]

    def test_more_puffs_at_once_than_in_all_is_refused(self):
        assert said_of(with_attack(TWO_INHALERS, puffs_each=11)) == ["emergency-most-puffs"]


class TestMorePreventer:
    """NG245 1.14.4; hazard H-08."""

    more = with_point(TWO_INHALERS, 1, action=PointAction.INCREASE_PREVENTER, dose=8)

    def test_up_to_four_times_the_usual_dose(self):
        assert said_of(self.more) == []
        assert said_of(with_point(self.more, 1, dose=9)) == ["increase-too-much"]

    @pytest.mark.parametrize(
        ("day", "gap"), [("2009-11-24", ["increase-under-17"]), ("2009-11-23", [])], ids=["16", "17"]
    )
    def test_from_17_years(self, day, gap):
        assert said_of(born(self.more, day)) == gap

    def test_only_with_a_steroid_and_nothing_else_in_the_inhaler(self):
        assert said_of(with_usual(self.more, preventer=inhaler(SERETIDE_100))) == [
            "increase-not-a-single-steroid"
        ]

    @pytest.mark.parametrize("plan", [MART, AIR], ids=["MART", "AIR"])
    def test_not_with_one_inhaler_for_both_jobs(self, plan):
        raised = with_point(plan, 1, action=PointAction.INCREASE_PREVENTER, dose=2)
        assert said_of(raised) == ["increase-on-one-inhaler"]


class TestSteroidTablets:
    def test_h09_the_signer_has_considered_them(self):
        assert said_of(replace(TWO_INHALERS, steroids_considered=None)) == ["steroids-considered"]

    def test_h09_without_steroid_tablets_there_is_nothing_to_consider(self):
        plan = replace(TWO_INHALERS, action_points=(WORSE, CALL), steroids_considered=None)
        assert said_of(plan) == []

    @pytest.mark.parametrize(
        ("dose", "gap"),
        [
            (40, []),
            (100, []),
            (101, ["point-dose-mistyped"]),
            (400, ["point-dose-mistyped"]),
            (0, ["point-dose-mistyped"]),
        ],
    )
    def test_h07_a_slip_of_the_hand_is_caught(self, dose, gap):
        assert said_of(replace(TWO_INHALERS, action_points=(WORSE, replace(STEROIDS, dose=dose)))) == gap


class TestPeakFlow:
    @pytest.mark.parametrize(
        ("best", "gap"),
        [
            (BestPeakFlow(600, date(2026, 5, 11), None), ["peak-flow-scale"]),
            (BestPeakFlow(600, None, PeakFlowScale.EU), ["best-peak-flow-date"]),
            (BestPeakFlow(600, date(2026, 11, 24), PeakFlowScale.EU), ["best-peak-flow-date"]),
            (BestPeakFlow(600, date(2024, 11, 23), PeakFlowScale.EU), []),
            (BestPeakFlow(600, date(2024, 11, 22), PeakFlowScale.EU), ["best-peak-flow-old"]),
            (BestPeakFlow(9999, date(2026, 5, 11), PeakFlowScale.EU), ["best-peak-flow-unlikely"]),
        ],
        ids=["no scale", "no day", "tomorrow", "2 years", "2 years and a day", "mistyped"],
    )
    def test_h10_a_best_peak_flow_has_a_scale_and_a_day_not_too_long_ago(self, best, gap):
        assert said_of(replace(PEAK_FLOW, best_peak_flow=best)) == gap

    @pytest.mark.parametrize(
        ("limits", "gap"),
        [
            ((480, 360, 240), []),
            ((480, 480, 240), ["thresholds-out-of-order"]),
            ((360, 480, 240), ["thresholds-out-of-order"]),
            ((480, 360, 360), ["thresholds-out-of-order"]),
            ((600, 360, 240), ["thresholds-above-best"]),
            ((480, None, 240), ["point-peak-flow"]),
            ((480, 360, None), ["emergency-peak-flow"]),
            ((480, 360, 0), ["thresholds-mistyped"]),
        ],
    )
    def test_h11_each_limit_is_lower_than_the_one_before_and_all_are_below_the_best(self, limits, gap):
        plan = with_point(with_point(PEAK_FLOW, 1, peak_flow_below=limits[0]), 2, peak_flow_below=limits[1])
        assert said_of(with_attack(plan, peak_flow_below=limits[2])) == gap

    def test_on_a_plan_by_both_a_step_may_go_by_signs_alone(self):
        plan = with_point(replace(PEAK_FLOW, basis=PlanBasis.BOTH), 2, peak_flow_below=None)
        assert said_of(plan) == []

    def test_a_plan_by_symptoms_has_no_limits(self):
        assert said_of(replace(PEAK_FLOW, basis=PlanBasis.SYMPTOMS)) == ["thresholds-on-symptom-plan"]


def test_h01_a_plan_for_nobody_is_refused():
    assert said_of(replace(TWO_INHALERS, person=replace(TWO_INHALERS.person, name=" "))) == ["person"]


def test_h28_a_plan_made_before_its_person_was_born_is_refused():
    assert "person" in said_of(born(TWO_INHALERS, "2026-11-24"))
