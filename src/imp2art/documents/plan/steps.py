"""The steps of a plan: what to do when worse, and what to do in an attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imp2art.asthma.plan.action_plan import ActionPlan, ActionPoint, Emergency, PointAction, UsualTreatment
from imp2art.documents.plan.medicines import short_name, takes_spacer
from imp2art.documents.plan.words import Part, PlanWords, has_one_inhaler, needed, part, puffs


@dataclass(frozen=True, slots=True)
class WorseStep:
    """What the person notices, and what they then do."""

    signs: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttackStep:
    """`act` is large and short; `what` names the inhaler, `more` follows in the usual size."""

    act: str
    more: tuple[str, ...]
    what: str = ""


@dataclass(frozen=True, slots=True)
class AttackBox:
    """The red box: signs under their heading, then the steps in order."""

    signs_title: str
    signs: tuple[str, ...]
    steps: tuple[AttackStep, ...]


def worse_steps(plan: ActionPlan, words: PlanWords) -> tuple[WorseStep, ...]:
    """The action points in their own order."""
    points = sorted(plan.action_points, key=lambda point: point.order)
    return tuple(WorseStep(_signs(point, words), tuple(_actions(plan, point, words))) for point in points)


def attack_box(plan: ActionPlan, words: PlanWords) -> AttackBox:
    """Sit up, puffs, 999: every number is the signer's."""
    steps = (
        AttackStep(words.say("step-sit"), (words.say("step-sit-more"),)),
        _puffs_step(plan, words),
        AttackStep(words.say("step-call"), (words.say("step-call-when"), words.say("step-call-more"))),
    )
    return AttackBox(words.say("attack-any"), _signs(plan.emergency, words), steps)


def _signs(point: ActionPoint | Emergency, words: PlanWords) -> tuple[str, ...]:
    signs = [words.say(f"sign-{slug}") for slug in point.signs]
    if point.peak_flow_below is not None:
        signs.append(words.say("peak-flow-below", litres=point.peak_flow_below))
    return tuple(signs)


def _actions(plan: ActionPlan, point: ActionPoint, words: PlanWords) -> Iterator[str]:
    yield words.of(_action(plan, point))
    if point.action is PointAction.GET_URGENT_HELP and plan.out_of_hours_phone:
        yield words.say("action-get-urgent-help-closed", phone=plan.out_of_hours_phone)
    if point.days is not None:
        yield words.say("for-days", count=point.days)
    if point.call_within_hours is not None:
        yield words.say("call-if-no-better", count=point.call_within_hours)


def _action(plan: ActionPlan, point: ActionPoint) -> Part:
    match point.action:
        case PointAction.RESTART_PREVENTER:
            return _restart_preventer(plan.usual, point)
        case PointAction.INCREASE_PREVENTER:
            return part("action-increase-preventer", puffs=_dose(point), times=_times(plan.usual))
        case PointAction.EXTRA_RELIEVER:
            slug = "action-extra-one-inhaler" if has_one_inhaler(plan) else "action-extra-reliever"
            return part(slug, puffs=_dose(point))
        case PointAction.START_STEROID_TABLETS:
            dose = needed(point.dose, f"the dose of steroid tablets in action point {point.order}")
            return part("action-start-steroid-tablets", dose=dose)
        case PointAction.CONTACT_PRACTICE:
            return part("action-contact-practice", phone=plan.practice_phone)
        case PointAction.GET_URGENT_HELP:
            return part("action-get-urgent-help", phone=plan.practice_phone)
        case None:
            return needed(None, f"what to do in action point {point.order}")


def _restart_preventer(usual: UsualTreatment, point: ActionPoint) -> Part:
    if point.dose is None:
        return part("action-restart-preventer")
    return part("action-restart-preventer-puffs", puffs=puffs(point.dose), times=_times(usual))


def _dose(point: ActionPoint) -> Part:
    return puffs(needed(point.dose, f"the number of puffs in action point {point.order}"))


def _times(usual: UsualTreatment) -> Part:
    """When the preventer is taken: the dose of an action point is for each of these times."""
    if usual.morning_puffs and usual.evening_puffs:
        return part("times-both")
    return part("times-night") if usual.evening_puffs else part("times-morning")


def _puffs_step(plan: ActionPlan, words: PlanWords) -> AttackStep:
    emergency = plan.emergency
    each = puffs(needed(emergency.puffs_each, "the puffs to take in an attack"))
    most = puffs(needed(emergency.max_puffs, "the most puffs to take in an attack"))
    which = part("step-puffs-one-inhaler" if has_one_inhaler(plan) else "step-puffs-reliever")
    again = words.of(_again(emergency.seconds_between, most))
    inhaler = plan.usual.reliever or plan.usual.preventer
    name = short_name(inhaler) if inhaler else ""
    more = (again, words.say("step-spacer")) if takes_spacer(plan, inhaler) else (again,)
    return AttackStep(words.say("step-puffs", puffs=each, inhaler=which), more, name)


def _again(seconds: int | None, most: Part) -> Part:
    """Whole minutes are said in minutes: 120 seconds is hard to count in an attack."""
    if seconds is None:
        return part("step-again", puffs=most)
    if seconds % 60:
        return part("step-again-seconds", count=seconds, puffs=most)
    return part("step-again-minutes", count=seconds // 60, puffs=most)
