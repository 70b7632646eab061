"""Everything of one practice, and nothing of another: the one door to patients' rows.

Each method filters by the practice it was made for. A public id of another practice is answered as
one that does not exist: None or empty on reading, `NotHere` on writing. Each write takes the
`AuditEntry` that is kept with it in one transaction. The work is done in the modules named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.store import (
    audit_trail,
    drafts,
    list_marks,
    needs,
    outbox,
    plan_links,
    plans,
    practices,
    readings,
    records,
    reports,
    reviews,
    shown_reports,
    tables,
)
from imp2art.store.audit_trail import AuditEntry
from imp2art.store.kept import (
    AcceptedImport,
    FinishedReview,
    Json,
    KeptDraft,
    KeptEvent,
    KeptNeed,
    KeptOutbox,
    KeptPlan,
    KeptRecord,
    KeptReport,
    KeptReview,
    OutboxIntent,
    PracticeFacts,
    StaleDraft,
    WrittenCode,
)
from imp2art.store.list_marks import Colleague, KeptMark, NewMark
from imp2art.store.patient_rows import NamedPerson, read_named
from imp2art.store.plan_links import KeptLink
from imp2art.store.readings import Reading, ReadingRates
from imp2art.store.records import PersonKey
from imp2art.store.shown_reports import ReportShelf, Stamp

__all__ = [
    "AcceptedImport",
    "AuditEntry",
    "FinishedReview",
    "KeptDraft",
    "KeptEvent",
    "KeptNeed",
    "KeptOutbox",
    "KeptPlan",
    "KeptRecord",
    "KeptReport",
    "KeptReview",
    "OutboxIntent",
    "PracticeFacts",
    "PracticeScope",
    "StaleDraft",
    "WrittenCode",
]


@dataclass(frozen=True, slots=True)
class PracticeScope:
    """The store as one practice may see it."""

    practice: PracticeCode

    def facts(self) -> PracticeFacts:
        """What is printed about the practice; `NotHere` where the site has none of that code."""
        return practices.read_facts(self.practice)

    def latest_import(self) -> AcceptedImport | None:
        """The extract that the practice's pages stand on."""
        return practices.latest_import(self.practice)

    def import_in_force(self) -> AcceptedImport:
        """The same, where nothing can be done without one: `Refusal` before the first import."""
        return practices.import_in_force(self.practice)

    def public_ids(self) -> tuple[str, ...]:
        """Everyone in the extract."""
        return records.public_ids(self.practice)

    def record(self, public_id: str) -> KeptRecord | None:
        """One person's record with our own entries merged in, in the extract or no longer."""
        return records.read_record(self.practice, public_id)

    def open_record(self, public_id: str, event: AuditEntry) -> KeptRecord:
        """The record for a person to read: the line that they did is kept in the same transaction.

        `NotHere` where the practice has nobody of that id.
        """
        return records.open_record(self.practice, public_id, event)

    def records(self) -> Iterator[KeptRecord]:
        """Everyone in the extract, in flat memory; `Refusal` when an import comes between."""
        return records.read_records(self.practice)

    def some_records(self, public_ids: Sequence[str]) -> Iterator[KeptRecord]:
        """These people's records; who is not of the practice is left out."""
        return records.read_some(self.practice, public_ids)

    def person_keys(self) -> tuple[PersonKey, ...]:
        """What another system may call everyone in the extract."""
        return records.person_keys(self.practice)

    def clean_tables(self) -> dict[str, pa.Table]:
        """The same people as Arrow tables by `CLEAN_SCHEMAS`, our own entries among the events."""
        return tables.clean_tables(self.practice)

    def needs(self) -> tuple[KeptNeed, ...]:
        """The register's page, most urgent first."""
        return needs.read_needs(self.practice)

    def first_in_need(self, public_ids: Collection[str]) -> str | None:
        """Whoever of these people stands first on the register's page; None where nobody does."""
        return needs.read_first(self.practice, public_ids)

    def people_named(self, public_ids: Collection[str]) -> tuple[NamedPerson, ...]:
        """Those of these people who are in the extract, on the register or not."""
        return read_named(self.practice, public_ids)

    def keep_needs(self, kept: Iterable[KeptNeed], event: AuditEntry) -> None:
        """Put these in the place of all needs kept before."""
        needs.keep_needs(self.practice, kept, event)

    def keep_need(self, kept: KeptNeed, event: AuditEntry) -> None:
        """Put this in the place of the need kept before for one person."""
        needs.keep_need(self.practice, kept, event)

    def draft(self, public_id: str) -> KeptDraft | None:
        """The review being written for this person."""
        return drafts.read_draft(self.practice, public_id)

    def keep_draft(
        self, public_id: str, key: str, expected_version: int, body: Json, event: AuditEntry
    ) -> KeptDraft:
        """Keep the next version; 0 starts a draft. `StaleDraft` holds what was saved meanwhile."""
        return drafts.keep_draft(self.practice, public_id, key, expected_version, body, event)

    def plans(self, public_id: str) -> tuple[KeptPlan, ...]:
        """Every plan issued to the person, newest first."""
        return plans.read_plans(self.practice, public_id)

    def plan_pdf(self, public_id: str, version: int) -> bytes | None:
        """A plan's page as issued."""
        return plans.read_plan_pdf(self.practice, public_id, version)

    def plan_links(self, public_id: str) -> tuple[KeptLink, ...]:
        """Every link to the person's plans, newest first."""
        return plan_links.read_links(self.practice, public_id)

    def keep_plan_link(
        self, public_id: str, token_digest: str, expires_at: datetime, event: AuditEntry
    ) -> KeptLink:
        """Keep a new link to the plan in force; `Refusal` where there is none."""
        return plan_links.keep_link(self.practice, public_id, token_digest, expires_at, event)

    def withdraw_plan_link(self, public_id: str, number: int, event: AuditEntry) -> None:
        """End a link to the person's plan now."""
        plan_links.withdraw_link(self.practice, public_id, number, event)

    def reviews(self, public_id: str) -> tuple[KeptReview, ...]:
        """The person's finished reviews, newest first."""
        return reviews.read_reviews(self.practice, public_id)

    def reviews_since(self, since: date) -> tuple[KeptReview, ...]:
        """Everybody's finished reviews from a day on, newest first, to be counted: nobody is named."""
        return reviews.read_reviews_since(self.practice, since)

    def renewals(self, public_id: str) -> tuple[KeptReview, ...]:
        """Plans renewed without a review, newest first."""
        return reviews.read_renewals(self.practice, public_id)

    def keep_finished_review(self, finished: FinishedReview, event: AuditEntry) -> KeptReview:
        """Review, plan, codes, messages and event in one transaction; the same key again is a no-op."""
        return reviews.keep_finished_review(self.practice, finished, event)

    def written_codes(self, public_id: str, review_id: str) -> tuple[WrittenCode, ...]:
        """What one review wrote."""
        return reviews.read_written_codes(self.practice, public_id, review_id)

    def outbox(self, public_id: str) -> tuple[KeptOutbox, ...]:
        """What was to leave the site for this person, newest first."""
        return outbox.read_outbox(self.practice, public_id)

    def reports(self) -> tuple[KeptReport, ...]:
        """The newest report of each month, newest month first."""
        return reports.read_reports(self.practice)

    def report_months(self) -> tuple[date, ...]:
        """The ends of the months that have a report, newest first."""
        return reports.report_months(self.practice)

    def report(self, month_end: date) -> KeptReport | None:
        """The newest report of one month."""
        return reports.read_report(self.practice, month_end)

    def report_shelf(self) -> ReportShelf:
        """The reports that the practice may see, without their bodies."""
        return shown_reports.read_shelf(self.practice)

    def report_stamp(self) -> Stamp:
        """Another one after whatever changes the shelf or the report's version."""
        return shown_reports.read_stamp(self.practice)

    def report_body(self, row: int) -> Json:
        """The body of a report of the shelf; `NotHere` for another practice's."""
        return shown_reports.read_body(self.practice, row)

    def is_report_behind(self, month_end: date) -> bool:
        """Whether a month's report is missing, or older than the record."""
        return reports.is_behind(self.practice, month_end)

    def keep_report(self, month_end: date, body: Json, manifest: Json, event: AuditEntry) -> KeptReport:
        """Keep a month's report beside any made before."""
        return reports.keep_report(self.practice, month_end, body, manifest, event)

    def colleagues(self) -> tuple[Colleague, ...]:
        """Everyone of the practice who may sign in."""
        return list_marks.colleagues(self.practice)

    def list_marks(self, slug: str) -> Mapping[str, KeptMark]:
        """The newest mark of each person on one indicator's list, by public id."""
        return list_marks.newest_marks(self.practice, slug)

    def list_marks_about(self, public_id: str) -> tuple[KeptMark, ...]:
        """The newest mark of one person on each list."""
        return list_marks.newest_marks_about(self.practice, public_id)

    def list_marks_of(self, public_ids: Collection[str]) -> Mapping[str, Mapping[str, KeptMark]]:
        """The newest mark of each of these people on every list, by public id and indicator."""
        return list_marks.newest_marks_of(self.practice, public_ids)

    def keep_list_marks(self, public_ids: Collection[str], new: NewMark, event: AuditEntry) -> int:
        """Mark people on a list, all or none, nobody twice; `NotHere` where one is not of the practice."""
        return list_marks.keep_marks(self.practice, public_ids, new, event)

    def marks_by_list(self) -> Mapping[str, Mapping[str, KeptMark]]:
        """The newest mark of each person on every list, by indicator and public id."""
        return list_marks.marks_by_list(self.practice)

    def keep_reading(self, actor: Actor, reading: Reading, at: datetime) -> bool:
        """Count that someone opened something of a report; False where that day counted them."""
        return readings.keep_reading(self.practice, actor, reading, at)

    def reading_rates(self, month_end: date) -> ReadingRates:
        """How many people opened what of one month's report."""
        return readings.reading_rates(self.practice, month_end)

    def note(self, event: AuditEntry) -> None:
        """Add a line to the trail that comes with no change, such as a look at a record."""
        audit_trail.note(self.practice, event)

    def audit_events(self, public_id: str) -> tuple[KeptEvent, ...]:
        """Every line about one person, newest first; `NotHere` where there is nobody of that id."""
        return audit_trail.events_about(self.practice, public_id)
