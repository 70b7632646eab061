"""What a review leaves due, what the contract would find in it, what has no code, and the counts."""

from dataclasses import replace

import pytest

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.plan.action_plan import PlanBasis
from imp2art.asthma.plan.use import PlanUse
from imp2art.asthma.review.answers import NoPlanReason, Review, ReviewKind, ReviewMode, TechniqueCheck
from imp2art.asthma.review.attack_review import AttackReview
from imp2art.asthma.review.checks import Check, checks_due, out_of_reach
from imp2art.asthma.review.contract import contract_items
from imp2art.asthma.review.outcomes import ReviewOutcome, count_outcomes
from imp2art.asthma.review.uncoded import UNCODED, answers_not_coded
from imp2art.documents.words import has_phrase
from tests.spec.plans import PEAK_FLOW, TWO_INHALERS

SEEN = Review(mode=ReviewMode.FACE_TO_FACE, technique_observed=True)
STEPS = (TechniqueCheck("dry-powder", right=("hold",)),)


@pytest.mark.parametrize(
    ("review", "plan", "due"),
    [
        (Review(), None, ()),
        (SEEN, TWO_INHALERS, ()),
        (replace(SEEN, technique_observed=None), None, (Check.TECHNIQUE,)),
        (replace(SEEN, mode=ReviewMode.PHONE), None, (Check.TECHNIQUE,)),
        (replace(SEEN, mode=ReviewMode.VIDEO), None, ()),
        (replace(SEEN, technique_observed=None, technique_checks=STEPS), None, ()),
        (replace(SEEN, technique_observed=False, technique_checks=STEPS), None, (Check.TECHNIQUE,)),
        (SEEN, PEAK_FLOW, (Check.PEAK_FLOW,)),
        (replace(SEEN, peak_flow=400), PEAK_FLOW, ()),
    ],
)
def test_h37_what_stays_due(review, plan, due):
    assert checks_due(review, plan) == due


def test_the_peak_flow_plan_of_this_test_goes_by_peak_flow():
    assert PEAK_FLOW.basis in (PlanBasis.PEAK_FLOW, PlanBasis.BOTH)


@pytest.mark.parametrize("mode", list(ReviewMode))
def test_each_way_of_meeting_says_what_it_leaves_undone(mode):
    assert has_phrase("review", f"mode-{mode.replace(' ', '-')}")
    assert all(has_phrase("review", f"due-{check}") for check in out_of_reach(mode))


def test_the_contract_is_failed_item_by_item():
    def open_in(review: Review, plan=TWO_INHALERS) -> list[str]:
        return [item.slug for item in contract_items(review, plan) if not item.met]

    whole = replace(SEEN, attacks_12_months=0, rcp3q=Rcp3q(False, False, False))
    assert open_in(whole) == []
    assert open_in(whole, None) == ["plan"]
    assert open_in(replace(whole, attacks_12_months=None)) == ["attacks"]
    assert open_in(replace(whole, rcp3q=Rcp3q(False, False, None))) == ["control"]
    assert open_in(replace(whole, mode=ReviewMode.PHONE)) == ["technique"]


def test_only_what_was_answered_is_said_to_have_no_code():
    assert answers_not_coded(SEEN) == ()
    assert answers_not_coded(replace(SEEN, vaping=False, fvc_litres=1)) == ("vaping", "lung-function")


@pytest.mark.parametrize("slug", sorted(UNCODED))
def test_an_answer_without_a_code_has_its_words(slug):
    assert has_phrase("review", f"uncoded-{slug}")


def test_reviews_are_counted_by_how_they_ended():
    after = replace(SEEN, kind=ReviewKind.POST_ATTACK, attack=AttackReview(plan_used=PlanUse.DID_NOT_USE))
    declined = replace(SEEN, mode=ReviewMode.PHONE, no_plan_reason=NoPlanReason.DECLINED)
    counts = count_outcomes(
        [ReviewOutcome(SEEN, True), ReviewOutcome(after, True), ReviewOutcome(declined, False)]
    )
    assert (counts.reviews, counts.with_plan, counts.without_plan) == (3, 2, 1)
    assert dict(counts.reasons) == {reason: int(reason is NoPlanReason.DECLINED) for reason in NoPlanReason}
    assert (counts.after_attack, counts.plan_use.did_not_use, counts.technique_not_seen) == (1, 1, 1)
