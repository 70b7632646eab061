"""The intent to put a review's codes and plan into the practice's own record, and its contents."""

from __future__ import annotations

from dataclasses import dataclass

from imp2art.core.identifiers import PracticeCode
from imp2art.store.json_form import from_json, to_json
from imp2art.store.kept import Json, OutboxIntent
from imp2art.store.scope import PracticeScope

KIND = "gp-record"


@dataclass(frozen=True, slots=True)
class GpRecordIntent:
    """Names what to hand over; the codes and the page are read when it is sent."""

    practice: PracticeCode
    public_id: str
    review_id: str
    plan_version: int | None


@dataclass(frozen=True, slots=True)
class GpRecordContents:
    """`rows`: NHS number, date, system, code, term, value, unit. `pdf` is None without a plan."""

    practice: PracticeCode
    rows: tuple[tuple[str, ...], ...]
    pdf: bytes | None


def gp_record_intent(
    practice: PracticeCode, public_id: str, review_id: str, plan_version: int | None
) -> OutboxIntent:
    """The same key for the same review, so that it is handed over once."""
    intent = GpRecordIntent(practice, public_id, review_id, plan_version)
    return OutboxIntent(f"{KIND}-{review_id}", KIND, to_json(intent))


def gp_record_contents(body: Json) -> GpRecordContents:
    """What the intent hands over, as the store has it now."""
    intent = from_json(body, GpRecordIntent)
    scope = PracticeScope(intent.practice)
    kept = scope.record(intent.public_id)
    number = str(kept.record.patient.nhs_number) if kept else ""
    rows = []
    for written in scope.written_codes(intent.public_id, intent.review_id):
        event, value = written.event, written.event.value
        cells = (str(value.value), value.unit) if value else ("", "")
        rows.append((number, str(event.on), str(event.code.system), str(event.code), written.term, *cells))
    version = intent.plan_version
    pdf = scope.plan_pdf(intent.public_id, version) if version else None
    return GpRecordContents(intent.practice, tuple(rows), pdf)
