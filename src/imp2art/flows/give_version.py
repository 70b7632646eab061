"""Say which version of the report a practice gets; its trial arm decides, and the reason is kept."""

from __future__ import annotations

from datetime import datetime

from imp2art.access.rights import Action, check_may
from imp2art.audit.reports.release import Version
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.core.written import as_seen, is_in_words
from imp2art.store.practices import read_facts
from imp2art.store.released import keep_version, version_of
from imp2art.store.scope import AuditEntry

SHORTEST_REASON = 10


def give_version(actor: Actor, practice: PracticeCode, version: Version, reason: str, at: datetime) -> None:
    """From now on the practice gets this version; the one it gets already changes nothing.

    Raises `Refusal` without a reason, `NotHere` for an unknown practice.
    """
    check_may(actor, Action.GIVE_VERSION, practice)
    read_facts(practice)
    reason = as_seen(reason)
    if len(reason) < SHORTEST_REASON or not is_in_words(reason):
        raise Refusal(
            f"Give the reason in words, in {SHORTEST_REASON} characters or more, such as the allocation."
        )
    if version_of(practice) is not version:
        detail = {"version": version, "reason": reason}
        keep_version(practice, version, AuditEntry(at, actor, "version-given", detail=detail))
