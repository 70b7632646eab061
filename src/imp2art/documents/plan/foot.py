"""The notes in the foot of a plan: after an attack, triggers, goal, what others do."""

from __future__ import annotations

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanCopy, PlanFamily, family_of
from imp2art.documents.plan.page_parts import Note
from imp2art.documents.plan.words import BOOK, PlanWords, has_one_inhaler, needed
from imp2art.documents.words import has_phrase


def foot_notes(plan: ActionPlan, words: PlanWords, copy: PlanCopy) -> tuple[Note, ...]:
    """In the order in which they are read; the goal only where there is one."""
    notes = [after_note(words), triggers_note(plan, words)]
    if plan.goal.strip():
        notes.append(Note(words.say("goal-title"), plan.goal))
    return (*notes, *_others(plan, words, copy))


def after_note(words: PlanWords) -> Note:
    """Whom to tell after an attack."""
    return Note(words.say("after-title"), words.say("after-attack"))


def triggers_note(plan: ActionPlan, words: PlanWords) -> Note:
    """Known triggers in our words, the person's own words as they stand."""
    needed(plan.triggers or None, "the triggers")
    listed = words.listed(_trigger(trigger, words) for trigger in plan.triggers)
    return Note(words.say("triggers-title"), listed)


def _others(plan: ActionPlan, words: PlanWords, copy: PlanCopy) -> tuple[Note, ...]:
    """On a child's own plan, what the grown-up does; on an under-5's, what the family does."""
    family = family_of(plan)
    if family is PlanFamily.UNDER_FIVES:
        return (Note(words.say("family-title"), words.say("family")),)
    if family is PlanFamily.CHILD and copy is PlanCopy.OWN:
        does = "grown-up-one-inhaler" if has_one_inhaler(plan) else "grown-up"
        return (Note(words.say("grown-up-title"), words.say(does)),)
    return ()


def _trigger(trigger: str, words: PlanWords) -> str:
    slug = f"trigger-{trigger}"
    return words.say(slug) if has_phrase(BOOK, slug) else trigger
