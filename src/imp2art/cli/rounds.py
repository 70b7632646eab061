"""One round of the worker: needs a set-up site, so it is imported only once there is one."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from imp2art.cli.home import WORKER, now
from imp2art.codes.library import Library, read_library
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_end
from imp2art.core.refusal import Refusal
from imp2art.flows.deliver_outbox import deliver_outbox
from imp2art.flows.rank_register import rank_register
from imp2art.flows.run_audit import audit_practice
from imp2art.store.practices import practice_codes
from imp2art.store.scope import PracticeScope

log = logging.getLogger("imp2art.worker")


def go_round(folder: Path) -> None:
    """Hand over what waits; then bring each practice's register and report up to its record."""
    library = read_library(folder / "codelists")
    deliver_outbox(folder / "hand-over", now)
    for practice in practice_codes():
        try:
            _bring_up_to_date(practice, library)
        except Refusal as refusal:
            log.warning("practice %s: %s", practice, refusal)


def _bring_up_to_date(practice: PracticeCode, library: Library) -> None:
    scope = PracticeScope(practice)
    today = now().date()
    if scope.latest_import() is None:
        return
    if _ranked_on(scope) != today:
        rank_register(WORKER, practice, library, today, now())
    if scope.is_report_behind(month_end(today)):
        audit_practice(WORKER, practice, library, today, now())


def _ranked_on(scope: PracticeScope) -> date | None:
    needs = scope.needs()
    return needs[0].as_at if needs else None
