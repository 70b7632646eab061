"""What a post-attack review asks about the attack: from the form's texts to an `AttackReview`, and back."""

from __future__ import annotations

from datetime import date

from imp2art.asthma.plan.use import PlanUse
from imp2art.asthma.review.attack_review import AttackReview, TreatedWhere
from imp2art.web.practice.fields import DAY_PARTS, Sent
from imp2art.web.practice.form import Texts, shown, yes_or_no
from imp2art.web.practice.review.choices import CAUSES, slugs

_DAYS = ("attack_on", "seen_on", "follow_up_on")


def attack_from(sent: Sent, on: date) -> AttackReview:
    """The answers. A day of the attack or of its treatment that is yet to come is an error of its field."""
    return AttackReview(
        attack_on=_past(sent, "after_attack_on", "The day of the attack", on),
        seen_on=_past(sent, "after_seen_on", "The day of treatment", on),
        treated_where=sent.one_of("after_treated_where", TreatedWhere, "Where they were treated"),
        plan_used=sent.one_of("after_plan_used", PlanUse, "Use of the plan in the attack"),
        steroids_finished=sent.yes_no("after_steroids_finished", "Steroid tablets finished"),
        causes=sent.several("after_causes", slugs(CAUSES), "What may have led to the attack"),
        treatment_changed=sent.yes_no("after_treatment_changed", "Change of treatment since the attack"),
        follow_up_on=sent.day("after_follow_up_on", "The day to see them again"),
    )


def texts_of_attack(attack: AttackReview) -> Texts:
    """The form that shows these answers."""
    plain = shown(
        {
            "after_treated_where": attack.treated_where,
            "after_plan_used": attack.plan_used,
            "after_steroids_finished": yes_or_no(attack.steroids_finished),
            "after_treatment_changed": yes_or_no(attack.treatment_changed),
        }
    )
    days: Texts = {}
    for name in _DAYS:
        days |= _texts_of_day(f"after_{name}", getattr(attack, name))
    return plain | days | {"after_causes": attack.causes}


def _past(sent: Sent, name: str, what: str, on: date) -> date | None:
    day = sent.day(name, what)
    if day is not None and day > on:
        sent.refuse(f"{name}-day", f"{what} must not lie in the future.")
        return None
    return day


def _texts_of_day(name: str, on: date | None) -> Texts:
    return {} if on is None else shown({f"{name}-{part}": getattr(on, part) for part in DAY_PARTS})
