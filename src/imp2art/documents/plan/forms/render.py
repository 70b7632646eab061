"""Every printed form of a plan, from the one value: the same words and the same numbers in each."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Any

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanCopy
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.forms.easy_read import write_easy_read
from imp2art.documents.plan.notices import notices_of
from imp2art.documents.plan.page import PlanPage, write_page
from imp2art.documents.plan.render import page_values, typeset_page
from imp2art.documents.plan.words import ENGLISH, PlanWords
from imp2art.documents.typesetting import DoesNotFit, draw_page, typeset

_PICTURE_DOTS = 130  # an inch: 1,075 dots wide, sharp on a phone, some 200 kB


class PlanForm(StrEnum):
    """The forms on paper. The words are also the file names."""

    PAGE = "page"
    TO_SHARE = "to-share"  # the page without the NHS number
    BLACK_AND_WHITE = "black-and-white"
    LARGE_PRINT = "large-print"
    EASY_READ = "easy-read"
    WALLET = "wallet"


_ONE_PAGE = (PlanForm.PAGE, PlanForm.TO_SHARE, PlanForm.BLACK_AND_WHITE)
_WITHOUT_NUMBER = (PlanForm.TO_SHARE, PlanForm.WALLET)  # copies that others see, or that are easily lost


def render_form(
    plan: ActionPlan,
    form: PlanForm,
    words: PlanWords = ENGLISH,
    site: str = "",
    copy: PlanCopy = PlanCopy.OWN,
) -> bytes:
    """The tagged PDF of a form; `site` is the address that the plan's code is asked at.

    Page and wallet card are one sheet: `Refusal` where the plan is too long for it. Large print and easy
    read take as many pages as they need, the attack on the first.
    """
    values = _values(plan, form, words, site, copy)
    if form in _ONE_PAGE:
        return typeset_page(values, plan.made_on)
    try:
        return typeset(form.value.replace("-", "_"), values, plan.made_on)
    except DoesNotFit:
        raise Refusal("The plan is too long for a wallet card. Print another form of it.") from None


def draw_picture(plan: ActionPlan, words: PlanWords = ENGLISH, site: str = "") -> bytes:
    """The page without the NHS number as a PNG, for the photos of a phone."""
    values = _values(plan, PlanForm.TO_SHARE, words, site, PlanCopy.OWN)
    return draw_page("action_plan", values, _PICTURE_DOTS)


def _values(plan: ActionPlan, form: PlanForm, words: PlanWords, site: str, copy: PlanCopy) -> dict[str, Any]:
    page = write_page(plan, words, copy)
    values = page_values(plan, page, words, site)
    values["black_and_white"] = form is PlanForm.BLACK_AND_WHITE
    if form in _WITHOUT_NUMBER:
        number = plan.person.nhs_number.spaced
        values["person"] = [asdict(fact) for fact in page.person if fact.value != number]
    if form not in _ONE_PAGE:
        values["about"] = words.say("this-plan")
        values["page_of"] = words.say("page-of", page="#", pages="##")
    if form is PlanForm.EASY_READ:
        values["title"] = words.say("easy-title")
        values["parts"] = [asdict(part) for part in write_easy_read(plan, page, words)]
    if form is PlanForm.WALLET:
        values |= _card(plan, page, words)
    return values | {"notices": notices_of(values, words)}


def _card(plan: ActionPlan, page: PlanPage, words: PlanWords) -> dict[str, Any]:
    """What stands on the card's fourth panel."""
    calls = [(plan.practice_name, plan.practice_phone)]
    if plan.out_of_hours_phone:
        calls.append((words.say("label-out-of-hours"), plan.out_of_hours_phone))
    return {
        "fold": words.say("card-fold"),
        "call": words.say("card-call"),
        "calls": [{"label": label, "value": phone} for label, phone in calls],
        "made": words.say("card-version", version=plan.version, made=plan.made_on, due=plan.review_due),
    }
