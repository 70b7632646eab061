"""Which field of the form mends a gap, so that the page can lead there."""

from __future__ import annotations

from imp2art.asthma.plan.action_plan import Gap

_OF_GAP = {
    "regimen": "regimen",
    "air-under-12": "regimen",
    "not-licensed-for-this-use": "regimen",
    "two-inhalers-on-one-inhaler-plan": "regimen",
    "mart-under-12": "regimen",
    "basis": "basis",
    "peak-flow-under-5": "basis",
    "thresholds-on-symptom-plan": "basis",
    "preventer": "preventer",
    "preventer-holds-no-steroid": "preventer",
    "needs-formoterol": "preventer",
    "beclometasone-mart-under-18": "preventer",
    "preventer-contradicts": "preventer",
    "no-preventer-from-5": "preventer",
    "no-preventer-to-take": "preventer",
    "spacer": "spacer",
    "preventer-puffs": "morning_puffs",
    "puffs-mistyped": "morning_puffs",
    "air-with-daily-puffs": "morning_puffs",
    "reliever": "reliever",
    "reliever-is-not-one": "reliever",
    "reliever-puffs": "reliever_puffs",
    "max-puffs-a-day": "max_puffs_a_day",
    "max-puffs-a-day-too-many": "max_puffs_a_day",
    "max-puffs-a-day-too-few": "max_puffs_a_day",
    "max-puffs-a-day-beyond-any": "max_puffs_a_day",
    "max-puffs-a-day-not-held": "max_puffs_a_day",
    "inhaler-misnamed": "preventer",
    "best-peak-flow": "best_peak_flow",
    "best-peak-flow-unlikely": "best_peak_flow",
    "thresholds-above-best": "best_peak_flow",
    "best-peak-flow-date": "best_measured-day",
    "best-peak-flow-old": "best_measured-day",
    "peak-flow-scale": "best_scale",
    "points-too-few": "point_1_signs",
    "points-too-many": "point_4_signs",
    "points-out-of-order": "point_1_signs",
    "steroids-considered": "steroids_considered",
    "thresholds-out-of-order": "point_1_peak_flow_below",
    "thresholds-mistyped": "point_1_peak_flow_below",
    "emergency-signs": "attack_signs",
    "emergency-puffs": "attack_puffs_each",
    "emergency-seconds": "attack_seconds_between",
    "emergency-seconds-unusual": "attack_seconds_between",
    "emergency-most-puffs": "attack_max_puffs",
    "emergency-too-many-puffs": "attack_max_puffs",
    "emergency-peak-flow": "attack_peak_flow_below",
    "triggers": "triggers",
    "triggers-contradict": "triggers",
    "practice-phone": "practice_phone",
    "out-of-hours-phone": "out_of_hours_phone",
    "review-due": "review_due-day",
    "review-too-late": "review_due-day",
}
_OF_POINT = {
    "point-sign": "signs",
    "point-action": "action",
    "point-dose": "dose",
    "point-dose-mistyped": "dose",
    "point-days": "days",
    "point-days-mistyped": "days",
    "point-if-no-better": "call_within_hours",
    "point-hours-mistyped": "call_within_hours",
    "point-peak-flow": "peak_flow_below",
    "increase-under-17": "action",
    "increase-on-one-inhaler": "action",
    "increase-not-a-single-steroid": "action",
    "increase-too-much": "dose",
}
_OF_ITEM = {
    "control": "rcp_sleep",
    "attacks": "attacks_12_months",
    "medicines": "medicines_checked",
    "peak-flow-scale": "peak_flow_scale",
    "plan": "no_plan_reason",
    "attack-when": "after_attack_on-day",
    "attack-plan-used": "after_plan_used",
    "attack-steroids": "after_steroids_finished",
    "technique-why": "technique_not_done",
}
# Whose plan it is, who makes it and its version are not asked in the form.
TOP = "maincontent"


def field_of_gap(gap: Gap) -> str:
    """The name of the field; the top of the page where the form has none for it."""
    if gap.point is not None and gap.slug in _OF_POINT:
        return f"point_{gap.point}_{_OF_POINT[gap.slug]}"
    return _OF_GAP.get(gap.slug, TOP)


def field_of_item(slug: str) -> str:
    """The field that answers an item of the review."""
    return _OF_ITEM.get(slug, slug)
