"""Every form of a plan from one value: the same numbers, tagged, the attack first, large where it says so."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pikepdf
import pypdfium2
import pytest

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.currency import draw_code, spaced_code
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.forms.render import PlanForm, draw_picture, render_form
from imp2art.documents.plan.read_aloud import read_aloud
from tests.builders import nhs_number
from tests.spec.plans import AIR, MART, PEAK_FLOW, TWO_INHALERS, with_attack, with_point

SITE = "https://asthma.example"
CODE = draw_code(b"a code.")
KINDS = {"two inhalers": TWO_INHALERS, "MART": MART, "AIR": AIR, "peak flow": PEAK_FLOW}
PLANS = {name: replace(plan, currency_code=CODE) for name, plan in KINDS.items()}
WITHOUT_NUMBER = (PlanForm.TO_SHARE, PlanForm.WALLET)


@cache
def document(name: str, form: PlanForm) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(render_form(PLANS[name], form, site=SITE))


def text_of(name: str, form: PlanForm) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in document(name, form)]
    text = " ".join(" ".join(pages).split())
    return re.sub(r"Page \d+ of \d+", "", text)


def numbers(text: str, plan: ActionPlan) -> set[str]:
    """Every number but those of telephone, NHS number and code, which are looked for whole."""
    for whole in (plan.practice_phone, plan.person.nhs_number.spaced, spaced_code(CODE), "asthma.example"):
        text = text.replace(whole, "")
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("form", PlanForm)
@pytest.mark.parametrize("name", PLANS)
def test_every_form_has_the_numbers_of_the_page_and_no_other(name: str, form: PlanForm) -> None:
    plan = PLANS[name]
    assert numbers(text_of(name, form), plan) == numbers(text_of(name, PlanForm.PAGE), plan)
    assert plan.practice_phone in text_of(name, form)


@pytest.mark.parametrize("name", PLANS)
def test_the_spoken_plan_has_the_numbers_of_the_page(name: str) -> None:
    plan = PLANS[name]
    spoken = " ".join(line for part in read_aloud(plan) for line in part.lines)
    for digits in (plan.practice_phone, "999", "111", CODE):
        spoken = re.sub("[ ,]*".join(digits.replace(" ", "")), f" {digits} ", spoken)
    assert numbers(spoken.replace(CODE, ""), plan) == numbers(text_of(name, PlanForm.PAGE), plan)


@pytest.mark.parametrize("form", PlanForm)
def test_every_form_has_the_code_in_letters_and_as_a_square(form: PlanForm) -> None:
    assert spaced_code(CODE) in text_of("MART", form)
    assert "asthma.example/current" in text_of("MART", form).replace("/ ", "/")


@pytest.mark.parametrize("form", PlanForm)
def test_the_nhs_number_stands_where_it_must_and_not_on_what_others_see(form: PlanForm) -> None:
    assert (nhs_number(1).spaced in text_of("MART", form)) is (form not in WITHOUT_NUMBER)


@pytest.mark.parametrize("form", [PlanForm.WALLET, PlanForm.LARGE_PRINT, PlanForm.EASY_READ])
def test_H12_the_attack_comes_first_and_whole_on_the_first_page(form: PlanForm) -> None:
    first = document("two inhalers", form)[0].get_textpage().get_text_bounded()
    assert "Call 999." in first
    assert text_of("two inhalers", form).index("Call 999.") < text_of("two inhalers", form).index("Every day")


@pytest.mark.parametrize(("form", "least"), [(PlanForm.LARGE_PRINT, 18.0), (PlanForm.EASY_READ, 14.0)])
def test_U25_no_letter_is_smaller_than_the_form_promises(form: PlanForm, least: float) -> None:
    raw = pypdfium2.raw
    for page in document("peak flow", form):
        letters = page.get_textpage()
        sizes = [
            raw.FPDFText_GetFontSize(letters, place)
            for place in range(letters.count_chars())
            if not chr(raw.FPDFText_GetUnicode(letters, place)).isspace()
        ]
        assert min(sizes) >= least - 0.1


@pytest.mark.parametrize("form", PlanForm)
def test_every_form_is_tagged_in_its_language(form: PlanForm) -> None:
    pdf = pikepdf.open(io.BytesIO(render_form(PLANS["MART"], form, site=SITE)))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("en")


def test_H29_black_and_white_has_no_colour_in_it() -> None:
    picture = document("two inhalers", PlanForm.BLACK_AND_WHITE)[0].render(scale=1).to_pil()
    dots = np.asarray(picture.convert("RGB"), dtype=int)
    assert (dots.max(axis=2) - dots.min(axis=2)).max() <= 40  # ink is a very dark blue


def test_a_plan_of_before_there_were_codes_still_prints_in_every_form() -> None:
    for form in PlanForm:
        assert render_form(TWO_INHALERS, form, site=SITE).startswith(b"%PDF")


def test_a_plan_too_long_for_a_card_is_refused_never_cut() -> None:
    long = "a very long goal that will not end " * 60
    wordy = with_point(TWO_INHALERS, 1, signs=("waking-at-night",) * 60)
    wordy = with_attack(wordy, signs=("breathing-fast",) * 60)
    with pytest.raises(Refusal, match="wallet card"):
        render_form(replace(wordy, goal=long), PlanForm.WALLET)


def test_the_picture_is_a_png_and_light_enough_to_send() -> None:
    drawn = draw_picture(PLANS["MART"], site=SITE)
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < 500_000
