"""Chapter 10. What stands beside the review's questions: today's answers and the year before them."""

from decimal import Decimal

import pytest

from imp2art.asthma.control import Control, Rcp3q
from imp2art.asthma.review.answers import Review, ReviewMode, Smoking, TechniqueCheck
from imp2art.asthma.review.beside import background_today, beside_review, consider_today, control_today
from imp2art.asthma.review.first_checks import first_checks
from imp2art.asthma.treatment.facts import Checked
from tests.spec.people import LIBRARY, PREDNISOLONE, SYMBICORT_200, TODAY, person, someone_with_asthma

FACE = ReviewMode.FACE_TO_FACE
FINE, PROBLEM, NOT_ASKED = Checked.FINE, Checked.PROBLEM, Checked.NOT_ASKED
settled = someone_with_asthma()
POOR = Review(rcp3q=Rcp3q(True, True, False))


def beside(life=settled):
    return beside_review(life.record, LIBRARY, TODAY, TODAY)


def test_todays_answers_and_the_year_make_the_level():
    assert control_today(Review(rcp3q=Rcp3q(False, False, False)), beside()).level is Control.GOOD
    attacked = beside(settled.took(PREDNISOLONE, "2026-07-02"))
    assert control_today(Review(rcp3q=Rcp3q(False, False, False)), attacked).level is Control.POOR


def test_h16_an_empty_review_has_no_level_and_no_step():
    assert control_today(Review(), beside()).level is Control.INCOMPLETE
    assert consider_today(Review(), beside()) == ()


def test_poor_control_on_a_low_dose_considers_low_dose_mart():
    assert [each.slug for each in consider_today(POOR, beside())] == ["up-low-mart-from-legacy"]


def test_each_licensed_total_counts():
    for given in ({"act_score": 12}, {"cact_score": 15}, {"acq_score": Decimal("2.1")}):
        assert control_today(Review(**given), beside()).poor


def test_what_the_person_tells_of_is_in_the_background():
    told = Review(comorbidities=("eczema", "none", "breathing-pattern"), passive_smoke=True)
    rules = {flag.rule for flag in background_today(told, beside())}
    assert {"has-atopic-disease", "has-passive-smoke"} <= rules


@pytest.mark.parametrize(
    ("review", "slug", "state"),
    [
        (Review(), "technique", NOT_ASKED),
        (Review(mode=FACE, technique_observed=True), "technique", FINE),
        (Review(mode=ReviewMode.PHONE, technique_observed=True), "technique", NOT_ASKED),
        (Review(mode=FACE, technique_checks=(TechniqueCheck("pmdi", (), ("hold",)),)), "technique", PROBLEM),
        (
            Review(mode=FACE, technique_checks=(TechniqueCheck("pmdi", (), ("hold",), True),)),
            "technique",
            FINE,
        ),
        (Review(adherence_good=False), "adherence", PROBLEM),
        (Review(adherence_good=True), "adherence", FINE),
        (Review(smoking=Smoking.NEVER), "smoking", NOT_ASKED),
        (Review(smoking=Smoking.NEVER, vaping=False), "smoking", FINE),
        (Review(smoking=Smoking.NEVER, vaping=True), "smoking", PROBLEM),
        (Review(smoking=Smoking.CURRENT), "smoking", PROBLEM),
        (Review(passive_smoke=True), "smoking", PROBLEM),
        (Review(work_makes_worse=True), "work", PROBLEM),
        (Review(mood_low=False), "mood", FINE),
        (Review(triggers=("pollen",)), "surroundings", FINE),
        (Review(triggers=("pollen",)), "diagnosis", NOT_ASKED),
    ],
)
def test_h15_what_is_to_be_looked_at_first_stands_as_it_was_found(review, slug, state):
    assert {check.slug: check.state for check in first_checks(review)}[slug] is state


def test_h39_the_carbon_of_an_inhaler_is_stated_or_not_known():
    life = settled.took(SYMBICORT_200, "2026-10-05")
    carbon = {each.name.split()[0]: each.kg for each in beside(life).carbon}
    assert carbon["Symbicort"] is None
    assert carbon["Salbutamol"] == Decimal("25.24")


def test_tablets_have_no_carbon_of_an_inhaler():
    assert [each.inhaled for each in beside(person().took(PREDNISOLONE, "2026-11-02")).carbon] == [False]
