"""The personalised asthma action plan as a value.

The plan reproduces what the clinician chose: doses, puffs and thresholds come from the person who
signs, pre-filled from the record, never invented here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.regimen import Regimen
from imp2art.core.identifiers import NhsNumber

# The answer "none that I know of": an answer like any other, so that a blank never means it (H-15).
NO_KNOWN_TRIGGER = "none-known"


class PlanBasis(StrEnum):
    """What the person watches."""

    SYMPTOMS = "symptoms"
    PEAK_FLOW = "peak flow"
    BOTH = "both"


class PointAction(StrEnum):
    """What an action point asks for. The words are in content/action_plan.toml."""

    RESTART_PREVENTER = "restart-preventer"
    INCREASE_PREVENTER = "increase-preventer"
    EXTRA_RELIEVER = "extra-reliever"
    START_STEROID_TABLETS = "start-steroid-tablets"
    CONTACT_PRACTICE = "contact-practice"
    GET_URGENT_HELP = "get-urgent-help"


@dataclass(frozen=True, slots=True)
class PlanInhaler:
    """An inhaler as the plan names it. `colour` only where the product's own data has it."""

    code: str
    name: str
    strength: str
    device: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class UsualTreatment:
    """What to take every day. `reliever` is the same inhaler as `preventer` on MART and AIR.

    `without_preventer` is the signer's word that a child under 5 has none; a blank never means it (H-15).
    `max_checked` is the signer's tick that the most puffs a day are those of the product's information:
    needed where the product's own maximum is not held here (clinical fact file §3.5, §9.5).
    """

    preventer: PlanInhaler | None
    morning_puffs: int | None
    evening_puffs: int | None
    reliever: PlanInhaler | None
    reliever_puffs: int | None
    max_puffs_a_day: int | None = None  # MART and AIR: all puffs of the day, preventer doses included
    without_preventer: bool | None = None
    max_checked: bool | None = None


@dataclass(frozen=True, slots=True)
class BestPeakFlow:
    """Personal best in L/min, when it was measured and on which scale; a plan needs all three."""

    litres_a_minute: int
    measured_on: date | None
    scale: PeakFlowScale | None


@dataclass(frozen=True, slots=True)
class ActionPoint:
    """One step of getting worse: what sets it off, what to do, for how long, and what if no better.

    `signs` are slugs of content/action_plan.toml (`waking-at-night`); `peak_flow_below` is L/min.
    `dose` is the number that the action needs: puffs each time, or steroid milligrams a day. `days`
    is how long; `call_within_hours` is when to speak to someone if no better.
    """

    order: int
    signs: tuple[str, ...]
    peak_flow_below: int | None
    action: PointAction | None
    dose: int | None
    days: int | None
    call_within_hours: int | None


@dataclass(frozen=True, slots=True)
class Emergency:
    """What to do in an attack while waiting for help; `seconds_between` puffs as the signer chose."""

    signs: tuple[str, ...]
    peak_flow_below: int | None
    puffs_each: int | None
    seconds_between: int | None
    max_puffs: int | None


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """Whose plan it is; printed on every page."""

    patient_id: str
    name: str
    born: date
    nhs_number: NhsNumber


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A plan, whole or still being made: what is not known yet is None or empty.

    `check_plan` says what a plan lacks; only one that lacks nothing is issued. Issued plans are never
    changed: a new version replaces the old one. `steroids_considered` is the signer's tick that
    diabetes, pregnancy, interactions and the supply at home were thought of (H-09). `spacer` is whether a
    spray inhaler is used with one; `carer_phone` whom a school calls. `acknowledged` and `teach_back` are
    the person's (or carer's) own: they have it and agreed it, and said it back; None where not asked.
    `currency_code` is drawn as the plan is issued (`asthma.plan.currency`); plans of before have none.
    """

    person: PlanPerson
    regimen: Regimen | None
    basis: PlanBasis | None
    usual: UsualTreatment
    best_peak_flow: BestPeakFlow | None
    action_points: tuple[ActionPoint, ...]
    emergency: Emergency
    triggers: tuple[str, ...]
    goal: str
    practice_name: str
    practice_phone: str
    out_of_hours_phone: str
    made_by: str
    made_on: date
    review_due: date | None
    version: int
    steroids_considered: bool | None = None
    currency_code: str = ""
    spacer: bool | None = None
    carer_phone: str = ""
    acknowledged: bool | None = None
    teach_back: bool | None = None


def zone_of(plan: ActionPlan, litres_a_minute: int) -> int:
    """Which part of the plan a peak flow falls in: 0 every day, n the nth action point, then the attack.

    The lowest threshold that the reading is below decides, so that every reading has one zone and only
    one (H-11). Readings are compared with the thresholds as they stand in the plan, unrounded.
    """
    thresholds = [point.peak_flow_below for point in plan.action_points]
    below = [
        place
        for place, limit in enumerate((*thresholds, plan.emergency.peak_flow_below), start=1)
        if limit is not None and litres_a_minute < limit
    ]
    return below[-1] if below else 0


class GapReason(StrEnum):
    """Why a plan may not be issued as it stands."""

    MISSING = "missing"  # a complete plan says it, and this one does not yet
    UNSAFE = "unsafe"  # it would harm, or it does not fit the person, the inhaler or itself


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps a plan from being issued. Words: content/review.toml, `gap-<slug>`.

    `point` is the action point's place, counted from 1, where the gap is in one.
    """

    slug: str
    why: GapReason
    point: int | None = None


def missing(slug: str, point: int | None = None) -> Gap:
    """A gap that is filled by answering."""
    return Gap(slug, GapReason.MISSING, point)


def unsafe(slug: str, point: int | None = None) -> Gap:
    """A gap that is closed by changing what the plan says."""
    return Gap(slug, GapReason.UNSAFE, point)
