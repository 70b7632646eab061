"""Chapter 8. The review: what is still to do, what the record knows, and what is written into it.

A blank stays "not asked" (H-15, H-16). Everything is written on one day (H-20), and nothing that was not
done (H-37). Sources: QOF AST007 and AST015; NICE NG245; IMP²ART's review, with the person's agenda first
and last.
"""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import NO_KNOWN_TRIGGER, ActionPlan
from imp2art.asthma.plan.use import PlanUse
from imp2art.asthma.review.answers import NoPlanReason, Review, ReviewKind, ReviewMode, Smoking
from imp2art.asthma.review.attack_review import AttackReview, TreatedWhere
from imp2art.asthma.review.codes import coded_entries, triggers_not_coded
from imp2art.asthma.review.missing import missing_from
from imp2art.asthma.review.prefill import begin_attack, prefill_review
from imp2art.codes.library import Library
from imp2art.core.partial_date import PartialDate
from imp2art.core.refusal import Refusal
from tests.spec.people import (
    ACTIVITIES_NO,
    ADMISSION,
    ANIMALS,
    ATTACK,
    BEST_PEAK_FLOW,
    DAY_YES,
    DECLINED,
    LIBRARY,
    NEVER_SMOKED,
    PLAN,
    POLLEN,
    RCP3Q_SCORE,
    REVIEW,
    SLEEP_NO,
    SMOKER,
    TECHNIQUE,
    TODAY,
    person,
    someone_with_asthma,
)
from tests.spec.plans import TWO_INHALERS

WHOLE = Review(
    mode=ReviewMode.FACE_TO_FACE,
    agenda="Wants to play football again",
    rcp3q=Rcp3q(False, True, False),
    attacks_12_months=0,
    days_off=0,
    technique_observed=True,
    medicines_checked=True,
    adherence_good=True,
    smoking=Smoking.NEVER,
    triggers=("pollen",),
    agenda_met=True,
    teach_back_done=True,
)


def to_do(review: Review, plan: ActionPlan | None = TWO_INHALERS) -> list[str]:
    return [item.slug for item in missing_from(review, plan)]


def written(review: Review, plan: ActionPlan | None = None) -> dict[str, Decimal | None]:
    entries = coded_entries(review, plan, TODAY, LIBRARY, "review:0001")
    return {str(entry.event.code): entry.event.value and entry.event.value.value for entry in entries}


class TestWhatIsStillToDo:
    def test_a_whole_review_lacks_nothing(self):
        assert to_do(WHOLE) == []

    def test_an_empty_one_lacks_everything_in_the_order_of_the_page(self):
        assert to_do(Review(), None) == [
            "mode",
            "agenda",
            "control",
            "attacks",
            "days-off",
            "medicines",
            "adherence",
            "technique",
            "triggers",
            "smoking",
            "agenda-met",
            "plan",
        ]

    def test_it_is_no_review_without_its_core(self):
        core = ["mode", "control", "attacks", "medicines", "plan"]
        assert [item.slug for item in missing_from(Review(), None) if item.blocks] == core

    def test_a_reason_for_no_plan_does_not_make_a_review_of_nothing(self):
        declined = replace(Review(), no_plan_reason=NoPlanReason.DECLINED)
        blocking = [item.slug for item in missing_from(declined, None) if item.blocks]
        assert blocking == ["mode", "control", "attacks", "medicines"]

    def test_two_answers_of_three_are_not_the_control_questions_done(self):
        assert to_do(replace(WHOLE, rcp3q=Rcp3q(True, True, None))) == ["control"]

    def test_a_total_of_a_licensed_test_will_do_for_control(self):
        assert to_do(replace(WHOLE, rcp3q=Rcp3q(), act_score=18)) == []

    @pytest.mark.parametrize(
        ("mode", "left"),
        [(ReviewMode.PHONE, ["technique"]), (ReviewMode.VIDEO, []), (ReviewMode.FACE_TO_FACE, [])],
    )
    def test_h37_by_phone_the_technique_stays_due(self, mode, left):
        assert to_do(replace(WHOLE, mode=mode)) == left

    def test_h37_not_watched_asks_why(self):
        unseen = replace(WHOLE, technique_observed=False)
        assert to_do(unseen) == ["technique", "technique-why"]
        assert to_do(replace(unseen, technique_not_done="no-inhaler")) == ["technique"]

    def test_after_an_attack_the_attack_is_asked_about(self):
        after = replace(WHOLE, kind=ReviewKind.POST_ATTACK, attack=AttackReview())
        assert to_do(after) == ["attack-when", "attack-plan-used", "attack-steroids"]
        told = AttackReview(seen_on=TODAY, plan_used=PlanUse.USED, steroids_finished=False)
        assert to_do(replace(after, attack=told)) == []

    def test_someone_who_smokes_is_to_be_advised(self):
        assert to_do(replace(WHOLE, smoking=Smoking.CURRENT)) == ["smoking-advice"]
        assert to_do(replace(WHOLE, smoking=Smoking.CURRENT, smoking_advice_given=False)) == []

    def test_a_review_without_a_plan_gives_its_reason(self):
        assert to_do(WHOLE, None) == ["plan"]
        assert to_do(replace(WHOLE, no_plan_reason=NoPlanReason.DECLINED), None) == []

    def test_a_plan_is_said_back_in_their_own_words(self):
        assert to_do(replace(WHOLE, teach_back_done=None)) == ["teach-back"]
        without = replace(WHOLE, teach_back_done=None, no_plan_reason=NoPlanReason.ANOTHER_TIME)
        assert to_do(without, None) == []

    def test_h10_a_peak_flow_needs_the_scale_of_its_meter(self):
        assert to_do(replace(WHOLE, peak_flow=410)) == ["peak-flow-scale"]


