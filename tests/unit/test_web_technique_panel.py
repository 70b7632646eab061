"""The technique checklist as a form: what was not watched stays unanswered, the rest comes back as sent."""

from imp2art.asthma.inhalers import current_medicines
from imp2art.asthma.review.answers import TechniqueCheck
from imp2art.web.design.jinja import environment
from imp2art.web.practice.fields import Sent
from imp2art.web.practice.form import Form
from imp2art.web.practice.technique_panel import (
    technique_checks_from,
    technique_in_words,
    technique_panel,
    texts_of_technique,
)
from tests.spec.people import LIBRARY, SYMBICORT_200, TODAY, person

CHECK = TechniqueCheck("dry-powder", right=("load", "seal"), wrong=("fast-deep",), corrected=True)
MEDICINES = current_medicines(person().took(SYMBICORT_200, "2026-11-02").record, LIBRARY, TODAY)


def shown(texts: dict, medicines=MEDICINES) -> str:
    page = environment().get_template("practice/parts/technique.jinja")
    return page.render(technique=technique_panel(medicines), form=Form(texts))


def test_a_check_comes_back_as_it_was_sent():
    assert technique_checks_from(Sent(texts_of_technique([CHECK]))) == (CHECK,)


def test_h15_a_form_without_marks_holds_no_check():
    assert technique_checks_from(Sent({"technique_dry-powder_load": ("",)})) == ()


def test_what_was_not_offered_is_an_error_of_that_step():
    sent = Sent({"technique_dry-powder_load": ("perfect",)})
    assert technique_checks_from(sent) == ()
    assert [error.field for error in sent.errors] == ["technique_dry-powder_load"]


def test_a_check_in_words_says_what_was_not_watched():
    assert technique_in_words(CHECK) == "Dry powder inhaler: 2 right, 1 not right, 4 not watched"


def test_h15_nothing_is_marked_beforehand():
    assert " checked" not in shown({})


def test_a_step_that_was_marked_shows_so_and_its_list_stands_open():
    page = shown(texts_of_technique([CHECK]))
    assert page.count(" checked") == 4
    assert 'technique" open' in page


def test_h24_where_no_inhaler_is_known_the_page_says_so():
    assert "no inhaler in use" in shown({}, ())
