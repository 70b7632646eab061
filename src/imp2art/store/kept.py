"""What the store hands out and takes in: plain values, so that nothing outside it touches a table.

A `body` is JSON builtins (dict, list, str, int, bool, None) as `json_form.to_json` makes them. Every
`at` is an aware instant in UTC; every `on` is a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.record.events import CodedEvent
from imp2art.record.patient import Sex
from imp2art.record.patient_record import PatientRecord

Json = dict[str, Any]
RENEWAL = "renewal"  # a plan renewed without a review; what is kept with it is kept in the same way


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """What is printed about a practice. `nation` is `england`, `scotland`, `wales` or `northern-ireland`."""

    code: PracticeCode
    name: str
    nation: str
    phone: str = ""
    out_of_hours_phone: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedImport:
    """An extract that someone accepted. `reason` is why, where the register jumped; else empty."""

    taken_on: date
    accepted_by: str
    accepted_at: datetime
    digest: str
    counts: Json
    reason: str


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A person's record under the only identifier that may stand in an address."""

    public_id: str
    record: PatientRecord


@dataclass(frozen=True, slots=True)
class KeptNeed:
    """Why a person is on the register's page, as worked out at `as_at`.

    A lower `priority` is more urgent. `name`, `sex` and `born` come from the person's row: what is
    given for them to `keep_needs` is not kept.
    """

    public_id: str
    name: str
    sex: Sex
    born: date
    priority: int
    last_review: date | None
    plan_state: str
    body: Json
    as_at: date


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A review being written. `key` becomes the review's id; `version` counts its saves from 1."""

    key: str
    version: int
    body: Json
    saved_by: str
    saved_at: datetime


class StaleDraft(Refusal):
    """Someone saved this draft after it was opened. `newer` is what they saved: merge and save again."""

    def __init__(self, newer: KeptDraft) -> None:
        super().__init__("Someone else has saved this review since you opened it.")
        self.newer = newer


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """An issued plan. The current one has no `replaced_at`; there is never more than one."""

    version: int
    body: Json
    pdf_digest: str
    issued_by: str
    issued_at: datetime
    replaced_at: datetime | None
    review_id: str


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A finished review; `plan_version` is the plan that it issued, None where it issued none."""

    review_id: str
    done_on: date
    body: Json
    done_by: str
    done_at: datetime
    plan_version: int | None


@dataclass(frozen=True, slots=True)
class WrittenCode:
    """A code that a review writes, with the term that the person read."""

    event: CodedEvent
    term: str


@dataclass(frozen=True, slots=True)
class OutboxIntent:
    """Something that must leave the site. `key` is the same on every try, so that it happens once."""

    key: str
    kind: str
    body: Json


@dataclass(frozen=True, slots=True)
class KeptOutbox:
    """An intent and how far it got. `state` is `waiting`, `leased` or `sent`.

    `attempts` is also the number of the newest lease: a worker gives it back when it reports.
    """

    key: str
    kind: str
    body: Json
    state: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    last_error: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan on its way to being issued: its value, the version printed on it, its page."""

    body: Json
    version: int
    pdf: bytes
    pdf_digest: str


@dataclass(frozen=True, slots=True)
class FinishedReview:
    """All that finishing a review keeps, in one go.

    `plan_body`, `plan_version`, `pdf` and `pdf_digest` are all given or all None (no plan issued; the
    reason stands in `body`). `draft_version`, where given, is the version of the draft that was
    read: a newer one refuses the finish, so that a colleague's last words are not lost. `kind` is `RENEWAL`
    where there was no review: such an act is never among the reviews.
    """

    public_id: str
    key: str
    done_on: date
    body: Json
    plan_body: Json | None
    plan_version: int | None
    pdf: bytes | None
    pdf_digest: str | None
    entries: tuple[WrittenCode, ...]
    outbox: tuple[OutboxIntent, ...]
    at: datetime
    by: str
    draft_version: int | None = None
    kind: str | None = None

    @property
    def plan(self) -> PlanPage | None:
        """The plan to issue. `ValueError` where one is given in part."""
        parts = (self.plan_body, self.plan_version, self.pdf, self.pdf_digest)
        if parts == (None, None, None, None):
            return None
        if self.plan_body is None or not self.plan_version or not self.pdf or not self.pdf_digest:
            raise ValueError("a plan is its body, version, page and digest, or none of them")
        return PlanPage(self.plan_body, self.plan_version, self.pdf, self.pdf_digest)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A month's report as it was made. `manifest` names what it was made from."""

    month_end: date
    body: Json
    manifest: Json
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """One line of the audit trail."""

    at: datetime
    actor_id: str
    actor_name: str
    role: str
    verb: str
    subject: str
    detail: Json