class TestWhatIsWritten:
    def test_with_the_three_questions_it_is_coded_as_that_review(self):
        assert "754061000000100" in written(WHOLE)
        assert REVIEW not in written(WHOLE)

    def test_without_all_three_it_is_an_annual_review(self):
        assert REVIEW in written(replace(WHOLE, rcp3q=Rcp3q(False, True, None)))

    def test_after_an_attack_it_is_a_follow_up(self):
        codes = written(replace(WHOLE, kind=ReviewKind.POST_ATTACK))
        assert "394701000" in codes
        assert not {REVIEW, "754061000000100"} & codes.keys()

    def test_the_answers_and_their_score(self):
        codes = written(WHOLE)
        assert {SLEEP_NO, DAY_YES, ACTIVITIES_NO} <= codes.keys()
        assert codes[RCP3Q_SCORE] == 1

    def test_h16_without_all_three_answers_no_score_is_written(self):
        assert RCP3Q_SCORE not in written(replace(WHOLE, rcp3q=Rcp3q(False, True, None)))

    def test_h15_a_review_in_which_nothing_was_asked_writes_only_that_it_was_held(self):
        assert written(Review(mode=ReviewMode.PHONE)) == {REVIEW: None}

    @pytest.mark.parametrize("field", [field.name for field in fields(Review)])
    def test_h15_an_unanswered_question_writes_no_more_than_an_empty_review(self, field):
        """Blanking one answer never adds a code, other than that of the plain annual review."""
        blank = replace(WHOLE, **{field: getattr(Review(), field)})
        assert written(blank).keys() <= written(WHOLE).keys() | {REVIEW}

    def test_no_attacks_is_written_as_0_where_it_was_asked(self):
        assert written(WHOLE)["366874008"] == 0
        assert "366874008" not in written(replace(WHOLE, attacks_12_months=None))

    def test_no_days_off_writes_no_absence(self):
        assert "390921001" not in written(WHOLE)
        assert written(replace(WHOLE, days_off=3))["390921001"] == 3

    @pytest.mark.parametrize(
        ("review", "coded"),
        [
            (WHOLE, True),
            (replace(WHOLE, technique_observed=None), False),
            (replace(WHOLE, technique_observed=False), False),
            (replace(WHOLE, mode=ReviewMode.PHONE), False),
        ],
        ids=["watched", "not asked", "not watched", "by phone"],
    )
    def test_h37_technique_is_written_only_where_it_was_watched(self, review, coded):
        assert (TECHNIQUE in written(review)) is coded

    def test_a_first_plan_is_agreed_and_a_later_one_is_reviewed_too(self):
        assert PLAN in written(WHOLE, TWO_INHALERS)
        assert "810901000000102" not in written(WHOLE, TWO_INHALERS)
        assert {PLAN, "810901000000102"} <= written(WHOLE, replace(TWO_INHALERS, version=2)).keys()

    def test_a_declined_plan_is_written_and_a_postponed_one_is_not(self):
        assert DECLINED in written(replace(WHOLE, no_plan_reason=NoPlanReason.DECLINED))
        assert not {PLAN, DECLINED} & written(replace(WHOLE, no_plan_reason=NoPlanReason.ANOTHER_TIME)).keys()

    def test_smoking_and_advice(self):
        smokes = replace(WHOLE, smoking=Smoking.CURRENT, smoking_advice_given=True)
        assert {SMOKER, "225323000"} <= written(smokes).keys()
        assert "225323000" not in written(replace(smokes, smoking_advice_given=False))
        assert "225323000" not in written(replace(smokes, smoking=Smoking.EX))

    def test_h10_a_peak_flow_is_written_by_its_scale_and_never_without_one(self):
        eu = replace(WHOLE, peak_flow=410, peak_flow_scale=PeakFlowScale.EU)
        assert written(eu)["165871000000103"] == 410
        wright = replace(eu, peak_flow_scale=PeakFlowScale.WRIGHT)
        assert written(wright)["18491006"] == 410
        neither = replace(eu, peak_flow_scale=None)
        assert not {"165871000000103", "18491006"} & written(neither).keys()

    def test_scores_of_licensed_tests(self):
        scores = written(replace(WHOLE, act_score=18, cact_score=20, acq_score=Decimal("1.4")))
        assert (scores["443117005"], scores["905301000000103"], scores["763077003"]) == (
            18,
            20,
            Decimal("1.4"),
        )

    def test_triggers_that_have_a_code_of_the_same_meaning(self):
        given = ("pollen", "pollution", "weather", "grandmother's cat", NO_KNOWN_TRIGGER)
        assert POLLEN in written(replace(WHOLE, triggers=given))
        assert triggers_not_coded(given) == ("pollution", "weather", "grandmother's cat")

    def test_h20_everything_is_of_the_same_day_and_source_with_its_term(self):
        entries = coded_entries(WHOLE, TWO_INHALERS, TODAY, LIBRARY, "review:0001")
        assert {(entry.event.on, entry.event.source) for entry in entries} == {
            (PartialDate.on(TODAY), "review:0001")
        }
        assert all(entry.term for entry in entries)

    def test_h20_a_code_that_its_list_no_longer_holds_is_not_written(self):
        emptied = replace(LIBRARY.codelist("technique-observed"), terms={})
        library = Library({**LIBRARY.lists, "technique-observed": emptied}, LIBRARY.medicines)
        with pytest.raises(Refusal, match="technique-observed no longer holds"):
            coded_entries(WHOLE, None, TODAY, library)


