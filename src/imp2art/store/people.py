"""The accounts that staff sign in with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.models import Practice, User

# The operator, and those of the programme who see protected figures and clocks only.
OF_NO_PRACTICE = frozenset({Role.OPERATOR, Role.PROGRAMME, Role.FACILITATOR, Role.RESEARCHER})
_USERNAME = re.compile(r"[A-Za-z0-9._-]{2,50}")  # no @: it must never pass for an e-mail address


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """Someone who may sign in. `practice` is None for who belongs to none (`OF_NO_PRACTICE`)."""

    username: str
    name: str
    role: Role
    practice: PracticeCode | None
    email: str = ""


def create_account(account: StaffAccount, password: str, event: AuditEntry) -> Actor:
    """Add an account, and answer who signs in with it. A `Refusal` says what is wrong."""
    _check_account(account)
    with transaction.atomic():
        _check_is_new(account)
        row = User(
            username=account.username,
            name=account.name,
            email=account.email,
            role=account.role.value,
            practice_id=account.practice,
        )
        _set_password(row, password)
        row.save()
        append(event, account.practice)
    return _actor_of(row)


def close_account(username: str, event: AuditEntry) -> None:
    """Let someone sign in no more. What they did keeps their name; open sessions end at once."""
    with transaction.atomic():
        row = User.objects.select_for_update().filter(username=username).first()
        if row is None:
            raise Refusal("There is no account of that user name.")
        row.is_active = False
        row.save(update_fields=["is_active"])
        append(event, PracticeCode(row.practice_id) if row.practice_id else None)


def actor_of_account(account_id: int) -> Actor | None:
    """The person behind a signed-in account as its row says now; None where it is closed or gone."""
    row = User.objects.filter(pk=account_id).first()
    return None if row is None else actor_behind(row)


def actor_behind(row: User) -> Actor | None:
    """The same of an account that was just read; None where it is closed."""
    return _actor_of(row) if row.is_active else None


def username_for(login: str) -> str | None:
    """The user name of the account that these words sign in to: a user name or an e-mail address."""
    by_either = Q(username__iexact=login) | (Q(email__iexact=login) if "@" in login else Q())
    return User.objects.filter(by_either).values_list("username", flat=True).first()


def _check_is_new(account: StaffAccount) -> None:
    """User names and addresses both sign in, so no two accounts may answer to the same words."""
    if User.objects.filter(username__iexact=account.username).exists():
        raise Refusal("There is an account of that user name already.")
    if account.email and User.objects.filter(email__iexact=account.email).exists():
        raise Refusal("There is an account with that e-mail address already.")


def _set_password(row: User, password: str) -> None:
    try:
        validate_password(password, row)
    except ValidationError as wrong:
        raise Refusal(" ".join(wrong.messages)) from None
    row.set_password(password)


def _actor_of(row: User) -> Actor:
    practice = PracticeCode(row.practice_id) if row.practice_id else None
    return Actor(str(row.pk), row.name, Role(row.role), practice)


def _check_account(account: StaffAccount) -> None:
    if not _USERNAME.fullmatch(account.username):
        raise Refusal("A user name has 2 to 50 letters, digits, dots, hyphens or underscores.")
    if account.role in (Role.SYSTEM, Role.PATIENT):
        raise Refusal("The worker does not sign in, and neither does a patient.")
    if (account.practice is None) != (account.role in OF_NO_PRACTICE):
        raise Refusal(
            "Staff belong to one practice. Whoever runs the site, or works for the programme as a "
            "facilitator, researcher or in its office, belongs to no practice."
        )
    if account.practice is not None and not Practice.objects.filter(pk=account.practice).exists():
        raise Refusal("There is no practice of that code on this site.")
