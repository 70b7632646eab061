"""A set of protected tables on its way to a researcher: an author, two independent checkers, a release.

The rule is trust fact file S-43: whoever asked checks nothing, two others check, each for themselves,
and what changed after a check is checked again from the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from imp2art.core.actor import Actor, Role
from imp2art.core.refusal import Refusal


class SetAction(StrEnum):
    """What a person does with a set. Stored names: never rename one."""

    ASK = "ask"
    SUBMIT = "submit"  # again, after it was returned or its figures changed
    CHECK = "check"  # looked at every table, and found nothing that may not leave
    RETURN = "return"
    REFUSE = "refuse"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    DOWNLOAD = "download"


class SetState(StrEnum):
    """How far a set is."""

    UNASKED = "unasked"
    SUBMITTED = "submitted"
    CHECKED_ONCE = "checked-once"
    CHECKED_TWICE = "checked-twice"
    RETURNED = "returned"
    REFUSED = "refused"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"  # its figures are not those that were checked


@dataclass(frozen=True, slots=True)
class SetStep:
    """Who did what, when."""

    action: SetAction
    actor_id: str
    by: str
    at: datetime


_CHECKABLE = (SetState.SUBMITTED, SetState.CHECKED_ONCE)
_OPEN = (*_CHECKABLE, SetState.CHECKED_TWICE)
WAITING = frozenset(_OPEN)  # for a check or the release
_SUBMITTABLE = (SetState.RETURNED, SetState.CHANGED)
_ALIVE = (*_OPEN, *_SUBMITTABLE, SetState.RELEASED)
NEXT: Mapping[tuple[SetState, SetAction], SetState] = MappingProxyType(
    {
        (SetState.UNASKED, SetAction.ASK): SetState.SUBMITTED,
        **{(state, SetAction.SUBMIT): SetState.SUBMITTED for state in _SUBMITTABLE},
        (SetState.SUBMITTED, SetAction.CHECK): SetState.CHECKED_ONCE,
        (SetState.CHECKED_ONCE, SetAction.CHECK): SetState.CHECKED_TWICE,
        **{(state, SetAction.RETURN): SetState.RETURNED for state in _OPEN},
        **{(state, SetAction.REFUSE): SetState.REFUSED for state in _OPEN},
        (SetState.CHECKED_TWICE, SetAction.RELEASE): SetState.RELEASED,
        **{(state, SetAction.WITHDRAW): SetState.WITHDRAWN for state in _ALIVE},
        (SetState.RELEASED, SetAction.DOWNLOAD): SetState.RELEASED,
    }
)
_CHECKERS = frozenset({Role.PROGRAMME, Role.RESEARCHER})
ROLES: Mapping[SetAction, frozenset[Role]] = MappingProxyType(
    {
        SetAction.ASK: frozenset({Role.RESEARCHER}),
        SetAction.SUBMIT: frozenset({Role.RESEARCHER}),
        SetAction.CHECK: _CHECKERS,
        SetAction.RETURN: _CHECKERS,
        SetAction.REFUSE: _CHECKERS,
        SetAction.RELEASE: frozenset({Role.PROGRAMME}),
        SetAction.WITHDRAW: _CHECKERS,
        SetAction.DOWNLOAD: frozenset({Role.RESEARCHER}),
    }
)
_BY_AUTHOR = (SetAction.SUBMIT,)
_NEVER_BY_AUTHOR = (SetAction.CHECK, SetAction.RETURN, SetAction.REFUSE, SetAction.RELEASE)


def state_of(steps: Sequence[SetStep], is_intact: bool) -> SetState:
    """How far these steps brought the set. `is_intact` says whether its figures are, byte for byte,
    those that were submitted.
    """
    state = SetState.UNASKED
    for step in steps:
        again = step.action is SetAction.SUBMIT  # from whichever state its change had left it in
        state = SetState.SUBMITTED if again else NEXT.get((state, step.action), state)
    return state if is_intact or state not in (*_OPEN, SetState.RELEASED) else SetState.CHANGED


def author_of(steps: Sequence[SetStep]) -> str | None:
    """Who asked for the set."""
    return steps[0].actor_id if steps else None


def checkers_of(steps: Sequence[SetStep]) -> tuple[str, ...]:
    """Who has checked it since it was last submitted."""
    since = 0
    for place, step in enumerate(steps):
        if step.action in (SetAction.ASK, SetAction.SUBMIT):
            since = place
    return tuple(step.actor_id for step in steps[since:] if step.action is SetAction.CHECK)


def may_do(steps: Sequence[SetStep], is_intact: bool, actor: Actor, action: SetAction) -> bool:
    """Whether `check_may_do` would let it pass."""
    try:
        check_may_do(steps, is_intact, actor, action)
    except Refusal:
        return False
    return True


def check_may_do(steps: Sequence[SetStep], is_intact: bool, actor: Actor, action: SetAction) -> None:
    """Raise `Refusal` where the set's state, the person's role or their part in it forbids this."""
    state, is_author = state_of(steps, is_intact), actor.id == author_of(steps)
    if actor.role not in ROLES[action] or actor.practice is not None:
        raise Refusal("Your role does not allow this.")
    if (state, action) not in NEXT:
        raise Refusal(f"These tables are {state.value.replace('-', ' ')}: that cannot be done with them now.")
    if action in _BY_AUTHOR and not is_author:
        raise Refusal("Only the person who asked for these tables can do this.")
    if action in _NEVER_BY_AUTHOR and is_author:
        raise Refusal("You asked for these tables, so two others must check them.")
    if action is SetAction.WITHDRAW and not is_author and actor.role is not Role.PROGRAMME:
        raise Refusal("Only the person who asked for these tables, or the programme, can withdraw them.")
    if action is SetAction.CHECK and actor.id in checkers_of(steps):
        raise Refusal("You checked these tables already. A second person must check them too.")
