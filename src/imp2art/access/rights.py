"""Who may do what: one table of roles and actions, asked by every flow and page.

A right is always a right in one practice. Staff have theirs in their own practice and nowhere else;
the operator and the worker belong to none, and may only run the machinery of any. An action that a
role is not named for is refused: a new one begins closed.

Least need (Caldicott, S-06): administrators and managers find people on the register and read the
report, but open no record; the operator sees no patient at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal


class Action(StrEnum):
    """What can be asked for. The word is also the one in the audit trail of a refusal."""

    SEE_REGISTER = "see-register"  # names, and the one line that says why each needs someone
    SEE_LIST = "see-list"  # the people behind a number of the report
    SEE_REPORT = "see-report"
    OPEN_RECORD = "open-record"  # one person's coded record, reviews and drafts
    WRITE_REVIEW = "write-review"
    ISSUE_PLAN = "issue-plan"
    SEE_PLAN = "see-plan"
    SEE_AUDIT_TRAIL = "see-audit-trail"  # who looked at or changed one person's record
    IMPORT_EXTRACT = "import-extract"
    RUN_AUDIT = "run-audit"
    KEEP_PRACTICE = "keep-practice"  # its name, telephone numbers and staff accounts
    SEND_OUTBOX = "send-outbox"


class MayNot(Refusal):
    """The asker's own practice, but not something for their role."""


_CLINICIANS = frozenset({Role.NURSE, Role.GP, Role.PHARMACIST})
_OFFICE = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
_MACHINERY = frozenset({Role.OPERATOR, Role.SYSTEM})

ROLES_FOR: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.SEE_REGISTER: _CLINICIANS | _OFFICE,
        Action.SEE_LIST: _CLINICIANS | _OFFICE,
        Action.SEE_REPORT: _CLINICIANS | _OFFICE,
        Action.OPEN_RECORD: _CLINICIANS,
        Action.WRITE_REVIEW: _CLINICIANS,
        Action.ISSUE_PLAN: _CLINICIANS,
        Action.SEE_PLAN: _CLINICIANS,
        Action.SEE_AUDIT_TRAIL: _CLINICIANS | {Role.MANAGER},
        Action.IMPORT_EXTRACT: frozenset({Role.MANAGER, Role.OPERATOR}),
        Action.RUN_AUDIT: frozenset({Role.MANAGER}) | _MACHINERY,
        Action.KEEP_PRACTICE: frozenset({Role.OPERATOR}),
        Action.SEND_OUTBOX: frozenset({Role.SYSTEM}),
    }
)


def may(actor: Actor, action: Action, practice: PracticeCode) -> bool:
    """Whether this person may do this in this practice."""
    return _reaches(actor, practice) and actor.role in ROLES_FOR[action]


def check_may(actor: Actor, action: Action, practice: PracticeCode) -> None:
    """Raise `NotHere` for a practice that is not theirs, `MayNot` for what their role may not do."""
    if not _reaches(actor, practice):
        raise NotHere("There is nothing of that name in your practice.")
    if actor.role not in ROLES_FOR[action]:
        raise MayNot("Your role does not allow this. If you think it should, ask your practice manager.")


def _reaches(actor: Actor, practice: PracticeCode) -> bool:
    """Staff reach their practice. Who runs the machinery reaches each, and belongs to none."""
    if actor.role in _MACHINERY:
        return actor.practice is None
    return actor.practice == practice
