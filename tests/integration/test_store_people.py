"""Staff accounts: who may be made, and what each becomes when they sign in."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry
from imp2art.store.models import AuditEvent
from imp2art.store.people import (
    StaffAccount,
    actor_of_account,
    close_account,
    create_account,
    username_for,
)
from tests.builders import AT, OPERATOR
from tests.conftest import OURS, PASSWORD, World

MADE = AuditEntry(AT, OPERATOR, "account-made")
NEW = StaffAccount("amina", "Amina O'Neill", Role.NURSE, OURS, "amina@example.org")


def test_an_account_becomes_the_actor_it_was_made_for(world: World):
    actor = create_account(NEW, PASSWORD, MADE)
    assert actor == Actor(actor.id, "Amina O'Neill", Role.NURSE, OURS)
    assert actor_of_account(int(actor.id)) == actor


def test_the_password_is_kept_as_a_hash_only(world: World):
    create_account(NEW, PASSWORD, MADE)
    kept = get_user_model().objects.get(username="amina")
    assert PASSWORD not in kept.password
    assert kept.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (StaffAccount("AMINA", "Another", Role.GP, OURS), "user name already"),
        (StaffAccount("b.b", "Another", Role.GP, OURS, "Amina@Example.org"), "e-mail address already"),
        (StaffAccount("a@b.org", "Another", Role.GP, OURS), "user name has"),
        (StaffAccount("x", "Another", Role.GP, OURS), "user name has"),
        (StaffAccount("new", "Another", Role.GP, None), "belongs to no practice"),
        (StaffAccount("new", "Another", Role.OPERATOR, OURS), "belongs to no practice"),
        (StaffAccount("new", "Another", Role.SYSTEM, None), "does not sign in"),
        (StaffAccount("new", "Another", Role.GP, PracticeCode("Z99999")), "no practice of that code"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_the_reason(world: World, account, reason):
    create_account(NEW, PASSWORD, MADE)
    accounts, events = get_user_model().objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refusal, match=reason):
        create_account(account, PASSWORD, MADE)
    assert (get_user_model().objects.count(), AuditEvent.objects.count()) == (accounts, events)


@pytest.mark.parametrize("password", ["short", "password1234", "amina@example.org"])
def test_a_weak_password_is_refused(world: World, password):
    with pytest.raises(Refusal, match="password"):
        create_account(NEW, password, MADE)
    assert username_for("amina") is None


def test_T03_a_closed_account_is_nobody(world: World):
    nurse = world.actor(Role.NURSE)
    close_account("nurse-a12345", AuditEntry(AT, OPERATOR, "account-closed"))
    assert actor_of_account(int(nurse.id)) is None


def test_an_account_that_is_not_there_cannot_be_closed(world: World):
    with pytest.raises(Refusal, match="no account"):
        close_account("nobody", AuditEntry(AT, OPERATOR, "account-closed"))


@pytest.mark.parametrize("words", ["amina", "AMINA", "amina@example.org", "AMINA@example.org"])
def test_a_user_name_and_an_address_name_the_same_account(world: World, words):
    create_account(NEW, PASSWORD, MADE)
    assert username_for(words) == "amina"