class TestWhatTheRecordKnows:
    def test_attacks_found_in_the_record_are_prefilled_with_the_latest_day(self):
        found = prefill_review(
            someone_with_asthma().coded(ATTACK, "2026-01-05", "2026-06-05").record, LIBRARY, TODAY
        )
        assert found.attacks_12_months is not None
        assert (found.attacks_12_months.value, found.attacks_12_months.on) == (2, date(2026, 6, 5))

    def test_a_post_attack_review_opens_with_the_newest_attack(self):
        life = someone_with_asthma().coded(ATTACK, "2026-10-05").coded(ADMISSION, "2026-11-05")
        known = prefill_review(life.record, LIBRARY, TODAY)
        assert begin_attack(known) == AttackReview(date(2026, 11, 5), treated_where=TreatedWhere.HOSPITAL)

    def test_h15_an_attack_long_ago_opens_no_post_attack_review(self):
        known = prefill_review(someone_with_asthma().coded(ATTACK, "2026-06-05").record, LIBRARY, TODAY)
        assert begin_attack(known) == AttackReview()

    def test_h16_no_attack_in_the_record_is_not_0_attacks(self):
        assert prefill_review(someone_with_asthma().record, LIBRARY, TODAY).attacks_12_months is None

    def test_smoking_as_last_coded(self):
        life = person().coded(NEVER_SMOKED, "2020-01-05").coded(SMOKER, "2024-01-05")
        found = prefill_review(life.record, LIBRARY, TODAY).smoking
        assert found is not None
        assert (found.value, found.on) == (Smoking.CURRENT, date(2024, 1, 5))

    def test_two_answers_on_smoking_of_one_day_are_none(self):
        life = person().coded(NEVER_SMOKED, "2024-01-05").coded(SMOKER, "2024-01-05")
        assert prefill_review(life.record, LIBRARY, TODAY).smoking is None

    def test_triggers_ever_coded(self):
        found = prefill_review(
            person().coded(POLLEN, "2020-05-01").coded(ANIMALS, "2023-05-01").record, LIBRARY, TODAY
        )
        assert found.triggers is not None
        assert (found.triggers.value, found.triggers.on) == (("animals", "pollen"), date(2023, 5, 1))

    def test_what_is_shown_beside_the_questions(self):
        life = someone_with_asthma().coded(TECHNIQUE, "2025-05-01")
        life = life.coded(BEST_PEAK_FLOW, "2024-05-01", value="480", unit="L/min")
        found = prefill_review(life.record, LIBRARY, TODAY)
        assert found.technique_last_observed == date(2025, 5, 1)
        assert found.preventer_last_issued == date(2026, 9, 1)
        assert found.relievers.devices == 1
        assert found.best_peak_flow is not None
        assert found.best_peak_flow.value == 480

    def test_nothing_known_is_nothing_prefilled(self):
        found = prefill_review(person().record, LIBRARY, TODAY)
        assert (found.attacks_12_months, found.smoking, found.triggers, found.control) == (
            None,
            None,
            None,
            None,
        )
