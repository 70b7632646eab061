"""T-02: the table of rights, row by row, and that a practice's wall holds for every role and action."""

from __future__ import annotations

from itertools import product

import pytest

from imp2art.access.rights import ROLES_FOR, Action, MayNot, check_may, check_supports, may
from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere

OWN, OTHER = PracticeCode("A12345"), PracticeCode("B54321")

# Written out by hand, so that a slip in the table of the code does not repeat itself here.
# ruff: noqa: E501 - one row a line
TRUTH = """
                nurse gp  pharmacist administrator manager operator system facilitator researcher programme patient
see-register    yes   yes yes        yes           yes     no       no     no          no         no        no
see-list        yes   yes yes        yes           yes     no       no     no          no         no        no
work-list       yes   yes yes        yes           yes     no       no     no          no         no        no
compare-search  yes   yes yes        yes           yes     no       no     no          no         no        no
see-report      yes   yes yes        yes           yes     no       no     no          no         no        no
see-readings    no    no  no         no            yes     no       no     no          no         no        no
open-record     yes   yes yes        no            no      no       no     no          no         no        no
write-review    yes   yes yes        no            no      no       no     no          no         no        no
issue-plan      yes   yes yes        no            no      no       no     no          no         no        no
see-plan        yes   yes yes        no            no      no       no     no          no         no        no
see-audit-trail yes   yes yes        no            yes     no       no     no          no         no        no
import-extract  no    no  no         no            yes     yes      no     no          no         no        no
run-audit       no    no  no         no            yes     yes      yes    no          no         yes       no
keep-practice   no    no  no         no            no      yes      no     no          no         no        no
send-outbox     no    no  no         no            no      no       yes    no          no         no        no
keep-clock      no    no  no         no            no      yes      yes    no          no         yes       no
see-programme   no    no  no         no            no      no       no     no          no         yes       no
release-reports no    no  no         no            no      no       no     no          no         yes       no
give-version    no    no  no         no            no      no       no     no          no         yes       no
see-supported   no    no  no         no            no      no       no     yes         no         no        no
see-figures     no    no  no         no            no      no       no     no          yes        no        no
check-tables    no    no  no         no            no      no       no     no          yes        yes       no
share-plan      yes   yes yes        no            no      no       no     no          no         no        no
open-own-plan   no    no  no         no            no      no       no     no          no         no        yes
"""
STAFF = (Role.NURSE, Role.GP, Role.PHARMACIST, Role.ADMINISTRATOR, Role.MANAGER, Role.PATIENT)
MACHINERY = (Role.OPERATOR, Role.SYSTEM)
OF_NO_PRACTICE = (*MACHINERY, Role.PROGRAMME, Role.FACILITATOR, Role.RESEARCHER)


def truth_rows():
    header, *lines = TRUTH.strip().splitlines()
    for line in lines:
        action, *answers = line.split()
        for role, answer in zip(header.split(), answers, strict=True):
            yield pytest.param(Role(role), Action(action), answer == "yes", id=f"{role}-{action}")


def someone(role: Role, practice: PracticeCode | None) -> Actor:
    return Actor("1", "Someone", role, practice)


def at_home(role: Role) -> Actor:
    return someone(role, OWN if role in STAFF else None)


def home_of(role: Role) -> PracticeCode | None:
    return None if role in (Role.FACILITATOR, Role.RESEARCHER) else OWN


@pytest.mark.parametrize(("role", "action", "expected"), list(truth_rows()))
def test_T02_each_role_may_do_what_the_table_says_in_the_own_practice(role, action, expected):
    assert may(at_home(role), action, home_of(role)) is expected


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESEARCHER])
def test_T01_facilitators_and_researchers_reach_no_practice_by_role(role, action):
    assert not may(at_home(role), action, OWN)


@pytest.mark.parametrize(("role", "action"), list(product(STAFF, Action)))
def test_staff_of_a_practice_have_no_right_in_the_programme(role, action):
    assert not may(at_home(role), action, None)
    assert not may(someone(role, None), action, None)


def test_T01_a_practice_that_one_does_not_support_is_not_there():
    check_supports(OWN, {OWN})
    with pytest.raises(NotHere):
        check_supports(OTHER, {OWN})


def test_the_truth_table_names_every_role_and_action():
    assert {(row.values[0], row.values[1]) for row in truth_rows()} == set(product(Role, Action))


@pytest.mark.parametrize(("role", "action"), list(product(STAFF, Action)))
def test_T01_staff_may_do_nothing_in_another_practice(role, action):
    assert not may(someone(role, OTHER), action, OWN)


@pytest.mark.parametrize(("role", "action"), list(product(STAFF, Action)))
def test_T01_another_practice_is_answered_as_one_that_does_not_exist(role, action):
    with pytest.raises(NotHere) as other:
        check_may(someone(role, OWN), action, OTHER)
    with pytest.raises(NotHere) as absent:
        check_may(someone(role, OWN), action, PracticeCode("Z99999"))
    assert str(other.value) == str(absent.value)


@pytest.mark.parametrize(("role", "action"), list(product(STAFF, Action)))
def test_staff_of_no_practice_may_do_nothing(role, action):
    assert not may(someone(role, None), action, OWN)


@pytest.mark.parametrize(("role", "action"), list(product(OF_NO_PRACTICE, Action)))
def test_who_is_of_the_programme_or_the_machinery_belongs_to_no_practice(role, action):
    assert not may(someone(role, OWN), action, OWN)


@pytest.mark.parametrize(("role", "action", "expected"), list(truth_rows()))
def test_check_may_agrees_with_may(role, action, expected):
    actor = at_home(role)
    if expected:
        check_may(actor, action, home_of(role))
        assert may(actor, action, home_of(role))
    else:
        with pytest.raises(MayNot, match="Your role does not allow this"):
            check_may(actor, action, home_of(role))


def test_every_action_is_decided():
    assert set(ROLES_FOR) == set(Action)
