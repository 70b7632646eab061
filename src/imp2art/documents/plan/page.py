"""What stands on the page of an action plan, in the order in which it is read.

Only words of `content/action_plan.toml` and values of the plan; nothing is chosen or worked out here
but the form of words that the regimen asks for.
"""

from __future__ import annotations

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanCopy
from imp2art.documents.plan.foot import foot_notes
from imp2art.documents.plan.medicines import every_day_cards
from imp2art.documents.plan.page_parts import Fact, Note, PlanPage
from imp2art.documents.plan.school import school_page
from imp2art.documents.plan.steps import attack_box, worse_steps
from imp2art.documents.plan.voice import words_for
from imp2art.documents.plan.words import ENGLISH, PlanWords, needed

__all__ = ["Fact", "Note", "PlanPage", "write_page"]


def write_page(plan: ActionPlan, words: PlanWords = ENGLISH, copy: PlanCopy = PlanCopy.OWN) -> PlanPage:
    """The page of a plan, or of a copy of it for the carer or the school.

    Raises `Refusal` where the plan lacks a number that its words need.
    """
    words = words_for(plan, words, copy)
    if copy is PlanCopy.SCHOOL:
        return school_page(plan, words)
    return PlanPage(
        language=words.language,
        document_title=words.say("document-title", version=plan.version),
        title=words.say("title"),
        version=Fact(words.say("label-version"), str(plan.version)),
        person=_person(plan, words),
        made=_made(plan, words),
        every_day=Note(words.say("every-day"), words.say("every-day-aim")),
        inhalers=every_day_cards(plan, words),
        best_peak_flow=_best_peak_flow(plan, words),
        worse=Note(words.say("worse"), words.say("worse-aim")),
        if_any=words.say("if-any"),
        then=words.say("then"),
        steps=worse_steps(plan, words),
        attack=Note(words.say("attack"), words.say("attack-aim")),
        attack_box=attack_box(plan, words),
        notes=foot_notes(plan, words, copy),
        current=words.say("current", version=plan.version, made=plan.made_on),
    )


def _person(plan: ActionPlan, words: PlanWords) -> tuple[Fact, ...]:
    return (
        Fact(words.say("label-name"), plan.person.name),
        Fact(words.say("label-born"), words.day(plan.person.born)),
        Fact(words.say("label-nhs-number"), plan.person.nhs_number.spaced),
    )


def _made(plan: ActionPlan, words: PlanWords) -> tuple[Fact, ...]:
    facts = [
        Fact(words.say("label-made-on"), words.day(plan.made_on)),
        Fact(words.say("label-made-by"), plan.made_by),
        Fact(words.say("label-review-due"), words.day(needed(plan.review_due, "the day of the next review"))),
        Fact(words.say("label-practice"), plan.practice_name),
        Fact(words.say("label-phone"), plan.practice_phone),
    ]
    if plan.out_of_hours_phone:
        facts.append(Fact(words.say("label-out-of-hours"), plan.out_of_hours_phone))
    return tuple(facts)


def _best_peak_flow(plan: ActionPlan, words: PlanWords) -> str:
    best = plan.best_peak_flow
    if best is None:
        return ""
    return words.say(
        "best-peak-flow",
        litres=best.litres_a_minute,
        scale=needed(best.scale, "the scale of the best peak flow").value,
        measured=needed(best.measured_on, "the day of the best peak flow"),
    )
