"""Who may do what: one table of roles and actions, asked by every flow and page.

A right is a right in one practice, or in the programme as a whole. Staff have theirs in their own
practice and nowhere else. The operator and the worker belong to none, and may only run the machinery
of any. Programme staff, facilitators and researchers belong to none either and see no patient: clocks
and checks, or figures that are protected. An action that a role is not named for is refused: a new
one begins closed.

Least need (Caldicott, S-06): administrators and managers find people on the register and read the
report, but open no record; the operator sees no patient at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal


class Action(StrEnum):
    """What can be asked for. The word is also the one in the audit trail of a refusal."""

    SEE_REGISTER = "see-register"  # names, and the one line that says why each needs someone
    SEE_LIST = "see-list"  # the people behind a number of the report
    WORK_LIST = "work-list"  # assign, done, not appropriate: and take it back
    COMPARE_SEARCH = "compare-search"  # one's own search beside a list: names, and the deciding clause
    SEE_REPORT = "see-report"
    SEE_READINGS = "see-readings"  # who of the practice reads its report, as counts
    OPEN_RECORD = "open-record"  # one person's coded record, reviews and drafts
    WRITE_REVIEW = "write-review"
    ISSUE_PLAN = "issue-plan"
    SEE_PLAN = "see-plan"
    SHARE_PLAN = "share-plan"  # make a link to a person's plan, withdraw it, print the plan's other forms
    OPEN_OWN_PLAN = "open-own-plan"  # by a link and the date of birth: one's own, and say what was done
    SEE_AUDIT_TRAIL = "see-audit-trail"  # who looked at or changed one person's record
    IMPORT_EXTRACT = "import-extract"
    RUN_AUDIT = "run-audit"
    KEEP_PRACTICE = "keep-practice"  # its name, telephone numbers and staff accounts
    SEND_OUTBOX = "send-outbox"
    KEEP_CLOCK = "keep-clock"  # note what happened to a month's report, and when
    SEE_PROGRAMME = "see-programme"  # every practice's clock, checks and use; no figure
    RELEASE_REPORTS = "release-reports"  # check, release, hold back, name causes
    GIVE_VERSION = "give-version"  # which report a practice gets: its trial arm
    SEE_SUPPORTED = "see-supported"  # protected figures of the practices that one supports
    SEE_FIGURES = "see-figures"  # protected figures of all practices, without their arm
    CHECK_TABLES = "check-tables"  # ask for, check and release a set of tables for research


class MayNot(Refusal):
    """The asker's own practice, but not something for their role."""


_CLINICIANS = frozenset({Role.NURSE, Role.GP, Role.PHARMACIST})
_OFFICE = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
_MACHINERY = frozenset({Role.OPERATOR, Role.SYSTEM})
_PROGRAMME = frozenset({Role.PROGRAMME})
_OF_NO_PRACTICE = _MACHINERY | _PROGRAMME | {Role.FACILITATOR, Role.RESEARCHER}

ROLES_FOR: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.SEE_REGISTER: _CLINICIANS | _OFFICE,
        Action.SEE_LIST: _CLINICIANS | _OFFICE,
        Action.WORK_LIST: _CLINICIANS | _OFFICE,
        Action.COMPARE_SEARCH: _CLINICIANS | _OFFICE,
        Action.SEE_REPORT: _CLINICIANS | _OFFICE,
        Action.SEE_READINGS: frozenset({Role.MANAGER}),
        Action.OPEN_RECORD: _CLINICIANS,
        Action.WRITE_REVIEW: _CLINICIANS,
        Action.ISSUE_PLAN: _CLINICIANS,
        Action.SEE_PLAN: _CLINICIANS,
        Action.SHARE_PLAN: _CLINICIANS,
        Action.OPEN_OWN_PLAN: frozenset({Role.PATIENT}),
        Action.SEE_AUDIT_TRAIL: _CLINICIANS | {Role.MANAGER},
        Action.IMPORT_EXTRACT: frozenset({Role.MANAGER, Role.OPERATOR}),
        Action.RUN_AUDIT: frozenset({Role.MANAGER}) | _MACHINERY | _PROGRAMME,
        Action.KEEP_PRACTICE: frozenset({Role.OPERATOR}),
        Action.SEND_OUTBOX: frozenset({Role.SYSTEM}),
        Action.KEEP_CLOCK: _MACHINERY | _PROGRAMME,
        Action.SEE_PROGRAMME: _PROGRAMME,
        Action.RELEASE_REPORTS: _PROGRAMME,
        Action.GIVE_VERSION: _PROGRAMME,
        Action.SEE_SUPPORTED: frozenset({Role.FACILITATOR}),
        Action.SEE_FIGURES: frozenset({Role.RESEARCHER}),
        Action.CHECK_TABLES: _PROGRAMME | {Role.RESEARCHER},
    }
)


def may(actor: Actor, action: Action, practice: PracticeCode | None) -> bool:
    """Whether this person may do this in this practice, or (None) in the programme as a whole."""
    return _reaches(actor, practice) and actor.role in ROLES_FOR[action]


def check_may(actor: Actor, action: Action, practice: PracticeCode | None) -> None:
    """Raise `NotHere` for a practice that is not theirs, `MayNot` for what their role may not do."""
    if practice is not None and not _reaches(actor, practice):
        raise NotHere("There is nothing of that name in your practice.")
    if not may(actor, action, practice):
        raise MayNot("Your role does not allow this. If you think it should, ask your practice manager.")


def check_supports(practice: PracticeCode, supported: Collection[PracticeCode]) -> None:
    """Raise `NotHere` for a practice that this facilitator was not given."""
    if practice not in supported:
        raise NotHere("There is no such practice among those that you support.")


def _reaches(actor: Actor, practice: PracticeCode | None) -> bool:
    """Staff reach their practice. Who belongs to none reaches the programme as a whole, and each
    practice too if they run the machinery or release its reports.
    """
    if actor.role in _OF_NO_PRACTICE:
        each = actor.role in _MACHINERY | _PROGRAMME
        return actor.practice is None and (practice is None or each)
    return actor.practice is not None and actor.practice == practice
