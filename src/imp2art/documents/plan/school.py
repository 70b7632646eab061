"""The copy of a plan for a nursery or school: what they need in an attack, and less about the child (H-28).

No NHS number, goal, peak flow, daily treatment or steps for the home. The attack part is the plan's own,
number for number.
"""

from __future__ import annotations

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.documents.plan.foot import after_note, triggers_note
from imp2art.documents.plan.medicines import reliever_cards
from imp2art.documents.plan.page_parts import Fact, Note, PlanPage
from imp2art.documents.plan.steps import WorseStep, attack_box
from imp2art.documents.plan.words import PlanWords, has_one_inhaler, needed, part, puffs


def school_page(plan: ActionPlan, words: PlanWords) -> PlanPage:
    """The page in the same shape as the plan's own."""
    return PlanPage(
        language=words.language,
        document_title=words.say("document-title", version=plan.version),
        title=words.say("title"),
        version=Fact(words.say("label-version"), str(plan.version)),
        person=_person(plan, words),
        made=_made(plan, words),
        every_day=Note(words.say("every-day"), words.say("every-day-aim")),
        inhalers=reliever_cards(plan, words),
        best_peak_flow="",
        worse=Note(words.say("worse"), words.say("worse-aim")),
        if_any=words.say("if-any"),
        then=words.say("then"),
        steps=(_step(plan, words),),
        attack=Note(words.say("attack"), words.say("attack-aim")),
        attack_box=attack_box(plan, words),
        notes=_notes(plan, words),
        current=words.say("current", version=plan.version, made=plan.made_on),
    )


def _person(plan: ActionPlan, words: PlanWords) -> tuple[Fact, ...]:
    return (
        Fact(words.say("label-name"), plan.person.name),
        Fact(words.say("label-born"), words.day(plan.person.born)),
    )


def _made(plan: ActionPlan, words: PlanWords) -> tuple[Fact, ...]:
    return (
        Fact(words.say("label-made-on"), words.day(plan.made_on)),
        Fact(words.say("label-review-due"), words.day(needed(plan.review_due, "the day of the next review"))),
        Fact(words.say("label-practice"), plan.practice_name),
    )


def _step(plan: ActionPlan, words: PlanWords) -> WorseStep:
    count = needed(plan.usual.reliever_puffs, "how many puffs of the reliever to take")
    which = part("step-puffs-one-inhaler" if has_one_inhaler(plan) else "step-puffs-reliever")
    give = words.say("school-give", puffs=puffs(count), inhaler=which)
    return WorseStep((words.say("school-sign-symptoms"),), (give, words.say("school-tell")))


def _notes(plan: ActionPlan, words: PlanWords) -> tuple[Note, ...]:
    phone = plan.carer_phone.strip()
    call = words.say("school-call", phone=phone) if phone else words.say("school-call-blank")
    return (
        Note(words.say("school-call-title"), call),
        triggers_note(plan, words),
        Note(words.say("school-does-title"), words.say("school-does")),
        after_note(words),
    )
