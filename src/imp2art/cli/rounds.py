"""One round of the worker: needs a set-up site, so it is imported only once there is one."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from django.conf import settings

from imp2art.audit.compare import EnginesDiffer
from imp2art.audit.reports.report_clock import Cause, MonthClock, Step
from imp2art.cli.home import WORKER, now
from imp2art.codes.library import Library, read_library
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_end
from imp2art.core.refusal import Refusal
from imp2art.flows.deliver_outbox import deliver_outbox
from imp2art.flows.keep_clock import note_delay, note_extract, note_run, open_clocks
from imp2art.flows.rank_register import rank_register
from imp2art.flows.run_audit import audit_practice
from imp2art.store.practices import practice_codes
from imp2art.store.scope import PracticeScope

log = logging.getLogger("imp2art.worker")
OPERATOR_OWNS = "site operator"


def go_round(folder: Path) -> None:
    """Hand over what waits; then bring each practice's register, month and ended months up to date."""
    library = read_library(folder / "codelists")
    deliver_outbox(folder / "hand-over", settings.ADDRESS, now)
    for practice in practice_codes():
        for bring in (_bring_up_to_date, work_on_ended_months):
            try:
                bring(practice, library)
            except Refusal as refusal:
                log.warning("practice %s: %s", practice, refusal)


def work_on_ended_months(practice: PracticeCode, library: Library) -> None:
    """Keep the clock of every month that is not released, and make the reports that can be made."""
    for month in open_clocks(WORKER, practice, now().date(), now(), settings.REPORT_DEADLINES):
        clock = note_extract(WORKER, practice, month, now())
        if clock.step is Step.ACCEPTED and not _failed_today(clock):
            _make_report(practice, month, library)


def _make_report(practice: PracticeCode, month: date, library: Library) -> None:
    """The report as at the month's end. Where it cannot be made, the clock says why and who sees to it."""
    try:
        audit_practice(WORKER, practice, library, month, now())
        note_run(WORKER, practice, month, now())
    except Refusal as refusal:
        cause = Cause.ENGINES_DIFFER if isinstance(refusal, EnginesDiffer) else Cause.OTHER
        note_delay(WORKER, practice, month, now(), Step.RUN, cause, OPERATOR_OWNS, str(refusal)[:300])
        raise


def _failed_today(clock: MonthClock) -> bool:
    """Whether the worker tried already today, with this extract: it tries again tomorrow."""
    newest = clock.entries[-1]
    return newest.step is Step.DELAYED and newest.of is Step.RUN and newest.at.date() == now().date()


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
