"""The panels beside a review: level, issues and treatment in words; treatment only where it is on."""

import pytest

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.beside import beside_review
from imp2art.web.design.jinja import environment
from imp2art.web.practice.beside_panels import panels_of
from tests.spec.people import LIBRARY, PREDNISOLONE, TODAY, someone_with_asthma

POOR = Review(rcp3q=Rcp3q(True, True, False), attacks_12_months=1)
LIFE = someone_with_asthma().took(PREDNISOLONE, "2026-07-02")


def shown(partial: str, review: Review = POOR, life=LIFE, **more) -> str:
    beside = beside_review(life.record, LIBRARY, TODAY, TODAY)
    page = environment().get_template(f"practice/parts/{partial}.jinja")
    return page.render(**panels_of(review, beside), **more)


def test_the_level_stands_with_its_reasons():
    page = shown("control_level")
    assert "Level of control: poor control" in page
    assert "1 attack in 12 months needed steroid tablets or emergency care, on 2 Jul 2026" in page


def test_h16_an_empty_review_says_that_control_was_not_asked():
    assert "Level of control: not asked yet" in shown("control_level", Review(), someone_with_asthma())


def test_h24_what_is_not_looked_for_is_said():
    assert "Depression is not looked for in the record" in shown("control_level")


def test_a_save_sends_the_level_anew():
    assert 'hx-swap-oob="true"' in shown("beside_anew")
    assert "hx-swap-oob" not in shown("control_level")


def test_treatment_support_is_off_until_a_site_has_it_on():
    assert shown("treatment").strip() == ""


def test_switched_on_it_names_the_step_with_its_source(settings):
    settings.TREATMENT_SUPPORT = True
    page = shown("treatment")
    assert "Consider low-dose MART in place of the preventer and the reliever." in page
    assert "Source: NICE NG245" in page
    assert "Look again 8 to 12 weeks after any change." in page


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (Review(), "until control has been asked"),
        (Review(rcp3q=Rcp3q(True, False, False)), "needs a closer look first"),
    ],
)
def test_h17_where_no_step_is_named_the_page_says_why(settings, review, said):
    settings.TREATMENT_SUPPORT = True
    assert said in shown("treatment", review, someone_with_asthma())


def test_issues_are_drawn_counted_in_days_and_told_as_a_table():
    page = shown("issues_year")
    assert "Preventer issues would last" in page
    assert "2 July 2026" in page
    assert page.count("<svg") == 1


def test_h39_carbon_is_stated_and_never_a_reason_to_switch():
    page = shown("issues_year")
    assert "25.24 kg CO2e" in page
    assert "no reason to change an inhaler" in page
