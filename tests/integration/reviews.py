"""Finished reviews for the tests of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from imp2art.core.actor import Actor, Role
from imp2art.core.digest import digest_of
from imp2art.store.scope import (
    AuditEntry,
    FinishedReview,
    KeptReview,
    OutboxIntent,
    PracticeScope,
    WrittenCode,
)
from tests.builders import AT, REVIEW, build_event
from tests.conftest import OURS

NURSE = Actor("7", "Nora Nurse", Role.NURSE, OURS)
PAGE = b"%PDF-1.7 a page of a plan"
DONE_ON = date(2026, 11, 23)


def entry(verb: str, public_id: str = "", actor: Actor = NURSE) -> AuditEntry:
    return AuditEntry(AT, actor, verb, public_id)


def a_review(public_id: str, key: str = "a" * 32, version: int = 1, **changes) -> FinishedReview:
    """A review with a plan, one code and one message."""
    finished = FinishedReview(
        public_id=public_id,
        key=key,
        done_on=DONE_ON,
        body={"agenda": "to run again", "act_score": None},
        plan_body={"version": version},
        plan_version=version,
        pdf=PAGE,
        pdf_digest=digest_of(PAGE),
        entries=(WrittenCode(build_event(REVIEW, "2026-11-23"), "Asthma annual review"),),
        outbox=(OutboxIntent(f"gp-{key}", "gp-record", {"review": key}),),
        at=AT + timedelta(minutes=version),
        by="Nora Nurse",
    )
    return replace(finished, **changes)


def without_plan(public_id: str, key: str = "b" * 32, **changes) -> FinishedReview:
    """A review that issued no plan and wrote nothing."""
    nothing = {"plan_body": None, "plan_version": None, "pdf": None, "pdf_digest": None, "outbox": ()}
    return a_review(public_id, key, **{**nothing, "entries": (), **changes})


def finish(finished: FinishedReview) -> KeptReview:
    """Keep it in our practice."""
    return PracticeScope(OURS).keep_finished_review(finished, entry("finish-review", finished.public_id))


def written(code: str, on: str, value: str | None = None) -> WrittenCode:
    """A code that a review writes."""
    return WrittenCode(build_event(code, on, value), "a term")
