"""Work out, for everyone in a practice, who needs someone first and why; keep it for the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.need import rank_need
from imp2art.audit.definitions.asthma_register import INDICATOR as ASTHMA_REGISTER
from imp2art.audit.reference import find
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.store.needs import kept_need
from imp2art.store.scope import AuditEntry, KeptNeed, PracticeScope


def rank_register(actor: Actor, practice: PracticeCode, library: Library, on: date, at: datetime) -> int:
    """Rank everyone as at `on` and keep the answer; returns how many people the register shows.

    Raises `Refusal` where no extract has been accepted yet.
    """
    check_may(actor, Action.RUN_AUDIT, practice)
    scope = PracticeScope(practice)
    taken = scope.import_in_force()

    needs = tuple(_needs(scope, library, on, taken.taken_on))

    scope.keep_needs(needs, AuditEntry(at, actor, "register-ranked", "", {"people": len(needs)}))
    return len(needs)


def _needs(scope: PracticeScope, library: Library, on: date, taken_on: date) -> Iterator[KeptNeed]:
    for kept in scope.records():
        # Someone of whom the record cannot tell is shown, so that a person can look.
        if find(ASTHMA_REGISTER, kept.record, on, library).outcome in (Outcome.MET, Outcome.CANNOT_TELL):
            yield kept_need(kept, rank_need(kept.record, library, on, taken_on), on)
