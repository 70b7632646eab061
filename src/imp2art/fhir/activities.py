"""What to do when it gets worse: an activity of the CarePlan for each action point, and one for the attack.

UCUM: puffs `{puff}`, milligrams `mg`, litres a minute `L/min`, days `d`, hours `h`, seconds `s`.
"""

from __future__ import annotations

from imp2art.asthma.plan.action_plan import ActionPoint, Emergency, PointAction
from imp2art.fhir.elements import Element, amount, concept, count, only_code, quantity, text, told
from imp2art.fhir.fields import read_fields, write_fields
from imp2art.fhir.names import (
    CALL_WITHIN,
    MOST_PUFFS,
    PEAK_FLOW_BELOW,
    PLAN_PART,
    POINT_ACTION,
    POINT_ORDER,
    SIGN,
)
from imp2art.fhir.place import Place

POINT, ATTACK = "action-point", "attack"
_NATIVE_POINT = ("order", "signs", "peak_flow_below", "action", "dose", "days", "call_within_hours")
_NATIVE_ATTACK = ("signs", "peak_flow_below", "puffs_each", "seconds_between", "max_puffs")


def write_point(point: ActionPoint) -> Element:
    """An action point. Its dose has a unit only where its action says what is counted."""
    days = quantity(point.days, "d")
    return _activity(
        part=POINT,
        extensions=[
            {"url": POINT_ORDER, "valueInteger": point.order},
            *_below(point.peak_flow_below),
            *_measured(CALL_WITHIN, "valueDuration", quantity(point.call_within_hours, "h")),
            *write_fields(point, _NATIVE_POINT),
        ],
        signs=point.signs,
        code=concept(POINT_ACTION, point.action.value if point.action else None),
        repeat={"boundsDuration": days} if days else None,
        amount=quantity(point.dose, _unit(point.action)),
    )


def write_attack(emergency: Emergency) -> Element:
    """What to do in an attack: so many puffs, again after so many seconds, up to so many."""
    seconds = quantity(emergency.seconds_between, "s")
    repeat = {"frequency": 1, "period": seconds["value"], "periodUnit": "s"} if seconds else None
    return _activity(
        part=ATTACK,
        extensions=[
            *_below(emergency.peak_flow_below),
            *_measured(MOST_PUFFS, "valueQuantity", quantity(emergency.max_puffs, "{puff}")),
            *write_fields(emergency, _NATIVE_ATTACK),
        ],
        signs=emergency.signs,
        code=None,
        repeat=repeat,
        amount=quantity(emergency.puffs_each, "{puff}"),
    )


def read_points(details: tuple[Place, ...]) -> tuple[ActionPoint, ...]:
    """The action points, in the order in which they stand."""
    return tuple(_read_point(detail) for detail in details if _part(detail) == POINT)


def read_attack(details: tuple[Place, ...], care_plan: Place) -> Emergency:
    """The attack part; `Refusal` unless there is exactly one."""
    found = [detail for detail in details if _part(detail) == ATTACK]
    if len(found) != 1:
        care_plan.refuse("a plan has one part on what to do in an attack.")
    detail = found[0]
    repeat = _repeat(detail)
    return Emergency(
        signs=_signs(detail),
        peak_flow_below=_read_measured(detail, PEAK_FLOW_BELOW, "valueQuantity"),
        puffs_each=amount(detail.at("quantity")),
        seconds_between=count(repeat.need("period")) if repeat else None,
        max_puffs=_read_measured(detail, MOST_PUFFS, "valueQuantity"),
        **read_fields(Emergency, detail, _NATIVE_ATTACK),
    )


def _activity(
    part: str,
    extensions: list[Element],
    signs: tuple[str, ...],
    code: Element | None,
    repeat: Element | None,
    amount: Element | None,
) -> Element:
    detail = told(
        extension=[{"url": PLAN_PART, "valueCode": part}, *extensions],
        code=code,
        reasonCode=[{"coding": [{"system": SIGN, "code": text(sign)}]} for sign in signs],
        status="not-started",
        scheduledTiming={"repeat": repeat} if repeat else None,
        quantity=amount,
    )
    return {"detail": detail}


def _read_point(detail: Place) -> ActionPoint:
    repeat = _repeat(detail)
    order = detail.extension(POINT_ORDER)
    if order is None:
        detail.refuse("the action point's place in the plan is missing.")
    return ActionPoint(
        order=order.need("valueInteger").whole(),
        signs=_signs(detail),
        peak_flow_below=_read_measured(detail, PEAK_FLOW_BELOW, "valueQuantity"),
        action=_action(detail),
        dose=amount(detail.at("quantity")),
        days=amount(repeat.need("boundsDuration")) if repeat else None,
        call_within_hours=_read_measured(detail, CALL_WITHIN, "valueDuration"),
        **read_fields(ActionPoint, detail, _NATIVE_POINT),
    )


def _unit(action: PointAction | None) -> str | None:
    if action is None:
        return None
    return "mg" if action is PointAction.START_STEROID_TABLETS else "{puff}"


def _below(litres_a_minute: int | None) -> list[Element]:
    limit = quantity(litres_a_minute, "L/min")
    below = None if limit is None else {"value": limit["value"], "comparator": "<", **limit}
    return _measured(PEAK_FLOW_BELOW, "valueQuantity", below)


def _measured(url: str, name: str, value: Element | None) -> list[Element]:
    return [] if value is None else [{"url": url, name: value}]


def _read_measured(detail: Place, url: str, name: str) -> int | None:
    found = detail.extension(url)
    return amount(found.need(name)) if found else None


def _part(detail: Place) -> str:
    part = detail.extension(PLAN_PART)
    if part is None:
        detail.refuse("which part of the plan this is, is not told.")
    return part.need("valueCode").text()


def _repeat(detail: Place) -> Place | None:
    timing = detail.at("scheduledTiming")
    return timing.need("repeat") if timing else None


def _signs(detail: Place) -> tuple[str, ...]:
    codes = (only_code(reason) for reason in detail.each("reasonCode"))
    return tuple(code.text() if code else detail.refuse("a sign has no code.") for code in codes)


def _action(detail: Place) -> PointAction | None:
    code = only_code(detail.at("code"))
    if code is None:
        return None
    try:
        return PointAction(code.text())
    except ValueError:
        return code.refuse("this is no action of a plan.")
