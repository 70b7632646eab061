"""S-43: every state × role × action of a set of tables for research; nobody checks what they asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from imp2art.audit.reports.table_set import SetAction, SetState, SetStep, check_may_do, may_do, state_of
from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
AUTHOR, FIRST, SECOND = "author", "first", "second"
ASKED = (SetAction.ASK, AUTHOR)
ONCE = (ASKED, (SetAction.CHECK, FIRST))
TWICE = (*ONCE, (SetAction.CHECK, SECOND))
RELEASED = (*TWICE, (SetAction.RELEASE, SECOND))
# How each state is come to: its steps, and whether the figures are still those that were checked.
WAYS = {
    SetState.UNASKED: ((), True),
    SetState.SUBMITTED: ((ASKED,), True),
    SetState.CHECKED_ONCE: (ONCE, True),
    SetState.CHECKED_TWICE: (TWICE, True),
    SetState.RETURNED: ((*ONCE, (SetAction.RETURN, SECOND)), True),
    SetState.REFUSED: ((*ONCE, (SetAction.REFUSE, SECOND)), True),
    SetState.RELEASED: (RELEASED, True),
    SetState.WITHDRAWN: ((*RELEASED, (SetAction.WITHDRAW, AUTHOR)), True),
    SetState.CHANGED: (RELEASED, False),
}
# Written out by hand: in which state who may do what. `a` is the author, `r` another researcher,
# `p` a programme's person; the first checker of a set that was checked once is not among them.
TRUTH = """
               ask  submit check return refuse release withdraw download
unasked        ar   -      -     -      -      -       -        -
submitted      -    -      rp    rp     rp     -       ap       -
checked-once   -    -      rp    rp     rp     -       ap       -
checked-twice  -    -      -     rp     rp     p       ap       -
returned       -    a      -     -      -      -       ap       -
refused        -    -      -     -      -      -       -        -
released       -    -      -     -      -      -       ap       ar
withdrawn      -    -      -     -      -      -       -        -
changed        -    a      -     -      -      -       ap       -
"""


def steps_of(state: SetState) -> tuple[tuple[SetStep, ...], bool]:
    ways, intact = WAYS[state]
    return tuple(SetStep(action, who, who, AT) for action, who in ways), intact


def allowed() -> dict[tuple[SetState, SetAction], str]:
    header, *lines = TRUTH.strip("\n").splitlines()
    table = {}
    for line in lines:
        state, *letters = line.split()
        for action, who in zip(header.split(), letters, strict=True):
            table[SetState(state), SetAction(action)] = who
    return table


def people(role: Role) -> dict[str, Actor]:
    if role is Role.RESEARCHER:
        return {"a": Actor(AUTHOR, "A", role, None), "r": Actor("other", "B", role, None)}
    if role is Role.PROGRAMME:
        return {"p": Actor("office", "C", role, None)}
    return {"-stranger": Actor("stranger", "D", role, None)}


def test_the_truth_table_names_every_state_and_action():
    assert set(allowed()) == set(product(SetState, SetAction))


@pytest.mark.parametrize("state", SetState)
def test_each_state_is_come_to(state):
    assert state_of(*steps_of(state)) is state


@pytest.mark.parametrize(("state", "role", "action"), list(product(SetState, Role, SetAction)))
def test_S43_each_state_role_and_action(state, role, action):
    steps, intact = steps_of(state)
    for letter, actor in people(role).items():
        expected = letter in allowed()[state, action]
        assert may_do(steps, intact, actor, action) is expected, letter


@pytest.mark.parametrize("action", SetAction)
@pytest.mark.parametrize("state", SetState)
def test_nobody_of_a_practice_takes_part(state, action):
    steps, intact = steps_of(state)
    inside = Actor("x", "X", Role.RESEARCHER, PracticeCode("A12345"))
    assert not may_do(steps, intact, inside, action)


def test_S43_one_person_does_not_check_twice():
    steps, intact = steps_of(SetState.CHECKED_ONCE)
    with pytest.raises(Refusal, match="second person"):
        check_may_do(steps, intact, Actor(FIRST, "F", Role.PROGRAMME, None), SetAction.CHECK)


def test_S43_the_author_is_told_that_two_others_check():
    steps, intact = steps_of(SetState.SUBMITTED)
    with pytest.raises(Refusal, match="two others"):
        check_may_do(steps, intact, Actor(AUTHOR, "A", Role.RESEARCHER, None), SetAction.CHECK)


def test_S43_an_author_who_joins_the_programme_releases_nothing_of_theirs():
    steps, intact = steps_of(SetState.CHECKED_TWICE)
    assert not may_do(steps, intact, Actor(AUTHOR, "A", Role.PROGRAMME, None), SetAction.RELEASE)


def test_S43_what_changed_is_checked_again_from_the_start():
    steps = (*steps_of(SetState.CHECKED_TWICE)[0], SetStep(SetAction.SUBMIT, AUTHOR, "A", AT))
    assert state_of(steps, True) is SetState.SUBMITTED
    assert may_do(steps, True, Actor(FIRST, "F", Role.PROGRAMME, None), SetAction.CHECK)
    once = (*steps, SetStep(SetAction.CHECK, FIRST, "F", AT))
    assert state_of(once, True) is SetState.CHECKED_ONCE
    assert not may_do(once, True, Actor("office", "C", Role.PROGRAMME, None), SetAction.RELEASE)
